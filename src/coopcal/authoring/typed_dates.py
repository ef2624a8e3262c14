"""Dates and times as people type them in answer to a question → as they are written.

Nothing is taken unseen: what is read here is shown in words, with its weekday, before it is written.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from coopcal.definitions.when.names import months, weekday_name, weekdays

SPOKEN = ("en", "fr", "es", "it", "pt", "de")
"""Languages whose names of months and weekdays are known, whatever the site's are."""

_DASHES = re.compile("[‐‑‒–—−]")
_JOIN = r"(?:-|/|to|till|until|bis(?:\s+(?:zum|zu))?|au|al|à|a|até|hasta|e|et|y|und|and|&)"
_JOINED = re.compile(rf"\s*{_JOIN}\s*(?=\S)")
_LEAD = re.compile(r"(?:(?:the|on|from|am|den|vom|von|le|du|el|del|il|dal|dia|de|do|em)\b\s*|l[’'])?")
_WEEKDAY = re.compile(r"([^\W\d]+(?:-feira)?)\b\.?,?\s*(?:(?:the|den|le|el|il|dia)\s+)?")
_ISO = re.compile(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})(?!\d)")
_FIGURES = re.compile(
    r"(\d{1,2})\s?([./-])\s?(\d{1,2})(?:\2\s?(\d{4})|\2(\d{2})(?!\d|[:.h]\d)|\.|(?=\s|$|,))"
)
_NUMBER = r"(\d{1,2})(?:st|nd|rd|th|er|º|ª|°|\.)?"
_DAY = re.compile(rf"{_NUMBER}(?!\d)(?![:h]\d)")
_YEAR = r"(?:,?\s*(?:de[l]?\s+|di\s+|do\s+)?(\d{4})(?!\d))?"
_NAMED = re.compile(rf"{_NUMBER}\s*(?:of\s+|de\s+|di\s+)?([^\W\d_]{{3,}})\b\.?{_YEAR}")
_NAME_FIRST = re.compile(rf"([^\W\d_]{{3,}})\.?\s+{_NUMBER}(?!\d)(?:\s*{_JOIN}\s*{_NUMBER}(?!\d))?{_YEAR}")
_CLOCK = re.compile(
    r"(?P<hour>\d{1,2})(?:\s?(?:[:.h]|uhr)\s?(?P<minute>\d{2}))?(?!\d)"
    r"\s*(?P<half>[ap]\.?\s?m\.?(?![^\W\d]))?|(?P<word>noon|midday|mezzogiorno|mittags?|midi|mediodía|meio-dia|midnight|mitternacht|minuit|mezzanotte|medianoche|meia-noite)"
)
_BETWEEN = re.compile(
    r"(?:[\s,;/-]|\b(?:from|at|to|till|until|between|and|o'clock|um|von|ab|bis|uhr|de|dès|à|a|las|la|hasta|das|às|as|até|"
    r"dalle|dalla|alle|alla|ore|ora|h|hrs|heures|horas|h\.)(?![^\W\d])|(?<=\d)h(?![^\W\d])|dall'|all')*"
)
_NIGHT = frozenset(["midnight", "mitternacht", "minuit", "mezzanotte", "medianoche", "meia-noite"])
_DEADLINE = re.compile(
    r"(?:until|by|jusqu['’]au|bis(?:\s+(?:zum|am))?|hasta(?:\s+el)?|fino\s+al?|até(?:\s+a)?)\s+"
)
_NOON = 12


@dataclass(frozen=True, slots=True)
class _Day:
    """A day as far as it is told."""

    day: int
    month: int | None = None
    year: int | None = None


def when_typed(typed: str, languages: tuple[str, ...], today: date) -> str | None:
    """Return how a date, or dates, with times or without, are written; None for what is not understood.

    Where the year is not told the next such day from ``today`` on is meant. A wrong weekday stays, so that it is told.
    """
    text = _DASHES.sub("-", unicodedata.normalize("NFKC", typed)).strip().strip(".,;!").lower()
    if deadline := _DEADLINE.match(text):
        until = when_typed(text[deadline.end() :], languages, today)
        return f"until {until}" if until and ":" in until and "/" not in until else None
    known = tuple(dict.fromkeys((*languages, *SPOKEN)))
    for start, weekday in _starts(text, known):
        days = _days(text, start, known)
        if days is None:
            continue
        first, last, end = days
        written = _written(first, last, _times(text[end:]), today) or _over_days(
            text, first, end, known, today
        )
        if written is not None:
            return _with_witness(written, weekday)
    return None


def _starts(text: str, languages: tuple[str, ...]) -> Iterator[tuple[int, int | None]]:
    """Return where the day may begin: behind words that lead to it, and behind its weekday."""
    lead = _LEAD.match(text)
    at = lead.end() if lead else 0
    named = _WEEKDAY.match(text, at)
    if named and named[1] in weekdays(languages):
        yield named.end(), weekdays(languages)[named[1]]
    yield at, None
    if at:
        yield 0, None


def _days(text: str, start: int, languages: tuple[str, ...]) -> tuple[_Day, _Day | None, int] | None:
    """Read a day, or the first and the last of several, and where what tells them ends."""
    match = _NAME_FIRST.match(text, start)
    if match and (month := months(languages).get(match[1])):
        year = int(match[4]) if match[4] else None
        last = _Day(int(match[3]), month, year) if match[3] else None
        return _Day(int(match[2]), month, year), last, match.end()
    single = _day(text, start, languages)
    if single is None:
        bare = _DAY.match(text, start)
        join = _JOINED.match(text, bare.end()) if bare else None
        second = _day(text, join.end(), languages) if join else None
        if bare is None or second is None:
            return None
        last, end = second
        return _Day(int(bare[1]), last.month, last.year), last, end
    first, end = single
    join = _JOINED.match(text, end)
    second = _day(text, _after_weekday(text, join.end(), languages), languages) if join else None
    if second is None:
        return first, None, end
    last, end = second
    return _Day(first.day, first.month, first.year or last.year), last, end


def _after_weekday(text: str, start: int, languages: tuple[str, ...]) -> int:
    named = _WEEKDAY.match(text, start)
    return named.end() if named and named[1] in weekdays(languages) else start


def _day(text: str, start: int, languages: tuple[str, ...]) -> tuple[_Day, int] | None:
    if match := _ISO.match(text, start):
        return _Day(int(match[3]), int(match[2]), int(match[1])), match.end()
    match = _NAMED.match(text, start)
    if match and (month := months(languages).get(match[2])):
        return _Day(int(match[1]), month, int(match[3]) if match[3] else None), match.end()
    match = _FIGURES.match(text, start)
    if match is None or (match[2] != "." and not (match[4] or match[5])):
        return None
    day, month = int(match[1]), int(match[3])
    if match[2] == "/" and day != month and day <= _NOON and month <= _NOON:
        return None  # two days may be meant
    if month > _NOON >= day:
        day, month = month, day
    year = int(match[4] or f"20{match[5]}") if match[4] or match[5] else None
    return _Day(day, month, year), match.end()


def _times(text: str) -> list[tuple[int, int]] | None:
    """Read no time, one, or two; None where anything else stands there."""
    clocks: list[tuple[int, int, str]] = []
    at = _past(text, 0)
    while at < len(text):
        match = _CLOCK.match(text, at)
        if match is None or len(clocks) == 2:  # noqa: PLR2004 - from and to
            return None
        half = (match["half"] or "")[:1]
        hour = int(match["hour"]) if match["hour"] else (0 if match["word"] in _NIGHT else _NOON)
        clocks.append((hour, int(match["minute"] or 0), half))
        at = _past(text, match.end())
    if len(clocks) == 2 and clocks[1][2] and not clocks[0][2]:  # noqa: PLR2004
        hour, minute, half = *clocks[0][:2], clocks[1][2]
        sooner = (hour % _NOON, minute) < (clocks[1][0] % _NOON, clocks[1][1])
        clocks[0] = (hour, minute, half if sooner or half == "a" else "a")
    times = [_by_24_hours(*clock) for clock in clocks]
    return None if None in times else [time for time in times if time]


def _past(text: str, at: int) -> int:
    between = _BETWEEN.match(text, at)
    return between.end() if between else at


def _by_24_hours(hour: int, minute: int, half: str) -> tuple[int, int] | None:
    if half:
        if not 1 <= hour <= _NOON:
            return None
        hour = hour % _NOON + (_NOON if half == "p" else 0)
    return (hour, minute) if hour <= 24 and minute <= 59 and (hour, minute) <= (24, 0) else None  # noqa: PLR2004


def _over_days(text: str, first: _Day, end: int, languages: tuple[str, ...], today: date) -> str | None:
    """Read a time, and the day and the time of the end."""
    for join in _JOINED.finditer(text, end):
        begins = _times(text[end : join.start()])
        second = _day(text, _after_weekday(text, join.end(), languages), languages)
        ends = _times(text[second[1] :]) if second else None
        if begins and ends and second and len(begins) == len(ends) == 1:
            return _written(first, second[0], [*begins, *ends], today)
    return None


def _written(first: _Day, last: _Day | None, times: list[tuple[int, int]] | None, today: date) -> str | None:
    if times is None:
        return None
    try:
        begin = _date(first, today)
        end = _date(last, begin) if last else begin
    except ValueError:
        return None
    if end < begin:
        return None
    if not times:
        return f"{begin}/{end}" if end != begin else str(begin)
    clocks = [f"{hour % 24:02}:{minute:02}" for hour, minute in times]
    if len(times) == 1:
        return f"{begin} {clocks[0]}" if end == begin and times[0][0] < 24 else None  # noqa: PLR2004 - the day's end
    if times[0][0] == 24:  # noqa: PLR2004 - the day's end
        return None
    over = end if last else begin + timedelta(days=times[1] <= times[0] or times[1][0] == 24)  # noqa: PLR2004
    return f"{begin} {clocks[0]}/{clocks[1]}" if over == begin else f"{begin} {clocks[0]}/{over} {clocks[1]}"


def _date(day: _Day, today: date) -> date:
    """Return the day that is told; raise ValueError where there is none. Without a year it is the next one."""
    month = day.month or today.month
    if day.year is not None:
        return date(day.year, month, day.day)
    soon = date(today.year, month, day.day)
    return soon if soon >= today else date(today.year + 1, month, day.day)


def _with_witness(written: str, weekday: int | None) -> str:
    day = date.fromisoformat(written[:10])
    if weekday is None or day.weekday() == weekday:
        return written
    return f"{weekday_name(weekday)} {written}"
