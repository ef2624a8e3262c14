"""Zones of others: by names that say what they mean, by the clocks that are described, or by none."""

from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from babel.core import get_global
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.importing import calendar, converted, event

from coopcal import zones
from coopcal.authoring.importing.zone_names import by_name, by_words, offset
from coopcal.zones.offsets import candidates, fixed

HOME = ("Europe/Brussels",)
YEAR = 2026


@pytest.mark.parametrize(
    ("name", "zone"),
    [
        ("(GMT+01.00) Sarajevo/Warsaw/Zagreb", "Europe/Brussels"),
        ("(UTC+01:00) Amsterdam, Berlin, Bern, Rom, Stockholm, Wien", "Europe/Brussels"),
        ("(GMT+01:00) Bruxelles, Copenhague, Madrid, Paris", "Europe/Brussels"),
        ("(UTC-05:00) Eastern Time (US & Canada)", "America/New_York"),
        ("(GMT-05.00) Eastern Time (US & Canada)", "America/New_York"),
        ("(UTC\N{MINUS SIGN}08:00) Pacific Time (US & Canada)", "America/Los_Angeles"),
        ("(UTC-07:00) Arizona", "America/Phoenix"),
        ("(UTC-06:00) Central America", "America/Guatemala"),
        ("(GMT+10:00) Canberra, Melbourne, Sydney", "Australia/Sydney"),
        ("(GMT) Greenwich Mean Time : Dublin, Edinburgh, Lisbon, London", "Europe/London"),
        ("(GMT+02:00) Athens, Bucharest, Istanbul, Minsk", "Europe/Athens"),
        ("(UTC+05:30) Chennai, Kolkata, Mumbai, New Delhi", "Asia/Kolkata"),
        ("(UTC+08:00) Beijing, Chongqing, Hong Kong, Urumqi", "Asia/Shanghai"),
        ("Eastern Time", "America/New_York"),
        ("Eastern Daylight Time", "America/New_York"),
        ("Central European Summer Time", "Europe/Brussels"),
        ("Mitteleurop\u00e4ische Zeit", "Europe/Brussels"),
        ("Heure de l'Est (\u00c9.-U. et Canada)", "America/New_York"),
        ("EST5EDT", "America/New_York"),
        ("PST8PDT", "America/Los_Angeles"),
        ("CET-1CEST,M3.5.0,M10.5.0/3", "Europe/Brussels"),
        ("CEST", "Europe/Brussels"),
        ("Japan", "Asia/Tokyo"),
        ("New York", "America/New_York"),
        ("Middle-earth", None),
        ("Customized Time Zone 1", None),
        ("IST", None),
        ("Home", None),
    ],
)
def test_names_of_places_and_kinds_of_time(name: str, zone: str | None) -> None:
    """The zone at home among those that are alike, else that of most people."""
    found = by_words(name, YEAR, HOME)

    assert by_name(name) in (None, zone)
    assert (found[0] if found else None) == zone or by_name(name) == zone


@pytest.mark.parametrize(
    ("name", "zone"),
    [
        ("W. Europe Standard Time 1", "Europe/Berlin"),
        ("Eastern Standard Time2", "America/New_York"),
        ("US-Eastern", "America/New_York"),
        ("Europe-Berlin", "Europe/Berlin"),
        ("america/new york", "America/New_York"),
        ("America/New_York-2", "America/New_York"),
        ("Europe/Berlin 1", "Europe/Berlin"),
        ("/citadel.org/20210210_1/Europe/Vienna_2", "Europe/Vienna"),
        ("Etc/GMT+1", "Etc/GMT+1"),
        ("Etc/GMT-1", "Etc/GMT-1"),
        ("UTC-02", "Etc/GMT+2"),
        ("UTC+12", "Etc/GMT-12"),
        ("tzone://Microsoft/Utc", "UTC"),
        ("GMT-0", "UTC"),
    ],
)
def test_names_as_programs_write_them(name: str, zone: str) -> None:
    """Of the zone database and of Windows, also with what programs add."""
    assert by_name(name) == zone


@settings(deadline=None)
@given(
    hours=st.integers(-12, 14),
    minutes=st.sampled_from((0, 30, 45)),
    prefix=st.sampled_from(("UTC", "GMT", "")),
    short=st.booleans(),
)
def test_an_offset_has_the_sign_that_it_is_written_with(
    hours: int, minutes: int, prefix: str, *, short: bool
) -> None:
    """UTC+1 is ahead of UTC, though the zone database calls that Etc/GMT-1."""
    sign = "-" if hours < 0 else "+"
    ahead = timedelta(hours=abs(hours), minutes=minutes) * (-1 if hours < 0 else 1)
    written = (
        f"{prefix}{sign}{abs(hours)}"
        if short and not minutes
        else f"{prefix}{sign}{abs(hours):02}:{minutes:02}"
    )

    assert offset(written) == offset(f"({written}) Somewhere") == offset(written.replace(":", "")) == ahead
    zone = fixed(ahead)
    assert zone is None or datetime(2026, 7, 1, tzinfo=zones.zone(zone)).utcoffset() == ahead
    assert zone is not None or minutes


def test_every_name_of_windows_is_known_without_its_ending_too() -> None:
    """As some programs show them."""
    names = {
        name: zone
        for name, zone in get_global("windows_zone_mapping").items()
        if name.endswith(" Standard Time")
    }
    found = {
        name: by_words(name.removesuffix(" Standard Time") + " Daylight Time", YEAR, ()) for name in names
    }

    assert len(names) > 120
    assert {name for name, each in found.items() if each is None} == set()
    assert all(by_name(name) == zone for name, zone in names.items())


def test_all_zones_are_looked_through() -> None:
    """Those best known before the others, whose order is that of the alphabet."""
    found = candidates(())

    assert len(found) == len(set(found)) > 300
    assert found.index("America/New_York") < found.index("America/Detroit")
    assert found.index("Pacific/Noumea") < found.index("Asia/Magadan")


def described(name: str, *observances: tuple[str, str, str, str]) -> tuple[str, ...]:
    """Return the lines of a VTIMEZONE; an observance is its kind, the offsets before and after, and its rule or its beginning."""
    lines = ["BEGIN:VTIMEZONE", f"TZID:{name}"]
    for kind, before, after, rule in observances:
        recurs = (f"RRULE:{rule}",) if "=" in rule else ()
        begins = rule if rule and not recurs else "19700101T020000"
        lines += [
            f"BEGIN:{kind}",
            f"DTSTART:{begins}",
            f"TZOFFSETFROM:{before}",
            f"TZOFFSETTO:{after}",
            *recurs,
            f"END:{kind}",
        ]
    return *lines, "END:VTIMEZONE"


def weekly(name: str) -> tuple[str, ...]:
    """Return a weekly event at nine in the evening of a zone."""
    return event(f"DTSTART;TZID={name}:20260302T210000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=40")


FORMER = (
    ("STANDARD", "-0400", "-0500", "FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10"),
    ("DAYLIGHT", "-0500", "-0400", "FREQ=YEARLY;BYDAY=1SU;BYMONTH=4"),
)
ODD = (
    ("STANDARD", "+0520", "+0420", "FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10"),
    ("DAYLIGHT", "+0420", "+0520", "FREQ=YEARLY;BYDAY=1SU;BYMONTH=4"),
)


@pytest.mark.parametrize(
    ("zone", "when", "timezone", "code"),
    [
        (described("Board", *FORMER), "2026-03-02 21:00/22:00", "America/New_York", "like-zone"),
        (described("(UTC-05:00) Eastern Time (US & Canada)", *FORMER), "2026-03-02 21:00/22:00", "America/New_York", "like-zone"),
        (described("Ours", ("STANDARD", "-0500", "-0500", "")), "2026-03-02 21:00/22:00", "America/Bogota", "zone-name"),
        (described("Ours", ("STANDARD", "+1100", "+1100", "")), "2026-03-02 21:00/22:00", "Pacific/Noumea", "zone-name"),
        (described("UTC+02:00", ("STANDARD", "+0200", "+0100", "FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10"), ("DAYLIGHT", "+0100", "+0200", "FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3")), "2026-03-02 21:00/22:00", None, "zone-name"),
        ((), "2026-03-02 21:00/22:00", "Etc/GMT-2", "zone-name"),
        (described("Cut down", ("STANDARD", "+0200", "+0100", "20251026T030000"), ("DAYLIGHT", "+0100", "+0200", "20260329T020000"), ("STANDARD", "+0200", "+0100", "20261025T030000")), "2026-03-02 21:00/22:00", None, "zone-name"),
        (described("Cut down", ("DAYLIGHT", "-0500", "-0400", "20260308T020000")), "2026-03-02 21:00/22:00", "America/New_York", "zone-name"),
    ],
)  # fmt: skip
def test_a_series_in_a_zone_that_is_described(
    tmp_path: Path, zone: tuple[str, ...], when: str, timezone: str | None, code: str
) -> None:
    """It stays a rule, in the zone that is meant or most like it."""
    name = zone[1].removeprefix("TZID:") if zone else "UTC+02:00"
    (values,), told = converted(tmp_path, calendar(*zone, *weekly(f'"{name}"')))

    assert (values["when"], values.get("timezone")) == (when, timezone)
    assert values["repeats"] == {"every": "week", "count": "40"}
    assert [each for _, each in told] == [code]


def test_clocks_that_no_zone_has_are_written_out(tmp_path: Path) -> None:
    """Each date at its own moment, on the clocks at home."""
    (values,), told = converted(tmp_path, calendar(*described("Ours", *ODD), *weekly("Ours")))
    begins = [date(2026, 3, 2) + timedelta(weeks=number) for number in range(40)]
    moments = [
        datetime.combine(day, time(21))
        - timedelta(hours=5 if date(2026, 4, 5) <= day < date(2026, 10, 25) else 4, minutes=20)
        for day in begins
    ]
    brussels = [
        each + timedelta(hours=2 if date(2026, 3, 29) <= each.date() < date(2026, 10, 25) else 1)
        for each in moments
    ]

    assert values["when"] == [f"{each:%Y-%m-%d %H:%M}/{each + timedelta(hours=1):%H:%M}" for each in brussels]
    assert sorted(each for _, each in told) == ["as-list", "own-clocks"]


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("(UTC+07:00) Bangkok\\, Hanoi\\, Jakarta", 'TZID="(UTC+07:00) Bangkok, Hanoi, Jakarta"'),
        ("Office\\; third floor", 'TZID="Office; third floor"'),
        ("A\\\\B", "TZID=A\\B"),
        ("(UTC+07:00) Bangkok, Hanoi, Jakarta", "TZID=(UTC+07:00) Bangkok, Hanoi, Jakarta"),
        ("(UTC+07:00) Bangkok\\, Hanoi", 'TZID="(UTC+07:00) Bangkok\\, Hanoi"'),
    ],
)
def test_a_name_is_found_however_it_is_escaped_or_quoted(tmp_path: Path, name: str, lines: str) -> None:
    """It is a TEXT in the VTIMEZONE, and a parameter elsewhere."""
    zone = described(name, ("STANDARD", "+0700", "+0700", ""))
    (values,), told = converted(
        tmp_path,
        calendar(*zone, *event(f"DTSTART;{lines}:20260430T090000", f"DTEND;{lines}:20260430T120000")),
    )

    assert (values["when"], values["timezone"]) == ("2026-04-30 09:00/12:00", "Asia/Bangkok")
    assert [each for _, each in told] == ["zone-name"]
