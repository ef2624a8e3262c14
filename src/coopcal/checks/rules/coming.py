"""What is coming, and what ends: told in time, so that nobody finds a calendar empty."""

import re
from datetime import date, timedelta

from coopcal.checks.view import View
from coopcal.model.event import Event
from coopcal.model.message import msg
from coopcal.model.problem import Code, Problems, Severity

NOTHING_TO_COME = Code(
    "nothing-to-come",
    "All events of an organisation are past, so that its members see nothing ahead. A note.",
    Severity.NOTE,
    switchable=True,
)
SERIES_ENDS = Code(
    "series-ends",
    "A series ends within a month. A note: nothing need be done, if that is meant.",
    Severity.NOTE,
    switchable=True,
)

SOON = timedelta(days=31)


def series_that_end(view: View, problems: Problems) -> None:
    """A series that ends within a month may have to be renewed."""
    for event in view.events:
        last = event.days[1]
        goes_on = any(
            other.continues == event.further and other.path == event.path for other in view.events_of(event)
        )
        if (
            event.recurrence is None
            or goes_on
            or _is_there_again(event, view)
            or not view.today <= last <= view.today + SOON
        ):
            continue
        message = msg("“{event}” recurs for the last time on {last}", event=event.path[-1], last=last)
        mend = msg("nothing need be done, if it ends then; else write a later “until” or “count”")
        problems.tell(event.place, SERIES_ENDS, message, mend)


def _is_there_again(event: Event, view: View) -> bool:
    """Return whether the next edition of a series is written already: one of the same series, title or id but for the year."""
    return any(
        other.organisation == event.organisation
        and other.path[0] != event.path[0]
        and other.days[0] > event.days[1]
        and (
            (other.series is not None and other.series == event.series)
            or other.title == event.title
            or _stem(other) == _stem(event)
        )
        for other in view.events
        if len(other.path) == 1
    )


def _stem(event: Event) -> str:
    """Return an id without its year."""
    return re.sub(r"-?\d+(?:-\d+)*$", "", event.path[0])


def nothing_to_come(view: View, problems: Problems) -> None:
    """An organisation whose events are all past shows its members an empty future."""
    if not view.is_whole:
        return
    latest: dict[str | None, date] = {}
    for event in view.events:
        for party in event.parties:
            latest[party.organisation] = max(latest.get(party.organisation, date.min), event.days[1])
    for one in view.catalogue.organisations:
        last = latest.get(one.id)
        if last is not None and last < view.today and one.closed is None:
            message = msg("“{id}” has no event to come; the last one was on {last}", id=one.id, last=last)
            problems.tell(one.place, NOTHING_TO_COME, message, msg("nothing need be done, if there is none"))
