"""Render and stamp: each event once in each rendering that some feed shows it in."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from coopcal.compile import stamp as stamps
from coopcal.compile.inputs import Inputs
from coopcal.compile.render.rendering import Rendering, Surroundings
from coopcal.compile.render.vcalendar import StampedEntry
from coopcal.compile.render.vevent import Rendered, render
from coopcal.compile.select import Selected, SelectedFeed
from coopcal.model.entry import ClosingEntry, Entry, MovedNotice
from coopcal.model.published import Stamp
from coopcal.site.component import Component


@dataclass(frozen=True, slots=True)
class RenderedEvent:
    """An event in one rendering, without stamps."""

    uid: str
    event: Entry
    rendering: Rendering
    content: Rendered


@dataclass(frozen=True, slots=True)
class Entries:
    """Stamped events by UID and the key of a rendering; their stamps by the same; and the days of each by UID."""

    _entries: Mapping[tuple[str, str], StampedEntry]
    stamps: Mapping[str, Mapping[str, Stamp]]
    days: Mapping[str, tuple[date, date]]

    def of(self, uid: str, rendering: Rendering) -> StampedEntry:
        """Return an event in a rendering that it was rendered in."""
        return self._entries[uid, rendering.key]

    def modified(self, uid: str) -> datetime:
        """Return when the bytes of an event last changed in any feed; the epoch of sequences for one in none."""
        known = self.stamps.get(uid, {}).values()
        return max((stamp.modified for stamp in known), default=stamps.SEQUENCE_EPOCH)


def rendered(selected: Selected, inputs: Inputs, progress: Callable[[str], None]) -> Iterator[RenderedEvent]:
    """Render each event once in each rendering, feed by feed."""
    seen: set[tuple[str, str]] = set()
    for number, feed in enumerate(selected.feeds, 1):
        progress(f"Feed {number} of {len(selected.feeds)}: {feed.plan.id}")
        for event, rendering in _shown(feed):
            uid = inputs.around.uid(event)
            if (uid, rendering.key) not in seen:
                seen.add((uid, rendering.key))
                yield RenderedEvent(uid, event, rendering, render(event, rendering, inputs.around))


def _shown(feed: SelectedFeed) -> Iterator[tuple[Entry, Rendering]]:
    """Return the events of a feed, its translations and its archives, each with how it is shown there."""
    renderings = (feed.rendering, *(feed.translated(language) for language in feed.translations))
    yield from ((event, rendering) for rendering in renderings for event in feed.chosen.events)
    yield from ((event, renderings[0]) for events in feed.years.values() for event in events)


def stamped(events: Iterable[RenderedEvent], inputs: Inputs) -> Entries:
    """Stamp rendered events: what changed since it was published is stamped anew."""
    entries: dict[tuple[str, str], StampedEntry] = {}
    by_uid: dict[str, dict[str, Stamp]] = {}
    days: dict[str, tuple[date, date]] = {}
    for one in events:
        key, content = one.rendering.key, one.content
        stamp = stamps.stamp(content.digest, key, inputs.before.events.get(one.uid), inputs.now)
        of = _goes_with(one.event, inputs.around)
        components = (Component(one.uid, of, part.day, part.zones) for part in content.parts)
        entries[one.uid, key] = StampedEntry(
            tuple(zip(components, content.stamped(stamp), strict=True)), content.zones
        )
        by_uid.setdefault(one.uid, {})[key] = stamp
        days[one.uid] = one.event.days
    return Entries(entries, by_uid, days)


def _goes_with(entry: Entry, around: Surroundings) -> str:
    """Return the UID of the event that a notice at an old date, or the end of registration, goes with; "" for others."""
    return around.uid(entry.of) if isinstance(entry, MovedNotice | ClosingEntry) else ""
