"""Events that an organisation declines, and that are in its feed by no part of its own."""

from coopcal.checks.rule import Rule
from coopcal.checks.view import View
from coopcal.model.happening import Happening
from coopcal.model.message import msg
from coopcal.model.organisation import Organisation, Reference
from coopcal.model.problem import Code, Problems, Severity

NOTHING_TO_DECLINE = Code(
    "nothing-to-decline", "The organisation has no part in that event.", Severity.WARNING, switchable=True
)


def check(view: View, problems: Problems) -> None:
    """What an organisation declines is an event of another in which it has a part."""
    for one in view.catalogue.organisations:
        for reference in one.declined:
            event = view.by_key.get(reference.id)
            if event is not None:
                _look_at(one, event, reference, problems)


def _look_at(one: Organisation, event: Happening, reference: Reference, problems: Problems) -> None:
    if event.organisation == one.id:
        message = msg(
            "“{event}” is an event of “{organisation}” itself", event=reference.id, organisation=one.id
        )
        problems.tell(
            reference.position,
            NOTHING_TO_DECLINE,
            message,
            msg("take it out; “declined” is for events of others"),
        )
    elif all(party.organisation != one.id for party in event.details.parties):
        message = msg(
            "“{event}” does not name “{organisation}”, so it is not in its feed",
            event=reference.id,
            organisation=one.id,
        )
        problems.tell(reference.position, NOTHING_TO_DECLINE, message, msg("take it out"))


RULE = Rule((NOTHING_TO_DECLINE,), check)
