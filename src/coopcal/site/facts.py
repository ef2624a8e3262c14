"""Events and organisations as the records that pages are made of."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from coopcal import recurrence
from coopcal.emit import dates
from coopcal.emit.markdown import html
from coopcal.emit.rendering import Surroundings
from coopcal.emit.vevent import where
from coopcal.emit.words import word
from coopcal.model.event import Change, Event
from coopcal.model.identity import address, date_address
from coopcal.model.organisation import Organisation
from coopcal.model.text import Languages, Text
from coopcal.model.when import Deadline, Timed
from coopcal.site.record import EventRecord, LinkRecord, OrganisationRecord, PartyRecord


def date_record(
    series: Event, change: Change, around: Surroundings, languages: tuple[str, ...], until: date
) -> EventRecord:
    """Give the record of a date of a series that differs; its page is named for its original day."""
    record = event_record(change.event, around, languages, until)
    return replace(record, address=date_address(series, change.day), parent=address(series))


def event_record(event: Event, around: Surroundings, languages: tuple[str, ...], until: date) -> EventRecord:
    """Give the record of a public event; nothing that is for members only is in it.

    That of a series holds its dates up to ``until`` that do not differ.
    """
    first, last = event.days
    start, end = None, None
    if isinstance(event.when, Timed):
        start, end = event.when.start, event.when.end
    elif isinstance(event.when, Deadline):
        end = event.when.at
    if event.recurrence is not None:
        end = None
    spoken = tuple(dict.fromkeys((*languages, *event.title.languages)))
    return EventRecord(
        organisation=event.organisation,
        path=event.path,
        uid=around.uid(event),
        address=address(event),
        title=_said(event.title),
        language=event.language,
        first=first,
        last=last,
        start=start,
        end=end,
        when_words={language: _when_words(event, language) for language in spoken},
        where_words={
            language: "; ".join(
                where(location, Languages((language,), languages)) for location in event.locations
            )
            for language in spoken
            if event.locations
        },
        description_html={language: html(text) for language, text in _said(event.description).items()},
        status=event.status.value,
        reason=_said(event.reason),
        online=event.online.url if event.online and not event.online.members_only else None,
        tags=event.tags,
        parties=tuple(
            PartyRecord(party.role.value, _said(around.name(party)), party.url, party.organisation)
            for party in event.parties
        ),
        links=tuple(LinkRecord(_said(link.label), link.url, link.rel) for link in event.links),
        documents=tuple(
            LinkRecord(_said(document.label), document.url or address(event) + _name(document.file))
            for document in event.documents
        ),
        parent=_parent(event),
        sessions=() if _has_dates(event) else tuple(address(session) for session in event.sessions),
        dates=tuple(_dates(event, min(last, until))),
    )


def organisation_record(organisation: Organisation) -> OrganisationRecord:
    """Give the record of an organisation."""
    return OrganisationRecord(
        id=organisation.id,
        name=_said(organisation.name),
        full_name=_said(organisation.full_name),
        url=organisation.url,
        part_of=tuple(whole.id for whole in organisation.part_of),
    )


def documents_of(event: Event) -> Iterator[tuple[str, str]]:
    """Give the published addresses and the files of the documents and images of an event and of its changed dates."""
    for file in event.files:
        yield f"{address(event).removeprefix('/events/')}{_name(file)}", file


def _has_dates(event: Event) -> bool:
    return bool(event.recurrence or event.dates or event.further)


def _dates(event: Event, until: date) -> list[date]:
    if event.recurrence is None:
        return []
    changed = frozenset(change.day for change in event.recurrence.changes)
    return recurrence.standing_days(event, event.recurrence, changed, until)


def _parent(event: Event) -> str | None:
    if event.further:
        return address(replace(event, further=""))
    return f"/events/{event.organisation}/{'/'.join(event.path[:-1])}/" if len(event.path) > 1 else None


def _when_words(event: Event, language: str) -> str:
    said = dates.when(event.when, language)
    if event.recurrence is None:
        return said
    if event.recurrence.last is None:
        return word("repeated", language, when=said)
    return word("repeated_until", language, when=said, last=dates.day(event.recurrence.last, language))


def _name(file: str | None) -> str:
    return (file or "").rsplit("/", 1)[-1]


def _said(text: Text | None) -> dict[str, str]:
    return dict(text.by_language) if text else {}
