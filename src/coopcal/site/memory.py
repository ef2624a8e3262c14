"""``site.json``: what was published, for the next compile and for machines; no private word."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from itertools import islice
from typing import Any, TypeVar

from coopcal.model.change import Difference, EventChange, LogEntry, NamedChange, Value
from coopcal.model.facts import (
    BusyTimeFacts,
    EventFacts,
    Facts,
    FurtherDateFacts,
    NamedFacts,
    RecurrenceFacts,
    SeriesFacts,
    Shown,
    StretchFacts,
    VisibleFacts,
)
from coopcal.model.message import msg
from coopcal.model.published import Published, PublishedEntry, PublishedEvent, PublishedTransient, Stamp
from coopcal.model.recurrence import Rule, Weekday
from coopcal.model.text import Text
from coopcal.model.when import When
from coopcal.site.codec import Codec, Named, Object, Row, Tagged, as_json, from_json, objects
from coopcal.site.former import with_roles
from coopcal.site.layout import FORMAT, REMEMBERED, SiteError
from coopcal.site.lines import PLACES
from coopcal.site.stamps import StampRows
from coopcal.site.text import TEXT
from coopcal.site.when import WHEN

Name = TypeVar("Name", str, tuple[str, int], tuple[str, str])
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Memory:
    """What ``site.json`` holds: what was published, and until when that is good, as others are told."""

    format: int
    good_until: datetime | None
    published: Published


ROLES = {
    "event": EventFacts,
    "series": SeriesFacts,
    "further-date": FurtherDateFacts,
    "stretch": StretchFacts,
    "busy-time": BusyTimeFacts,
}
"""What an audience sees, and what each role is called."""

MEMORY = Codec(
    {
        **WHEN,
        **objects(Difference, EventChange, Facts, NamedChange, NamedFacts, Published),
        **objects(PublishedEvent, PublishedTransient, RecurrenceFacts, Shown),
        Memory: Object(inline="published"),
        **dict.fromkeys(ROLES.values(), Object(inline="shown")),
        VisibleFacts: Tagged("role", ROLES),
        PublishedEntry: Tagged("role", {"event": PublishedEvent, "transient": PublishedTransient}),
        LogEntry: Object(inline="change"),
        Stamp: Row(),
        Rule: Row(),
        Weekday: Row(),
        Text: TEXT,
        Value: Named(
            {
                "text": Text,
                "day": date,
                "names": tuple[str, ...],
                "days": tuple[date, ...],
                "when": When,
                "rule": Rule,
            }
        ),
    }
)
"""All types that stand in ``site.json``, and how they are written."""


_STAMPS = ("feeds", "archives", "translations", "changes")
"""The fields whose stamps are written one by one."""


def published_row(entry: PublishedEntry) -> bytes:
    """Write how an entry was published."""
    values = MEMORY.write(PublishedEntry, entry)
    if entry.stamps:
        values["stamps"] = _sorted(values["stamps"])
    return as_json(values)[:-1]


def facts_row(facts: VisibleFacts) -> bytes:
    """Write what is seen of an event."""
    return as_json(MEMORY.write(VisibleFacts, facts))[:-1]


def read_published_row(row: bytes) -> PublishedEntry:
    """Read what ``published_row`` wrote."""
    return MEMORY.read(PublishedEntry, from_json(row))  # type: ignore[arg-type]


def read_facts_row(row: bytes) -> VisibleFacts:
    """Read what ``facts_row`` wrote."""
    return MEMORY.read(VisibleFacts, from_json(row))  # type: ignore[arg-type]


def frame_json(frame: Published, good_until: datetime | None) -> bytes:
    """Write what was published but for its events, with places for these; the same memory gives the same bytes.

    ``of_json`` refuses it as it is, so that it is never taken for the whole.
    """
    memory = Memory(FORMAT, good_until and good_until.astimezone(UTC), _in_order(frame))
    values = _put_behind("compiled_at", MEMORY.write(Memory, memory), PLACES[0])
    if "facts" in values:
        values["facts"] = _put_behind("until", values["facts"], PLACES[1])
    stamps = {name: getattr(frame, name) for name in _STAMPS if name in values}
    written = as_json({**values, **{name: f"\0{name}" for name in stamps}})
    for name, rows in stamps.items():
        written = written.replace(as_json(f"\0{name}")[:-1], StampRows.of(rows).written(), 1)
    return written


def _put_behind(name: str, values: dict[str, Any], place: str) -> dict[str, Any]:
    """Return an object with the place of its events behind one of its fields."""
    number = list(values).index(name) + 1
    items = list(values.items())
    return dict([*items[:number], ("events", place), *items[number:]])


def _in_order(published: Published) -> Published:
    """Return what was published with everything in the order of its name, but for stamps: of these no more than one."""
    facts = published.facts and replace(
        published.facts,
        organisations=_sorted(published.facts.organisations),
        feeds=_sorted(published.facts.feeds),
    )
    return replace(
        published,
        feeds=_first(published.feeds),
        archives=_first(published.archives),
        translations=_first(published.translations),
        changes=_first(published.changes),
        facts=facts,
    )


def _first(values: Mapping[Name, Item]) -> dict[Name, Item]:
    return dict(islice(values.items(), 1))


def _sorted(values: Mapping[Name, Item]) -> dict[Name, Item]:
    return dict(sorted(values.items(), key=lambda item: item[0]))


def of_json(content: bytes) -> Published:
    """Read a ``site.json``; raise SiteError for anything else."""
    try:
        values = from_json(content)
        if values["format"] not in REMEMBERED:
            raise SiteError(
                msg(
                    "its format is {written}, and this coopcal reads format {format}",
                    written=values["format"],
                    format=FORMAT,
                )
            )
        return MEMORY.read(Memory, with_roles(values)).published
    except (ValueError, TypeError, KeyError) as error:
        raise SiteError(msg("its site.json is damaged ({error})", error=error)) from error
