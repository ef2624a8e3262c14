"""``repeats``: staff's words for how an event recurs → a rule, and what differs on some of its dates."""

from coopcal.definitions.repeats.dates import Day, breaks_of, read_days
from coopcal.definitions.repeats.keys import ALSO, CHANGE, EXCEPT, REPEATS
from coopcal.definitions.repeats.rule import Ending, decode_rule

__all__ = ["ALSO", "CHANGE", "EXCEPT", "REPEATS", "Day", "Ending", "breaks_of", "decode_rule", "read_days"]
