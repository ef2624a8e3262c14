"""A record as it is stored: a line of JSON, which also names the feeds that select what it tells of."""

from collections.abc import Sequence
from typing import Any

from coopcal.site.codec import as_json, from_json
from coopcal.site.record import Record
from coopcal.site.scalars import exactly
from coopcal.site.stored import STORED

FEEDS = "feeds"
"""What the ids of feeds stand under; no record has such a field."""


def write_line(record: Record, feeds: Sequence[str] = ()) -> bytes:
    """Write a record, and the ids of the feeds that select it whatever their window is."""
    values = STORED.write(Record, record)
    if feeds:
        values[FEEDS] = feeds
    return as_json(values)


def read_line(line: bytes) -> tuple[Record, Sequence[str]]:
    """Read what ``write_line`` gave; for anything else raise TypeError, ValueError or KeyError."""
    values = from_json(line)
    feeds: list[Any] = exactly(list, exactly(dict, values).pop(FEEDS, []))
    return STORED.form(Record).read(values), [exactly(str, feed) for feed in feeds]
