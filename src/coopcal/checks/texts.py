"""What texts are written for: events, sessions, further dates, and the overrides of series."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from coopcal.model.event import Override, Recurrence, Recurring, overrides_of
from coopcal.model.happening import Details, Happening
from coopcal.model.when import days_of


@dataclass(frozen=True, slots=True)
class Written:
    """Something that is written to take place, or an ``override`` of it."""

    of: Happening
    override: Override | None = None

    @property
    def details(self) -> Details:
        """What is shown of it."""
        return self.override.details if self.override else self.of.details

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
    yield Written(happening)
    yield from (Written(happening, override) for override in overrides_of(happening))
