"""UIDs that were published otherwise: an event keeps its own for ever."""

from collections.abc import Mapping
from dataclasses import dataclass

from coopcal.checks.overview import Overview
from coopcal.checks.rule import WideRule
from coopcal.checks.view import View
from coopcal.model.message import msg
from coopcal.model.problem import Code, Position, Problems

UID_CHANGED = Code(
    "uid-changed", "The UID of a published event changes, so that subscribers would see it twice."
)


@dataclass(frozen=True, slots=True)
class Uids:
    """Events of an organisation whose UIDs are new, by the UIDs before, and published UIDs that it has taken over."""

    changed: tuple[tuple[str, Position], ...]
    taken_over: frozenset[str]


def gather(view: View) -> Mapping[str, Uids]:
    """Return what has another UID than before in each organisation, and what it has of others, where there is any."""
    previous, overview = view.previous, view.overview
    if previous is None or previous.uid_domain != overview.catalogue.settings.uid_domain:
        return {}
    gathered = {}
    for one, events in view.uids.items():
        changed = []
        for uid, event in events:
            before = overview.published_uids.get(event.key)
            if before is None or before in view.present[one] or uid in previous.events:
                continue
            if event.key not in previous.removed:
                changed.append((before, event.details.position))
        taken_over = view.taken_over.get(one, frozenset())
        if changed or taken_over:
            gathered[one] = Uids(tuple(changed), taken_over)
    return gathered


def conclude(gathered: Mapping[str, Uids], _overview: Overview, problems: Problems) -> None:
    """An event that was published keeps its UID; with another one, members would see it twice."""
    taken_over = frozenset[str]().union(*(uids.taken_over for uids in gathered.values()))
    for before, position in (pair for uids in gathered.values() for pair in uids.changed):
        if before not in taken_over:
            message = msg(
                "The event was published with the UID “{before}”, and now has another, so members would see it twice",
                before=before,
            )
            problems.tell(position, UID_CHANGED, message, f"uid: {before}")


RULE = WideRule((UID_CHANGED,), conclude, gather, looks_back=True)
