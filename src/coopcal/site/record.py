"""The compact records of a site that pages are made of, and their JSON."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class PartyRecord:
    """Somebody with a role in an event."""

    role: str
    name: Mapping[str, str]
    url: str | None
    organisation: str | None


@dataclass(frozen=True, slots=True)
class LinkRecord:
    """A labelled link or document."""

    label: Mapping[str, str]
    url: str
    rel: str | None = None


@dataclass(frozen=True, slots=True)
class EventRecord:
    """A public event or session: what pages show, with ready words by language.

    ``first`` and ``last`` are local days; ``start`` and ``end`` aware moments of timed events, ``end`` only
    where it is stated. ``parent`` is the address of the event that a session, or a date, is of. ``dates`` are the days
    of a series on which it begins as usual, those of a series without end up to the end of the next year.
    """

    organisation: str
    path: tuple[str, ...]
    uid: str
    address: str
    title: Mapping[str, str]
    language: str
    first: date
    last: date
    start: datetime | None
    end: datetime | None
    when_words: Mapping[str, str]
    where_words: Mapping[str, str]
    description_html: Mapping[str, str]
    status: str
    reason: Mapping[str, str]
    online: str | None
    tags: tuple[str, ...]
    parties: tuple[PartyRecord, ...]
    links: tuple[LinkRecord, ...]
    documents: tuple[LinkRecord, ...]
    parent: str | None
    sessions: tuple[str, ...]
    dates: tuple[date, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Give the record as JSON values."""
        record = asdict(self)
        for name in ("first", "last", "start", "end"):
            value = record[name]
            record[name] = value.isoformat() if value else None
        record["dates"] = [day.isoformat() for day in self.dates]
        return record

    @staticmethod
    def of_json(record: dict[str, Any]) -> "EventRecord":
        """Read a record that ``as_json`` wrote."""
        values = dict(record)
        for name in ("first", "last"):
            values[name] = date.fromisoformat(values[name])
        for name in ("start", "end"):
            values[name] = datetime.fromisoformat(values[name]) if values[name] else None
        for name in ("path", "tags", "sessions"):
            values[name] = tuple(values[name])
        values["dates"] = tuple(date.fromisoformat(day) for day in values["dates"])
        values["parties"] = tuple(PartyRecord(**party) for party in values["parties"])
        values["links"] = tuple(LinkRecord(**link) for link in values["links"])
        values["documents"] = tuple(LinkRecord(**link) for link in values["documents"])
        return EventRecord(**values)


@dataclass(frozen=True, slots=True)
class OrganisationRecord:
    """An organisation, for pages."""

    id: str
    name: Mapping[str, str]
    full_name: Mapping[str, str]
    url: str | None
    part_of: tuple[str, ...]

    @staticmethod
    def of_json(record: dict[str, Any]) -> "OrganisationRecord":
        """Read a record that JSON held."""
        return OrganisationRecord(**{**record, "part_of": tuple(record["part_of"])})
