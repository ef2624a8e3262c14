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


HolderIds = Mapping[str, tuple[str, ...]]
"""The ids of the organisations that have a UID now, by it: one, unless something is wrong."""


def holders_of(catalogue: Catalogue) -> HolderIds:
    """Return the organisations of each event, date and session by its UID."""
    domain = catalogue.settings.uid_domain
    return by_uid(
        (uid(happening, catalogue.by_id[happening.organisation], domain), happening.organisation)
        for happening in catalogue.events()
    )


def by_uid(pairs: Iterable[tuple[str, str]]) -> HolderIds:
    """Return organisations by UID, of pairs of a UID and the id of one."""
    holders: dict[str, tuple[str, ...]] = {}
    for name, holder in pairs:
        known = holders.get(name)
        if known is None:
            holders[name] = (holder,)
        elif holder not in known:
            holders[name] = (*known, holder)
    return holders


def frame_of(before: Published | None) -> Published | None:
    """Return what was published but for its events."""
    return before and replace(before, events={}, facts=before.facts and replace(before.facts, events={}))


def cut(
    before: Published | None,
    organisations: Iterable[Organisation],
    holders: HolderIds,
    batches: Sequence[Collection[str]],
) -> Cut:
    """Cut what was published into what batches of organisations, given by ids, have to know of it.

    ``holders`` are the organisations of all UIDs that there are now. What is seen of an event goes to those that have its
    UID, else to the one that it was of; its stamps go to each that it may be of, and to all where that is not known.
    """
    events: list[dict[str, PublishedEntry]] = [{} for _ in batches]
    seen: list[dict[str, VisibleFacts]] = [{} for _ in batches]
    parts = tuple(Part(*part) for part in zip(events, seen, strict=True))
    if before is None:
        return Cut(None, parts, {}, {}, clean=True)
    whose = Owners(organisations, holders)
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
        known = {numbers[owner] for owner in whose.of_facts(name, facts)}
        for there in [seen[number] for number in known] or [gone]:
            there[name] = facts
    return Cut(frame_of(before), parts, orphans, gone, clean)


class Owners:
    """Whose what was published is now: of the organisation that has its UID, and of the one that it was of, by whatever id."""

    def __init__(self, organisations: Iterable[Organisation], holders: HolderIds) -> None:
        """Take the organisations that there are, and those that have each UID now."""
        self._by_uid = holders
        self._by_id = _by_any_id(organisations)

    def of_facts(self, name: str, facts: VisibleFacts) -> tuple[str, ...]:
        """Return the ids of the organisations that an event is of which was seen before; none where it is gone."""
        former = self._by_id.get(facts.organisation)
        return self._by_uid.get(name) or ((former,) if former else ())

    def of_entry(self, name: str, entry: PublishedEntry) -> set[str]:
        """Return the ids of the organisations that an entry may be of; none where that is not known."""
        return set(self._known(name, entry))

    def owner_of(self, name: str, entry: PublishedEntry) -> str:
        """Return the id of the organisation that an entry is of, most likely; "" where that is not known."""
        return next(iter(self._known(name, entry)), "")

    def _known(self, name: str, entry: PublishedEntry) -> tuple[str, ...]:
        if isinstance(entry, PublishedEvent):
            former = entry.key.partition("/")[0]
        else:
            former = name.rpartition("@")[0].rpartition(".")[-1]
        event = name.rpartition("+")[0]  # that a notice is at a date of, or at the end of its registration
        holders = self._by_uid.get(name) or self._by_uid.get(event, ())
        owner = self._by_id.get(former)
        return (*holders, owner) if owner else holders


def _by_any_id(organisations: Iterable[Organisation]) -> Mapping[str, str]:
    """Return the ids of organisations by each that they have or had; an id of now goes before a former one."""
    known = tuple(organisations)
    former = {reference.id: one.id for one in known for reference in one.formerly}
    return former | {one.id: one.id for one in known}
