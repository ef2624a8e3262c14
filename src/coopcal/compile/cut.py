"""Cut what was published by organisations, so that some of these are compiled at a time."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from coopcal.model.facts import VisibleFacts
from coopcal.model.identity import uid
from coopcal.model.organisation import Organisation
from coopcal.model.published import Published, PublishedEntry, PublishedEvent
from coopcal.model.site import Catalogue


@dataclass(frozen=True, slots=True)
class Part:
    """What was published of some organisations, and what was seen of their events, by UID."""

    events: Mapping[str, PublishedEntry]
    seen: Mapping[str, VisibleFacts]


@dataclass(frozen=True, slots=True)
class Cut:
    """What was published, cut into ``parts``.

    ``orphans`` are entries whose organisation is not known, so that each part may need them, and ``gone`` is what was seen
    of events of organisations that are gone. It is ``clean`` where no entry stands in several parts.
    """

    frame: Published | None
    parts: tuple[Part, ...]
    orphans: Mapping[str, PublishedEntry]
    gone: Mapping[str, VisibleFacts]
    clean: bool

    def part(self, number: int) -> Published | None:
        """Return what a batch has to know of what was published; None where nothing was."""
        return published_of(self.frame, self.parts[number], self.orphans)


def published_of(
    frame: Published | None, part: Part, orphans: Mapping[str, PublishedEntry]
) -> Published | None:
    """Return what was published with no other entries than those of a part, and those of nobody."""
    if frame is None:
        return None
    facts = frame.facts and replace(frame.facts, events=part.seen)
    return replace(frame, events={**part.events, **orphans}, facts=facts)


def owners_of(catalogue: Catalogue) -> Mapping[str, str]:
    """Return the organisation of each event, date and session by its UID."""
    domain = catalogue.settings.uid_domain
    return {
        uid(happening, catalogue.by_id[happening.organisation], domain): happening.organisation
        for happening in catalogue.events()
    }


def frame_of(before: Published | None) -> Published | None:
    """Return what was published but for its events."""
    return before and replace(before, events={}, facts=before.facts and replace(before.facts, events={}))


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
    events: list[dict[str, PublishedEntry]] = [{} for _ in batches]
    seen: list[dict[str, VisibleFacts]] = [{} for _ in batches]
    parts = tuple(Part(*part) for part in zip(events, seen, strict=True))
    if before is None:
        return Cut(None, parts, {}, {}, clean=True)
    whose = Owners(organisations, owners)
    numbers = {name: number for number, batch in enumerate(batches) for name in batch}
    orphans: dict[str, PublishedEntry] = {}
    clean = True
    for name, entry in before.events.items():
        known = {numbers[owner] for owner in whose.of_entry(name, entry)}
        clean = clean and len(known) < 2  # noqa: PLR2004 - two organisations
        for part in [events[number] for number in known] or [orphans]:
            part[name] = entry
    gone: dict[str, VisibleFacts] = {}
    for name, facts in before.facts.events.items() if before.facts else ():
        owner = whose.of_facts(name, facts)
        (seen[numbers[owner]] if owner else gone)[name] = facts
    return Cut(frame_of(before), parts, orphans, gone, clean)


class Owners:
    """Whose what was published is now: of the organisation that has its UID, and of the one that it was of, by whatever id."""

    def __init__(self, organisations: Iterable[Organisation], owners: Mapping[str, str]) -> None:
        """Take the organisations that there are, and the one of each UID that there is now."""
        self._by_uid = owners
        self._by_id = _by_any_id(organisations)

    def of_facts(self, name: str, facts: VisibleFacts) -> str:
        """Return the id of the organisation that an event is of which was seen before; "" where it is gone."""
        return self._by_uid.get(name) or self._by_id.get(facts.organisation, "")

    def of_entry(self, name: str, entry: PublishedEntry) -> set[str]:
        """Return the ids of the organisations that an entry may be of; none where that is not known."""
        return {owner for owner in self._known(name, entry) if owner}

    def owner_of(self, name: str, entry: PublishedEntry) -> str:
        """Return the id of the organisation that an entry is of, most likely; "" where that is not known."""
        return next(filter(None, self._known(name, entry)), "")

    def _known(self, name: str, entry: PublishedEntry) -> tuple[str | None, str | None]:
        if isinstance(entry, PublishedEvent):
            former = entry.key.partition("/")[0]
        else:
            former = name.rpartition("@")[0].rpartition(".")[-1]
        event = name.rpartition("+")[0]  # that a notice is at a date of, or at the end of its registration
        return self._by_uid.get(name) or self._by_uid.get(event), self._by_id.get(former)


def _by_any_id(organisations: Iterable[Organisation]) -> Mapping[str, str]:
    """Return the ids of organisations by each that they have or had; an id of now goes before a former one."""
    known = tuple(organisations)
    former = {reference.id: one.id for one in known for reference in one.formerly}
    return former | {one.id: one.id for one in known}
