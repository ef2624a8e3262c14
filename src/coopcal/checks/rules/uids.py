"""UIDs: each stands for one event, and an event keeps its own for ever."""

from coopcal.checks.view import View
from coopcal.model.event import Event
from coopcal.model.message import msg
from coopcal.model.problem import Code, Problems

DUPLICATE_UID = Code("duplicate-uid", "No two events have the same UID.")
UID_CHANGED = Code(
    "uid-changed", "The UID of a published event changes, so that subscribers would see it twice."
)


def double_uids(view: View, problems: Problems) -> None:
    """No two events share a UID (clients.md 2.2); two of the same key have been noted already."""
    seen: dict[str, Event] = {}
    for uid, event in view.uids:
        first = seen.setdefault(uid, event)
        if first is event or first.key == event.key:
            continue
        where = msg("{path}, line {line}", path=first.place.path, line=first.place.line)
        pinned = event.uid is not None or first.uid is not None
        mend = msg("take “{key}” out of one of the two", key="uid" if pinned else "formerly")
        problems.tell(
            event.place,
            DUPLICATE_UID,
            msg("The event has the UID of another ({where}): {uid}", where=where, uid=uid),
            mend,
        )


def changed_uids(view: View, problems: Problems) -> None:
    """An event that was published keeps its UID; with another one, members would see it twice."""
    previous = view.previous
    if previous is None or previous.uid_domain != view.catalogue.settings.uid_domain:
        return
    known = {published.key: uid for uid, published in previous.events.items() if published.key}
    present = {uid for uid, _ in view.uids}
    for uid, event in view.uids:
        before = known.get(event.key)
        if before is None or before in present or uid in previous.events:
            continue
        if event.key not in previous.removed:
            message = msg(
                "The event was published with the UID “{before}”, and now has another, so members would see it twice",
                before=before,
            )
            problems.tell(event.place, UID_CHANGED, message, f"uid: {before}")
