"""Series that end soon: told in time, so that nobody finds a calendar empty."""

import re
from datetime import timedelta

from coopcal.checks.rule import Rule
from coopcal.checks.view import View
from coopcal.model.event import Recurring, Stretch
from coopcal.model.happening import Happening, Session
from coopcal.model.message import msg
from coopcal.model.problem import Code, Problems, Severity

SERIES_ENDS = Code(
    "series-ends",
    "A series ends within a month. A note: nothing need be done, if that is meant.",
    Severity.NOTE,
    switchable=True,
)

SOON = timedelta(days=31)


def check(view: View, problems: Problems) -> None:
    """A series that ends within a month may have to be renewed."""
    for event in view.events:
        last = event.days[1]
        if not isinstance(event, Recurring) or not view.today <= last <= view.today + SOON:
            continue
        if _goes_on(event, view) or _is_there_again(event, view):
            continue
        message = msg("“{event}” recurs for the last time on {last}", event=event.path[-1], last=last)
        mend = msg("nothing need be done, if it ends then; else write a later “until” or “count”")
        problems.tell(event.details.position, SERIES_ENDS, message, mend)


def _goes_on(event: Recurring, view: View) -> bool:
    """Return whether another stretch begins where a series, or a stretch of it, ends."""
    sign = event.sign if isinstance(event, Stretch) else None
    return any(isinstance(other, Stretch) and other.continues == sign for other in view.events_of(event))


def _is_there_again(event: Happening, view: View) -> bool:
    """Return whether the next edition of a series is written already: one of the same series, title or id but for the year."""
    return any(
        other.path[0] != event.path[0]
        and other.days[0] > event.days[1]
        and (
            (other.series is not None and other.series == event.series)
            or other.details.title == event.details.title
            or _stem(other) == _stem(event)
        )
        for other in view.events_by_organisation[event.organisation]
        if not isinstance(other, Session)
    )


def _stem(event: Happening) -> str:
    """Return an id without its year."""
    return re.sub(r"-?\d+(?:-\d+)*$", "", event.path[0])


RULE = Rule((SERIES_ENDS,), check)
