"""Organisations that have nothing to show."""

from coopcal.checks.rule import Rule
from coopcal.checks.view import View
from coopcal.model.message import msg
from coopcal.model.problem import Code, Problems, Severity

NO_EVENTS = Code(
    "no-events",
    "An organisation without any event of its own, nor a part in another's, has an empty feed.",
    Severity.NOTE,
    switchable=True,
)


def check(view: View, problems: Problems) -> None:
    """An organisation has a part in some event, or its feed is empty."""
    if not view.is_whole:
        return
    busy = {party.organisation for event in view.events for party in event.details.parties}
    for one in view.catalogue.organisations:
        if one.id not in busy and one.closed is None:
            problems.tell(
                one.position,
                NO_EVENTS,
                msg("“{id}” has no part in any event, so its feed is empty", id=one.id),
                msg("nothing need be done, if its events are yet to come"),
            )


RULE = Rule((NO_EVENTS,), check)
