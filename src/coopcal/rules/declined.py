"""Events of others that an organisation keeps out of its own feed."""

from coopcal.decode.record import nearest
from coopcal.model.event import Event
from coopcal.model.organisation import Organisation, Reference
from coopcal.model.problem import Problems
from coopcal.rules.view import View


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
        message = f"“{reference.id}” is an event of “{one.id}” itself"
        problems.warn(
            reference.place, "nothing-to-decline", message, "take it out; “declined” is for events of others"
        )
    elif all(party.organisation != one.id for party in event.parties):
        message = f"“{reference.id}” does not name “{one.id}”, so it is not in its feed"
        problems.warn(reference.place, "nothing-to-decline", message, "take it out")


def _unknown(reference: Reference, view: View, problems: Problems) -> None:
    owner, _, rest = reference.id.partition("/")
    organisation = view.organisations.get(owner)
    if view.may_be_unread(owner) or (organisation is not None and not organisation.complete):
        return
    if organisation is None:
        called = view.now_called.get(owner) or nearest(owner, view.organisations)
        message = f"There is no event “{reference.id}”, as there is no organisation “{owner}”"
        problems.warn(
            reference.place, "unknown-event", message, f"did you mean “{called}/{rest}”?" if called else None
        )
        return
    names = {"/".join(event.path): event.key for event in organisation.events}
    names |= {former: event.key for event in organisation.events for former in event.former_ids}
    near = nearest(rest, names)
    mend = f"did you mean “{names[near]}”?" if near else "take it out"
    problems.warn(reference.place, "unknown-event", f"“{owner}” has no event “{rest}”", mend)
