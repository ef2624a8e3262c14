"""How it is stored when something is: a list that begins with its kind; times as clocks show them, and their zone."""

from datetime import datetime
from typing import Any

from coopcal import zones
from coopcal.model.when import Approximately, DayOnly, Deadline, Hours, Imprecise, Timed, When, WholeDays
from coopcal.site.codec import Layout, Row, Rows
from coopcal.site.scalars import Form, exactly


def _clock(moment: datetime) -> str:
    """Write what clocks show; the second of two equal times has a mark behind it."""
    shown = moment.replace(tzinfo=None, fold=0).isoformat(timespec="auto" if moment.second else "minutes")
    return f"{shown}*" if moment.fold else shown


def _moment(clock: Any, timezone: Any) -> datetime:
    """Read what clocks show in a zone."""
    local = datetime.fromisoformat(exactly(str, clock).removesuffix("*"))
    return local.replace(tzinfo=zones.zone(exactly(str, timezone)), fold=int(clock.endswith("*")))


def _write_timed(when: Timed) -> list[Any]:
    """Write the beginning, the end where it is stated, and the zone; the usual end where it is another."""
    start = _clock(when.start)
    end = _clock(when.end) if when.end else None
    usual_end = end if when.usual_end is when.end else _clock(when.usual_end)
    return [start, end, when.timezone, *([usual_end] if usual_end != (end or start) else [])]


def _read_timed(values: Any) -> Timed:
    start, end, timezone, *usual = exactly(list, values)
    begins = _moment(start, timezone)
    ends = None if end is None else _moment(end, timezone)
    match usual:
        case []:
            return Timed(begins, ends, ends or begins, timezone)
        case [usual_end]:
            return Timed(begins, ends, _moment(usual_end, timezone), timezone)
    raise ValueError(f"a time has {len(values)} fields")


def _read_deadline(values: Any) -> Deadline:
    at, timezone = exactly(list, values)
    return Deadline(_moment(at, timezone), timezone)


WHEN: dict[Any, Layout] = {
    When: Rows(
        {"days": WholeDays, "day": DayOnly, "timed": Timed, "until": Deadline, "imprecise": Imprecise}
    ),
    WholeDays: Row(),
    Hours: Row(),
    DayOnly: Row(),
    Timed: Form(_write_timed, _read_timed),
    Deadline: Form(lambda when: [_clock(when.at), when.timezone], _read_deadline),
    Imprecise: Row(),
    Approximately: Row(least=7),
}
"""The kinds of ``when``, and what they are made of."""
