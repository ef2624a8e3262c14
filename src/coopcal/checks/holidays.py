"""Public holidays of countries: those that are known, and others where a library is installed that reckons them.

That library imports every country there is: whoever asks for known days alone does without it.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from importlib.util import find_spec

from coopcal.text.late import Table

Asked = tuple[str, int, tuple[str, ...]]
"""A country, a year, and the languages in which days are to be named."""

Days = Mapping[date, str]
"""Holidays, with their names."""

KNOWN: Table[Asked, Days] = Table("checks.holiday_library", "reckoned")
"""Those that were asked for."""


@cache
def installed() -> bool:
    """Return whether anything can be known."""
    return find_spec("holidays") is not None


def holidays_of(country: str, year: int, languages: Sequence[str]) -> Days:
    """Return the holidays of a country in a year, as ``holiday_library.reckoned`` tells them."""
    return KNOWN.get(country, year, tuple(languages))
