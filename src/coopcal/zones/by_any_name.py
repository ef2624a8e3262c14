"""Which zone is meant by what is no name of one: a city, an abbreviation, an offset, a name of Windows."""

import difflib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from coopcal.zones.abbreviations import ENGLISH, USUAL, of_posix
from coopcal.zones.countries import belongs, countries, of_country
from coopcal.zones.database import names
from coopcal.zones.offsets import BEST_KNOWN, PRESENT, clocks, fixed, shown_as, signed
from coopcal.zones.places import folded, of_places
from coopcal.zones.windows_names import of_windows

_WITH_SUMMER = re.compile(r"[A-Z]{3,4}[+-]?\d{1,2}[A-Z]{3,4}")
"""Names of POSIX with an abbreviation for summer; without one, a number behind letters may be an offset or a slip."""


@dataclass(frozen=True, slots=True)
class Around:
    """Where a zone is asked for: the country and the cities of the place, and the zones of the organisation and the site."""

    country: str | None = None
    cities: tuple[str, ...] = ()
    usual: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Meant:
    """The zones that may be meant, the likelier first; ``offset`` where a distance from UTC is written."""

    names: tuple[str, ...] = ()
    offset: timedelta | None = None


def meant(written: str, around: Around) -> Meant:
    """Return the zones that may be meant by what is no name of one.

    What says an offset, an abbreviation or a name of Windows is never taken for a name that looks alike.
    """
    text = written.strip()
    if (ahead := _offset(text)) is not None:
        here = tuple(name for name in _near(around) if ahead in clocks(name, PRESENT))
        always = fixed(ahead)
        return Meant(tuple(dict.fromkeys((*here, *((always,) if always else ())))), ahead)
    zone_names = _by_abbreviation(text, around) or _by_windows(text, around) or _by_place(text, around)
    return Meant(tuple(dict.fromkeys(zone_names or _alike(text))))


def near(around: Around) -> tuple[str, ...]:
    """Return the zones of the place, its country, the organisation and the site, in this order."""
    return tuple(_near(around))


def likelier_first(zone_names: tuple[str, ...], cities: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Return zones of a country with those of cities before the best known one, and this before all others."""
    of_cities = {of_places().get(folded(city)) for city in cities}
    known = {name: number for number, name in enumerate(BEST_KNOWN)}
    return tuple(
        sorted(zone_names, key=lambda name: (name not in of_cities, known.get(name, len(BEST_KNOWN))))
    )


def _near(around: Around) -> Iterator[str]:
    of_cities = [of_places().get(folded(city)) for city in around.cities]
    own = likelier_first(of_country(around.country)) if around.country else ()
    zone_names = (
        *(name for name in of_cities if name and (not own or name in own)),
        *(name for name in around.usual if own and belongs(name, around.country or "")),
        *own,
        *(name for name in around.usual if not own and name != "UTC"),
    )
    yield from dict.fromkeys(zone_names)


def _offset(text: str) -> timedelta | None:
    if text.lower() == "aoe":
        return timedelta(hours=-12)
    offset = signed(text)
    return offset[0] if offset and not offset[1].strip() else None


def _by_abbreviation(text: str, around: Around) -> tuple[str, ...]:
    written = ENGLISH.get(text.lower(), text.upper())
    around_here = tuple(_near(around))
    if _WITH_SUMMER.fullmatch(written):
        zone = of_posix(written, PRESENT, around_here)
        return (zone,) if zone else ()
    if not re.fullmatch("[A-Z]{2,5}", written):
        return ()
    here = tuple(name for name in around_here if written in shown_as(name, PRESENT))
    usual = USUAL.get(written)
    return here if here or usual is None else (*_like(usual, around_here), usual)


def _by_windows(text: str, around: Around) -> tuple[str, ...]:
    usual = of_windows(text)
    return (*_like(usual, _near(around)), usual) if usual in names() else ()


def _like(name: str, others: Iterable[str]) -> tuple[str, ...]:
    """Return those of other zones that have the clocks of one."""
    return tuple(other for other in others if clocks(other, PRESENT) == clocks(name, PRESENT))


def _by_place(text: str, around: Around) -> tuple[str, ...]:
    known = of_places().get(folded(text.rpartition("/")[2]))
    if known is None:
        return ()
    there = next((of_country(code) for code in countries() if known in of_country(code)), ())
    return (*_like(known, (name for name in around.usual if name in there)), known)


def _alike(text: str) -> tuple[str, ...]:
    """Return the zone whose name, or whose city in it, looks much like a text without signs and digits."""
    if re.search(r"[\d+−–-]", text):
        return ()
    region, _, place = text.rpartition("/")
    places = {
        place_name: name
        for place_name, name in of_places().items()
        if not region or name.casefold().startswith(f"{region.casefold()}/")
    }
    return tuple(places[match] for match in difflib.get_close_matches(folded(place), places, 1, 0.8))
