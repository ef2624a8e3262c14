"""The dates of a series, before and after → the differences."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from coopcal.compile.diff.shown import ASPECTS, differences, same
from coopcal.model.change import Difference
from coopcal.model.facts import HappeningFacts, RecurrenceFacts, RecurringFacts, Shown
from coopcal.model.recurrence import Rule
from coopcal.recurrence import days as days_of_rule
from coopcal.text import recurring
from coopcal.zones.shift import day_of, shifted

Ends = tuple[date | None, date | None]


def dates(old: HappeningFacts, new: HappeningFacts, ends: Ends | None = None) -> Iterator[Difference]:
    """Tell of single dates of a series that differ, and where its ``ends`` are given, of these."""
    if isinstance(old, RecurringFacts) and isinstance(new, RecurringFacts):
        yield from _of_series(old, new, ends)
    elif isinstance(new, RecurringFacts):
        yield Difference("repeats", new=_told(new.recurrence.rule))
    elif isinstance(old, RecurringFacts):
        yield Difference("once")


def _of_series(old: RecurringFacts, new: RecurringFacts, ends: Ends | None) -> Iterator[Difference]:
    moved = day_of(old.shown.when) != day_of(new.shown.when)
    same_rule = old.recurrence.rule == new.recurrence.rule
    if not same_rule and not moved:
        yield _rhythm(old.recurrence.rule, new.recurrence.rule)
    if ends and ends[0] != ends[1]:
        yield _end(*ends)
    days = sorted({*_apart(old.recurrence), *_apart(new.recurrence)})
    for day in days:
        before, after = day_named(old, day), day_named(new, day)
        if before and after:
            yield from _single(old, new, day, before, after)
    if not moved and same_rule:
        inside = [
            day
            for day in days
            if not _beyond(day, old.recurrence.last) and not _beyond(day, new.recurrence.last)
        ]
        yield from _in_and_out(old, new, inside)


def _rhythm(old: Rule, new: Rule) -> Difference:
    """Tell that the rule is another; how it was and how it is, where words tell both, and one from the other."""
    before, after = _told(old), _told(new)
    if before is None or after is None or recurring.said(before, "en") == recurring.said(after, "en"):
        return Difference("rhythm")
    return Difference("rhythm", before, after)


def _told(rule: Rule) -> Rule | None:
    """Return a rule that can be told in words; None for any other."""
    return rule if recurring.said(rule, "en") else None


def _in_and_out(old: RecurringFacts, new: RecurringFacts, days: list[date]) -> Iterator[Difference]:
    """Tell of days that were left out, and of those that are so no longer."""
    gone = tuple(day for day in days if day_named(old, day) and not day_named(new, day))
    added = tuple(day for day in days if day_named(new, day) and not day_named(old, day))
    if gone:
        yield Difference("dates_gone", new=gone)
    if added:
        yield Difference("dates_added", new=added)


def day_named(series: RecurringFacts, day: date) -> Shown | None:
    """Return what takes place on the day that a rule gives; None where nothing does."""
    recurrence = series.recurrence
    overrides = dict(recurrence.overrides)
    if day in overrides:
        return overrides[day]
    if day in recurrence.exception_dates or _beyond(day, recurrence.last):
        return None
    if day not in days_of_rule(recurrence.rule, day_of(series.shown.when)):
        return None
    return _usual(series, day)


def _usual(series: RecurringFacts, day: date) -> Shown:
    return replace(series.shown, when=shifted(series.shown.when, day))


def _apart(recurrence: RecurrenceFacts) -> Iterator[date]:
    yield from recurrence.exception_dates
    for day, _ in recurrence.overrides:
        yield day


def _beyond(day: date, last: date | None) -> bool:
    return last is not None and day > last


def _single(
    old: RecurringFacts, new: RecurringFacts, day: date, before: Shown, after: Shown
) -> Iterator[Difference]:
    """Tell what differs of one date and not of the whole series in the same way."""
    usual = _usual(old, day), _usual(new, day)
    follows = [
        aspect for aspect in ASPECTS if same(before, usual[0], aspect) and same(after, usual[1], aspect)
    ]
    of_series = differences(old.shown, new.shown)
    for difference in differences(before, after, but=follows):
        if difference not in of_series:
            yield replace(difference, day=day)


def _end(old: date | None, new: date | None) -> Difference:
    if new is None:
        return Difference("endless", old)
    if old is None or new < old:
        return Difference("shorter", old, new)
    return Difference("longer", old, new)
