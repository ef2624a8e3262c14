"""Remember: what is published now, for the next compile."""

from collections.abc import Mapping

from coopcal.compile import moved_site
from coopcal.compile.inputs import Inputs
from coopcal.compile.join import Joined
from coopcal.model.published import Published, Stamp
from coopcal.site.content import Address
from coopcal.site.stamps import StampRows


def remembered(joined: Joined, stamps: Mapping[Address, Stamp], inputs: Inputs) -> Published:
    """Return what is published now but for the events, with all that was before: what stood once is never forgotten.

    ``stamps`` are those of feeds that were assembled; all others are as before.
    """
    before, organisations = inputs.before, inputs.catalogue.organisations
    current: dict[str, Stamp] = {}
    archives: dict[tuple[str, int], Stamp] = {}
    translations: dict[tuple[str, str], Stamp] = {}
    changes: dict[tuple[str, str], Stamp] = {}
    for (identifier, year, translation, tells_changes), stamp in stamps.items():
        if tells_changes:
            changes[identifier, translation or ""] = stamp
        elif year is not None:
            archives[identifier, year] = stamp
        elif translation is not None:
            translations[identifier, translation] = stamp
        else:
            current[identifier] = stamp
    for plan in inputs.plans:
        if len(plan.languages) == 1 and plan.id in current:
            translations[plan.id, plan.languages[0]] = current[plan.id]
    removed = (f"{one.id}/{reference.id}" for one in organisations for reference in one.removed)
    return Published(
        uid_domain=inputs.catalogue.settings.uid_domain,
        compiled_at=inputs.now,
        feeds=StampRows.of(before.feeds).with_others(current),
        archives=StampRows.of(before.archives).with_others(archives),
        translations=StampRows.of(before.translations).with_others(translations),
        organisations=before.organisations | {one.id for one in organisations},
        removed=before.removed.union(removed),
        facts=inputs.names,
        log=joined.log,
        changes=StampRows.of(before.changes).with_others(changes),
        moved=dict(sorted({**before.moved, **moved_site.moves(inputs)}.items())),
    )


def stamp_of(published: Published, address: Address) -> Stamp | None:
    """Return the stamp that a feed was published with; None where it was not, under this address."""
    identifier, year, translation, tells_changes = address
    if tells_changes:
        return published.changes.get((identifier, translation or ""))
    if year is not None:
        return published.archives.get((identifier, year))
    if translation is not None:
        return published.translations.get((identifier, translation))
    return published.feeds.get(identifier)
