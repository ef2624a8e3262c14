"""Notes of those who keep the files."""

from collections.abc import Mapping

from coopcal.checks.overview import Overview
from coopcal.checks.rule import WideRule
from coopcal.checks.view import View
from coopcal.model.message import msg
from coopcal.model.problem import Code, Position, Problems, Severity

NOTE_IN_FILE = Code(
    "note-in-file",
    "`note` is never published, but it stands in the source files, and who can read these reads it. A site that has a note at an event for everybody is told so once.",
    Severity.NOTE,
    switchable=True,
)


Note = tuple[bool, Position]
"""Whether a note stands at an override of a series, and its position."""


def gather(view: View) -> Mapping[str, Note]:
    """Return the first note at a public event of each organisation that has any."""
    notes: dict[str, Note] = {}
    for event in view.written:
        position = event.details.note_position
        if position is not None and event.of.is_public:
            notes.setdefault(event.of.organisation, (event.override is not None, position))
    return notes


def conclude(gathered: Mapping[str, Note], _overview: Overview, problems: Problems) -> None:
    """``note`` is never published, but stands in the source files; a tree that has any of a public event is told so once."""
    first = min(gathered.values(), key=lambda note: note[0], default=None)
    if first is not None:
        problems.tell(
            first[1],
            NOTE_IN_FILE,
            msg(
                "Notes are not published, but they are in the source files: others read them if the repository is public"
            ),
            msg("nothing need be done, if only those can read the files who may"),
        )


RULE = WideRule((NOTE_IN_FILE,), conclude, gather)
