"""Files that are published with an event."""

from collections import Counter

from coopcal.model.message import msg
from coopcal.model.problem import Problems
from coopcal.rules.view import View


def same_file_names(view: View, problems: Problems) -> None:
    """The files of an event have names of their own, as they are published beside each other."""
    for event in view.events:
        names = Counter(file.rsplit("/", 1)[-1] for file in event.files)
        for name, count in names.items():
            if count > 1:
                problems.error(
                    event.place,
                    "same-file-name",
                    msg("{count} files of this event are named “{name}”", count=count, name=name),
                    msg("rename one of them"),
                )
