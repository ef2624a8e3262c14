"""A calendar, read as tolerantly as an import reads it, with the numbers of its lines."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time

from coopcal.authoring.importing.components import Component, read
from coopcal.authoring.importing.lines import Line
from coopcal.authoring.importing.loss_code import LossCode
from coopcal.authoring.importing.losses import Losses
from coopcal.authoring.importing.values import UTC_ID, Clock, Moment, moment, text

DAY, FLOATING = "day", "floating"


@dataclass(frozen=True, slots=True)
class Part:
    """A component: the number of its first line, its properties by name, and what it holds."""

    name: str
    number: int
    properties: Mapping[str, list[Line]]
    parts: "tuple[Part, ...]"

    def lines(self, name: str) -> list[Line]:
        """Return the properties of a name."""
        return self.properties.get(name, [])

    def line(self, name: str) -> Line | None:
        """Return the first property of a name; None where there is none."""
        return next(iter(self.lines(name)), None)

    def value(self, name: str) -> str:
        """Return the value of the first property of a name, "" where there is none."""
        line = self.line(name)
        return line.value.strip() if line else ""

    def number_of(self, name: str) -> int:
        """Return the number of the line of a property, of the component where there is none."""
        line = self.line(name)
        return line.number if line else self.number

    def of(self, *names: str) -> "Iterator[Part]":
        """Return what it holds of those names."""
        return (part for part in self.parts if part.name in names)


@dataclass(frozen=True, slots=True)
class Feed:
    """A body and what stands in it: calendars, their events, their time zones; and the lines that are none."""

    body: bytes
    calendars: tuple[Part, ...]
    events: tuple[Part, ...]
    zones: tuple[Part, ...]
    broken: tuple[int, ...]

    @property
    def entries(self) -> int:
        """How many entries there are: dates of a series that differ are none of their own."""
        uids = [event.value("UID") for event in self.events]
        return len(set(filter(None, uids))) + uids.count("")

    def titles(self, numbers: Iterable[int]) -> dict[int, str]:
        """Return the titles of the events in which lines stand, "" of one without; lines elsewhere have none."""
        parts = sorted((part for calendar in self.calendars for part in calendar.parts), key=_number)
        found = {}
        for number in numbers:
            before = bisect_right(parts, number, key=_number)
            if before and parts[before - 1].name == "VEVENT":
                found[number] = text(parts[before - 1].value("SUMMARY"))
        return found


def _number(part: Part) -> int:
    return part.number


def feed_of(body: bytes) -> Feed:
    """Read a body, whatever is wrong with it."""
    losses = Losses("")
    calendars = tuple(_part(component) for component in read(body, losses) if component.number)
    return Feed(
        body,
        calendars,
        tuple(event for calendar in calendars for event in calendar.of("VEVENT")),
        tuple(zone for calendar in calendars for zone in calendar.of("VTIMEZONE")),
        tuple(loss.line for loss in losses.found if loss.code is LossCode.BROKEN_LINE),
    )


def _part(component: Component) -> Part:
    return Part(
        component.name,
        component.number,
        component.quietly(),
        tuple(_part(child) for child in component.children),
    )


def moment_of(line: Line | None) -> Moment | None:
    """Return the day or time of a property; None for what is none."""
    return moment(line.value, line.tzid) if line else None


def form_of(value: Moment) -> str:
    """Return how a moment is written: a day, floating, in UTC, or the name of its zone."""
    if not isinstance(value, Clock):
        return DAY
    return value.tzid or FLOATING


def local_of(value: Moment) -> datetime:
    """Return what clocks show at a moment; of a day, its beginning."""
    return value.local if isinstance(value, Clock) else datetime.combine(value, time(0))


def is_in_utc(value: Moment | None) -> bool:
    """Return whether a moment is a time in UTC."""
    return isinstance(value, Clock) and value.tzid == UTC_ID
