"""Cut what was published by organisations, so that some of these are compiled at a time."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from coopcal.model.facts import VisibleFacts
from coopcal.model.identity import uid
from coopcal.model.organisation import Organisation
from coopcal.model.published import Published, PublishedEntry, PublishedEvent
from coopcal.model.site import Catalogue


@dataclass(frozen=True, slots=True)
class Cut:
    """What was published of each batch, and what was seen of events of organisations that are gone."""

    parts: tuple[Published | None, ...]
    gone: Mapping[str, VisibleFacts]


def owners_of(catalogue: Catalogue) -> Mapping[str, str]:
    """Return the organisation of each event, date and session by its UID."""
    domain = catalogue.settings.uid_domain
    return {
        uid(happening, catalogue.by_id[happening.organisation], domain): happening.organisation
        for happening in catalogue.events()
    }


def cut(
    before: Published | None,
    organisations: Iterable[Organisation],
    owners: Mapping[str, str],
    batches: Sequence[Collection[str]],
) -> Cut:
    """Cut what was published into what batches of organisations, given by ids, have to know of it.

    ``owners`` are the organisations of all UIDs that there are now. What is seen of an event goes to one batch; its stamps
    go to each that it may be of, and to all where that is not known.
    """
    if before is None:
        return Cut((None,) * len(batches), {})
    whose = _Owners(organisations, owners)
    numbers = {name: number for number, batch in enumerate(batches) for name in batch}
    everybody = range(len(batches))
    events: list[dict[str, PublishedEntry]] = [{} for _ in batches]
    for name, entry in before.events.items():
        known = {numbers[owner] for owner in whose.of_entry(name, entry)}
        for number in known or everybody:
            events[number][name] = entry
    seen: list[dict[str, VisibleFacts]] = [{} for _ in batches]
    gone: dict[str, VisibleFacts] = {}
    for name, facts in before.facts.events.items() if before.facts else ():
        owner = whose.of_facts(name, facts)
        (seen[numbers[owner]] if owner else gone)[name] = facts
    parts = (
        replace(
            before, events=events[number], facts=before.facts and replace(before.facts, events=seen[number])
        )
        for number in everybody
    )
    return Cut(tuple(parts), gone)


class _Owners:
    """Whose what was published is now: of the organisation that has its UID, and of the one that it was of, by whatever id."""

    def __init__(self, organisations: Iterable[Organisation], owners: Mapping[str, str]) -> None:
        self._by_uid = owners
        self._by_id = _by_any_id(organisations)

    def of_facts(self, name: str, facts: VisibleFacts) -> str:
        """Return the id of the organisation that an event is of which was seen before; "" where it is gone."""
        return self._by_uid.get(name) or self._by_id.get(facts.organisation, "")

    def of_entry(self, name: str, entry: PublishedEntry) -> set[str]:
        """Return the ids of the organisations that an entry may be of; none where that is not known."""
        if isinstance(entry, PublishedEvent):
            former = entry.key.partition("/")[0]
        else:
            former = name.rpartition("@")[0].rpartition(".")[-1]
        return {owner for owner in (self._by_uid.get(name), self._by_id.get(former)) if owner}


def _by_any_id(organisations: Iterable[Organisation]) -> Mapping[str, str]:
    """Return the ids of organisations by each that they have or had; an id of now goes before a former one."""
    known = tuple(organisations)
    former = {reference.id: one.id for one in known for reference in one.formerly}
    return former | {one.id: one.id for one in known}
