"""The rules of vCalendar 1.0 (``W1 MO WE #10``), which old telephones and organisers write, as those of iCalendar."""

import re

_RULE = re.compile(r"(D|W|MP|MD|YM|YD)(\d{1,4})((?: \S+)*)")
_COUNT = re.compile(r"#(\d{1,6})")
_END = re.compile(r"\d{8}(?:T\d{6}Z?)?")
_NTH = re.compile(r"([1-5])([+-])")
_WEEKDAY = re.compile(r"(MO|TU|WE|TH|FR|SA|SU)\$?")
_DAY = re.compile(r"(\d{1,3})([+-])?\$?")
_FREQUENCIES = {"D": "DAILY", "W": "WEEKLY", "MP": "MONTHLY", "MD": "MONTHLY", "YM": "YEARLY", "YD": "YEARLY"}
_LISTS = {"MD": "BYMONTHDAY", "YM": "BYMONTH", "YD": "BYYEARDAY"}
_USUAL_COUNT = 2
"""How often a rule holds that does not say it."""


def as_rrule(text: str) -> str | None:
    """Return a rule of vCalendar as an RRULE; None for what is none, and for rules within rules and times of the day."""
    match = _RULE.fullmatch(" ".join(text.upper().split()))
    if match is None:
        return None
    kind, words = match[1], match[3].split()
    ending = [f"COUNT={_USUAL_COUNT}"]
    written = list[str]()
    for word in words:
        if count := _COUNT.fullmatch(word):
            ending = [f"COUNT={count[1]}"] if int(count[1]) else []
        elif _END.fullmatch(word):
            ending = [f"UNTIL={word}"]
        else:
            written.append(word)
    days = _weekdays(written) if kind in ("W", "MP") else _numbers(written)
    if (
        days is None
        or (kind == "D" and written)
        or (kind == "MP" and not all(day[0].isdigit() or day[0] == "-" for day in days))
    ):
        return None
    name = _LISTS.get(kind, "BYDAY")
    listed = [f"{name}={','.join(days)}"] if days else []
    return ";".join([f"FREQ={_FREQUENCIES[kind]}", f"INTERVAL={match[2]}", *listed, *ending])


def _weekdays(words: list[str]) -> list[str] | None:
    """Return weekdays, each with the numbers in the month that stand before it."""
    weekdays, numbers, fresh = list[str](), list[str](), True
    for word in words:
        if nth := _NTH.fullmatch(word):
            numbers = [] if fresh else numbers
            numbers.append(f"{'-' if nth[2] == '-' else ''}{nth[1]}")
            fresh = False
        elif day := _WEEKDAY.fullmatch(word):
            weekdays += [f"{number}{day[1]}" for number in numbers or [""]]
            fresh = True
        else:
            return None
    return weekdays if fresh else None


def _numbers(words: list[str]) -> list[str] | None:
    numbers = list[str]()
    for word in words:
        if word in ("LD", "LD$"):
            numbers.append("-1")
        elif day := _DAY.fullmatch(word):
            numbers.append(f"{'-' if day[2] == '-' else ''}{int(day[1])}")
        else:
            return None
    return numbers
