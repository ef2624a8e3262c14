"""Titles that phones cut."""

from coopcal.checks.rule import Rule
from coopcal.checks.texts import place_of
from coopcal.checks.view import View
from coopcal.model.message import msg
from coopcal.model.problem import Code, Problems, Severity

LONG_TITLE = Code(
    "long-title", "Phones cut titles of more than some 80 characters.", Severity.NOTE, switchable=True
)

CHARACTERS_OF_TITLE = 80
"""Characters of a title that lists of events show on one or two lines; more is cut on a phone."""


def check(view: View, problems: Problems) -> None:
    """Titles are read on phones."""
    for event in view.written:
        for number, (_, title) in enumerate(event.details.title.by_language):
            if len(title) > CHARACTERS_OF_TITLE:
                message = msg(
                    "The title has {count} characters; phones show some {most} at most",
                    count=len(title),
                    most=CHARACTERS_OF_TITLE,
                )
                mend = msg("say the rest in the description")
                problems.tell(place_of(event.details.title, number, event), LONG_TITLE, message, mend)


RULE = Rule((LONG_TITLE,), check)
