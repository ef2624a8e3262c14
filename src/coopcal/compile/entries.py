"""Render and stamp: each event once in each rendering that some feed shows it in."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from coopcal.compile import stamp as stamps
from coopcal.compile.inputs import Inputs
from coopcal.compile.render.draft import Draft, Rendered
from coopcal.compile.render.rendering import Rendering
from coopcal.compile.render.stamped import StampedEntry
from coopcal.compile.select import Selected, SelectedFeed, rendering_of, translated, translations
from coopcal.model.entry import Entry
from coopcal.model.published import SEQUENCE_EPOCH, Stamp


class RenderedEvent(NamedTuple):
    """An event in one rendering, named by its ``key``, without stamps."""

    uid: str
    event: Entry
    key: str
    content: Rendered


@dataclass(frozen=True, slots=True)
class Entries:
    """Stamped events by UID and the key of a rendering; their stamps by the same; the days and the organisation of each by UID."""

    all: Mapping[tuple[str, str], StampedEntry]
    stamps: Mapping[str, Mapping[str, Stamp]]
    days: Mapping[str, tuple[date, date]]
    owners: Mapping[str, str]

    def modified(self, uid: str) -> datetime:
        """Return when the bytes of an event last changed in any feed; the epoch of sequences for one in none."""
        known = self.stamps.get(uid, {}).values()
        return max((stamp.modified for stamp in known), default=SEQUENCE_EPOCH)


def rendered(selected: Selected, inputs: Inputs) -> Iterator[RenderedEvent]:
    """Render each event once in each rendering that is asked for."""
    for uid, (event, renderings) in _asked(selected, inputs).items():
        draft = Draft(event, inputs.around)
        for key, rendering in renderings.items():
            yield RenderedEvent(uid, event, key, draft.rendered(rendering))


def _asked(selected: Selected, inputs: Inputs) -> dict[str, tuple[Entry, dict[str, Rendering]]]:
    """Return each event by UID, with the renderings that some feed shows it in by their keys."""
    asked: dict[str, tuple[Entry, dict[str, Rendering]]] = {}
    for feed in selected.feeds:
        for events, renderings in _shown(feed, inputs):
            by_key = {rendering.key: rendering for rendering in renderings}
            for event in events:
                uid = inputs.around.uid(event)
                known = asked.get(uid)
                if known is None:
                    known = asked[uid] = event, {}
                known[1].update(by_key)
    return asked


def _shown(feed: SelectedFeed, inputs: Inputs) -> Iterator[tuple[Iterable[Entry], tuple[Rendering, ...]]]:
    """Return the events of a feed and its translations, and those of its archives, with how they are shown there."""
    own, languages = rendering_of(feed.plan), translations(feed.plan, inputs)
    yield feed.chosen.events, (own, *(translated(feed.plan, language) for language in languages))
    yield feed.chosen.whole, (own,)


def stamped(events: Iterable[RenderedEvent], inputs: Inputs) -> Entries:
    """Stamp rendered events: what changed since it was published is stamped anew."""
    entries: dict[tuple[str, str], StampedEntry] = {}
    by_uid: dict[str, dict[str, Stamp]] = {}
    days: dict[str, tuple[date, date]] = {}
    owners: dict[str, str] = {}
    for one in events:
        content = one.content
        stamp = stamps.stamp(content.digest, one.key, inputs.before.events.get(one.uid), inputs.now)
        entries[one.uid, one.key] = content.stamped(stamp)
        by_uid.setdefault(one.uid, {})[one.key] = stamp
        days[one.uid] = one.event.days
        owners[one.uid] = one.event.organisation
    return Entries(entries, by_uid, days, owners)
