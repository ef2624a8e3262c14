"""Cut the inputs of a compile by organisations, so that some of them are compiled at a time."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from coopcal.compile.inputs import Inputs
from coopcal.model.facts import VisibleFacts
from coopcal.model.organisation import Organisation
from coopcal.model.published import PublishedEntry, PublishedEvent


@dataclass(frozen=True, slots=True)
class Cut:
    """The inputs of some organisations each, and what was seen before of events of organisations that are gone."""

    inputs: tuple[Inputs, ...]
    gone: Mapping[str, VisibleFacts]


def cut(inputs: Inputs, batches: Iterable[Sequence[str]]) -> Cut:
    """Cut inputs into those of batches of organisations, which are given by their ids and hold all of them."""
    catalogue, before = inputs.catalogue, inputs.before
    owners = _Owners(inputs)
    facts = before.facts.events if before.facts else {}
    seen = {uid: owners.of_facts(uid, event) for uid, event in facts.items()}
    stamped = {uid: owners.of_published(uid, event) for uid, event in before.events.items()}
    names = {one.id: replace(one, events=()) for one in catalogue.organisations}
    parts = []
    for batch in map(frozenset, batches):
        organisations = tuple(one if one.id in batch else names[one.id] for one in catalogue.organisations)
        known = replace(
            before,
            events={
                uid: event
                for uid, event in before.events.items()
                if stamped[uid] in batch or not stamped[uid]
            },
            facts=before.facts
            and replace(
                before.facts, events={uid: event for uid, event in facts.items() if seen[uid] in batch}
            ),
        )
        parts.append(
            Inputs.of(replace(catalogue, organisations=organisations), inputs.plans, known, inputs.now)
        )
    return Cut(tuple(parts), {uid: event for uid, event in facts.items() if not seen[uid]})


class _Owners:
    """Whose what was published is now: of the organisation that has its UID, else of the one that it was of, by whatever id."""

    def __init__(self, inputs: Inputs) -> None:
        organisations = inputs.catalogue.organisations
        self._by_uid = {inputs.around.uid(event): event.organisation for event in inputs.catalogue.events()}
        self._by_id = _by_any_id(organisations)

    def of_facts(self, uid: str, event: VisibleFacts) -> str:
        """Return the id of the organisation that an event is of which was seen before; "" where it is gone."""
        return self._by_uid.get(uid) or self._by_id.get(event.organisation, "")

    def of_published(self, uid: str, entry: PublishedEntry) -> str:
        """Return the id of the organisation that stamps are of; "" where that is not known."""
        if isinstance(entry, PublishedEvent):
            name = entry.key.partition("/")[0]
        else:
            name = uid.rpartition("@")[0].rpartition(".")[-1]
        return self._by_uid.get(uid) or self._by_id.get(name, "")


def _by_any_id(organisations: Iterable[Organisation]) -> Mapping[str, str]:
    """Return the ids of organisations by each that they have or had; an id of now goes before a former one."""
    former = {reference.id: one.id for one in organisations for reference in one.formerly}
    return former | {one.id: one.id for one in organisations}
