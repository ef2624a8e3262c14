"""The lines of a VEVENT (RFC 5545, 3.6.1), but for those that tell when it changed."""

from datetime import UTC, datetime, timedelta
from functools import lru_cache

from coopcal import zones
from coopcal.compile.render.components import Part
from coopcal.compile.render.description import contact_line, describe
from coopcal.compile.render.rendering import Rendering, Surroundings, place_name
from coopcal.compile.render.told_times import told_move
from coopcal.model.entry import ClosingEntry, Entry, MovedNotice
from coopcal.model.event import Stretch
from coopcal.model.feed import ShowBusy, ShowCancelled, ShowImprecise, ShowOrganisation
from coopcal.model.happening import Details, Session, ShowsAs, Status
from coopcal.model.party import Role
from coopcal.model.text import Languages, Text
from coopcal.model.venue import Location
from coopcal.model.when import QUARTER, Deadline, Imprecise, Timed, days_of
from coopcal.text import content_lines as lines
from coopcal.text import dates
from coopcal.text.side_by_side import labels
from coopcal.text.words import labelled, word

LONGEST_SPAN = timedelta(days=31)
"""Imprecise dates up to this long stand as whole days; longer ones as their first day."""


def times_of(part: Part, *, as_first_day: bool) -> tuple[bytes, str | None]:
    """Return DTSTART and DTEND, and their TZID, None for days and UTC; of whole days perhaps the first one alone."""
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


def summary(part: Part, rendering: Rendering, around: Surroundings) -> str:
    """Return the SUMMARY: the title, with what has become of the event."""
    languages, details = rendering.languages, part.details
    when = details.when
    words = _titled(details, rendering, around, languages)
    if isinstance(when, Imprecise) and as_first_day(when, rendering):
        words += f" ({labels(languages, lambda language: dates.imprecise(when, language))})"
    match part.entry:
        case MovedNotice(moved_to=to):
            beginning = dates.beginning(to)
            moved = labels(languages, lambda language: told_move(details, beginning, part.home, language))
            words = labelled(moved, words, languages.first)
        case ClosingEntry():
            titles = {
                language.first: _titled(details, rendering, around, language) for language in languages.apart
            }
            words = labels(
                languages, lambda language: word("registration_closes", language, when=titles[language])
            )
    if details.is_off:
        off = labels(languages, lambda language: word(details.status.value, language))
        words = labelled(off, words, languages.first)
    return " ".join(words.split())


def _titled(details: Details, rendering: Rendering, around: Surroundings, languages: Languages) -> str:
    """Return the title in some languages, behind the organisers' names where these are to stand there."""
    title = languages.beside(details.title)
    if rendering.organisation is not ShowOrganisation.PREFIX:
        return title
    organisers = [around.name(party) for party in details.parties if party.role is Role.ORGANISER]
    if all(language.say(name) in title for name in organisers for language in languages.apart):
        return title
    return labelled(", ".join(languages.beside(name) for name in organisers), title, languages.first)


def described(part: Part, rendering: Rendering, around: Surroundings) -> bytes:
    """Return DESCRIPTION, CATEGORIES, CONTACT and ATTACH, as far as there is anything to say."""
    details, written = part.details, b""
    description = describe(part, rendering, around)
    if description:
        written += lines.text("DESCRIPTION", description, **in_language(rendering, details.description))
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


def in_language(rendering: Rendering, *texts: Text | None) -> dict[str, str]:
    """Return the LANGUAGE parameter (RFC 5545, 3.2.10) of a line whose texts fall back to another language."""
    language = rendering.languages.fallen_back(*texts)
    return {"LANGUAGE": language} if language else {}


def located(part: Part, rendering: Rendering, around: Surroundings) -> bytes:
    """Return LOCATION and GEO; where there is no place, the address online."""
    details = part.details
    words = "; ".join(where(location, rendering.languages) for location in details.locations)
    online = details.online
    if not words and online and (not online.members_only or around.joins(part.entry)):
        words = online.url
    named = (text for venue in details.locations for text in (venue.name, venue.address, venue.city))
    result = lines.text("LOCATION", words, **in_language(rendering, *named)) if words else b""
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


def status(part: Part, rendering: Rendering) -> bytes:
    """Return STATUS, where calendars are to show one."""
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


def busy(part: Part, rendering: Rendering) -> bytes:
    """Return TRANSP, and the same for Outlook: whether it takes time."""
    details = part.details
    is_free = details.shows_as is ShowsAs.FREE or isinstance(part.entry, MovedNotice) or details.is_off
    if is_free or isinstance(details.when, Imprecise | Deadline) or rendering.busy is ShowBusy.NEVER:
        return lines.raw("TRANSP", "TRANSPARENT") + lines.raw("X-MICROSOFT-CDO-BUSYSTATUS", "FREE")
    state = "TENTATIVE" if details.status is Status.TENTATIVE else "BUSY"
    return lines.raw("TRANSP", "OPAQUE") + lines.raw("X-MICROSOFT-CDO-BUSYSTATUS", state)


def related(entry: Entry, around: Surroundings) -> bytes:
    """Return RELATED-TO: what an entry is part of, closes, or goes on with."""
    match entry:
        case ClosingEntry(of=of):
            return lines.text("RELATED-TO", around.uid(of), RELTYPE="PARENT")
        case MovedNotice(of=of, day=None):
            return related(of, around)
        case Stretch():
            return lines.text("RELATED-TO", around.uid_before(entry), RELTYPE="SIBLING")
        case Session():
            return lines.text("RELATED-TO", around.parent_uid(entry), RELTYPE="PARENT")
        case _:
            return b""
