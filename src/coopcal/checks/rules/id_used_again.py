"""Ids of events that were removed, used again."""

from coopcal.checks.overview import ids_of
from coopcal.checks.rule import Rule
from coopcal.checks.view import View
from coopcal.model.ids import free_id
from coopcal.model.message import msg
from coopcal.model.problem import Code, Problems

ID_USED_AGAIN = Code("id-used-again", "The id of an event that was removed is never used again.")


def check(view: View, problems: Problems) -> None:
    """An id that belonged to a removed event is not used again."""
    if view.previous is None:
        return
    for one in view.batch:
        listed = {reference.id for reference in one.removed}
        for event in (held for top in one.events for held in (top, *top.details.sessions)):
            inner = "/".join(event.path)
            if inner in listed or view.previous.removed.isdisjoint(
                f"{owner}/{inner}" for owner in ids_of(one)
            ):
                continue
            message = msg(
                "The id “{event}” belonged to an event that was published and then removed",
                event=event.path[-1],
            )
            new = free_id(event.path[-1], view.taken(one.id))
            mend = msg("give the event another id, such as “{new}”", new=new)
            problems.tell(event.details.position, ID_USED_AGAIN, message, mend)


RULE = Rule((ID_USED_AGAIN,), check, looks_back=True)
