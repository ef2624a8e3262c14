"""Descriptions that fill feeds."""

from coopcal.checks.rule import Rule
from coopcal.checks.texts import place_of
from coopcal.checks.view import View
from coopcal.model.message import Number, msg
from coopcal.model.problem import Code, Problems, Severity

LONG_DESCRIPTION = Code(
    "long-description",
    "A description has more than 5,000 characters. Google reads a feed up to 1 MB, so with many like that feeds lose their oldest events.",
    Severity.NOTE,
    switchable=True,
)

CHARACTERS_OF_DESCRIPTION = 5000
"""Characters of a description. Google reads a feed up to 1 MB (clients.md 4.18): some 200 events of that length."""


def check(view: View, problems: Problems) -> None:
    """Descriptions leave room for other events in a feed."""
    for event in view.written:
        description = event.details.description
        for number, (_, text) in enumerate(description.by_language if description else ()):
            if description and len(text) > CHARACTERS_OF_DESCRIPTION:
                message = msg(
                    "The description has {count} characters; with many like that, feeds lose their oldest events",
                    count=Number(len(text)),
                )
                mend = msg(
                    "keep to {most}, and put the rest on a page or into a document",
                    most=Number(CHARACTERS_OF_DESCRIPTION),
                )
                problems.tell(place_of(description, number, event), LONG_DESCRIPTION, message, mend)


RULE = Rule((LONG_DESCRIPTION,), check)
