"""Titles that name a weekday on which the event is not."""

from datetime import date, timedelta

from coopcal.checks.rule import Rule
from coopcal.checks.texts import Written
from coopcal.checks.titles import Title, named
from coopcal.checks.view import View
from coopcal.model.message import msg, weekday_of
from coopcal.model.problem import Code, Problems, Severity
from coopcal.model.when import Imprecise

WEEKDAY_IN_TITLE = Code(
    "weekday-in-title",
    "The title names a weekday on which the event is not.",
    Severity.WARNING,
    switchable=True,
)

WEEK = 7


def check(view: View, problems: Problems) -> None:
    """The one weekday in a title is one that its event touches."""
    for title in view.titles:
        _look_at_weekday(title, problems)


def _look_at_weekday(title: Title, problems: Problems) -> None:
    weekdays, event = named(title, "days"), title.event
    if len(weekdays) != 1 or isinstance(event.details.when, Imprecise):
        return
    ((word, number),) = weekdays
    touched = {first.weekday() for first in _first_days(event)}
    if event.recurrence:
        touched |= {weekday.weekday for weekday in event.recurrence.rule.weekdays}
    if number not in touched:
        first = event.days[0]
        message = msg(
            "The title says “{word}”, and {day} is a {weekday}",
            word=word,
            day=first,
            weekday=weekday_of(first),
        )
        problems.tell(title.position, WEEKDAY_IN_TITLE, message, msg("mend the title, or the date"))


def _first_days(event: Written) -> list[date]:
    """Return the days of the first date of an event, a week of them at most."""
    first, last = event.days
    if event.recurrence:
        return [first]
    return [first + timedelta(days=number) for number in range(min((last - first).days + 1, WEEK))]


RULE = Rule((WEEKDAY_IN_TITLE,), check)
