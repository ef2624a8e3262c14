"""Series and their editions."""

from collections import Counter
from datetime import timedelta

from coopcal.decode.record import nearest
from coopcal.model.message import msg
from coopcal.model.problem import Problems
from coopcal.rules.view import View

LONG_AHEAD = timedelta(days=60)


def lone_editions(view: View, problems: Problems) -> None:
    """A series has more than one edition, or its name is perhaps misspelt."""
    if not view.is_whole:
        return
    counts = Counter(event.series for event in view.events if event.series and not event.further)
    for event in view.events:
        if event.series and not event.further and counts[event.series] == 1:
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
            problems.note(event.place, "lone-edition", message, mend)


def new_editions_under_old_ids(view: View, problems: Problems) -> None:
    """An event that took place does not lie far ahead: that is another edition under its id."""
    if view.previous is None:
        return
    published = {event.key: event for event in view.previous.events.values()}
    for event in view.events:
        before = published.get(event.key)
        first, _ = event.days
        if (
            before is None
            or len(event.path) > 1
            or event.further
            or before.last >= view.today
            or first <= view.today + LONG_AHEAD
        ):
            continue
        identifier = event.path[-1]
        new = f"{identifier.removesuffix(f'-{before.last.year}')}-{first.year}"
        if new == identifier:
            new = f"{identifier}-2"
        message = msg(
            "“{identifier}” took place on {last} and now lies on {first}, so members would lose the past one",
            identifier=identifier,
            last=before.last,
            first=first,
        )
        mend = msg(
            "keep “{identifier}” as it was, and write the new one as an event of its own: id: {new}   (or, if it did not take place and was put off: id: {new} with formerly: [{identifier}])",
            identifier=identifier,
            new=new,
        )
        problems.error(event.place, "edition-under-old-id", message, mend)
