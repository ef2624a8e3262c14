"""An entry, rendered in several ways without stamps, and stamped afterwards."""

import hashlib
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from coopcal.compile.render import vevent
from coopcal.compile.render.components import Part, parts
from coopcal.compile.render.rendering import Rendering, Surroundings
from coopcal.compile.render.stamped import StampedEntry
from coopcal.model.entry import ClosingEntry, Entry, MovedNotice
from coopcal.model.feed import ShowBusy, ShowCancelled, ShowOrganisation, ShowSessions
from coopcal.model.published import Stamp, sequence
from coopcal.model.text import Languages
from coopcal.model.when import Imprecise, days_of
from coopcal.site.component import Component
from coopcal.text import content_lines as lines


class RenderedPart(NamedTuple):
    """A VEVENT around its stamps, and what it is in whatever rendering."""

    head: bytes
    body: bytes
    component: Component


class Rendered(NamedTuple):
    """An event's VEVENTs; their digest; and for each zone of their times the first local year.

    The first one is the master of a series, the others are dates of it (RECURRENCE-ID). All share one stamp: what
    changes a date stamps its master, too, as Evolution and ICSx5 look no further (clients.md 2.4 to 2.6).
    """

    parts: tuple[RenderedPart, ...]
    digest: str
    zones: tuple[tuple[str, int], ...]

    def stamped(self, stamp: Stamp) -> StampedEntry:
        """Return it with whole VEVENTs; DTSTAMP, LAST-MODIFIED and SEQUENCE all tell the last change.

        DTSTAMP is no instant of compiling (clients.md 2.4, 2.5, 2.7 to 2.9).
        """
        stamps = _stamps(stamp.modified)
        whole = ((part.component, part.head + stamps + part.body) for part in self.parts)
        return StampedEntry(tuple(whole), self.zones)


@lru_cache(maxsize=256)
def _stamps(modified: datetime) -> bytes:
    """Return the lines that tell the last change; much of a site has the same one."""
    return b"".join(
        (
            lines.moment("DTSTAMP", modified, None),
            lines.moment("LAST-MODIFIED", modified, None),
            lines.raw("SEQUENCE", str(sequence(modified))),
        )
    )


class Draft:
    """An entry that is rendered in several ways; what these have in common is made once."""

    def __init__(self, entry: Entry, around: Surroundings) -> None:
        self._entry, self._around = entry, around
        self._uid = around.uid(entry)
        self._of = around.uid(entry.of) if isinstance(entry, MovedNotice | ClosingEntry) else ""
        self._head = b"BEGIN:VEVENT\r\n" + lines.text("UID", self._uid)
        self._parts: dict[bool, tuple[_DraftPart, ...]] = {}

    def rendered(self, rendering: Rendering) -> Rendered:
        """Return it in a rendering; the bytes depend on nothing but this, the entry, and what is around."""
        rendered, years, content = list[RenderedPart](), dict[str, int](), list[bytes]()
        for drafted in self._drafted(hide=rendering.cancelled is ShowCancelled.HIDE):
            times = drafted.times(rendering)
            if times.timezone:
                years[times.timezone] = min(times.year, years.get(times.timezone, times.year))
            body = drafted.body(times.lines, rendering)
            rendered.append(RenderedPart(self._head, body, times.component))
            content += (self._head, body)
        digest = hashlib.sha256(b"".join(content)).hexdigest()[:32]
        return Rendered(tuple(rendered), digest, tuple(sorted(years.items())))

    def _drafted(self, *, hide: bool) -> "tuple[_DraftPart, ...]":
        drafted = self._parts.get(hide)
        if drafted is None:
            whole = parts(self._entry, self._around, hide=hide)
            drafted = self._parts[hide] = tuple(
                _DraftPart(part, self._uid, self._of, self._around) for part in whole
            )
        return drafted


class _Times(NamedTuple):
    """DTSTART and DTEND, the TZID of both and their local year, and the component that has these times."""

    lines: bytes
    timezone: str | None
    year: int
    component: Component


class _DraftPart:
    """A VEVENT of an entry, with those of its lines that are the same in several renderings."""

    def __init__(self, part: Part, uid: str, of: str, around: Surroundings) -> None:
        self._part, self._uid, self._of, self._around = part, uid, of, around
        self._times: dict[bool, _Times] = {}
        self._told: dict[tuple[Languages, ShowSessions, bool], bytes] = {}
        self._end: dict[tuple[ShowCancelled, ShowBusy], bytes] = {}

    def times(self, rendering: Rendering) -> _Times:
        """Return when it is."""
        when = self._part.details.when
        is_short = isinstance(when, Imprecise) and vevent.as_first_day(when, rendering)
        known = self._times.get(is_short)
        if known is None:
            written, timezone = vevent.times_of(self._part, as_first_day=is_short)
            used = tuple(sorted({zone for zone in (timezone, self._part.timezone) if zone}))
            component = Component(self._uid, self._of, self._part.day, used)
            known = self._times[is_short] = _Times(written, timezone, days_of(when)[0].year, component)
        return known

    def body(self, times: bytes, rendering: Rendering) -> bytes:
        """Return all that stands behind the stamps."""
        part = self._part
        title = vevent.in_language(rendering, part.details.title)
        summary = lines.text("SUMMARY", vevent.summary(part, rendering, self._around), **title)
        return b"".join((times, part.recurring, summary, self._middle(rendering), self._tail(rendering)))

    def _middle(self, rendering: Rendering) -> bytes:
        """Return the lines in which words stand, but for the first one."""
        as_category = rendering.organisation is ShowOrganisation.CATEGORY
        key = rendering.languages, rendering.sessions, as_category
        told = self._told.get(key)
        if told is None:
            part, around = self._part, self._around
            told = self._told[key] = vevent.described(part, rendering, around) + vevent.located(
                part, rendering, around
            )
        return told

    def _tail(self, rendering: Rendering) -> bytes:
        """Return the lines that are the same in all languages."""
        key = rendering.cancelled, rendering.busy
        end = self._end.get(key)
        if end is None:
            part = self._part
            end = self._end[key] = b"".join(
                (
                    lines.raw("URL", part.url) if part.url else b"",
                    vevent.status(part, rendering),
                    vevent.busy(part, rendering),
                    vevent.related(part.entry, self._around),
                    b"END:VEVENT\r\n",
                )
            )
        return end
