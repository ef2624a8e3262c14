"""Events that are said to be removed, and are there."""

from coopcal.checks.rule import Rule
from coopcal.checks.view import View
from coopcal.model.message import msg
from coopcal.model.problem import Code, Problems

REMOVED_YET_THERE = Code("removed-yet-there", "What is removed is gone.")


def check(view: View, problems: Problems) -> None:
    """What is said to be removed is not there, nor a former id of what is."""
    for one in view.batch:
        former = {name: event for event in one.events for name in event.former_ids}
        for reference in one.removed:
            there = view.by_key.get(f"{one.id}/{reference.id}")
            if there is not None:
                message = msg(
                    "“{id}” is said to be removed, and stands in {path}, line {line}",
                    id=reference.id,
                    path=there.details.position.path,
                    line=there.details.position.line,
                )
                mend = msg("take one of the two out; an event that takes its place needs an id of its own")
                problems.tell(reference.position, REMOVED_YET_THERE, message, mend)
            elif reference.id in former:
                event = former[reference.id]
                message = msg(
                    "“{id}” is said to be removed, and to be a former id of “{event}”",
                    id=reference.id,
                    event=event.path[-1],
                )
                problems.tell(reference.position, REMOVED_YET_THERE, message, msg("take one of the two out"))


RULE = Rule((REMOVED_YET_THERE,), check)
