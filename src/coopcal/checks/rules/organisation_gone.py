"""Organisations that were published and are gone: an address never dies in silence."""

from collections.abc import Mapping

from coopcal.checks.gone_addresses import lines_to_write, renamed
from coopcal.checks.overview import Overview
from coopcal.checks.rule import WideRule
from coopcal.checks.view import View
from coopcal.definitions.declared.spelling import nearest
from coopcal.model.message import msg
from coopcal.model.problem import Code, Problems

ORGANISATION_GONE = Code(
    "organisation-gone",
    "A published organisation keeps its address: it is renamed with `formerly`, or ended with `closed`.",
)


Held = tuple[tuple[str, ...], tuple[str, ...]]
"""The ids of the events of an organisation, and the UIDs that are pinned there."""


def gather(view: View) -> Mapping[str, Held]:
    """Return the events of organisations that are new, where others are gone."""
    if view.previous is None or not view.overview.gone_organisations:
        return {}
    new = (one for one in view.batch if one.id not in view.previous.organisations)
    return {
        one.id: (
            tuple(event.path[-1] for event in one.events),
            tuple(event.uid for event in one.events if event.uid is not None),
        )
        for one in new
    }


def conclude(gathered: Mapping[str, Held], overview: Overview, problems: Problems) -> None:
    """Every organisation that was published is there, or another was it formerly."""
    if overview.previous is None:
        return
    of_feeds = {reference.id for feed in overview.catalogue.feeds for reference in feed.formerly}
    for identifier in sorted(overview.gone_organisations - of_feeds):
        if overview.may_be_unread(identifier):
            continue
        ids = _published_events(identifier, overview)
        likely = [one for one, held in gathered.items() if _holds(held, ids, overview)]
        if len(likely) == 1:
            one = overview.organisations[likely[0]]
            message = msg(
                "The organisation “{old}” was published and is gone, and “{new}” holds its events: it was renamed, as it seems",
                old=identifier,
                new=one.id,
            )
            same = ids == set(gathered[one.id][0])
            problems.found.append(renamed(identifier, one, ORGANISATION_GONE, message, is_certain=same))
            continue
        message = msg(
            "The organisation “{identifier}” was published, and calendars/{identifier}.yaml is gone",
            identifier=identifier,
        )
        near = nearest(identifier, gathered)
        mend = lines_to_write(f"calendars/{identifier}.yaml", "“name: …”", identifier, near, overview)
        problems.tell(overview.catalogue.settings.position, ORGANISATION_GONE, message, mend)


def _published_events(organisation: str, overview: Overview) -> set[str]:
    """Return the ids of the events of an organisation that were published, without their sessions and dates."""
    split = (event.key.split("/") for _, event in overview.published_of.get(organisation, ()))
    return {inner[0] for _, *inner in split if len(inner) == 1 and "+" not in inner[0]}


def _holds(held: Held, ids: set[str], overview: Overview) -> bool:
    """Return whether an organisation that is new holds at least half of the events, by their ids or pinned UIDs."""
    mine, uids = held
    published = overview.published_events
    pinned = {published[uid].key.rpartition("/")[2] for uid in uids if uid in published}
    return bool(ids) and 2 * len(ids.intersection((*mine, *pinned))) >= len(ids)


RULE = WideRule((ORGANISATION_GONE,), conclude, gather, looks_back=True)
