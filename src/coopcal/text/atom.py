"""Atom (RFC 4287): a feed and its entries as XML."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal, NamedTuple

NAMESPACE = "http://www.w3.org/2005/Atom"

_REFUSED = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 cannot hold (2.2), and the carriage return; it is left out."""

_IN_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_IN_QUOTES = {**_IN_TEXT, **str.maketrans({'"': "&quot;", "\n": "&#10;", "\t": "&#09;"})}


class Layout(NamedTuple):
    """How the XML of a feed is laid out: the ``indent`` of a level, and how an ``empty`` element ends.

    A feed that is published keeps its layout, so that no reader fetches it anew for nothing.
    """

    indent: str
    empty: str


FLAT = Layout("", "/>")
INDENTED = Layout("  ", " />")


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed says of itself (4.1.1): its ``address``, the ``page`` that shows the same, and who wrote it."""

    id: str
    title: str
    language: str
    updated: datetime
    address: str
    page: str
    author: str


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry (4.1.2), with the ``page`` that it leads to; ``content`` is text or HTML."""

    id: str
    title: str
    updated: datetime
    page: str
    content: str
    content_type: Literal["text", "html"] = "text"
    published: datetime | None = None
    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    summary: str | None = None


def entry(one: Entry, layout: Layout) -> str:
    """Return an entry as it stands in a feed."""
    return "".join(f"{layout.indent}{line}\n" for line in _entry(one, layout))


def document(feed: Feed, entries: str, layout: Layout) -> bytes:
    """Return a feed around its entries, which are written in the same layout."""
    head = "".join(f"{layout.indent}{line}\n" for line in _head(feed, layout))
    opening = f'<feed xmlns="{NAMESPACE}" xml:lang={_quoted(feed.language)}>'
    return f'<?xml version="1.0" encoding="utf-8"?>\n{opening}\n{head}{entries}</feed>\n'.encode()


def _head(feed: Feed, layout: Layout) -> Iterator[str]:
    yield _element("id", feed.id, layout)
    yield _element("title", feed.title, layout)
    yield _element("updated", _instant(feed.updated), layout)
    yield _element("link", "", layout, rel="self", type="application/atom+xml", href=feed.address)
    yield _element("link", "", layout, rel="alternate", type="text/html", href=feed.page)
    yield from _author(feed.author, layout)
    yield _element("generator", "coopcal", layout)


def _entry(one: Entry, layout: Layout) -> Iterator[str]:
    yield "<entry>"
    for line in _parts(one, layout):
        yield layout.indent + line
    yield "</entry>"


def _parts(one: Entry, layout: Layout) -> Iterator[str]:
    yield _element("id", one.id, layout)
    yield _element("title", one.title, layout)
    yield _element("updated", _instant(one.updated), layout)
    if one.published is not None:
        yield _element("published", _instant(one.published), layout)
    yield _element("link", "", layout, rel="alternate", type="text/html", href=one.page)
    for name in one.authors:
        yield from _author(name, layout)
    for category in one.categories:
        yield _element("category", "", layout, term=category)
    if one.summary is not None:
        yield _element("summary", one.summary, layout)
    yield _element("content", one.content, layout, type=one.content_type)


def _author(name: str, layout: Layout) -> Iterator[str]:
    written = _element("name", name, layout)
    if not layout.indent:
        yield f"<author>{written}</author>"
        return
    yield from ("<author>", layout.indent + written, "</author>")


def _element(name: str, text: str, layout: Layout, **attributes: str) -> str:
    opening = " ".join((name, *(f"{key}={_quoted(value)}" for key, value in attributes.items())))
    return (
        f"<{opening}>{_REFUSED.sub('', text).translate(_IN_TEXT)}</{name}>"
        if text
        else f"<{opening}{layout.empty}"
    )


def _quoted(value: str) -> str:
    return f'"{_REFUSED.sub("", value).translate(_IN_QUOTES)}"'


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
