"""Ids that name another year than the date."""

import re

from coopcal.checks.rule import Rule
from coopcal.checks.titles import is_in_another_year
from coopcal.checks.view import View
from coopcal.model.event import Event
from coopcal.model.ids import id_of_year
from coopcal.model.message import msg
from coopcal.model.problem import Code, Problems, Severity

YEAR_IN_ID = Code(
    "year-in-id",
    "The id of an event that is not published yet has another year than its date, as one that was copied from last year's does. A note: the id of a published one stays as it is.",
    Severity.NOTE,
    switchable=True,
)

_YEAR_IN_ID = re.compile(r"(?<![a-z0-9])(?:19|20)\d\d(?![a-z0-9])")


def check(view: View, problems: Problems) -> None:
    """An id that ends with a year is probably that of the edition of that year; a published one stays as it is."""
    for event in view.events:
        years = _YEAR_IN_ID.findall(event.path[-1]) if isinstance(event, Event) else ()
        if len(years) != 1 or event.key in view.overview.published:
            continue
        if event.details.moved_from is None and is_in_another_year(int(years[0]), event.days):
            first = event.days[0]
            message = msg(
                "“{event}” has the year {year_in_id} in its id, and lies in {year}",
                event=event.path[-1],
                year_in_id=years[0],
                year=first.year,
            )
            taken = view.taken(event.organisation)
            new = id_of_year(event.path[-1], int(years[0]), first.year, taken)
            mend = msg("id: {new}   (an event that was published keeps its id)", new=new)
            problems.tell(event.details.position, YEAR_IN_ID, message, mend)


RULE = Rule((YEAR_IN_ID,), check, looks_back=True)
