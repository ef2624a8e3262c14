"""The DESCRIPTION of an event: plain text with everything that calendars have no field for."""

from collections.abc import Iterator
from datetime import date, datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from coopcal import recurrence
from coopcal.emit import dates, elsewhere
from coopcal.emit.markdown import plain
from coopcal.emit.rendering import Rendering, Surroundings
from coopcal.emit.words import below, joined, labelled, listed, word
from coopcal.model.event import Contact, Event, Party, Price, Role, Status
from coopcal.model.feed import ShowSessions
from coopcal.model.text import Languages
from coopcal.model.when import DayOnly, Deadline, Imprecise, Timed, When, WholeDays

BETWEEN_LANGUAGES = "\n\n* * *\n\n"


def describe(event: Event, rendering: Rendering, around: Surroundings, *, in_series: bool = False) -> str:
    """Give the description in the languages of the rendering; the reason of a cancellation stands first.

    What is in a series, or is a date of one, tells its sessions here, as they have no entries of their own.
    """
    return "\n\n".join(part for part in _parts(event, rendering, around, in_series=in_series) if part)


def _parts(event: Event, rendering: Rendering, around: Surroundings, *, in_series: bool) -> Iterator[str]:
    languages, language = rendering.languages, rendering.language
    if event.status in (Status.CANCELLED, Status.POSTPONED):
        reason = languages.beside(event.reason)
        said = word(event.status.value, language)
        yield labelled(said, reason, language) if reason else f"{said}."
    if event.moved_to is not None:
        reason = languages.beside(event.reason)
        yield word("moved", language, when=told_when(event, event.moved_to, around, language)) + (
            f". {reason}" if reason else "."
        )
    if event.status is Status.TENTATIVE:
        yield word("tentative", language)
    yield _precision(event, rendering, around, in_series=in_series)
    yield _local_time(event, rendering, around)
    yield "\n".join(elsewhere.lines(event, language))
    yield _left_out(event, rendering)
    if event.description is not None:
        texts = languages.beside(event.description, "\0").split("\0")
        yield BETWEEN_LANGUAGES.join(plain(text) for text in texts)
    yield _access(event, rendering)
    yield _practical(event, rendering)
    if event.online:
        where = word("for_members", language) if event.online.members_only else event.online.url
        yield labelled(word("online", language), where, language)
    yield _registration(event, rendering, around)
    if rendering.sessions is ShowSessions.TEXT or in_series or event.dates or event.further:
        yield _programme(event, rendering, in_series=in_series)
    yield _parties(event, rendering, around)
    links = [labelled(languages.beside(link.label), _address(link.url), language) for link in event.links]
    yield "\n".join(links)
    documents = [
        labelled(
            languages.beside(document.label),
            document.url or around.file(event, document.file or ""),
            language,
        )
        for document in event.documents
    ]
    yield "\n".join(documents)
    if event.contact:
        yield labelled(word("contact", language), contact_line(event.contact, languages), language)
    if event.hashtag:
        yield f"#{event.hashtag}"


def contact_line(contact: Contact, languages: Languages) -> str:
    """Say whom to ask on one line."""
    parts = (languages.beside(contact.name), contact.email, contact.phone)
    return ", ".join(part for part in parts if part)


def _address(url: str) -> str:
    """Say where something leads: a bare e-mail address as people write it."""
    bare = url.removeprefix("mailto:")
    return url if "?" in bare or "%" in bare else bare


def _precision(event: Event, rendering: Rendering, around: Surroundings, *, in_series: bool) -> str:
    language = rendering.language
    match event.when:
        case Imprecise() as when:
            return dates.imprecise(when, language) + "."
        case DayOnly():
            return word("time_not_known", language)
        case Deadline(at):
            said = dates.clock(at, language) if in_series else dates.moment(at, language)
            said = _told(said, event, at, around, language)
            return labelled(word("deadline", language), said, language)
        case WholeDays(hours=hours) if hours:
            lines = [dates.hours(each, language) for each in hours]
            return listed(word("open", language), lines, language)
        case _:
            return ""


def _local_time(event: Event, rendering: Rendering, around: Surroundings) -> str:
    """Say local time and zone of what has a time that could be taken for another."""
    when = event.when
    if not isinstance(when, Timed) or not _is_doubted(event, when.start, around):
        return ""
    said = dates.clocks if event.recurrence else dates.when
    return word(
        "local_time",
        rendering.language,
        when=said(when, rendering.language),
        zone=dates.timezone_name(when.timezone, rendering.language),
    )


def _is_doubted(event: Event, moment: datetime, around: Surroundings) -> bool:
    """Whether it could be doubted whose time it is.

    It could of what is online or told in other zones, too, and where clocks show another than at its organisation's.
    """
    home = around.timezone(event.organisation)
    return event.online is not None or bool(event.also_in) or dates.is_local_elsewhere(moment, home)


def told_when(event: Event, when: When, around: Surroundings, language: str) -> str:
    """Say when something of an event is, was or will be, and whose time that is where it could be doubted."""
    moment = when.start if isinstance(when, Timed) else when.at if isinstance(when, Deadline) else None
    return _told(dates.when(when, language), event, moment, around, language)


def told_moment(event: Event, moment: date | datetime, around: Surroundings, language: str) -> str:
    """Say a day or a moment of an event, and whose time that is where it could be doubted."""
    return _told(dates.moment(moment, language), event, moment, around, language)


def _told(
    said: str, event: Event, moment: date | datetime | None, around: Surroundings, language: str
) -> str:
    if not isinstance(moment, datetime) or not _is_doubted(event, moment, around):
        return said
    return dates.zoned(said, moment.tzinfo.key, language) if isinstance(moment.tzinfo, ZoneInfo) else said


def _left_out(event: Event, rendering: Rendering) -> str:
    """Say on which dates nothing takes place, where the reason is told; dates in a row that share one, together."""
    if event.recurrence is None:
        return ""
    reasons = {each.day: each.reason for each in event.recurrence.excluded if each.reason}
    if not reasons:
        return ""
    begins = min(recurrence.first_day(event), *(each.day for each in event.recurrence.excluded))
    given = recurrence.days(event.recurrence.rule, begins).between(begins, max(reasons))
    lines = []
    for reason, row in groupby(given, reasons.get):
        if reason is None:
            continue
        first, *others = (dates.day(each, rendering.language) for each in row)
        said = rendering.languages.beside(reason)
        if others:
            lines.append(word("not_from", rendering.language, first=first, last=others[-1], reason=said))
        else:
            lines.append(word("not_on", rendering.language, when=first, reason=said))
    return "\n".join(lines)


def _access(event: Event, rendering: Rendering) -> str:
    said = (rendering.languages.beside(location.access) for location in event.locations)
    label, language = word("access", rendering.language), rendering.language
    return "\n".join(labelled(label, access, language) for access in said if access)


def _practical(event: Event, rendering: Rendering) -> str:
    language = rendering.language
    lines = [
        labelled(word(name, language), rendering.languages.beside(text), language)
        for name, text in (event.practical.told if event.practical else ())
    ]
    if event.spoken:
        names = [dates.language_in(each, language) for each in event.spoken]
        lines.append(labelled(word("languages", language), joined(names, language), language))
    return "\n".join(lines)


def _price(price: Price, rendering: Rendering) -> str:
    said = rendering.languages.beside(price.said)
    if price.applies is None:
        return said
    return labelled(rendering.languages.beside(price.applies), said, rendering.language)


def _registration(event: Event, rendering: Rendering, around: Surroundings) -> str:
    registration, language = event.registration, rendering.language
    if registration is None:
        return ""
    lines = [
        labelled(word("registration", language), _address(registration.url), language)
        if registration.url
        else ""
    ]
    if registration.full:
        lines.append(word("full_waiting" if registration.waiting_list else "full", language))
    if registration.opens:
        opens = told_moment(event, registration.opens, around, language)
        lines.append(word("registration_opens", language, when=opens))
    if registration.closes:
        closes = told_moment(event, registration.closes, around, language)
        lines.append(word("registration_closes", language, when=closes))
    if registration.places is not None:
        lines.append(word("places", language, count=str(registration.places)))
    if registration.waiting_list and not registration.full:
        lines.append(word("waiting", language))
    match [_price(each, rendering) for each in registration.prices]:
        case []:
            pass
        case [one]:
            lines.append(labelled(word("price", language), one, language))
        case several:
            lines.append(below(word("price", language), [f"- {each}" for each in several], language))
    return "\n".join(line for line in lines if line)


def _programme(event: Event, rendering: Rendering, *, in_series: bool) -> str:
    if not event.sessions:
        return ""
    said = dates.clocks if in_series or event.dates else dates.when
    language = rendering.language
    lines = [
        "- " + labelled(said(session.when, language), rendering.languages.beside(session.title), language)
        for session in event.sessions
    ]
    return below(word("programme", language), lines, language)


def _parties(event: Event, rendering: Rendering, around: Surroundings) -> str:
    lines, language = [], rendering.language
    for role in Role:
        names = [_named(party, rendering, around) for party in event.parties if party.role is role]
        if names:
            lines.append(labelled(word(role.value, language), joined(names, language), language))
    return "\n".join(lines)


def _named(party: Party, rendering: Rendering, around: Surroundings) -> str:
    """Say who it is; of those who have no page here, with the address of their own."""
    name = rendering.languages.say(around.name(party))
    return f"{name} ({party.url})" if party.url else name
