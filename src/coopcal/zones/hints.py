"""From the time on the wall and what is written of its place to the time zone that is meant."""

from dataclasses import dataclass, replace
from datetime import datetime

from coopcal.zones.countries import belongs, of_country
from coopcal.zones.database import zone


@dataclass(frozen=True, slots=True)
class ZoneHints:
    """The zones that were written, from the nearest to the farthest, and the country of the place.

    ``event``, ``location``, ``organisation`` and ``site`` are zone names that exist; ``country`` is an ISO 3166
    code of two capital letters; both are of the first place, and ``beside`` has the zone and the country of each
    further one. ``usual`` are the hints of what a date, stretch or session is of: their zone is
    kept unless something nearer tells another.
    """

    event: str | None = None
    location: str | None = None
    country: str | None = None
    organisation: str | None = None
    site: str | None = None
    usual: "ZoneHints | None" = None
    beside: tuple[tuple[str | None, str | None], ...] = ()

    @property
    def places(self) -> tuple["ZoneHints", ...]:
        """The hints of each place alone."""
        if not self.beside:
            return (self,)
        others = (replace(self, location=zone, country=country, beside=()) for zone, country in self.beside)
        return (replace(self, beside=()), *others)

    @property
    def telling(self) -> "ZoneHints":
        """These hints, or those of what it is a date or a session of, where these tell no zone and no country."""
        tells = self.event or any(place.location or place.country for place in self.places)
        return self if tells or self.usual is None else self.usual.telling


def resolve(hints: ZoneHints, local: datetime) -> str | tuple[str, ...]:
    """Return the zone that a local time stands in, or the zones that may be meant, one of which must be written.

    The event's zone, else its place's, else that of what it is a date or a session of where that can be right, else its country's if all zones of that have the same offsets then,
    else the organisation's or the site's, which are believed only where they can be right: the place is in
    no known country or they are zones of its country. Among zones of a country that are alike, too, the
    organisation's or the site's is taken, so that a feed does not hold two names for one thing. The tuple
    is empty where no country is known, nor any zone, and for a country without zones (nobody lives there).
    Where there are several places, that is the zone of the first if clocks are alike in all of them, else
    none can be told.
    """
    if hints.event is not None:
        return hints.event
    if not hints.beside:
        return _of_place(hints, local)
    of_places = tuple(dict.fromkeys(_of_place(place, local) for place in hints.places))
    known = tuple(place for place in of_places if isinstance(place, str))
    if len(of_places) == 1 or len(known) < len(of_places):
        return next((place for place in of_places if not isinstance(place, str)), of_places[0])
    return known[0] if _alike(known, local) else known


def asked(hints: ZoneHints, local: datetime) -> ZoneHints | None:
    """Return the place whose zone cannot be told; None where it is several places whose clocks differ."""
    return next(
        (place for place in hints.telling.places if not isinstance(_of_place(place, local), str)), None
    )


def _of_place(hints: ZoneHints, local: datetime) -> str | tuple[str, ...]:
    if hints.location is not None:
        return hints.location
    around = resolve(hints.usual, local) if hints.usual else None
    if around is not None and hints.country is None:
        return around
    if hints.country is None:
        return hints.organisation or hints.site or ()
    for name in (around, hints.organisation, hints.site):
        if isinstance(name, str) and belongs(name, hints.country):
            return name
    candidates = of_country(hints.country)
    return candidates[0] if _alike(candidates, local) else candidates


def _alike(zones: tuple[str, ...], local: datetime) -> bool:
    """Tell whether zones read a local time alike, both its folds; of no zones that cannot be told."""
    readings = {
        tuple(local.replace(tzinfo=zone(name), fold=fold).utcoffset() for fold in (0, 1)) for name in zones
    }
    return len(readings) == 1
