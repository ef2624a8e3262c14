"""RRULEs of others (RFC 5545, 3.3.10), read tolerantly."""

import re
from dataclasses import dataclass, field
from datetime import datetime, time

from coopcal.authoring.importing.values import Clock, Moment, moment
from coopcal.authoring.importing.vcalendar_rules import as_rrule
from coopcal.model.recurrence import WEEKDAYS

FINEST = ("SECONDLY", "MINUTELY", "HOURLY")
FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY", *FINEST)
_CODE = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
_LISTS = {
    "BYMONTH": (1, 12), "BYMONTHDAY": (-31, 31), "BYYEARDAY": (-366, 366), "BYWEEKNO": (-53, 53),
    "BYHOUR": (0, 23), "BYMINUTE": (0, 59), "BYSECOND": (0, 60), "BYSETPOS": (-366, 366),
}  # fmt: skip
_PARTS = frozenset(("FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "WKST", *_LISTS))


@dataclass(frozen=True, slots=True)
class Rrule:
    """A rule: how often, on which days (weekday from 0, and which of the period), and until when or how often.

    What it lists stands in it once, however often it was written: so lists are short.
    """

    frequency: str
    interval: int = 1
    count: int | None = None
    until: Moment | None = None
    weekdays: tuple[tuple[int, int], ...] = ()
    by: dict[str, tuple[int, ...]] = field(default_factory=dict)
    week_start: int = 0

    @property
    def endless(self) -> bool:
        """Return whether it goes on for ever."""
        return self.count is None and self.until is None


def rule_of(text: str) -> Rrule | None:
    """Read a rule; None for what is none."""
    # RSCALE and SKIP (RFC 7529), and whatever is not known, would give other dates than are meant.
    written = as_rrule(text) or text.replace("\\", "")
    parts = dict(part.strip().split("=", 1) for part in written.upper().split(";") if "=" in part)
    try:
        numbers = {name: _numbers(parts[name], *bounds) for name, bounds in _LISTS.items() if parts.get(name)}
        days = dict.fromkeys(code.strip() for code in parts.get("BYDAY", "").split(",") if code.strip())
        coded = [_CODE.fullmatch(code) for code in days]
        count = int(parts["COUNT"]) if "COUNT" in parts else None
        until = moment(parts["UNTIL"]) if "UNTIL" in parts else None
        rule = Rrule(
            parts.get("FREQ", "").strip(),
            int(parts.get("INTERVAL", "1")),
            count if count is not None and count > 0 else None,
            until,
            tuple(dict.fromkeys((WEEKDAYS.index(day[2]), int(day[1] or 0)) for day in coded if day)),
            numbers,
            WEEKDAYS.index(parts.get("WKST", "MO").strip()),
        )
    except ValueError:
        return None
    wrong = rule.frequency not in FREQUENCIES or not 1 <= rule.interval <= 10_000 or None in coded  # noqa: PLR2004 - nobody means more
    unknown = any(name not in _PARTS and not name.startswith("X-") for name in parts)
    return None if wrong or unknown or ("UNTIL" in parts and until is None) else rule


def _numbers(text: str, least: int, most: int) -> tuple[int, ...]:
    numbers = tuple(dict.fromkeys(int(number) for number in text.split(",") if number.strip()))
    if not all(least <= number <= most for number in numbers):
        raise ValueError(text)
    return numbers


def as_local(until: Moment) -> datetime | None:
    """Return the naive time of an end; None for one in UTC, which depends on the zone."""
    if isinstance(until, Clock):
        return None if until.tzid else until.local
    return datetime.combine(until, time.max)
