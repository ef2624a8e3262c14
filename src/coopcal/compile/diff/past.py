"""Which of what is new lies in the past: a wrong year shows by it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from coopcal.model.change import Difference, EventChange
from coopcal.model.facts import HappeningFacts, RecurringFacts
from coopcal.model.when import DayOnly, Deadline, Imprecise, Timed, WholeDays, days_of

NEW = ("added", "again", "date_found", "moved", "moved_series", "takes_place_on")
"""The kinds whose new value is when something takes place from now on."""

_WHEN = (WholeDays, DayOnly, Timed, Deadline, Imprecise)


def with_past(change: EventChange, new: HappeningFacts | None, today: date) -> EventChange:
    """Return a change in which what is new and lies before ``today`` is marked."""
    differences = (marked for difference in change.differences for marked in _marked(difference, new, today))
    return replace(change, differences=tuple(differences))


def _marked(difference: Difference, new: HappeningFacts | None, today: date) -> Iterator[Difference]:
    match difference.new:
        case tuple() if difference.kind == "dates_added":
            days = [day for day in difference.new if isinstance(day, date)]
            past, coming = [day for day in days if day < today], [day for day in days if day >= today]
            if coming:
                yield replace(difference, new=tuple(coming))
            if past:
                yield replace(difference, new=tuple(past), past=True)
        case when if isinstance(when, _WHEN) and difference.kind in NEW:
            last = days_of(when)[1]
            if isinstance(new, RecurringFacts) and difference.day is None:
                last = new.recurrence.last or date.max
            yield replace(difference, past=last < today)
        case _:
            yield difference
