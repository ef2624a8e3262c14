"""Join what was compiled of organisations by themselves: feeds, the memory of the next compile, and the log of changes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from heapq import merge
from itertools import chain
from typing import TypeVar

from coopcal.compile.diff import log
from coopcal.compile.diff.compare import events_changed, place
from coopcal.compile.inputs import Inputs
from coopcal.compile.portion import FeedPortion, Placed, Portion, Standing
from coopcal.compile.render.vcalendar import StampedEntry
from coopcal.compile.select import translations
from coopcal.model.change import EventChange, LogEntry
from coopcal.model.facts import Facts, VisibleFacts
from coopcal.selection.plan import YEAR_AFTER, FeedPlan
from coopcal.selection.until import Turns
from coopcal.site.memory import Rows, published_row

Item = TypeVar("Item", Standing, Placed)


@dataclass(frozen=True, slots=True)
class JoinedFeed:
    """A feed with all that stands in it, in order; the ``translations`` that it has addresses for; its archive by year."""

    plan: FeedPlan
    standing: Sequence[Standing]
    translations: tuple[str, ...]
    years: Mapping[int, Sequence[Standing]]


@dataclass(frozen=True, slots=True)
class Joined:
    """A site of all portions; ``entries`` by UID and the key of a rendering, ``log`` newest first.

    ``facts`` are those of organisations and feeds: what is known of events stands in ``rows``.
    """

    feeds: tuple[JoinedFeed, ...]
    entries: Mapping[tuple[str, str], StampedEntry]
    rows: Rows
    facts: Facts
    log: tuple[LogEntry, ...]
    records: tuple[Placed, ...]
    documents: Mapping[str, tuple[str, str]]
    turns: Turns


def join(
    portions: Sequence[Portion], inputs: Inputs, gone: Mapping[str, VisibleFacts] | None = None
) -> Joined:
    """Join portions that hold all events between them.

    ``gone`` is what was seen before of events whose organisations are there no more.
    """
    names = inputs.names
    entries = _continued(portions, _gone(gone or {}, inputs), inputs)
    turns = Turns(inputs.now)
    for portion in portions:
        turns.join(portion.turns)
    for instant in log.ages(entries):
        turns.at(instant)
    return Joined(
        feeds=tuple(_feed(plan, portions, inputs, turns) for plan in inputs.plans),
        entries={name: entry for portion in portions for name, entry in portion.entries.items()},
        rows=_rows(portions, inputs),
        facts=names,
        log=entries,
        records=_merged(portion.records for portion in portions),
        documents={name: file for portion in portions for name, file in portion.documents.items()},
        turns=turns,
    )


def _feed(plan: FeedPlan, portions: Sequence[Portion], inputs: Inputs, turns: Turns) -> JoinedFeed:
    if plan.closed is not None:
        turns.on(plan.closed.on, plan.timezone)
        turns.on(plan.closed.on + YEAR_AFTER, plan.timezone)
    parts = [portion.feeds[plan.id] for portion in portions if plan.id in portion.feeds]
    return JoinedFeed(
        plan,
        _merged(part.standing for part in parts),
        translations(plan, inputs),
        _years(parts, inputs.archives.get(plan.id, ())),
    )


def _years(parts: Sequence[FeedPortion], before: Iterable[int]) -> dict[int, Sequence[Standing]]:
    """Return the events of each year; a year that has had an address keeps it when its events are gone."""
    years = sorted({*before, *chain.from_iterable(part.years for part in parts)})
    return {year: _merged(part.years[year] for part in parts if year in part.years) for year in years}


def _merged(parts: Iterable[tuple[Item, ...]]) -> tuple[Item, ...]:
    """Return items of several portions in order."""
    rows = list(parts)
    return rows[0] if len(rows) == 1 else tuple(merge(*rows))


def _rows(portions: Sequence[Portion], inputs: Inputs) -> Rows:
    """Return what is known of all events, also of those that were published once: nothing is forgotten."""
    published = {uid: row for portion in portions for uid, row in portion.rows.published.items()}
    before = inputs.before.events
    published |= {uid: published_row(before[uid]) for uid in before.keys() - published.keys()}
    return Rows(published, {uid: row for portion in portions for uid, row in portion.rows.facts.items()})


def _gone(gone: Mapping[str, VisibleFacts], inputs: Inputs) -> tuple[EventChange, ...]:
    """Return the changes that tell that events are gone with their organisations."""
    before = inputs.before.facts
    return events_changed(replace(before, events=gone), inputs.names) if before and gone else ()


def _continued(
    portions: Sequence[Portion], gone: tuple[EventChange, ...], inputs: Inputs
) -> tuple[LogEntry, ...]:
    """Return the log with what this compile changes; of what is hidden by now nothing stays in it."""
    before = inputs.before
    if before.facts is None:
        return before.log
    hidden = frozenset(chain.from_iterable(portion.hidden for portion in portions))
    changes = sorted(chain(gone, *(portion.changes for portion in portions)), key=place)
    changes = [change for change in changes if change.uid not in hidden]
    return log.continued(before.log, changes, inputs.now, hidden)
