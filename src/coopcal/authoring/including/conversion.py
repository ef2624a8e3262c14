"""A calendar of others → events in YAML, with the UIDs that they came with, and ids that depend on these alone."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass

from coopcal.authoring.importing.calendars import Target, events_of
from coopcal.authoring.importing.components import read
from coopcal.authoring.importing.events import Imported
from coopcal.authoring.importing.losses import Losses
from coopcal.authoring.text import Value, item
from coopcal.definitions.source.tree import LARGEST
from coopcal.model.ids import proposed_id
from coopcal.model.message import Message, Number, msg

MOST_EVENTS = 10_000
"""Events that a feed of others may have."""

LARGEST_EVENT = 50_000
"""Characters that an event of others may take: one must not fill a feed by itself."""

_LONGEST_STEM = 24
_HEAD = "# Made by “coopcal fetch” of the calendar beside this file. What is changed here is lost when that changes.\n"
_EVENT = re.compile(rb"^[ \t]*BEGIN[ \t]*:[ \t]*VEVENT", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Converted:
    """The events of a calendar as YAML, how many they are, and how much of them did not come over."""

    events: str
    count: int
    left_out: int


def converted(calendar: bytes, target: Target) -> Converted | Message:
    """Return the events of a calendar; why it is not taken over where it is too large."""
    if sum(1 for _ in _EVENT.finditer(calendar)) > MOST_EVENTS:
        return msg("it has more than {most} events", most=Number(MOST_EVENTS))
    losses = Losses("")
    _, imported = events_of(read(calendar, losses), target, losses, lambda _: None)
    by_id = {_id(one): one.values for one in imported}
    written = {
        identifier: "\n".join(item(_event(identifier, values), 2)) for identifier, values in by_id.items()
    }
    lines = [text for text in written.values() if len(text) <= LARGEST_EVENT]
    text = _HEAD + ("events:\n" + "\n".join(lines) + "\n" if lines else "events: []\n")
    if len(text.encode()) > LARGEST:
        return msg("its events take more than {most} bytes", most=Number(LARGEST))
    left_out = sum(1 for loss in losses.found if loss.code.left_out) + len(written) - len(lines)
    return Converted(text, len(lines), left_out)


def _event(identifier: str, values: Mapping[str, Value]) -> Mapping[str, Value]:
    return {"id": identifier, **values}


def _id(one: Imported) -> str:
    """Return the id of an event: of its UID, which stays, and not of its title, which may change."""
    sign = hashlib.sha256(one.key.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    stem = proposed_id(one.key.partition("@")[0])[:_LONGEST_STEM].strip("-") or "event"
    return f"{stem}-{sign}"
