"""The DESCRIPTION of an event: plain text with everything that calendars have no field for."""

from collections.abc import Iterator

from coopcal.emit import dates
from coopcal.emit.markdown import plain
from coopcal.emit.rendering import Rendering, Surroundings, side_by_side
from coopcal.emit.words import joined, word
from coopcal.model.event import Contact, Event, Role, Status
from coopcal.model.feed import ShowSessions
from coopcal.model.when import DayOnly, Imprecise, WholeDays

BETWEEN_LANGUAGES = "\n\n* * *\n\n"


def describe(event: Event, rendering: Rendering, around: Surroundings) -> str:
    """Give the description in the languages of the rendering; the reason of a cancellation stands first."""
    return "\n\n".join(part for part in _parts(event, rendering, around) if part)


def _parts(event: Event, rendering: Rendering, around: Surroundings) -> Iterator[str]:
    languages, language = rendering.languages, rendering.language
    if event.status in (Status.CANCELLED, Status.POSTPONED):
        reason = side_by_side(event.reason, languages)
        said = word(event.status.value, language)
        yield f"{said}: {reason}" if reason else f"{said}."
    if event.moved_to is not None:
        reason = side_by_side(event.reason, languages)
        yield word("moved", language, when=dates.when(event.moved_to, language)) + (
            f". {reason}" if reason else "."
        )
    yield _precision(event, language)
    yield _left_out(event, rendering)
    if event.description is not None:
        texts = dict.fromkeys(event.description.say(each, *languages) for each in languages)
        yield BETWEEN_LANGUAGES.join(plain(text) for text in texts)
    yield _access(event, rendering)
    if event.online and not event.online.members_only:
        yield f"{word('online', language)}: {event.online.url}"
    yield _registration(event, rendering)
    if rendering.sessions is ShowSessions.TEXT or event.recurrence or event.dates or event.further:
        yield _programme(event, rendering)
    yield _parties(event, rendering, around)
    links = [f"{side_by_side(link.label, languages)}: {link.url}" for link in event.links]
    yield "\n".join(links)
    documents = [
        f"{side_by_side(document.label, languages)}: "
        f"{document.url or around.file(event, document.file or '')}"
        for document in event.documents
    ]
    yield "\n".join(documents)
    if event.contact:
        yield f"{word('contact', language)}: {contact_line(event.contact, languages)}"
    if event.hashtag:
        yield f"#{event.hashtag}"


def contact_line(contact: Contact, languages: tuple[str, ...]) -> str:
    """Say whom to ask on one line."""
    parts = (side_by_side(contact.name, languages), contact.email, contact.phone)
    return ", ".join(part for part in parts if part)


def _precision(event: Event, language: str) -> str:
    match event.when:
        case Imprecise() as when:
            return dates.imprecise(when, language) + "."
        case DayOnly():
            return word("time_not_known", language)
        case WholeDays(hours=hours) if hours:
            lines = [dates.hours(each, language) for each in hours]
            label = word("open", language)
            return f"{label}: {lines[0]}" if len(lines) == 1 else "\n".join([f"{label}:", *lines])
        case _:
            return ""


def _left_out(event: Event, rendering: Rendering) -> str:
    """Say on which dates nothing takes place, where the reason is told."""
    excluded = event.recurrence.excluded if event.recurrence else ()
    lines = [
        word(
            "not_on",
            rendering.language,
            when=dates.day(each.day, rendering.language),
            reason=side_by_side(each.reason, rendering.languages),
        )
        for each in excluded
        if each.reason
    ]
    return "\n".join(lines)


def _access(event: Event, rendering: Rendering) -> str:
    said = (side_by_side(location.access, rendering.languages) for location in event.locations)
    return "\n".join(f"{word('access', rendering.language)}: {access}" for access in said if access)


def _registration(event: Event, rendering: Rendering) -> str:
    registration, language = event.registration, rendering.language
    if registration is None:
        return ""
    lines = [f"{word('registration', language)}: {registration.url}" if registration.url else ""]
    if registration.full:
        lines.append(word("full", language))
    if registration.opens:
        lines.append(word("registration_opens", language, when=dates.moment(registration.opens, language)))
    if registration.closes:
        lines.append(word("registration_closes", language, when=dates.moment(registration.closes, language)))
    if registration.places is not None:
        lines.append(word("places", language, count=str(registration.places)))
    if registration.price:
        lines.append(f"{word('price', language)}: {side_by_side(registration.price, rendering.languages)}")
    return "\n".join(line for line in lines if line)


def _programme(event: Event, rendering: Rendering) -> str:
    if not event.sessions:
        return ""
    said = dates.clocks if event.recurrence else dates.when
    lines = [
        f"- {said(session.when, rendering.language)}: {side_by_side(session.title, rendering.languages)}"
        for session in event.sessions
    ]
    return "\n".join([f"{word('programme', rendering.language)}:", *lines])


def _parties(event: Event, rendering: Rendering, around: Surroundings) -> str:
    lines = []
    for role in Role:
        names = [
            around.name(party).say(*rendering.languages) for party in event.parties if party.role is role
        ]
        if names:
            lines.append(f"{word(role.value, rendering.language)}: {joined(names, rendering.language)}")
    return "\n".join(lines)
