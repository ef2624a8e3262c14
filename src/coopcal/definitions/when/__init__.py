"""``when`` and other dates and times, as written → as meant."""

from coopcal.definitions.when.context import WhenContext
from coopcal.definitions.when.expression import decode_when
from coopcal.definitions.when.hours import decode_hours, in_zone
from coopcal.definitions.when.moments import parse_day, parse_duration, parse_moment

__all__ = [
    "WhenContext",
    "decode_hours",
    "decode_when",
    "in_zone",
    "parse_day",
    "parse_duration",
    "parse_moment",
]
