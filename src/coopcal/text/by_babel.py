"""What Babel writes of dates and knows of countries.

Where it knows anything of a language, it imports its dates, and these look for the zone of the machine: in hundreds of
files if need be.
"""

from babel.dates import format_date, format_skeleton, format_time, format_timedelta

from coopcal.text.dates import locale

__all__ = ["country", "format_date", "format_skeleton", "format_time", "format_timedelta"]


def country(code: str, language: str) -> str:
    """Return a country's name; its code where none is known."""
    return str(locale(language).territories.get(code, code))
