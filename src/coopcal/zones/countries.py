"""Countries and their zones: pytz's tables, which the standard library lacks."""

from collections.abc import Mapping
from functools import cache, lru_cache
from types import MappingProxyType

import pytz

from coopcal.zones.database import canonical, names, southern


@cache
def countries() -> Mapping[str, str]:
    """Return every country by its ISO 3166 code of two capital letters, with its English name."""
    return MappingProxyType(dict(pytz.country_names.items()))


@cache
def of_country(code: str) -> tuple[str, ...]:
    """Return the zones of a country, the one named first by the database first; none for an uninhabited one."""
    return tuple(name for name in pytz.country_timezones.get(code, ()) if name in names())


@lru_cache(maxsize=1024)
def belongs(name: str, country: str) -> bool:
    """Tell whether a zone is one of a country's, under its own name or as an old spelling of one.

    A zone that the tables give to some country keeps to that one, even where it shares another's data:
    Europe/Amsterdam is of the Netherlands although the database keeps it with Europe/Brussels.
    """
    if name in _of_any_country():
        return name in of_country(country)
    return canonical(name) in of_country(country)


@lru_cache(maxsize=1024)
def is_southern(country: str | None, zone: str | None) -> bool:
    """Tell whether the seasons of a place are those of the southern hemisphere.

    The zone decides where it lies in the country, or no country is known; else most of the country's
    zones. Where nothing is known, the north is meant.
    """
    if zone is not None and (country is None or belongs(zone, country)):
        return zone in southern() or canonical(zone) in southern()
    zones = of_country(country) if country is not None else ()
    return 2 * sum(name in southern() for name in zones) > len(zones)


@cache
def _of_any_country() -> frozenset[str]:
    return frozenset(name for code in countries() for name in of_country(code))
