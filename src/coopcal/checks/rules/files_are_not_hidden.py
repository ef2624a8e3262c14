"""Events that are not for everybody, in files that others may read."""

from coopcal.checks.rule import Rule
from coopcal.checks.view import View
from coopcal.model.message import msg
from coopcal.model.problem import Code, Problems, Severity

FILES_ARE_NOT_HIDDEN = Code(
    "files-are-not-hidden",
    "`visibility` guards what is published, not the files. This is said once.",
    Severity.NOTE,
    switchable=True,
)


def check(view: View, problems: Problems) -> None:
    """``visibility`` guards what is published, not the source files; a tree that holds any is told so once."""
    hidden = next((event for event in view.events if not event.is_public), None)
    if hidden is not None:
        problems.tell(
            hidden.details.position,
            FILES_ARE_NOT_HIDDEN,
            msg(
                "“visibility” guards what is published, not the source files: whoever can read them reads this event"
            ),
            msg("nothing need be done, if only those can read the files who may"),
        )


RULE = Rule((FILES_ARE_NOT_HIDDEN,), check)
