"""Sessions that are not within their event: left behind when it was moved, or written wrongly."""

import re
from collections.abc import Sequence
from datetime import datetime, time, timedelta

from coopcal.definitions.codes.events import SESSION_OUTSIDE
from coopcal.definitions.source.node import Scalar
from coopcal.model.message import msg
from coopcal.model.problem import Problems
from coopcal.model.when import Imprecise, Timed, When, WholeDays, days_of

_WITH_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_DAY = timedelta(days=1)


def sessions_outside(
    sessions: Sequence[tuple[Scalar, When]], event: When, moved_from: When | None, problems: Problems
) -> None:
    """Note each session that is not within its event, with its line as it would be if it had moved along."""
    outside = [session for session in sessions if not _inside(session[1], event)]
    if not outside:
        return
    by = _moved_by(sessions, event, moved_from)
    for node, when in outside:
        moved = _line(node, when, by) if by is not None else None
        if _on_days(when, event):
            begins, ends = _span(event)
            message = msg(
                "The session is not within the times of its event, {begins:%H:%M} to {ends:%H:%M}",
                begins=begins,
                ends=ends,
            )
        else:
            earliest, latest = days_of(event)
            message = msg(
                "The session is not within the days of its event, {earliest} to {latest}",
                earliest=earliest,
                latest=latest,
            )
        problems.tell(node.position, SESSION_OUTSIDE, message, moved and f"when: {moved}")


def _inside(when: When, event: When) -> bool:
    if not isinstance(event, Timed) or not isinstance(when, Timed) or event.end is None:
        return _on_days(when, event)
    return event.start <= when.start and (when.end or when.start) <= event.end


def _on_days(when: When, event: When) -> bool:
    (first, last), (earliest, latest) = days_of(when), days_of(event)
    return earliest <= first and last <= latest


def _moved_by(
    sessions: Sequence[tuple[Scalar, When]], event: When, moved_from: When | None
) -> timedelta | None:
    """Return how far all sessions would have to move to be within their event; None where that is not told."""
    if isinstance(event, Imprecise):
        return None
    begins, ends = _span(event)
    first = min(_span(when)[0] for _, when in sessions)
    tries = [begins - _span(moved_from)[0]] if moved_from is not None else []
    tries.append(begins.date() - first.date())
    tries += [begins - first] if isinstance(event, Timed) else []
    for by in tries:
        spans = [_span(when) for _, when in sessions]
        if by and all(begins <= start + by and end + by <= ends for start, end in spans):
            return by
    return None


def _span(when: When) -> tuple[datetime, datetime]:
    """Return the first and the last moment on the wall; of what has no end that is stated, those of its days."""
    if isinstance(when, Timed):
        end = when.end or when.start
        return when.start.replace(tzinfo=None), end.replace(tzinfo=None)
    first, last = days_of(when)
    return datetime.combine(first, time(0)), datetime.combine(last + _DAY, time(0))


def _line(node: Scalar, when: When, by: timedelta) -> str | None:
    """Return a session's date as it would be some time later, written as it is now; None of what cannot be moved so."""
    match when:
        case Timed(start=start, end=end):
            begins, ends = (moment.replace(tzinfo=None) + by for moment in (start, end or start))
            if not _WITH_DAY.search(node.text):
                return f"{begins:%H:%M}" + (f"/{ends:%H:%M}" if end else "")
            there = "%H:%M" if begins.date() == ends.date() else "%Y-%m-%d %H:%M"
            return f"{begins:%Y-%m-%d %H:%M}" + (f"/{ends:{there}}" if end else "")
        case WholeDays(first=first, last=last) if not by % _DAY:
            return str(first + by) + (f"/{last + by}" if first != last else "")
        case _:
            return None
