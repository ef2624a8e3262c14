"""Series and their editions."""

from collections import Counter
from datetime import timedelta

from coopcal.checks.view import View
from coopcal.definitions.declared.record import nearest
from coopcal.definitions.free_id import id_of_year
from coopcal.model.event import Event
from coopcal.model.message import msg
from coopcal.model.problem import Code, Problems, Severity
from coopcal.model.published import PublishedEvent

EDITION_UNDER_OLD_ID = Code(
    "edition-under-old-id", "An event that took place now lies more than 60 days ahead."
)
LONE_EDITION = Code(
    "lone-edition", "The editions of a series know each other by its name.", Severity.NOTE, switchable=True
)
NOTHING_TO_CORRECT = Code(
    "nothing-to-correct",
    "`corrected: true` lets an event that took place be moved far ahead under its id.",
    Severity.NOTE,
    switchable=True,
)

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
            problems.tell(event.place, LONE_EDITION, message, mend)


def new_editions_under_old_ids(view: View, problems: Problems) -> None:
    """An event that took place does not lie far ahead: that is another edition under its id, unless its date was wrong."""
    if view.previous is None:
        return
    for event in view.events:
        if len(event.path) > 1 or event.further:
            continue
        before = view.published.get(event.key)
        if before and before.last < view.today and event.days[0] > view.today + LONG_AHEAD:
            if before.key == event.key and not event.corrected:
                _tell_of_edition(event, before, view, problems)
        elif event.corrected and event.is_public:
            _tell_of_correction(event, before, problems)


def _tell_of_correction(event: Event, before: PublishedEvent | None, problems: Problems) -> None:
    """Tell to take the key out when the corrected date has been published, or there was none to correct."""
    if before and (before.first, before.last) != event.days:
        return
    name = event.path[-1]
    message = (
        msg("“{event}” has been published with this date, so there is nothing left to correct", event=name)
        if before
        else msg("“{event}” was not published before, so there is nothing to correct", event=name)
    )
    problems.tell(event.place, NOTHING_TO_CORRECT, message, msg("take “corrected: true” out"))


def _tell_of_edition(event: Event, before: PublishedEvent, view: View, problems: Problems) -> None:
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
    problems.tell(event.place, EDITION_UNDER_OLD_ID, message, mend)
