"""The VEVENTs of a site's feeds: what each is, and where it stands in the body of a feed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import accumulate

from coopcal.site.codec import Codec, Row, objects

END = b"END:VCALENDAR\r\n"
"""What the body of each calendar ends with."""


@dataclass(frozen=True, slots=True)
class Component:
    """A VEVENT, whatever words it is rendered in.

    ``of`` is the UID of the event that it goes with, where that is not its own: it tells that something was moved from
    its date, or the end of registration. ``day`` is the original day of an override, and ``zones`` are the TZIDs of its
    times. A ``notice`` says that a feed is closed, and stands whatever is asked for.
    """

    uid: str
    of: str = ""
    day: date | None = None
    zones: tuple[str, ...] = ()
    notice: bool = False

    def __hash__(self) -> int:
        """Return a hash of what usually tells components apart."""
        return hash((self.uid, self.day))

    def __reduce__(self) -> tuple[type["Component"], tuple[object, ...]]:
        """Return how it is made anew: portions of a site, which go from process to process, hold one for each VEVENT."""
        return Component, (self.uid, self.of, self.day, self.zones, self.notice)

    @property
    def event(self) -> str:
        """The UID of the event that it goes with."""
        return self.of or self.uid


@dataclass(frozen=True)
class Parts:
    """What the body of a feed is made of, one after another: a heading, VTIMEZONEs and VEVENTs, then its end.

    ``heading`` is the length of the first in bytes, ``zones`` gives those of the VTIMEZONEs by TZID in the order of the
    body, and ``lengths`` those of the ``components``, which are called here by their numbers, from 0 on.
    """

    heading: int
    zones: Mapping[str, int]
    components: tuple[Component, ...]
    lengths: tuple[int, ...]

    @property
    def end(self) -> int:
        """The number of bytes before the end of the calendar."""
        return self.heading + sum(self.zones.values()) + sum(self.lengths)

    def fit(self, length: int) -> bool:
        """Return whether these are the parts of a body of that length."""
        lengths = (self.heading, *self.zones.values(), *self.lengths)
        complete = min(lengths) >= 0 and self.end + len(END) == length
        return complete and len(self.components) == len(self.lengths)

    def timezones(self, body: bytes) -> Iterator[tuple[str, bytes]]:
        """Return the TZID and the bytes of each VTIMEZONE."""
        start = self.heading
        for zone, length in self.zones.items():
            yield zone, body[start : start + length]
            start += length

    def events(self, body: bytes, numbers: Iterable[int] | None = None) -> Iterator[tuple[Component, bytes]]:
        """Return each VEVENT and its bytes, or those with these numbers."""
        for number in range(len(self.components)) if numbers is None else numbers:
            start = self._starts[number]
            yield self.components[number], body[start : start + self.lengths[number]]

    def with_uids(self, uids: Iterable[str]) -> list[int]:
        """Return the numbers of the components that have these UIDs, in order."""
        return sorted({number for uid in uids for number in self._by_uid.get(uid, ())})

    def of_events(self, uids: frozenset[str]) -> list[int]:
        """Return the numbers of the components that go with the events of these UIDs, and of notices, in order."""
        return sorted({*self._notices, *(number for uid in uids for number in self._by_event.get(uid, ()))})

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        return tuple(accumulate(self.lengths, initial=self.heading + sum(self.zones.values())))

    @cached_property
    def _by_uid(self) -> Mapping[str, list[int]]:
        return _numbers(component.uid for component in self.components)

    @cached_property
    def _by_event(self) -> Mapping[str, list[int]]:
        return _numbers(component.event for component in self.components)

    @cached_property
    def _notices(self) -> tuple[int, ...]:
        return tuple(number for number, component in enumerate(self.components) if component.notice)


def _numbers(names: Iterable[str]) -> Mapping[str, list[int]]:
    """Return the numbers at which each name stands."""
    numbers: defaultdict[str, list[int]] = defaultdict(list)
    for number, name in enumerate(names):
        numbers[name].append(number)
    return dict(numbers)


PARTS = Codec({**objects(Parts), Component: Row()})
"""Writes and reads the parts of a feed, as they stand beside its bodies."""
