"""One event as a VEVENT (RFC 5545, 3.6.1), rendered without stamps and stamped afterwards."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from coopcal import zones
from coopcal.compile.render.description import contact_line, describe, told_move
from coopcal.compile.render.rendering import Rendering, Surroundings, place_name
from coopcal.compile.render.series import Series
from coopcal.compile.stamp import sequence
from coopcal.model.event import QUARTER, Event, Location, Role, ShowsAs, Status
from coopcal.model.feed import ShowBusy, ShowCancelled, ShowImprecise, ShowOrganisation
from coopcal.model.published import Stamp
from coopcal.model.text import Languages, Text
from coopcal.model.when import Deadline, Imprecise, Timed, days_of
from coopcal.text import content_lines as lines
from coopcal.text import dates
from coopcal.text.beside import labels
from coopcal.text.words import labelled, word

LONGEST_SPAN = timedelta(days=31)
"""Imprecise dates up to this long stand as whole days; longer ones as their first day."""


@dataclass(frozen=True, slots=True)
class RenderedPart:
    """A VEVENT around its stamps; the original day where it is an override; and the TZIDs that it uses."""

    head: bytes
    body: bytes
    day: date | None
    zones: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rendered:
    """An event's VEVENTs; their digest; and for each zone of their times the first local year.

    The first one is the master of a series, the others are dates of it (RECURRENCE-ID). All share one stamp: what
    changes a date stamps its master, too, as Evolution and ICSx5 look no further (clients.md 2.4 to 2.6).
    """

    parts: tuple[RenderedPart, ...]
    digest: str
    zones: tuple[tuple[str, int], ...]

    def stamped(self, stamp: Stamp) -> tuple[bytes, ...]:
        """Return each whole VEVENT; DTSTAMP, LAST-MODIFIED and SEQUENCE all tell the last change.

        DTSTAMP is no instant of compiling (clients.md 2.4, 2.5, 2.7 to 2.9).
        """
        said = b"".join(
            (
                lines.moment("DTSTAMP", stamp.modified, None),
                lines.moment("LAST-MODIFIED", stamp.modified, None),
                lines.raw("SEQUENCE", str(sequence(stamp.modified))),
            )
        )
        return tuple(part.head + said + part.body for part in self.parts)


@dataclass(frozen=True, slots=True)
class _Part:
    """One VEVENT to be: what it shows, its address, and the lines that make it a series or the date of one on a ``day``.

    ``timezone`` is the TZID of these lines.
    """

    event: Event
    url: str
    recurring: bytes = b""
    timezone: str | None = None
    day: date | None = None


def render(event: Event, rendering: Rendering, around: Surroundings) -> Rendered:
    """Render an event; the bytes depend on nothing but the arguments."""
    head = b"BEGIN:VEVENT\r\n" + lines.text("UID", around.uid(event))
    parts, years = list[RenderedPart](), dict[str, int]()
    for part in _parts(event, rendering, around):
        times, timezone = _times(part.event, rendering)
        if timezone:
            year = days_of(part.event.details.when)[0].year
            years[timezone] = min(year, years.get(timezone, year))
        said = _described(part.event, rendering, around, in_series=event.recurrence is not None)
        body = times + part.recurring + _body(part.event, rendering, around, part.url, said)
        zones_used = tuple(sorted({zone for zone in (timezone, part.timezone) if zone}))
        parts.append(RenderedPart(head, body, part.day, zones_used))
    digest = hashlib.sha256(b"".join(part.head + part.body for part in parts)).hexdigest()[:32]
    return Rendered(tuple(parts), digest, tuple(sorted(years.items())))


def _parts(event: Event, rendering: Rendering, around: Surroundings) -> Iterator[_Part]:
    """Return the master first, then its dates that differ (clients.md 2.6)."""
    if event.recurrence is None:
        yield _Part(event, around.page(event))
        return
    changed_days = {change.day for change in event.recurrence.changes}
    series = Series.of(event, event.recurrence, hide=rendering.cancelled is ShowCancelled.HIDE)
    if series.only is not None:
        yield _Part(series.only, around.page(event))
        return
    yield _Part(
        series.master, around.page(event), series.rule(), series.timezone if series.left_out else None
    )
    for day, changed in series.overrides:
        url = around.date_page(event, day) if day in changed_days else around.page(event)
        yield _Part(changed, url, series.recurrence_id(day), series.timezone, day)


def _body(event: Event, rendering: Rendering, around: Surroundings, url: str, said: bytes) -> bytes:
    return b"".join(
        (
            lines.text(
                "SUMMARY", _summary(event, rendering, around), **_in_language(rendering, event.details.title)
            ),
            said,
            _located(event, rendering),
            lines.raw("URL", url),
            _status(event, rendering),
            _busy(event, rendering),
            _related(event, around),
            b"END:VEVENT\r\n",
        )
    )


def _times(event: Event, rendering: Rendering) -> tuple[bytes, str | None]:
    when = event.details.when
    match when:
        case Timed(start=start, usual_end=end, timezone=timezone):
            return _moments(start, end, timezone)
        case Deadline(at, timezone):
            start = (at.astimezone(UTC) - QUARTER).astimezone(at.tzinfo)
            is_fixed = timezone.startswith("Etc/") and event.recurrence is None
            return _moments(start, at, "UTC" if is_fixed else timezone)
        case _:
            first, last = days_of(when)
            if isinstance(when, Imprecise) and as_first_day(when, rendering):
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
    twice = any(len(zones.localise(each.replace(tzinfo=None, fold=0), timezone)) > 1 for each in (start, end))
    if timezone == "UTC" or twice:
        written = (start.astimezone(UTC), end.astimezone(UTC))
        return lines.moment("DTSTART", written[0], None) + lines.moment("DTEND", written[1], None), None
    return lines.moment("DTSTART", start, timezone) + lines.moment("DTEND", end, timezone), timezone


def as_first_day(when: Imprecise, rendering: Rendering) -> bool:
    """Return whether an imprecise date stands in the calendar as its first day only."""
    if rendering.imprecise is ShowImprecise.AUTO:
        return when.last - when.first >= LONGEST_SPAN
    return rendering.imprecise is ShowImprecise.FIRST_DAY


def _summary(event: Event, rendering: Rendering, around: Surroundings) -> str:
    languages, when, moved_to = rendering.languages, event.details.when, event.moved_to
    summary = _titled(event, rendering, around, languages)
    if isinstance(when, Imprecise) and as_first_day(when, rendering):
        summary += f" ({labels(languages, lambda language: dates.imprecise(when, language))})"
    if moved_to is not None:
        moved = labels(
            languages,
            lambda language: told_move(event, dates.beginning(moved_to), around, language),
        )
        summary = labelled(moved, summary, languages.first)
    if event.closing is not None:
        titles = {each.first: _titled(event, rendering, around, each) for each in languages.apart}
        summary = labels(
            languages, lambda language: word("registration_closes", language, when=titles[language])
        )
    if event.details.status in (Status.CANCELLED, Status.POSTPONED):
        status = labels(languages, lambda language: word(event.details.status.value, language))
        summary = labelled(status, summary, languages.first)
    return " ".join(summary.split())


def _titled(event: Event, rendering: Rendering, around: Surroundings, languages: Languages) -> str:
    """Return the title in some languages, behind the organisers' names where these are to stand there."""
    title = languages.beside(event.details.title)
    if rendering.organisation is not ShowOrganisation.PREFIX:
        return title
    organisers = [around.name(party) for party in event.details.parties if party.role is Role.ORGANISER]
    if all(each.say(name) in title for name in organisers for each in languages.apart):
        return title
    return labelled(", ".join(languages.beside(name) for name in organisers), title, languages.first)


def _described(event: Event, rendering: Rendering, around: Surroundings, *, in_series: bool) -> bytes:
    said = b""
    description = describe(event, rendering, around, in_series=in_series)
    if description:
        said += lines.text("DESCRIPTION", description, **_in_language(rendering, event.details.description))
    categories = [around.tag(tag, rendering.languages) for tag in event.details.tags]
    if rendering.organisation is ShowOrganisation.CATEGORY:
        categories += [rendering.languages.beside(around.name(party)) for party in event.details.parties]
    if categories:
        said += lines.texts("CATEGORIES", dict.fromkeys(categories))
    if event.details.contact:
        said += lines.text("CONTACT", contact_line(event.details.contact, rendering.languages))
    for document in event.details.documents:
        for address in around.document(event, document, rendering.languages):
            said += lines.raw("ATTACH", address)
    return said


def _in_language(rendering: Rendering, *texts: Text | None) -> dict[str, str]:
    """Return the LANGUAGE parameter (RFC 5545, 3.2.10) of a line whose texts fall back to another language."""
    language = rendering.languages.fallen_back(*texts)
    return {"LANGUAGE": language} if language else {}


def _located(event: Event, rendering: Rendering) -> bytes:
    said = "; ".join(where(location, rendering.languages) for location in event.details.locations)
    if not said and event.details.online and not event.details.online.members_only:
        said = event.details.online.url
    named = (text for each in event.details.locations for text in (each.name, each.address, each.city))
    result = lines.text("LOCATION", said, **_in_language(rendering, *named)) if said else b""
    if len(event.details.locations) == 1 and event.details.locations[0].geo:
        geo = event.details.locations[0].geo
        result += lines.raw("GEO", f"{geo.lat};{geo.lon}")
    return result


def where(location: Location, languages: Languages) -> str:
    """Say a place, with the country's name in each language."""
    code = location.country
    country = labels(languages, lambda language: dates.country(code, language)) if code else ""
    return place_name(location, languages, country)


def _status(event: Event, rendering: Rendering) -> bytes:
    if event.moved_to is not None:
        return b""
    match event.details.status:
        case Status.CANCELLED if rendering.cancelled is ShowCancelled.MARK:
            return lines.raw("STATUS", "CANCELLED")
        case Status.CANCELLED | Status.POSTPONED:
            return b""  # Google hides STATUS:CANCELLED, so the title tells it (clients.md 2.12)
        case Status.TENTATIVE:
            return lines.raw("STATUS", "TENTATIVE")
        case Status.CONFIRMED:
            return lines.raw("STATUS", "CONFIRMED")


def _busy(event: Event, rendering: Rendering) -> bytes:
    off = event.details.status in (Status.CANCELLED, Status.POSTPONED) or isinstance(
        event.details.when, Imprecise | Deadline
    )
    if (
        off
        or event.moved_to is not None
        or rendering.busy is ShowBusy.NEVER
        or event.details.shows_as is ShowsAs.FREE
    ):
        return lines.raw("TRANSP", "TRANSPARENT") + lines.raw("X-MICROSOFT-CDO-BUSYSTATUS", "FREE")
    state = "TENTATIVE" if event.details.status is Status.TENTATIVE else "BUSY"
    return lines.raw("TRANSP", "OPAQUE") + lines.raw("X-MICROSOFT-CDO-BUSYSTATUS", state)


def _related(event: Event, around: Surroundings) -> bytes:
    if event.closing is not None:
        return lines.text("RELATED-TO", around.uid(event.closing.event), RELTYPE="PARENT")
    if event.continues is not None:
        return lines.text(
            "RELATED-TO", around.uid(replace(event, further=event.continues)), RELTYPE="SIBLING"
        )
    if len(event.path) <= 1:
        return b""
    return lines.text("RELATED-TO", around.parent_uid(event), RELTYPE="PARENT")
