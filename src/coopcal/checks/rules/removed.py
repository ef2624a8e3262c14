"""Events that were removed: they are gone, and their ids are never used again."""

from coopcal.checks.view import View
from coopcal.definitions.free_id import free_id
from coopcal.model.message import msg
from coopcal.model.organisation import Organisation
from coopcal.model.problem import Code, Problems, Severity

ID_USED_AGAIN = Code("id-used-again", "The id of an event that was removed is never used again.")
NEVER_PUBLISHED = Code(
    "never-published", "What is removed was published once.", Severity.WARNING, switchable=True
)
REMOVED_YET_THERE = Code("removed-yet-there", "What is removed is gone.")


def removed_ids(view: View, problems: Problems) -> None:
    """What is said to be removed was published, and is not there any more."""
    previous = view.previous
    published = {event.key for event in previous.events.values()} | previous.removed if previous else set()
    present = {each for one in view.catalogue.organisations for each in _ids(one)}
    gone = previous.organisations - present if previous else frozenset()
    for one in view.catalogue.organisations:
        former = {name: event for event in one.events for name in event.former_ids}
        for reference in one.removed:
            keys = [f"{identifier}/{reference.id}" for identifier in _ids(one)]
            there = view.by_key.get(keys[0])
            if there is not None:
                message = msg(
                    "“{id}” is said to be removed, and stands in {path}, line {line}",
                    id=reference.id,
                    path=there.place.path,
                    line=there.place.line,
                )
                mend = msg("take one of the two out; an event that takes its place needs an id of its own")
                problems.tell(reference.place, REMOVED_YET_THERE, message, mend)
            elif reference.id in former:
                event = former[reference.id]
                message = msg(
                    "“{id}” is said to be removed, and to be a former id of “{event}”",
                    id=reference.id,
                    event=event.path[-1],
                )
                problems.tell(reference.place, REMOVED_YET_THERE, message, msg("take one of the two out"))
            elif previous is not None and published.isdisjoint(
                (*keys, *(f"{identifier}/{reference.id}" for identifier in gone))
            ):
                message = msg("No event “{id}” was ever published", id=reference.id)
                problems.tell(reference.place, NEVER_PUBLISHED, message, msg("take it out, or mend the id"))


def ids_used_again(view: View, problems: Problems) -> None:
    """An id that belonged to a removed event is not used again."""
    if view.previous is None:
        return
    for one in view.catalogue.organisations:
        listed = {reference.id for reference in one.removed}
        for event in (each for top in one.events for each in (top, *top.sessions)):
            inner = "/".join(event.path)
            if inner in listed or view.previous.removed.isdisjoint(f"{each}/{inner}" for each in _ids(one)):
                continue
            message = msg(
                "The id “{event}” belonged to an event that was published and then removed",
                event=event.path[-1],
            )
            new = free_id(event.path[-1], view.taken(one.id))
            mend = msg("give the event another id, such as “{new}”", new=new)
            problems.tell(event.place, ID_USED_AGAIN, message, mend)


def _ids(one: Organisation) -> tuple[str, ...]:
    return one.id, *(reference.id for reference in one.formerly)
