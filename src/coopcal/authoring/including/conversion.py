"""A calendar of others → events in YAML, with the UIDs that they came with, and ids that depend on these alone."""

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from coopcal.authoring.importing.calendars import Target, events_of
from coopcal.authoring.importing.components import Component, read
from coopcal.authoring.importing.events import Imported
from coopcal.authoring.importing.losses import Losses
from coopcal.authoring.importing.values import text as unescaped
from coopcal.authoring.including.copies import HEAD
from coopcal.authoring.text import Value, item
from coopcal.definitions.events_of_others import claimed, claims
from coopcal.definitions.left_out import Gone, gathered
from coopcal.definitions.source.tree import LARGEST
from coopcal.model.ids import proposed_id
from coopcal.model.included import LeftOut
from coopcal.model.message import Message, Number, msg

MOST_EVENTS = 10_000
"""Events that a feed of others may have."""

LARGEST_EVENT = 50_000
"""Characters that an event of others may take: one must not fill a feed by itself."""

_TOO_LONG = msg("it takes more than {most} characters, and was left out", most=Number(LARGEST_EVENT))
_LONGEST_STEM = 24
_EVENT = re.compile(rb"^[ \t]*BEGIN[ \t]*:[ \t]*VEVENT", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Converted:
    """The events of a calendar as YAML, how many they are, and what did not come over."""

    events: str
    count: int
    left_out: tuple[LeftOut, ...]


def converted(calendar: bytes, target: Target) -> Converted | Message:
    """Return the events of a calendar; why it is not taken over where it is too large."""
    if sum(1 for _ in _EVENT.finditer(calendar)) > MOST_EVENTS:
        return msg("it has more than {most} events", most=Number(MOST_EVENTS))
    losses = Losses("")
    calendars = read(calendar, losses)
    _, imported = events_of(calendars, target, losses, lambda _: None)
    titles = _Titles(calendars)
    gone = [Gone(titles.at(loss.line), loss.line, loss.why) for loss in losses.found if loss.code.left_out]
    domain, lines = target.settings.uid_domain, []
    for identifier, one in {_id(one): one for one in imported}.items():
        text = "\n".join(item(_event(identifier, one.values), 2))
        if claims(f"{one.values.get('uid', '')}", domain):
            gone.append(Gone(one.title, one.line, claimed(domain)))
        elif len(text) > LARGEST_EVENT:
            gone.append(Gone(one.title, one.line, _TOO_LONG))
        else:
            lines.append(text)
    text = HEAD + ("events:\n" + "\n".join(lines) + "\n" if lines else "events: []\n")
    if len(text.encode()) > LARGEST:
        return msg("its events take more than {most} bytes", most=Number(LARGEST))
    return Converted(text, len(lines), gathered(gone))


class _Titles:
    """The titles of events by the lines that they stand in."""

    def __init__(self, calendars: Iterable[Component]) -> None:
        self._events = sorted(
            (event for one in calendars for event in one.events()), key=lambda event: event.number
        )

    def at(self, line: int) -> str:
        """Return the title of the event that a line is in."""
        number = bisect_right(self._events, line, key=lambda event: event.number)
        lines = self._events[number - 1].quietly().get("SUMMARY", ()) if number else ()
        return next((unescaped(line.value) for line in lines), "VEVENT")


def _event(identifier: str, values: Mapping[str, Value]) -> Mapping[str, Value]:
    return {"id": identifier, **values}


def _id(one: Imported) -> str:
    """Return the id of an event: of its UID, which stays, and not of its title, which may change."""
    sign = hashlib.sha256(one.key.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    stem = proposed_id(one.key.partition("@")[0])[:_LONGEST_STEM].strip("-") or "event"
    return f"{stem}-{sign}"
