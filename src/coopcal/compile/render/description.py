"""The DESCRIPTION of an event: plain text with everything that calendars have no field for."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from coopcal import recurrence
from coopcal.compile.render import other_zones
from coopcal.compile.render.components import Part
from coopcal.compile.render.rendering import Rendering, Surroundings
from coopcal.compile.render.told_times import (
    is_doubted,
    moment_of,
    told_hours,
    told_moment,
    told_move,
    told_when,
    told_words,
)
from coopcal.model.entry import ClosingEntry, MovedNotice
from coopcal.model.event import Event, Recurrence, Recurring, has_dates
from coopcal.model.feed import ShowSessions
from coopcal.model.happening import Details, Happening, Status
from coopcal.model.party import Contact, Party, Role
from coopcal.model.registration import Price, Registration
from coopcal.model.text import Languages
from coopcal.model.when import DayOnly, Deadline, Imprecise, Timed, WholeDays, timezone_of
from coopcal.text import dates, recurring, side_by_side
from coopcal.text.markdown import plain
from coopcal.text.side_by_side import Block, Line
from coopcal.text.words import joined, labelled, left, word
from coopcal.zones.shift import day_of

BETWEEN_LANGUAGES = "\n\n* * *\n\n"


_ROLES = tuple(Role)


class Voice(NamedTuple):
    """The languages that texts are said in, the one of coopcal's own words, and whether sessions are told."""

    languages: Languages
    language: str
    sessions: ShowSessions


def describe(part: Part, rendering: Rendering, around: Surroundings) -> str:
    """Return the description in the languages of the rendering; the reason of a cancellation stands first.

    What is in a series, or is a date of one, tells its sessions here, as they have no entries of their own.
    """
    asked = part.details.contact
    contact = contact_line(asked, rendering.languages) if asked else ""

    def say(languages: Languages) -> list[Block]:
        voice = Voice(languages, languages.first, rendering.sessions)
        return list(_blocks(part, voice, around, contact))

    return side_by_side.text(rendering.languages, say)


def _blocks(part: Part, voice: Voice, around: Surroundings, contact: str) -> Iterator[Block]:
    """Return all that there is to say, in the one language of ``voice``; ``contact`` in all of them."""
    details, languages, language = part.details, voice.languages, voice.language
    yield from _state(part, voice)
    yield from _dates(part, voice, around)
    if details.description is not None:
        yield [Line(plain(languages.beside(details.description)), between=BETWEEN_LANGUAGES)]
    yield _access(details, voice)
    if details.practical or details.spoken:
        yield _practical(details, voice)
    if details.online:
        told = not details.online.members_only or around.joins(part.entry)
        where = details.online.url if told else word("for_members", language)
        yield [Line(where, word("online", language))]
    if details.registration:
        yield _registration(part, details.registration, voice)
    if voice.sessions is ShowSessions.TEXT or (isinstance(part.entry, Happening) and has_dates(part.entry)):
        yield _programme(part, voice)
    yield _parties(details, voice, around)
    yield [Line(_address(link.url), languages.beside(link.label)) for link in details.links]
    yield [
        Line(" / ".join(around.document(part.entry, document, languages)), languages.beside(document.label))
        for document in details.documents
    ]
    if contact:
        yield [Line(contact, word("contact", language))]
    if details.hashtag:
        yield [Line(f"#{details.hashtag}")]


def _dates(part: Part, voice: Voice, around: Surroundings) -> Iterator[Block]:
    """Say what the times of an event do not tell of when it is."""
    details, language = part.details, voice.language
    rhythm = _rhythm(part, voice, around)
    yield rhythm
    yield _precision(part, language)
    if isinstance(details.when, Timed) and not rhythm:
        yield _local_time(part, details.when, language)
    if details.second_call is not None:
        second = told_when(details, details.second_call, part.home, language)
        yield [Line(second, word("second_call", language))]
    if details.also_in:
        yield [Line(line) for line in other_zones.lines(details, part.recurrence, language)]
    if part.recurrence is not None:
        yield _left_out(details, part.recurrence, voice)


def _state(part: Part, voice: Voice) -> Iterator[Block]:
    """Say first what has become of an event, and of which event something is told."""
    details, languages, language = part.details, voice.languages, voice.language
    reason = languages.beside(details.reason)
    if details.is_off:
        status = word(details.status.value, language)
        yield [Line(reason, status) if reason else Line(f"{status}.")]
    if isinstance(part.entry, MovedNotice):
        moved = told_move(details, part.entry.moved_to, part.home, language)
        yield [Line(f"{moved}. {reason}" if reason else f"{moved}.")]
    if details.status is Status.TENTATIVE:
        yield [Line(word("tentative", language))]
    if isinstance(part.entry, ClosingEntry):
        yield [Line(_when_closed(part.entry, part.home, language), languages.beside(details.title))]


def contact_line(contact: Contact, languages: Languages) -> str:
    """Say whom to ask on one line."""
    parts = (languages.beside(contact.name), contact.email, contact.phone)
    return ", ".join(part for part in parts if part)


def _address(url: str) -> str:
    """Say where something leads: a bare e-mail address as people write it."""
    bare = url.removeprefix("mailto:")
    return url if "?" in bare or "%" in bare else bare


def _precision(part: Part, language: str) -> Block:
    match part.details.when:
        case Imprecise() as when:
            return [Line(dates.imprecise(when, language) + ".")]
        case DayOnly():
            return [Line(word("time_not_known", language))]
        case Deadline(at):
            moment = dates.clock(at, language) if part.in_series else dates.moment(at, language)
            return [Line(told_words(moment, part.timed, at, part.home, language), word("deadline", language))]
        case WholeDays(hours=hours) as when if hours:
            lines = [
                Line(told_hours(part.details, open_hours, when, part.home, language)) for open_hours in hours
            ]
            return _listed(word("open", language), lines)
        case _:
            return []


def _rhythm(part: Part, voice: Voice, around: Surroundings) -> Block:
    """Say how a series recurs, in the entry that stands for it; its dates do not tell it again."""
    if part.recurrence is None or part.day is not None or not isinstance(part.entry, Recurring):
        return []
    when, moment = part.details.when, moment_of(part.details.when)
    doubted = moment is not None and is_doubted(part.details, moment, part.home)
    zone = timezone_of(when) if doubted else None
    words = recurring.told(around.unexplained_rhythm(part.entry), when, voice.language, zone=zone)
    return [Line(f"{words}.")] if words else []


def _when_closed(entry: ClosingEntry, home: str, language: str) -> str:
    """Say when that is whose registration closes; of a series, when it begins and that it recurs."""
    when = told_when(entry.closed, entry.closed.when, home, language)
    is_series = isinstance(entry.of, Recurring) and entry.day is None
    return word("repeated", language, when=when) if is_series else when


def _listed(label: str, lines: Sequence[Line]) -> Block:
    """Put lines below a label; one alone stands beside it."""
    return [lines[0]._replace(label=label, mark="")] if len(lines) == 1 else [Line("", label), *lines]


def _local_time(part: Part, when: Timed, language: str) -> Block:
    """Say local time and zone of what has a time that could be taken for another."""
    if not is_doubted(part.details, when.start, part.home):
        return []
    local = (dates.clocks if part.recurrence else dates.when)(when, language)
    zone = dates.timezone_name(when.timezone, language)
    return [Line(word("local_time", language, when=local, zone=zone))]


def _left_out(details: Details, repeated: Recurrence, voice: Voice) -> Block:
    """Say on which dates nothing takes place, where the reason is told; dates in a row that share one, together."""
    excepted = repeated.exception_dates
    reasons = {exception.day: exception.reason for exception in excepted if exception.reason}
    if not reasons:
        return []
    begins = min(day_of(details.when), *(exception.day for exception in excepted))
    given = recurrence.days(repeated.rule, begins).between(begins, max(reasons))
    lines, language = [], voice.language
    for reason, row in groupby(given, reasons.get):
        if reason is None:
            continue
        first, *others = (dates.day(day, language) for day in row)
        words = voice.languages.beside(reason)
        if others:
            lines.append(Line(word("not_from", language, first=first, last=others[-1], reason=words)))
        else:
            lines.append(Line(word("not_on", language, when=first, reason=words)))
    return lines


def _access(details: Details, voice: Voice) -> Block:
    words = (voice.languages.beside(location.access) for location in details.locations)
    return [Line(access, word("access", voice.language)) for access in words if access]


def _practical(details: Details, voice: Voice) -> Block:
    language = voice.language
    lines = [
        Line(voice.languages.beside(text), word(name, language))
        for name, text in (details.practical.told if details.practical else ())
    ]
    if details.spoken:
        names = [dates.language_in(spoken, language) for spoken in details.spoken]
        lines.append(Line(joined(names, language), word("languages", language)))
    return lines


def _price(price: Price, voice: Voice) -> str:
    words = voice.languages.beside(price.said)
    if price.applies is None:
        return words
    return labelled(voice.languages.beside(price.applies), words, voice.language)


def _registration(part: Part, registration: Registration, voice: Voice) -> Block:
    language = voice.language
    lines = [Line(_address(registration.url), word("registration", language))] if registration.url else []
    if registration.full:
        lines.append(Line(word("full_waiting" if registration.waiting_list else "full", language)))
    if registration.opens:
        opens = told_moment(part.timed, registration.opens, part.home, language)
        lines.append(Line(word("registration_opens", language, when=opens)))
    if registration.closes:
        closes = told_moment(part.timed, registration.closes, part.home, language)
        lines.append(Line(word("registration_closes", language, when=closes)))
    if registration.free is not None:
        lines.append(Line(left(registration.free, language)))
    if registration.places is not None:
        lines.append(Line(word("places", language, count=str(registration.places))))
    if registration.waiting_list and not registration.full:
        lines.append(Line(word("waiting", language)))
    prices = [Line(_price(price, voice), mark="- ") for price in registration.prices]
    return [*lines, *_listed(word("price", language), prices)] if prices else lines


def _programme(part: Part, voice: Voice) -> Block:
    """Say what is when; a time on other clocks than the event's says whose it is."""
    if not part.details.sessions:
        return []
    language, home = voice.language, timezone_of(part.details.when) or part.home
    on_several_days = part.in_series or (isinstance(part.entry, Event) and bool(part.entry.dates))
    say = dates.clocks if on_several_days else dates.when
    lines = []
    for session in part.details.sessions:
        when = session.details.when
        words, moment, zone = say(when, language), moment_of(when), timezone_of(when)
        if moment is not None and zone is not None and dates.is_local_elsewhere(moment, home):
            words = dates.zoned(words, zone, language)
        lines.append(Line(voice.languages.beside(session.details.title), words, mark="- "))
    return [Line("", word("programme", voice.language)), *lines]


def _parties(details: Details, voice: Voice, around: Surroundings) -> Block:
    names: dict[Role, list[str]] = {}
    for party in details.parties:
        names.setdefault(party.role, []).append(_named(party, voice, around))
    language = voice.language
    return [Line(joined(names[role], language), word(role, language)) for role in _ROLES if role in names]


def _named(party: Party, voice: Voice, around: Surroundings) -> str:
    """Say who it is; of those who have no page here, with the address of their own."""
    name = voice.languages.say(around.name(party))
    return f"{name} ({party.url})" if party.url else name
