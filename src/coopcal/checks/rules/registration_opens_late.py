"""Registration that opens too late."""

from coopcal.checks.registrations import is_later, registrations, written
from coopcal.checks.rule import Rule
from coopcal.checks.view import View
from coopcal.model.message import msg
from coopcal.model.problem import Code, Problems, Severity

REGISTRATION_OPENS_LATE = Code(
    "registration-opens-late",
    "Registration opens before it closes, and before the event begins.",
    Severity.WARNING,
    switchable=True,
)


def check(view: View, problems: Problems) -> None:
    """Registration opens before it closes, and before the event begins."""
    for event, registration, latest in registrations(view):
        opens, closes = registration.opens, registration.closes
        place = registration.opens_position or event.details.position
        if opens and closes and is_later(opens, closes):
            message = msg(
                "Registration opens on {opens}, and has closed on {closes} already",
                opens=written(opens),
                closes=written(closes),
            )
            problems.tell(place, REGISTRATION_OPENS_LATE, message, msg("mend one of the two"))
        elif opens and latest and is_later(opens, latest):
            message = msg(
                "Registration opens on {opens}, after the event begins on {latest}",
                opens=written(opens),
                latest=written(latest),
            )
            problems.tell(place, REGISTRATION_OPENS_LATE, message, msg("mend one of the two dates"))


RULE = Rule((REGISTRATION_OPENS_LATE,), check)
