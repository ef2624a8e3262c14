"""Short words for templates."""

from datetime import date

from babel.dates import format_date, format_skeleton

from coopcal.text import dates
from coopcal.text.dates import language_in, locale


def weekday(day: date, language: str) -> str:
    """Return a weekday in a few letters."""
    return format_date(day, "EEE", locale(language))


def month(day: date, language: str) -> str:
    """Return a month in a few letters."""
    return format_date(day, "LLL", locale(language))


def country(code: str, language: str) -> str:
    """Return a country's name."""
    return dates.country(code, language)


def tongue(tag: str, language: str) -> str:
    """Return the name of a language in another."""
    return language_in(tag, language)


def day_in_words(day: date, language: str) -> str:
    """Return a day with its weekday, as people say it."""
    return dates.day(day, language)


def month_in_words(day: date, language: str, *, inside: bool = False) -> str:
    """Return a month and its year, beginning as a heading does, or as it is written inside a sentence."""
    words = format_skeleton("yMMMM", day, locale=locale(language))
    return words if inside else words[:1].upper() + words[1:]


def weekday_in_words(day: date, language: str) -> str:
    """Return a weekday, whole."""
    return format_date(day, "cccc", locale(language))


def iso_week(day: date) -> str:
    """Return the week that a day is in, as addresses name it: ``2026-W50`` (ISO 8601)."""
    year, number, _ = day.isocalendar()
    return f"{year}-W{number:02}"
