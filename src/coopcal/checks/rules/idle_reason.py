"""Reasons that no calendar shows: of what is neither off nor said to be moved."""

from collections.abc import Iterator
from datetime import datetime

from coopcal.checks.rule import Rule
from coopcal.checks.texts import Written, written_for
from coopcal.checks.view import View
from coopcal.model.event import Event, has_dates
from coopcal.model.happening import Details
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
        old, name = _published(event, view), event.of.path[-1]
        if old is not None and days_of(old) != days_of(event.details.when):
            message = msg(
                "“{event}” was published for {day}, and its reason is shown in no calendar, as it is not said to be moved",
                event=name,
                day=days_of(old)[0],
            )
            problems.tell(event.details.position, IDLE_REASON, message, f"moved_from: {_written(old)}")
        else:
            message = msg(
                "The reason of “{event}” is shown in no calendar: it is neither cancelled, postponed nor moved",
                event=name,
            )
            mend = msg("write why in “description”, or say what the reason is of: status: cancelled")
            problems.tell(event.details.position, IDLE_REASON, message, mend)


def _with_idle_reason(view: View) -> Iterator[Written]:
    """Return events, and overrides of series, whose own reason stands alone."""
    for event in view.events:
        if isinstance(event, Event):
            for written in written_for(event):
                own = written.override is None or written.details.reason != event.details.reason
                if own and _is_idle(written.details):
                    yield written


def _is_idle(details: Details) -> bool:
    return details.reason is not None and not details.is_off and details.moved_from is None


def _published(event: Written, view: View) -> When | None:
    """Return when an event was to be as published; None of a series, of what is new, or where nobody knows."""
    facts = view.previous.facts if view.previous else None
    shown = facts.events.get(view.uid_of.get(event.of.key, "")) if facts else None
    return shown.shown.when if shown and not has_dates(event.of) else None


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


RULE = Rule((IDLE_REASON,), check, looks_back=True)
