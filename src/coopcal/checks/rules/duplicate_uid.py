"""UIDs that stand for two events."""

from coopcal.checks.rule import Rule
from coopcal.checks.view import View
from coopcal.model.happening import Happening
from coopcal.model.message import msg
from coopcal.model.problem import Code, Problems

DUPLICATE_UID = Code("duplicate-uid", "No two events have the same UID.")


def check(view: View, problems: Problems) -> None:
    """No two events share a UID (clients.md 2.2); two of the same key have been noted already."""
    seen: dict[str, Happening] = {}
    for uid, event in view.uids:
        first = seen.setdefault(uid, event)
        if first is event or first.key == event.key:
            continue
        where = msg("{path}, line {line}", path=first.details.position.path, line=first.details.position.line)
        pinned = event.uid is not None or first.uid is not None
        mend = msg("take “{key}” out of one of the two", key="uid" if pinned else "formerly")
        problems.tell(
            event.details.position,
            DUPLICATE_UID,
            msg("The event has the UID of another ({where}): {uid}", where=where, uid=uid),
            mend,
        )


RULE = Rule((DUPLICATE_UID,), check)
