"""Conditional requests and content codings (RFC 9110)."""

import re
from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache

from werkzeug.http import http_date, parse_date

_TAG = re.compile(r'(?:W/)?"([^"]*)"')


def none_match(header: str, etag: str) -> bool:
    """Return whether If-None-Match holds that ETag: strong or weak, in a list, or ``*`` (RFC 9110, 13.1.2)."""
    return header == f'"{etag}"' or header.strip() == "*" or etag in _TAG.findall(header)


def moment(date: str) -> datetime | None:
    """Return the moment of a date as headers write it; None where it is malformed."""
    return parse_date(date)


def not_modified_since(header: str, modified: datetime) -> bool:
    """Return whether If-Modified-Since is no earlier than the last change (13.1.3); a malformed date is no condition."""
    since = moment(header)
    return since is not None and since >= modified


def last_modified(modified: datetime) -> str:
    """Return a Last-Modified date."""
    return http_date(modified)


USUAL = 200
"""Characters of an Accept-Encoding header up to which it is remembered: there are few of these, and longer ones without end."""


def coding(accept: str, offered: tuple[str, ...]) -> str | None:
    """Choose a content coding for an Accept-Encoding header (12.5.3); None where nothing offered is acceptable.

    ``offered`` is in the server's order of preference; ``identity`` is acceptable unless it is ruled out.
    """
    return _remembered(accept, offered) if len(accept) <= USUAL else _coding(accept, offered)


def _coding(accept: str, offered: tuple[str, ...]) -> str | None:
    weights = dict(_weights(accept))
    best: tuple[float, str] | None = None
    for name in offered:
        weight = weights.get(name, weights.get("*", 0.0 if name != "identity" else None))
        if name == "identity" and weight is None:
            weight = 0.001
        if weight and (best is None or weight > best[0]):
            best = (weight, name)
    return best[1] if best else None


_remembered = lru_cache(maxsize=1024)(_coding)


def _weights(accept: str) -> Iterable[tuple[str, float]]:
    for part in accept.split(","):
        name, _, parameters = part.partition(";")
        weight = 1.0
        key, _, value = parameters.strip().partition("=")
        if key.strip().lower() == "q":
            try:
                weight = float(value)
            except ValueError:
                weight = 0.0
        if name.strip():
            yield name.strip().lower().replace("x-gzip", "gzip"), weight
