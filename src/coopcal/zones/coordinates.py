"""Where countries lie, as far as the zone database knows: the principal places of their zones."""

import re
from functools import cache
from math import asin, cos, radians, sin, sqrt

from coopcal.zones.database import table

EARTH = 6371
"""The earth's radius in km."""

FAR = 2000
"""Kilometres from the nearest principal place of its zones that no place in a country lies."""

_ISO_6709 = re.compile(r"([+-])(\d{2})(\d{2})(?:\d{2})?([+-])(\d{3})(\d{2})(?:\d{2})?")

Position = tuple[float, float]


def is_far_from(country: str, lat: float, lon: float) -> bool:
    """Tell whether a position (degrees) cannot be in a country, as another one is nearer, too; no of unknown ones."""
    places = _places()
    if country not in places:
        return False
    own = min(_distance((lat, lon), place) for place in places[country])
    return own > FAR and any(
        _distance((lat, lon), position) < own
        for code, positions in places.items()
        if code != country
        for position in positions
    )


@cache
def _places() -> dict[str, tuple[Position, ...]]:
    positions: dict[str, tuple[Position, ...]] = {}
    for line in table("zone.tab"):
        match = None if line.startswith("#") else _ISO_6709.fullmatch(line.split("\t")[1])
        if match:
            lat = float(match[1] + "1") * (int(match[2]) + int(match[3]) / 60)
            lon = float(match[4] + "1") * (int(match[5]) + int(match[6]) / 60)
            code = line.split("\t")[0]
            positions[code] = (*positions.get(code, ()), (lat, lon))
    return positions


def _distance(one: Position, other: Position) -> float:
    """Return the distance in km, along a great circle."""
    (lat, lon), (north, east) = ((radians(a), radians(b)) for a, b in (one, other))
    chord = sin((north - lat) / 2) ** 2 + cos(lat) * cos(north) * sin((east - lon) / 2) ** 2
    return 2 * EARTH * asin(sqrt(min(chord, 1)))
