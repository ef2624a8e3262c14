"""The VEVENTs of a site's feeds: what each is, and where it stands in the body of a feed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import accumulate, chain

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


@dataclass(frozen=True, slots=True)
class Parts:
    """What the body of a feed is made of, one after another: a heading, VTIMEZONEs and VEVENTs, then its end.

    ``heading`` is the length of the first in bytes, ``zones`` gives those of the VTIMEZONEs by TZID in the order of the
    body, ``lengths`` those of the VEVENTs, and ``components`` their numbers among the components of the site.
    """

    heading: int
    zones: Mapping[str, int]
    components: tuple[int, ...]
    lengths: tuple[int, ...]

    @property
    def end(self) -> int:
        """The number of bytes before the end of the calendar."""
        return self.heading + sum(self.zones.values()) + sum(self.lengths)

    def timezones(self, body: bytes) -> Iterator[tuple[str, bytes]]:
        """Return the TZID and the bytes of each VTIMEZONE."""
        start = self.heading
        for zone, length in self.zones.items():
            yield zone, body[start : start + length]
            start += length

    def events(self, body: bytes, numbers: frozenset[int] | None = None) -> Iterator[tuple[int, bytes]]:
        """Return the number and the bytes of each VEVENT, or of those with these numbers."""
        starts = accumulate(self.lengths, initial=self.heading + sum(self.zones.values()))
        for number, start, length in zip(self.components, starts, self.lengths, strict=False):
            if numbers is None or number in numbers:
                yield number, body[start : start + length]


@dataclass(frozen=True, slots=True)
class Components:
    """The components of a site, by number, by their UID, and by that of the event that they go with."""

    all: tuple[Component, ...] = ()
    notices: frozenset[int] = frozenset()
    _by_uid: Mapping[str, list[int]] = field(default_factory=dict)
    _by_event: Mapping[str, list[int]] = field(default_factory=dict)

    @staticmethod
    def of(components: Iterable[Component]) -> "Components":
        """Return components by their names."""
        ordered = tuple(components)
        by_uid: defaultdict[str, list[int]] = defaultdict(list)
        by_event: defaultdict[str, list[int]] = defaultdict(list)
        for number, component in enumerate(ordered):
            by_uid[component.uid].append(number)
            by_event[component.event].append(number)
        notices = frozenset(number for number, component in enumerate(ordered) if component.notice)
        return Components(ordered, notices, dict(by_uid), dict(by_event))

    def with_uids(self, uids: Iterable[str]) -> frozenset[int]:
        """Return the numbers of the components that have these UIDs."""
        return frozenset(number for uid in uids for number in self._by_uid.get(uid, ()))

    def of_events(self, uids: frozenset[str], among: Sequence[int]) -> frozenset[int]:
        """Return the numbers of the components, among some, that go with the events of these UIDs."""
        if len(among) < len(uids):
            return frozenset(number for number in among if self.all[number].event in uids)
        return frozenset(chain.from_iterable(self._by_event.get(uid, ()) for uid in uids))
