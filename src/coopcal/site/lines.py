"""What has a line to itself in the files of a shard: records of what takes place, and rows of what was published of it."""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from json import JSONDecoder
from typing import Any, NamedTuple

from coopcal.model.when import start_of
from coopcal.site.codec import as_json, from_json
from coopcal.site.record import OverrideRecord, Record
from coopcal.site.scalars import exactly
from coopcal.site.stored import STORED

FEEDS = "feeds"
"""What the ids of feeds stand under; no record has such a field."""


Line = tuple[Record, Sequence[str]]
"""A record, and the ids of the feeds that select it."""

ReadLine = Callable[[str], Line]


def write_line(record: Record, feeds: Sequence[str] = ()) -> bytes:
    """Write a record, and the ids of the feeds that select it whatever their window is."""
    values = STORED.write(Record, record)
    if feeds:
        values[FEEDS] = feeds
    return as_json(values)


def read_line(line: bytes | str) -> Line:
    """Read what ``write_line`` gave; for anything else raise TypeError, ValueError or KeyError."""
    values = from_json(line)
    feeds: list[Any] = exactly(list, exactly(dict, values).pop(FEEDS, []))
    return STORED.form(Record).read(values), [exactly(str, feed) for feed in feeds]


class KnownLines:
    """Reads lines, and knows by their digests those that it was asked for since the round before began: as many as a site has."""

    def __init__(self) -> None:
        """Know nothing yet."""
        self._now: dict[bytes, Line] = {}
        self._before: dict[bytes, Line] = {}

    def begin(self) -> None:
        """Begin a round: what is not asked for in it is forgotten at its end."""
        self._before, self._now = self._now, {}

    def read(self, line: str) -> Line:
        """Read a line as ``read_line`` does."""
        name = hashlib.sha256(line.encode()).digest()
        known = self._now[name] = self._before.get(name) or read_line(line)
        return known


class Records(NamedTuple):
    """Records in order, and the numbers of those that each feed selects, by its id."""

    all: tuple[Record, ...]
    selected: Mapping[str, Sequence[int]]


def read_records(shards: Iterable[bytes], read: ReadLine = read_line) -> Records:
    """Read records from the files of shards, each of which is in order; raise ValueError, TypeError or KeyError for others.

    ``read`` reads a line.
    """
    records: list[Record] = []
    entries: list[int] = []
    selected: defaultdict[str, list[int]] = defaultdict(list)
    count = 0
    for content in shards:
        count += 1
        for line in _lines_of(content):
            record, feeds = read(line)
            if not isinstance(record, OverrideRecord):
                for feed in feeds:
                    selected[feed].append(len(entries))
                entries.append(len(records))
            elif not entries:
                raise ValueError("a date of a series stands before it")
            records.append(record)
    if count > 1:
        return _records_in_order(records, entries, selected)
    return Records(tuple(records), {feed: [entries[one] for one in own] for feed, own in selected.items()})


def _lines_of(content: bytes) -> list[str]:
    return [line for line in content.decode().split("\n") if line]


def _records_in_order(
    records: list[Record], entries: list[int], selected: Mapping[str, Sequence[int]]
) -> Records:
    """Return records by start, depth and UID, each with those of its overrides behind it.

    ``entries`` are the numbers of those that are no overrides, and ``selected`` which of these each feed selects.
    """
    bounds = list(pairwise((*entries, len(records))))
    order = sorted(range(len(entries)), key=lambda one: _order_of(records[entries[one]]))
    ordered: list[Record] = []
    numbers = [0] * len(entries)
    for one in order:
        numbers[one] = len(ordered)
        begin, end = bounds[one]
        ordered += records[begin:end]
    return Records(
        tuple(ordered), {feed: sorted(numbers[one] for one in own) for feed, own in selected.items()}
    )


def _order_of(record: Record) -> tuple[datetime, int, str]:
    return start_of(record.details.when), len(record.path), record.uid


PLACES = ("\0published", "\0facts")
"""What stands for the events in a frame until they are put in; no text of a site holds such a sign."""

_HEAD, _BETWEEN, _TAIL = b'{"events":{\n', b'\n},"facts":{\n', b"\n}}\n"
_NEXT = b",\n"
"""What stands around rows: each has a line to itself, and no row holds the end of a line (RFC 8259, 7)."""

_decode = JSONDecoder().raw_decode


@dataclass(frozen=True, slots=True)
class Rows:
    """What is written of each event by itself, by UID: how it was published, and what is seen of it."""

    published: Mapping[str, bytes]
    facts: Mapping[str, bytes]


def rows_json(rows: Rows) -> bytes:
    """Write rows by UID, in order."""
    return b"".join((_HEAD, _rows(rows.published), _BETWEEN, _rows(rows.facts), _TAIL))


def with_rows(frame: bytes, shards: Iterable[bytes]) -> bytes:
    """Put rows, as shards of them were written, into the frame of a ``site.json``; raise ValueError where they are none."""
    parts = [_kinds(content) for content in shards]
    for kind, place in enumerate(PLACES):
        lines = list(_rows_in_order([part[kind] for part in parts if part[kind]]))
        stands = as_json(place)[:-1]
        if lines:
            frame = frame.replace(stands, b"{" + b",".join(lines) + b"}", 1)
        else:
            frame = frame.replace(b',"events":' + stands, b"", 1)
    return frame


def _rows(rows: Mapping[str, bytes]) -> bytes:
    return _NEXT.join(as_json(uid)[:-1] + b":" + row for uid, row in sorted(rows.items()))


def _kinds(content: bytes) -> tuple[bytes, bytes]:
    """Return the lines of both kinds."""
    if not (content.startswith(_HEAD) and content.endswith(_TAIL)):
        raise ValueError("rows of events are not what was written")
    events, between, facts = content[len(_HEAD) : -len(_TAIL)].partition(_BETWEEN)
    if not between:
        raise ValueError("rows of events are not what was written")
    return events, facts


def _rows_in_order(parts: list[bytes]) -> Iterator[bytes]:
    """Return the lines of several shards by UID; each of them is in order."""
    if len(parts) == 1:
        return iter(parts[0].split(_NEXT))
    lines = [line for part in parts for line in part.split(_NEXT)]
    return iter(sorted(lines, key=_uid))


def _uid(line: bytes) -> str:
    uid: str = _decode(line.decode())[0]
    return uid
