"""What is different on a date of an event, put over what is so as usual."""

from collections.abc import Callable
from datetime import date

from coopcal.decode.record import Record
from coopcal.model.event import Event
from coopcal.source.node import Node

Patch = Callable[[Event, Node, Record, date | None], tuple[Event, str] | None]
"""(what takes place as usual, what is different, the keys there are, the day) → what takes place, its id."""
