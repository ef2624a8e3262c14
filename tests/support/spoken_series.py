"""The dates that an English sentence tells of, as somebody would find them who has the sentence, the first date and a calendar.

It shares nothing with what makes the sentences: neither words nor rules.
"""

import calendar
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

Test = Callable[[date], bool]
Days = tuple[date, date]

WEEKDAYS = list(calendar.day_name)
MONTHS = list(calendar.month_name)
_DATE = r"\d{1,2}(?: [A-Z][a-z]+)?(?: \d{4})?"
_CLOCK = re.compile(r"(?:by )?\d\d:\d\d(?:–\d\d:\d\d)?(?: \([^)]*\))?")
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": -1, "second-to-last": -2}


class NotUnderstood(Exception):  # noqa: N818 - named for what a reader meets
    """The sentence has a part that nobody could make a date of."""


@dataclass
class Told:
    """What a sentence tells: the day and the clock of each date; only ``number`` of them where no rule is told."""

    dates: dict[date, set[str]] = field(default_factory=dict)
    number: int | None = None
    exceptions: int = 0
    further: int = 0


def understood(sentence: str, first: date, end: date, breaks: Mapping[str, list[Days]]) -> Told:
    """Read a sentence of a series that begins on a day, and find its dates up to ``end``."""
    main, *others = sentence.split("; ")
    head, clock, last, begins, number = _main(main, first)
    if last is not None:
        end = min(end, last)
    told = Told()
    if head is None:
        told.number = number
        return told
    begins = begins or first
    days = [day for day in _each(first, end) if head(day) and day >= begins]
    if number is not None and last == end:
        assert len(days) == number, f"{sentence!r} tells {number} dates, and {len(days)} are found"
    told.dates = {day: {clock} for day in days}
    year = last.year if last and last.year == first.year else None
    for other in others:
        _differs(other, told, year, breaks)
    return told


def _main(text: str, first: date) -> tuple[Test | None, str, date | None, date | None, int | None]:
    parts, clock, last, begins, number = text.split(", "), "", None, None, None
    while parts:
        part = parts[-1]
        if match := re.fullmatch(rf"until ({_DATE})", part):
            last = _day(match[1])
        elif match := re.fullmatch(rf"from ({_DATE}) to ({_DATE})", part):
            last = _day(match[2])
            begins = _day(match[1], last)
        elif match := re.fullmatch(rf"from ({_DATE})", part):
            begins = _day(match[1])
        elif match := re.fullmatch(r"(\d+) times", part):
            number = int(match[1])
        elif re.fullmatch(r"\d+ days each time", part):
            pass
        elif _CLOCK.fullmatch(part):
            clock = part
        else:
            break
        parts.pop()
    head = ", ".join(parts)
    if match := re.fullmatch(r"On (\d+) dates", head):
        return None, clock, last, begins, int(match[1])
    if head == "Regularly":
        return None, clock, last, begins, None
    return _head(head, first), clock, last, begins, number


def _head(text: str, first: date) -> Test:
    if text == "Every day":
        return lambda _: True
    if match := re.fullmatch(r"Every (\d+) days", text):
        count = int(match[1])
        return lambda day: (day - first).days % count == 0
    if match := re.fullmatch(r"Every day from (\w+day) to (\w+day)", text):
        row = range(WEEKDAYS.index(match[1]), WEEKDAYS.index(match[2]) + 1)
        assert len(row) > 1
        return lambda day: day.weekday() in row
    if match := re.fullmatch(r"(Every day|Every [\w, ]+?)(?: in (odd|even) weeks)", text):
        inner, is_odd = _head(match[1], first), match[2] == "odd"
        return lambda day: inner(day) and (day.isocalendar().week % 2 == 1) is is_odd
    if match := re.fullmatch(r"Every (\d+) weeks on (.*)", text):
        count, on = int(match[1]), _weekdays(match[2])
        monday = first - timedelta(days=first.weekday())
        return lambda day: day.weekday() in on and (day - monday).days // 7 % count == 0
    if match := re.fullmatch(r"(.*) of every month", text):
        in_month = _in_month(match[1])
        return in_month
    if match := re.fullmatch(r"Every (\d+) months on (.*)", text):
        count, in_month = int(match[1]), _in_month(match[2])
        return lambda day: (
            (day.year * 12 + day.month - first.year * 12 - first.month) % count == 0 and in_month(day)
        )
    if match := re.fullmatch(r"Every (?:year|(\d+) years) on (.*)", text):
        years, in_year = int(match[1] or 1), _in_year(match[2])
        return lambda day: (day.year - first.year) % years == 0 and in_year(day)
    if match := re.fullmatch(r"Every (.*)", text):
        on = _weekdays(match[1])
        return lambda day: day.weekday() in on
    raise NotUnderstood(text)


def _weekdays(text: str) -> set[int]:
    names = re.split(r", | and ", text)
    if not set(names) <= set(WEEKDAYS):
        raise NotUnderstood(text)
    return {WEEKDAYS.index(name) for name in names}


def _in_year(text: str) -> Test:
    if match := re.fullmatch(r"(\d+) (\w+)", text):
        number, month = int(match[1]), MONTHS.index(match[2])
        return lambda day: (day.day, day.month) == (number, month)
    if match := re.fullmatch(r"(.*) of (\w+)", text):
        in_month, named = _in_month(match[1]), MONTHS.index(match[2])
        return lambda day: day.month == named and in_month(day)
    raise NotUnderstood(text)


def _in_month(text: str) -> Test:
    """Read ``the first and the third Tuesday``: a place without a noun has that of the next one."""
    tests: list[Test] = []
    noun = ""
    for item in reversed(re.split(r", | and ", text[:1].lower() + text[1:])):
        if match := re.fullmatch(r"the (\d{1,2})(?:st|nd|rd|th)", item):
            tests.append(_is_day(int(match[1])))
            continue
        match = re.fullmatch(r"the (\S+?)(?: (.+))?", item)
        if match is None or match[1] not in _ORDINALS or not (match[2] or noun):
            raise NotUnderstood(text)
        noun = match[2] or noun
        tests.append(_is_nth(_ORDINALS[match[1]], noun))
    return lambda day: any(test(day) for test in tests)


def _is_day(number: int) -> Test:
    return lambda day: day.day == number


def _is_nth(place: int, noun: str) -> Test:
    if noun == "day":
        chosen = set(range(7))
    elif noun == "weekday (Monday to Friday)":
        chosen = set(range(5))
    elif noun in WEEKDAYS:
        chosen = {WEEKDAYS.index(noun)}
    else:
        raise NotUnderstood(noun)

    def test(day: date) -> bool:
        length = calendar.monthrange(day.year, day.month)[1]
        days = [
            each for number in range(1, length + 1) if (each := day.replace(day=number)).weekday() in chosen
        ]
        return days[place - 1 if place > 0 else place] == day

    return test


_LEFT_OUT = re.compile(
    rf"from ({_DATE}) to ({_DATE})|on (\d+) dates|on ({_DATE})|((?:in|at) [a-zA-Z]+)((?:(?:,| and)? \d{{4}})*)"
)


def _differs(text: str, told: Told, year: int | None, breaks: Mapping[str, list[Days]]) -> None:
    if match := re.fullmatch(r"with (\d+) exceptions", text):
        told.exceptions = int(match[1])
    elif match := re.fullmatch(r"with (\d+) further dates", text):
        told.further = int(match[1])
    elif match := re.fullmatch(rf"from ({_DATE}), (.*)", text):
        turn = _day(match[1])
        off = match[2] in ("cancelled", "postponed")
        for day in [day for day in told.dates if day >= turn]:
            told.dates[day] = set() if off else {match[2]}
    elif text.startswith("not "):
        _left_out(text.removeprefix("not "), told, year, breaks)
    elif text.startswith("also "):
        found = re.findall(rf"on ({_DATE})(?: \((\d\d:\d\d(?:–\d\d:\d\d)?)\))?", text)
        assert re.sub(rf"on {_DATE}(?: \([^)]*\))?|, | and ", "", text) == "also ", text
        usual = next(iter(next(iter(told.dates.values()), {""})), "")
        days = _days([day for day, _ in found], None)
        for day, (_, clock) in zip(days, found, strict=True):
            told.dates.setdefault(day, set()).add(clock or usual)
    else:
        raise NotUnderstood(text)


def _left_out(text: str, told: Told, year: int | None, breaks: Mapping[str, list[Days]]) -> None:
    assert re.sub(r", | and ", "", _LEFT_OUT.sub("", text)) == "", text
    gone: list[Days] = []
    singles: list[str] = []
    for begins, ends, count, single, named, years in _LEFT_OUT.findall(text):
        if begins:
            last = _day(ends, year=year)
            gone.append((_day(begins, last, year=year), last))
        elif count:
            told.exceptions = int(count)
        elif single:
            singles.append(single)
        else:
            chosen = [int(each) for each in re.findall(r"\d{4}", years)]
            gone += [days for days in breaks[named] if not chosen or days[0].year in chosen]
    gone += [(day, day) for day in _days(singles, year)]
    told.dates = {
        day: clocks
        for day, clocks in told.dates.items()
        if not any(first <= day <= last for first, last in gone)
    }


def _days(texts: list[str], year: int | None) -> list[date]:
    """Read days one after another; one without a year has that of the next."""
    days: list[date] = []
    for text in reversed(texts):
        days.insert(0, _day(text, days[0] if days else None, year=year))
    return days


def _day(text: str, like: date | None = None, *, year: int | None = None) -> date:
    """Read a day; what it does not say is as in another."""
    number, *rest = text.split(" ")
    month = MONTHS.index(rest[0]) if rest else like.month if like else 0
    if len(rest) > 1:
        year = int(rest[1])
    elif like is not None:
        year = like.year
    if not year or not month:
        raise NotUnderstood(text)
    return date(year, month, int(number))


def _each(first: date, last: date) -> list[date]:
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]
