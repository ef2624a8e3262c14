"""Which zone is meant by what is no name of one: a city, an abbreviation, an offset, a name of Windows."""

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from types import MappingProxyType

from babel import Locale
from babel.core import get_global

from coopcal.zones.countries import belongs, countries, of_country
from coopcal.zones.database import names, zone

LANGUAGES = ("en", "fr", "de", "it", "es", "pt")
"""Those whose names of cities and of zones are known."""

_OFFSET = re.compile(
    r"(?P<lead>UTC|GMT|Z)?\s*(?P<sign>[+−–-])\s*(?P<hours>\d{1,2})(?::?(?P<minutes>\d{2}))?\s*(?:h|Uhr)?",
    re.IGNORECASE,
)
_SUFFIX = re.compile(r"(?:\s*\d+|\s*\(.*\))$")
"""What stands behind names of Windows at times."""

_CITIES = MappingProxyType(
    {
        "AT": "graz linz salzburg innsbruck klagenfurt",
        "BE": "antwerp antwerpen anvers ghent gent gand liège luik lüttich bruges brugge namur leuven louvain charleroi",
        "BR": "rio rio_de_janeiro brasilia brasília porto_alegre curitiba belo_horizonte salvador",
        "CA": "montréal ottawa québec quebec",
        "CH": "geneva genève genf ginevra basel bâle basilea bern berne lausanne lugano bellinzona luzern",
        "DE": "munich münchen muenchen monaco_di_baviera hamburg köln koeln cologne colonia frankfurt stuttgart "
        "leipzig dresden bremen hannover nürnberg nuremberg freiburg bonn düsseldorf kiel",
        "ES": "barcelona barcelone valencia sevilla seville bilbao zaragoza málaga malaga granada san_sebastián mondragón",
        "FR": "lyon marseille bordeaux toulouse lille nantes strasbourg straßburg nice rennes grenoble montpellier",
        "GB": "manchester birmingham edinburgh glasgow cardiff leeds bristol liverpool rochdale oxford cambridge",
        "IE": "cork galway limerick",
        "IN": "delhi new_delhi mumbai bangalore bengaluru chennai",
        "IT": "bolzano bozen milano milan mailand mailandia milán milão torino turin turín firenze florence florenz "
        "florencia florença napoli naples neapel nápoles venezia venice venedig venise venecia bologna bolonia "
        "genova genua gênes genoa trento trient trieste triest verona padova padua palermo bari catania meran merano brixen "
        "bressanone perugia modena parma reggio_emilia",
        "NL": "rotterdam utrecht den_haag the_hague eindhoven groningen",
        "PT": "porto coimbra braga",
        "US": "boston san_francisco washington seattle philadelphia miami",
    }
)
"""Cities that the database has no zone of, by country."""

_ENGLISH = MappingProxyType(
    {
        "mez": "CET",
        "mesz": "CEST",
        "oez": "EET",
        "oesz": "EEST",
        "wez": "WET",
        "wesz": "WEST",
        "hnec": "CET",
        "heec": "CEST",
        "hec": "CET",
        "met": "CET",
        "mest": "CEST",
        "hne": "EST",
        "hae": "EDT",
        "hnp": "PST",
        "hap": "PDT",
        "et": "EST",
        "pt": "PST",
        "ct": "CST",
        "mt": "MST",
    }
)
_USUAL = MappingProxyType(
    {
        "CET": "Europe/Berlin",
        "CEST": "Europe/Berlin",
        "EET": "Europe/Athens",
        "EEST": "Europe/Athens",
        "WET": "Europe/Lisbon",
        "WEST": "Europe/Lisbon",
        "GMT": "Europe/London",
        "BST": "Europe/London",
        "EST": "America/New_York",
        "EDT": "America/New_York",
        "EST5EDT": "America/New_York",
        "CST": "America/Chicago",
        "CDT": "America/Chicago",
        "CST6CDT": "America/Chicago",
        "MST": "America/Denver",
        "MDT": "America/Denver",
        "MST7MDT": "America/Denver",
        "PST": "America/Los_Angeles",
        "PDT": "America/Los_Angeles",
        "PST8PDT": "America/Los_Angeles",
        "JST": "Asia/Tokyo",
        "KST": "Asia/Seoul",
        "AEST": "Australia/Sydney",
        "AEDT": "Australia/Sydney",
        "NZST": "Pacific/Auckland",
        "SAST": "Africa/Johannesburg",
        "MSK": "Europe/Moscow",
    }
)
"""What abbreviations mean that are not those of a zone around."""


_BEST_KNOWN = frozenset(
    {
        "America/Sao_Paulo",
        "America/Toronto",
        "America/Mexico_City",
        "Asia/Jakarta",
        "Asia/Almaty",
        "Australia/Sydney",
        "Europe/Moscow",
        "Pacific/Auckland",
    }
)
"""Of countries whose zones the database begins with another: where most people live."""


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
    if (offset := _offset(text)) is not None:
        here = (name for name in _near(around) if offset in _offsets(name))
        return Meant(tuple(dict.fromkeys((*here, *_fixed(offset)))), offset)
    found = _by_abbreviation(text, around) or _by_windows(text, around) or _by_city(text, around)
    return Meant(tuple(dict.fromkeys(found or _alike(text))))


def near(around: Around) -> tuple[str, ...]:
    """Return the zones of the place, its country, the organisation and the site, in this order."""
    return tuple(_near(around))


def likelier_first(found: tuple[str, ...], cities: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Return zones of a country with those of cities before the best known one, and this before all others."""
    of_cities = {_cities().get(_folded(city)) for city in cities}
    return tuple(sorted(found, key=lambda name: (name not in of_cities, name not in _BEST_KNOWN)))


def _near(around: Around) -> Iterator[str]:
    of_cities = [_cities().get(_folded(city)) for city in around.cities]
    own = likelier_first(of_country(around.country)) if around.country else ()
    found = (
        *(name for name in of_cities if name and (not own or name in own)),
        *(name for name in around.usual if own and belongs(name, around.country or "")),
        *own,
        *(name for name in around.usual if not own and name != "UTC"),
    )
    yield from dict.fromkeys(found)


def _offset(text: str) -> timedelta | None:
    if text.lower() == "aoe":
        return timedelta(hours=-12)
    match = _OFFSET.fullmatch(text)
    if match is None:
        return None
    length = timedelta(hours=int(match["hours"]), minutes=int(match["minutes"] or 0))
    if length > timedelta(hours=14):
        return None
    return length if match["sign"] == "+" else -length


def _fixed(offset: timedelta) -> Iterator[str]:
    """Give the zone that is always so far from UTC; the sign in its name is the other one."""
    hours, rest = divmod(abs(offset), timedelta(hours=1))
    sign = "-" if offset > timedelta(0) else "+"
    name = f"Etc/GMT{sign}{hours}" if hours else "Etc/UTC"
    if not rest and name in names():
        yield name


def _by_abbreviation(text: str, around: Around) -> tuple[str, ...]:
    written = _ENGLISH.get(text.lower(), text.upper())
    if not re.fullmatch("[A-Z]{2,5}|[A-Z]{3}[0-9][A-Z]{3}", written):
        return ()
    here = tuple(name for name in _near(around) if written in _abbreviations(name))
    usual = _USUAL.get(written)
    if usual is None:
        return here
    alike = tuple(name for name in _near(around) if _offsets(name) == _offsets(usual))
    return here or alike or (usual,)


def _by_windows(text: str, around: Around) -> tuple[str, ...]:
    usual = _windows().get(_SUFFIX.sub("", text).casefold())
    if usual is None or usual not in names():
        return ()
    return (*(name for name in _near(around) if _offsets(name) == _offsets(usual)), usual)


def _by_city(text: str, around: Around) -> tuple[str, ...]:
    region, _, city = text.rpartition("/")
    known = _cities().get(_folded(city))
    if known is not None and (not region or known in names()):
        return (known,)
    for code, cities in _CITIES.items():
        if _folded(city) in {_folded(each.replace("_", " ")) for each in cities.split()}:
            own = likelier_first(of_country(code))
            usual = [name for name in around.usual if name in own]
            return (*usual, *own[:1])
    return ()


def _alike(text: str) -> tuple[str, ...]:
    """Give the zone whose name, or whose city in it, looks much like a text without signs and digits."""
    if re.search(r"[\d+−–-]", text):
        return ()
    region, _, city = text.rpartition("/")
    cities = {
        each: name
        for each, name in _cities().items()
        if not region or name.casefold().startswith(f"{region.casefold()}/")
    }
    return tuple(cities[each] for each in difflib.get_close_matches(_folded(city), cities, 1, 0.8))


def _offsets(name: str) -> frozenset[timedelta | None]:
    return frozenset(moment.utcoffset() for moment in _of_year(name))


def _abbreviations(name: str) -> frozenset[str | None]:
    return frozenset(moment.tzname() for moment in _of_year(name))


def _of_year(name: str) -> Iterable[datetime]:
    """Give a moment in each half of a year of the present rules, by clocks of a zone."""
    return (datetime(2026, month, 1, tzinfo=UTC).astimezone(zone(name)) for month in (1, 7))


@cache
def _cities() -> Mapping[str, str]:
    """Give zones by the cities that they are named for, in several languages."""
    listed = {name for code in countries() for name in of_country(code)}
    found: dict[str, str] = {}
    for name in sorted(names() - listed, reverse=True):
        if "/" in name and not name.startswith(("Etc/", "SystemV/", "US/", "Canada/")):
            found[_folded(name.rsplit("/", 1)[-1])] = name
    for name in sorted(listed, reverse=True):
        found[_folded(name.rsplit("/", 1)[-1])] = name
    for language in LANGUAGES:
        for name, said in Locale(language).time_zones.items():
            if name in listed and "city" in said:
                found.setdefault(_folded(said["city"]), name)
    return MappingProxyType(found)


@cache
def _windows() -> Mapping[str, str]:
    table = get_global("windows_zone_mapping")
    return MappingProxyType({str(name).casefold(): str(name_) for name, name_ in table.items()})


def _folded(name: str) -> str:
    return name.strip().replace("_", " ").casefold()
