"""The dates of a series, before and after → the differences."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from coopcal import recurrence
from coopcal.compile.diff.shown import ASPECTS, differences, same
from coopcal.model.change import Difference, EventFacts, Shown
from coopcal.zones.shift import day_of, shifted

Ends = tuple[date | None, date | None]


def dates(old: EventFacts, new: EventFacts, ends: Ends | None = None) -> Iterator[Difference]:
    """Tell of single dates of a series that differ, and where its ``ends`` are given, of these."""
    if old.rule is None and new.rule is None:
        return
    if old.rule is None or new.rule is None:
        yield Difference("repeats" if new.rule else "once")
        return
    moved = day_of(old.shown.when) != day_of(new.shown.when)
    if old.rule != new.rule and not moved:
        yield Difference("rhythm")
    if ends and ends[0] != ends[1]:
        yield _end(*ends)
    days = sorted({*_apart(old), *_apart(new)})
    for day in days:
        before, after = day_named(old, day), day_named(new, day)
        if before and after:
            yield from _single(old, new, day, before, after)
    if not moved and old.rule == new.rule:
        inside = [day for day in days if not _beyond(day, old.ends) and not _beyond(day, new.ends)]
        yield from _in_and_out(old, new, inside)


def _in_and_out(old: EventFacts, new: EventFacts, days: list[date]) -> Iterator[Difference]:
    """Tell of days that were left out, and of those that are so no longer."""
    gone = tuple(day for day in days if day_named(old, day) and not day_named(new, day))
    added = tuple(day for day in days if day_named(new, day) and not day_named(old, day))
    if gone:
        yield Difference("dates_gone", new=gone)
    if added:
        yield Difference("dates_added", new=added)


def day_named(event: EventFacts, day: date) -> Shown | None:
    """Return what takes place on the day that a rule gives; None where nothing does."""
    changed = dict(event.changes)
    if day in changed:
        return changed[day]
    if event.rule is None or day in event.excluded or _beyond(day, event.ends):
        return None
    if day not in recurrence.days(event.rule, day_of(event.shown.when)):
        return None
    return _usual(event, day)


def _usual(event: EventFacts, day: date) -> Shown:
    return replace(event.shown, when=shifted(event.shown.when, day))


def _apart(event: EventFacts) -> Iterator[date]:
    yield from event.excluded
    for day, _ in event.changes:
        yield day


def _beyond(day: date, last: date | None) -> bool:
    return last is not None and day > last


def _single(old: EventFacts, new: EventFacts, day: date, before: Shown, after: Shown) -> Iterator[Difference]:
    """Tell what differs of one date and not of the whole series in the same way."""
    usual = _usual(old, day), _usual(new, day)
    follows = [
        aspect for aspect in ASPECTS if same(before, usual[0], aspect) and same(after, usual[1], aspect)
    ]
    whole = differences(old.shown, new.shown)
    for difference in differences(before, after, but=follows):
        if difference not in whole:
            yield replace(difference, day=day)


def _end(old: date | None, new: date | None) -> Difference:
    if new is None:
        return Difference("endless", old)
    if old is None or new < old:
        return Difference("shorter", old, new)
    return Difference("longer", old, new)
