"""Sentences for people, which can be said in other languages."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Literal, Self


class Message(str):
    """A sentence in English, with what is needed to say it in other languages.

    ``template`` is the English sentence with ``{names}`` for ``values``, and is looked up in the catalogues of
    ``coopcal.text``; ``plural`` is the same for another number than one, or "" where no number counts. A value that is a
    Message itself is said in the same language. To everything else a Message is the English string.
    """

    __slots__ = ("plural", "template", "values")

    template: str
    plural: str
    values: dict[str, object]

    def __new__(cls, template: str, values: dict[str, object] | None = None, plural: str = "") -> Self:
        """Fill in the values."""
        values = values or {}
        chosen = plural if plural and values["count"] != 1 else template
        made = super().__new__(cls, chosen.format(**values) if values else chosen)
        made.template, made.plural, made.values = template, plural, values
        return made

    def __reduce__(self) -> tuple[type["Message"], tuple[Any, ...]]:
        """Say how it is copied, and handed to other processes."""
        return (Message, (self.template, self.values, self.plural))


class Name(str):
    """The English name of a country or a language, which has another in other languages.

    ``kind`` is "country" or "language"; ``code`` is that of ISO 3166 or BCP 47.
    """

    __slots__ = ("code", "kind")

    kind: Literal["country", "language"]
    code: str

    def __new__(cls, name: str, kind: Literal["country", "language"], code: str) -> Self:
        """Make it."""
        made = super().__new__(cls, name)
        made.kind, made.code = kind, code
        return made

    def __reduce__(self) -> tuple[type["Name"], tuple[str, str, str]]:
        """Say how it is copied, and handed to other processes."""
        return (Name, (str(self), self.kind, self.code))


class Number(int):
    """A number that is written as people of a language write it: 20,000 or 20.000."""

    def __format__(self, spec: str) -> str:
        """Write it in English."""
        return format(int(self), spec or ",")


class Measure(float):
    """A measured number, which is written to a tenth as people of a language write it: 0.4 or 0,4."""

    def __format__(self, spec: str) -> str:
        """Write it in English."""
        return format(float(self), spec or ",.1f")


def msg(template: str, **values: object) -> Message:
    """Return a sentence; ``{names}`` in it are filled in from ``values``."""
    return Message(template, values)


def plural(one: str, other: str, count: int, **values: object) -> Message:
    """Return a sentence about a number of things; ``{count}`` is filled in, too."""
    return Message(one, {"count": count, **values}, other)


def lasting(seconds: float) -> Message:
    """Return how long something lasts: to a tenth of a second where it is short, in minutes where it is long."""
    if seconds < _TENTH:
        return msg("less than {seconds} seconds", seconds=Measure(_TENTH))
    if seconds < _TO_A_TENTH and seconds != int(seconds):
        return msg("{seconds} seconds", seconds=Measure(seconds))
    if seconds < _IN_MINUTES:
        return plural("{count} second", "{count} seconds", round(seconds))
    return plural("{count} minute", "{count} minutes", round(seconds / 60))


_TENTH, _TO_A_TENTH, _IN_MINUTES = 0.1, 10, 120


def reason_of(error: Exception) -> str:
    """Return why an exception was raised, as the message that it was given."""
    return next((arg for arg in error.args if isinstance(arg, Message)), None) or str(error)


def listed(parts: Sequence[str]) -> str:
    """Return several texts or sentences one behind the other, with commas between; "" for none."""
    joined = ""
    for part in parts:
        joined = msg("{before}, {next}", before=joined, next=part) if joined else part
    return joined


WEEKDAYS = (
    msg("Monday"),
    msg("Tuesday"),
    msg("Wednesday"),
    msg("Thursday"),
    msg("Friday"),
    msg("Saturday"),
    msg("Sunday"),
)

MONTHS = (
    msg("January"),
    msg("February"),
    msg("March"),
    msg("April"),
    msg("May"),
    msg("June"),
    msg("July"),
    msg("August"),
    msg("September"),
    msg("October"),
    msg("November"),
    msg("December"),
)


def weekday_of(day: date) -> Message:
    """Return the name of the weekday of a day."""
    return WEEKDAYS[day.weekday()]


def with_weekday(day: date) -> Message:
    """Return a day with its weekday: "Tuesday 2026-09-08"."""
    return msg("{weekday} {day}", weekday=weekday_of(day), day=day)
