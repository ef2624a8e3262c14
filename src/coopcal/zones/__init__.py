"""Time zones: of countries, of local times, and when their clocks change."""

from coopcal.zones.countries import countries, is_southern, of_country
from coopcal.zones.database import names, zone
from coopcal.zones.local import ZoneHints, asked, first_moment, localise, resolve
from coopcal.zones.meant import Around, likelier_first, meant, near
from coopcal.zones.positions import is_far_from
from coopcal.zones.transitions import Transition, opening, transitions

__all__ = [
    "Around",
    "Transition",
    "ZoneHints",
    "asked",
    "countries",
    "first_moment",
    "is_far_from",
    "is_southern",
    "likelier_first",
    "localise",
    "meant",
    "names",
    "near",
    "of_country",
    "opening",
    "resolve",
    "transitions",
    "zone",
]
