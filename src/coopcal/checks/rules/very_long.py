"""Events that last too long to be meant: the year of the end is often wrong."""

from coopcal.checks.rule import Rule
from coopcal.checks.view import View
from coopcal.model.message import Number, msg
from coopcal.model.problem import Code, Problems, Severity
from coopcal.model.when import Timed, WholeDays

VERY_LONG = Code(
    "very-long",
    "An event lasts for most of a year, or goes on day and night for weeks: often the year of its end is wrong.",
    Severity.WARNING,
    switchable=True,
)

MOST_DAYS = 300
"""Days that an event of whole days lasts at most; a year is written as a year."""

MOST_TIMED_DAYS = 14
"""Days that an event with times of day lasts at most; longer ones have opening hours."""


def check(view: View, problems: Problems) -> None:
    """An event does not last for most of a year, nor without opening hours and a break for weeks."""
    for event in view.written:
        match event.details.when:
            case WholeDays(first, last) if (last - first).days >= MOST_DAYS:
                message = msg(
                    "“{event}” lasts for {days} days, until {last}",
                    event=event.of.path[-1],
                    days=Number((last - first).days + 1),
                    last=last,
                )
                mend = msg(
                    "mend the year of its end, or write when: {first:%Y}/{last:%Y} for one that is not known better",
                    first=first,
                    last=last,
                )
            case Timed(start, end) if end and (end - start).days >= MOST_TIMED_DAYS:
                message = msg(
                    "“{event}” goes on for {days} days, day and night, until {end:%Y-%m-%d %H:%M}",
                    event=event.of.path[-1],
                    days=Number((end - start).days),
                    end=end,
                )
                mend = msg(
                    "mend its end, or write when: {start:%Y-%m-%d}/{end:%Y-%m-%d} with “hours”",
                    start=start,
                    end=end,
                )
            case _:
                continue
        problems.tell(event.details.position, VERY_LONG, message, mend)


RULE = Rule((VERY_LONG,), check)
