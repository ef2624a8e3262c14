"""Compare: what the public sees now, held against what it saw before."""

from dataclasses import dataclass

from coopcal.compile.diff import log
from coopcal.compile.diff.compare import compare
from coopcal.compile.diff.facts import facts
from coopcal.compile.inputs import Inputs
from coopcal.compile.select import Selected
from coopcal.model.change import Facts, LogEntry
from coopcal.selection.until import Turns


@dataclass(frozen=True, slots=True)
class Compared:
    """What is seen now, and the log of what changed, newest first."""

    seen: Facts
    log: tuple[LogEntry, ...]


def compared(selected: Selected, inputs: Inputs, turns: Turns) -> Compared:
    """Hold what is seen now against what was seen; ``turns`` learns when an entry of the log is too old."""
    members: dict[str, list[str]] = {}
    for feed in selected.feeds:
        for event in feed.chosen.whole:
            members.setdefault(inputs.around.uid(event), []).append(feed.plan.id)
    seen = facts(inputs.catalogue, selected.events, members, inputs.around, inputs.now)
    entries = _continued(seen, inputs)
    for instant in log.ages(entries):
        turns.at(instant)
    return Compared(seen, entries)


def _continued(seen: Facts, inputs: Inputs) -> tuple[LogEntry, ...]:
    """Return the log with what this compile changes; of what is hidden by now nothing stays in it."""
    before = inputs.before
    if before.facts is None:
        return before.log
    hidden = {inputs.around.uid(event) for event in inputs.catalogue.events()} - seen.events.keys()
    changes = [change for change in compare(before.facts, seen).events if change.uid not in hidden]
    return log.continued(before.log, changes, inputs.now, hidden)
