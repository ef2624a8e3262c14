"""Events that name an organisation which has not accepted them."""

from coopcal.checks.rule import Rule
from coopcal.checks.view import View
from coopcal.model.message import msg
from coopcal.model.problem import Code, Problems, Severity

NOT_ACCEPTED = Code(
    "not-accepted",
    "An event names an organisation that says under `accepts` whose events may name it, and the writer is not among them.",
    Severity.WARNING,
    switchable=True,
)


def check(view: View, problems: Problems) -> None:
    """Whoever names an organisation in an event is one whose events it accepts; else the event is not in its feed."""
    for event in view.written:
        for party in event.details.parties:
            named = view.overview.organisations.get(party.organisation or "")
            if named is None or named.takes(event.of.organisation):
                continue
            problems.tell(
                party.position or event.details.position,
                NOT_ACCEPTED,
                msg(
                    "“{named}” has not said that it accepts events of “{writer}”, so this one is in no feed of its own",
                    named=named.id,
                    writer=event.of.organisation,
                ),
                msg(
                    "ask those who keep calendars/{named} to add “{writer}” under “accepts”; or take the name out",
                    named=named.id,
                    writer=event.of.organisation,
                ),
            )


RULE = Rule((NOT_ACCEPTED,), check)
