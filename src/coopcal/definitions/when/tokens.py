"""The days, times and dashes of a text in the words that people use, one behind the other."""

import re
from dataclasses import dataclass
from functools import lru_cache

from coopcal.definitions.when.names import months, weekdays

MIDNIGHT = 24
"""The hour that a day ends with."""

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
class Day:
    """A day; ``year`` where it is said."""

    month: int
    day: int
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Clock:
    """A time; ``half`` where morning or afternoon is said, ``bare`` for a number alone."""

    hour: int
    minute: int = 0
    half: str = ""
    bare: bool = False


class Dash:
    """A word or sign between from and to."""


Token = Day | Clock | Dash


def tokens(text: str, languages: tuple[str, ...]) -> list[Token] | None:
    """Return the days, times and dashes of a text; None where anything else stands in it."""
    pieces: list[Token] = []
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


def _day_at(text: str, at: int, before: list[Token], words: _Words) -> tuple[list[Token], int] | None:
    for pattern in _NUMERIC:
        if match := pattern.match(text, at):
            year = match.groupdict().get("year")
            full = int(year) if year and len(year) > 2 else 2000 + int(year) if year else None  # noqa: PLR2004 - two digits
            return [Day(int(match["month"]), int(match["day"]), full)], match.end()
    dated = any(isinstance(piece, Day) for piece in before) and isinstance(before[-1], Dash)
    if dated and (match := _NO_YEAR.match(text, at)):
        return [Day(int(match["month"]), int(match["day"]))], match.end()
    if match := words.day_month.match(text, at):
        return [_of_words(match, words)], match.end()
    if match := words.month_day.match(text, at):
        first = _of_words(match, words)
        if not match["last"]:
            return [first], match.end()
        return [first, Dash(), Day(first.month, int(match["last"]), first.year)], match.end()
    if day := _DAY_ONLY.match(text, at):  # "5–7 June 2027"
        dash = _DASH.match(text, day.end())
        later = (
            words.day_month.match(text, dash.end()) or _NUMERIC[2].match(text, dash.end()) if dash else None
        )
        if later:
            month = later["month"]
            number = int(month) if month.isdigit() else words.months[month.lower()]
            return [Day(number, int(day["day"]))], day.end()
    return None


def _of_words(match: re.Match[str], words: _Words) -> Day:
    return Day(
        words.months[match["month"].lower()], int(match["day"]), int(match["year"]) if match["year"] else None
    )


def _clock_at(text: str, at: int) -> tuple[list[Token], int] | None:
    if noon := _NOON.match(text, at):
        return [Clock(12 if noon["noon"] else 24)], noon.end()
    if digits := _DIGITS.match(text, at):
        return [Clock(int(digits["hour"]), int(digits["minute"]))], digits.end()
    match = _TIME.match(text, at)
    if match is None or match["offset"] or int(match["hour"]) > 24 or int(match["minute"] or 0) > 59:  # noqa: PLR2004 - the clock
        return None
    bare = not (match["mark"] or match["half"] or match["unit"])
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    if hour == MIDNIGHT and minute:
        return None
    return [Clock(hour, minute, (match["half"] or "").lower(), bare)], match.end()


def _dash_at(text: str, at: int, before: list[Token]) -> tuple[list[Token], int] | None:
    if not before or isinstance(before[-1], Dash):
        return None
    match = re.compile(r"(?:[-–—−‒/]\s*)+").match(text, at)
    return ([Dash()], match.end()) if match else None


def _word_at(text: str, at: int, words: _Words, before: list[Token]) -> tuple[list[Token], int] | None:
    """Take a weekday, a word that says nothing here, or one that stands between from and to."""
    match = re.compile(r"[^\W\d]+(?:['’](?:[^\W\d]+)?)?(?:-feira)?").match(text, at)
    if match is None:
        return None
    word = match[0].lower()
    if before and isinstance(before[-1], (Clock, Day)) and re.fullmatch(_TO, word):
        # Behind a day alone, words such as “alle” and “à” lead to a time; between two times they are “to”.
        leads = isinstance(before[-1], Day) and re.fullmatch(_FROM, word)
        if leads and _leads_to_time(text, match.end(), before, words):
            return [], match.end()
        return [Dash()], match.end()
    if (
        word.strip(".") in words.weekdays
        or re.fullmatch(_FROM, word)
        or (before and isinstance(before[-1], Dash) and re.fullmatch(_TO, word))
    ):
        return [], match.end()
    return None


def _leads_to_time(text: str, at: int, before: list[Token], words: _Words) -> bool:
    """Return whether a time stands next, perhaps behind an article."""
    behind = re.compile(r"\s*(?:(?:las?|ore|l['’])\s*)?").match(text, at)
    at = behind.end() if behind else at
    return _day_at(text, at, before, words) is None and _clock_at(text, at) is not None
