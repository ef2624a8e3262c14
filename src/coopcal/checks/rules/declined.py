"""Events of others that an organisation keeps out of its own feed."""

from coopcal.checks.view import View
from coopcal.definitions.declared.record import nearest
from coopcal.model.event import Event
from coopcal.model.message import msg
from coopcal.model.organisation import Organisation, Reference
from coopcal.model.problem import Code, Problems, Severity

NOTHING_TO_DECLINE = Code(
    "nothing-to-decline", "The organisation has no part in that event.", Severity.WARNING, switchable=True
)
UNKNOWN_EVENT = Code("unknown-event", "There is no such event.", Severity.WARNING, switchable=True)


def declined(view: View, problems: Problems) -> None:
    """What an organisation declines is an event of another in which it has a part."""
    for one in view.catalogue.organisations:
        for reference in one.declined:
            event = view.by_key.get(reference.id)
            if event is None:
                _unknown(reference, view, problems)
            else:
                _without_effect(one, event, reference, problems)


def _without_effect(one: Organisation, event: Event, reference: Reference, problems: Problems) -> None:
    if event.organisation == one.id:
        message = msg(
            "“{event}” is an event of “{organisation}” itself", event=reference.id, organisation=one.id
        )
        problems.tell(
            reference.place,
            NOTHING_TO_DECLINE,
            message,
            msg("take it out; “declined” is for events of others"),
        )
    elif all(party.organisation != one.id for party in event.parties):
        message = msg(
            "“{event}” does not name “{organisation}”, so it is not in its feed",
            event=reference.id,
            organisation=one.id,
        )
        problems.tell(reference.place, NOTHING_TO_DECLINE, message, msg("take it out"))


def _unknown(reference: Reference, view: View, problems: Problems) -> None:
    owner, _, rest = reference.id.partition("/")
    organisation = view.organisations.get(owner)
    if view.may_be_unread(owner) or (organisation is not None and not organisation.complete):
        return
    if organisation is None:
        called = view.now_called.get(owner) or nearest(owner, view.organisations)
        message = msg(
            "There is no event “{id}”, as there is no organisation “{owner}”", id=reference.id, owner=owner
        )
        problems.tell(
            reference.place,
            UNKNOWN_EVENT,
            message,
            msg("did you mean “{called}/{rest}”?", called=called, rest=rest) if called else None,
        )
        return
    names = {"/".join(event.path): event.key for event in organisation.events}
    names |= {former: event.key for event in organisation.events for former in event.former_ids}
    near = nearest(rest, names)
    mend = msg("did you mean “{meant}”?", meant=names[near]) if near else msg("take it out")
    problems.tell(
        reference.place, UNKNOWN_EVENT, msg("“{owner}” has no event “{rest}”", owner=owner, rest=rest), mend
    )
