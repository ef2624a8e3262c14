"""A feed as a VCALENDAR (RFC 5545, RFC 7986), joined from rendered events."""

from collections.abc import Sequence
from dataclasses import dataclass

from coopcal.compile.render.colour import nearest_name
from coopcal.compile.render.vtimezone import vtimezone
from coopcal.model.text import Languages, Text
from coopcal.text import content_lines as lines

LIMIT = 900_000
"""Bytes that a feed with ``window: auto`` stays below; Google reads no more than 1 MB (clients.md 4.18)."""

EMPTY_SINCE = 2020
"""The first year of the VTIMEZONE in a feed without events, which needs at least one component (8.3)."""

REFRESH = "PT6H"
"""How often clients may look; Nextcloud keeps the first value it sees (clients.md 3)."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Stamped VEVENTs of one UID, and for each zone of their times (none for days and UTC) the first local year."""

    content: bytes
    zones: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """What a calendar says of itself; ``timezone`` is what it declares when it has no events."""

    title: Text
    languages: Languages
    source: str
    page: str
    timezone: str
    description: Text | None = None
    colour: str | None = None


def assemble(heading: Heading, entries: Sequence[Entry]) -> bytes:
    """Join a calendar; its entries stand in the order given."""
    return b"".join((_head(heading), _zones(heading, entries), *(entry.content for entry in entries), _END))


_END = b"END:VCALENDAR\r\n"


def fitting(heading: Heading, entries: Sequence[Entry], ended: Sequence[int]) -> frozenset[int]:
    """Return the numbers of the entries that fit below the limit, when those go first whose numbers ``ended`` lists first.

    The VTIMEZONEs count as for all entries, so the bound holds whatever is left out.
    """
    size = len(_head(heading)) + len(_zones(heading, entries)) + len(_END)
    size += sum(len(entry.content) for entry in entries)
    left_out = set()
    for number in ended:
        if size <= LIMIT:
            break
        size -= len(entries[number].content)
        left_out.add(number)
    return frozenset(range(len(entries))) - left_out


def _head(heading: Heading) -> bytes:
    title = heading.languages.beside(heading.title)
    said = [
        b"BEGIN:VCALENDAR\r\n",
        lines.raw("VERSION", "2.0"),
        lines.raw("PRODID", "-//coopcal//coopcal//EN"),
        lines.raw("CALSCALE", "GREGORIAN"),
        lines.text("NAME", title),
        lines.text("X-WR-CALNAME", title),
    ]
    if heading.description:
        description = heading.languages.beside(heading.description)
        said += [lines.text("DESCRIPTION", description), lines.text("X-WR-CALDESC", description)]
    said += [
        lines.raw("URL", heading.page),
        lines.raw("SOURCE", heading.source, VALUE="URI"),
        lines.raw("REFRESH-INTERVAL", REFRESH, VALUE="DURATION"),
        lines.raw("X-PUBLISHED-TTL", REFRESH),
    ]
    if heading.colour:
        said += [
            lines.raw("COLOR", nearest_name(heading.colour)),
            lines.raw("X-APPLE-CALENDAR-COLOR", heading.colour.upper()),
        ]
    return b"".join(said)


def _zones(heading: Heading, entries: Sequence[Entry]) -> bytes:
    years: dict[str, int] = {}
    for entry in entries:
        for zone, year in entry.zones:
            years[zone] = min(year, years.get(zone, year))
    if not entries:
        years[heading.timezone] = EMPTY_SINCE
    earliest = min(years.values(), default=EMPTY_SINCE)
    said = [lines.raw("X-WR-TIMEZONE", next(iter(years)))] if len(years) == 1 else []
    return b"".join((*said, *(vtimezone(zone, earliest) for zone in sorted(years))))
