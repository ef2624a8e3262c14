"""Names of zones as programs write and show them → names of the zone database.

Windows' own names are CLDR's (windowsZones, as Babel has it). Those that Windows shows are of places: most are the cities of
the zone database and of CLDR, in several languages, or countries; the rest stands here, after the lists of Windows and Exchange.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache

from babel import Locale
from babel.core import get_global

from coopcal import zones
from coopcal.zones.database import canonical

BEST_KNOWN = (
    "Europe/London", "Europe/Berlin", "Europe/Athens", "Europe/Istanbul", "Europe/Moscow", "America/New_York", "America/Chicago",
    "America/Denver", "America/Los_Angeles", "America/Phoenix", "America/Anchorage", "Pacific/Honolulu", "America/Halifax", "America/St_Johns",
    "America/Mexico_City", "America/Bogota", "America/Caracas", "America/Santiago", "America/Sao_Paulo", "Africa/Lagos", "Africa/Johannesburg",
    "Africa/Cairo", "Africa/Nairobi", "Africa/Casablanca", "Asia/Jerusalem", "Asia/Dubai", "Asia/Tehran", "Asia/Kabul", "Asia/Karachi",
    "Asia/Kolkata", "Asia/Kathmandu", "Asia/Dhaka", "Asia/Yangon", "Asia/Bangkok", "Asia/Shanghai", "Asia/Tokyo", "Australia/Sydney",
    "Australia/Brisbane", "Australia/Adelaide", "Australia/Darwin", "Pacific/Noumea", "Pacific/Auckland", "Pacific/Tongatapu",
)  # fmt: skip
"""One zone of each kind of clocks, that of most people, in which one is looked for first."""

_UTC = frozenset(("UTC", "GMT", "Z", "ZULU", "UCT", "ETC/UTC", "ETC/GMT", "ETC/UCT", "ETC/ZULU", "GMT+0", "GMT-0", "GMT0", "GREENWICH"))  # fmt: skip
_PLACES = {
    "international date line west": "Etc/GMT+12", "midway island": "Pacific/Pago_Pago", "hawaii": "Pacific/Honolulu", "alaska": "America/Anchorage",
    "aleutian islands": "America/Adak", "marquesas islands": "Pacific/Marquesas", "baja california": "America/Tijuana", "arizona": "America/Phoenix",
    "indiana": "America/Indiana/Indianapolis", "saskatchewan": "America/Regina", "central america": "America/Guatemala", "chetumal": "America/Cancun",
    "easter island": "Pacific/Easter", "guadalajara": "America/Mexico_City", "newfoundland": "America/St_Johns", "brasilia": "America/Sao_Paulo",
    "georgetown": "America/Guyana", "salvador": "America/Bahia", "greenland": "America/Nuuk", "mid-atlantic": "Atlantic/South_Georgia",
    "edinburgh": "Europe/London", "bern": "Europe/Zurich", "west central africa": "Africa/Lagos", "pretoria": "Africa/Johannesburg",
    "eastern europe": "Europe/Bucharest", "e. europe": "Europe/Chisinau", "gaza": "Asia/Gaza", "hebron": "Asia/Hebron", "st. petersburg": "Europe/Moscow",
    "izhevsk": "Europe/Samara", "abu dhabi": "Asia/Dubai", "port louis": "Indian/Mauritius", "ekaterinburg": "Asia/Yekaterinburg",
    "islamabad": "Asia/Karachi", "chennai": "Asia/Kolkata", "mumbai": "Asia/Kolkata", "bombay": "Asia/Kolkata", "calcutta": "Asia/Kolkata",
    "madras": "Asia/Kolkata", "new delhi": "Asia/Kolkata", "sri jayawardenepura": "Asia/Colombo", "astana": "Asia/Almaty", "nur-sultan": "Asia/Almaty",
    "rangoon": "Asia/Yangon", "hanoi": "Asia/Bangkok", "beijing": "Asia/Shanghai", "chongqing": "Asia/Shanghai", "osaka": "Asia/Tokyo",
    "sapporo": "Asia/Tokyo", "canberra": "Australia/Sydney", "solomon is.": "Pacific/Guadalcanal", "new caledonia": "Pacific/Noumea",
    "wellington": "Pacific/Auckland", "marshall is.": "Pacific/Majuro", "nuku'alofa": "Pacific/Tongatapu", "cape verde is.": "Atlantic/Cape_Verde",
    "kyiv": "Europe/Kyiv", "us eastern": "America/New_York", "us central": "America/Chicago", "us mountain": "America/Denver",
    "us pacific": "America/Los_Angeles", "petropavlovsk-kamchatsky": "Asia/Kamchatka",
}  # fmt: skip
_LANGUAGES = ("en", "de", "fr", "fr_CA", "es", "es_MX", "it", "pt", "pt_PT", "nl")
_SIGNED = re.compile(
    r"[(\[]?\s*(?:UTC|GMT|Z)?\s*([+\-\u2212\u2013])\s*(\d{1,2})(?:[:.]?([0-5]\d))?(?:[:.]?00)?\s*[)\]]?",
    re.IGNORECASE,
)
_ZERO = re.compile(r"[(\[]\s*(?:UTC|GMT)\s*[)\]]", re.IGNORECASE)
_POSIX = re.compile(r"(?!UTC|GMT)([A-Z]{3,4})([+-]?\d{1,2})([A-Z]{3,4})?(?:[\d,./M:+-]*)")
_ABBREVIATION = re.compile("[A-Z]{3,5}")
_KIND = re.compile(r"[\s_-]+(?:standard|daylight|summer)?[\s_-]*time$")
_NUMBER = re.compile(r"\s*[-_#(]?\s*\d+\)?$")
_BRACKETS = re.compile(r"\([^()]*\)?")
_LISTED = re.compile(r"[,;/:()]|\s&\s|\s-\s")
_OLD_REGIONS = ("US", "Canada", "Mexico", "Brazil", "Chile")
_MOST_HOURS = 14
_YEARS = (1990, 2000, 2010)


@cache
def by_name(tzid: str) -> str | None:
    """Give the zone that a TZID names: by its own name, its end (``/example.org/Europe/Brussels``), or Windows' name."""
    name = tzid.strip().strip('"').strip()
    if name.upper() in _UTC:
        return "UTC"
    for plain in (name, _unnumbered(name)):
        segments = [each for each in plain.split("/") if each]
        for start in range(len(segments)):
            end = "/".join(segments[start:]).replace(" ", "_").casefold()
            if (found := _names().get(end)) and (writable := _writable(found)):
                return writable
    if found := _windows_name(name):
        return _writable(found)
    found = _squashed_names().get(_squashed(name))
    return canonical(found) if found and found.split("/")[0] in _OLD_REGIONS else found


def stands_for_several(tzid: str) -> bool:
    """Whether a TZID is a name of Windows, which stand for several zones each."""
    return _windows_name(tzid.strip().strip('"').strip()) is not None


def _windows_name(name: str) -> str | None:
    """Give the zone of a name of Windows, also with the number that Outlook puts behind one that it has changed."""
    windows = _windows()
    return windows.get(name.casefold()) or (
        windows.get(_NUMBER.sub("", name).casefold()) if not _SIGNED.search(name) else None
    )


def _unnumbered(name: str) -> str:
    """Give a name of region and city without the number that programs put behind one that they have changed."""
    return _NUMBER.sub("", name) if "/" in name and "gmt" not in name.casefold() else name


@cache
def by_words(tzid: str, year: int, preferred: Sequence[str]) -> tuple[str, bool] | None:
    """Give the zone that the words of a TZID are about, and whether its clocks show the offset that the TZID tells.

    ``(UTC-05:00) Eastern Time (US & Canada)``, ``Brussels, Paris``, ``EST5EDT``, ``Mitteleuropäische Zeit``. Among zones whose
    clocks are alike in a year, one of ``preferred`` is taken. An offset without words is none: see ``offset``.
    """
    name = tzid.strip().strip('"').strip()
    if posix := _POSIX.fullmatch(name):
        return _by_abbreviations(posix, year, preferred)
    if _ABBREVIATION.fullmatch(name):
        return _by_abbreviation(name, year, preferred)
    ahead, rest = _parted(name)
    rank = {zone: _rank(zone, ahead, year) for each in _votes(rest) for zone in each}
    if not rank:
        return None
    best = min(rank.values())
    likely = [[zone for zone in each if rank[zone] == best] for each in _votes(rest)]
    clocks = [_clocks(each[0], year) for each in likely if each]
    meant = max(clocks, key=clocks.count)
    among = [zone for each in likely for zone in each if _clocks(zone, year) == meant]
    usual = [zone for zone in preferred if _clocks(zone, year) == meant]
    known = [zone for zone in BEST_KNOWN if zone in among]
    return (*usual, *known, *among)[0], best < _UNLIKE


def _votes(rest: str) -> list[tuple[str, ...]]:
    """Give the zones that each part of a name stands for; where the whole is a name, it is no list of places."""
    rest = rest.replace("\\", "").replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").strip(" -:").casefold()
    outside = _BRACKETS.sub(" ", rest)
    for parts in ([outside], _LISTED.split(outside), _LISTED.split(rest)):
        plain = [_NUMBER.sub("", part).strip(" '\"") for part in parts]
        if found := [
            those for part in plain if (those := _words().get(part) or _words().get(_KIND.sub("", part)))
        ]:
            return found
    return []


def offset(tzid: str) -> timedelta | None:
    """Give the offset that a TZID tells (``UTC+02:00``, ``GMT-5``, ``(UTC+01:00) Anywhere``); None where it tells none."""
    ahead, _ = _parted(tzid.strip().strip('"').strip())
    return ahead


def fixed(ahead: timedelta) -> str | None:
    """Give the zone whose clocks are always so far ahead of UTC; None where there is none."""
    if not ahead:
        return "UTC"
    hours, rest = divmod(ahead, timedelta(hours=1))
    if not rest:
        name = f"Etc/GMT{-hours:+d}"  # the signs of these names are those of POSIX
        return name if name in zones.names() else None
    return next((zone for zone in candidates(()) if set(_clocks(zone, 2026)) == {ahead}), None)


@cache
def candidates(preferred: Sequence[str]) -> tuple[str, ...]:
    """Give all zones in the order in which they are looked through: preferred ones, those best known, Windows' own, all others."""
    windows = (canonical(name) for name in _windows().values() if not name.startswith("Etc/"))
    others = (name for name in sorted(zones.names()) if "/" in name and canonical(name) == name)
    usual = [name for name in others if not name.startswith(("Etc/", "Antarctica/"))]
    fixed_ = [name for name in sorted(zones.names()) if name.startswith("Etc/")]
    return tuple(dict.fromkeys((*preferred, *BEST_KNOWN, *windows, *usual, "UTC", *fixed_)))


def _parted(name: str) -> tuple[timedelta | None, str]:
    """Part the offset that a name begins with, or is, from its words."""
    name = re.sub(r"coordinated universal time", "UTC", name, flags=re.IGNORECASE)
    if match := _SIGNED.match(name):
        hours, minutes = int(match[2]), int(match[3] or 0)
        if hours <= _MOST_HOURS and _ends_so(name, match.end()):
            ahead = timedelta(hours=hours, minutes=minutes)
            return (ahead if match[1] == "+" else -ahead), name[match.end() :]
    if match := _ZERO.match(name):
        return timedelta(0), name[match.end() :]
    return (timedelta(0), "") if name.upper() in _UTC else (None, name)


def _ends_so(name: str, at: int) -> bool:
    return not name[at : at + 1].isalnum()


_EXACT, _ONCE, _UNLIKE = 0, 1, 2


def _rank(zone: str, ahead: timedelta | None, year: int) -> int:
    """Rank a zone by the offset that is told with it: its usual one, one that it has had, none of its own."""
    if ahead is None or ahead == min(_clocks(zone, year)):
        return _EXACT
    had = {each for other in (*_YEARS, year) for each in _clocks(zone, other)}
    return _ONCE if ahead in had else _UNLIKE


@cache
def _clocks(zone: str, year: int) -> tuple[timedelta, ...]:
    begins = datetime(year, 1, 1, 12)  # noqa: DTZ001 - what clocks show
    found = (begins + number * timedelta(days=10, hours=1) for number in range(36))
    return tuple(each.replace(tzinfo=zones.zone(zone)).utcoffset() or timedelta(0) for each in found)


def _by_abbreviations(posix: re.Match[str], year: int, preferred: Sequence[str]) -> tuple[str, bool] | None:
    """Give the zone of a name of POSIX (``EST5EDT``), in which hours are counted the other way."""
    ahead = -timedelta(hours=int(posix[2]))
    for name in candidates(tuple(preferred)):
        clocks = set(_clocks(name, year))
        if min(clocks) == ahead and (len(clocks) > 1) == bool(posix[3]) and posix[1] in _shown_as(name, year):
            return name, True
    return None


def _by_abbreviation(said: str, year: int, preferred: Sequence[str]) -> tuple[str, bool] | None:
    """Give the zone of an abbreviation (``CEST``) at home, else where all zones that show it have the same clocks."""
    found = [name for name in candidates(tuple(preferred)) if said in _shown_as(name, year)]
    at_home = [name for name in found if name in preferred]
    if at_home or len({_clocks(name, year) for name in found}) == 1:
        return (*at_home, *found)[0], True
    return None


def _shown_as(zone: str, year: int) -> frozenset[str]:
    at = (datetime(year, month, 1, tzinfo=zones.zone(zone)) for month in (1, 7))
    return frozenset(each.tzname() or "" for each in at)


@cache
def _names() -> Mapping[str, str]:
    return {name.casefold(): name for name in zones.names()}


@cache
def _squashed_names() -> Mapping[str, str]:
    """Give the names of places by their letters alone; no name in which a sign or a number counts."""
    return {
        _squashed(name): name
        for name in sorted(zones.names())
        if "/" in name and not re.search(r"[+\d]", name)
    }


def _squashed(name: str) -> str:
    return "" if re.search(r"[+\d]", name) else re.sub(r"[^a-z]", "", name.casefold())


@cache
def _windows() -> Mapping[str, str]:
    return {str(name).casefold(): str(zone) for name, zone in get_global("windows_zone_mapping").items()}


@cache
def _words() -> Mapping[str, tuple[str, ...]]:
    """Give the zones of places and kinds of time by their names; the first of a name is the best known."""
    found: dict[str, dict[str, None]] = {}
    for word, names in (
        *_of_windows(),
        *(each for language in _LANGUAGES for each in _of_language(language)),
    ):
        plain = word.casefold().replace("_", " ").replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
        known = found.setdefault(plain.strip(), {})
        known.update(dict.fromkeys(name for name in names if name in zones.names()))
    return {word: tuple(names) for word, names in found.items() if word and names}


def _of_windows() -> Iterator[tuple[str, Sequence[str]]]:
    yield from ((place, (name,)) for place, name in _PLACES.items())
    yield from (
        (_KIND.sub("", name), (zone,)) for name, zone in _windows().items() if not name.startswith("utc")
    )
    yield from ((name.rsplit("/", 1)[1], (name,)) for name in candidates(()) if _is_place(name))


def _of_language(language: str) -> Iterator[tuple[str, Sequence[str]]]:
    """Give what CLDR calls zones, kinds of time and countries in a language."""
    locale = Locale(language)
    order = {name: number for number, name in enumerate(candidates(()))}
    kinds: dict[str, list[str]] = {}
    for name, kind in get_global("meta_zones").items():
        if name in order:
            kinds.setdefault(kind, []).append(name)
    yield from (
        (said["city"], (name,))
        for name, said in locale.time_zones.items()
        if _is_place(name) and "city" in said
    )
    for kind, said in locale.meta_zones.items():
        names = sorted(kinds.get(kind, ()), key=order.__getitem__)
        for word in dict(said.get("long", {})).values():
            yield str(word), names
            yield _KIND.sub("", str(word).casefold()), names
    for code, country in locale.territories.items():
        yield country, sorted(zones.of_country(code), key=lambda each: order.get(each, len(order)))


def _is_place(name: str) -> bool:
    return "/" in name and not name.startswith("Etc/") and name in zones.names()


def _writable(name: str) -> str | None:
    """Give a name as staff may write it: of region and city."""
    if "/" in name or name == "UTC":
        return name
    found = canonical(name)
    if "/" in found or found == "UTC":
        return "UTC" if found in ("Etc/UTC", "Etc/GMT") else found
    return None
