"""What of occurrences that are in order is shown: what is coming, what is gone, what touches some days."""

from bisect import bisect_left
from collections.abc import Hashable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby, pairwise
from typing import NamedTuple

from coopcal.model.when import DayOnly, Deadline, Imprecise, Precision, Timed, WholeDays
from coopcal.site.record import OverrideRecord, Record, SeriesRecord, SessionRecord, StretchRecord
from coopcal.views.occurrence import Occurrence


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a list for people: a date; and, of what recurs, the ``others`` behind it in the list that belong to it.

    ``following`` is the first of its dates where that is none like the one shown: moved, fully booked or off. It is ``in_part`` where
    other dates of its event were not asked for, so that no sentence tells of it how that recurs.
    """

    shown: Occurrence
    others: tuple[Occurrence, ...] = ()
    following: Occurrence | None = None
    in_part: bool = False

    @property
    def dates(self) -> tuple[Occurrence, ...]:
        """All dates that it stands for, in the order of the list."""
        return (self.shown, *self.others)

    @property
    def further(self) -> tuple[Occurrence, ...]:
        """The dates behind the first one."""
        if self.following is None:
            return self.others
        return tuple(
            sorted((one for one in self.dates if one is not self.following), key=lambda one: one.key)
        )

    @property
    def ends(self) -> datetime:
        """When the last of them has ended."""
        return max(one.ends for one in self.dates)

    @property
    def told(self) -> tuple[Occurrence, ...]:
        """The dates whose times a list says."""
        return (self.shown,) if self.following is None else (self.shown, self.following)

    @property
    def records(self) -> tuple[Record, ...]:
        """What its dates are of, each once."""
        return tuple({id(one.event): one.event for one in self.dates}.values())

    @property
    def turns(self) -> tuple[tuple[Occurrence, Occurrence], ...]:
        """The dates from which a series is called otherwise, or takes place elsewhere: each behind the last one before it."""
        usual = [one for one in self.dates if isinstance(one.event, SeriesRecord | StretchRecord)]
        return tuple((one, other) for one, other in pairwise(usual) if _called(one) != _called(other))


class Rows(NamedTuple):
    """What lists show: what is ``ahead``, the next one first, what is ``behind``, the last one first, and what is ahead by ``events``."""

    ahead: tuple[Row, ...]
    behind: tuple[Row, ...]
    events: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """Rows below one heading: those of a ``day``; of a ``month``, by its first day; of what is known no better than ``roughly``; or of what is on already."""

    rows: tuple[Row, ...]
    month: date | None = None
    roughly: Imprecise | None = None
    day: date | None = None

    @property
    def is_year(self) -> bool:
        """Whether nothing but the year is known."""
        rough = self.roughly
        return rough is not None and rough.begin == rough.end and rough.begin.precision is Precision.YEAR


def dates_told(rows: Iterable[Row]) -> Iterator[Occurrence]:
    """Return the dates whose times a list of rows says."""
    return (one for row in rows for one in row.told)


def coming(occurrences: Sequence[Occurrence], instant: datetime) -> tuple[Occurrence, ...]:
    """Return what has not ended yet, the next one first."""
    return tuple(occurrence for occurrence in occurrences if occurrence.ends > instant)


def gone(occurrences: Sequence[Occurrence], instant: datetime) -> tuple[Occurrence, ...]:
    """Return what has ended, the last one first."""
    return tuple(occurrence for occurrence in reversed(occurrences) if occurrence.ends <= instant)


def in_lists(occurrences: Iterable[Occurrence]) -> tuple[Occurrence, ...]:
    """Return dates in the order of lists: what is known by its season or year alone stands behind all that is known in that."""

    def place(one: Occurrence) -> tuple[datetime, bool, str]:
        rough = roughly(one) is not None
        return (one.ends if rough else one.begins, not rough, one.address)

    return tuple(sorted(occurrences, key=place))


def roughly(one: Occurrence) -> Imprecise | None:
    """Return when a date is of which not even the month is known; None of any other."""
    when = one.details.when
    is_known = one.when is not None or (one.first.year, one.first.month) == (one.last.year, one.last.month)
    return when if isinstance(when, Imprecise) and not is_known else None


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


def by_event(occurrences: Iterable[Occurrence]) -> tuple[Row, ...]:
    """Return dates as rows, all those of an event in one, in the order given."""
    found: dict[str, list[Occurrence]] = {}
    for one in occurrences:
        found.setdefault(one.event.whole, []).append(one)
    return tuple(map(row_of, found.values()))


def is_usual(one: Occurrence) -> bool:
    """Return whether a date is on, and none of a series that is changed by itself."""
    return not one.off and not isinstance(one.event, OverrideRecord)


def row_of(dates: Sequence[Occurrence]) -> Row:
    """Return all dates of an event that are given, in order, as one row: it shows one that is as usual where there is any."""
    shown = next(filter(is_usual, dates), dates[0])
    others = tuple(one for one in dates if one is not shown)
    return Row(shown, others, following=None if shown is dates[0] else dates[0])


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

    The dates of an event that differ in their day alone are one row, at the place of the first of them; of a series also those that from a
    day on have another time, title or place. What is so on single days, moved, fully booked, or off while others are on, stands by itself.
    """
    listed = tuple(occurrences)
    records = {id(one.event): one.event for one in listed if one.recurs}
    alike = {identity: _alike(record) for identity, record in records.items()}
    usual = {
        (record.uid, alike[identity])
        for identity, record in records.items()
        if not isinstance(record, OverrideRecord)
    }
    on = {record.whole for record in records.values() if not record.details.is_off}
    apart = {
        identity
        for identity, record in records.items()
        if (record.uid, alike[identity]) not in usual
        or (record.details.is_off and record.whole in on and not isinstance(record, StretchRecord))
    }
    series = {
        alike[identity]
        for identity, record in records.items()
        if isinstance(record, SeriesRecord | StretchRecord)
    }
    rows: dict[Hashable, list[Occurrence]] = {}
    for one in listed:
        identity = id(one.event)
        key = _row(alike[identity], series) if one.recurs and identity not in apart else one.address
        rows.setdefault(key, []).append(one)
    return tuple(Row(first, tuple(others)) for first, *others in rows.values())


def rows_at(occurrences: Sequence[Occurrence], instant: datetime) -> Rows:
    """Return what lists of dates show, gathered."""
    ahead, behind = in_lists(coming(occurrences, instant)), in_lists(gone(occurrences, instant))
    return Rows(gathered(ahead), gathered(reversed(behind)), by_event(ahead))


def single(occurrences: Iterable[Occurrence]) -> tuple[Row, ...]:
    """Return dates as rows, each by itself."""
    return tuple(Row(one) for one in occurrences)


def chapters(rows: Iterable[Row], today: date | None = None) -> tuple[Chapter, ...]:
    """Return rows by their months, in the order given; what began in a month before that of ``today`` is on already."""

    def heading(row: Row) -> date | Imprecise | None:
        if (rough := roughly(row.shown)) is not None:
            return rough
        month = row.shown.first.replace(day=1)
        return None if today is not None and month < today.replace(day=1) else month

    return tuple(
        Chapter(tuple(found), roughly=key) if isinstance(key, Imprecise) else Chapter(tuple(found), month=key)
        for key, found in groupby(rows, key=heading)
    )


def by_day(rows: Iterable[Row], today: date) -> tuple[Chapter, ...]:
    """Return rows by their first days, in the order given; what is known less well by its month, season or year.

    What began before ``today`` is on already, and stands before all else.
    """
    on: list[Row] = []
    ahead: list[Row] = []
    for row in rows:
        (on if row.shown.when is not None and row.shown.first < today else ahead).append(row)
    found = [Chapter(tuple(on))] if on else []
    for is_known, some in groupby(ahead, key=lambda row: row.shown.when is not None):
        if is_known:
            days = groupby(some, key=lambda row: row.shown.first)
            found += (Chapter(tuple(on), day=day) for day, on in days)
        else:
            found += chapters(some)
    return tuple(found)


def _called(one: Occurrence | Record) -> tuple[Hashable, ...]:
    """Return under which title it takes place, and where."""
    details = one.details
    return tuple(details.title.items()), tuple(details.where_words.items()), bool(details.online)


class _Alike(NamedTuple):
    """What a list shows of an event but its days: equal for dates that a list need tell of but once.

    ``states`` is what sets it apart, beside its ``clock`` and what it is ``called``.
    """

    whole: str
    clock: Hashable
    called: Hashable
    states: Hashable


def _row(alike: _Alike, series: AbstractSet[Hashable]) -> Hashable:
    """Return what the dates of a row have in common: of a series neither its clock nor its title and place, as a row tells when these change."""
    if alike not in series:
        return alike
    return (alike.whole, None if isinstance(alike.clock, tuple) else alike.clock, alike.states)


def _alike(event: Record) -> _Alike:
    """Return what a list shows of an event but its days."""
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
    states = (
        details.kind,
        details.status,
        details.moved_from and details.moved_from.at,
        tuple(details.hours_words.items()),
        tuple(details.reason.items()),
        registration and (registration.full, registration.waiting_list),
        tuple(party.organisation for party in details.parties),
    )
    return _Alike(event.whole, clock, _called(event), states)
