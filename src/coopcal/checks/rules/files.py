"""Files that are published with an event."""

from collections import Counter

from coopcal.checks.view import View
from coopcal.model.identity import COPY
from coopcal.model.message import msg
from coopcal.model.problem import Code, Problems

RESERVED_FILE_NAME = Code(
    "reserved-file-name",
    "The page of an event has a copy of the event beside it, `event.ics`; a file of that name would never be seen.",
)
SAME_FILE_NAME = Code(
    "same-file-name", "The files of an event are published beside each other, so their names differ."
)


def file_names(view: View, problems: Problems) -> None:
    """The files of an event have names of their own, as they are published beside each other, and beside a copy of it."""
    for event in view.events:
        names = Counter(file.rsplit("/", 1)[-1] for file in event.files)
        if COPY in names:
            problems.tell(
                event.place,
                RESERVED_FILE_NAME,
                msg("“{name}” is the name at which this event itself is had as a file", name=COPY),
                msg("rename the file"),
            )
        for name, count in names.items():
            if count > 1:
                problems.tell(
                    event.place,
                    SAME_FILE_NAME,
                    msg("{count} files of this event are named “{name}”", count=count, name=name),
                    msg("rename one of them"),
                )
