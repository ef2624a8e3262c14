"""Dates of a series that were moved, or added, onto others."""

from coopcal.definitions.codes.series import MOVED_ONTO_ANOTHER
from coopcal.definitions.repeats.date_identifiers import start
from coopcal.definitions.repeats.rule_dates import RuleDates
from coopcal.definitions.repeats.stretches import Part
from coopcal.model.event import FurtherDate
from coopcal.model.message import msg
from coopcal.model.problem import Position, Problems
from coopcal.zones.shift import day_of, shifted


def hold_apart(parts: list[Part], further: list[FurtherDate], dates: RuleDates, problems: Problems) -> None:
    """Note dates that were moved, or added, onto others."""
    gone = {excepted.day for part in parts for excepted in part.excluded}
    gone |= {change.day for part in parts for change in part.changes}
    met: dict[object, Position] = {}
    overriding = [override.details for part in parts for override in part.changes]
    for details in (*overriding, *(happening.details for happening in further)):
        day, begins = day_of(details.when), start(details.when)
        usual = next((part.usual.when for part in reversed(parts) if part.holds(day)), None)
        taken = (
            usual is not None and day in dates and day not in gone and start(shifted(usual, day)) == begins
        )
        if taken or begins in met:
            message = (
                msg("This date was moved onto {day}, when it takes place anyway", day=day)
                if details.moved_from
                else msg("This date is added on {day}, when it takes place anyway", day=day)
            )
            problems.tell(details.position, MOVED_ONTO_ANOTHER, message, dates.around(day))
        met[begins] = details.position
