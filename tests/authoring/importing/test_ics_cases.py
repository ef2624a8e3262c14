"""Calendars as programs write them, each of a kind that went wrong: what takes place afterwards, and what is told."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from tests.support.checking import lay
from tests.support.importing import imported, taking_place
from tests.support.roundtrip import FEED

from coopcal.authoring.importing.loss_code import LossCode

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
    assert "2028-06-12" in told[LossCode.BOUNDED]
    assert "from 2024-06-01 to 2028-06-12" in told[LossCode.TOO_MANY]


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


@pytest.mark.parametrize(
    ("begins", "rule", "count", "codes"),
    [
        ("19500301", "FREQ=YEARLY;COUNT=90", 12, {"as-list"}),
        ("16040315", "FREQ=YEARLY;UNTIL=20300315", 11, {"begins-later", "as-list"}),
        ("16040315", "FREQ=YEARLY;COUNT=1000", 12, {"begins-later", "bounded"}),
        ("19600104", "FREQ=WEEKLY;UNTIL=20301231", 574, {"begins-later"}),
        ("19500301", "FREQ=MONTHLY;COUNT=1000", 144, {"begins-later"}),
        ("20200131", "FREQ=MONTHLY;UNTIL=20991231", 83, {"bounded", "as-list"}),
        ("19400301", "FREQ=MONTHLY;UNTIL=19990101", 0, set()),
    ],
)
def test_rules_that_end_long_after_they_began_lose_no_date_that_is_not_told(
    tmp_path: Path, begins: str, rule: str, count: int, codes: set[str]
) -> None:
    """A rule is followed for sixty years; a longer one becomes a list, or begins later."""
    root = lay(tmp_path, {"feeds/bakery.yaml": FEED})
    lines = ("BEGIN:VCALENDAR", "BEGIN:VEVENT", "UID:a", "SUMMARY:Day", f"DTSTART;VALUE=DATE:{begins}", f"RRULE:{rule}", "END:VEVENT", "END:VCALENDAR")  # fmt: skip
    found, outcome = taking_place(root, "\r\n".join(lines).encode(), date(2020, 1, 1), date(2031, 12, 31))

    assert len(found) == count
    told = {loss.code: loss.why for loss in outcome.losses}
    assert told.keys() == codes
    assert "no end" not in told.get(LossCode.BOUNDED, "")


@pytest.mark.parametrize("alone", [True, False])
def test_a_length_holds_for_every_night_of_a_series(tmp_path: Path, *, alone: bool) -> None:
    """Also where its first night is one in which clocks are changed; a single night has the hours that go by."""
    root = lay(tmp_path, {"feeds/bakery.yaml": FEED})
    rule = () if alone else ("RRULE:FREQ=WEEKLY;COUNT=3",)
    lines = ("BEGIN:VCALENDAR", "BEGIN:VEVENT", "UID:a", "SUMMARY:Night", "DTSTART;TZID=Europe/Brussels:20261024T220000", "DURATION:PT8H", *rule, "END:VEVENT", "END:VCALENDAR")  # fmt: skip
    imported(root, "\r\n".join(lines).encode())
    text = (root / "calendars/bakery.yaml").read_text(encoding="utf-8")

    if alone:
        assert "when: 2026-10-24 22:00/2026-10-25 05:00\n" in text
    else:
        assert "2026-10-24 22:00/2026-10-25 06:00" in text
        assert "2026-10-31 22:00/2026-11-01 05:00" not in text


SERIES = (
    "BEGIN:VEVENT",
    "UID:a",
    "SUMMARY:Course",
    "DTSTART;TZID=Ours:20260907T190000",
    "DURATION:PT1H",
    "RRULE:FREQ=WEEKLY;COUNT=3",
    "END:VEVENT",
)
MOVED = (
    "BEGIN:VEVENT",
    "UID:a",
    "SUMMARY:Course",
    "RECURRENCE-ID;TZID=Ours:20260914T{0}",
    "DTSTART;TZID=Ours:20260914T{1}",
    "DURATION:PT1H",
    "END:VEVENT",
)


def zone(offset: str) -> tuple[str, ...]:
    return (
        "BEGIN:VTIMEZONE",
        "TZID:Ours",
        "BEGIN:STANDARD",
        "DTSTART:19700101T000000",
        f"TZOFFSETFROM:{offset}",
        f"TZOFFSETTO:{offset}",
        "END:STANDARD",
        "END:VTIMEZONE",
    )


def test_a_date_in_another_calendar_of_the_stream_is_read_with_the_zones_of_that(tmp_path: Path) -> None:
    """Each calendar describes its own zone under the same name."""
    moved = [line.format("130000", "140000") for line in MOVED]
    lines = (
        "BEGIN:VCALENDAR",
        *zone("+0100"),
        *SERIES,
        "END:VCALENDAR",
        "BEGIN:VCALENDAR",
        *zone("-0500"),
        *moved,
        "END:VCALENDAR",
    )
    root = lay(tmp_path, {"feeds/bakery.yaml": FEED})
    found, outcome = taking_place(root, "\r\n".join(lines).encode(), date(2026, 1, 1), date(2027, 1, 1))

    assert found == [
        ("2026-09-07 18:00", "Course", ""),
        ("2026-09-14 19:00", "Course", ""),
        ("2026-09-21 18:00", "Course", ""),
    ]
    assert {loss.code for loss in outcome.losses} == {"zone-name"}


@pytest.mark.parametrize(
    "before", [("SEQUENCE:2",), ("DTSTAMP:20260102T000000Z",), ("SEQUENCE:2", "DTSTAMP:20260101T000000Z"), ()]
)
@pytest.mark.parametrize("ranged", ["", ";RANGE=THISANDFUTURE"])
@pytest.mark.parametrize("alone", [False, True])
def test_of_two_changes_of_a_date_the_newest_counts(
    tmp_path: Path, before: tuple[str, ...], ranged: str, *, alone: bool
) -> None:
    """By SEQUENCE, then DTSTAMP, then its place in the file; so it is where the series is missing, and with those after it."""
    stamps = (
        (before, ("SEQUENCE:1", "DTSTAMP:20260103T000000Z"))
        if len(before) != 1 or "SEQ" in before[0]
        else (before, ("DTSTAMP:20260101T000000Z",))
    )
    newest = 1 if not before else 0
    changes = [
        [*(line.format("190000", f"{20 + number}0000") for line in MOVED[:-1]), *stamp, "END:VEVENT"]
        for number, stamp in enumerate(stamps)
    ]
    lines = [line.replace("RECURRENCE-ID", f"RECURRENCE-ID{ranged}") for each in changes for line in each]
    whole = ("BEGIN:VCALENDAR", *zone("+0000"), *(() if alone else SERIES), *lines, "END:VCALENDAR")
    root = lay(tmp_path, {"feeds/bakery.yaml": FEED})
    found, outcome = taking_place(root, "\r\n".join(whole).encode(), date(2026, 9, 14), date(2026, 9, 15))

    assert [row[0] for row in found] == [f"2026-09-14 {20 + newest}:00"]
    assert "second-change" in {loss.code for loss in outcome.losses}


@pytest.mark.parametrize(
    ("first", "second", "kept", "code"),
    [
        ((), (), 1, "second-event"),
        (("SEQUENCE:1",), ("LOCATION:B",), 1, "second-event"),
        (("LOCATION:A",), ("LOCATION:B",), 2, "same-uid"),
        (("LOCATION:A", "SEQUENCE:3"), ("LOCATION:B", "SEQUENCE:3"), 2, "same-uid"),
        (("RRULE:FREQ=WEEKLY;COUNT=2",), (), 2, "same-uid"),
        (("DTSTAMP:20260102T000000Z",), ("DTSTAMP:20260101T000000Z",), 1, "second-event"),
        (
            ("DTSTAMP:20260102T000000Z", "LOCATION:A"),
            ("DTSTAMP:20260101T000000Z", "LOCATION:B"),
            2,
            "same-uid",
        ),
    ],
)
@pytest.mark.parametrize("uid", ["UID:a", "COMMENT:x"])
@pytest.mark.parametrize("apart", [(), ("END:VCALENDAR", "BEGIN:VCALENDAR")])
def test_what_is_elsewhere_is_kept_though_its_uid_is_taken(
    tmp_path: Path,
    first: tuple[str, ...],
    second: tuple[str, ...],
    kept: int,
    code: str,
    uid: str,
    apart: tuple[str, ...],
) -> None:
    """Only older versions are left out, for the reason that is so; also without a UID, also in several calendars."""
    events = [
        (
            "BEGIN:VEVENT",
            uid,
            "SUMMARY:Talk",
            "DTSTART:20260908T100000Z",
            "DTEND:20260908T110000Z",
            *more,
            "END:VEVENT",
        )
        for more in (first, second)
    ]
    lines = ("BEGIN:VCALENDAR", *events[0], *apart, *events[1], "END:VCALENDAR")
    root = lay(tmp_path, {"feeds/bakery.yaml": FEED})
    data = "\r\n".join(lines).encode()
    found, outcome = taking_place(root, data, date(2026, 9, 8), date(2026, 9, 9))
    told = [loss for loss in outcome.losses if loss.code in ("second-event", "same-uid")]

    assert len(found) == kept
    assert [loss.code for loss in told] == [code]
    assert ("SEQUENCE" in told[0].why) == ("SEQUENCE:1" in first)
    assert {step.kind for step in imported(root, data).steps} == {"unchanged"}
