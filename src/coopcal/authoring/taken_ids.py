"""Ids of an organisation's events that are taken, each with a sentence that says why."""

from collections.abc import Collection

from coopcal.model.event import Event
from coopcal.model.message import msg
from coopcal.model.organisation import Organisation


def taken_ids(organisation: Organisation, published: Collection[str] = ()) -> dict[str, str]:
    """Return the ids that a new event of an organisation may not have, each with the reason.

    ``published`` holds keys (``organisation/event``) of what was published before.
    """
    owners = (organisation.id, *(reference.id for reference in organisation.formerly))
    taken: dict[str, str] = {}
    for key in published:
        owner, _, name = key.partition("/")
        if owner in owners and name and "+" not in key:
            name = name.split("/")[0]
            taken[name] = msg("The id “{id}” was published before, and an id is never used again.", id=name)
    for removed in organisation.removed:
        taken[removed.id] = msg(
            "The id “{id}” belonged to an event that was removed, and is never used again.", id=removed.id
        )
    for event in organisation.events:
        for former in event.former_ids:
            taken[former] = msg("The id “{id}” is a former id of “{event}”.", id=former, event=event.path[0])
    return taken | {event.path[0]: _stands(event) for event in organisation.events}


def _stands(event: Event) -> str:
    position = event.details.position
    return msg(
        "The id “{id}” stands in {path}, line {line}.",
        id=event.path[0],
        path=position.path,
        line=position.line,
    )
