"""A feed as a VCALENDAR (RFC 5545, RFC 7986), joined from rendered events."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from coopcal.compile.render.colour import nearest_name
from coopcal.compile.render.stamped import StampedEntry
from coopcal.compile.render.vtimezone import vtimezone
from coopcal.model.text import Languages, Text
from coopcal.site.component import END
from coopcal.site.content import Calendar
from coopcal.text import content_lines as lines

LIMIT = 900_000
"""Bytes that a feed with ``window: auto`` stays below; Google reads no more than 1 MB (clients.md 4.18)."""

EMPTY_SINCE = 2020
"""The first year of the VTIMEZONE in a feed without events, which needs at least one component (8.3)."""

REFRESH = "PT6H"
"""How often clients may look; Nextcloud keeps the first value it sees (clients.md 3)."""


@dataclass(frozen=True, slots=True)
class Heading:
    """What a calendar says of itself; ``timezone`` is what it declares when it has no events.

    A private one says nowhere where it stands: ``source`` and ``page`` are None.
    """

    title: Text
    languages: Languages
    source: str | None
    page: str | None
    timezone: str
    description: Text | None = None
    colour: str | None = None


def assemble(heading: Heading, entries: Sequence[StampedEntry]) -> Calendar:
    """Put a calendar together; its entries stand in the order given."""
    zones = _first_years(heading, [entry.zones for entry in entries])
    return Calendar(
        heading=_head(heading, zones),
        zones=tuple(zip(zones, _timezones(zones), strict=True)),
        components=tuple(component for entry in entries for component in entry.components),
    )


def empty_timezone(zone: str) -> bytes:
    """Return the VTIMEZONE of a feed without events, which needs at least one component (clients.md 8.3)."""
    return vtimezone(zone, EMPTY_SINCE)


def left_out(heading: Heading, zones: Sequence[tuple[tuple[str, int], ...]], sizes: Sequence[int]) -> int:
    """Return how many entries, the first of these, are left out of a feed, so that it stays below the limit.

    ``sizes`` are the bytes of their VEVENTs. The VTIMEZONEs count as for all that stands in the feed, whose ``zones`` these
    are, with first local years, so the bound holds whatever is left out.
    """
    years = _first_years(heading, zones)
    size = len(_head(heading, years)) + sum(map(len, _timezones(years))) + len(END) + sum(sizes)
    count = 0
    while size > LIMIT and count < len(sizes):
        size -= sizes[count]
        count += 1
    return count


def _head(heading: Heading, zones: Collection[str]) -> bytes:
    """Return what stands before the first component of a calendar whose times are in these zones."""
    title = heading.languages.beside(heading.title)
    properties = [
        b"BEGIN:VCALENDAR\r\n",
        lines.raw("VERSION", "2.0"),
        lines.raw("PRODID", "-//coopcal//coopcal//EN"),
        lines.raw("CALSCALE", "GREGORIAN"),
        lines.text("NAME", title),
        lines.text("X-WR-CALNAME", title),
    ]
    if heading.description:
        description = heading.languages.beside(heading.description)
        properties += [lines.text("DESCRIPTION", description), lines.text("X-WR-CALDESC", description)]
    if heading.page:
        properties.append(lines.raw("URL", heading.page))
    if heading.source:
        properties.append(lines.raw("SOURCE", heading.source, VALUE="URI"))
    properties += [
        lines.raw("REFRESH-INTERVAL", REFRESH, VALUE="DURATION"),
        lines.raw("X-PUBLISHED-TTL", REFRESH),
    ]
    if heading.colour:
        properties += [
            lines.raw("COLOR", nearest_name(heading.colour)),
            lines.raw("X-APPLE-CALENDAR-COLOR", heading.colour.upper()),
        ]
    if len(zones) == 1:
        properties += [lines.raw("X-WR-TIMEZONE", zone) for zone in zones]
    return b"".join(properties)


def _timezones(zones: Mapping[str, int]) -> tuple[bytes, ...]:
    """Return a VTIMEZONE for each zone; all begin in the same year."""
    earliest = min(zones.values(), default=EMPTY_SINCE)
    return tuple(vtimezone(zone, earliest) for zone in zones)


def _first_years(heading: Heading, entries: Sequence[tuple[tuple[str, int], ...]]) -> dict[str, int]:
    """Return for each zone of the times of a calendar's entries the first local year, in order of their names."""
    years: dict[str, int] = {}
    for zones in entries:
        for zone, year in zones:
            years[zone] = min(year, years.get(zone, year))
    if not entries:
        years[heading.timezone] = EMPTY_SINCE
    return dict(sorted(years.items()))
