"""One event as a VEVENT (RFC 5545, 3.6.1), rendered without stamps and stamped afterwards."""

import hashlib
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from coopcal import zones
from coopcal.compile.render.components import Part, parts
from coopcal.compile.render.description import contact_line, describe, told_move
from coopcal.compile.render.rendering import Rendering, Surroundings, place_name
from coopcal.compile.render.vcalendar import StampedEntry
from coopcal.compile.stamp import sequence
from coopcal.model.entry import ClosingEntry, Entry, MovedNotice
from coopcal.model.event import Stretch
from coopcal.model.feed import ShowBusy, ShowCancelled, ShowImprecise, ShowOrganisation, ShowSessions
from coopcal.model.happening import Details, Session, ShowsAs, Status
from coopcal.model.party import Role
from coopcal.model.published import Stamp
from coopcal.model.text import Languages, Text
from coopcal.model.venue import Location
from coopcal.model.when import QUARTER, Deadline, Imprecise, Timed, days_of
from coopcal.site.component import Component
from coopcal.text import content_lines as lines
from coopcal.text import dates
from coopcal.text.side_by_side import labels
from coopcal.text.words import labelled, word

LONGEST_SPAN = timedelta(days=31)
"""Imprecise dates up to this long stand as whole days; longer ones as their first day."""


class RenderedPart(NamedTuple):
    """A VEVENT around its stamps, and what it is in whatever rendering."""

    head: bytes
    body: bytes
    component: Component


class Rendered(NamedTuple):
    """An event's VEVENTs; their digest; and for each zone of their times the first local year.

    The first one is the master of a series, the others are dates of it (RECURRENCE-ID). All share one stamp: what
    changes a date stamps its master, too, as Evolution and ICSx5 look no further (clients.md 2.4 to 2.6).
    """

    parts: tuple[RenderedPart, ...]
    digest: str
    zones: tuple[tuple[str, int], ...]

    def stamped(self, stamp: Stamp) -> StampedEntry:
        """Return it with whole VEVENTs; DTSTAMP, LAST-MODIFIED and SEQUENCE all tell the last change.

        DTSTAMP is no instant of compiling (clients.md 2.4, 2.5, 2.7 to 2.9).
        """
        stamps = _stamps(stamp.modified)
        whole = ((part.component, part.head + stamps + part.body) for part in self.parts)
        return StampedEntry(tuple(whole), self.zones)


@lru_cache(maxsize=256)
def _stamps(modified: datetime) -> bytes:
    """Return the lines that tell the last change; much of a site has the same one."""
    return b"".join(
        (
            lines.moment("DTSTAMP", modified, None),
            lines.moment("LAST-MODIFIED", modified, None),
            lines.raw("SEQUENCE", str(sequence(modified))),
        )
    )


class Draft:
    """An entry that is rendered in several ways; what these have in common is made once."""

    def __init__(self, entry: Entry, around: Surroundings) -> None:
        self._entry, self._around = entry, around
        self._uid = around.uid(entry)
        self._of = around.uid(entry.of) if isinstance(entry, MovedNotice | ClosingEntry) else ""
        self._head = b"BEGIN:VEVENT\r\n" + lines.text("UID", self._uid)
        self._parts: dict[bool, tuple[_DraftPart, ...]] = {}

    def rendered(self, rendering: Rendering) -> Rendered:
        """Return it in a rendering; the bytes depend on nothing but this, the entry, and what is around."""
        rendered, years, digest = list[RenderedPart](), dict[str, int](), hashlib.sha256()
        for drafted in self._drafted(hide=rendering.cancelled is ShowCancelled.HIDE):
            times = drafted.times(rendering)
            if times.timezone:
                years[times.timezone] = min(times.year, years.get(times.timezone, times.year))
            body = drafted.body(times.lines, rendering)
            rendered.append(RenderedPart(self._head, body, times.component))
            digest.update(self._head)
            digest.update(body)
        return Rendered(tuple(rendered), digest.hexdigest()[:32], tuple(sorted(years.items())))

    def _drafted(self, *, hide: bool) -> "tuple[_DraftPart, ...]":
        drafted = self._parts.get(hide)
        if drafted is None:
            whole = parts(self._entry, self._around, hide=hide)
            drafted = self._parts[hide] = tuple(
                _DraftPart(part, self._uid, self._of, self._around) for part in whole
            )
        return drafted


class _Times(NamedTuple):
    """DTSTART and DTEND, the TZID of both and their local year, and the component that has these times."""

    lines: bytes
    timezone: str | None
    year: int
    component: Component


class _DraftPart:
    """A VEVENT of an entry, with those of its lines that are the same in several renderings."""

    def __init__(self, part: Part, uid: str, of: str, around: Surroundings) -> None:
        self._part, self._uid, self._of, self._around = part, uid, of, around
        self._times: dict[bool, _Times] = {}
        self._told: dict[tuple[Languages, ShowSessions, bool], bytes] = {}
        self._end: dict[tuple[ShowCancelled, ShowBusy], bytes] = {}

    def times(self, rendering: Rendering) -> _Times:
        """Return when it is."""
        when = self._part.details.when
        is_short = isinstance(when, Imprecise) and as_first_day(when, rendering)
        known = self._times.get(is_short)
        if known is None:
            written, timezone = _times(self._part, as_first_day=is_short)
            used = tuple(sorted({zone for zone in (timezone, self._part.timezone) if zone}))
            component = Component(self._uid, self._of, self._part.day, used)
            known = self._times[is_short] = _Times(written, timezone, days_of(when)[0].year, component)
        return known

    def body(self, times: bytes, rendering: Rendering) -> bytes:
        """Return all that stands behind the stamps."""
        part = self._part
        title = _in_language(rendering, part.details.title)
        summary = lines.text("SUMMARY", _summary(part, rendering, self._around), **title)
        return b"".join((times, part.recurring, summary, self._middle(rendering), self._tail(rendering)))

    def _middle(self, rendering: Rendering) -> bytes:
        """Return the lines in which words stand, but for the first one."""
        as_category = rendering.organisation is ShowOrganisation.CATEGORY
        key = rendering.languages, rendering.sessions, as_category
        told = self._told.get(key)
        if told is None:
            part, around = self._part, self._around
            told = self._told[key] = _described(part, rendering, around) + _located(part.details, rendering)
        return told

    def _tail(self, rendering: Rendering) -> bytes:
        """Return the lines that are the same in all languages."""
        key = rendering.cancelled, rendering.busy
        end = self._end.get(key)
        if end is None:
            part = self._part
            end = self._end[key] = b"".join(
                (
                    lines.raw("URL", part.url),
                    _status(part, rendering),
                    _busy(part, rendering),
                    _related(part.entry, self._around),
                    b"END:VEVENT\r\n",
                )
            )
        return end


def _times(part: Part, *, as_first_day: bool) -> tuple[bytes, str | None]:
    when = part.details.when
    match when:
        case Timed(start=start, usual_end=end, timezone=timezone):
            return _moments(start, end, timezone)
        case Deadline(at, timezone):
            start = (at.astimezone(UTC) - QUARTER).astimezone(at.tzinfo)
            is_fixed = timezone.startswith("Etc/") and part.recurrence is None
            return _moments(start, at, "UTC" if is_fixed else timezone)
        case _:
            first, last = days_of(when)
            if as_first_day:
                last = first
            return (
                lines.day("DTSTART", first)
                + lines.day("DTEND", last + timedelta(days=1))
                + lines.raw("X-MICROSOFT-CDO-ALLDAYEVENT", "TRUE"),
                None,
            )


def _moments(start: datetime, end: datetime, timezone: str) -> tuple[bytes, str | None]:
    """Return DTSTART and DTEND, in UTC where clients would read the local time an hour off.

    ical.js misreads local times that exist twice, so those carry no TZID.
    """
    if timezone == "UTC" or zones.is_told_twice(start) or zones.is_told_twice(end):
        written = (start.astimezone(UTC), end.astimezone(UTC))
        return lines.moment("DTSTART", written[0], None) + lines.moment("DTEND", written[1], None), None
    return lines.moment("DTSTART", start, timezone) + lines.moment("DTEND", end, timezone), timezone


def as_first_day(when: Imprecise, rendering: Rendering) -> bool:
    """Return whether an imprecise date stands in the calendar as its first day only."""
    if rendering.imprecise is ShowImprecise.AUTO:
        return when.last - when.first >= LONGEST_SPAN
    return rendering.imprecise is ShowImprecise.FIRST_DAY


def _summary(part: Part, rendering: Rendering, around: Surroundings) -> str:
    languages, details = rendering.languages, part.details
    when = details.when
    summary = _titled(details, rendering, around, languages)
    if isinstance(when, Imprecise) and as_first_day(when, rendering):
        summary += f" ({labels(languages, lambda language: dates.imprecise(when, language))})"
    match part.entry:
        case MovedNotice(moved_to=to):
            beginning = dates.beginning(to)
            moved = labels(languages, lambda language: told_move(details, beginning, part.home, language))
            summary = labelled(moved, summary, languages.first)
        case ClosingEntry():
            titles = {
                language.first: _titled(details, rendering, around, language) for language in languages.apart
            }
            summary = labels(
                languages, lambda language: word("registration_closes", language, when=titles[language])
            )
    if details.is_off:
        status = labels(languages, lambda language: word(details.status.value, language))
        summary = labelled(status, summary, languages.first)
    return " ".join(summary.split())


def _titled(details: Details, rendering: Rendering, around: Surroundings, languages: Languages) -> str:
    """Return the title in some languages, behind the organisers' names where these are to stand there."""
    title = languages.beside(details.title)
    if rendering.organisation is not ShowOrganisation.PREFIX:
        return title
    organisers = [around.name(party) for party in details.parties if party.role is Role.ORGANISER]
    if all(language.say(name) in title for name in organisers for language in languages.apart):
        return title
    return labelled(", ".join(languages.beside(name) for name in organisers), title, languages.first)


def _described(part: Part, rendering: Rendering, around: Surroundings) -> bytes:
    details, written = part.details, b""
    description = describe(part, rendering, around)
    if description:
        written += lines.text("DESCRIPTION", description, **_in_language(rendering, details.description))
    categories = [around.tag(tag, rendering.languages) for tag in details.tags]
    if rendering.organisation is ShowOrganisation.CATEGORY:
        categories += [rendering.languages.beside(around.name(party)) for party in details.parties]
    if categories:
        written += lines.texts("CATEGORIES", dict.fromkeys(categories))
    if details.contact:
        written += lines.text("CONTACT", contact_line(details.contact, rendering.languages))
    for document in details.documents:
        for address in around.document(part.entry, document, rendering.languages):
            written += lines.raw("ATTACH", address)
    return written


def _in_language(rendering: Rendering, *texts: Text | None) -> dict[str, str]:
    """Return the LANGUAGE parameter (RFC 5545, 3.2.10) of a line whose texts fall back to another language."""
    language = rendering.languages.fallen_back(*texts)
    return {"LANGUAGE": language} if language else {}


def _located(details: Details, rendering: Rendering) -> bytes:
    words = "; ".join(where(location, rendering.languages) for location in details.locations)
    if not words and details.online and not details.online.members_only:
        words = details.online.url
    named = (text for venue in details.locations for text in (venue.name, venue.address, venue.city))
    result = lines.text("LOCATION", words, **_in_language(rendering, *named)) if words else b""
    if len(details.locations) == 1 and details.locations[0].geo:
        geo = details.locations[0].geo
        result += lines.raw("GEO", f"{geo.lat};{geo.lon}")
    return result


@lru_cache(maxsize=4096)
def where(location: Location, languages: Languages) -> str:
    """Say a place, with the country's name in each language."""
    code = location.country
    country = labels(languages, lambda language: dates.country(code, language)) if code else ""
    return place_name(location, languages, country)


def _status(part: Part, rendering: Rendering) -> bytes:
    if isinstance(part.entry, MovedNotice):
        return b""
    match part.details.status:
        case Status.CANCELLED if rendering.cancelled is ShowCancelled.MARK:
            return lines.raw("STATUS", "CANCELLED")
        case Status.CANCELLED | Status.POSTPONED:
            return b""  # Google hides STATUS:CANCELLED, so the title tells it (clients.md 2.12)
        case Status.TENTATIVE:
            return lines.raw("STATUS", "TENTATIVE")
        case Status.CONFIRMED:
            return lines.raw("STATUS", "CONFIRMED")


def _busy(part: Part, rendering: Rendering) -> bytes:
    details = part.details
    is_free = details.shows_as is ShowsAs.FREE or isinstance(part.entry, MovedNotice) or details.is_off
    if is_free or isinstance(details.when, Imprecise | Deadline) or rendering.busy is ShowBusy.NEVER:
        return lines.raw("TRANSP", "TRANSPARENT") + lines.raw("X-MICROSOFT-CDO-BUSYSTATUS", "FREE")
    state = "TENTATIVE" if details.status is Status.TENTATIVE else "BUSY"
    return lines.raw("TRANSP", "OPAQUE") + lines.raw("X-MICROSOFT-CDO-BUSYSTATUS", state)


def _related(entry: Entry, around: Surroundings) -> bytes:
    match entry:
        case ClosingEntry(of=of):
            return lines.text("RELATED-TO", around.uid(of), RELTYPE="PARENT")
        case MovedNotice(of=of, day=None):
            return _related(of, around)
        case Stretch():
            return lines.text("RELATED-TO", around.uid_before(entry), RELTYPE="SIBLING")
        case Session():
            return lines.text("RELATED-TO", around.parent_uid(entry), RELTYPE="PARENT")
        case _:
            return b""
