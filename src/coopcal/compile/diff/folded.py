"""Several changes of an event, one after another → what is told of them at once."""

from collections.abc import Iterable
from dataclasses import replace

from coopcal.compile.diff.compare import place
from coopcal.model.change import CROSSING, Difference, EventChange, LogEntry

_OFF = frozenset({"cancelled", "postponed"})
_RHYTHM = frozenset({"rhythm", "once"})


def folded(log: Iterable[LogEntry]) -> tuple[EventChange, ...]:
    """Return what the entries of a log, newest first, tell of each event, in the order of organisations and dates.

    What came and went again is not told, and of what was changed twice, how it was and how it is. Where it cannot be known
    what two changes come to, one is told after the other.
    """
    by_uid: dict[str, list[EventChange]] = {}
    for entry in reversed(tuple(log)):
        by_uid.setdefault(entry.change.uid, []).append(entry.change)
    changes = (_of_event(several) for several in by_uid.values())
    return tuple(sorted((change for change in changes if change.differences), key=place))


def _of_event(changes: list[EventChange]) -> EventChange:
    """Return what is told of an event whose changes these are, the oldest first."""
    first, last = changes[0], changes[-1]
    if len(changes) == 1:
        return last
    is_new = _has(first, "added")
    all_of_them = [one for change in changes for one in change.differences]
    if _has(last, "removed"):
        differences = () if is_new else last.differences
    elif is_new:
        differences = _new(all_of_them, last)
    else:
        differences = _joined(all_of_them)
    return replace(last, differences=differences, before=first.before)


def _has(change: EventChange, kind: str) -> bool:
    return any(one.kind == kind and one.day is None for one in change.differences)


def _new(differences: list[Difference], last: EventChange) -> tuple[Difference, ...]:
    """Return what is told of an event that nobody was told of: when it is, how it recurs, and whether it is off."""
    is_as_first = not any(one.kind in _RHYTHM for one in differences)
    recurs = (one for one in differences if one.kind == "recurs" and is_as_first)
    off: Difference | None = None
    for one in differences:
        if one.day is None and one.kind in _OFF:
            off = one
        elif one.kind in ("takes_place", "takes_place_on", "date_found"):
            off = None
    return Difference("added", new=last.when), *recurs, *([off] if off else [])


def _joined(differences: Iterable[Difference]) -> tuple[Difference, ...]:
    told: list[Difference] = []
    for one in differences:
        before = next((earlier for earlier in reversed(told) if _follows(one, earlier)), None)
        if before is None:
            told += [one] if one not in told else []
            continue
        told.remove(before)
        if one.kind == before.kind and one.new != before.old:
            told.append(replace(one, old=before.old))
    return tuple(told)


def _follows(after: Difference, before: Difference) -> bool:
    """Return whether one difference goes on from another, so that the two come to one, or to none."""
    if (after.day, after.onward) != (before.day, before.onward):
        return False
    if after.kind in CROSSING or before.kind in CROSSING:
        return after.kind != before.kind and (after.old or after.new) == (before.old or before.new)
    if before.kind in _OFF:
        return after.kind == "takes_place"
    return after.kind == before.kind and after.old is not None and after.old == before.new
