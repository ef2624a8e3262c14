"""Events that an organisation declines, and that are not there."""

from coopcal.checks.rule import Rule
from coopcal.checks.view import View
from coopcal.definitions.declared.spelling import nearest
from coopcal.model.message import msg
from coopcal.model.organisation import Reference
from coopcal.model.problem import Code, Problems, Severity

UNKNOWN_EVENT = Code("unknown-event", "There is no such event.", Severity.WARNING, switchable=True)


def check(view: View, problems: Problems) -> None:
    """What an organisation declines is there."""
    for one in view.catalogue.organisations:
        for reference in one.declined:
            if reference.id not in view.by_key:
                _tell(reference, view, problems)


def _tell(reference: Reference, view: View, problems: Problems) -> None:
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
            reference.position,
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
        reference.position,
        UNKNOWN_EVENT,
        msg("“{owner}” has no event “{rest}”", owner=owner, rest=rest),
        mend,
    )


RULE = Rule((UNKNOWN_EVENT,), check)
