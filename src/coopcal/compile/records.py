"""Events as the records that pages are made of."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from coopcal.compile.render import other_zones
from coopcal.compile.render.rendering import Surroundings
from coopcal.compile.render.told_times import told_date, told_hours, told_moment, told_when
from coopcal.compile.render.vevent import where
from coopcal.model.event import (
    Event,
    FurtherDate,
    Override,
    Recurring,
    Series,
    Stretch,
    files_of,
    has_dates,
)
from coopcal.model.happening import Details, Happening, Session
from coopcal.model.identity import address, date_address, file_address
from coopcal.model.media import Document, Image
from coopcal.model.text import Languages, Text
from coopcal.model.venue import Location, Online
from coopcal.model.when import Deadline, Imprecise, Timed, When, WholeDays, days_of
from coopcal.recurrence import standing_days
from coopcal.site.details import (
    ContactRecord,
    DetailsRecord,
    ImageRecord,
    LinkRecord,
    OnlineRecord,
    PartyRecord,
    PlaceRecord,
    PracticalRecord,
    PriceRecord,
    RegistrationRecord,
    TimeRecord,
)
from coopcal.site.record import (
    EventRecord,
    FurtherDateRecord,
    OverrideRecord,
    Record,
    SeriesRecord,
    SessionRecord,
    StretchRecord,
)
from coopcal.text import dates


@dataclass(frozen=True, slots=True)
class Telling:
    """What all records are made with: who and what is around, the site's languages, and how far dates are told.

    Dates of a series are told up to ``until``.
    """

    around: Surroundings
    languages: tuple[str, ...]
    until: date


def override_record(
    series: Recurring, override: Override, telling: Telling, modified: datetime
) -> OverrideRecord:
    """Return the record of a date of a series that differs; its page is named for its original day."""
    first, last = days_of(override.details.when)
    return replace(
        OverrideRecord(**_shared(series, override.details, telling, modified), day=override.day),
        address=date_address(series, override.day),
        first=first,
        last=last,
    )


def event_record(happening: Happening, telling: Telling, modified: datetime) -> Record:
    """Return the record of something public, by its role; nothing that is for members only is in it.

    That of a series holds its dates that do not differ.
    """
    shared = _shared(happening, happening.details, telling, modified)
    match happening:
        case Series(whole_title=title):
            return SeriesRecord(
                **shared,
                dates=_dates(happening, telling),
                whole_title=said(title),
                rhythm=telling.around.rhythm(happening),
            )
        case Event(whole_title=title):
            return EventRecord(**shared, sessions=_sessions(happening), whole_title=said(title))
        case Session():
            return SessionRecord(**shared, sessions=_sessions(happening))
        case Stretch():
            return StretchRecord(**shared, dates=_dates(happening, telling))
        case FurtherDate():
            return FurtherDateRecord(**shared)
        case _:
            raise AssertionError(happening)


def _shared(of: Happening, details: Details, telling: Telling, modified: datetime) -> dict[str, Any]:
    """Return what the records of all roles have."""
    around, page = telling.around, address(of)
    first, last = of.days
    return {
        "organisation": of.organisation,
        "path": of.path,
        "uid": around.uid(of),
        "address": page,
        "details": _details(details, of, page, telling),
        "first": first,
        "last": last,
        "home": around.timezone(of.organisation),
        "series": of.series,
        "former": of.former_ids,
        "modified": modified,
    }


def _sessions(of: Happening) -> tuple[str, ...]:
    """Return the addresses of the sessions of what takes place once."""
    return () if has_dates(of) else tuple(address(session) for session in of.details.sessions)


def _dates(series: Recurring, telling: Telling) -> tuple[date, ...]:
    """Return the days on which a series takes place as usual, as far as dates are told."""
    overridden = frozenset(override.day for override in series.recurrence.overrides)
    until = min(series.days[1], telling.until)
    return tuple(standing_days(series.details.when, series.recurrence, overridden, until))


def _details(details: Details, of: Happening, page: str, telling: Telling) -> DetailsRecord:
    around, languages = telling.around, telling.languages
    spoken = tuple(dict.fromkeys((*languages, *details.title.languages)))
    home = around.timezone(of.organisation)
    return DetailsRecord(
        title=said(details.title),
        when=_without_hours(details.when),
        when_words={language: dates.when(details.when, language) for language in spoken}
        if isinstance(details.when, Imprecise)
        else {},
        hours_words=_hours_words(details, home, spoken),
        where_words={
            language: "; ".join(
                where(location, Languages((language,), languages)) for location in details.locations
            )
            for language in spoken
            if details.locations
        },
        places=tuple(_place(location) for location in details.locations),
        description=said(details.description),
        status=details.status.value,
        reason=said(details.reason),
        moved_from=TimeRecord(
            _beginning(details.moved_from),
            {language: told_date(details, details.moved_from, home, language) for language in spoken},
        )
        if details.moved_from
        else None,
        online=_online(details.online),
        tags=details.tags,
        parties=tuple(
            PartyRecord(party.role.value, said(around.name(party)), party.url, party.organisation)
            for party in details.parties
        ),
        links=tuple(LinkRecord(said(link.label), link.url, link.rel) for link in details.links),
        documents=tuple(_document(document, details.language, page) for document in details.documents),
        registration=_registration(details, home, spoken),
        contact=ContactRecord(said(details.contact.name), details.contact.email, details.contact.phone)
        if details.contact
        else None,
        hashtag=details.hashtag,
        image=_image(details.image, page),
        also_in=other_zones.also_in(details),
        second_call=TimeRecord(
            _beginning(details.second_call),
            {language: told_when(details, details.second_call, home, language) for language in spoken},
        )
        if details.second_call
        else None,
        practical=tuple(
            PracticalRecord(kind, said(text))
            for kind, text in (details.practical.told if details.practical else ())
        ),
        spoken=details.spoken,
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


def _hours_words(details: Details, home: str, languages: tuple[str, ...]) -> dict[str, str]:
    when = details.when
    if not isinstance(when, WholeDays) or not when.hours:
        return {}
    return {
        language: ", ".join(told_hours(details, hours, when, home, language) for hours in when.hours)
        for language in languages
    }


def _online(online: Online | None) -> OnlineRecord | None:
    if online is None:
        return None
    return OnlineRecord(None if online.members_only else online.url)


def _place(location: Location) -> PlaceRecord:
    return PlaceRecord(
        name=said(location.name),
        address=said(location.address),
        city=said(location.city),
        country=location.country,
        lat=str(location.geo.lat) if location.geo else None,
        lon=str(location.geo.lon) if location.geo else None,
        access=said(location.access),
        url=location.url,
    )


def _registration(details: Details, home: str, languages: tuple[str, ...]) -> RegistrationRecord | None:
    registration = details.registration
    if registration is None:
        return None
    opens, closes = (
        TimeRecord(
            moment.isoformat(),
            {language: told_moment(details, moment, home, language) for language in languages},
        )
        if moment
        else None
        for moment in (registration.opens, registration.closes)
    )
    return RegistrationRecord(
        url=registration.url,
        opens=opens,
        closes=closes,
        places=registration.places,
        free=registration.free,
        full=registration.full,
        waiting_list=registration.waiting_list,
        prices=tuple(PriceRecord(said(price.said), said(price.applies)) for price in registration.prices),
    )


def _document(document: Document, first_language: str, page: str) -> LinkRecord:
    written = document.url or document.file
    assert written is not None
    pairs = sorted(written.by_language, key=lambda pair: pair[0] != first_language)
    urls = {language: text if document.url else file_address(page, text) for language, text in pairs}
    return LinkRecord(said(document.label), next(iter(urls.values())), urls=urls if len(urls) > 1 else {})


def _image(image: Image | None, page: str) -> ImageRecord | None:
    if image is None:
        return None
    address = image.url or file_address(page, image.file or "")
    return ImageRecord(address, said(image.alt), image.width, image.height)


def documents_of(happening: Happening) -> Iterator[tuple[str, str]]:
    """Return the published addresses and the files of the documents and images of an event and of its overrides."""
    for file in files_of(happening):
        yield f"{address(happening).removeprefix('/events/')}{file.rsplit('/', 1)[-1]}", file


def said(text: Text | None) -> dict[str, str]:
    """Return a text by language; nothing where there is none."""
    return dict(text.by_language) if text else {}
