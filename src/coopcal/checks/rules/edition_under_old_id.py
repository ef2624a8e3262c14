"""Events that took place, and lie far ahead now: another edition under their id."""

from coopcal.checks.editions import is_far_ahead
from coopcal.checks.rule import Rule
from coopcal.checks.view import View
from coopcal.model.event import Event
from coopcal.model.ids import id_of_year
from coopcal.model.message import msg
from coopcal.model.problem import Code, Problems
from coopcal.model.published import PublishedEvent

EDITION_UNDER_OLD_ID = Code(
    "edition-under-old-id", "An event that took place now lies more than 60 days ahead."
)


def check(view: View, problems: Problems) -> None:
    """An event that took place does not lie far ahead: that is another edition, unless its date was wrong."""
    for event in view.events if view.previous else ():
        if not isinstance(event, Event) or event.corrected:
            continue
        before = view.published(event)
        if before and before.key == event.key and is_far_ahead(event, before, view.today):
            _tell(event, before, view, problems)


def _tell(event: Event, before: PublishedEvent, view: View, problems: Problems) -> None:
    identifier, (first, _) = event.path[-1], event.days
    message = msg(
        "“{identifier}” was published for {last}, which is over, and now stands on {first}; members would lose the past one",
        identifier=identifier,
        last=before.last,
        first=first,
    )
    mend = msg(
        "was the date wrong, or is it put off? Then add the line “corrected: true” to “{identifier}”: it keeps its id.\nIs it another edition? Then keep “{identifier}” as it was, and write the new one as an event of its own: id: {new}",
        identifier=identifier,
        new=id_of_year(identifier, before.last.year, first.year, view.taken(event.organisation)),
    )
    problems.tell(event.details.position, EDITION_UNDER_OLD_ID, message, mend)


RULE = Rule((EDITION_UNDER_OLD_ID,), check, looks_back=True)
