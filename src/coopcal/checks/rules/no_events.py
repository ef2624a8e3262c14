"""Organisations that have nothing to show."""

from collections.abc import Mapping

from coopcal.checks.overview import Overview
from coopcal.checks.rule import WideRule
from coopcal.checks.view import View
from coopcal.model.message import msg
from coopcal.model.problem import Code, Problems, Severity

NO_EVENTS = Code(
    "no-events",
    "An organisation without any event of its own, nor a part in another's, has an empty feed.",
    Severity.NOTE,
    switchable=True,
)


def gather(view: View) -> Mapping[str, tuple[str, ...]]:
    """Return the organisations that have a part in events of each organisation that has any."""
    busy = {
        one: {party.organisation for event in events for party in event.details.parties if party.organisation}
        for one, events in view.events_by_organisation.items()
    }
    return {one: tuple(sorted(parties)) for one, parties in busy.items() if parties}


def conclude(gathered: Mapping[str, tuple[str, ...]], overview: Overview, problems: Problems) -> None:
    """An organisation has a part in some event, or its feed is empty."""
    if not overview.is_whole:
        return
    busy = {party for parties in gathered.values() for party in parties}
    for one in overview.catalogue.organisations:
        if one.id not in busy and one.closed is None:
            problems.tell(
                one.position,
                NO_EVENTS,
                msg("“{id}” has no part in any event, so its feed is empty", id=one.id),
                msg("nothing need be done, if its events are yet to come"),
            )


RULE = WideRule((NO_EVENTS,), conclude, gather)
