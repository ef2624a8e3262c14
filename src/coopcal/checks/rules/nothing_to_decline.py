"""Events that an organisation declines, and that are in its feed by no part of its own."""

from collections.abc import Collection, Mapping

from coopcal.checks.overview import Overview, owner_of
from coopcal.checks.rule import WideRule
from coopcal.checks.view import View
from coopcal.model.happening import Happening
from coopcal.model.message import msg
from coopcal.model.organisation import Organisation, Reference
from coopcal.model.problem import Code, Problems, Severity

NOTHING_TO_DECLINE = Code(
    "nothing-to-decline", "The organisation has no part in that event.", Severity.WARNING, switchable=True
)


Parts = tuple[tuple[str, tuple[str, ...]], ...]
"""Keys of events, and the organisations that have a part in each."""


def gather(view: View) -> Mapping[str, Parts]:
    """Return who has a part in the events of each organisation that others decline, where there are any."""
    gathered = {}
    for one in view.batch:
        keys = view.overview.declined.get(one.id, frozenset()) & view.by_key.keys()
        if keys:
            gathered[one.id] = tuple((key, _parties(view.by_key[key])) for key in sorted(keys))
    return gathered


def _parties(event: Happening) -> tuple[str, ...]:
    return tuple(party.organisation for party in event.details.parties if party.organisation)


def conclude(gathered: Mapping[str, Parts], overview: Overview, problems: Problems) -> None:
    """What an organisation declines is an event of another in which it has a part."""
    parties = {key: named for parts in gathered.values() for key, named in parts}
    for one in overview.catalogue.organisations:
        for reference in one.declined:
            if reference.id in parties:
                _look_at(one, reference, parties[reference.id], problems)


def _look_at(one: Organisation, reference: Reference, parties: Collection[str], problems: Problems) -> None:
    if owner_of(reference.id) == one.id:
        message = msg(
            "“{event}” is an event of “{organisation}” itself", event=reference.id, organisation=one.id
        )
        problems.tell(
            reference.position,
            NOTHING_TO_DECLINE,
            message,
            msg("take it out; “declined” is for events of others"),
        )
    elif one.id not in parties:
        message = msg(
            "“{event}” does not name “{organisation}”, so it is not in its feed",
            event=reference.id,
            organisation=one.id,
        )
        problems.tell(reference.position, NOTHING_TO_DECLINE, message, msg("take it out"))


RULE = WideRule((NOTHING_TO_DECLINE,), conclude, gather)
