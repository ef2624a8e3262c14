"""The DESCRIPTION of an event: plain text with everything that calendars have no field for."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from coopcal import recurrence, zones
from coopcal.compile.render import elsewhere
from coopcal.compile.render.rendering import Rendering, Surroundings
from coopcal.model.event import Contact, Event, Party, Price, Role, Status
from coopcal.model.feed import ShowSessions
from coopcal.model.text import Languages
from coopcal.model.when import DayOnly, Deadline, Hours, Imprecise, Timed, When, WholeDays, timezone_of
from coopcal.text import beside, dates
from coopcal.text.beside import Block, Line
from coopcal.text.markdown import plain
from coopcal.text.words import joined, labelled, left, word

BETWEEN_LANGUAGES = "\n\n* * *\n\n"


def describe(event: Event, rendering: Rendering, around: Surroundings, *, in_series: bool = False) -> str:
    """Return the description in the languages of the rendering; the reason of a cancellation stands first.

    What is in a series, or is a date of one, tells its sessions here, as they have no entries of their own.
    """
    contact = contact_line(event.details.contact, rendering.languages) if event.details.contact else ""

    def say(languages: Languages) -> list[Block]:
        voice = replace(rendering, languages=languages)
        return list(_blocks(event, voice, around, contact, in_series=in_series))

    return beside.text(rendering.languages, say)


def _blocks(
    event: Event, voice: Rendering, around: Surroundings, contact: str, *, in_series: bool
) -> Iterator[Block]:
    """Return all that there is to say, in the one language of ``voice``; ``contact`` in all of them."""
    languages, language = voice.languages, voice.language
    yield from _state(event, voice, around)
    yield _precision(event, voice, around, in_series=in_series)
    yield _local_time(event, voice, around)
    if event.details.second_call is not None:
        yield [
            Line(told_when(event, event.details.second_call, around, language), word("second_call", language))
        ]
    yield [Line(line) for line in elsewhere.lines(event, language)]
    yield _left_out(event, voice)
    if event.details.description is not None:
        yield [Line(plain(languages.beside(event.details.description)), between=BETWEEN_LANGUAGES)]
    yield _access(event, voice)
    yield _practical(event, voice)
    if event.details.online:
        where = (
            word("for_members", language) if event.details.online.members_only else event.details.online.url
        )
        yield [Line(where, word("online", language))]
    yield _registration(event, voice, around)
    if voice.sessions is ShowSessions.TEXT or in_series or event.dates or event.further:
        yield _programme(event, voice, around, in_series=in_series)
    yield _parties(event, voice, around)
    yield [Line(_address(link.url), languages.beside(link.label)) for link in event.details.links]
    yield [
        Line(" / ".join(around.document(event, document, languages)), languages.beside(document.label))
        for document in event.details.documents
    ]
    if contact:
        yield [Line(contact, word("contact", language))]
    if event.details.hashtag:
        yield [Line(f"#{event.details.hashtag}")]


def _state(event: Event, voice: Rendering, around: Surroundings) -> Iterator[Block]:
    """Say first what has become of an event, and of which event something is told."""
    languages, language = voice.languages, voice.language
    reason = languages.beside(event.details.reason)
    if event.details.status in (Status.CANCELLED, Status.POSTPONED):
        said = word(event.details.status.value, language)
        yield [Line(reason, said) if reason else Line(f"{said}.")]
    if event.moved_to is not None:
        moved = told_move(event, event.moved_to, around, language)
        yield [Line(f"{moved}. {reason}" if reason else f"{moved}.")]
    if event.details.status is Status.TENTATIVE:
        yield [Line(word("tentative", language))]
    if event.closing is not None:
        yield [
            Line(_whole_when(event.closing.event, around, language), languages.beside(event.details.title))
        ]


def contact_line(contact: Contact, languages: Languages) -> str:
    """Say whom to ask on one line."""
    parts = (languages.beside(contact.name), contact.email, contact.phone)
    return ", ".join(part for part in parts if part)


def _address(url: str) -> str:
    """Say where something leads: a bare e-mail address as people write it."""
    bare = url.removeprefix("mailto:")
    return url if "?" in bare or "%" in bare else bare


def _precision(event: Event, voice: Rendering, around: Surroundings, *, in_series: bool) -> Block:
    language = voice.language
    match event.details.when:
        case Imprecise() as when:
            return [Line(dates.imprecise(when, language) + ".")]
        case DayOnly():
            return [Line(word("time_not_known", language))]
        case Deadline(at):
            said = dates.clock(at, language) if in_series else dates.moment(at, language)
            return [Line(_told(said, event, at, around, language), word("deadline", language))]
        case WholeDays(hours=hours) as when if hours:
            lines = [Line(told_hours(event, each, when, around, language)) for each in hours]
            return _listed(word("open", language), lines)
        case _:
            return []


def _whole_when(event: Event, around: Surroundings, language: str) -> str:
    """Say when an event is of which something else is told; of a series, when it begins and that it recurs."""
    said = told_when(event, event.details.when, around, language)
    return word("repeated", language, when=said) if event.recurrence else said


def _listed(label: str, lines: Sequence[Line]) -> Block:
    """Put lines below a label; one alone stands beside it."""
    return [replace(lines[0], label=label, mark="")] if len(lines) == 1 else [Line("", label), *lines]


def _local_time(event: Event, voice: Rendering, around: Surroundings) -> Block:
    """Say local time and zone of what has a time that could be taken for another."""
    when, language = event.details.when, voice.language
    if not isinstance(when, Timed) or not _is_doubted(event, when.start, around):
        return []
    said = (dates.clocks if event.recurrence else dates.when)(when, language)
    zone = dates.timezone_name(when.timezone, language)
    return [Line(word("local_time", language, when=said, zone=zone))]


def _is_doubted(event: Event, moment: datetime, around: Surroundings) -> bool:
    """Return whether it could be doubted whose time it is.

    It could of what is online or told in other zones, too, and where clocks show another than at its organisation's.
    """
    home, of = around.timezone(event.organisation), event.closing.event if event.closing else event
    return (
        of.details.online is not None or bool(elsewhere.also_in(of)) or dates.is_local_elsewhere(moment, home)
    )


def told_when(event: Event, when: When, around: Surroundings, language: str) -> str:
    """Say when something of an event is, was or will be, and whose time that is where it could be doubted."""
    return _told(dates.when(when, language), event, _moment(when), around, language)


def told_date(event: Event, when: When, around: Surroundings, language: str) -> str:
    """Say within a sentence when something of an event was or will be, and whose time that is, as above."""
    return _told(dates.as_date(when, language), event, _moment(when), around, language)


def told_move(event: Event, to: When, around: Surroundings, language: str) -> str:
    """Say to which date an event was moved: ``Moved to Saturday 14 March 2026``, ``Moved; new date: autumn 2027``."""
    key = "moved_vaguely" if isinstance(to, Imprecise) else "moved"
    return word(key, language, when=told_date(event, to, around, language))


def _moment(when: When) -> datetime | None:
    """Return the moment that something with a time begins at, or ends at if it is a deadline."""
    match when:
        case Timed(start=moment) | Deadline(at=moment):
            return moment
        case _:
            return None


def told_moment(event: Event, moment: date | datetime, around: Surroundings, language: str) -> str:
    """Say a day or a moment of an event, and whose time that is where it could be doubted."""
    return _told(dates.moment(moment, language), event, moment, around, language)


def told_hours(event: Event, hours: Hours, when: WholeDays, around: Surroundings, language: str) -> str:
    """Say opening hours of an event, and whose time that is where it could be doubted."""
    said = dates.hours(hours, language)
    if hours.timezone is None:
        return said
    opens = datetime.combine(hours.day or when.first, hours.opens, zones.zone(hours.timezone))
    return _told(said, event, opens, around, language)


def _told(
    said: str, event: Event, moment: date | datetime | None, around: Surroundings, language: str
) -> str:
    if not isinstance(moment, datetime) or not _is_doubted(event, moment, around):
        return said
    return dates.zoned(said, moment.tzinfo.key, language) if isinstance(moment.tzinfo, ZoneInfo) else said


def _left_out(event: Event, voice: Rendering) -> Block:
    """Say on which dates nothing takes place, where the reason is told; dates in a row that share one, together."""
    if event.recurrence is None:
        return []
    reasons = {each.day: each.reason for each in event.recurrence.excluded if each.reason}
    if not reasons:
        return []
    begins = min(recurrence.first_day(event), *(each.day for each in event.recurrence.excluded))
    given = recurrence.days(event.recurrence.rule, begins).between(begins, max(reasons))
    lines, language = [], voice.language
    for reason, row in groupby(given, reasons.get):
        if reason is None:
            continue
        first, *others = (dates.day(each, language) for each in row)
        said = voice.languages.beside(reason)
        if others:
            lines.append(Line(word("not_from", language, first=first, last=others[-1], reason=said)))
        else:
            lines.append(Line(word("not_on", language, when=first, reason=said)))
    return lines


def _access(event: Event, voice: Rendering) -> Block:
    said = (voice.languages.beside(location.access) for location in event.details.locations)
    return [Line(access, word("access", voice.language)) for access in said if access]


def _practical(event: Event, voice: Rendering) -> Block:
    language = voice.language
    lines = [
        Line(voice.languages.beside(text), word(name, language))
        for name, text in (event.details.practical.told if event.details.practical else ())
    ]
    if event.details.spoken:
        names = [dates.language_in(each, language) for each in event.details.spoken]
        lines.append(Line(joined(names, language), word("languages", language)))
    return lines


def _price(price: Price, voice: Rendering) -> str:
    said = voice.languages.beside(price.said)
    if price.applies is None:
        return said
    return labelled(voice.languages.beside(price.applies), said, voice.language)


def _registration(event: Event, voice: Rendering, around: Surroundings) -> Block:
    registration, language = event.details.registration, voice.language
    if registration is None:
        return []
    lines = [Line(_address(registration.url), word("registration", language))] if registration.url else []
    if registration.full:
        lines.append(Line(word("full_waiting" if registration.waiting_list else "full", language)))
    if registration.opens:
        opens = told_moment(event, registration.opens, around, language)
        lines.append(Line(word("registration_opens", language, when=opens)))
    if registration.closes:
        closes = told_moment(event, registration.closes, around, language)
        lines.append(Line(word("registration_closes", language, when=closes)))
    if registration.free is not None:
        lines.append(Line(left(registration.free, language)))
    if registration.places is not None:
        lines.append(Line(word("places", language, count=str(registration.places))))
    if registration.waiting_list and not registration.full:
        lines.append(Line(word("waiting", language)))
    prices = [Line(_price(each, voice), mark="- ") for each in registration.prices]
    return [*lines, *_listed(word("price", language), prices)] if prices else lines


def _programme(event: Event, voice: Rendering, around: Surroundings, *, in_series: bool) -> Block:
    """Say what is when; a time on other clocks than the event's says whose it is."""
    if not event.details.sessions:
        return []
    language, home = voice.language, timezone_of(event.details.when) or around.timezone(event.organisation)
    say = dates.clocks if in_series or event.dates else dates.when
    lines = []
    for session in event.details.sessions:
        said, moment, zone = (
            say(session.details.when, language),
            _moment(session.details.when),
            timezone_of(session.details.when),
        )
        if moment is not None and zone is not None and dates.is_local_elsewhere(moment, home):
            said = dates.zoned(said, zone, language)
        lines.append(Line(voice.languages.beside(session.details.title), said, mark="- "))
    return [Line("", word("programme", voice.language)), *lines]


def _parties(event: Event, voice: Rendering, around: Surroundings) -> Block:
    lines, language = [], voice.language
    for role in Role:
        names = [_named(party, voice, around) for party in event.details.parties if party.role is role]
        if names:
            lines.append(Line(joined(names, language), word(role.value, language)))
    return lines


def _named(party: Party, voice: Rendering, around: Surroundings) -> str:
    """Say who it is; of those who have no page here, with the address of their own."""
    name = voice.languages.say(around.name(party))
    return f"{name} ({party.url})" if party.url else name
