"""What texts are written for: events, sessions, further dates, and the overrides of series."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from coopcal.model.event import Override, Recurrence, Recurring, overrides_of
from coopcal.model.happening import Details, Happening
from coopcal.model.problem import Position
from coopcal.model.text import Text
from coopcal.model.when import days_of


@dataclass(frozen=True, slots=True)
class Written:
    """Something that is written to take place, or an ``override`` of it, and what is shown of that."""

    of: Happening
    details: Details
    override: Override | None = None

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last local day that it touches, all dates of a series together."""
        return days_of(self.override.details.when) if self.override else self.of.days

    @property
    def recurrence(self) -> Recurrence | None:
        """How it recurs; None of what has one date."""
        return self.of.recurrence if isinstance(self.of, Recurring) and not self.override else None


def written_for(happening: Happening) -> Iterator[Written]:
    """Return what is written for something: itself, and each of its overrides."""
    yield as_written(happening)
    yield from overriding(happening)


def as_written(happening: Happening) -> Written:
    """Return what is written for something itself."""
    return Written(happening, happening.details)


def overriding(happening: Happening) -> Iterator[Written]:
    """Return what is written for each override of something."""
    yield from (Written(happening, override.details, override) for override in overrides_of(happening))


def place_of(text: Text, number: int, written: Written) -> Position:
    """Return the position of the language of that number in a text; that of what it is written for where it stands nowhere itself."""
    return text.places[number] if number < len(text.places) else written.details.position
