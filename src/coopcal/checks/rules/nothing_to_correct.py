"""The key ``corrected`` at events that need none any more."""

from coopcal.checks.editions import is_far_ahead
from coopcal.checks.rule import Rule
from coopcal.checks.view import View
from coopcal.model.event import Event
from coopcal.model.message import msg
from coopcal.model.problem import Code, Problems, Severity
from coopcal.model.published import PublishedEvent

NOTHING_TO_CORRECT = Code(
    "nothing-to-correct",
    "`corrected: true` lets an event that took place be moved far ahead under its id.",
    Severity.NOTE,
    switchable=True,
)


def check(view: View, problems: Problems) -> None:
    """An event says ``corrected`` as long as its date is to be corrected."""
    for event in view.events if view.previous else ():
        if not isinstance(event, Event) or not event.corrected or not event.is_public:
            continue
        before = view.published(event)
        if before is None or not is_far_ahead(event, before, view.today):
            _tell(event, before, problems)


def _tell(event: Event, before: PublishedEvent | None, problems: Problems) -> None:
    """Tell to take the key out when the corrected date has been published, or there was none to correct."""
    if before and (before.first, before.last) != event.days:
        return
    name = event.path[-1]
    message = (
        msg("“{event}” has been published with this date, so there is nothing left to correct", event=name)
        if before
        else msg("“{event}” was not published before, so there is nothing to correct", event=name)
    )
    problems.tell(event.details.position, NOTHING_TO_CORRECT, message, msg("take “corrected: true” out"))


RULE = Rule((NOTHING_TO_CORRECT,), check, looks_back=True)
