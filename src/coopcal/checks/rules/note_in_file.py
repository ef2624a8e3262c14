"""Notes of those who keep the files."""

from coopcal.checks.rule import Rule
from coopcal.checks.view import View
from coopcal.model.message import msg
from coopcal.model.problem import Code, Problems, Severity

NOTE_IN_FILE = Code(
    "note-in-file",
    "`note` is never published, but it stands in the source files, and who can read these reads it. A site that has a note at an event for everybody is told so once.",
    Severity.NOTE,
    switchable=True,
)


def check(view: View, problems: Problems) -> None:
    """``note`` is never published, but stands in the source files; a tree that has any of a public event is told so once."""
    noted = next(
        (event for event in view.written if event.of.is_public and event.details.note_position), None
    )
    if noted is not None and noted.details.note_position:
        problems.tell(
            noted.details.note_position,
            NOTE_IN_FILE,
            msg(
                "Notes are not published, but they are in the source files: others read them if the repository is public"
            ),
            msg("nothing need be done, if only those can read the files who may"),
        )


RULE = Rule((NOTE_IN_FILE,), check)
