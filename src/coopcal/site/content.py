"""A compiled site in memory, before it is written."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from coopcal.model.published import Published, Stamp
from coopcal.site.component import END, Component, Parts
from coopcal.site.lines import Rows
from coopcal.site.manifest import Face, Held
from coopcal.site.record import OrganisationRecord


@dataclass(frozen=True, slots=True)
class Calendar:
    """The body of a feed in its parts: what stands before the first component, VTIMEZONEs by TZID, and VEVENTs."""

    heading: bytes
    zones: tuple[tuple[str, bytes], ...]
    components: tuple[tuple[Component, bytes], ...]

    @property
    def content(self) -> bytes:
        """The whole body."""
        zones, events = (content for _, content in self.zones), (content for _, content in self.components)
        return b"".join((self.heading, *zones, *events, END))

    @property
    def parts(self) -> Parts:
        """Where its parts are in the whole body."""
        return Parts(
            heading=len(self.heading),
            zones={zone: len(body) for zone, body in self.zones},
            components=tuple(component for component, _ in self.components),
            lengths=tuple(len(body) for _, body in self.components),
        )


@dataclass(frozen=True, slots=True)
class CompiledFeed:
    """An assembled feed, its archive of a ``year``, or its ``translation`` into a language that its address names.

    ``calendar`` holds the parts of its ``content``, whose short digest is in the ``stamp``; None for ``changes``: not the
    calendar itself, but what changed in it, as Atom, stamped by something else.

    ``gone``: closed for so long that its address answers 410. ``reminders`` are those that it is offered with, None where
    nobody says.
    """

    id: str
    year: int | None
    translation: str | None
    title: str
    language: str
    timezone: str
    organisation: str | None
    stamp: Stamp
    content: bytes
    count: int
    left_out: int
    former: tuple[str, ...]
    closed_see: str | None
    gone: bool
    calendar: Calendar | None = None
    changes: bool = False
    reminders: tuple[str, ...] | None = None


Address = tuple[str, int | None, str | None, bool]
"""The id of a feed, the year of an archive, the language of a translation, and whether it tells what changed."""


class StandingFeed(NamedTuple):
    """A feed, an archive, a translation or the changes of one, that is as in the version which stands in the folder."""

    id: str
    year: int | None = None
    translation: str | None = None
    changes: bool = False


Stood = Mapping[Address, str | None]
"""The feeds of the version that stands, in order, with the organisation whose own each is."""


class Recorded(NamedTuple):
    """An event by its address: its record, with the feeds that select it, and those of its overrides, each a line as it is stored."""

    address: str
    lines: tuple[bytes, ...]

    @property
    def organisation(self) -> str:
        """The organisation that it is of."""
        return self.address.split("/")[2]


@dataclass(frozen=True, slots=True)
class Content:
    """Everything that a version of a site holds; what is None in a tuple is as in the version that stands in the folder.

    ``documents`` maps published addresses (``organisation/event/name``, others whole) to the files they are copied from.
    ``timezones`` are the VTIMEZONEs, by TZID, that feeds without events have.
    ``feeds`` can be gone through once; after that, ``published`` gives what is published, but for events: ``rows`` are what
    is written of them, by the number of the shard of their organisations, ``former_rows`` of those whose organisation is
    not known any more. ``records`` are by shard, too, and in order in each.
    ``told_until`` is what everybody is told as ``good_until``: when an event that waits for its day appears is not in it.
    ``schema`` is that of the sources (JSON Schema), for whoever edits them. ``tags`` are the titles of tags.
    ``kept`` holds the sources of organisations, for the day on which they have errors; ``held`` those that have.
    ``private`` are the files of private feeds by name.
    """

    title: dict[str, str]
    base_url: str
    languages: tuple[str, ...]
    also_at: tuple[str, ...]
    legal: tuple[tuple[dict[str, str], str], ...]
    face: Face
    compiled_at: datetime
    good_until: datetime | None
    told_until: datetime | None
    compress: bool
    published: Callable[[], Published]
    rows: tuple[Callable[[], Rows] | None, ...]
    former_rows: Rows | None
    feeds: Iterable[CompiledFeed | StandingFeed]
    timezones: Mapping[str, bytes]
    records: tuple[Callable[[], Sequence[Recorded]] | None, ...]
    organisations: tuple[OrganisationRecord, ...]
    schema: bytes
    tags: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    documents: dict[str, Path] = field(default_factory=dict)
    kept: Mapping[str, Mapping[str, bytes | Path]] = field(default_factory=dict)
    held: tuple[Held, ...] = ()
    private: Mapping[str, bytes] = field(default_factory=dict)
