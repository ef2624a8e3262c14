"""Which feed a page is of, and what of it its address asks for; and the parts that a long list is shown in."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar
from urllib.parse import parse_qsl, urlencode

from flask import abort, redirect, request
from werkzeug.wrappers import Response as Redirection

from coopcal.formats.request import PART
from coopcal.site.index import FeedEntry
from coopcal.views.filters import Filters, Refused, read_filters
from coopcal.web.current import site, written_query
from coopcal.web.links import link

Listed = TypeVar("Listed")

DATES, EVERY = "dates", "all"
"""What asks for each date of what recurs by itself: ``?dates=all``."""

_NUMBER = re.compile(r"[1-9]\d{0,4}")


@dataclass(frozen=True, slots=True)
class Part(Generic[Listed]):
    """A part of a list that is longer than a page: what it shows, and the addresses of the parts before and after it, "" for none.

    ``query`` is what asks for this part, with its question mark; "" for the first one. ``first`` and ``last`` are the numbers of what it
    shows among the ``count`` that there are.
    """

    shown: Sequence[Listed]
    before: str
    after: str
    query: str
    count: int
    first: int

    @property
    def last(self) -> int:
        """The number of the last of what it shows."""
        return self.first + len(self.shown) - 1


def requested_part(listed: Sequence[Listed], most: int, pages: int = 1) -> Part[Listed]:
    """Return the part of a list that the address asks for, the first one where it does not say; answer 404 where there is none.

    There are at least so many ``pages``, as of another list on them: those without a part of this one show none.
    """
    number, start = part_number(), (part_number() - 1) * most
    if start >= len(listed) and number > pages:
        abort(404)
    rest = [pair for pair in parse_qsl(written_query()) if pair[0] != PART]

    def query(other: int) -> str:
        pairs = [*rest, (PART, str(other))] if other > 1 else rest
        return f"?{urlencode(pairs)}" if pairs else ""

    return Part(
        listed[start : start + most],
        before=link(f"{request.path}{query(number - 1)}") if number > 1 else "",
        after=link(f"{request.path}{query(number + 1)}") if start + most < len(listed) else "",
        query=query(number) if number > 1 else "",
        count=len(listed),
        first=start + 1,
    )


def part_number() -> int:
    """Return the number of the part that the address asks for; answer 400 where that is none."""
    written = request.args.get(PART, "1")
    if not _NUMBER.fullmatch(written):
        abort(400)
    return int(written)


def query_without(*names: str) -> str:
    """Return the query of the address without what asks for a part, or has one of these names."""
    others = re.compile(rf"(?<![^&])(?:{'|'.join((PART, *names))})=[^&]*(?:&|$)")
    return others.sub("", written_query())


def asks_for_every_date() -> bool:
    """Return whether the address asks for each date of what recurs by itself; answer 400 where it asks for other dates."""
    asked = request.args.get(DATES)
    if asked not in (None, EVERY):
        abort(400)
    return asked == EVERY


def asking(query: str, *pairs: tuple[str, str]) -> str:
    """Return a query, with its question mark or "", that asks for more."""
    return f"?{urlencode([*parse_qsl(query.removeprefix('?')), *pairs], safe=',')}"


def feed_of(identifier: str) -> FeedEntry:
    """Return a feed that has pages; answer 404 or 410 for any other."""
    entry = site().feeds.get(identifier)
    if entry is None:
        abort(404)
    if entry.gone:
        abort(410)
    return entry


def requested_filters(*others: str) -> Filters:
    """Return what the address of a page asks for, beside ``others``; answer 400 where that is nothing that can be asked for."""
    filters = read_filters(query_without(DATES, *others))
    if isinstance(filters, Refused):
        abort(400, filters.message)
    return filters


def lead_to_tidy(filters: Filters, *own: str) -> None:
    """Lead from what a form sends, with names that say nothing and names that stand twice, to the address that says the same.

    What the address asks for by its ``own`` names stays.
    """
    pairs = parse_qsl(written_query(), keep_blank_values=True)
    names = [name for name, _ in pairs]
    if all(value for _, value in pairs) and len(set(names)) == len(names):
        return
    kept = urlencode([(name, value) for name, value in pairs if name in own and value])
    query = "&".join(part for part in (filters.query(), kept) if part)
    abort(redirect(f"{request.path}?{query}" if query else request.path, 303))


def to_canonical(filters: Filters) -> Redirection | None:
    """Lead to the address that says the same in its canonical form; None where this is it."""
    canonical = filters.query()
    if canonical == written_query():
        return None
    return redirect(f"{request.path}?{canonical}" if canonical else request.path, 303)
