"""``site.json``: what was published, for the next compile and for machines; no private word."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import TypeVar

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
from coopcal.site.codec import Codec, Named, Object, Row, Tagged, from_json, objects
from coopcal.site.former import with_roles
from coopcal.site.layout import FORMAT, REMEMBERED, SiteError
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
            }
        ),
    }
)
"""All types that stand in ``site.json``, and how they are written."""


def to_json(published: Published, good_until: datetime | None) -> bytes:
    """Write what was published; the same memory gives the same bytes."""
    memory = Memory(FORMAT, good_until and good_until.astimezone(UTC), _in_order(published))
    return MEMORY.dumps(Memory, memory)


def _in_order(published: Published) -> Published:
    """Return what was published with everything in the order of its name."""
    facts = published.facts and replace(
        published.facts,
        events=_sorted(published.facts.events),
        organisations=_sorted(published.facts.organisations),
        feeds=_sorted(published.facts.feeds),
    )
    return replace(
        published,
        events={
            uid: replace(event, stamps=_sorted(event.stamps))
            for uid, event in sorted(published.events.items())
        },
        feeds=_sorted(published.feeds),
        archives=_sorted(published.archives),
        translations=_sorted(published.translations),
        changes=_sorted(published.changes),
        facts=facts,
    )


def _sorted(values: Mapping[Name, Item]) -> dict[Name, Item]:
    return dict(sorted(values.items(), key=lambda item: item[0]))


def of_json(content: bytes) -> Published:
    """Read what ``to_json`` wrote; raise SiteError for anything else."""
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
