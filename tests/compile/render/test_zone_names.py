"""What time zones are called: a name tells clocks apart, and stands in any sentence."""

from collections import defaultdict
from datetime import UTC, datetime, timedelta
from zoneinfo import available_timezones

import pytest

from coopcal import zones
from coopcal.text.catalogues import LANGUAGES
from coopcal.text.dates import timezone_name

REGIONS = [
    "Africa",
    "America",
    "Antarctica",
    "Arctic",
    "Asia",
    "Atlantic",
    "Australia",
    "Europe",
    "Indian",
    "Pacific",
]
NAMES = sorted(name for name in available_timezones() if name.split("/")[0] in REGIONS)


def clocks(name: str) -> tuple[timedelta | None, ...]:
    """Return what a zone's clocks are apart from UTC on each day of a year."""
    begin, zone = datetime(2030, 1, 1, 12, tzinfo=UTC), zones.zone(name)
    return tuple((begin + timedelta(days=day)).astimezone(zone).utcoffset() for day in range(365))


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_zones_of_one_name_have_the_same_clocks(language: str) -> None:
    """Tunis is not called as Paris is, nor Mexico City as Chicago, nor Phoenix as Denver."""
    found = defaultdict(set)
    for name in NAMES:
        found[timezone_name(name, language)].add(clocks(name))

    assert {said for said, kinds in found.items() if len(kinds) > 1} == set()


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_a_name_stands_in_brackets_and_before_a_colon(language: str) -> None:
    """It holds neither; and is none of the names of the database."""
    odd = {name: said for name in NAMES if set("():_") & set(said := timezone_name(name, language))}

    assert odd == {}


@pytest.mark.parametrize(
    ("name", "english", "french", "german"),
    [
        ("Europe/Brussels", "Central European Time", "heure d’Europe centrale", "Mitteleuropäische Zeit"),
        ("Africa/Tunis", "Tunisian Time", "heure tunisienne", "tunesische Zeit"),
        ("America/New_York", "Eastern Time", "heure de l’Est nord-américain", "Nordamerikanische Ostküstenzeit"),
        ("America/Mexico_City", "Mexico City Time", "heure locale, Mexico", "Ortszeit Mexiko-Stadt"),
        ("Asia/Kolkata", "India Standard Time", "heure de l’Inde", "Indische Normalzeit"),
        ("Europe/London", "British Time", "heure britannique", "britische Zeit"),
        ("Europe/Kyiv", "Eastern European Time", "heure d’Europe de l’Est", "Osteuropäische Zeit"),
        ("America/Argentina/Buenos_Aires", "Argentina Time", "heure de l’Argentine", "Argentinische Zeit"),
        ("Etc/UTC", "UTC", "UTC", "UTC"),
    ],
)  # fmt: skip
def test_zones_are_called_as_people_call_them(name: str, english: str, french: str, german: str) -> None:
    """By CLDR's name where it is theirs, by that of the time kept all year, else by the country or the city."""
    assert [timezone_name(name, each) for each in ("en", "fr", "de")] == [english, french, german]
