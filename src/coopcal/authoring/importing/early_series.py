"""Series that began before the years that this format knows, or follows up to today: they begin at a later date of theirs."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import islice

from coopcal.authoring.importing.expansion import expanded
from coopcal.authoring.importing.grouping import Part
from coopcal.authoring.importing.lines import Line
from coopcal.authoring.importing.loss_code import LossCode
from coopcal.authoring.importing.losses import Losses
from coopcal.authoring.importing.rrules import Rrule, rule_of
from coopcal.authoring.importing.rule_dates import AHEAD as FARTHEST
from coopcal.authoring.importing.series import AHEAD
from coopcal.authoring.importing.spans import EARLIEST, LATEST
from coopcal.authoring.importing.values import Clock, moment
from coopcal.definitions.date_list import MOST_DATES
from coopcal.model.message import msg
from coopcal.recurrence import HORIZON

_MOST = 100_000
"""Dates before those in reach that are passed over."""


def in_reach(part: Part, now: date, losses: Losses) -> Part:
    """Return a series with its first date in reach as its beginning, which is told; anything else as it is.

    A rule is followed for some decades from its first date; one without end must be followed beyond today.
    """
    line = next(iter(part.lines.get("DTSTART", ())), None)
    start = moment(line.value, line.tzid) if line else None
    rules = [rule_of(written.value) for written in part.lines.get("RRULE", ())]
    if line is None or start is None or len(rules) != 1 or (rule := rules[0]) is None:
        return part
    begins = start.local if isinstance(start, Clock) else datetime.combine(start, time(0))
    earliest = EARLIEST + 1
    if begins.year + HORIZON <= now.year + AHEAD:
        earliest = max(earliest, min(_followed_from(rule, begins), now.year + FARTHEST - HORIZON))
    if begins.year >= earliest:
        return part
    most = min(_MOST, rule.count or _MOST)
    last = datetime(LATEST - 1, 12, 31)  # noqa: DTZ001 - what clocks show
    dates = enumerate(islice(expanded(rule, begins, last), most))
    passed, first = next(((number, begin) for number, begin in dates if begin.year >= earliest), (0, begins))
    if first.year < earliest:
        return part
    losses.tell(
        line.number,
        LossCode.BEGINS_LATER,
        line.value,
        msg(
            "a series is not followed for so long, so it begins at {date}; its dates before that were left out",
            date=first.date(),
        ),
    )
    lines = {
        **part.lines,
        "DTSTART": [_moved(line, first - begins)],
        "DTEND": [_moved(ending, first - begins) for ending in part.lines.get("DTEND", ())[:1]],
        "RRULE": [_without(written, passed) for written in part.lines["RRULE"]],
    }
    return replace(part, lines={name: values for name, values in lines.items() if values})


def _followed_from(rule: Rrule, begins: datetime) -> int:
    """Return the year from which on a rule is followed up to its end; that in which it begins, if a list has room for its dates."""
    if rule.endless:
        return LATEST
    last = datetime(LATEST - 1, 12, 31)  # noqa: DTZ001 - what clocks show
    if rule.until is not None:
        until = rule.until.local.date() if isinstance(rule.until, Clock) else rule.until
        last = min(last, datetime.combine(until, time.max))
    dates = list(islice(expanded(rule, begins, last), min(_MOST, rule.count or _MOST)))
    if len(dates) <= MOST_DATES:
        return begins.year
    return dates[-1].year - HORIZON + 1


def _moved(line: Line, by: timedelta) -> Line:
    start = moment(line.value, line.tzid)
    if start is None:
        return line
    if isinstance(start, Clock):
        ending = "Z" if line.value.strip()[-1:] in "Zz" else ""
        return replace(line, value=f"{start.local + by:%Y%m%dT%H%M%S}{ending}")
    return replace(line, value=f"{date.fromordinal(start.toordinal() + by.days):%Y%m%d}")


def _without(line: Line, passed: int) -> Line:
    """Return a rule that counts its dates without those that are passed over."""
    rule = rule_of(line.value)
    if rule is None or rule.count is None:
        return line
    parts = [part for part in line.value.upper().split(";") if not part.strip().startswith("COUNT=")]
    return replace(line, value=";".join([*parts, f"COUNT={rule.count - passed}"]))
