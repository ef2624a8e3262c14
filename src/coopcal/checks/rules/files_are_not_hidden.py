"""Events that are not for everybody, in files that others may read."""

from collections.abc import Mapping

from coopcal.checks.overview import Overview
from coopcal.checks.rule import WideRule
from coopcal.checks.view import View
from coopcal.model.included import is_included
from coopcal.model.message import msg
from coopcal.model.problem import Code, Position, Problems, Severity

FILES_ARE_NOT_HIDDEN = Code(
    "files-are-not-hidden",
    "`visibility` guards what is published, not the files. This is said once.",
    Severity.NOTE,
    switchable=True,
)


def gather(view: View) -> Mapping[str, Position]:
    """Return where the first hidden event of each organisation stands that has any; those of others stand in no file of staff."""
    own = (event for event in view.events if not is_included(event.key))
    hidden = reversed([event for event in own if not event.is_public])
    return {event.organisation: event.details.position for event in hidden}


def conclude(gathered: Mapping[str, Position], _overview: Overview, problems: Problems) -> None:
    """``visibility`` guards what is published, not the source files; a tree that holds any is told so once."""
    for first in list(gathered.values())[:1]:
        problems.tell(
            first,
            FILES_ARE_NOT_HIDDEN,
            msg(
                "“visibility” guards what is published, not the source files: whoever can read them reads this event"
            ),
            msg("nothing need be done, if only those can read the files who may"),
        )


RULE = WideRule((FILES_ARE_NOT_HIDDEN,), conclude, gather)
