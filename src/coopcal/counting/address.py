"""Kinds of addresses, and what may be told of one: never a secret, nor whose page it is."""

import re
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote

LONGEST = 300
"""Characters of an address that are told, or looked at."""


class Kind(StrEnum):
    """What an address is of."""

    FEED = "feed"
    PRIVATE = "private"
    FORMAT = "format"
    EMBED = "embed"
    ASSET = "asset"
    CHECK = "check"
    MACHINE = "machine"
    PAGE = "page"


@dataclass(frozen=True, slots=True)
class Address:
    """The kind of an address, and of one that is subscribed to, its ``feed`` by the id in it."""

    kind: Kind
    feed: str | None = None


_SECRET = re.compile(r"(private(?:/|\\|%2f|%5c))[^\s\"'<>]*", re.IGNORECASE)
_SUBSCRIBED = re.compile(
    r"(?:/.*)?/feeds/([a-z0-9]+(?:-[a-z0-9]+)*)(?:/remind/[A-Za-z0-9]+)?(?:\.[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*)?\.ics"
)
_KINDS = (
    (Kind.FEED, re.compile(r"(?:/.*)?/feeds/.+(?:\.ics|/changes(?:\.[A-Za-z-]+)?\.atom)")),
    (Kind.FORMAT, re.compile(r"(?:/.*)?/feeds/[^/]+\.[a-z.]+")),
    (Kind.EMBED, re.compile(r"(?:/.*)?/embed(?:/.*|\.js)|.*/oembed\.json")),
    (Kind.ASSET, re.compile(r"(?:/.*)?/(?:static|assets)/.*|.*\.(?:css|js|svg|png|jpe?g|webp|ico|woff2)")),
    (Kind.CHECK, re.compile(r"(?:/.*)?/check/.*")),
    (
        Kind.MACHINE,
        re.compile(
            r"(?:/.*)?/(?:healthz|readyz|metrics|robots\.txt|sitemap\.xml|site\.json|schema\.json|openapi\.json)"
        ),
    ),
)


def address_of(path: str) -> Address:
    """Return what the path of a request is, wherever the site is mounted; nothing of a secret address is looked at."""
    path = path[:LONGEST]
    if _SECRET.search(path):
        return Address(Kind.PRIVATE)
    subscribed = _SUBSCRIBED.fullmatch(path)
    if subscribed:
        return Address(Kind.FEED, subscribed[1])
    return Address(next((kind for kind, form in _KINDS if form.fullmatch(path)), Kind.PAGE))


def masked(text: str) -> str:
    """Return a text in which every secret address is ``/private/***``: what is logged goes through here."""
    return _SECRET.sub(r"\1***", text)


def told(path: str) -> str:
    """Return the path of a request as it is logged: escaped as in an address, without secrets, and not long."""
    shown = quote(masked(path[:LONGEST]), safe="/:@!$&'()*+,;=~-._", errors="replace")
    return f"{shown}..." if len(path) > LONGEST else shown
