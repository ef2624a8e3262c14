"""Links that stand in an event twice."""

from coopcal.checks.rule import Rule
from coopcal.checks.view import View
from coopcal.model.message import msg
from coopcal.model.problem import Code, Problems, Severity

SAME_LINK_TWICE = Code(
    "same-link-twice",
    "An event has a link once; the address for registration is shown as such.",
    Severity.NOTE,
    switchable=True,
)


def check(view: View, problems: Problems) -> None:
    """An event has each link once; the address for registration is shown as such."""
    for event in view.written:
        seen = (
            {event.details.registration.url: "registration"}
            if event.details.registration and event.details.registration.url
            else {}
        )
        for link in event.details.links:
            if link.url in seen:
                message = (
                    msg("The link stands in this event twice, as registration too")
                    if event.details.registration and link.url == event.details.registration.url
                    else msg("The link stands in this event twice, as “{label}” too", label=seen[link.url])
                )
                problems.tell(
                    link.position or event.details.position, SAME_LINK_TWICE, message, msg("take one out")
                )
            seen[link.url] = link.label.say(event.details.language)


RULE = Rule((SAME_LINK_TWICE,), check)
