"""What stands in a feed with a UID of its own."""

from dataclasses import dataclass
from datetime import date

from coopcal.model.happening import Details, Happening
from coopcal.model.when import When, days_of


@dataclass(frozen=True, slots=True, kw_only=True)
class BusyTime:
    """A time that hidden events of an organisation take: all that the public sees of them."""

    organisation: str
    uid: str
    details: Details

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last local day that it touches."""
        return days_of(self.details.when)


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedNotice:
    """A notice that stands where something was to be before it was moved; ``details`` has that ``when``.

    ``day`` is that of the override that was moved, None where it is what it is ``of``.
    """

    of: Happening
    day: date | None
    details: Details
    moved_to: When

    @property
    def organisation(self) -> str:
        """The organisation whose it is."""
        return self.of.organisation

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last local day that it touches."""
        return days_of(self.details.when)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosingEntry:
    """An entry for the end of registration; ``details`` are what it shows, ``closed`` those of what one registers for.

    ``day`` is that of an override, None where it is what it is ``of``.
    """

    of: Happening
    day: date | None
    details: Details
    closed: Details

    @property
    def organisation(self) -> str:
        """The organisation whose it is."""
        return self.of.organisation

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last local day that it touches."""
        return days_of(self.details.when)


Visible = Happening | BusyTime
"""What an audience sees."""


Entry = Visible | MovedNotice | ClosingEntry
"""What stands in a feed with a UID of its own."""
