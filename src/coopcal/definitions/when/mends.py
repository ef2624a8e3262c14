"""Dates and times as people type them, and how they are written here."""

import re
from calendar import monthrange
from datetime import date

from coopcal.definitions.codes.dates import (
    BAD_DATE,
    BAD_TIME,
    BAD_WHEN,
    DASH_FOR_SLASH,
    NO_SUCH_DAY,
    NOT_KNOWN_YET,
)
from coopcal.definitions.when.diagnostics import Wrong, put
from coopcal.definitions.when.names import SPOKEN, months
from coopcal.model.message import MONTHS, Message, msg
from coopcal.model.problem import Code

FORMS = msg("write “2026-03-14”, “2026-03-14 09:00/17:30”, “2026-03-14/2026-03-16”, “2026-03” or “2026”")

_SECONDS = re.compile(r"(.*\d{1,2}:\d{2}):(\d{2})(?:[.,]\d+)?(Z|[+-]\d{2}:?\d{2})?")
_DOTTED_TIME = re.compile(
    r"(?P<before>(?:\d{4}-\d{2}-\d{2}[ T]+)?)(?P<hour>\d{1,2})(?:[hH]|\.|\s*[hH]\s*|\s*Uhr\s*|:)(?P<minute>\d{2})?"
)
_TWELVE_HOURS = re.compile(
    r"(?P<before>(?:\d{4}-\d{2}-\d{2}[ T]+)?)(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))?\s*(?P<half>[ap])\.?m\.?",
    re.IGNORECASE,
)
_NOON = re.compile(
    r"(?P<before>(?:\d{4}-\d{2}-\d{2}[ T]+)?)(?P<word>noon|midday|midnight|midi|minuit)", re.IGNORECASE
)
_LENGTH = re.compile(
    r"\+?\s*(?P<number>\d{1,3})\s*(?:(?P<hours>h|hrs?\.?|hours?|heures?|Stunden?|horas?|or[ae])|m|min\.?|minut\w+)",
    re.IGNORECASE,
)
_BEGINS = re.compile(r"(\d{1,2}):\d{2}[^/]*/$")
_DASHES = re.compile(r"\s*[–—‒−]\s*|\s+-\s+")
_HYPHEN_RANGE = re.compile(r"(.*\d{1,2}:\d{2})\s*-\s*(\d{1,2}:\d{2}.*)")
_BLANK_RANGE = re.compile(r"(.*\d{1,2}:\d{2})\s+(\d{1,2}:\d{2})")
_SHORT = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?P<rest>(?:\D.*)?)")
_DAY_FIRST = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?P<rest>.*)")
_MONTH_NAME = re.compile(
    r"(?:(?P<day>\d{1,2})(?:st|nd|rd|th|er|\.)?\s+(?:de\s+)?(?P<month>[^\W\d]+)\.?|(?P<month2>[^\W\d]+)\.?\s+(?P<day2>\d{1,2})(?:st|nd|rd|th)?),?"
    r"\s+(?:de\s+)?(?P<year>\d{4})(?P<rest>.*)"
)
_MONTH_YEAR = re.compile(r"([^\W\d]+)\.?\s+(?:de\s+)?(\d{4})")
_SOON = re.compile(
    r"(?:tba|tbd|tbc|t\.b\.a\.|to be .*|soon|tomorrow|today|next .*|\?+|unknown|n/?a)", re.IGNORECASE
)
_TWELVE = 12


def explain_value(value: str, unsigned: str, languages: tuple[str, ...]) -> Wrong | None:
    """Look for what spoils the whole value, before its sides are read; ``unsigned`` has no hyphens that are signs."""
    if match := _DASHES.search(unsigned):
        return Wrong.certain(
            DASH_FOR_SLASH,
            msg("From and to are joined by “/” here, not by a dash"),
            value,
            match.span(),
            "/",
        )
    if match := _HYPHEN_RANGE.fullmatch(unsigned):
        between = (match.end(1), match.start(2))
        return Wrong.certain(
            DASH_FOR_SLASH, msg("From and to are joined by “/” here, not by a hyphen"), value, between, "/"
        )
    if match := _BLANK_RANGE.fullmatch(unsigned):
        between = (match.end(1), match.start(2))
        return Wrong.certain(
            DASH_FOR_SLASH, msg("From and to are joined by “/” here, not by a blank"), value, between, "/"
        )
    for pattern in (_DAY_FIRST, _SHORT):
        match = pattern.fullmatch(value)
        if match and "/" in value[: match.start("rest")]:
            return explain_part(value, 0, len(value), languages)
    return None


def explain_part(value: str, start: int, end: int, languages: tuple[str, ...]) -> Wrong:
    """Say what is wrong with one side of ``when``, ``value[start:end]``, and how it is written."""
    text = value[start:end]
    wrong = (
        _length_as_typed(value, text, start, end)
        or _time_as_typed(value, text, start, end)
        or _day_as_typed(value, text, start, end, languages)
    )
    if wrong is not None:
        return wrong
    if not text:
        return Wrong(BAD_WHEN, msg("A date or time is missing here"), FORMS, start, end)
    if _SOON.fullmatch(text):
        return Wrong(
            NOT_KNOWN_YET,
            msg("“{text}” is no date; a date may be as vague as what is known", text=text),
            msg(
                "write the month (“2026-05”), the season (“autumn 2026”), the year (“2026”), or “draft: true” until it is known"
            ),
            start,
            end,
        )
    return Wrong(BAD_WHEN, msg("“{text}” is no date or time that is read here", text=text), FORMS, start, end)


def _length_as_typed(value: str, text: str, start: int, end: int) -> Wrong | None:
    """Look for how long something lasts where its end is wanted; “h” alone may be a time: “14:00/18h” is."""
    match = _LENGTH.fullmatch(text)
    begins = _BEGINS.search(value, 0, start)
    if match is None or begins is None:
        return None
    hours = match["hours"]
    if hours in ("h", "H") and int(match["number"]) > int(begins[1]):
        return None
    length = f"PT{int(match['number'])}{'H' if hours else 'M'}"
    message = msg("“{text}” is not read as how long it lasts; that begins with PT", text=text)
    return _wrong(BAD_TIME, message, value, (start, end), length)


def _wrong(code: Code, message: Message, value: str, bounds: tuple[int, int], instead: str) -> Wrong:
    """Make one whose mend is likely."""
    start, end = bounds
    return Wrong(code, message, FORMS, start, end, instead=[put(value, start, end, instead)])


def _time_as_typed(value: str, text: str, start: int, end: int) -> Wrong | None:
    if match := _SECONDS.fullmatch(text):
        clock = match[1] + (match[3] or "")
        if match[2] == "00":
            return Wrong.certain(BAD_TIME, msg("Times have no seconds"), value, (start, end), clock)
        return _wrong(BAD_TIME, msg("Times have no seconds"), value, (start, end), clock)
    if match := _TWELVE_HOURS.fullmatch(text):
        hour = int(match["hour"]) % _TWELVE + (_TWELVE if match["half"] in "pP" else 0)
        clock = f"{match['before']}{hour:02}:{match['minute'] or '00'}"
        return Wrong.certain(
            BAD_TIME, msg("Times are written by the 24-hour clock"), value, (start, end), clock
        )
    if match := _NOON.fullmatch(text):
        clock = "12:00" if match["word"].lower() in ("noon", "midday", "midi") else "00:00"
        message = msg("Times are written by the 24-hour clock")
        return _wrong(BAD_TIME, message, value, (start, end), match["before"] + clock)
    match = _DOTTED_TIME.fullmatch(text)
    if match and (match["minute"] or text[-1] in "hHr"):
        clock = f"{match['before']}{int(match['hour']):02}:{match['minute'] or '00'}"
        return Wrong.certain(
            BAD_TIME,
            msg("“{text}” is no time: hours and minutes are parted by a colon", text=text),
            value,
            (start, end),
            clock,
        )
    return None


def _day_as_typed(value: str, text: str, start: int, end: int, languages: tuple[str, ...]) -> Wrong | None:
    if match := _SHORT.fullmatch(text):
        return _date(value, (start, end), int(match[1]), int(match[3]), int(match[4]), match["rest"])
    if match := _DAY_FIRST.fullmatch(text):
        year = int(match[4]) if len(match[4]) > 2 else 2000 + int(match[4])  # noqa: PLR2004 - two digits
        first, second = int(match[1]), int(match[3])
        if match[2] == "/" and first <= _TWELVE and second <= _TWELVE and first != second:
            return Wrong(
                BAD_DATE,
                msg("“{text}” could be two days; dates are written year-month-day", text=text),
                FORMS,
                start,
                end,
                instead=[
                    put(value, start, end, f"{year}-{month:02}-{day:02}{match['rest']}")
                    for day, month in ((first, second), (second, first))
                ],
            )
        guessed = len(match[4]) == 2 or (match[2] == "-" and first <= _TWELVE and second <= _TWELVE)  # noqa: PLR2004
        if first <= _TWELVE < second:
            first, second = second, first
        return _date(value, (start, end), year, second, first, match["rest"], guessed=guessed)
    if match := _MONTH_NAME.fullmatch(text):
        number = months((*languages, *SPOKEN)).get((match["month"] or match["month2"]).lower())
        if number is not None:
            return _date(
                value,
                (start, end),
                int(match["year"]),
                number,
                int(match["day"] or match["day2"]),
                match["rest"],
            )
    match = _MONTH_YEAR.fullmatch(text)
    if match and (number := months((*languages, *SPOKEN)).get(match[1].lower())) is not None:
        return Wrong.certain(
            BAD_DATE,
            msg("“{text}” is a month, which is written in figures here", text=text),
            value,
            (start, end),
            f"{match[2]}-{number:02}",
        )
    return None


def _date(
    value: str, bounds: tuple[int, int], year: int, month: int, day: int, rest: str, *, guessed: bool = False
) -> Wrong | None:
    start, end = bounds
    try:
        written = date(year, month, day).isoformat()
    except ValueError:
        return _no_such_day(value, bounds, year, month, day, rest)
    message = msg(
        "“{text}” is a date, which is written year-month-day here, each with its zeros",
        text=value[start:end],
    )
    if guessed:
        return _wrong(BAD_DATE, message, value, bounds, written + rest)
    return Wrong.certain(BAD_DATE, message, value, bounds, written + rest)


def _no_such_day(value: str, bounds: tuple[int, int], year: int, month: int, day: int, rest: str) -> Wrong:
    start, end = bounds
    if not (1 <= month <= _TWELVE and year):
        return Wrong(NO_SUCH_DAY, msg("There is no day “{text}”", text=value[start:end]), FORMS, start, end)
    last = monthrange(year, month)[1]
    return _wrong(
        NO_SUCH_DAY,
        too_few_days(year, month, day),
        value,
        bounds,
        f"{date(year, month, min(max(day, 1), last))}{rest}",
    )


def too_few_days(year: int, month: int, day: int) -> Message:
    """Say that a month does not have a day."""
    return msg(
        "{month} {year} has {last} days, so there is no {day}",
        month=MONTHS[month - 1],
        year=year,
        last=monthrange(year, month)[1],
        day=day,
    )
