"""The one stored form of *when*."""

from datetime import date, datetime, time
from typing import Any

import pytest

from coopcal import zones
from coopcal.model.when import (
    Approximately,
    DayOnly,
    Deadline,
    Hours,
    Imprecise,
    Precision,
    Season,
    Timed,
    When,
    WholeDays,
)
from coopcal.site.codec import Codec
from coopcal.site.when import WHEN

CODEC = Codec(WHEN)
BRUSSELS = "Europe/Brussels"
DAY = date(2026, 10, 24)
MAY = Approximately(Precision.MONTH, 2012, 5)
AUTUMN = Approximately(Precision.SEASON, 2027, season=Season.AUTUMN, approximate=True)


def clock(day: int, hour: int, minute: int = 0, *, fold: int = 0) -> datetime:
    return datetime(2026, 10, day, hour, minute, tzinfo=zones.zone(BRUSSELS), fold=fold)


@pytest.mark.parametrize(
    ("when", "written"),
    [
        (WholeDays(DAY, DAY), ["days", "2026-10-24", "2026-10-24"]),
        (
            WholeDays(DAY, DAY, (Hours(time(10), time(18), 5),)),
            ["days", "2026-10-24", "2026-10-24", [["10:00:00", "18:00:00", 5]]],
        ),
        (DayOnly(DAY), ["day", "2026-10-24"]),
        (
            Timed(clock(24, 9), clock(24, 10), clock(24, 10), BRUSSELS),
            ["timed", "2026-10-24T09:00", "2026-10-24T10:00", BRUSSELS],
        ),
        (Timed(clock(24, 9), None, clock(24, 9), BRUSSELS), ["timed", "2026-10-24T09:00", None, BRUSSELS]),
        (
            Timed(clock(24, 9), None, clock(24, 11), BRUSSELS),
            ["timed", "2026-10-24T09:00", None, BRUSSELS, "2026-10-24T11:00"],
        ),
        (
            Timed(clock(25, 2, 30), None, clock(25, 2, 30, fold=1), BRUSSELS),
            ["timed", "2026-10-25T02:30", None, BRUSSELS, "2026-10-25T02:30*"],
        ),
        (
            Timed(clock(24, 9), None, clock(24, 9).replace(second=30), BRUSSELS),
            ["timed", "2026-10-24T09:00", None, BRUSSELS, "2026-10-24T09:00:30"],
        ),
        (Deadline(clock(25, 2, 30, fold=1), BRUSSELS), ["until", "2026-10-25T02:30*", BRUSSELS]),
        (
            Imprecise(MAY, MAY, date(2012, 5, 1), date(2012, 5, 31)),
            [
                "imprecise",
                ["month", 2012, 5, None, None, False, False],
                ["month", 2012, 5, None, None, False, False],
                "2012-05-01",
                "2012-05-31",
            ],
        ),
        (
            Imprecise(AUTUMN, AUTUMN, date(2027, 9, 1), date(2027, 11, 30)),
            [
                "imprecise",
                ["season", 2027, None, None, "autumn", False, True],
                ["season", 2027, None, None, "autumn", False, True],
                "2027-09-01",
                "2027-11-30",
            ],
        ),
    ],
)
def test_each_kind_is_a_list_that_begins_with_its_name(when: When, written: Any) -> None:
    """Of two equal times the second has a mark; an end that is not stated is kept where it is not the beginning."""
    assert CODEC.write(When, when) == written
    again = CODEC.form(When).read(written)
    assert again == when
    assert CODEC.write(When, again) == written


@pytest.mark.parametrize(
    ("written", "error"),
    [
        (["never", "2026-10-24"], KeyError),
        (["timed", "2026-10-24T09:00", None], ValueError),
        (["timed", "2026-10-24T09:00", None, BRUSSELS, "2026-10-24T11:00", 1], ValueError),
        (["timed", "2026-10-24T09:00", None, "Europe/Atlantis"], KeyError),
        (["timed", 9, None, BRUSSELS], TypeError),
        (["until", "soon", BRUSSELS], ValueError),
        (["day", "2026-02-30"], ValueError),
        (["day"], KeyError),
        ([], ValueError),
        ("day", TypeError),
    ],
)
def test_what_is_no_when_is_refused(written: Any, error: type[Exception]) -> None:
    with pytest.raises(error):
        CODEC.form(When).read(written)
