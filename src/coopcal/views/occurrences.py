"""What of occurrences that are in order is shown: what is coming, what is gone, what touches some days."""

from bisect import bisect_left
from collections.abc import Hashable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby

from coopcal.model.when import DayOnly, Deadline, Timed, WholeDays
from coopcal.site.record import OverrideRecord, Record, SeriesRecord, SessionRecord, StretchRecord
from coopcal.views.occurrence import Occurrence


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a list for people: a date; and, of what recurs, the ``others`` behind it in the list that are as it is but for their day."""

    shown: Occurrence
    others: tuple[Occurrence, ...] = ()

    @property
    def dates(self) -> tuple[Occurrence, ...]:
        """All dates that it stands for, in the order of the list."""
        return (self.shown, *self.others)

    @property
    def ends(self) -> datetime:
        """When the last of them has ended."""
        return max(one.ends for one in self.dates)


@dataclass(frozen=True, slots=True)
class Chapter:
    """Rows below one heading: those of a ``month``, by its first day; those of a ``year`` of which no more is known; or of what is on already."""

    month: date | None
    year: int | None
    rows: tuple[Row, ...]


def coming(occurrences: Sequence[Occurrence], instant: datetime) -> tuple[Occurrence, ...]:
    """Return what has not ended yet, the next one first."""
    return tuple(occurrence for occurrence in occurrences if occurrence.ends > instant)


def gone(occurrences: Sequence[Occurrence], instant: datetime) -> tuple[Occurrence, ...]:
    """Return what has ended, the last one first."""
    return tuple(occurrence for occurrence in reversed(occurrences) if occurrence.ends <= instant)


def whole(occurrences: Sequence[Occurrence]) -> tuple[Occurrence, ...]:
    """Return what is no session of another that is among them: lists for people show the whole, its page the parts."""
    events = {
        (occurrence.event.organisation, occurrence.event.path)
        for occurrence in occurrences
        if not isinstance(occurrence.event, SessionRecord)
    }
    return tuple(
        occurrence
        for occurrence in occurrences
        if not isinstance(occurrence.event, SessionRecord)
        or (occurrence.event.organisation, occurrence.event.path[:1]) not in events
    )


def once(rows: Iterable[Row]) -> Iterator[Row]:
    """Return the first row of each event alone, in the order given."""
    met: set[str] = set()
    for row in rows:
        if row.shown.event.whole not in met:
            met.add(row.shown.event.whole)
            yield row


def between(occurrences: Sequence[Occurrence], first: date, last: date) -> tuple[Occurrence, ...]:
    """Return what touches any day from ``first`` to ``last``, both included."""
    behind = datetime.combine(last + timedelta(days=2), time(0), UTC)
    end = bisect_left(occurrences, behind, key=lambda occurrence: occurrence.begins)
    return tuple(
        occurrence
        for occurrence in occurrences[:end]
        if occurrence.first <= last and occurrence.last >= first
    )


def gathered(occurrences: Iterable[Occurrence]) -> tuple[Row, ...]:
    """Return dates as rows, each date in one of them, in the order given.

    The dates of an event that differ in their day alone, or of a series in the time that holds from a day on, are one row, at the place of
    the first of them. What is at another time or
    place than others, moved, fully booked, or off while others are on, stands by itself.
    """
    listed = tuple(occurrences)
    records = {id(one.event): one.event for one in listed if one.recurs}
    alike = {identity: _alike(record) for identity, record in records.items()}
    usual = {
        alike[identity] for identity, record in records.items() if not isinstance(record, OverrideRecord)
    }
    on = {record.whole for record in records.values() if not record.details.is_off}
    apart = {
        identity
        for identity, record in records.items()
        if alike[identity] not in usual or (record.details.is_off and record.whole in on)
    }
    series = {
        alike[identity]
        for identity, record in records.items()
        if isinstance(record, SeriesRecord | StretchRecord)
    }
    rows: dict[Hashable, list[Occurrence]] = {}
    for one in listed:
        identity = id(one.event)
        key = _row(one, alike[identity], series) if one.recurs and identity not in apart else one.address
        rows.setdefault(key, []).append(one)
    return tuple(Row(first, tuple(others)) for first, *others in rows.values())


def single(occurrences: Iterable[Occurrence]) -> tuple[Row, ...]:
    """Return dates as rows, each by itself."""
    return tuple(Row(one) for one in occurrences)


def chapters(rows: Iterable[Row], today: date | None = None) -> tuple[Chapter, ...]:
    """Return rows by their months, in the order given; what began in a month before that of ``today`` is on already."""

    def heading(row: Row) -> tuple[int, int] | None:
        first, last = row.shown.first, row.shown.last
        is_vague = row.shown.when is None and (first.year, first.month) != (last.year, last.month)
        if is_vague:
            return (first.year, 0)
        is_on = today is not None and (first.year, first.month) < (today.year, today.month)
        return None if is_on else (first.year, first.month)

    return tuple(
        Chapter(
            month=date(key[0], key[1], 1) if key and key[1] else None,
            year=key[0] if key and not key[1] else None,
            rows=tuple(found),
        )
        for key, found in groupby(rows, key=heading)
    )


def _row(one: Occurrence, alike: tuple[Hashable, ...], series: AbstractSet[Hashable]) -> Hashable:
    """Return what the dates of a row have in common: of a series not its time, as how it recurs tells when that changes."""
    return (alike[0], *alike[2:]) if alike in series and isinstance(one.when, Timed) else alike


def _alike(event: Record) -> tuple[Hashable, ...]:
    """Return what a list shows of an event but its days: equal for dates that a list need tell of but once."""
    details, when = event.details, event.details.when
    match when:
        case Timed(start=start, usual_end=end, timezone=zone):
            length = (end.date() - start.date()).days
            clock: Hashable = (start.time(), end.time(), length, zone, when.end is None)
        case Deadline(at=at):
            clock = at.time()
        case WholeDays(first=first, last=last):
            clock = last - first
        case DayOnly():
            clock = None
        case _:
            clock = event.address  # no date is like another of which no more is known than words say
    registration = details.registration
    return (
        event.whole,
        clock,
        details.kind,
        tuple(details.title.items()),
        tuple(details.where_words.items()),
        bool(details.online),
        details.status,
        details.moved_from and details.moved_from.at,
        tuple(details.hours_words.items()),
        tuple(details.reason.items()),
        registration and (registration.full, registration.waiting_list),
        tuple(party.organisation for party in details.parties),
    )
