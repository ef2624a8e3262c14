"""A time at which something takes place, and how that is written in ``when``."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from coopcal import zones
from coopcal.authoring.importing.timezones import at

EARLIEST, LATEST = 1800, 2200
"""Years that ``when`` may have."""

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Span:
    """Whole days (``zone`` is None; ``start`` is the first midnight), or a time in a zone.

    ``start`` is what clocks show (naive, with its fold). ``length`` is that on the wall, or in days; None where the end is
    not known. ``exact`` is the time that goes by, for what takes place once. ``said`` is ``when`` itself, where it is no
    such thing: a month, a deadline.
    """

    start: datetime
    length: timedelta | None
    zone: str | None
    exact: timedelta | None = None
    said: str | None = None

    @property
    def day(self) -> date:
        """The day on which it begins."""
        return self.start.date()

    def moved(self, start: datetime) -> "Span":
        """Return the same at another time."""
        return replace(self, start=start)

    def key(self, usual: timedelta) -> tuple[int | str, int | str]:
        """Return its start and end as they are compared: seconds since 1970, or days; ``usual`` is an unknown length."""
        if self.zone is None:
            return self.day.isoformat(), (self.day + (self.length or DAY)).isoformat()
        begins = at(self.start, self.zone)
        ends = begins + usual if self.length is None else self.ends(begins)
        return int(begins.timestamp()), int(ends.timestamp())

    def ends(self, begins: datetime) -> datetime:
        """Return the moment of its end; ``begins`` is that of its start, and its length is known."""
        if self.exact is not None:
            return begins + self.exact
        zone = self.zone or "UTC"
        return at(on_clocks(begins, zone).replace(fold=0) + (self.length or timedelta(0)), zone)

    def in_zone(self, zone: str) -> "Span":
        """Return the same time of something that takes place once, as clocks elsewhere show it."""
        if self.zone is None or self.zone == zone:
            return self
        begins = at(self.start, self.zone)
        if self.length is None:
            return Span(on_clocks(begins, zone), None, zone)
        ends = self.ends(begins)
        start, end = on_clocks(begins, zone), on_clocks(ends, zone)
        return Span(start, end.replace(fold=0) - start.replace(fold=0), zone, ends - begins)

    def written(self) -> str:
        """Write it as ``when``."""
        if self.said is not None:
            return self.said
        if self.zone is None:
            last = self.day + (self.length or DAY) - DAY
            return f"{self.day}" if last <= self.day else f"{self.day}/{last}"
        begins = at(self.start, self.zone)
        return as_written(begins, None if self.length is None else self.ends(begins), self.zone)


def as_written(begins: datetime, ends: datetime | None, zone: str) -> str:
    """Write two moments as ``when`` in a zone; the end may be unknown."""
    start = _written(begins, zone)
    if ends is None:
        return start
    clock = _written(ends, zone)
    return f"{start}/{clock[11:] if clock[:10] == start[:10] else clock}"


def in_doubt(span: Span) -> bool:
    """Return whether clocks show its start or end twice."""
    if span.zone is None:
        return False
    begins = at(span.start, span.zone)
    ends = begins if span.length is None else span.ends(begins)
    local = (on_clocks(instant, span.zone).replace(fold=0) for instant in (begins, ends))
    return any(len(zones.localise(clock, span.zone)) != 1 for clock in local)


def on_clocks(moment: datetime, zone: str) -> datetime:
    """Return what clocks of a zone show at a moment (naive)."""
    return moment.astimezone(zones.zone(zone)).replace(tzinfo=None)


def _written(moment: datetime, zone: str) -> str:
    local = moment.astimezone(zones.zone(zone))
    twice = len(zones.localise(local.replace(tzinfo=None, fold=0), zone)) > 1
    return f"{local:%Y-%m-%d %H:%M}" + (local.isoformat()[-6:] if twice else "")
