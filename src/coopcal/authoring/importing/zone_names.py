"""Names of zones as programs write and show them → names of the zone database.

What zones are called (places, abbreviations, offsets, names of Windows) stands in ``coopcal.zones``; kinds of time and countries
are called as CLDR does, in several languages.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from functools import cache, lru_cache

from babel import Locale
from babel.core import get_global

from coopcal import zones
from coopcal.zones.abbreviations import ENGLISH, is_posix, of_posix
from coopcal.zones.countries import of_country
from coopcal.zones.database import canonical
from coopcal.zones.offsets import BEST_KNOWN, candidates, clocks, shown_as, signed
from coopcal.zones.places import LANGUAGES, folded, of_places
from coopcal.zones.windows_names import of_windows, windows

_UTC = frozenset(("UTC", "GMT", "Z", "ZULU", "UCT", "ETC/UTC", "ETC/GMT", "ETC/UCT", "ETC/ZULU", "GMT+0", "GMT-0", "GMT0", "GREENWICH"))  # fmt: skip
_ZERO = re.compile(r"[(\[]\s*(?:UTC|GMT)\s*[)\]]", re.IGNORECASE)
_ABBREVIATION = re.compile("[A-Z]{3,5}")
_KIND = re.compile(r"[\s_-]+(?:standard|daylight|summer)?[\s_-]*time$")
_NUMBER = re.compile(r"\s*[-_#(]?\s*\d+\)?$")
_BRACKETS = re.compile(r"\([^()]*\)?")
_LISTED = re.compile(r"[,;/:()]|\s&\s|\s-\s")
_OLD_REGIONS = ("US", "Canada", "Mexico", "Brazil", "Chile")
_YEARS = (1990, 2000, 2010)


@lru_cache(maxsize=1024)
def by_name(tzid: str) -> str | None:
    """Return the zone that a TZID names: by its own name, its end (``/example.org/Europe/Brussels``), or Windows' name."""
    name = tzid.strip().strip('"').strip()
    if name.upper() in _UTC:
        return "UTC"
    for plain in (name, _unnumbered(name)):
        segments = [segment for segment in plain.split("/") if segment]
        for start in range(len(segments)):
            end = "/".join(segments[start:]).replace(" ", "_").casefold()
            if (known := _names().get(end)) and (writable := _writable(known)):
                return writable
    if known := of_windows(name):
        return _writable(known)
    known = _squashed_names().get(_squashed(name))
    return canonical(known) if known and known.split("/")[0] in _OLD_REGIONS else known


def stands_for_several(tzid: str) -> bool:
    """Return whether a TZID is a name of Windows, which stand for several zones each."""
    return of_windows(tzid.strip().strip('"').strip()) is not None


def _unnumbered(name: str) -> str:
    """Return a name of region and city without the number that programs put behind one that they have changed."""
    return _NUMBER.sub("", name) if "/" in name and "gmt" not in name.casefold() else name


@lru_cache(maxsize=1024)
def by_words(tzid: str, year: int, preferred: Sequence[str]) -> tuple[str, bool] | None:
    """Return the zone that the words of a TZID are about, and whether its clocks show the offset that the TZID tells.

    ``(UTC-05:00) Eastern Time (US & Canada)``, ``Brussels, Paris``, ``EST5EDT``, ``Mitteleuropäische Zeit``. Among zones whose
    clocks are alike in a year, one of ``preferred`` is taken. An offset without words is none: see ``offset``.
    """
    name = tzid.strip().strip('"').strip()
    if is_posix(name):
        zone = of_posix(name, year, preferred)
        return (zone, True) if zone else None
    if _ABBREVIATION.fullmatch(name):
        return _by_abbreviation(name, year, preferred)
    ahead, rest = _parted(name)
    rank = {zone: _rank(zone, ahead, year) for vote in _votes(rest) for zone in vote}
    if not rank:
        return None
    best = min(rank.values())
    likely = [[zone for zone in vote if rank[zone] == best] for vote in _votes(rest)]
    shown = [clocks(vote[0], year) for vote in likely if vote]
    meant = max(shown, key=shown.count)
    among = [zone for zones_of_vote in likely for zone in zones_of_vote if clocks(zone, year) == meant]
    usual = [zone for zone in preferred if clocks(zone, year) == meant]
    known = [zone for zone in BEST_KNOWN if zone in among]
    return (*usual, *known, *among)[0], best < _UNLIKE


def _votes(rest: str) -> list[tuple[str, ...]]:
    """Return the zones that each part of a name stands for; where the whole is a name, it is no list of places."""
    rest = rest.replace("\\", "").replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").strip(" -:").casefold()
    outside = _BRACKETS.sub(" ", rest)
    for parts in ([outside], _LISTED.split(outside), _LISTED.split(rest)):
        plain = [_NUMBER.sub("", part).strip(" '\"") for part in parts]
        if votes := [
            those for part in plain if (those := _words().get(part) or _words().get(_KIND.sub("", part)))
        ]:
            return votes
    return []


def offset(tzid: str) -> timedelta | None:
    """Return the offset that a TZID tells (``UTC+02:00``, ``GMT-5``, ``(UTC+01:00) Anywhere``); None where it tells none."""
    ahead, _ = _parted(tzid.strip().strip('"').strip())
    return ahead


def _parted(name: str) -> tuple[timedelta | None, str]:
    """Part the offset that a name begins with, or is, from its words."""
    name = re.sub(r"coordinated universal time", "UTC", name, flags=re.IGNORECASE)
    if parted := signed(name):
        return parted
    if match := _ZERO.match(name):
        return timedelta(0), name[match.end() :]
    return (timedelta(0), "") if name.upper() in _UTC else (None, name)


_EXACT, _ONCE, _UNLIKE = 0, 1, 2


def _rank(zone: str, ahead: timedelta | None, year: int) -> int:
    """Rank a zone by the offset that is told with it: its usual one, one that it has had, none of its own."""
    if ahead is None or ahead == min(clocks(zone, year)):
        return _EXACT
    had = {clock for other in (*_YEARS, year) for clock in clocks(zone, other)}
    return _ONCE if ahead in had else _UNLIKE


def _by_abbreviation(written: str, year: int, preferred: Sequence[str]) -> tuple[str, bool] | None:
    """Return the zone of an abbreviation (``CEST``) at home, else where all zones that show it have the same clocks."""
    written = ENGLISH.get(written.lower(), written)
    zones_showing = [name for name in candidates(tuple(preferred)) if written in shown_as(name, year)]
    at_home = [name for name in zones_showing if name in preferred]
    if at_home or len({clocks(name, year) for name in zones_showing}) == 1:
        return (*at_home, *zones_showing)[0], True
    return None


@cache
def _names() -> Mapping[str, str]:
    return {name.casefold(): name for name in zones.names()}


@cache
def _squashed_names() -> Mapping[str, str]:
    """Return the names of places by their letters alone; no name in which a sign or a number counts."""
    return {
        _squashed(name): name
        for name in sorted(zones.names())
        if "/" in name and not re.search(r"[+\d]", name)
    }


def _squashed(name: str) -> str:
    return "" if re.search(r"[+\d]", name) else re.sub(r"[^a-z]", "", name.casefold())


@cache
def _words() -> Mapping[str, tuple[str, ...]]:
    """Return the zones of places and kinds of time by their names; the first of a name is the best known."""
    by_word: dict[str, dict[str, None]] = {}
    for word, names in (
        *_of_windows(),
        *(entry for language in LANGUAGES for entry in _of_language(language)),
    ):
        known = by_word.setdefault(folded(word), {})
        known.update(dict.fromkeys(name for name in names if name in zones.names()))
    return {word: tuple(names) for word, names in by_word.items() if word and names}


def _of_windows() -> Iterator[tuple[str, Sequence[str]]]:
    yield from ((place, (name,)) for place, name in of_places().items())
    yield from (
        (_KIND.sub("", name), (zone,)) for name, zone in windows().items() if not name.startswith("utc")
    )


def _of_language(language: str) -> Iterator[tuple[str, Sequence[str]]]:
    """Return what CLDR calls zones, kinds of time and countries in a language."""
    locale = Locale(language)
    order = {name: number for number, name in enumerate(candidates(()))}
    kinds: dict[str, list[str]] = {}
    for name, kind in get_global("meta_zones").items():
        if name in order:
            kinds.setdefault(kind, []).append(name)
    for kind, written in locale.meta_zones.items():
        names = sorted(kinds.get(kind, ()), key=order.__getitem__)
        for word in dict(written.get("long", {})).values():
            yield str(word), names
            yield _KIND.sub("", str(word).casefold()), names
    for code, country in locale.territories.items():
        yield country, sorted(of_country(code), key=lambda zone: order.get(zone, len(order)))


def _writable(name: str) -> str | None:
    """Return a name as staff may write it: of region and city."""
    if "/" in name or name == "UTC":
        return name
    current = canonical(name)
    if "/" in current or current == "UTC":
        return "UTC" if current in ("Etc/UTC", "Etc/GMT") else current
    return None
