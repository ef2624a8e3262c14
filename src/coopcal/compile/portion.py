"""What a compile makes of some organisations by themselves; the whole site is joined of such portions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from coopcal.compile.render.vcalendar import StampedEntry
from coopcal.model.change import EventChange
from coopcal.selection.until import Turns
from coopcal.site.content import Recorded
from coopcal.site.memory import Rows


class Standing(NamedTuple):
    """An entry that stands in a feed: what it is sorted by (start, depth and UID), and its first and last local day."""

    start: datetime
    depth: int
    uid: str
    first: date
    last: date


class Placed(NamedTuple):
    """The records of an event, and what they are sorted by."""

    start: datetime
    depth: int
    uid: str
    recorded: Recorded


@dataclass(frozen=True, slots=True)
class FeedPortion:
    """What a feed holds of some organisations, in order: in its window, and in each year of its archive."""

    standing: tuple[Standing, ...]
    years: Mapping[int, tuple[Standing, ...]]


@dataclass(frozen=True, slots=True)
class Portion:
    """What is compiled of some organisations.

    ``feeds`` are those that hold anything of them, by id; ``entries`` by UID and the key of a rendering. ``rows`` are what
    the next compile has to know of each UID, and ``changes`` what is seen otherwise than before; ``hidden`` are the UIDs of what the public does not see. ``documents`` are files that are published: the
    organisation and the path of each by its address. ``is_new``: anything of it has another stamp than before.
    """

    feeds: Mapping[str, FeedPortion]
    entries: Mapping[tuple[str, str], StampedEntry]
    rows: Rows
    changes: tuple[EventChange, ...]
    hidden: frozenset[str]
    records: tuple[Placed, ...]
    documents: Mapping[str, tuple[str, str]]
    turns: Turns
    is_new: bool
