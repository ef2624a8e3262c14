"""Events that are said to be removed, and were never published."""

from coopcal.checks.overview import ids_of
from coopcal.checks.rule import Rule
from coopcal.checks.view import View
from coopcal.model.message import msg
from coopcal.model.problem import Code, Problems, Severity

NEVER_PUBLISHED = Code(
    "never-published", "What is removed was published once.", Severity.WARNING, switchable=True
)


def check(view: View, problems: Problems) -> None:
    """What is said to be removed was published, unless it is there."""
    previous = view.previous
    if previous is None:
        return
    published = view.overview.published
    for one in view.batch:
        owners = (*ids_of(one), *view.overview.gone_organisations)
        former = {name for event in one.events for name in event.former_ids}
        for reference in one.removed:
            is_there = f"{one.id}/{reference.id}" in view.by_key or reference.id in former
            keys = [f"{owner}/{reference.id}" for owner in owners]
            if not is_there and not any(key in published or key in previous.removed for key in keys):
                message = msg("No event “{id}” was ever published", id=reference.id)
                problems.tell(
                    reference.position, NEVER_PUBLISHED, message, msg("take it out, or mend the id")
                )


RULE = Rule((NEVER_PUBLISHED,), check, looks_back=True)
