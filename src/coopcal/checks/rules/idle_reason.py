"""Reasons that no calendar shows: of what is neither off nor said to be moved."""

from collections.abc import Iterator
from datetime import datetime

from coopcal.checks.rule import Rule
from coopcal.checks.view import View
from coopcal.model.event import Event, Status
from coopcal.model.message import msg
from coopcal.model.problem import Code, Problems, Severity
from coopcal.model.when import Timed, When, WholeDays, days_of

IDLE_REASON = Code(
    "idle-reason",
    "`reason` tells why something is cancelled, postponed or moved; of an event that is none of these, no calendar shows it.",
    Severity.NOTE,
    switchable=True,
)


def check(view: View, problems: Problems) -> None:
    """A reason is that of a cancellation, of a postponement or of a move; else no calendar shows it."""
    for event in _with_idle_reason(view):
        old, name = _published(event, view), event.path[-1]
        if old is not None and days_of(old) != days_of(event.details.when):
            message = msg(
                "“{event}” was published for {day}, and its reason is shown in no calendar, as it is not said to be moved",
                event=name,
                day=days_of(old)[0],
            )
            problems.tell(event.details.place, IDLE_REASON, message, f"moved_from: {_written(old)}")
        else:
            message = msg(
                "The reason of “{event}” is shown in no calendar: it is neither cancelled, postponed nor moved",
                event=name,
            )
            mend = msg("write why in “description”, or say what the reason is of: status: cancelled")
            problems.tell(event.details.place, IDLE_REASON, message, mend)


def _with_idle_reason(view: View) -> Iterator[Event]:
    """Return events, and dates of series that differ, whose own reason stands alone."""
    for event in view.events:
        if len(event.path) > 1 or event.further:
            continue
        if _is_idle(event):
            yield event
        for change in event.recurrence.changes if event.recurrence else ():
            if _is_idle(change.event) and change.event.details.reason != event.details.reason:
                yield change.event


def _is_idle(event: Event) -> bool:
    off = event.details.status in (Status.CANCELLED, Status.POSTPONED)
    return event.details.reason is not None and not off and event.details.moved_from is None


def _published(event: Event, view: View) -> When | None:
    """Return when an event was to be as published; None of a series, of what is new, or where nobody knows."""
    facts = view.previous.facts if view.previous else None
    shown = facts.events.get(view.uid_of.get(event.key, "")) if facts else None
    return shown.shown.when if shown and event.recurrence is None and not event.dates else None


def _written(when: When) -> str:
    """Return when something is, as people write it."""
    match when:
        case Timed(start, end):
            return f"{start:%Y-%m-%d %H:%M}" + (_until(start, end) if end else "")
        case WholeDays(first, last) if first != last:
            return f"{first}/{last}"
        case _:
            return str(days_of(when)[0])


def _until(start: datetime, end: datetime) -> str:
    return f"/{end:%H:%M}" if end.date() == start.date() else f"/{end:%Y-%m-%d %H:%M}"


RULE = Rule((IDLE_REASON,), check)
