"""What people call a time zone: a name that zones with other clocks share says too little."""

import re
from datetime import datetime, timedelta
from functools import lru_cache

from babel import Locale
from babel.core import get_global

from coopcal import zones
from coopcal.text.words import word

_BELONGS_TO = {
    "America_Central": "America/Chicago",
    "America_Eastern": "America/New_York",
    "America_Mountain": "America/Denver",
    "America_Pacific": "America/Los_Angeles",
    "Atlantic": "America/Halifax",
    "Australia_Central": "Australia/Adelaide",
    "Australia_Eastern": "Australia/Sydney",
    "Europe_Central": "Europe/Paris",
    "Europe_Eastern": "Europe/Bucharest",
    "GMT": "Atlantic/Reykjavik",
    "Hawaii_Aleutian": "Pacific/Honolulu",
}
"""Whose a name is that CLDR gives to zones whose clocks differ: Tunis does not change its clocks, as Paris does."""

_PEOPLES = {
    "Europe/London": {
        "en": "British Time", "fr": "heure britannique", "es": "hora británica", "it": "ora britannica",
        "pt": "hora britânica", "de": "britische Zeit",
    },
    "Europe/Dublin": {
        "en": "Irish Time", "fr": "heure irlandaise", "es": "hora irlandesa", "it": "ora irlandese",
        "pt": "hora irlandesa", "de": "irische Zeit",
    },
    "Europe/Istanbul": {
        "en": "Turkish Time", "fr": "heure turque", "es": "hora turca", "it": "ora turca",
        "pt": "hora turca", "de": "türkische Zeit",
    },
    "Africa/Tunis": {
        "en": "Tunisian Time", "fr": "heure tunisienne", "es": "hora tunecina", "it": "ora tunisina",
        "pt": "hora tunisina", "de": "tunesische Zeit",
    },
    "Africa/Casablanca": {
        "en": "Moroccan Time", "fr": "heure marocaine", "es": "hora marroquí", "it": "ora marocchina",
        "pt": "hora marroquina", "de": "marokkanische Zeit",
    },
    "Africa/Cairo": {
        "en": "Egyptian Time", "fr": "heure égyptienne", "es": "hora egipcia", "it": "ora egiziana",
        "pt": "hora egípcia", "de": "ägyptische Zeit",
    },
}  # fmt: skip
"""What people say where CLDR has no name that is a zone's own, by language."""

_BRACKETS = re.compile(r" \((.*?)\)")

_SOME_YEAR = datetime(2036, 1, 1, 12)  # noqa: DTZ001 - a local time in any zone
"""A year by the rules that hold from now on: what a zone is called depends on no clock."""


def zone_name(name: str, locale: Locale, language: str) -> str:
    """Return what people call a zone, whether summer or winter: ``Central European Time``, ``Tunisia Time``.

    Where CLDR has no such name, that of the time which it keeps all year; else its country's or city's time. It stands
    in brackets, so that it has none.
    """
    return _BRACKETS.sub(r", \1", _named(name, locale, language))


def _named(name: str, locale: Locale, language: str) -> str:
    spelt = _spellings(name)
    if peoples := next((_PEOPLES[spelling] for spelling in spelt if spelling in _PEOPLES), None):
        return peoples.get(language.split("-", maxsplit=1)[0]) or word(
            "time_there", language, place=_place(spelt, locale)
        )
    shared = next((zone for spelling in spelt if (zone := get_global("meta_zones").get(spelling))), "")
    names = locale.meta_zones.get(shared, {}).get("long", {})
    generic = names.get("generic") or (names.get("standard") if len(set(_offsets(name))) == 1 else None)
    if generic and _offsets(name) == _offsets(_BELONGS_TO.get(shared, name)):
        return str(generic)
    return word("time_there", language, place=_place(spelt, locale))


def _place(spelt: tuple[str, ...], locale: Locale) -> str:
    """Return a zone's country, where that has no other; else its city."""
    territory = next(
        (code for spelling in spelt if (code := get_global("zone_territories").get(spelling))), ""
    )
    if territory in locale.territories and len(get_global("territory_zones").get(territory, ())) == 1:
        return str(locale.territories[territory])
    cities = (locale.time_zones.get(spelling, {}).get("city") for spelling in spelt)
    return next((city for city in cities if city), spelt[0].rsplit("/", 1)[-1].replace("_", " "))


def _spellings(name: str) -> tuple[str, ...]:
    """Return a zone's names of now and before, as CLDR knows some by an old one alone: Kiev, Buenos Aires."""
    aliases = get_global("zone_aliases")
    now = aliases.get(name, name)
    return tuple(dict.fromkeys((now, name, *(old for old, new in aliases.items() if new == now))))


@lru_cache(maxsize=1024)
def _offsets(name: str) -> tuple[timedelta | None, ...]:
    """Return what a zone's clocks are apart from UTC in each week of a year."""
    zone = zones.zone(name)
    return tuple((_SOME_YEAR + timedelta(weeks=week)).replace(tzinfo=zone).utcoffset() for week in range(53))
