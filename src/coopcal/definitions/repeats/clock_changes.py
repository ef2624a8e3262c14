"""Changes of the clocks: what they do to the dates of a series, told with what to write instead."""

from datetime import date, datetime, timedelta

from coopcal import zones
from coopcal.definitions.codes.series import CLOCKS_CHANGE, NO_END_OVER_CLOCK_CHANGE
from coopcal.model.event import Recurrence
from coopcal.model.message import msg, plural
from coopcal.model.problem import Position, Problems
from coopcal.model.when import Deadline, Timed, When
from coopcal.recurrence import amiss, days, first_standing, meets_change, misread, over_changes, span
from coopcal.zones.shift import day_of, on_the_wall


def hold_clocks(when: When, recurrence: Recurrence, position: Position, problems: Problems) -> None:
    """Note dates whose times the clocks skip or repeat, and those that go on over a change without an end."""
    if not isinstance(when, Timed | Deadline):
        return
    if day := misread(when, recurrence):
        clock = f"{span(when)[0]:%H:%M}"
        message = msg(
            "The clocks skip {clock} on {day}, and calendars would show dates an hour off",
            clock=clock,
            day=day,
        )
        mend = msg(
            "let it begin at another time, end it before with “until”, or write its dates as a list in “when”"
        )
        problems.tell(position, CLOCKS_CHANGE, message, mend)
        return
    if skipped := amiss(when, recurrence):
        day = skipped[0]
        message = msg("The clocks are changed over the time of this event on {day}", day=day)
        if len(skipped) > 1:
            message = plural(
                "The clocks are changed over the time of this event on {day}, and on {count} more date",
                "The clocks are changed over the time of this event on {day}, and on {count} more dates",
                len(skipped) - 1,
                day=day,
            )
        mend = msg(
            "except: [{day}] and also: [{also}]; or end it before with “until: {before}”",
            day=day,
            also=_written(when, day),
            before=day - timedelta(days=1),
        )
        problems.tell(position, CLOCKS_CHANGE, message, mend)
        return
    over = over_changes(when, recurrence)
    begins = first_standing(when, recurrence)
    if over and recurrence.last is None:
        message = msg(
            "The clocks are changed while it goes on, first on {day}: calendars differ on when it ends then, so each such date must be told",
            day=over[0],
        )
        problems.tell(position, NO_END_OVER_CLOCK_CHANGE, message, f"until: {over[0].year + 5}-12-31")
    elif begins is not None and meets_change(when, begins):
        after = days(recurrence.rule, day_of(when)).before_and_after(begins)[1]
        message = msg(
            "The clocks are changed while it goes on on its first date, {begins}: calendars would take its times for those of all",
            begins=begins,
        )
        mend = msg("let it begin on {after}, and write this date under “also”", after=after)
        problems.tell(position, NO_END_OVER_CLOCK_CHANGE, message, mend)


def _written(when: Timed | Deadline, day: date) -> str:
    """Write what takes place on a day so that no clock change leaves it in doubt."""
    start, end = span(when)
    by = day - day_of(when)
    moments = [on_the_wall(moment, by, when.timezone) for moment in (start, end)]
    texts = [_exact(moment, when.timezone) for moment in moments]
    if isinstance(when, Deadline):
        return f"until {texts[1]}"
    return "/".join(texts) if when.end else texts[0]


def _exact(moment: datetime, timezone: str) -> str:
    twice = len(zones.localise(moment.replace(tzinfo=None, fold=0), timezone)) > 1
    return f"{moment:%Y-%m-%d %H:%M}" + (moment.isoformat()[-6:] if twice else "")
