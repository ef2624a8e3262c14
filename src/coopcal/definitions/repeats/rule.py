"""``every`` and ``on``, or a raw ``rule`` → a rule that clients read alike (clients.md 7.4 to 7.6)."""

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date

from coopcal.definitions.codes.series import BAD_REPEATS, IMPOSSIBLE_RULE, NOT_IN_EVERY_MONTH
from coopcal.definitions.declared import fields as read
from coopcal.definitions.declared.record import did_you_mean, items, nearest
from coopcal.definitions.repeats.parity import in_weeks
from coopcal.definitions.repeats.spoken import in_english
from coopcal.definitions.repeats.words import (
    AND,
    LAST_DAY,
    UNITS,
    WEEKDAYS,
    numbers,
    ordinals,
    units,
    weekday_words,
)
from coopcal.definitions.source.node import Node, Scalar
from coopcal.definitions.when.names import weekday_name, weekdays
from coopcal.model.message import WEEKDAYS as WEEKDAY_NAMES
from coopcal.model.message import msg
from coopcal.model.problem import Code, Place, Problems
from coopcal.model.recurrence import WEEKDAYS as CODES
from coopcal.model.recurrence import Frequency, Rule, Weekday

LAST_SAFE_DAY = 28
"""The last day that every month has; clients differ on what a 31st does in shorter ones."""

MOST = 99
"""The largest interval."""

_EVERY = re.compile(r"(?:(\d{1,3})(?:\.|st|nd|rd|th)?\s+)?([^\W\d]+)")
_DAY_OF_MONTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th|\.|er|e)?")
_WEEKDAY_CODE = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
_UNTIL = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T\d{6}Z?)?")
_ORDINAL_NAMES = {1: "first", 2: "second", 3: "third", 4: "fourth", -1: "last"}
NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_UNSAFE = (
    "BYHOUR",
    "BYMINUTE",
    "BYSECOND",
    "BYWEEKNO",
    "BYYEARDAY",
    "RSCALE",
    "SKIP",
)


@dataclass(frozen=True, slots=True)
class Ending:
    """The end that a raw rule says itself."""

    until: date | None = None
    count: int | None = None


class _Wrong(Exception):  # noqa: N818 - said as people would
    def __init__(self, place: Place, code: Code, message: str, mend: str) -> None:
        super().__init__(message)
        self.told = (place, code, message, mend)


@dataclass(frozen=True, slots=True)
class _On:
    weekdays: tuple[Weekday, ...] = ()
    month_days: tuple[int, ...] = ()


def decode_rule(
    values: dict[str, Node], first: date, languages: tuple[str, ...], place: Place, problems: Problems
) -> tuple[Rule, Ending] | None:
    """Read ``every`` and ``on``, or ``rule``; None, with the problem noted, where they are no rule."""
    try:
        if "rule" in values:
            return _raw(values, first, problems)
        rule = in_weeks(_in_words(values, first, languages, place), values.get("weeks"), problems)
        return (rule, Ending()) if rule else None
    except _Wrong as wrong:
        problems.tell(*wrong.told)
        return None


def _in_words(values: dict[str, Node], first: date, languages: tuple[str, ...], place: Place) -> Rule:
    if "every" not in values:
        raise _Wrong(place, BAD_REPEATS, msg("It is not told how often it recurs"), "every: week")
    frequency, interval = _every(values["every"], languages)
    node = values.get("on")
    on = _on(node, languages) if node else _On()
    return _checked(
        Rule(frequency, interval, on.weekdays, on.month_days), first, node.place if node else place
    )


def _every(node: Node, languages: tuple[str, ...]) -> tuple[Frequency, int]:
    text = node.text.strip().lower() if isinstance(node, Scalar) else ""
    match = _EVERY.fullmatch(text)
    known = units()
    if match is None and (first := text.split(" ")[0]) in numbers():
        match = _EVERY.fullmatch(text.replace(first, str(numbers()[first]), 1))
    if text in ("quarter", "trimestre", "quartal", "quarterly"):
        raise _Wrong(node.place, BAD_REPEATS, msg("A quarter is three months"), "every: 3 months")
    if text.startswith("other ") or text in ("fortnight", "biweekly"):
        unit = text.removeprefix("other ") if text.startswith("other ") else "week"
        raise _Wrong(
            node.place,
            BAD_REPEATS,
            msg("Every second one is written with its number"),
            f"every: 2 {unit.rstrip('s')}s",
        )
    if match is None or match[2] not in known:
        spoken = in_english(text)
        mend: str | None = f"every: {spoken.every}" if spoken and not spoken.on else None
        if mend is None and match:
            mend = alike(match[2], languages)
        raise _Wrong(
            node.place,
            BAD_REPEATS,
            msg("“{text}” does not tell how often it recurs", text=text),
            mend or msg("write “day”, “week”, “2 weeks”, “month” or “year”"),
        )
    frequency = known[match[2]]
    interval = int(match[1] or 1)
    if not 1 <= interval <= MOST:
        unit_word = UNITS[frequency]["en"].split()[1]
        raise _Wrong(
            node.place,
            BAD_REPEATS,
            msg("Between 1 and {most} may stand here, not {interval}", most=MOST, interval=interval),
            f"every: 2 {unit_word}",
        )
    return frequency, interval


def alike(word: str, languages: tuple[str, ...]) -> str | None:
    """Offer the word for a unit that was probably meant, of a language that the file is in, where four letters are alike, or all."""
    near = nearest(word, units((*languages, "en")))
    common = sum((Counter(word.lower()) & Counter(near)).values()) if near else 0
    return msg("did you mean “{near}”?", near=near) if near and common >= min(_ALIKE, len(word)) else None


_ALIKE = 4


def _on(node: Node, languages: tuple[str, ...]) -> _On:
    found: list[Weekday] = []
    month_days: list[int] = []
    pending: list[int] = []
    for item in items(node):
        if not isinstance(item, Scalar):
            raise _Wrong(
                item.place,
                BAD_REPEATS,
                msg("Days are words or numbers"),
                msg("{first} or {second}", first="on: [Monday, Thursday]", second="on: second Tuesday"),
            )
        text = " ".join(item.text.lower().replace(",", " , ").split())
        if text in WEEKDAYS:
            found += [Weekday(number) for number in range(5)]
            continue
        if text in LAST_DAY:
            month_days.append(-1)
            continue
        pending = []
        for word in text.split(" "):
            pending = _word(word, pending, item, (found, month_days), languages)
        month_days += pending
    return _On(tuple(dict.fromkeys(found)), tuple(dict.fromkeys(month_days)))


def _word(
    word: str,
    pending: list[int],
    item: Scalar,
    into: tuple[list[Weekday], list[int]],
    languages: tuple[str, ...],
) -> list[int]:
    """Read one word; return the ordinals and numbers that wait for the weekday that they go with."""
    found, month_days = into
    days = weekday_words(languages)
    if word in AND or word == ",":
        return pending
    if word.strip(".") in days and (word not in ordinals() or word in weekdays(languages)):
        number = days[word.strip(".")]
        found += [Weekday(number, nth) for nth in pending] or [Weekday(number)]
        return []
    if word in ordinals():
        return [*pending, ordinals()[word]]
    match = _DAY_OF_MONTH.fullmatch(word)
    if match and 1 <= int(match[1]) <= 31:  # noqa: PLR2004 - the longest month
        month_days += pending
        return [int(match[1])]
    known = [*NAMES, *(name for name in ordinals() if len(name) > 3)]  # noqa: PLR2004 - words, not 1st
    raise _Wrong(
        item.place,
        BAD_REPEATS,
        msg("“{word}” is no day here", word=word),
        did_you_mean(word, known)
        or msg("write “Monday, Thursday”, “second Tuesday”, “last Friday”, “15” or “last day”"),
    )


def _raw(values: dict[str, Node], first: date, problems: Problems) -> tuple[Rule, Ending] | None:
    for other in ("every", "on", "weeks"):
        if other in values:
            message = msg("“rule” says it all, so “{other}” cannot stand beside it", other=other)
            raise _Wrong(values[other].place, BAD_REPEATS, message, msg("take “{other}” out", other=other))
    found = read.scalar(values["rule"], problems, msg("a rule of RFC 5545"))
    if found is None:
        return None
    parts: dict[str, str] = {}
    for part in found.text.strip().upper().removeprefix("RRULE:").split(";"):
        name, _, value = part.partition("=")
        if not value or name in parts:
            raise _Wrong(
                found.place,
                BAD_REPEATS,
                msg("“{part}” is no part of a rule", part=part),
                msg("write it as FREQ=WEEKLY;BYDAY=TU"),
            )
        parts[name] = value
    for name in parts:
        if name in _UNSAFE:
            raise _Wrong(
                found.place,
                IMPOSSIBLE_RULE,
                msg("Calendars read {name} differently, so it cannot stand in a rule", name=name),
                msg("write the dates as a list in “when”"),
            )
    try:
        rule = Rule(
            Frequency(parts.pop("FREQ")),
            int(parts.pop("INTERVAL", "1")),
            tuple(_coded(code) for code in _split(parts.pop("BYDAY", ""))),
            tuple(int(day) for day in _split(parts.pop("BYMONTHDAY", ""))),
            tuple(int(month) for month in _split(parts.pop("BYMONTH", ""))),
            tuple(int(position) for position in _split(parts.pop("BYSETPOS", ""))),
            CODES.index(parts.pop("WKST", "MO")),
        )
        ending = Ending(_until(parts.pop("UNTIL", "")), int(parts.pop("COUNT", "0")) or None)
    except (KeyError, ValueError):
        raise _Wrong(
            found.place,
            BAD_REPEATS,
            msg("“{text}” is no rule that is read here", text=found.text),
            msg("write it as FREQ=MONTHLY;BYDAY=2TU (daily, weekly, monthly or yearly)"),
        ) from None
    if parts or not 1 <= rule.interval <= MOST or any(not 1 <= month <= 12 for month in rule.months):  # noqa: PLR2004
        raise _Wrong(
            found.place,
            BAD_REPEATS,
            msg("“{text}” is no rule that is read here", text=found.text),
            msg("write it as FREQ=MONTHLY;BYDAY=2TU (daily, weekly, monthly or yearly)"),
        )
    return _checked(rule, first, found.place), ending


def _split(text: str) -> list[str]:
    return text.split(",") if text else []


def _coded(code: str) -> Weekday:
    match = _WEEKDAY_CODE.fullmatch(code)
    if match is None:
        raise ValueError(code)
    return Weekday(CODES.index(match[2]), int(match[1] or 0))


def _until(text: str) -> date | None:
    match = _UNTIL.fullmatch(text)
    if match is None and text:
        raise ValueError(text)
    return date(*(int(part) for part in match.groups())) if match else None


def _checked(rule: Rule, first: date, place: Place) -> Rule:
    """Return the rule with what it leaves out filled in from its first date; raise for one that cannot be."""
    match rule.frequency:
        case Frequency.DAILY:
            return _daily(rule, place)
        case Frequency.WEEKLY:
            return _weekly(rule, first, place)
        case Frequency.MONTHLY:
            return _monthly(rule, first, place)
        case Frequency.YEARLY:
            return _yearly(rule, first, place)


def _daily(rule: Rule, place: Place) -> Rule:
    if rule.month_days or rule.months or rule.positions or any(each.nth for each in rule.weekdays):
        raise _Wrong(
            place, IMPOSSIBLE_RULE, msg("What recurs every day has no day of the month"), "every: month"
        )
    if rule.weekdays and rule.interval > 1:
        message = msg("Every few days, on some weekdays only: calendars read that differently")
        raise _Wrong(place, IMPOSSIBLE_RULE, message, "every: week")
    if rule.weekdays:
        return Rule(Frequency.WEEKLY, 1, tuple(sorted(rule.weekdays)))
    return rule


def _weekly(rule: Rule, first: date, place: Place) -> Rule:
    placed = next((each for each in rule.weekdays if each.nth), None)
    if rule.month_days or rule.months or rule.positions or placed:
        message = msg("A day of the month does not go with every week")
        raise _Wrong(place, IMPOSSIBLE_RULE, message, "every: month")
    days = tuple(sorted(rule.weekdays)) or (Weekday(first.weekday()),)
    return Rule(Frequency.WEEKLY, rule.interval, days, week_start=rule.week_start)


def _monthly(rule: Rule, first: date, place: Place) -> Rule:
    if rule.months or (rule.weekdays and rule.month_days):
        message = msg("It is told twice which days are meant, and calendars read that differently")
        raise _Wrong(
            place,
            IMPOSSIBLE_RULE,
            message,
            msg("{first} or {second}", first="on: second Tuesday", second="on: 15"),
        )
    if rule.weekdays:
        return _on_weekdays(rule, first, place)
    days = rule.month_days or (first.day,)
    _hold_in_every_month(days, place)
    return Rule(rule.frequency, rule.interval, month_days=tuple(sorted(days)))


def _yearly(rule: Rule, first: date, place: Place) -> Rule:
    months = rule.months or (first.month,)
    several_weekdays = len(rule.weekdays) > 1 and not rule.positions
    if len(months) > 1 or len(rule.month_days) > 1 or several_weekdays:
        message = msg("What recurs every year has one date in it; calendars read more than one differently")
        raise _Wrong(place, IMPOSSIBLE_RULE, message, msg("write an event for each"))
    if rule.weekdays and rule.month_days:
        message = msg("It is told twice which day is meant, and calendars read that differently")
        raise _Wrong(
            place,
            IMPOSSIBLE_RULE,
            message,
            msg("{first} or {second}", first="on: second Tuesday", second="on: 15"),
        )
    if rule.weekdays:
        within = _on_weekdays(rule, first, place)
        return Rule(rule.frequency, rule.interval, within.weekdays, (), months, within.positions)
    days = rule.month_days or (first.day,)
    if months == (2,):
        _hold_in_every_month(days, place)
    elif not all(1 <= day <= 31 or day == -1 for day in days):  # noqa: PLR2004 - the longest month
        raise _no_such_day(place)
    return Rule(rule.frequency, rule.interval, month_days=days, months=months)


def _on_weekdays(rule: Rule, first: date, place: Place) -> Rule:
    """Return a monthly rule on weekdays, each with its place in the month."""
    days = rule.weekdays
    if rule.positions:
        if any(each.nth for each in days) or any(not 1 <= abs(at) <= 4 for at in rule.positions):  # noqa: PLR2004
            raise _Wrong(
                place,
                IMPOSSIBLE_RULE,
                msg("BYSETPOS goes from 1 to 4, or -1, and with weekdays alone"),
                "BYSETPOS=-1",
            )
        if len(days) > 1:
            return Rule(rule.frequency, rule.interval, tuple(sorted(days)), positions=rule.positions)
        days = tuple(Weekday(days[0].weekday, at) for at in rule.positions)
    for each in days:
        name = weekday_name(each.weekday, "Wednesday")
        if each.nth == 0:
            nth = (first.day - 1) // 7 + 1
            said = _ORDINAL_NAMES.get(nth, "last")
            raise _Wrong(
                place,
                IMPOSSIBLE_RULE,
                msg(
                    "It is not told which {weekday} of the month is meant",
                    weekday=WEEKDAY_NAMES[each.weekday],
                ),
                msg("{first}   (or {second})", first=f"on: {said} {name}", second="every: week"),
            )
        if each.nth not in _ORDINAL_NAMES:
            message = msg(
                "Not every month has a fifth {weekday}, and calendars differ on what is then",
                weekday=WEEKDAY_NAMES[each.weekday],
            )
            raise _Wrong(place, NOT_IN_EVERY_MONTH, message, f"on: last {name}")
    return Rule(
        rule.frequency,
        rule.interval,
        tuple(sorted(days, key=lambda day: (day.nth < 0, day.nth, day.weekday))),
    )


def _hold_in_every_month(days: tuple[int, ...], place: Place) -> None:
    for day in days:
        if day > LAST_SAFE_DAY and day <= 31:  # noqa: PLR2004 - the longest month
            message = msg("Not every month has a day {day}, and calendars differ on what is then", day=day)
            raise _Wrong(place, NOT_IN_EVERY_MONTH, message, "on: last day")
        if not 1 <= day <= LAST_SAFE_DAY and day != -1:
            raise _no_such_day(place)


def _no_such_day(place: Place) -> _Wrong:
    return _Wrong(
        place,
        IMPOSSIBLE_RULE,
        msg("There is no such day of the month"),
        msg("{first} or {second}", first="on: 15", second="on: last day"),
    )
