"""Compile some organisations by themselves: select, render, stamp and compare their events, and make their records."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import NamedTuple

from coopcal.compile.cut import Part
from coopcal.compile.diff.compare import events_changed
from coopcal.compile.diff.facts import facts_of
from coopcal.compile.digests import digest_of_parts
from coopcal.compile.entries import Entries, rendered, stamped
from coopcal.compile.inputs import Inputs
from coopcal.compile.portion import Line, Lines, Marks, Members, Portion, Recorded, Shown, Written
from coopcal.compile.records import Telling, documents_of, event_record, override_record
from coopcal.compile.render.stamped import PlainEntry, plain
from coopcal.compile.select import Selected, SelectedFeed, select
from coopcal.model.by_identity import ByIdentity
from coopcal.model.change import EventChange
from coopcal.model.entry import Entry
from coopcal.model.event import Recurring
from coopcal.model.facts import VisibleFacts
from coopcal.model.happening import Happening
from coopcal.model.identity import address
from coopcal.model.published import PublishedEntry, PublishedEvent, PublishedTransient
from coopcal.selection.contacts import is_dropped
from coopcal.selection.until import Turns, horizon
from coopcal.selection.visible import order
from coopcal.site.lines import write_line
from coopcal.site.memory import facts_row, published_row

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


class Standing(NamedTuple):
    """What an entry is sorted by (start, depth and UID), and its first and last local day."""

    start: int
    depth: int
    uid: str
    first: date
    last: date


Stand = Callable[[Entry], Standing]


class Compiled(NamedTuple):
    """A portion, and what the next compile has to know of what was published with it, by UID."""

    portion: Portion
    published: Part


def portion(inputs: Inputs) -> Portion:
    """Compile the organisations of a catalogue; ``inputs.before`` holds no facts but of their events."""
    return compiled(inputs).portion


def compiled(inputs: Inputs) -> Compiled:
    """Compile the organisations of a catalogue as ``portion`` does, and tell what was published."""
    turns, standing = Turns(inputs.now), ByIdentity(partial(_standing, inputs))
    private = {feed: _private(one) for feed, one in inputs.private.items()}
    for one in private.values():
        turns.join_untold(one.turns)
    selected = select(inputs, turns)
    entries = stamped(rendered(selected, inputs), inputs)
    members = _members(selected, inputs)
    seen = facts_of(selected.events, members, inputs.around, inputs.catalogue.settings.languages)
    happenings = [event for event in selected.events if isinstance(event, Happening)]
    shown = _shown(selected, entries, standing)
    published = dict(_published(selected, entries, standing, inputs))
    written = Written(
        tuple(_records(happenings, members, entries, standing, inputs)),
        {uid: published_row(entry) for uid, entry in published.items()},
        {uid: facts_row(event) for uid, event in seen.items()},
        {**entries.owners, **{inputs.around.uid(event): event.organisation for event in selected.events}},
        {},
    )
    made = Portion(
        organisations=frozenset(one.id for one in inputs.catalogue.organisations),
        uids=tuple(published),
        feeds=_marks(shown, entries),
        changes=_changes(seen, inputs),
        hidden=frozenset(map(inputs.around.uid, inputs.catalogue.events())) - seen.keys(),
        documents={
            address: (event.organisation, file)
            for event in happenings
            for address, file in documents_of(event)
        },
        turns=turns,
        events=len({(event.organisation, event.path[0]) for event in happenings}),
        is_new=_is_new(entries, inputs) or any(one.is_new for one in private.values()),
        shown=lambda: shown,
        written=lambda: written,
        private=private,
    )
    return Compiled(made, Part(published, seen))


def _private(inputs: Inputs) -> Portion:
    """Return what stands in a private feed of the organisations; nothing else is told of it."""
    turns, standing = Turns(inputs.now), ByIdentity(partial(_standing, inputs))
    selected = select(inputs, turns)
    entries = stamped(rendered(selected, inputs), inputs)
    shown = _shown(selected, entries, standing)
    published = dict(_published(selected, entries, standing, inputs))
    written = Written((), {uid: published_row(entry) for uid, entry in published.items()}, {}, {}, {})
    return Portion(
        organisations=frozenset(one.id for one in inputs.catalogue.organisations),
        uids=tuple(published),
        feeds=_marks(shown, entries),
        changes=(),
        hidden=frozenset(),
        documents={},
        turns=turns,
        events=0,
        is_new=_is_new(entries, inputs),
        shown=lambda: shown,
        written=lambda: written,
    )


def _standing(inputs: Inputs, entry: Entry) -> Standing:
    start, depth, uid = order(entry, inputs.catalogue)
    return Standing((start - EPOCH) // MICROSECOND, depth, uid, *entry.days)


class _Lines:
    """Entries as they are first met, by number."""

    def __init__(self, standing: Stand) -> None:
        self.lines: list[Line] = []
        self.numbers: dict[str, int] = {}
        self._standing = standing

    def __call__(self, entries: Iterable[Entry]) -> Lines:
        """Return the numbers of entries."""
        return tuple(map(self._number, entries))

    def _number(self, entry: Entry) -> int:
        start, depth, uid, _, last = self._standing(entry)
        number = self.numbers.get(uid)
        if number is None:
            number = self.numbers[uid] = len(self.lines)
            self.lines.append((start, depth, uid, last.toordinal()))
        return number


def _shown(selected: Selected, entries: Entries, standing: Stand) -> Shown:
    lines = _Lines(standing)
    feeds = {feed.plan.id: _in_feed(feed, lines) for feed in selected.feeds}
    lines(event for feed in selected.feeds for event in feed.chosen.whole)
    by_key: dict[str, dict[int, PlainEntry]] = {}
    for (uid, key), entry in entries.all.items():
        by_key.setdefault(key, {})[lines.numbers[uid]] = plain(entry)
    return Shown(tuple(lines.lines), feeds, by_key)


def _in_feed(feed: SelectedFeed, numbers: Callable[[Iterable[Entry]], Lines]) -> Members:
    return Members(
        standing=numbers(feed.chosen.events),
        years={year: numbers(events) for year, events in feed.years.items()},
    )


def _marks(shown: Shown, entries: Entries) -> Mapping[str, Marks]:
    """Return the digests of what feeds hold: of the lines there, and of the stamps of each, which tell its bytes."""
    marks = [digest_of_parts(_told_by(line, entries)) for line in shown.lines]

    def of(numbers: Lines) -> bytes:
        return digest_of_parts(marks[number] for number in numbers)

    return {
        feed: Marks(
            of(members.standing),
            {year: of(numbers) for year, numbers in members.years.items()},
        )
        for feed, members in shown.feeds.items()
    }


def _told_by(line: Line, entries: Entries) -> Iterator[bytes]:
    yield repr(line).encode()
    for key, stamp in sorted(entries.stamps.get(line[2], {}).items()):
        yield f"{key} {stamp.modified} {stamp.digest}".encode()


def _published(
    selected: Selected, entries: Entries, standing: Stand, inputs: Inputs
) -> Iterator[tuple[str, PublishedEntry]]:
    """Return every event by UID, and what comes and goes by itself, with the stamps of each rendering, past ones too."""
    before = inputs.before.events
    shown = {inputs.around.uid(event): event for event in selected.events}
    for uid in shown.keys() | entries.stamps.keys():
        event = shown.get(uid)
        first, last = standing(event)[3:] if event else entries.days[uid]
        stored = before[uid].stamps if uid in before else {}
        stamps = {**stored, **entries.stamps.get(uid, {})}
        yield (
            uid,
            PublishedEvent(event.key, first, last, stamps)
            if isinstance(event, Happening)
            else PublishedTransient(first, last, stamps),
        )


def _is_new(entries: Entries, inputs: Inputs) -> bool:
    """Return whether anything has another stamp than before."""
    before = inputs.before.events
    return any(
        uid not in before or before[uid].stamps.get(key) != stamp
        for uid, stamps in entries.stamps.items()
        for key, stamp in stamps.items()
    )


def _members(selected: Selected, inputs: Inputs) -> Mapping[str, Sequence[str]]:
    """Return the feeds that select each event by its UID."""
    members: dict[str, list[str]] = {}
    for feed in selected.feeds:
        for event in feed.chosen.whole:
            members.setdefault(inputs.around.uid(event), []).append(feed.plan.id)
    return members


def _changes(seen: Mapping[str, VisibleFacts], inputs: Inputs) -> tuple[EventChange, ...]:
    """Return what is seen otherwise than before; nothing where that is not known."""
    before = inputs.before.facts
    changes = events_changed(before, replace(inputs.names, events=seen)) if before else ()
    return tuple(change for change in changes if not _is_by_age(change, inputs))


def _is_by_age(change: EventChange, inputs: Inputs) -> bool:
    """Return whether nothing changed but that contacts are kept no longer, which nobody need be told."""
    if any((one.kind, one.new) != ("texts", ("contact",)) for one in change.differences):
        return False
    organisation, name = change.key.split("/")[:2]
    event = inputs.catalogue.events_by_path.get((organisation, (name.partition("+")[0],)))
    return event is not None and is_dropped(event, inputs.catalogue.settings, inputs.now)


def _records(
    happenings: list[Happening],
    members: Mapping[str, Sequence[str]],
    entries: Entries,
    standing: Stand,
    inputs: Inputs,
) -> Iterator[Recorded]:
    """Return the record of each event, and of its overrides."""
    telling = Telling(inputs.around, inputs.catalogue.settings.languages, horizon(inputs.now))
    for event in happenings:
        start, depth, uid, *_ = standing(event)
        modified = entries.modified(uid)
        lines = [write_line(event_record(event, telling, modified), members.get(uid, ()))]
        if isinstance(event, Recurring):
            overrides = event.recurrence.overrides
            lines += (write_line(override_record(event, each, telling, modified)) for each in overrides)
        yield start, depth, uid, address(event), tuple(lines)
