"""RRULEs of others in the words of this format."""

from datetime import date

from coopcal.authoring.importing.rrules import Rrule
from coopcal.model.recurrence import WEEKDAYS

_CLOCKS = ("BYHOUR", "BYMINUTE", "BYSECOND")
"""What is told by the time of the first date, or cannot be said at all."""

_UNITS = {"DAILY": "day", "WEEKLY": "week", "MONTHLY": "month", "YEARLY": "year"}
_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_ORDINALS = {1: "first", 2: "second", 3: "third", 4: "fourth", -1: "last"}

By = dict[str, tuple[int, ...]]
Words = dict[str, str]


def in_words(rule: Rrule, first: date) -> Words | None:
    """Say a rule as ``every`` and ``on``; None where words do not say it."""
    by = {name: values for name, values in rule.by.items() if values and name not in _CLOCKS}
    plain = sorted({weekday for weekday, nth in rule.weekdays if not nth})
    placed = [weekday for weekday in rule.weekdays if weekday[1]]
    if rule.frequency not in _UNITS:
        return None
    every = _UNITS[rule.frequency]
    words = {"every": every if rule.interval == 1 else f"{rule.interval} {every}s"}
    match rule.frequency:
        case "DAILY":
            return _daily(words, plain, rule.interval) if not by and not placed else None
        case "WEEKLY":
            return _weekly(words, plain, rule, first) if not by and not placed else None
        case "YEARLY" if not _of_one_month(by, rule, first):
            return None
        case _:
            return _monthly(words, by, plain, placed, first)


def _of_one_month(by: By, rule: Rrule, first: date) -> bool:
    """Return whether a yearly rule gives a date in the month of its first one alone; its month needs no word then."""
    if by.pop("BYMONTH", (first.month,)) != (first.month,):
        return False
    return "BYMONTH" in rule.by or not rule.weekdays


def _weekly(words: Words, days: list[int], rule: Rrule, first: date) -> Words | None:
    if rule.interval > 1 and rule.week_start and len(days) > 1:
        return None
    return words | ({"on": _listed(days)} if days and days != [first.weekday()] else {})


def _daily(words: dict[str, str], days: list[int], interval: int) -> dict[str, str] | None:
    if not days:
        return words
    return {"every": "week", "on": _listed(days)} if interval == 1 else None


def _listed(days: list[int]) -> str:
    return "weekdays" if days == [0, 1, 2, 3, 4] else ", ".join(_NAMES[day] for day in days)


def _placed(days: list[tuple[int, int]]) -> str:
    return ", ".join(f"{_ORDINALS[nth]} {_NAMES[weekday]}" for weekday, nth in days)


def _monthly(
    words: Words, by: By, plain: list[int], placed: list[tuple[int, int]], first: date
) -> Words | None:
    if by.keys() == {"BYSETPOS"} and len(plain) == 1 and not placed:
        placed, plain = [(plain[0], at) for at in by.pop("BYSETPOS")], []
    if plain or (placed and by) or any(nth not in _ORDINALS for _, nth in placed):
        return None
    if placed:
        return words | {"on": _placed(placed)}
    days = by.pop("BYMONTHDAY", ())
    if by or any(day < -1 or day == 0 for day in days) or (-1 in days and len(days) > 1):
        return None
    if not days or days == (first.day,):
        return words
    return words | {"on": ", ".join("last day" if day == -1 else str(day) for day in days)}


def written(rule: Rrule) -> str:
    """Write a rule without its end, as RFC 5545 has it."""
    parts = [f"FREQ={rule.frequency}"] + ([f"INTERVAL={rule.interval}"] if rule.interval > 1 else [])
    if rule.weekdays:
        parts.append("BYDAY=" + ",".join(f"{nth or ''}{WEEKDAYS[weekday]}" for weekday, nth in rule.weekdays))
    parts += [
        f"{name}={','.join(map(str, values))}"
        for name, values in rule.by.items()
        if name not in ("BYHOUR", "BYMINUTE", "BYSECOND")
    ]
    if rule.week_start:
        parts.append(f"WKST={WEEKDAYS[rule.week_start]}")
    return ";".join(parts)
