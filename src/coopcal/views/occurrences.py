"""What of occurrences that are in order is shown: what is coming, what is gone, what touches some days."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta

from coopcal.site.record import SessionRecord
from coopcal.views.occurrence import Occurrence


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


def once(occurrences: Iterable[Occurrence]) -> Iterator[Occurrence]:
    """Return the first date of each event alone, in the order given."""
    met: set[str] = set()
    for occurrence in occurrences:
        if occurrence.event.whole not in met:
            met.add(occurrence.event.whole)
            yield occurrence


def between(occurrences: Sequence[Occurrence], first: date, last: date) -> tuple[Occurrence, ...]:
    """Return what touches any day from ``first`` to ``last``, both included."""
    behind = datetime.combine(last + timedelta(days=2), time(0), UTC)
    end = bisect_left(occurrences, behind, key=lambda occurrence: occurrence.begins)
    return tuple(
        occurrence
        for occurrence in occurrences[:end]
        if occurrence.first <= last and occurrence.last >= first
    )
