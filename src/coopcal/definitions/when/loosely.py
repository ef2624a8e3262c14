"""Dates and times in the words that people use, in the languages that coopcal speaks → how they are written here."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from coopcal.definitions.when.names import SPOKEN, months, weekdays

_MIDNIGHT = 24
"""The hour that a day ends with."""

LONGEST = 120
"""Characters of a text that is looked at."""

_TO = (
    "to|till|til|until|thru|through|bis|à|a|au|alle|al|all['’]|fino|sino|à[s]|as|às|até|hasta|jusqu['’](?:à|au)|"
    "and|et|und|e|y|ed"
)
_FROM = (
    "from|on|at|the|between|starting|von|vom|ab|am|um|im|den|der|zwischen|dalle|dal|dall['’]|ore|alle|il|del|dei|tra|da|"
    "à|a|de|du|dès|entre|le|partir|les|des|desde|das|do|no|na|na?s|el|las|los|la|h|hrs?|uhr|o'clock|heures?|horas?|às|as"
)
_HALVES = r"(?P<half>[ap])\.?\s?m\.?(?![^\W\d])"
_UNIT = r"(?:h(?:rs?|eures?|oras?)?|uhr|o['’]clock|horas?)(?![^\W\d_])"
_TIME = re.compile(
    rf"(?P<hour>\d{{1,2}})(?:\s?(?P<mark>[:.;h])\s?(?P<minute>\d{{2}})(?::\d{{2}})?(?!\d))?"
    rf"\s?(?:{_HALVES}|(?P<unit>{_UNIT}))?(?P<offset>Z|[+]\d{{2}}:\d{{2}})?(?![\d])",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"(?P<hour>[01]\d|2[0-4])(?P<minute>[0-5]\d)(?:\d{2})?(?!\d)")
_NOON = re.compile(
    r"(?P<noon>noon|midday|midi|mittags?|mezzogiorno|mediodía|meio-dia)|(?:midnight|minuit|mitternacht|mezzanotte|medianoche|meia-noite)",
    re.IGNORECASE,
)
_NUMERIC = (
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?!\d)T?"),
    re.compile(r"(?P<year>\d{4})(?P<mark>[./])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})(?!\d)"),
    re.compile(r"(?P<day>\d{1,2})(?P<mark>[./-])(?P<month>\d{1,2})(?P=mark)(?P<year>\d{4})(?!\d)"),
    re.compile(r"(?P<day>\d{1,2})(?P<mark>[./])(?P<month>\d{1,2})(?P=mark)(?P<year>\d{2})(?!\d)"),
    re.compile(r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?!\d)"),
    re.compile(r"(?P<year>20\d{2})(?P<month>\d{2})(?P<day>\d{2})(?:T|(?!\d))"),
)
_NO_YEAR = re.compile(r"(?P<month>\d{2})-(?P<day>\d{2})(?!\d)T?")
_ORDINAL = r"(?:st|nd|rd|th|er|º|ª|°|\.)?"
_DASH = re.compile(
    r"\s*[-–—−‒/]\s*|\s+(?:bis|to|au|al|a|à|até|hasta|thru|through|und|and|et|e|y)\s+", re.IGNORECASE
)
_SKIPPED = re.compile(r"[\s,;()]+|\.(?=\s|$)")
_ALL_DAY = re.compile(
    r"(?:all[ -]day|whole day|toute la journée|journée entière|ganztägig|ganztags|den ganzen Tag|tutto il giorno|"
    r"(?:l['’])?intera giornata|tutta la giornata|todo el día|todo o dia|(?:o )?dia (?:todo|inteiro))(?![^\W\d])",
    re.IGNORECASE,
)
_DAY_ONLY = re.compile(r"(?P<day>\d{1,2})\.?(?!\d)")


@dataclass(frozen=True, slots=True)
class _Day:
    month: int
    day: int
    year: int | None = None


@dataclass(frozen=True, slots=True)
class _Clock:
    """A time; ``half`` where morning or afternoon is said, ``bare`` for a number alone."""

    hour: int
    minute: int = 0
    half: str = ""
    bare: bool = False


class _Dash:
    """A word or sign between from and to."""


Piece = _Day | _Clock | _Dash


def loosely(text: str, languages: tuple[str, ...], day: date | None = None) -> tuple[str, ...]:
    """Return what a text may mean, as it is written here, the likelier first; () where that is not clear.

    ``day`` is the one that times without a day are of. Every part of the text has to make sense.
    """
    if len(text) > LONGEST:
        return ()
    pieces = _pieces(text, (*languages, *SPOKEN))
    return tuple(dict.fromkeys(_meant(pieces, day))) if pieces else ()


def _pieces(text: str, languages: tuple[str, ...]) -> list[Piece] | None:
    """Return the days, times and dashes of a text; None where anything else stands in it."""
    pieces: list[Piece] = []
    at, words = 0, _words(languages)
    while at < len(text):
        if skipped := _SKIPPED.match(text, at) or _ALL_DAY.match(text, at):
            at = skipped.end()
            continue
        taken = (
            _day_at(text, at, pieces, words)
            or _clock_at(text, at)
            or _dash_at(text, at, pieces)
            or _word_at(text, at, words, pieces)
        )
        if taken is None:
            return None
        pieces += taken[0]
        at = taken[1]
    return pieces


@dataclass(frozen=True, slots=True)
class _Words:
    months: dict[str, int]
    weekdays: frozenset[str]
    day_month: re.Pattern[str]
    month_day: re.Pattern[str]


@lru_cache(maxsize=16)
def _words(languages: tuple[str, ...]) -> _Words:
    named = months(languages)
    either = "|".join(sorted((re.escape(name) for name in named if len(name) > 2), key=len, reverse=True))  # noqa: PLR2004 - a word
    of = r"(?:de\s+|di\s+|d['’]|of\s+|del\s+)?"
    year = r"(?:,?\s*(?:de\s+|del\s+)?(?P<year>\d{4}))?(?!\d)"
    return _Words(
        named,
        frozenset(weekdays(languages)),
        re.compile(
            rf"(?P<day>\d{{1,2}}){_ORDINAL}\s*{of}(?P<month>{either})(?![^\W\d])\.?{year}", re.IGNORECASE
        ),
        re.compile(
            rf"(?P<month>{either})(?![^\W\d])\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?!\d|[:h])"
            rf"(?:\s*(?:-|–|—|to)\s*(?P<last>\d{{1,2}})(?:st|nd|rd|th)?(?!\d|[:h]))?{year}",
            re.IGNORECASE,
        ),
    )


def _day_at(text: str, at: int, before: list[Piece], words: _Words) -> tuple[list[Piece], int] | None:
    for pattern in _NUMERIC:
        if match := pattern.match(text, at):
            year = match.groupdict().get("year")
            full = int(year) if year and len(year) > 2 else 2000 + int(year) if year else None  # noqa: PLR2004 - two digits
            return [_Day(int(match["month"]), int(match["day"]), full)], match.end()
    dated = any(isinstance(piece, _Day) for piece in before) and isinstance(before[-1], _Dash)
    if dated and (match := _NO_YEAR.match(text, at)):
        return [_Day(int(match["month"]), int(match["day"]))], match.end()
    if match := words.day_month.match(text, at):
        return [_of_words(match, words)], match.end()
    if match := words.month_day.match(text, at):
        first = _of_words(match, words)
        if not match["last"]:
            return [first], match.end()
        return [first, _Dash(), _Day(first.month, int(match["last"]), first.year)], match.end()
    if day := _DAY_ONLY.match(text, at):  # "5–7 June 2027"
        dash = _DASH.match(text, day.end())
        later = (
            words.day_month.match(text, dash.end()) or _NUMERIC[2].match(text, dash.end()) if dash else None
        )
        if later:
            month = later["month"]
            number = int(month) if month.isdigit() else words.months[month.lower()]
            return [_Day(number, int(day["day"]))], day.end()
    return None


def _of_words(match: re.Match[str], words: _Words) -> _Day:
    return _Day(
        words.months[match["month"].lower()], int(match["day"]), int(match["year"]) if match["year"] else None
    )


def _clock_at(text: str, at: int) -> tuple[list[Piece], int] | None:
    if noon := _NOON.match(text, at):
        return [_Clock(12 if noon["noon"] else 24)], noon.end()
    if digits := _DIGITS.match(text, at):
        return [_Clock(int(digits["hour"]), int(digits["minute"]))], digits.end()
    match = _TIME.match(text, at)
    if match is None or match["offset"] or int(match["hour"]) > 24 or int(match["minute"] or 0) > 59:  # noqa: PLR2004 - the clock
        return None
    bare = not (match["mark"] or match["half"] or match["unit"])
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    if hour == _MIDNIGHT and minute:
        return None
    return [_Clock(hour, minute, (match["half"] or "").lower(), bare)], match.end()


def _dash_at(text: str, at: int, before: list[Piece]) -> tuple[list[Piece], int] | None:
    if not before or isinstance(before[-1], _Dash):
        return None
    match = re.compile(r"(?:[-–—−‒/]\s*)+").match(text, at)
    return ([_Dash()], match.end()) if match else None


def _word_at(text: str, at: int, words: _Words, before: list[Piece]) -> tuple[list[Piece], int] | None:
    """Take a weekday, a word that says nothing here, or one that stands between from and to."""
    match = re.compile(r"[^\W\d]+(?:['’](?:[^\W\d]+)?)?(?:-feira)?").match(text, at)
    if match is None:
        return None
    word = match[0].lower()
    if before and isinstance(before[-1], (_Clock, _Day)) and re.fullmatch(_TO, word):
        # Behind a day alone, words such as “alle” and “à” lead to a time; between two times they are “to”.
        leads = isinstance(before[-1], _Day) and re.fullmatch(_FROM, word)
        if leads and _leads_to_time(text, match.end(), before, words):
            return [], match.end()
        return [_Dash()], match.end()
    if (
        word.strip(".") in words.weekdays
        or re.fullmatch(_FROM, word)
        or (before and isinstance(before[-1], _Dash) and re.fullmatch(_TO, word))
    ):
        return [], match.end()
    return None


def _leads_to_time(text: str, at: int, before: list[Piece], words: _Words) -> bool:
    """Return whether a time stands next, perhaps behind an article."""
    behind = re.compile(r"\s*(?:(?:las?|ore|l['’])\s*)?").match(text, at)
    at = behind.end() if behind else at
    return _day_at(text, at, before, words) is None and _clock_at(text, at) is not None


def _meant(pieces: list[Piece], day: date | None) -> Iterator[str]:
    match pieces:
        case [_Day() as one]:
            yield from _written(one, None)
        case [_Day() as one, _Clock() as at] | [_Clock() as at, _Day() as one]:
            yield from _written(one, at)
        case [_Day() as one, _Dash(), _Day() as other]:
            yield from _days(one, other)
        case [_Day() as one, _Clock() as at, _Dash(), _Clock() as to] | [
            _Clock() as at,
            _Dash(),
            _Clock() as to,
            _Day() as one,
        ]:
            yield from _hours(one, at, to)
        case [_Day() as one, _Clock() as at, _Dash(), _Day() as other, _Clock() as to]:
            yield from _moments(one, at, other, to)
        case [_Day() as one, _Dash(), _Day() as other, _Clock()]:
            yield from _days(one, other)
        case [_Clock() as at, _Dash(), _Clock() as to] if day is not None:
            at, to = _halves(at, to)
            end = _shown(to) if to.hour < _MIDNIGHT else f"{day + timedelta(days=1)} 00:00"
            yield f"{_shown(at)}/{end}"
        case [_Clock(bare=False) as at] if day is not None:
            yield _shown(_halves(at, at)[0])
        case _:
            return


def _written(one: _Day, at: _Clock | None) -> Iterator[str]:
    day = _date(one)
    if day is None:
        return
    if at is None:
        yield day.isoformat()
        return
    clock = _halves(at, at)[0]
    if clock.hour < _MIDNIGHT:
        yield f"{day} {_shown(clock)}"
    else:
        yield f"{day + timedelta(days=1)} 00:00"


def _days(one: _Day, other: _Day) -> Iterator[str]:
    first, last = _dates(one, other)
    if first and last:
        yield f"{first}/{last}"


def _hours(one: _Day, at: _Clock, to: _Clock) -> Iterator[str]:
    day = _date(one)
    if day is None:
        return
    at, to = _halves(at, to)
    if to.hour < _MIDNIGHT and (to.hour, to.minute) > (at.hour, at.minute):
        yield f"{day} {_shown(at)}/{_shown(to)}"
    elif at.hour < _MIDNIGHT:
        yield f"{day} {_shown(at)}/{day + timedelta(days=1)} {_shown(to)}"


def _moments(one: _Day, at: _Clock, other: _Day, to: _Clock) -> Iterator[str]:
    first, last = _dates(one, other)
    if first is None or last is None:
        return
    begin, end = _halves(at, at)[0], _halves(to, to)[0]
    last += timedelta(days=end.hour // 24)
    if begin.hour < _MIDNIGHT:
        yield f"{first} {_shown(begin)}/{last} {_shown(end)}"


def _dates(one: _Day, other: _Day) -> tuple[date | None, date | None]:
    """Return two days, of which one may have its year from the other."""
    first, last = _date(one, other.year), _date(other, one.year)
    if first and last and last < first:
        if one.year is None:
            first = _date(one, last.year - 1)
        elif other.year is None:
            last = _date(other, first.year + 1)
    return first, last


def _date(one: _Day, year: int | None = None) -> date | None:
    meant = one.year or year
    try:
        return date(meant, one.month, one.day) if meant else None
    except ValueError:
        return None


def _halves(at: _Clock, to: _Clock) -> tuple[_Clock, _Clock]:
    """Return two times by the 24-hour clock; “4 to 6 pm” is in the afternoon both times."""
    end = _of_half(to, to.half)
    begin = _of_half(at, at.half or to.half)
    if not at.half and to.half and begin.hour > end.hour:
        begin = at
    return begin, end


def _of_half(clock: _Clock, half: str) -> _Clock:
    if not half or not 1 <= clock.hour <= 12:  # noqa: PLR2004 - the clock
        return clock
    return _Clock(clock.hour % 12 + (12 if half == "p" else 0), clock.minute)


def _shown(clock: _Clock) -> str:
    return f"{clock.hour % 24:02}:{clock.minute:02}"
