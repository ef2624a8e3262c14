"""Zones: of countries, of local times, and when their clocks change."""

import copy
import os
import pickle
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfoNotFoundError

import pytest
import pytz
from hypothesis import given
from hypothesis import strategies as st
from tests.support.tzif import ZoneFile

from coopcal.zones import is_told_twice, localise, names, zone
from coopcal.zones.countries import countries, is_southern, of_country
from coopcal.zones.hints import ZoneHints, resolve
from coopcal.zones.transitions import STRIDE, opening, transitions

NOON = datetime(2026, 6, 1, 12)  # noqa: DTZ001
HOUR = timedelta(hours=1)


def local(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_names_are_those_of_the_pinned_database() -> None:
    assert {"Europe/Brussels", "Asia/Calcutta", "UTC", "Etc/GMT+5"} <= names()
    assert names().isdisjoint({"Factory", "localtime", "posixrules", "", "europe/brussels"})


def test_the_machine_has_no_say(tmp_path: Path) -> None:
    """Its own zone files are not read, whatever they hold: here Brussels has the clocks of Tokyo."""
    tokyo = files("tzdata").joinpath("zoneinfo", "Asia", "Tokyo").read_bytes()
    (tmp_path / "Europe").mkdir()
    (tmp_path / "Europe" / "Brussels").write_bytes(tokyo)
    ask = (
        "import zoneinfo; from datetime import datetime; from coopcal.zones import zone; "
        "zones = zone('Europe/Brussels'), zoneinfo.ZoneInfo('Europe/Brussels'); "
        "print(*(datetime(2026, 6, 1, tzinfo=each).utcoffset() for each in zones))"
    )
    environment = os.environ | {"PYTHONTZPATH": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", ask], env=environment, capture_output=True, text=True, check=True
    )

    assert done.stdout.split() == ["2:00:00", "9:00:00"]


@pytest.mark.parametrize("name", ["Factory", "../zones", "Europe/../Asia/Tokyo", ""])
def test_what_is_no_name_is_no_zone(name: str) -> None:
    with pytest.raises(ZoneInfoNotFoundError):
        zone(name)


def test_a_zone_is_one_object_for_all_threads_and_copies() -> None:
    """Clocks of one zone are told apart without UTC only where both times hold the same object."""
    with ThreadPoolExecutor(8) as pool:
        read = list(pool.map(zone, ["Pacific/Chatham"] * 64))
    moment = datetime(2026, 6, 1, tzinfo=read[0])

    assert {id(each) for each in read} == {id(zone("Pacific/Chatham"))}
    assert pickle.loads(pickle.dumps(moment)).tzinfo is copy.deepcopy(moment).tzinfo is read[0]


def test_both_packages_hold_one_release_of_the_database() -> None:
    release = files("tzdata").joinpath("zoneinfo", "tzdata.zi").read_text(encoding="utf-8").split("\n", 1)[0]
    assert release.removeprefix("# version ") == pytz.OLSON_VERSION  # type: ignore[attr-defined]
    assert version("tzdata") == version("pytz")


def test_countries_and_their_zones() -> None:
    assert countries()["BE"] == "Belgium"
    assert len(countries()) == 249
    assert of_country("BE") == ("Europe/Brussels",)
    assert of_country("DE") == ("Europe/Berlin", "Europe/Busingen")
    assert of_country("BV") == of_country("XX") == ()
    assert all(name in names() for code in countries() for name in of_country(code))


@pytest.mark.parametrize(
    ("hints", "expected"),
    [
        (
            ZoneHints(event="Asia/Tokyo", location="Europe/Rome", country="BE", site="Europe/Paris"),
            "Asia/Tokyo",
        ),
        (ZoneHints(location="Europe/Rome", country="BE", organisation="Europe/Brussels"), "Europe/Rome"),
        (ZoneHints(country="IT", organisation="Europe/Brussels", site="Europe/Brussels"), "Europe/Rome"),
        (ZoneHints(country="DE", organisation="Europe/Brussels"), "Europe/Berlin"),
        (ZoneHints(country="AR", organisation="Europe/Brussels"), "America/Argentina/Buenos_Aires"),
        (ZoneHints(country="AR", organisation="America/Argentina/Salta"), "America/Argentina/Salta"),
        (ZoneHints(country="CA", organisation="America/Toronto", site="Europe/Brussels"), "America/Toronto"),
        (ZoneHints(country="CA", organisation="Europe/Brussels", site="America/Halifax"), "America/Halifax"),
        (ZoneHints(country="US", organisation="US/Eastern"), "US/Eastern"),
        (ZoneHints(country="IN", organisation="Asia/Calcutta"), "Asia/Calcutta"),
        (ZoneHints(organisation="Europe/Rome", site="Europe/Brussels"), "Europe/Rome"),
        (ZoneHints(site="Europe/Brussels"), "Europe/Brussels"),
        (ZoneHints(), ()),
        (ZoneHints(country="NZ", organisation="Europe/Brussels"), ("Pacific/Auckland", "Pacific/Chatham")),
        (ZoneHints(country="ES", site="Europe/Rome"), ("Europe/Madrid", "Africa/Ceuta", "Atlantic/Canary")),
        (ZoneHints(country="BV", site="Europe/Oslo"), ()),
    ],
)
def test_the_zone_of_an_event(hints: ZoneHints, expected: str | tuple[str, ...]) -> None:
    assert resolve(hints, NOON) == expected


def test_a_zone_next_door_is_not_believed_though_it_shares_its_data() -> None:
    same = zone("Europe/Amsterdam").utcoffset(NOON) == zone("Europe/Brussels").utcoffset(NOON)
    assert same
    assert resolve(ZoneHints(country="NL", organisation="Europe/Brussels"), NOON) == "Europe/Amsterdam"


def test_a_country_is_of_one_zone_or_of_several_by_the_date() -> None:
    hints = ZoneHints(country="PS", site="Europe/Brussels")  # Gaza and Hebron, 2011: a month of difference
    assert resolve(hints, local("2026-08-15T12:00")) == "Asia/Gaza"
    assert resolve(hints, local("2011-08-15T12:00")) == "Asia/Gaza"
    assert resolve(hints, local("2011-09-15T12:00")) == ("Asia/Gaza", "Asia/Hebron")


def test_an_hour_that_exists_once() -> None:
    (moment,) = localise(local("2026-03-14T09:00"), "Europe/Brussels")
    assert moment.utcoffset() == HOUR
    assert moment.tzinfo is zone("Europe/Brussels")


@pytest.mark.parametrize("text", ["2026-03-29T02:00", "2026-03-29T02:59:59", "2074-03-25T02:30"])
def test_an_hour_that_is_left_out(text: str) -> None:
    assert localise(local(text), "Europe/Brussels") == ()


@pytest.mark.parametrize("text", ["2026-10-25T02:00", "2026-10-25T02:59:59", "2074-10-28T02:30"])
def test_an_hour_that_comes_twice_the_earlier_one_first(text: str) -> None:
    first, second = localise(local(text), "Europe/Brussels")
    assert (first.utcoffset(), second.utcoffset()) == (2 * HOUR, HOUR)
    assert (first.fold, second.fold) == (0, 1)
    assert second.astimezone(UTC) - first.astimezone(UTC) == HOUR


def test_a_day_that_is_left_out() -> None:
    assert localise(local("2011-12-30T12:00"), "Pacific/Apia") == ()


FIRST, LAST = datetime(1, 1, 1), datetime(9999, 12, 31, 23, 59)  # noqa: DTZ001 - local times


def test_the_ends_of_the_calendar_can_be_localised() -> None:
    for name in ("Pacific/Kiritimati", "Pacific/Pago_Pago"):
        assert len(localise(LAST, name)) == len(localise(FIRST, name)) == 1


@given(st.sampled_from(sorted(names())), st.datetimes(local("1950-01-01"), local("2200-01-01")))
def test_localising_agrees_with_the_round_trip_through_utc(name: str, clock: datetime) -> None:
    tz = zone(name)
    moments = {clock.replace(tzinfo=tz, fold=fold).astimezone(UTC) for fold in (0, 1)}
    shown = sorted(
        moment for moment in moments if moment.astimezone(tz).replace(tzinfo=None, fold=0) == clock
    )
    found = localise(clock, name)
    assert [each.astimezone(UTC) for each in found] == shown
    assert all(each.astimezone(UTC).astimezone(tz).fold == each.fold for each in found)


@given(st.sampled_from(sorted(names())), st.data())
def test_around_a_step_there_is_none_or_there_are_two(name: str, data: st.DataObject) -> None:
    steps = [each for each in transitions(name, 1990, 2050) if each.before != each.after]
    if not steps:
        return
    step = data.draw(st.sampled_from(steps))
    low, high = sorted((step.at + step.before, step.at + step.after))
    inside = low + timedelta(seconds=data.draw(st.integers(0, int((high - low).total_seconds()) - 1)))
    expected = 0 if step.after > step.before else 2
    assert len(localise(inside.replace(tzinfo=None), name)) == expected
    assert len(localise((low - timedelta(seconds=1)).replace(tzinfo=None), name)) == 1
    assert len(localise(high.replace(tzinfo=None), name)) == 1


def test_pytz_agrees_where_its_tables_reach() -> None:
    for text, error in (
        ("2026-03-29T02:30", pytz.NonExistentTimeError),
        ("2026-10-25T02:30", pytz.AmbiguousTimeError),
    ):
        with pytest.raises(error):
            pytz.timezone("Europe/Brussels").localize(local(text), is_dst=None)
        assert len(localise(local(text), "Europe/Brussels")) != 1


def test_the_steps_of_a_year() -> None:
    spring, autumn = transitions("Europe/Brussels", 2026, 2026)
    assert (spring.at, spring.before, spring.after) == (datetime(2026, 3, 29, 1, tzinfo=UTC), HOUR, 2 * HOUR)
    assert (spring.name, spring.dst) == ("CEST", True)
    assert (autumn.at, autumn.name, autumn.dst) == (datetime(2026, 10, 25, 1, tzinfo=UTC), "CET", False)


def test_ramadan_is_found_in_morocco() -> None:
    begin, end = transitions("Africa/Casablanca", 2020, 2020)
    assert (begin.after, end.after) == (timedelta(0), HOUR)
    assert end.at - begin.at == timedelta(days=42)
    assert (begin.dst, end.dst) == (False, True)


def test_the_larger_of_two_offsets_is_summer_time_whatever_the_law_calls_it() -> None:
    assert [(each.name, each.dst) for each in transitions("Europe/Dublin", 2026, 2026)] == [
        ("IST", True),
        ("GMT", False),
    ]


def test_transitions_are_those_of_the_files_to_the_second() -> None:
    first, last = (datetime(year, 1, 1, tzinfo=UTC) for year in (1970, 2051))
    for name in ("Africa/Monrovia", "Africa/Cairo", "Asia/Gaza", "America/Santiago", "Antarctica/Troll"):
        found = [
            (int(each.at.timestamp()), int(each.after.total_seconds()))
            for each in transitions(name, 1970, 2050)
            if each.before != each.after
        ]
        expected = [each for each in ZoneFile(name).steps if first.timestamp() <= each[0] < last.timestamp()]
        assert found == expected, name


def test_no_two_changes_are_between_two_looks_at_a_zone() -> None:
    """So none of them is missed, as clocks may show the same after both."""
    steps = {name: [moment for moment, _ in ZoneFile(name).steps] for name in names()}
    nearest = {name: min((b - a for a, b in pairwise(each)), default=None) for name, each in steps.items()}
    assert min(gap for gap in nearest.values() if gap) > STRIDE.total_seconds()


def test_what_holds_when_a_year_begins() -> None:
    assert opening("Europe/Brussels", 2026).after == HOUR
    sydney = opening("Australia/Sydney", 2026)
    assert (sydney.at, sydney.before, sydney.after, sydney.name, sydney.dst) == (
        datetime(2025, 12, 31, 13, tzinfo=UTC),
        11 * HOUR,
        11 * HOUR,
        "AEDT",
        True,
    )


@pytest.mark.parametrize(
    ("country", "name", "expected"),
    [
        ("AU", None, True),
        ("BR", None, True),
        ("BR", "America/Boa_Vista", False),
        ("BR", "Europe/Brussels", True),
        ("ID", None, True),
        ("CO", None, False),
        ("IT", "Australia/Sydney", False),
        ("BE", None, False),
        ("BV", None, False),
        (None, "America/Santiago", True),
        (None, "Australia/NSW", True),
        (None, "Europe/Brussels", False),
        (None, "UTC", False),
        (None, None, False),
    ],
)
def test_which_hemisphere(country: str | None, name: str | None, expected: bool) -> None:  # noqa: FBT001
    assert is_southern(country, name) is expected


@pytest.mark.parametrize("name", ["Europe/Brussels", "Pacific/Apia", "Australia/Lord_Howe", "UTC"])
def test_what_clocks_show_twice_is_known_of_both_moments(name: str) -> None:
    """Every quarter of an hour of two years, told by one moment as by looking for all of them."""
    start = local("2010-06-01")
    for number in range(2 * 365 * 24 * 4):
        moments = localise(start + timedelta(minutes=15 * number), name)

        assert all(is_told_twice(moment) is (len(moments) > 1) for moment in moments)
