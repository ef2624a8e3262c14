"""Organisations whose events are all past."""

from datetime import date

from coopcal.checks.rule import Rule
from coopcal.checks.view import View
from coopcal.model.message import msg
from coopcal.model.problem import Code, Problems, Severity

NOTHING_TO_COME = Code(
    "nothing-to-come",
    "All events of an organisation are past, so that its members see nothing ahead. A note.",
    Severity.NOTE,
    switchable=True,
)


def check(view: View, problems: Problems) -> None:
    """An organisation whose events are all past shows its members an empty future."""
    if not view.is_whole:
        return
    latest: dict[str | None, date] = {}
    for event in view.events:
        for party in event.details.parties:
            latest[party.organisation] = max(latest.get(party.organisation, date.min), event.days[1])
    for one in view.catalogue.organisations:
        last = latest.get(one.id)
        if last is not None and last < view.today and one.closed is None:
            message = msg("“{id}” has no event to come; the last one was on {last}", id=one.id, last=last)
            problems.tell(
                one.position, NOTHING_TO_COME, message, msg("nothing need be done, if there is none")
            )


RULE = Rule((NOTHING_TO_COME,), check)
