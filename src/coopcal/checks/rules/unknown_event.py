"""Events that an organisation declines, and that are not there."""

from collections.abc import Iterator, Mapping

from coopcal.checks.overview import Overview
from coopcal.checks.rule import WideRule
from coopcal.checks.view import View
from coopcal.definitions.declared.spelling import nearest
from coopcal.model.message import msg
from coopcal.model.organisation import Organisation, Reference
from coopcal.model.problem import Code, Problems, Severity

UNKNOWN_EVENT = Code("unknown-event", "There is no such event.", Severity.WARNING, switchable=True)


Missing = tuple[tuple[str, str | None], ...]
"""Keys of events that are not there, and those that were probably meant."""


def gather(view: View) -> Mapping[str, Missing]:
    """Return what others decline of each organisation and is not there, where there is any."""
    missing = {one.id: tuple(_missing(one, view)) for one in view.batch if one.id in view.overview.declined}
    return {one: keys for one, keys in missing.items() if keys}


def _missing(one: Organisation, view: View) -> Iterator[tuple[str, str | None]]:
    for key in sorted(view.overview.declined[one.id] - view.by_key.keys()):
        names = {"/".join(event.path): event.key for event in one.events}
        names |= {former: event.key for event in one.events for former in event.former_ids}
        near = nearest(key.partition("/")[2], names)
        yield key, names[near] if near else None


def conclude(gathered: Mapping[str, Missing], overview: Overview, problems: Problems) -> None:
    """What an organisation declines is there."""
    meant = {key: near for missing in gathered.values() for key, near in missing}
    for one in overview.catalogue.organisations:
        for reference in one.declined:
            owner, _, event = reference.id.partition("/")
            organisation = overview.organisations.get(owner)
            if overview.may_be_unread(owner):
                continue
            if organisation is None:
                _tell_of_organisation(reference, overview, problems)
            elif reference.id in meant and organisation.complete:
                near = meant[reference.id]
                message = msg("“{owner}” has no event “{rest}”", owner=owner, rest=event)
                mend = msg("did you mean “{meant}”?", meant=near) if near else msg("take it out")
                problems.tell(reference.position, UNKNOWN_EVENT, message, mend)


def _tell_of_organisation(reference: Reference, overview: Overview, problems: Problems) -> None:
    owner, _, event = reference.id.partition("/")
    called = overview.now_called.get(owner) or nearest(owner, overview.organisations)
    message = msg(
        "There is no event “{id}”, as there is no organisation “{owner}”", id=reference.id, owner=owner
    )
    mend = msg("did you mean “{called}/{rest}”?", called=called, rest=event) if called else None
    problems.tell(reference.position, UNKNOWN_EVENT, message, mend)


RULE = WideRule((UNKNOWN_EVENT,), conclude, gather)
