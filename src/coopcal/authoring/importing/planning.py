"""What came in, held against all that stands → a plan."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coopcal.authoring.edit import values_of
from coopcal.authoring.importing import memory
from coopcal.authoring.importing.events import Imported
from coopcal.authoring.importing.merging import NOT_CHOSEN, OTHER_UID, OUT, Plan, Standing, Step, plan
from coopcal.authoring.importing.recognition import adopted, recognised, with_published_uids
from coopcal.authoring.taken_ids import taken_ids
from coopcal.compile.examine import Checked
from coopcal.definitions.source.node import Listing
from coopcal.definitions.source.tree import OrganisationFiles
from coopcal.model.identity import uid
from coopcal.model.ids import NewIds
from coopcal.model.message import msg
from coopcal.model.organisation import Organisation


@dataclass(frozen=True, slots=True)
class Sources:
    """What stands: the files of an organisation, its events by id, all texts, and what was imported before."""

    files: OrganisationFiles
    standing: Mapping[str, Standing]
    texts: Mapping[str, str]
    known: Mapping[str, memory.Known]


def planned(
    before: Checked,
    into: Organisation,
    imported: list[Imported],
    others: list[Imported],
    sources: Sources,
    source: str,
    *,
    adopt: bool,
) -> Plan:
    """Decide what becomes of the events that are wanted; ``others`` are counted alone."""
    apart, imported = _elsewhere(before, into.id, imported)
    known = sources.known
    by_uid = _by_uid(before, into, imported)
    passed = {other.key for other in others}
    same = recognised(imported, sources.standing, known, by_uid)
    if same and adopt:
        known = adopted(same, known)
        by_uid = by_uid | same
    elif same:
        passed |= same.keys() | {key for key, one in known.items() if one.event in same.values()}
        apart += [
            Step(
                OTHER_UID,
                same[event.key],
                event.line,
                msg("it has this title and time; to take over its new UID: --adopt"),
            )
            for event in imported
            if event.key in same
        ]
        imported = [event for event in imported if event.key not in same]
    published = before.published.events.keys() if before.published else ()
    names = by_uid | {key: one.event for key, one in known.items()}
    imported = with_published_uids(imported, names, sources.standing, published)
    ids = NewIds({*sources.standing, *taken_ids(into), *(one.event for one in sources.known.values())})
    made = plan(imported, sources.standing, by_uid, known, ids, source, passed)
    made.steps += [*apart, *(Step(NOT_CHOSEN, other.key, other.line, other.title) for other in others)]
    return made


def standing_in(files: OrganisationFiles) -> dict[str, Standing]:
    """Return the events of an organisation's files, by id."""
    by_id: dict[str, Standing] = {}
    for file in (files.main, *files.events):
        listed = file.node.get("events") if file else None
        for node in listed.items if file and isinstance(listed, Listing) else ():
            values = values_of(node)
            named = values.get("id") if isinstance(values, Mapping) else None
            if file and isinstance(values, Mapping) and isinstance(named, str):
                by_id.setdefault(named, Standing(file.path, values))
    return by_id


def _elsewhere(
    before: Checked, organisation: str, imported: Sequence[Imported]
) -> tuple[list[Step], list[Imported]]:
    """Take out the events that stand with another organisation already: a UID stands for one event."""
    assert before.catalogue is not None
    domain, uids = before.catalogue.settings.uid_domain, {event.key for event in imported}
    taken = {
        own: event.key
        for other in before.catalogue.organisations
        if other.id != organisation
        for event in other.events
        if (own := uid(event, other, domain)) in uids
    }
    apart = [
        Step(
            OUT,
            event.key,
            event.line,
            msg(
                "it stands here as {event}; name {organisation} there as a partner",
                event=taken[event.key],
                organisation=organisation,
            ),
        )
        for event in imported
        if event.key in taken
    ]
    return apart, [event for event in imported if event.key not in taken]


def _by_uid(before: Checked, into: Organisation, imported: Sequence[Imported]) -> dict[str, str]:
    """Return the organisation's own events by the UIDs that came in, those too that coopcal made."""
    assert before.catalogue is not None
    domain = before.catalogue.settings.uid_domain
    uids = {new.key for new in imported}
    return {own: event.path[0] for event in into.events if (own := uid(event, into, domain)) in uids}
