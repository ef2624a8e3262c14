"""Until when a site stands: the instants at which time alone makes another site of the same sources."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from coopcal import zones


def horizon(now: datetime) -> date:
    """Return the last day for which the dates of series are told one by one: the end of the year after ``now`` (in UTC)."""
    return date(now.astimezone(UTC).year + 1, 12, 31)


@dataclass(slots=True)
class Turns:
    """Collects such instants while stages look at a compile's own one, ``now``.

    All are aware; what is over by ``now`` does not count.
    """

    now: datetime
    _told: list[datetime] = field(default_factory=list)
    _untold: list[datetime] = field(default_factory=list)

    def at(self, instant: datetime) -> None:
        """Add an instant."""
        self._told.append(instant)

    def on(self, day: date, timezone: str) -> None:
        """Add the moment at which a day begins in a time zone."""
        self._told.append(zones.first_moment(day, timezone).astimezone(UTC))

    def with_dates_until(self, last: date) -> None:
        """Add the next new year where the dates of a series, which go on until a day, are not all told by now."""
        if last > horizon(self.now):
            self.at(datetime(horizon(self.now).year, 1, 1, tzinfo=UTC))

    def untold(self, instant: datetime) -> None:
        """Add the instant at which an event appears that waits for its day, which nobody is told before."""
        self._untold.append(instant)

    def join(self, others: "Turns") -> None:
        """Add the instants that others collected."""
        public, untold = others.instants
        self._told += public
        self._untold += untold

    def join_untold(self, others: "Turns") -> None:
        """Add the instants that others collected of what not everybody sees, of which nobody is told."""
        for instants in others.instants:
            self._untold += instants

    @property
    def instants(self) -> tuple[tuple[datetime, ...], tuple[datetime, ...]]:
        """All instants that were collected: those that anybody may be told, and the others."""
        return tuple(self._told), tuple(self._untold)

    @property
    def told_until(self) -> datetime | None:
        """The next instant of those that anybody may be told; None where there is none."""
        return self._next(self._told)

    @property
    def good_until(self) -> datetime | None:
        """The next instant of all, at which the site is to be compiled anew; None where there is none."""
        return self._next([*self._told, *self._untold])

    def _next(self, instants: list[datetime]) -> datetime | None:
        return min((instant for instant in instants if instant > self.now), default=None)
