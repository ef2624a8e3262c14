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
class _EntryBeside:
    """What stands in a feed beside what it is ``of``, and shows ``details``.

    ``day`` is that of an override, None where it is what it is ``of``.
    """

    of: Happening
    day: date | None
    details: Details

    @property
    def organisation(self) -> str:
        """The organisation whose it is."""
        return self.of.organisation

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last local day that it touches."""
        return days_of(self.details.when)


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedNotice(_EntryBeside):
    """A notice that stands where something was to be before it was moved; ``details`` has that ``when``."""

    moved_to: When


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosingEntry(_EntryBeside):
    """An entry for the end of registration; ``closed`` are the details of what one registers for."""

    closed: Details


Visible = Happening | BusyTime
"""What an audience sees."""


Entry = Visible | MovedNotice | ClosingEntry
"""What stands in a feed with a UID of its own."""
