"""Dates as Babel writes them: where it is imported, it looks for the zone of the machine, in hundreds of files if need be."""

from babel.dates import format_date, format_skeleton, format_time, format_timedelta

__all__ = ["format_date", "format_skeleton", "format_time", "format_timedelta"]
