"""Calendars as programs write them, each of a kind that went wrong: what takes place afterwards, and what is told."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from tests.support.checking import lay
from tests.support.importing import taking_place
from tests.support.roundtrip import FEED

CASES = Path(__file__).parent / "cases"
BOARD = [f"2026-{month:02}-{day:02} 23:00" for month, day in [(7, 6), (7, 13), (7, 20), (7, 27), (8, 3), (8, 10), (8, 17), (8, 24), (8, 31), (9, 7), (9, 14), (9, 21), (9, 28), (10, 5), (10, 12), (10, 19), (10, 26)]]  # fmt: skip
BOARD += ["2026-11-03 00:00", "2026-11-10 00:00"]


@pytest.mark.parametrize(
    ("case", "last", "rows", "codes"),
    [
        (
            "display-names",
            "2027-01-01",
            [
                ("2026-07-02 00:00", "Sydney", ""), ("2026-07-02 08:00", "Berlin", ""), ("2026-07-02 08:00", "Sarajevo", ""),
                ("2026-07-02 14:00", "Eastern", ""), ("2026-07-02 20:00", "UTC", ""),
            ],
            {"zone-name": 5},
        ),
        (
            "one-uid-two-dates",
            "2020-01-01",
            [("2019-12-27 11:00", "Talk", ""), ("2019-12-28 15:00", "Talk", "")],
            {"same-uid": 1},
        ),
        (
            "one-uid-two-titles",
            "2027-01-01",
            [("2026-12-27 11:00", "Algebra", ""), ("2026-12-28 15:00", "Physics", "")],
            {"same-uid": 1},
        ),
        (
            "two-rooms-without-uid",
            "2027-01-01",
            [("2026-10-03 08:00", "Workshop", "Room A"), ("2026-10-03 08:00", "Workshop", "Room B")],
            {"no-uid": 2, "same-uid": 1},
        ),
        (
            "older-change-after-newer",
            "2026-02-01",
            [
                ("2026-01-05 10:00", "Daily", ""), ("2026-01-06 14:00", "Afternoon (newest)", ""), ("2026-01-07 10:00", "Daily", ""),
                ("2026-01-08 10:00", "Daily", ""), ("2026-01-09 10:00", "Daily", ""),
            ],
            {"second-change": 1},
        ),
        ("begins-twice", "2028-01-01", [("2027-05-02 13:00", "Twice", "")], {"second-value": 2}),
        ("description-as-html", "2028-01-01", [("2027-01-03 10:00", "Rich", "")], {}),
        (
            "moved-to-another-room",
            "2026-10-01",
            [
                ("2026-09-07 17:00", "Call", ""), ("2026-09-14 18:00", "Call", "Hall B"), ("2026-09-21 17:00", "Call", ""),
                ("2026-09-28 17:00", "Call", ""),
            ],
            {},
        ),
        (
            "dates-without-series",
            "2027-01-01",
            [("2026-09-07 16:00", "Call", "Hall A"), ("2026-09-14 16:00", "Call", "Hall B")],
            {"as-list": 1},
        ),
        ("escaped-zone-name", "2027-01-01", [("2026-04-30 02:00", "Test", "")], {"zone-name": 1}),
        ("former-summer-time", "2026-11-15", [(each, "Board", "") for each in BOARD], {"zone-name": 1}),
        ("rule-with-backslashes", "2027-01-01", [(f"2026-09-{day:02} 17:00", "Course", "") for day in range(7, 17)], {}),
        (
            "birthday-without-year",
            "2028-01-01",
            [(f"{year}-03-15", "Founders' day", "") for year in range(2018, 2028)],
            {"begins-later": 1},
        ),
    ],
)  # fmt: skip
def test_case(
    tmp_path: Path, case: str, last: str, rows: list[tuple[str, str, str]], codes: dict[str, int]
) -> None:
    """Compiled, and read by another reader."""
    root = lay(tmp_path, {"feeds/bakery.yaml": FEED})
    data = (CASES / f"{case}.ics").read_bytes()
    found, outcome = taking_place(root, data, date(2018, 1, 1), date.fromisoformat(last))

    assert found == rows
    assert Counter(loss.code for loss in outcome.losses if loss.code != "technical") == codes


def test_of_a_rule_without_end_what_is_nearest_to_today_is_kept(tmp_path: Path) -> None:
    """Every cut is told."""
    root = lay(tmp_path, {"feeds/bakery.yaml": FEED})
    data = (CASES / "daily-in-summer.ics").read_bytes()
    found, outcome = taking_place(root, data, date(2020, 1, 1), date(2040, 1, 1))

    assert len(found) == 500
    assert {row[0][:10] for row in found} >= {
        f"2026-{month:02}-{day:02}" for month in (6, 7, 8, 9) for day in range(1, 31)
    }
    assert (found[0][0][:10], found[-1][0][:10]) == ("2024-06-01", "2028-06-12")
    told = {loss.code: loss.why for loss in outcome.losses if loss.code != "technical"}
    assert told.keys() == {"bounded", "as-list", "too-many"}
    assert "2028-06-12" in told["bounded"]
    assert "from 2024-06-01 to 2028-06-12" in told["too-many"]


@pytest.mark.parametrize(
    ("begins", "rule", "first", "last"),
    [
        ("20281101", "FREQ=DAILY;BYMONTH=11,12,1,2,3", "2028-02-29", "2031-12-16"),
        ("20100601", "FREQ=DAILY;BYMONTH=6,7,8,9", "2024-06-01", "2028-06-11"),
        ("20260101", "FREQ=DAILY;COUNT=900;BYMONTH=1,2,3,4,5,6,7,8,9,10,11", "2026-01-01", "2027-06-15"),
    ],
)
def test_wherever_a_list_begins_what_is_nearest_to_today_is_kept(
    tmp_path: Path, begins: str, rule: str, first: str, last: str
) -> None:
    """To come, long since begun, counted."""
    root = lay(tmp_path, {"feeds/bakery.yaml": FEED})
    lines = ("BEGIN:VCALENDAR", "BEGIN:VEVENT", "UID:a", "SUMMARY:Shelter", f"DTSTART;VALUE=DATE:{begins}", f"RRULE:{rule}", "RDATE;VALUE=DATE:20280229")  # fmt: skip
    found, outcome = taking_place(root, "\r\n".join(lines).encode(), date(2000, 1, 1), date(2060, 1, 1))

    assert (found[0][0], found[-1][0], len(found)) == (first, last, 500)
    assert "too-many" in {loss.code for loss in outcome.losses}
