"""What a VEVENT becomes, and what is told of it."""

import time
from collections.abc import Mapping
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path

import pytest
from tests.support.importing import calendar, converted, event

from coopcal.authoring.importing.expansion import expanded
from coopcal.authoring.importing.rrules import rule_of

BRUSSELS = "DTSTART;TZID=Europe/Brussels:20260908T190000", "DTEND;TZID=Europe/Brussels:20260908T210000"
DAY = "DTSTART;VALUE=DATE:20260908"


def only(
    folder: Path, *lines: str, before: tuple[str, ...] = ()
) -> tuple[dict[str, object], list[tuple[int, str]]]:
    """Return the keys of the one event of a calendar, without its title and UID, and what is told."""
    (values,), told = converted(folder, calendar(*before, *event(*lines)))
    return {key: value for key, value in values.items() if key not in ("title", "uid")}, told


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("FREQ=WEEKLY", {"every": "week"}),
        ("FREQ=WEEKLY;INTERVAL=2;COUNT=5", {"every": "2 weeks", "count": "5"}),
        (
            "FREQ=WEEKLY;BYDAY=TU,TH;UNTIL=20261001",
            {"every": "week", "on": "Tuesday, Thursday", "until": "2026-10-01"},
        ),
        ("FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR", {"every": "week", "on": "weekdays"}),
        ("FREQ=MONTHLY;BYDAY=2TU", {"every": "month", "on": "second Tuesday"}),
        ("FREQ=MONTHLY;BYDAY=TU;BYSETPOS=2", {"every": "month", "on": "second Tuesday"}),
        ("FREQ=MONTHLY;BYMONTHDAY=8", {"every": "month"}),
        ("FREQ=YEARLY;BYMONTH=9;BYDAY=2TU", {"every": "year", "on": "second Tuesday"}),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE;BYSETPOS=4", {"rule": "FREQ=MONTHLY;BYDAY=MO,TU,WE;BYSETPOS=4"}),
    ],
)
def test_rules_are_said_in_words(tmp_path: Path, rule: str, said: dict[str, str]) -> None:
    """And as rules where words do not say them."""
    found, told = only(tmp_path, DAY, f"RRULE:{rule}")

    assert told == []
    assert found == {"when": "2026-09-08", "repeats": said}


@pytest.mark.parametrize(
    ("once", "often"),
    [
        ("FREQ=MONTHLY;BYDAY=2TU,TH", "FREQ=MONTHLY;BYDAY=2TU,TH, +2tu,02TU,0TH"),
        ("FREQ=YEARLY;BYMONTH=9,1", "FREQ=YEARLY;BYMONTH=9,1,09,+1,9"),
    ],
)
def test_what_a_rule_lists_stands_in_it_once(once: str, often: str) -> None:
    """However often it was written: each date is held against a few days, and not against a million."""
    assert rule_of(often) == rule_of(once)


def test_a_series_with_all_that_differs(tmp_path: Path) -> None:
    """Excluded, added, moved, cancelled."""
    there = calendar(
        *event(
            *BRUSSELS,
            "RRULE:FREQ=WEEKLY;UNTIL=20261031T225959Z",
            "EXDATE:20260922T170000Z",
            "RDATE;TZID=Europe/Brussels:20261002T190000",
        ),
        *event(
            "RECURRENCE-ID;TZID=Europe/Brussels:20260915T190000",
            "DTSTART;TZID=Europe/Brussels:20260916T190000",
            "DTEND;TZID=Europe/Brussels:20260916T210000",
        ),
        *event(
            "RECURRENCE-ID;TZID=Europe/Brussels:20260929T190000",
            *[line.replace("0908", "0929") for line in BRUSSELS],
            "STATUS:CANCELLED",
        ),
    )
    (values,), told = converted(tmp_path, there)

    assert told == [(3, "as-also")]
    assert values["repeats"] == {
        "every": "week",
        "until": "2026-10-27",
        "except": ["2026-09-22"],
        "also": ["2026-10-02"],
        "changes": {"2026-09-15": {"when": "2026-09-16 19:00/21:00"}, "2026-09-29": {"status": "cancelled"}},
    }


def test_this_and_later_dates(tmp_path: Path) -> None:
    """RANGE=THISANDFUTURE."""
    there = calendar(
        *event(*BRUSSELS, "RRULE:FREQ=WEEKLY;COUNT=4"),
        *event(
            "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Brussels:20260922T190000",
            "DTSTART;TZID=Europe/Brussels:20260922T200000",
            "DTEND;TZID=Europe/Brussels:20260922T213000",
        ),
    )
    (values,), told = converted(tmp_path, there)

    assert told == []
    assert values["repeats"] == {
        "every": "week",
        "count": "4",
        "changes": {"from 2026-09-22": {"when": "2026-09-22 20:00/21:30"}},
    }


def test_a_rule_with_clocks_of_its_own_is_not_said_in_words(tmp_path: Path) -> None:
    """They would give other times than the rule."""
    found, told = only(tmp_path, *BRUSSELS, "RRULE:FREQ=DAILY;BYHOUR=9;COUNT=2")

    assert found == {"when": ["2026-09-08 19:00/21:00", "2026-09-09 09:00/11:00", "2026-09-10 09:00/11:00"]}
    assert [code for _, code in told] == ["first-date", "as-list"]


@pytest.mark.parametrize("folds", [1, 2000])
def test_a_gigantic_line_is_cut_and_told(tmp_path: Path, folds: int) -> None:
    """Return whether it is folded or not."""
    line = "DESCRIPTION:" + "\r\n ".join(["x" * (2_000_000 // folds)] * folds)
    found, told = only(tmp_path, DAY, line)

    assert len(str(found["description"])) == 20_000
    assert told == [(7, "long-line"), (7, "too-long")]


def test_a_rule_that_calendars_read_differently_becomes_a_list(tmp_path: Path) -> None:
    """Within bounds, and told where it has no end."""
    found, told = only(tmp_path, "DTSTART;VALUE=DATE:20260131", "RRULE:FREQ=MONTHLY;COUNT=3")

    assert found == {"when": ["2026-01-31", "2026-03-31", "2026-05-31"]}
    assert told == [(3, "as-list")]

    found, told = only(tmp_path, "DTSTART;VALUE=DATE:20240229", "RRULE:FREQ=YEARLY")

    assert found == {"when": ["2024-02-29", "2028-02-29"]}
    assert told == [(3, "bounded"), (3, "as-list")]


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY",
        "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MINUTELY;COUNT=999999999",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31;INTERVAL=9999",
        "FREQ=DAILY;BYHOUR=" + ",".join(map(str, range(24))) + ";BYMINUTE=" + ",".join(map(str, range(60))),
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;INTERVAL=99999999999999999999",
        "FREQ=DAILY;UNTIL=99991231T235959Z",
    ],
)
def test_rules_without_measure_do_no_harm(tmp_path: Path, rule: str) -> None:
    """They end within a second or so of work, and what is lost of them is told."""
    begun = time.process_time()
    _, told = only(tmp_path, *BRUSSELS, f"RRULE:{rule}")

    assert time.process_time() - begun < 10
    assert rule.endswith("99991231T235959Z") or told


@pytest.mark.parametrize(
    ("tzid", "zone", "code"),
    [
        ("America/New_York", "America/New_York", None),
        ("america/new_york", "America/New_York", "zone-name"),
        ("/freeassociation.sourceforge.net/Tzfile/America/New_York", "America/New_York", "zone-name"),
        ("/citadel.org/20211207_1/America/New_York", "America/New_York", "zone-name"),
        ("Eastern Standard Time", "America/New_York", "zone-name"),
        ("Romance Standard Time", None, "zone-name"),
        ("CET", None, "zone-name"),
        ("Middle-earth", None, "unknown-zone"),
    ],
)
def test_zones_are_known_by_many_names(tmp_path: Path, tzid: str, zone: str | None, code: str | None) -> None:
    """Those of Windows are the organisation's own where both have the same clocks."""
    found, told = only(tmp_path, f"DTSTART;TZID={tzid}:20260908T190000", f"DTEND;TZID={tzid}:20260908T210000")

    assert found == {"when": "2026-09-08 19:00/21:00"} | ({"timezone": zone} if zone else {})
    assert told == ([(6, code)] if code else [])


def test_the_zone_of_the_calendar_goes_before_that_of_the_organisation(tmp_path: Path) -> None:
    """For times in UTC, as Google means it, and for those that float."""
    before = ("X-WR-TIMEZONE:America/New_York",)
    utc, _ = only(tmp_path, "DTSTART:20260908T170000Z", "DURATION:PT1H", "RRULE:FREQ=WEEKLY", before=before)
    floating, told = only(tmp_path, "DTSTART:20260908T130000", "DURATION:PT1H", before=before)

    assert utc["when"] == floating["when"] == "2026-09-08 13:00/14:00"
    assert utc["timezone"] == floating["timezone"] == "America/New_York"
    assert told == [(7, "floating")]


def test_what_recurs_in_utc_stays_there(tmp_path: Path) -> None:
    """Its time at home changes with the clocks."""
    found, told = only(tmp_path, "DTSTART:20260908T170000Z", "DURATION:PT1H", "RRULE:FREQ=WEEKLY")

    assert (found["when"], found["timezone"]) == ("2026-09-08 17:00/18:00", "UTC")
    assert told == []


def test_a_zone_without_a_name_is_found_by_its_offsets(tmp_path: Path) -> None:
    """As Outlook describes those that were changed by hand."""
    zone = (
        "BEGIN:VTIMEZONE", "TZID:Customized Time Zone",
        "BEGIN:STANDARD", "DTSTART:16010101T030000", "TZOFFSETFROM:+0300", "TZOFFSETTO:+0200", "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10", "END:STANDARD",
        "BEGIN:DAYLIGHT", "DTSTART:16010101T030000", "TZOFFSETFROM:+0200", "TZOFFSETTO:+0300", "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3", "END:DAYLIGHT",
        "END:VTIMEZONE",
    )  # fmt: skip
    found, told = only(
        tmp_path, "DTSTART;TZID=Customized Time Zone:20260908T190000", "DURATION:PT1H", before=zone
    )

    assert found["timezone"] in (
        "Europe/Athens",
        "Europe/Bucharest",
        "Europe/Helsinki",
        "Europe/Kyiv",
        "Europe/Riga",
        "Europe/Sofia",
        "Europe/Tallinn",
        "Europe/Vilnius",
    )
    assert [code for _, code in told] == ["zone-name"]


@pytest.mark.parametrize(
    ("lines", "when", "codes"),
    [
        (("DTSTART:20260908T170000Z", "DTEND:20260908T190000Z"), "2026-09-08 19:00/21:00", []),
        (("DTSTART:20261025T003000Z", "DTEND:20261025T023000Z"), "2026-10-25 02:30+02:00/03:30", []),
        (
            ("DTSTART:20260908T190000", "DTEND:20260909T010000"),
            "2026-09-08 19:00/2026-09-09 01:00",
            ["floating", "floating"],
        ),
        (("DTSTART;VALUE=DATE:20260908", "DTEND;VALUE=DATE:20260911"), "2026-09-08/2026-09-10", []),
        (("DTSTART:20260908", "DURATION:P2D"), "2026-09-08/2026-09-09", []),
        (
            ("DTSTART;VALUE=DATE:20260908T000000", "DTEND;VALUE=DATE:20260911"),
            "2026-09-08/2026-09-10",
            ["whole-days"],
        ),
        (("DTSTART:20260908T170000Z",), "2026-09-08 19:00", ["no-end"]),
        (
            ("DTSTART:20260908T170015Z", "DTEND:20260908T185959Z"),
            "2026-09-08 19:00/21:00",
            ["seconds", "seconds"],
        ),
        (("DTSTART:20260908T170000Z", "DTEND:20260908T160000Z"), "2026-09-08 19:00", ["ends-before-start"]),
        (
            (
                "DTSTART;TZID=Europe/Brussels:20260908T000000",
                "DTEND;TZID=Europe/Brussels:20260910T000000",
                "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE",
            ),
            "2026-09-08/2026-09-09",
            ["whole-days", "technical"],
        ),
    ],
)
def test_when(tmp_path: Path, lines: tuple[str, ...], when: str, codes: list[str]) -> None:
    """Times in UTC are said in the organisation's zone."""
    found, told = only(tmp_path, *lines)

    assert found == {"when": when}
    assert [code for _, code in told if code != "floating"] == [code for code in codes if code != "floating"]
    assert ("floating" in [code for _, code in told]) == ("floating" in codes)


def test_the_other_properties(tmp_path: Path) -> None:
    """Each under its key, and what has none is told with its line."""
    found, told = only(
        tmp_path,
        DAY,
        "LOCATION:The Mill\\, 1 Main Street\\nGhent",
        "GEO:51.05;3.72",
        "CONFERENCE;VALUE=URI:https://meet.example.org/room",
        "DESCRIPTION:Come *and* see\\n- bread\\n- cake",
        "CATEGORIES:Open doors,Märkte",
        "URL:https://example.org/",
        "ATTACH;FMTTYPE=application/pdf;FILENAME=Agenda.pdf:https://example.org/a.pdf",
        "ATTACH;ENCODING=BASE64;VALUE=BINARY:AAAA",
        "ORGANIZER;CN=Ana:mailto:ana@example.org",
        "ATTENDEE:mailto:joe@example.org",
        "STATUS:TENTATIVE",
        "TRANSP:OPAQUE",
        "CLASS:PRIVATE",
        "PRIORITY:1",
        "BEGIN:VALARM",
        "TRIGGER:-PT5M",
        "END:VALARM",
    )

    assert found == {
        "when": "2026-09-08",
        "where": {"name": "The Mill, 1 Main Street, Ghent", "geo": {"lat": "51.05", "lon": "3.72"}},
        "online": "https://meet.example.org/room",
        "description": "Come \\*and\\* see\\\n\\- bread\\\n\\- cake",
        "tags": ["open-doors", "markte"],
        "links": [{"label": "Web page", "url": "https://example.org/"}],
        "documents": [{"label": "Agenda.pdf", "url": "https://example.org/a.pdf"}],
        "contact": {"name": "Ana", "email": "ana@example.org"},
        "status": "tentative",
        "shows_as": "busy",
        "visibility": "members",
    }
    assert sorted(told) == [
        (14, "attachment"), (15, "contact"), (16, "attendee"), (19, "not-public"), (20, "no-key"), (21, "alarm"),
    ]  # fmt: skip


def test_html_becomes_markdown(tmp_path: Path) -> None:
    """Google writes it into DESCRIPTION."""
    found, told = only(
        tmp_path,
        DAY,
        'DESCRIPTION:<b>Bring</b> cake<br>and see <a href="https://example.org/x">this</a><ul><li>one</li><li>two</li></ul><script>x</script>',
    )

    assert found["description"] == "**Bring** cake\\\nand see [this](https://example.org/x)\n\n- one\n- two"
    assert told == []


@pytest.mark.parametrize(
    ("line", "description", "codes"),
    [
        ('DESCRIPTION;ALTREP="data:text/html,%3Cb%3EBold%3C%2Fb%3E":Bold', "**Bold**", []),
        ('DESCRIPTION;ALTREP="data:text/html;charset=utf-8;base64,PGI+Qm9sZDwvYj4=":Bold', "**Bold**", []),
        ('DESCRIPTION;ALTREP="data:text/html;base64,x":Bold', "Bold", ["no-key"]),
        ('DESCRIPTION;ALTREP="CID:part1@example.org":Bold', "Bold", ["no-key"]),
        ('LOCATION;ALTREP="https://example.org/hall":Hall', None, ["no-key"]),
        ("DESCRIPTION:Bold\r\nSTATUS:CONFIRMED\r\nSTATUS:CANCELLED", "Bold", ["second-value"]),
        ("DESCRIPTION:Bold\r\nCONTACT:Ana\r\nCONTACT:Bo", "Bold", ["second-value"]),
        ("DESCRIPTION:Bold\r\nDURATION:P2D\r\nDTEND;VALUE=DATE:20260909", "Bold", ["second-value"]),
        ("DESCRIPTION:Bold\r\nDTSTART;VALUE=DATE:20260909", "Bold", ["second-value"]),
        ("DESCRIPTION:Bold\r\nDTSTART;VALUE=DATE:20260908", "Bold", []),
        ("DESCRIPTION:Bold\r\nCLASS:PUBLIC\r\nCLASS:PRIVATE", "Bold", ["not-public"]),
        (
            "DESCRIPTION:Bold\r\nRRULE:\r\nEXDATE:\r\nDTEND: \r\nDURATION:\r\nSTATUS:\r\nURL:\r\nGEO:",
            "Bold",
            [],
        ),
    ],
)
def test_what_stands_twice_or_in_another_form_is_read_or_told(
    tmp_path: Path, line: str, description: str | None, codes: list[str]
) -> None:
    """Nothing of it is dropped in silence."""
    found, told = only(tmp_path, DAY, *line.split("\r\n"))

    assert found.get("description") == description
    assert [code for _, code in told] == codes


@pytest.mark.parametrize(
    ("rule", "repeats"),
    [
        ("D1 #10", {"every": "day", "count": "10"}),
        ("D2 20260930T000000Z", {"every": "2 days", "until": "2026-09-30"}),
        ("W1 TU TH 20261001T000000Z", {"every": "week", "on": "Tuesday, Thursday", "until": "2026-10-01"}),
        ("W2 TU$ #4", {"every": "2 weeks", "count": "4"}),
        ("MP1 2+ TU #6", {"every": "month", "on": "second Tuesday", "count": "6"}),
        ("MP1 1- FR #0", {"every": "month", "on": "last Friday"}),
        ("MD1 8 #3", {"every": "month", "count": "3"}),
        ("MD1 LD #0", {"every": "month", "on": "last day"}),
        ("YM1 #0", {"every": "year"}),
        ("FREQ=WEEKLY\\;COUNT=3", {"every": "week", "count": "3"}),
        ("FREQ=WEEKLY;BYDAY=TU\\,TH", {"every": "week", "on": "Tuesday, Thursday"}),
        ("M5 #3", None),
        ("D1 1200 1500 #3", None),
        ("YM1 6 D1 #2", None),
        ("MP1 2+ #3", None),
    ],
)
def test_old_rules_are_read_or_told(tmp_path: Path, rule: str, repeats: dict[str, str] | None) -> None:
    """Those of vCalendar 1.0, and those with backslashes."""
    found, told = only(tmp_path, DAY, f"RRULE:{rule}")
    codes = [code for _, code in told if code not in ("first-date", "as-also")]
    written = found.get("repeats")
    kept = (
        {key: each for key, each in written.items() if key != "also"}
        if isinstance(written, Mapping)
        else None
    )

    assert kept == repeats
    assert codes == ([] if repeats else ["bad-rule"])


@pytest.mark.parametrize("frequency", ["YEARLY", "MONTHLY", "WEEKLY", "DAILY"])
@pytest.mark.parametrize("positions", ["", ";BYSETPOS=1,-1,366,-366"])
def test_rules_with_every_clock_of_the_day_are_counted_not_made(frequency: str, positions: str) -> None:
    """Of 31 million times in a year those alone are made that are asked for."""
    clocks = f"BYHOUR={_up_to(24)};BYMINUTE={_up_to(60)};BYSECOND={_up_to(60)}"
    rule = rule_of(f"FREQ={frequency};BYDAY=MO,TU,WE,TH,FR,SA,SU;{clocks}{positions}")
    assert rule is not None
    first = datetime(2026, 9, 8, 19)  # noqa: DTZ001 - what clocks show
    for _ in range(1000):
        found = list(islice(expanded(rule, first, first + timedelta(days=4000)), 8))

        assert found == sorted(set(found))
        assert len(found) == 8
        assert found[0] >= first


def _up_to(number: int) -> str:
    return ",".join(map(str, range(number)))


def test_texts_by_language(tmp_path: Path) -> None:
    """For the languages of the site; Outlook marks everything with that of its user."""
    lines = (
        "BEGIN:VEVENT",
        "UID:a",
        DAY,
        "SUMMARY;LANGUAGE=en-us:Party",
        "SUMMARY;LANGUAGE=fr:Fête",
        "LOCATION;LANGUAGE=nl:De Molen",
        "END:VEVENT",
    )
    (values,), told = converted(tmp_path, calendar(*lines))

    assert values["title"] == {"en": "Party", "fr": "Fête"}
    assert values["where"] == "De Molen"
    assert told == []


def test_one_private_date_hides_the_series(tmp_path: Path) -> None:
    """What is private never becomes public in silence."""
    there = calendar(
        *event(DAY, "RRULE:FREQ=WEEKLY;COUNT=3"),
        *event("RECURRENCE-ID;VALUE=DATE:20260915", "DTSTART;VALUE=DATE:20260915", "CLASS:CONFIDENTIAL"),
    )
    (values,), told = converted(tmp_path, there)

    assert values["visibility"] == "members"
    assert {code for _, code in told} == {"not-public"}


def test_tags_that_the_site_does_not_know_are_told(tmp_path: Path) -> None:
    """With what to add."""
    site = "title: T\nuid_domain: example.coop\ntimezone: Europe/Brussels\ntags: {education: Bildung}\n"
    (values,), told = converted(
        tmp_path, calendar(*event(DAY, "CATEGORIES:BILDUNG,Fun")), {"coopcal.yaml": site}
    )

    assert values["tags"] == ["education"]
    assert told == [(7, "unknown-tag")]


def test_broken_calendars_are_read_as_far_as_they_go(tmp_path: Path) -> None:
    """Bare line feeds, missing ENDs, raw line ends in texts, bytes of Windows, lines that are none; each is told by its line."""
    data = (
        b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nSUMMARY:F\xeate\nDTSTART:20260908\nDESCRIPTION:One\ntwo\nBEGIN:VEVENT\nUID:b\n"
        b"SUMMARY:Walk\nDTSTART:20260909\nnonsense\nEND:VEVENT\nBEGIN:VTODO\nEND:VTODO\nBEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:c\nSUMMARY:Third\nDTSTART:20260910\n"
    )
    found, told = converted(tmp_path, data)

    assert [(each["title"], each["when"]) for each in found] == [
        ("Fête", "2026-09-08"),
        ("Walk", "2026-09-09"),
        ("Third", "2026-09-10"),
    ]
    assert found[0]["description"] == "One\\\ntwo"
    assert sorted(told) == [
        (1, "no-end-line"),
        (2, "no-end-line"),
        (4, "encoding"),
        (7, "broken-line"),
        (12, "broken-line"),
        (14, "component"),
        (16, "no-end-line"),
        (17, "no-end-line"),
    ]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le"])
def test_other_encodings(tmp_path: Path, encoding: str) -> None:
    """With and without a mark."""
    found, told = converted(tmp_path, calendar(*event(DAY, title="Fête")).decode().encode(encoding))

    assert found[0]["title"] == "Fête"
    assert told == []


def test_hostile_input_ends(tmp_path: Path) -> None:
    """Deep nesting, gigantic lines, many quotes and colons."""
    begun = time.process_time()
    deep = b"BEGIN:VCALENDAR\r\n" + b"BEGIN:X\r\n" * 100_000
    long = calendar(
        *event(
            DAY, "DESCRIPTION:" + "x" * 3_000_000, 'X-A;B="' + ":" * 500_000, "X-C" + ';D=""' * 100_000 + ":1"
        )
    )
    for data in (
        deep,
        long,
        b"BEGIN:VEVENT\n" * 50_000,
        b" \n" * 200_000,
        b"BEGIN:VCALENDAR\n" + b"\n ".join([b"A:"] * 200_000),
    ):
        converted(tmp_path, data)

    assert time.process_time() - begun < 60


@pytest.mark.parametrize(
    ("written", "out", "codes"),
    [
        ("EXDATE;TZID=Europe/Brussels:20260909T190000", ["2026-09-09"], []),
        ("EXDATE:20260909T170000Z", ["2026-09-09"], []),
        ("EXDATE;VALUE=DATE:20260909", ["2026-09-09"], []),
        ("EXDATE:20260909T190000", ["2026-09-09"], []),
        ("EXDATE:20260909T190000Z", ["2026-09-09"], []),
        ("EXDATE:20260909T080000Z", None, ["no-such-date"]),
        ("EXDATE:20260909T170000Z;20260910T170000Z", ["2026-09-09", "2026-09-10"], []),
        ("EXDATE:20260909T170000Z\\,20260910T170000Z", ["2026-09-09", "2026-09-10"], []),
        ("EXDATE:20260909T170000Z,", ["2026-09-09"], []),
        ("EXDATE:soon", None, ["bad-value"]),
    ],
)
def test_exceptions_as_programs_write_them(
    tmp_path: Path, written: str, out: list[str] | None, codes: list[str]
) -> None:
    """In the zone, in UTC, by day, in no zone, in a wrong one."""
    found, told = only(tmp_path, *BRUSSELS, "RRULE:FREQ=DAILY;COUNT=4", written)

    assert found["repeats"] == {"every": "day", "count": "4"} | ({"except": out} if out else {})
    assert [code for _, code in told] == codes


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (("SUMMARY;ENCODING=QUOTED-PRINTABLE:R=C3=A9u=", "nion"), "Réunion"),
        (("SUMMARY;ENCODING=QUOTED-PRINTABLE:R=C3=A9u=", " nion"), "Réunion"),
        (("SUMMARY;ENCODING=QUOTED-PRINTABLE:R=C3=", "=A9union"), "Réunion"),
        (("SUMMARY;ENCODING=QUOTED-PRINTABLE:R=C3=", " A9union"), "Réunion"),
        (("SUMMARY;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:R=E9u=", "\tnion"), "Réunion"),
    ],
)
def test_soft_line_ends_are_taken_out_however_the_line_goes_on(
    tmp_path: Path, lines: tuple[str, ...], title: str
) -> None:
    """Some programs fold what is quoted-printable already, within an escape too."""
    found, _ = converted(tmp_path, calendar("BEGIN:VEVENT", *lines, DAY, "END:VEVENT"))

    assert [each["title"] for each in found] == [title]
