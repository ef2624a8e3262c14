"""Files of an event that have the name of its own copy."""

from coopcal.checks.rule import Rule
from coopcal.checks.view import View
from coopcal.model.ids import COPY
from coopcal.model.message import msg
from coopcal.model.problem import Code, Problems

RESERVED_FILE_NAME = Code(
    "reserved-file-name",
    "The page of an event has a copy of the event beside it, `event.ics`; a file of that name would never be seen.",
)


def check(view: View, problems: Problems) -> None:
    """No file of an event has the name of the copy of it beside which it is published."""
    for event, files in view.with_files:
        if COPY in (file.rsplit("/", 1)[-1] for file in files):
            problems.tell(
                event.details.position,
                RESERVED_FILE_NAME,
                msg("“{name}” is the name at which this event itself is had as a file", name=COPY),
                msg("rename the file"),
            )


RULE = Rule((RESERVED_FILE_NAME,), check)
