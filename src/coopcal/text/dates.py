"""Dates as people say them, by language."""

import re
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Literal

from babel import Locale, UnknownLocaleError

from coopcal import zones
from coopcal.model.when import (
    Approximately,
    DayOnly,
    Deadline,
    Hours,
    Imprecise,
    Precision,
    Timed,
    When,
    WholeDays,
    days_of,
)
from coopcal.text.catalogues import LANGUAGES, VARIANTS
from coopcal.text.late import Table, late
from coopcal.text.words import FALLBACK, joined, word
from coopcal.text.zone_names import zone_name

COUNTRIES: Table[tuple[str, str], str] = Table("text.by_babel", "country", 4096)
"""Names of countries that were asked for, by codes (ISO 3166) and languages (BCP 47)."""


def _babel(name: str) -> Callable[..., str]:
    """Return a function of Babel's that writes a date, a time or a length of time."""
    function: Callable[..., str] = late("text.by_babel", name)
    return function


def language_name(tag: str) -> str:
    """Return a language's name for itself; the BCP 47 tag where none is known."""
    try:
        return Locale.parse(tag, sep="-").get_display_name() or tag
    except (UnknownLocaleError, ValueError):
        return tag


def language_in(tag: str, language: str) -> str:
    """Return a language's name in another; its BCP 47 tag where none is known."""
    names = locale(language).languages
    return names.get(tag.replace("-", "_")) or names.get(tag.split("-", maxsplit=1)[0]) or tag


def country(code: str, language: str) -> str:
    """Return a country's name; its code where none is known."""
    return COUNTRIES.get(code, language)


@lru_cache(maxsize=256)
def locale(language: str) -> Locale:
    """Return Babel's locale of a BCP 47 tag, of its primary subtag, or English.

    A language that has no words of coopcal's is said in English, so that no sentence mixes two. Portuguese without a
    region is that of Portugal, though Babel takes it for Brazil's.
    """
    primary = language.split("-", maxsplit=1)[0]
    if primary not in LANGUAGES:
        language = FALLBACK
    elif primary == "pt" and language not in VARIANTS:
        language = "pt-PT"
    for tag in (language, language.split("-", maxsplit=1)[0], "en"):
        try:
            return Locale.parse(tag, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    raise AssertionError("English is always there")


@lru_cache(maxsize=1024)
def timezone_name(name: str, language: str) -> str:
    """Say a time zone in words, whether summer or winter: ``Central European Time``."""
    if name in _UTC:
        return "UTC"
    if fixed := _FIXED.fullmatch(name):
        return word("anywhere", language) if name == ANYWHERE else _of_offset(int(fixed[1]))
    return zone_name(name, locale(language), language)


ANYWHERE = "Etc/GMT+12"
"""The zone in which a day ends last: “anywhere on earth”."""

_DAY = timedelta(days=1)

_UTC = frozenset({"UTC", "UCT", "Universal", "Zulu", "Etc/UTC", "Etc/UCT", "Etc/Universal", "Etc/Zulu"})

_FIXED = re.compile(r"Etc/GMT(?P<behind>[+-]?\d{1,2})")


def _of_offset(behind: int) -> str:
    """Say a zone that is hours behind UTC: ``UTC+2`` of -2, as the signs of these names are the other way round."""
    return f"UTC{-behind:+d}" if behind else "UTC"


def zoned(time: str, timezone: str, language: str) -> str:
    """Say behind a time whose it is: ``09:00–10:00 (Japan Time)``."""
    return word("zoned", language, when=time, zone=timezone_name(timezone, language))


def is_local_elsewhere(moment: datetime, *homes: str) -> bool:
    """Return whether clocks in any of these zones show another time at that moment than its own zone's do."""
    others = [zone for home in homes if (zone := zones.zone(home)) is not moment.tzinfo]
    return any(moment.astimezone(zone).utcoffset() != moment.utcoffset() for zone in others)


@lru_cache(maxsize=16384)
def day(value: date, language: str) -> str:
    """Say a day: ``Saturday 14 March 2026`` in the order of the language; French counts the first alone: ``1er mars``."""
    known = locale(language)
    pattern = "EEEE d MMMM y" if known.language == "en" else "full"
    if known.language == "fr" and value.day == 1:
        pattern = "EEEE d'er' MMMM y"
    return _usual_blanks(by_pattern(value, pattern, known))


def by_pattern(day: date, pattern: str, known: Locale) -> str:
    """Return a day as a pattern of Unicode's (UTS 35) or the name of a length has it."""
    return _babel("format_date")(day, pattern, known)


def month(value: date, language: str) -> str:
    """Say a month: ``May 2012``; ``mayo de 2012``."""
    return _babel("format_skeleton")("yMMMM", value, locale=locale(language))


def clock(value: datetime, language: str) -> str:
    """Say a time of day, by the 24-hour clock."""
    return _clock(value.time().replace(second=0, microsecond=0), language)


@lru_cache(maxsize=16384)
def _clock(value: time, language: str) -> str:
    return _babel("format_time")(value, "HH:mm", locale=locale(language))


def moment(value: date | datetime, language: str) -> str:
    """Say a day or a moment."""
    if isinstance(value, datetime):
        return f"{day(value.date(), language)}, {clock(value, language)}"
    return day(value, language)


_Unit = Literal["day", "hour", "minute"]


def so_long_before(length: timedelta, language: str) -> str:
    """Say that something is so long before something else, whole minutes: ``1 day and 12 hours before``."""
    hours, minutes = divmod(length.seconds // 60, 60)
    parts: tuple[tuple[_Unit, int], ...] = (("day", length.days), ("hour", hours), ("minute", minutes))
    said = [_units(unit, count, language) for unit, count in parts if count]
    return word("before", language, length=joined(said, language))


def so_many_days(count: int, language: str) -> str:
    """Say a number of days: ``2 days``."""
    return _units("day", count, language)


def _units(unit: _Unit, count: int, language: str) -> str:
    length = timedelta(**{f"{unit}s": count})
    known = locale(language)
    return _usual_blanks(
        _babel("format_timedelta")(length, granularity=unit, threshold=sys.maxsize, locale=known)
    )


def when(value: When, language: str) -> str:
    """Say when something is, as precisely as it is known."""
    match value:
        case WholeDays(first, last):
            return _days(first, last, language)
        case DayOnly(only):
            return day(only, language)
        case Deadline(at):
            return word("until", language, when=moment(at, language))
        case Imprecise():
            return imprecise(value, language)
        case Timed(start, None):
            return moment(start, language)
        case Timed(start, datetime() as end) if end.date() == start.date():
            return f"{moment(start, language)}–{clock(end, language)}"
        case Timed(start, datetime() as end):
            return f"{moment(start, language)} – {moment(end, language)}"
        case _:
            raise AssertionError(value)


def as_date(value: When, language: str) -> str:
    """Say when something is within a sentence, without the words that a deadline or an imprecise date begins with."""
    match value:
        case Deadline(at):
            return moment(at, language)
        case Imprecise(begin=first, end=last):
            return " – ".join(approximately(end, language) for end in dict.fromkeys((first, last)))
        case _:
            return when(value, language)


def clocks(value: When, language: str) -> str:
    """Say when something is on any day: its times alone, where it has some; an end within a day is told, over midnight too."""
    match value:
        case Timed(start, datetime() as end) if end - start < _DAY:
            return f"{clock(start, language)}–{clock(end, language)}"
        case Timed(start):
            return clock(start, language)
        case _:
            return when(value, language)


def below(value: When, on: date, language: str) -> str:
    """Say what is left to say of when something is below a heading that names one of its days.

    ``10:00–16:00``; ``until Sunday 4 October 2026`` below the first of several, ``until 16:00`` below the last one; "" where the day says all.
    """
    first, last = days_of(value)
    match value:
        case Deadline(at):
            return word("recurs_by", language, clock=clock(at, language))
        case WholeDays() if on == first < last:
            return word("lasts_until", language, when=day(last, language))
        case Timed(start, datetime() as end) if on == first and end - start >= _DAY:
            return f"{clock(start, language)} – {moment(end, language)}"
        case Timed() if on == first:
            return clocks(value, language)
        case Timed(end=datetime() as end) if on == last:
            return word("lasts_until_clock", language, clock=clock(end, language))
        case _:
            return ""


def begin(value: When, language: str) -> str:
    """Say when something begins, as precisely as it is known."""
    return when(beginning(value), language)


def beginning(value: When) -> When:
    """Return the beginning alone of what has one."""
    match value:
        case WholeDays(first):
            return WholeDays(first, first)
        case Timed():
            return replace(value, end=None)
        case _:
            return value


def _days(first: date, last: date, language: str) -> str:
    return day(first, language) if first == last else f"{day(first, language)} – {day(last, language)}"


def imprecise(value: Imprecise, language: str) -> str:
    """Say an imprecise date in neutral words: ``Some time in May 2012``."""
    if value.begin == value.end:
        return word("some_time_in", language, when=approximately(value.begin, language))
    return word(
        "some_time_between",
        language,
        first=approximately(value.begin, language),
        last=approximately(value.end, language),
    )


def approximately(value: Approximately, language: str) -> str:
    """Say one end of an imprecise date: ``May 2012``, ``about 2016``, ``autumn 2027``."""
    match value.precision:
        case Precision.YEAR:
            words = str(value.year)
        case Precision.SEASON:
            assert value.season is not None
            words = word(value.season.value, language, year=str(value.year))
        case Precision.MONTH:
            words = month(date(value.year, value.month or 1, 1), language)
        case Precision.DAY:
            words = day(date(value.year, value.month or 1, value.day or 1), language)
    if value.approximate:
        words = word("approximately", language, when=words)
    if value.uncertain:
        words = word("uncertain", language, when=words)
    return words


def hours(value: Hours, language: str) -> str:
    """Say opening hours: ``Saturday 10:00–18:00``."""
    times = f"{value.opens:%H:%M}–{value.closes:%H:%M}"
    if value.day is not None:
        return f"{day(value.day, language)} {times}"
    if value.weekday is not None:
        name = locale(language).days["format"]["wide"][value.weekday]
        return f"{name} {times}"
    return times


def _usual_blanks(text: str) -> str:
    return text.replace("\u202f", " ").replace("\u2009", " ").replace("\xa0", " ")
