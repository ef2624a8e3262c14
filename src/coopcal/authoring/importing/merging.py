"""What came in and what stands in the sources → what is to be written: the source's changes and the staff's, key by key."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from coopcal.authoring.importing.events import Imported
from coopcal.authoring.importing.memory import Known, digests
from coopcal.authoring.text import Value
from coopcal.model.ids import NewIds, proposed_id
from coopcal.model.message import msg

NEW, UPDATED, SAME, KEPT, BOTH, DELETED, GONE, OUT, OTHER_UID, NOT_CHOSEN = (
    "new", "updated", "unchanged", "kept", "both-changed", "deleted-here", "gone", "left-out", "other-uid", "not-chosen",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Standing:
    """An event of the sources: the file that it stands in, and what it says."""

    path: str
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Step:
    """What an import does with an event, or says of it; ``line`` is that of the source (0 where it is not in it)."""

    kind: str
    id: str
    line: int
    said: str = ""


@dataclass(slots=True)
class Plan:
    """What an import is to do: events to add and to write anew by id, the memory of it, and the steps in order."""

    added: dict[str, Mapping[str, Value]] = field(default_factory=dict)
    changed: dict[str, Mapping[str, Value]] = field(default_factory=dict)
    known: dict[str, Known] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)


def plan(
    imported: Sequence[Imported],
    standing: Mapping[str, Standing],
    by_uid: Mapping[str, str],
    known: Mapping[str, Known],
    ids: NewIds,
    source: str,
    passed: Collection[str] = (),
) -> Plan:
    """Decide what becomes of each event; ``by_uid`` gives the ids of the events that stand, ``ids`` gives new ones.

    ``passed`` are the keys of what is in the source, and is passed over.
    """
    made = Plan(known=dict(known))
    came = set(passed)
    for event in imported:
        came.add(event.key)
        before = known.get(event.key)
        identifier = before.event if before else by_uid.get(event.key)
        if identifier is None:
            stem = proposed_id(event.title) or f"event-{event.day}"
            identifier = ids.new(stem, f"{event.day.year:04}", f"{event.day}")
            made.added[identifier] = {"id": identifier, **event.values}
            made.known[event.key] = Known(identifier, source, digests(event.values))
            made.steps.append(Step(NEW, identifier, event.line, event.title))
        elif identifier not in standing:
            sentence = msg("it was taken out of the files here, and stays out")
            made.steps.append(Step(DELETED, identifier, event.line, sentence))
        else:
            _merge(made, event, identifier, standing[identifier].values, before, source)
    for key, one in known.items():
        if one.source == source and key not in came and one.event in standing:
            sentence = msg(
                "it is no longer in {source}; if it is off, delete it and add “{id}” to “removed” of the organisation: removed: [{id}]",
                source=source,
                id=one.event,
            )
            made.steps.append(Step(GONE, one.event, 0, sentence))
    return made


def _merge(
    made: Plan,
    imported: Imported,
    identifier: str,
    here: Mapping[str, Value],
    before: Known | None,
    source: str,
) -> None:
    """Take over what changed in the source alone; keep what changed here alone; tell of what changed in both."""
    base = dict(before.keys) if before else {}
    came, now = digests(imported.values), digests(here)
    taken, kept, both = list[str](), list[str](), list[str]()
    for key in dict.fromkeys((*imported.values, *here)):
        if key != "id" and came.get(key) != now.get(key):
            here_alone, there_alone = came.get(key) == base.get(key), now.get(key) == base.get(key)
            kind = both if before is None else kept if here_alone else taken if there_alone else both
            kind.append(key)
    values = {key: value for key, value in here.items() if key not in taken}
    values |= {key: imported.values[key] for key in taken if key in imported.values}
    remembered = came if before is None else {
        **{key: came[key] for key in came if key not in both}, **{key: base[key] for key in both if key in base}
    }  # fmt: skip
    made.known[imported.key] = Known(identifier, source, remembered)
    if taken:
        made.changed[identifier] = _in_order(values, imported.values)
        made.steps.append(Step(UPDATED, identifier, imported.line, ", ".join(taken)))
    if both:
        keys = ", ".join(both)
        sentence = (
            msg("{keys}: changed here and in the source; what stands here was left", keys=keys)
            if before
            else msg("{keys}: not as in the source; what stands here was left", keys=keys)
        )
        made.steps.append(Step(BOTH, identifier, imported.line, sentence))
    if kept and not taken and not both:
        sentence = msg("{keys}: changed here, and left", keys=", ".join(kept))
        made.steps.append(Step(KEPT, identifier, imported.line, sentence))
    if not (taken or both or kept):
        made.steps.append(Step(SAME, identifier, imported.line))


def _in_order(values: Mapping[str, Value], came: Mapping[str, Value]) -> dict[str, Value]:
    """Return an event with the keys that are new in it at their usual place, all others where they stood."""
    order = ["id", *came]
    places = {key: number for number, key in enumerate(order)}
    last = 0
    ranked: list[tuple[int, int, str]] = []
    for number, key in enumerate(values):
        last = max(last, places[key]) if key in places else last
        ranked.append((places.get(key, last), number, key))
    return {key: values[key] for _, _, key in sorted(ranked)}


def without(
    made: Plan, identifier: str, standing: Mapping[str, Standing], known: Mapping[str, Known], why: str
) -> None:
    """Take an event out of a plan again, and say why."""
    line = next((step.line for step in made.steps if step.id == identifier), 0)
    made.added.pop(identifier, None)
    made.changed.pop(identifier, None)
    for key in [key for key, memory in made.known.items() if memory.event == identifier]:
        if key in known:
            made.known[key] = known[key]
        else:
            del made.known[key]
    made.steps = [step for step in made.steps if step.id != identifier]
    sentence = msg("{why} (what stands here was left)", why=why) if identifier in standing else why
    made.steps.append(Step(OUT, identifier, line, sentence))
