"""Files of an event that have one name."""

from collections import Counter

from coopcal.checks.rule import Rule
from coopcal.checks.view import View
from coopcal.model.message import msg
from coopcal.model.problem import Code, Problems

SAME_FILE_NAME = Code(
    "same-file-name", "The files of an event are published beside each other, so their names differ."
)


def check(view: View, problems: Problems) -> None:
    """The files of an event have names of their own, as they are published beside each other."""
    for event, files in view.with_files:
        names = Counter(file.rsplit("/", 1)[-1] for file in files)
        for name, count in names.items():
            if count > 1:
                problems.tell(
                    event.details.position,
                    SAME_FILE_NAME,
                    msg("{count} files of this event are named “{name}”", count=count, name=name),
                    msg("rename one of them"),
                )


RULE = Rule((SAME_FILE_NAME,), check)
