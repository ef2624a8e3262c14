"""Organisations that were published and are gone: an address never dies in silence."""

from coopcal.checks.gone_addresses import lines_to_write, renamed
from coopcal.checks.rule import Rule
from coopcal.checks.view import View
from coopcal.definitions.declared.spelling import nearest
from coopcal.model.message import msg
from coopcal.model.organisation import Organisation
from coopcal.model.problem import Code, Problems
from coopcal.model.published import Published

ORGANISATION_GONE = Code(
    "organisation-gone",
    "A published organisation keeps its address: it is renamed with `formerly`, or ended with `closed`.",
)


def check(view: View, problems: Problems) -> None:
    """Every organisation that was published is there, or another was it formerly."""
    if view.previous is None:
        return
    former = {reference.id for holder in view.catalogue.addressed() for reference in holder.formerly}
    new = [one for one in view.catalogue.organisations if one.id not in view.previous.organisations]
    for identifier in sorted(view.previous.organisations - view.organisations.keys() - former):
        if view.may_be_unread(identifier):
            continue
        ids = _published_events(identifier, view.previous)
        likely = [one for one in new if _holds(one, ids, view)]
        if len(likely) == 1:
            (one,) = likely
            same = ids == {event.path[-1] for event in one.events}
            message = msg(
                "The organisation “{old}” was published and is gone, and “{new}” holds its events: it was renamed, as it seems",
                old=identifier,
                new=one.id,
            )
            problems.found.append(renamed(identifier, one, ORGANISATION_GONE, message, is_certain=same))
            continue
        message = msg(
            "The organisation “{identifier}” was published, and calendars/{identifier}.yaml is gone",
            identifier=identifier,
        )
        near = nearest(identifier, (one.id for one in new))
        mend = lines_to_write(f"calendars/{identifier}.yaml", "“name: …”", identifier, near, view)
        problems.tell(view.catalogue.settings.position, ORGANISATION_GONE, message, mend)


def _published_events(organisation: str, previous: Published) -> set[str]:
    """Return the ids of the events of an organisation that were published, without their sessions and dates."""
    split = (event.key.split("/") for event in previous.with_keys.values())
    return {
        inner[0]
        for owner, *inner in split
        if owner == organisation and len(inner) == 1 and "+" not in inner[0]
    }


def _holds(one: Organisation, ids: set[str], view: View) -> bool:
    """Return whether an organisation that is new holds at least half of the events, by their ids or pinned UIDs."""
    assert view.previous is not None
    mine = {event.path[-1] for event in one.events}
    published = view.previous.with_keys
    uids = {event.uid for event in one.events if event.uid in published}
    pinned = {published[uid].key.rpartition("/")[2] for uid in uids if uid}
    return bool(ids) and 2 * len(ids & (mine | pinned)) >= len(ids)


RULE = Rule((ORGANISATION_GONE,), check)
