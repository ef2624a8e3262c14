"""Series with one edition alone."""

from collections import Counter

from coopcal.checks.rule import Rule
from coopcal.checks.view import View
from coopcal.definitions.declared.spelling import nearest
from coopcal.model.event import Event
from coopcal.model.message import msg
from coopcal.model.problem import Code, Problems, Severity

LONE_EDITION = Code(
    "lone-edition", "The editions of a series know each other by its name.", Severity.NOTE, switchable=True
)


def check(view: View, problems: Problems) -> None:
    """A series has more than one edition, or its name is perhaps misspelt."""
    if not view.is_whole:
        return
    events = [event for event in view.events if isinstance(event, Event)]
    counts = Counter(event.series for event in events if event.series)
    for event in events:
        if event.series and counts[event.series] == 1:
            near = nearest(event.series, counts.keys() - {event.series})
            mend = (
                msg("did you mean “{near}”?", near=near)
                if near
                else msg("nothing need be done, if others are yet to come")
            )
            message = msg(
                "“{event}” is the only edition of the series “{series}”",
                event=event.path[-1],
                series=event.series,
            )
            problems.tell(event.details.position, LONE_EDITION, message, mend)


RULE = Rule((LONE_EDITION,), check)
