"""UIDs that were published otherwise: an event keeps its own for ever."""

from coopcal.checks.rule import Rule
from coopcal.checks.view import View
from coopcal.model.message import msg
from coopcal.model.problem import Code, Problems

UID_CHANGED = Code(
    "uid-changed", "The UID of a published event changes, so that subscribers would see it twice."
)


def check(view: View, problems: Problems) -> None:
    """An event that was published keeps its UID; with another one, members would see it twice."""
    previous = view.previous
    if previous is None or previous.uid_domain != view.catalogue.settings.uid_domain:
        return
    known = {published.key: uid for uid, published in previous.with_keys.items()}
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
            problems.tell(event.details.position, UID_CHANGED, message, f"uid: {before}")


RULE = Rule((UID_CHANGED,), check)
