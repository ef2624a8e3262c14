"""Time zones: of the pinned database, of local times, of countries, and as people call them.

What every reader of a site needs stands here; what only sources need is imported from its module.
"""

from datetime import date, datetime, time, timedelta

from coopcal.zones.database import names, zone

__all__ = ["first_moment", "is_told_twice", "localise", "names", "zone"]


def localise(local: datetime, zone_name: str) -> tuple[datetime, ...]:
    """Return the moments at which clocks of a zone show a (naive) local time, the earlier one first.

    There is none where clocks are put forward over that time, and there are two where they are put back
    over it. Each is aware, with the ``fold`` that tells the two apart.
    """
    first = local.replace(tzinfo=zone(zone_name), fold=0)
    second = first.replace(fold=1)
    before, after = first.utcoffset(), second.utcoffset()
    if before is None or after is None:
        raise ValueError(f"A time zone without offsets: {zone_name}")
    if before < after:
        return ()
    return (first,) if before == after else (first, second)


def is_told_twice(moment: datetime) -> bool:
    """Return whether clocks show the local time of an aware moment a second time, as they are put back over it."""
    if moment.fold:
        moment = moment.replace(fold=0)
    first, second = moment.utcoffset(), moment.replace(fold=1).utcoffset()
    return first is not None and second is not None and first > second


def first_moment(day: date, zone_name: str) -> datetime:
    """Return the moment at which a day begins: midnight, or what clocks show first where they skip it."""
    for minutes in range(0, 24 * 60, 15):
        if readings := localise(datetime.combine(day, time(0)) + timedelta(minutes=minutes), zone_name):
            return readings[0]
    raise ValueError(f"There is no {day} in {zone_name}")
