"""``site.json``: what was published, for the next compile and for machines; no private word."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from coopcal.model.change import (
    Difference,
    EventChange,
    EventFacts,
    Facts,
    LogEntry,
    NamedChange,
    NamedFacts,
    Shown,
    Value,
)
from coopcal.model.message import msg
from coopcal.model.published import Published, PublishedEvent, Stamp
from coopcal.model.recurrence import Rule, Weekday
from coopcal.model.text import Text
from coopcal.model.when import When
from coopcal.site.codec import Codec, Named, Object, Row, from_json, objects
from coopcal.site.layout import FORMAT, REMEMBERED, SiteError
from coopcal.site.text import TEXT
from coopcal.site.when import WHEN


@dataclass(frozen=True, slots=True)
class Memory:
    """What ``site.json`` holds: what was published, and until when that is good, as others are told."""

    format: int
    good_until: datetime | None
    published: Published


MEMORY = Codec(
    {
        **WHEN,
        **objects(Difference, EventChange, Facts, NamedChange, NamedFacts, Published, PublishedEvent, Shown),
        Memory: Object(inline="published"),
        EventFacts: Object(inline="shown"),
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
    memory = Memory(FORMAT, good_until and good_until.astimezone(UTC), published)
    return MEMORY.dumps(Memory, memory)


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
        return MEMORY.read(Memory, values).published
    except (ValueError, TypeError, KeyError) as error:
        raise SiteError(msg("its site.json is damaged ({error})", error=error)) from error
