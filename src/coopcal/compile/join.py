"""Join what was compiled of organisations by themselves: feeds, the memory of the next compile, and the log of changes."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from coopcal.compile import closed_feed, moved_site
from coopcal.compile.cut import Owners
from coopcal.compile.diff import log
from coopcal.compile.diff.compare import events_changed, place
from coopcal.compile.inputs import Inputs
from coopcal.compile.portion import Lines, Marks, Members, Portion, Recorded
from coopcal.compile.roster import Holder
from coopcal.compile.select import translations
from coopcal.model.change import EventChange, LogEntry
from coopcal.model.facts import VisibleFacts
from coopcal.selection.plan import FeedPlan
from coopcal.selection.until import Turns
from coopcal.site.lines import Rows
from coopcal.site.memory import published_row


@dataclass(frozen=True, slots=True)
class JoinedFeed:
    """A feed with the portions that hold anything of it; the ``translations`` and ``years`` that it has addresses for."""

    plan: FeedPlan
    portions: Sequence[Portion]
    translations: tuple[str, ...]
    years: Sequence[int]

    def standing(self) -> Mapping[str, Holder]:
        """Return what holds anything that stands in its window, by name."""
        return self._holders(lambda marks: marks.standing, lambda members: members.standing)

    def year(self, year: int) -> Mapping[str, Holder]:
        """Return what holds anything that stands in its archive of a year, by name."""
        return self._holders(lambda marks: marks.years.get(year), lambda members: members.years[year])

    def _holders(
        self, mark_of: Callable[[Marks], bytes | None], members: Callable[[Members], Lines]
    ) -> Mapping[str, Holder]:
        holders = {}
        for portion in self.portions:
            mark = mark_of(portion.feeds[self.plan.id])
            if mark is not None:
                holders[min(portion.organisations)] = Holder(portion, mark, members)
        return holders


@dataclass(frozen=True, slots=True)
class Joined:
    """A site of all portions; ``log`` is newest first.

    ``former`` are the rows of what was published once and is in no portion, by organisation: under "" where that is not
    known any more. Nothing is forgotten.
    """

    feeds: tuple[JoinedFeed, ...]
    portions: Sequence[Portion]
    former: Mapping[str, Mapping[str, bytes]]
    log: tuple[LogEntry, ...]
    documents: Mapping[str, tuple[str, str]]
    turns: Turns

    def records(self, organisations: Collection[str]) -> list[Recorded]:
        """Return the records of the events of some organisations, in order."""
        records = chain.from_iterable(portion.written().records for portion in self._of(organisations))
        return sorted(recorded for recorded in records if recorded[3].split("/")[2] in organisations)

    def rows(self, organisations: Collection[str]) -> Rows:
        """Return what is known of all events of some organisations, also of those that were published once."""
        published, facts = dict[str, bytes](), dict[str, bytes]()
        for portion in self._of(organisations):
            written = portion.written()
            owners = written.owners
            published |= {uid: row for uid, row in written.published.items() if owners[uid] in organisations}
            facts |= {uid: row for uid, row in written.facts.items() if owners[uid] in organisations}
            published |= written.former
        for owner in organisations:
            published |= self.former.get(owner, {})
        return Rows(published, facts)

    def _of(self, organisations: Collection[str]) -> Iterator[Portion]:
        return (one for one in self.portions if not one.organisations.isdisjoint(organisations))


def join(
    portions: Sequence[Portion], inputs: Inputs, gone: Mapping[str, VisibleFacts] | None = None
) -> Joined:
    """Join portions that hold all events between them.

    ``gone`` is what was seen before of events whose organisations are there no more.
    """
    entries = _continued(portions, _gone(gone or {}, inputs), inputs)
    turns = Turns(inputs.now)
    for portion in portions:
        turns.join(portion.turns)
    for instant in log.ages(entries):
        turns.at(instant)
    for plan in inputs.plans:
        for day in closed_feed.turns(plan):
            turns.on(day, plan.timezone)
    if move := moved_site.told(inputs):
        turns.at(move.told_until)
    for own in inputs.private.values():
        for plan in own.plans:
            untold = Turns(inputs.now)
            for day in closed_feed.turns(plan):
                untold.on(day, plan.timezone)
            turns.join_untold(untold)
    return Joined(
        feeds=joined_feeds(portions, inputs),
        portions=portions,
        former=_former(portions, inputs),
        log=entries,
        documents={name: file for portion in portions for name, file in portion.documents.items()},
        turns=turns,
    )


def joined_feeds(portions: Sequence[Portion], inputs: Inputs) -> tuple[JoinedFeed, ...]:
    """Return all feeds, each with the portions that hold anything of it."""
    by_feed: dict[str, list[Portion]] = {}
    for portion in portions:
        for feed in portion.feeds:
            by_feed.setdefault(feed, []).append(portion)
    return tuple(_feed(plan, by_feed.get(plan.id, []), inputs) for plan in inputs.plans)


def _feed(plan: FeedPlan, portions: Sequence[Portion], inputs: Inputs) -> JoinedFeed:
    return JoinedFeed(
        plan,
        portions,
        translations(plan, inputs),
        _years(plan, portions, inputs.archives.get(plan.id, ())),
    )


def _years(plan: FeedPlan, portions: Iterable[Portion], before: Iterable[int]) -> list[int]:
    """Return the years that a feed has archives of; one that has had an address keeps it when its events are gone."""
    return sorted({*before, *chain.from_iterable(portion.feeds[plan.id].years for portion in portions)})


def _former(portions: Iterable[Portion], inputs: Inputs) -> Mapping[str, Mapping[str, bytes]]:
    before, whose = inputs.before.events, Owners(inputs.catalogue.organisations, {})
    former: defaultdict[str, dict[str, bytes]] = defaultdict(dict)
    uids = (uid for portion in portions for uid in portion.uids)
    for uid in before.keys() - set(uids) if before else ():
        former[whose.owner_of(uid, before[uid])][uid] = published_row(before[uid])
    return former


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
    names = {**inputs.names.organisations, **inputs.names.feeds}
    renamed = {former: name for name, facts in names.items() for former in facts.former}
    return log.continued(before.log, changes, inputs.now, hidden, renamed)
