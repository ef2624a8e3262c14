"""Compile some organisations by themselves: select, render, stamp and compare their events, and make their records."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from coopcal.compile.diff.compare import events_changed
from coopcal.compile.diff.facts import facts_of
from coopcal.compile.entries import Entries, rendered, stamped
from coopcal.compile.inputs import Inputs
from coopcal.compile.portion import FeedPortion, Placed, Portion, Standing
from coopcal.compile.records import Telling, documents_of, event_record, override_record
from coopcal.compile.select import Selected, SelectedFeed, select
from coopcal.model.by_identity import ByIdentity
from coopcal.model.change import EventChange
from coopcal.model.entry import Entry
from coopcal.model.event import Recurring
from coopcal.model.facts import VisibleFacts
from coopcal.model.happening import Happening
from coopcal.model.identity import address
from coopcal.model.published import PublishedEvent, PublishedTransient
from coopcal.selection.until import Turns, horizon
from coopcal.selection.visible import order
from coopcal.site.content import Recorded
from coopcal.site.memory import Rows, facts_row, published_row
from coopcal.site.record_line import write_line

Stand = Callable[[Entry], Standing]
"""Returns what an entry is sorted by, and its days."""


def portion(inputs: Inputs) -> Portion:
    """Compile the organisations of a catalogue; ``inputs.before`` holds no facts but of their events."""
    turns, standing = Turns(inputs.now), ByIdentity(partial(_standing, inputs))
    selected = select(inputs, turns)
    entries = stamped(rendered(selected, inputs), inputs)
    members = _members(selected, inputs)
    seen = facts_of(selected.events, members, inputs.around, inputs.catalogue.settings.languages)
    happenings = [event for event in selected.events if isinstance(event, Happening)]
    return Portion(
        feeds={feed.plan.id: _feed(feed, standing) for feed in selected.feeds},
        entries=entries.all,
        rows=Rows(
            dict(_published_rows(selected, entries, standing, inputs)),
            {uid: facts_row(event) for uid, event in seen.items()},
        ),
        changes=_changes(seen, inputs),
        hidden=frozenset(map(inputs.around.uid, inputs.catalogue.events())) - seen.keys(),
        records=tuple(_records(happenings, members, entries, standing, inputs)),
        documents={
            address: (event.organisation, file)
            for event in happenings
            for address, file in documents_of(event)
        },
        turns=turns,
        is_new=_is_new(entries, inputs),
    )


def _feed(feed: SelectedFeed, standing: Stand) -> FeedPortion:
    return FeedPortion(
        standing=tuple(map(standing, feed.chosen.events)),
        years={year: tuple(map(standing, events)) for year, events in feed.years.items()},
    )


def _standing(inputs: Inputs, entry: Entry) -> Standing:
    return Standing(*order(entry, inputs.catalogue), *entry.days)


def _published_rows(
    selected: Selected, entries: Entries, standing: Stand, inputs: Inputs
) -> Iterator[tuple[str, bytes]]:
    """Return every event by UID, and what comes and goes by itself, with the stamps of each rendering, past ones too."""
    before = inputs.before.events
    shown = {inputs.around.uid(event): event for event in selected.events}
    for uid in shown.keys() | entries.stamps.keys():
        event = shown.get(uid)
        first, last = standing(event)[3:] if event else entries.days[uid]
        stored = before[uid].stamps if uid in before else {}
        stamps = {**stored, **entries.stamps.get(uid, {})}
        entry = (
            PublishedEvent(event.key, first, last, stamps)
            if isinstance(event, Happening)
            else PublishedTransient(first, last, stamps)
        )
        yield uid, published_row(entry)


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
    return events_changed(before, replace(inputs.names, events=seen)) if before else ()


def _records(
    happenings: list[Happening],
    members: Mapping[str, Sequence[str]],
    entries: Entries,
    standing: Stand,
    inputs: Inputs,
) -> Iterator[Placed]:
    """Return the record of each event, and of its overrides."""
    telling = Telling(inputs.around, inputs.catalogue.settings.languages, horizon(inputs.now))
    for event in happenings:
        key = standing(event)[:3]
        modified = entries.modified(key[-1])
        lines = [write_line(event_record(event, telling, modified), members.get(key[-1], ()))]
        if isinstance(event, Recurring):
            overrides = event.recurrence.overrides
            lines += (write_line(override_record(event, each, telling, modified)) for each in overrides)
        yield Placed(*key, Recorded(address(event), tuple(lines)))
