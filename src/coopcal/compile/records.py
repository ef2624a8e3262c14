"""Events and organisations as the records that pages are made of."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

from coopcal import recurrence
from coopcal.compile.render import elsewhere
from coopcal.compile.render.description import told_date, told_hours, told_moment, told_when
from coopcal.compile.render.rendering import Surroundings
from coopcal.compile.render.vevent import where
from coopcal.model.event import Change, Document, Event, Image, Location
from coopcal.model.identity import address, date_address, file_address, whole_address
from coopcal.model.organisation import Organisation
from coopcal.model.text import Languages, Text
from coopcal.model.when import Deadline, Timed, When, WholeDays, days_of
from coopcal.site.record import (
    ContactRecord,
    EventRecord,
    ImageRecord,
    LinkRecord,
    OrganisationRecord,
    PartyRecord,
    PlaceRecord,
    PracticalRecord,
    PriceRecord,
    RegistrationRecord,
)
from coopcal.text import dates
from coopcal.text.words import word


def date_record(
    series: Event,
    change: Change,
    around: Surroundings,
    languages: tuple[str, ...],
    until: date,
    modified: datetime,
) -> EventRecord:
    """Return the record of a date of a series that differs; its page is named for its original day."""
    record = event_record(change.event, around, languages, until, modified)
    return replace(
        record, address=date_address(series, change.day), parent=whole_address(series), day=change.day
    )


def event_record(
    event: Event, around: Surroundings, languages: tuple[str, ...], until: date, modified: datetime
) -> EventRecord:
    """Return the record of a public event; nothing that is for members only is in it.

    That of a series holds its dates up to ``until`` that do not differ.
    """
    first, last = event.days
    spoken = tuple(dict.fromkeys((*languages, *event.details.title.languages)))
    return EventRecord(
        organisation=event.organisation,
        path=event.path,
        uid=around.uid(event),
        address=address(event),
        title=_said(event.details.title),
        language=event.details.language,
        when=_without_hours(event.details.when),
        first=first,
        last=last,
        home=around.timezone(event.organisation),
        when_words={language: _when_words(event, language) for language in spoken},
        hours_words=_hours_words(event, around, spoken),
        where_words={
            language: "; ".join(
                where(location, Languages((language,), languages)) for location in event.details.locations
            )
            for language in spoken
            if event.details.locations
        },
        places=tuple(_place(location) for location in event.details.locations),
        description=_said(event.details.description),
        status=event.details.status.value,
        reason=_said(event.details.reason),
        moved_from=_beginning(event.details.moved_from) if event.details.moved_from else None,
        moved_from_words={
            language: told_date(event, event.details.moved_from, around, language) for language in spoken
        }
        if event.details.moved_from
        else {},
        online=event.details.online.url
        if event.details.online and not event.details.online.members_only
        else None,
        is_online=event.details.online is not None,
        tags=event.details.tags,
        parties=tuple(
            PartyRecord(party.role.value, _said(around.name(party)), party.url, party.organisation)
            for party in event.details.parties
        ),
        links=tuple(LinkRecord(_said(link.label), link.url, link.rel) for link in event.details.links),
        documents=tuple(_document(document, event) for document in event.details.documents),
        registration=_registration(event, around, spoken),
        contact=ContactRecord(
            _said(event.details.contact.name), event.details.contact.email, event.details.contact.phone
        )
        if event.details.contact
        else None,
        hashtag=event.details.hashtag,
        image=_image(event.details.image, address(event)),
        series=event.series,
        shows_as=event.details.shows_as.value,
        modified=modified,
        parent=_parent(event),
        sessions=() if _has_dates(event) else tuple(address(session) for session in event.details.sessions),
        also_in=elsewhere.also_in(event),
        second_call=_beginning(event.details.second_call) if event.details.second_call else None,
        second_call_words={
            language: told_when(event, event.details.second_call, around, language) for language in spoken
        }
        if event.details.second_call
        else {},
        former=event.former_ids,
        practical=tuple(
            PracticalRecord(kind, _said(text))
            for kind, text in (event.details.practical.told if event.details.practical else ())
        ),
        spoken=event.details.spoken,
        dates=tuple(_dates(event, min(last, until))),
        continues=event.continues is not None,
        whole_title=_said(event.whole_title),
    )


def organisation_record(organisation: Organisation) -> OrganisationRecord:
    """Return the record of an organisation."""
    return OrganisationRecord(
        id=organisation.id,
        name=_said(organisation.name),
        full_name=_said(organisation.full_name),
        url=organisation.url,
        part_of=tuple(whole.id for whole in organisation.part_of),
        email=organisation.email,
        phone=organisation.phone,
        street=_said(organisation.address),
        country=organisation.country,
        colour=organisation.colour,
        logo=_image(organisation.logo, f"/organisations/{organisation.id}/"),
        closed=organisation.closed.on if organisation.closed else None,
        former=tuple(reference.id for reference in organisation.formerly),
    )


def _without_hours(when: When) -> When:
    """Return a ``when`` without opening hours, which are told in words alone."""
    return replace(when, hours=()) if isinstance(when, WholeDays) else when


def _beginning(when: When) -> str:
    """Return the day or moment at which something begins (ISO 8601)."""
    match when:
        case Timed(start=moment) | Deadline(at=moment):
            return moment.isoformat()
        case _:
            return days_of(when)[0].isoformat()


def _hours_words(event: Event, around: Surroundings, languages: tuple[str, ...]) -> dict[str, str]:
    when = event.details.when
    if not isinstance(when, WholeDays) or not when.hours:
        return {}
    return {
        language: ", ".join(told_hours(event, each, when, around, language) for each in when.hours)
        for language in languages
    }


def _place(location: Location) -> PlaceRecord:
    return PlaceRecord(
        name=_said(location.name),
        address=_said(location.address),
        city=_said(location.city),
        country=location.country,
        lat=str(location.geo.lat) if location.geo else None,
        lon=str(location.geo.lon) if location.geo else None,
        access=_said(location.access),
        url=location.url,
    )


def _registration(
    event: Event, around: Surroundings, languages: tuple[str, ...]
) -> RegistrationRecord | None:
    registration = event.details.registration
    if registration is None:
        return None
    opens, closes = (
        {language: told_moment(event, moment, around, language) for language in languages} if moment else {}
        for moment in (registration.opens, registration.closes)
    )
    return RegistrationRecord(
        url=registration.url,
        opens=registration.opens.isoformat() if registration.opens else None,
        closes=registration.closes.isoformat() if registration.closes else None,
        opens_words=opens,
        closes_words=closes,
        places=registration.places,
        free=registration.free,
        full=registration.full,
        waiting_list=registration.waiting_list,
        prices=tuple(PriceRecord(_said(each.said), _said(each.applies)) for each in registration.prices),
    )


def _document(document: Document, event: Event) -> LinkRecord:
    found = document.url or document.file
    assert found is not None
    pairs = sorted(found.by_language, key=lambda pair: pair[0] != event.details.language)
    urls = {
        language: said if document.url else file_address(address(event), said) for language, said in pairs
    }
    return LinkRecord(_said(document.label), next(iter(urls.values())), urls=urls if len(urls) > 1 else {})


def _image(image: Image | None, page: str) -> ImageRecord | None:
    if image is None:
        return None
    return ImageRecord(image.url or file_address(page, image.file or ""), _said(image.alt))


def documents_of(event: Event) -> Iterator[tuple[str, str]]:
    """Return the published addresses and the files of the documents and images of an event and of its changed dates."""
    for file in event.files:
        yield f"{address(event).removeprefix('/events/')}{file.rsplit('/', 1)[-1]}", file


def _has_dates(event: Event) -> bool:
    return bool(event.recurrence or event.dates or event.further)


def _dates(event: Event, until: date) -> list[date]:
    if event.recurrence is None:
        return []
    changed = frozenset(change.day for change in event.recurrence.changes)
    return recurrence.standing_days(event, event.recurrence, changed, until)


def _parent(event: Event) -> str | None:
    if event.further:
        return whole_address(event)
    return f"/events/{event.organisation}/{'/'.join(event.path[:-1])}/" if len(event.path) > 1 else None


def _when_words(event: Event, language: str) -> str:
    said = dates.when(event.details.when, language)
    if event.recurrence is None:
        return said
    if event.recurrence.last is None:
        return word("repeated", language, when=said)
    return word("repeated_until", language, when=said, last=dates.day(event.recurrence.last, language))


def _said(text: Text | None) -> dict[str, str]:
    return dict(text.by_language) if text else {}
