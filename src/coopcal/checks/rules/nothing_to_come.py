"""Organisations whose events are all past."""

from collections.abc import Mapping
from datetime import date

from coopcal.checks.overview import Overview
from coopcal.checks.rule import WideRule
from coopcal.checks.view import View
from coopcal.model.message import msg
from coopcal.model.problem import Code, Problems, Severity

NOTHING_TO_COME = Code(
    "nothing-to-come",
    "All events of an organisation are past, so that its members see nothing ahead. A note.",
    Severity.NOTE,
    switchable=True,
)


Latest = tuple[tuple[str, date], ...]
"""Organisations, and the last day of the events in which each has a part."""


def gather(view: View) -> Mapping[str, Latest]:
    """Return the last days of the events of each organisation that has any, by those that have a part in them."""
    gathered = {}
    for one, events in view.events_by_organisation.items():
        latest: dict[str, date] = {}
        for event in events:
            last = event.days[1]
            for party in event.details.parties:
                if party.organisation and last >= latest.get(party.organisation, date.min):
                    latest[party.organisation] = last
        if latest:
            gathered[one] = tuple(latest.items())
    return gathered


def conclude(gathered: Mapping[str, Latest], overview: Overview, problems: Problems) -> None:
    """An organisation whose events are all past shows its members an empty future."""
    if not overview.is_whole:
        return
    latest: dict[str, date] = {}
    for party, last in (pair for pairs in gathered.values() for pair in pairs):
        latest[party] = max(latest.get(party, date.min), last)
    for one in overview.catalogue.organisations:
        last = latest.get(one.id, date.max)
        if last < overview.today and one.closed is None:
            message = msg("“{id}” has no event to come; the last one was on {last}", id=one.id, last=last)
            problems.tell(
                one.position, NOTHING_TO_COME, message, msg("nothing need be done, if there is none")
            )


RULE = WideRule((NOTHING_TO_COME,), conclude, gather)
