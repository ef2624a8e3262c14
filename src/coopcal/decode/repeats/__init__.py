"""``repeats``: staff's words for how an event recurs → a rule, and what differs on some of its dates."""

from coopcal.decode.repeats.dates import Day, breaks_of, read_days
from coopcal.decode.repeats.keys import ALSO, CHANGE, EXCEPT, REPEATS
from coopcal.decode.repeats.rule import Ending, decode_rule

__all__ = ["ALSO", "CHANGE", "EXCEPT", "REPEATS", "Day", "Ending", "breaks_of", "decode_rule", "read_days"]
