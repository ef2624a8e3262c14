"""The log of what was changed: at most 200 entries a feed, of the last 90 days."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from coopcal.model.change import CROSSING, EventChange, LogEntry, Value

MOST = 200
"""Entries that a feed keeps."""

KEPT = timedelta(days=90)
"""How long an entry is kept."""


def continued(
    before: tuple[LogEntry, ...],
    changes: Iterable[EventChange],
    now: datetime,
    hidden: Collection[str] = (),
    renamed: Mapping[str, str] | None = None,
) -> tuple[LogEntry, ...]:
    """Return the log, newest first, with what a compile changed; its instants never go back.

    Nothing stays of events whose UIDs are now ``hidden``, and organisations and feeds that were ``renamed`` are called as now.
    """
    at = max([now, *(entry.at + timedelta(seconds=1) for entry in before[:1])])
    new = [LogEntry(at, change) for change in changes if change.feeds]
    counted: Counter[str] = Counter()
    kept = []
    for entry in (*new, *(_renamed(entry, renamed or {}) for entry in before)):
        if entry.at + KEPT <= now or entry.change.uid in hidden:
            continue
        if any(counted[name] < MOST for name in entry.change.feeds):
            kept.append(entry)
        counted.update(entry.change.feeds)
    return tuple(kept)


def _renamed(entry: LogEntry, names: Mapping[str, str]) -> LogEntry:
    """Return an entry in which organisations and feeds have their present names."""
    change = entry.change
    crossed = {name for one in change.differences if one.kind in CROSSING for name in (one.old, one.new)}
    if names.keys().isdisjoint((change.organisation, *change.before, *change.after, *crossed)):
        return entry
    return replace(
        entry,
        change=replace(
            change,
            organisation=names.get(change.organisation, change.organisation),
            before=_all_renamed(change.before, names),
            after=_all_renamed(change.after, names),
            differences=tuple(
                replace(one, old=_one_renamed(one.old, names), new=_one_renamed(one.new, names))
                if one.kind in CROSSING
                else one
                for one in change.differences
            ),
        ),
    )


def _all_renamed(feeds: Iterable[str], names: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(sorted({names.get(name, name) for name in feeds}))


def _one_renamed(name: Value, names: Mapping[str, str]) -> Value:
    return names.get(name, name) if isinstance(name, str) else name


class ByFeed:
    """The entries of a log, newest first, by the feeds that they are of."""

    def __init__(self, log: Sequence[LogEntry]) -> None:
        """Take a log."""
        self._log = log
        self._numbers: dict[str, list[int]] = {}
        for number, entry in enumerate(log):
            for name in entry.change.feeds:
                self._numbers.setdefault(name, []).append(number)

    def of(self, names: Iterable[str]) -> list[LogEntry]:
        """Return the entries of a feed by the names that it has and had, newest first."""
        numbers = {number for name in names for number in self._numbers.get(name, ())}
        return [self._log[number] for number in sorted(numbers)[:MOST]]


def ages(log: tuple[LogEntry, ...]) -> Iterator[datetime]:
    """Return the instants at which entries fall out."""
    return (entry.at + KEPT for entry in log)
