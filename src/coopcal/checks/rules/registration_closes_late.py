"""Registration that closes too late."""

from coopcal.checks.registrations import is_later, registrations, written
from coopcal.checks.rule import Rule
from coopcal.checks.view import View
from coopcal.model.message import msg
from coopcal.model.problem import Code, Problems, Severity

REGISTRATION_CLOSES_LATE = Code(
    "registration-closes-late",
    "Registration closes before the event begins; where that lasts for days, or has several dates, before the last of them.",
    Severity.WARNING,
    switchable=True,
)


def check(view: View, problems: Problems) -> None:
    """Registration closes before the event begins."""
    for event, registration, latest in registrations(view):
        closes = registration.closes
        if closes and latest and is_later(closes, latest):
            message = msg(
                "Registration closes on {closes}, after the event begins on {latest}",
                closes=written(closes),
                latest=written(latest),
            )
            place = registration.closes_position or event.details.position
            problems.tell(place, REGISTRATION_CLOSES_LATE, message, msg("mend one of the two dates"))


RULE = Rule((REGISTRATION_CLOSES_LATE,), check)
