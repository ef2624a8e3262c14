"""The further dates of an event, and the stretches of a series, before and after → the differences."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from coopcal.compile.diff.dates import dates, day_named
from coopcal.compile.diff.pairs import Pair, latest
from coopcal.compile.diff.shown import differences
from coopcal.model.change import Difference
from coopcal.model.facts import HappeningFacts, RecurringFacts, StretchFacts
from coopcal.model.when import days_of


def last_day(happening: HappeningFacts, further: Iterable[HappeningFacts | None]) -> date | None:
    """Return the last day of a series with the stretches that go on with it; None where it has no end."""
    series = [facts for facts in further if isinstance(facts, StretchFacts)]
    ends = [facts.recurrence.last for facts in (happening, *series) if isinstance(facts, RecurringFacts)]
    known = [end for end in ends if end]
    return max(known) if known and len(known) == len(ends) else None


def further_dates(happening: HappeningFacts | None, further: list[Pair]) -> Iterator[Difference]:
    """Tell of further dates, and of stretches of a series that go on otherwise."""
    added, gone = [], []
    for old, new in further:
        if isinstance(latest((old, new)), StretchFacts) or (old and new):
            yield from _one_date(happening, old, new)
        elif new:
            added.append(days_of(new.shown.when)[0])
        elif old:
            gone.append(days_of(old.shown.when)[0])
    if added:
        yield Difference("dates_added", new=tuple(sorted(added)))
    if gone:
        yield Difference("dates_gone", new=tuple(sorted(gone)))


def _one_date(
    happening: HappeningFacts | None, old: HappeningFacts | None, new: HappeningFacts | None
) -> Iterator[Difference]:
    day = days_of(latest((old or new, None)).shown.when)[0]
    if new is None:
        yield Difference("as_before", day=day, onward=True)
    elif old is None:
        usual = day_named(happening, day) if isinstance(happening, RecurringFacts) else None
        apart = differences(usual, new.shown) if usual else ()
        for difference in apart or (Difference("again", new=new.shown.when),):
            yield replace(difference, day=day, onward=True)
    else:
        for difference in differences(old.shown, new.shown, series=isinstance(new, RecurringFacts)):
            yield replace(difference, day=day, onward=isinstance(new, StretchFacts))
        yield from dates(old, new)
