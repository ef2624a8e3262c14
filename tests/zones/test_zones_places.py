"""Places, abbreviations, offsets and names of Windows mean the same to who writes an event and to who imports one."""

from datetime import timedelta

import pytest
from babel.core import get_global
from hypothesis import given
from hypothesis import strategies as st

from coopcal import zones
from coopcal.authoring.importing.zone_names import by_name, by_words, offset
from coopcal.zones.abbreviations import ENGLISH, USUAL
from coopcal.zones.by_any_name import Around, meant
from coopcal.zones.offsets import BEST_KNOWN, PRESENT, clocks
from coopcal.zones.places import of_places


def imported(name: str) -> str | None:
    """Return the zone that an import reads, at home nowhere."""
    found = by_words(name, PRESENT, ())
    return by_name(name) or (found[0] if found else None)


def test_every_place_has_the_clocks_that_it_has_to_the_other() -> None:
    """Cities, countries' parts, and what Windows shows."""
    told = {place: (meant(place, Around()).names[0], imported(place)) for place in of_places()}
    apart = {
        place: both
        for place, both in told.items()
        if both[1] is None or clocks(both[0], PRESENT) != clocks(both[1], PRESENT)
    }

    assert len(told) > 700
    assert apart == {}


@pytest.mark.parametrize(
    ("written", "zone"),
    [
        ("San Francisco", "America/Los_Angeles"),
        ("Seattle", "America/Los_Angeles"),
        ("Salvador", "America/Bahia"),
        ("New Delhi", "Asia/Kolkata"),
        ("Köln", "Europe/Berlin"),
        ("Firenze", "Europe/Rome"),
        ("Alaska", "America/Anchorage"),
        ("EST5EDT", "America/New_York"),
    ],
)
def test_what_only_one_of_them_knew(written: str, zone: str) -> None:
    """Both do."""
    assert meant(written, Around()).names[0] == imported(written) == zone


@pytest.mark.parametrize("written", ["MEZ", "MESZ", "HNEC", "CET"])
def test_abbreviations_of_other_languages_are_read_at_home(written: str) -> None:
    """As those that clocks are shown with."""
    assert by_words(written, PRESENT, ("Europe/Brussels",)) == ("Europe/Brussels", True)
    assert meant(written, Around(usual=("Europe/Brussels",))).names[0] == "Europe/Brussels"


def test_every_name_of_windows_is_the_same_zone() -> None:
    """Also with what Outlook puts behind it."""
    for name, zone in get_global("windows_zone_mapping").items():
        if offset(name) is None:
            assert meant(f"{name} 1", Around()).names == (zone,)
            assert by_name(f"{name} 1") == zone


@given(
    hours=st.integers(-12, 14),
    minutes=st.sampled_from((0, 30, 45)),
    form=st.sampled_from(("UTC{}", "GMT{}", "{}", "(UTC{})", "utc {}")),
)
def test_an_offset_is_the_same(hours: int, minutes: int, form: str) -> None:
    """With its sign and minutes."""
    sign = "-" if hours < 0 else "+"
    written = form.format(f"{sign}{abs(hours):02}:{minutes:02}")
    ahead = timedelta(hours=abs(hours), minutes=minutes) * (-1 if hours < 0 else 1)

    assert meant(written, Around()).offset == offset(written) == ahead


def test_what_is_listed_is_in_the_database() -> None:
    """No zone is misspelt, and no abbreviation of another language leads nowhere."""
    assert {*BEST_KNOWN, *USUAL.values(), *of_places().values()} <= zones.names()
    assert set(ENGLISH.values()) <= USUAL.keys()
