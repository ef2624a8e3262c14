"""What stands in calendars: each fault is found in one that is broken so, none in those of ours."""

import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.doctor.servers import FEED, LINES

from coopcal.doctor.client import Client
from coopcal.doctor.fault import Faults, Harm
from coopcal.doctor.lint import KINDS
from coopcal.doctor.verdict import lint

GOLDEN = sorted((Path(__file__).parents[1] / "golden").rglob("*.ics"))
CLIENTS = (Path(__file__).parents[2] / "docs/clients.md").read_text(encoding="utf-8")


def told(body: bytes) -> dict[str, list[int]]:
    """Return the codes that are told of a calendar, with the lines."""
    return {str(fault.kind.code): fault.lines for fault in faults_of(body).found}


def faults_of(body: bytes) -> Faults:
    faults = Faults()
    lint(body, faults)
    return faults


def of_text(text: str) -> bytes:
    return text.replace("\n", "\r\n").encode()


EVENT = "BEGIN:VEVENT\nUID:new@example.coop\nDTSTAMP:20260601T120000Z\nSEQUENCE:1\n{}SUMMARY:New\nTRANSP:OPAQUE\nEND:VEVENT\n"
BRUSSELS = "TZID=Europe/Brussels"


def with_event(lines: str) -> tuple[str, str]:
    return "END:VCALENDAR", f"{EVENT.format(lines)}END:VCALENDAR"


def timed(start: str, end: str, more: str = "") -> tuple[str, str]:
    return with_event(f"DTSTART;{BRUSSELS}:{start}\nDTEND;{BRUSSELS}:{end}\n{more}")


BROKEN: dict[str, tuple[str, str]] = {
    "long-lines": ("SUMMARY:Market\nTRANSP", f"SUMMARY:{'Market ' * 12}\nTRANSP"),
    "broken-lines": ("SUMMARY:General assembly\n", "SUMMARY:General\nassembly of all\n"),
    "parts-not-ended": ("END:DAYLIGHT\n", ""),
    "calendar-head": ("VERSION:2.0\n", ""),
    "no-name": ("NAME:Example\nX-WR-CALNAME:Example\n", ""),
    "two-names": ("X-WR-CALNAME:Example", "X-WR-CALNAME:Sample"),
    "uid-of-calendar": ("CALSCALE", "UID:calendar\nCALSCALE"),
    "method-of-invitation": ("CALSCALE", "METHOD:REQUEST\nCALSCALE"),
    "no-refresh-interval": ("REFRESH-INTERVAL;VALUE=DURATION:PT6H\nX-PUBLISHED-TTL:PT6H\n", ""),
    "rarely-refreshed": ("DURATION:PT6H", "DURATION:P1W"),
    "zone-not-described": ("TZID:Europe/Brussels", "TZID:Europe/Paris"),
    "zone-incomplete": ("TZOFFSETFROM:+0200\nTZOFFSETTO:+0100\n", "TZOFFSETTO:+0100\n"),
    "zone-by-list": ("RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU", "RDATE:19711031T030000,19721029T030000"),
    "zone-with-history": ("TZOFFSETFROM:+0200\nTZOFFSETTO:+0100", "TZOFFSETFROM:+001730\nTZOFFSETTO:+0100"),
    "zone-name": ("Europe/Brussels", "Romance Standard Time"),
    "floating-times": with_event("DTSTART:20261101T100000\nDTEND:20261101T110000\n"),
    "series-in-utc": with_event(
        "DTSTART:20261101T100000Z\nDTEND:20261101T110000Z\nRRULE:FREQ=DAILY;COUNT=9\n"
    ),
    "zone-hint-differs": ("CALSCALE", "X-WR-TIMEZONE:Europe/Paris\nCALSCALE"),
    "no-uid": ("UID:open-day.bakery@example.coop\n", ""),
    "uid-twice": ("UID:open-day.bakery", "UID:assembly.bakery"),
    "date-before-series": (
        "UID:market.bakery@example.coop\nDTSTAMP",
        "UID:fair.bakery@example.coop\nDTSTAMP",
    ),
    "no-stamp": ("DTSTAMP:20260601T120000Z\nLAST", "LAST"),
    "no-change-marks": ("LAST-MODIFIED:20260601T120000Z\nSEQUENCE:202305600\n", ""),
    "bad-sequence": ("SEQUENCE:202305600", "SEQUENCE:-3"),
    "cancelled-hidden": ("SUMMARY:Open day", "STATUS:CANCELLED\nSUMMARY:Open day"),
    "events-alike": timed("20261024T140000", "20261024T173000", "LOCATION:Here\n"),
    "no-start": ("DTSTART;VALUE=DATE:20260912\n", ""),
    "start-unreadable": ("DTSTART;VALUE=DATE:20260912", "DTSTART:12 September"),
    "ends-before-start": ("DTEND;VALUE=DATE:20260913", "DTEND;VALUE=DATE:20260912"),
    "no-end": ("DTEND;VALUE=DATE:20260913\n", ""),
    "end-of-another-kind": ("DTEND;VALUE=DATE:20260913", f"DTEND;{BRUSSELS}:20260913T100000"),
    "midnight-to-midnight": timed("20261101T000000", "20261102T000000"),
    "days-block-time": ("TRANSP:TRANSPARENT\nX-MICROSOFT-CDO-BUSYSTATUS:FREE\n", ""),
    "html-in-description": ("DESCRIPTION:Agenda\\, accounts", "DESCRIPTION:<b>All</b>"),
    "bad-position": ("GEO:51.05;3.72", "GEO:51.05,3.72"),
    "unescaped-text": ("Agenda\\, acc", "Agenda, acc"),
    "escaped-link": ("bakery.example.coop/open", "bakery.example.coop/open\\,day"),
    "place-without-map": (
        "LOCATION:Ghent",
        "LOCATION:Ghent\nX-APPLE-STRUCTURED-LOCATION;VALUE=URI;X-TITLE=Hall:geo:51.05,3.72",
    ),
    "meeting-link-hidden": (
        "LOCATION:Ghent",
        "LOCATION:Ghent\nCONFERENCE;VALUE=URI:https://meet.example.coop/x",
    ),
    "guests-published": ("LOCATION:Ghent", "LOCATION:Ghent\nATTENDEE:mailto:joe@example.org"),
    "alarms": (
        "TRANSP:TRANSPARENT",
        "TRANSP:TRANSPARENT\nBEGIN:VALARM\nACTION:DISPLAY\nTRIGGER:-PT1H\nDESCRIPTION:Now\nEND:VALARM",
    ),
    "further-dates": ("EXDATE;", f"RDATE;{BRUSSELS}:20261101T080000\nEXDATE;"),
    "exception-in-other-zone": (f"EXDATE;{BRUSSELS}:20261031T080000", "EXDATE:20261031T070000Z"),
    "end-of-series": ("UNTIL=20261219T070000Z", "UNTIL=20261219"),
    "series-of-one": ("UNTIL=20261219T070000Z", "COUNT=1"),
    "series-without-dates": timed(
        "20261101T100000",
        "20261101T110000",
        f"RRULE:FREQ=WEEKLY;UNTIL=20261108T090000Z\nEXDATE;{BRUSSELS}:20261101T100000,20261108T100000\n",
    ),
    "rule-unclear": ("RRULE:FREQ=WEEKLY;BYDAY=SA", "RRULE:FREQ=WEEKLY;BYMONTHDAY=5"),
    "rule-within-days": timed("20261101T100000", "20261101T100500", "RRULE:FREQ=HOURLY;COUNT=9\n"),
    "start-not-in-rule": ("RRULE:FREQ=WEEKLY;BYDAY=SA", "RRULE:FREQ=WEEKLY;BYDAY=SU"),
}
"""What breaks the right feed, and the code that tells it."""

BARE = "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\nNAME:x\nX-PUBLISHED-TTL:PT6H\n{}END:VCALENDAR\n"
BYTES: dict[str, bytes] = {
    "line-ends": LINES.encode(),
    "lines-without-end": LINES.replace("\n", "\r").encode(),
    "torn-characters": FEED.replace(b"SUMMARY:Open day", "SUMMARY:Caf\u00e9".encode()[:-1] + b"\r\n \xa9"),
    "bare-calendar": of_text(BARE.format("")),
    "no-events": of_text(BARE.format(LINES[LINES.index("BEGIN:VTIMEZONE") : LINES.index("BEGIN:VEVENT")])),
}
"""Others, as they are."""


def test_the_right_feed_is_right() -> None:
    assert told(FEED) == {}


@pytest.mark.parametrize("code", BROKEN)
def test_what_is_broken_is_found(code: str) -> None:
    """In a line that is broken, and nothing else is told."""
    old, new = BROKEN[code]
    assert old in LINES
    text = LINES.replace(old, new) if code == "zone-name" else LINES.replace(old, new, 1)
    if code == "events-alike":
        text = LINES.replace(*timed("20261101T100000", "20261101T110000"))
        text = text.replace(
            "END:VCALENDAR", text[text.index("BEGIN:VEVENT\nUID:new") :].replace("UID:new", "UID:newer")
        )
    found = told(of_text(text))

    assert set(found) == {code}
    assert all(found[code])
    assert all("“”" not in fault.said for fault in faults_of(of_text(text)).found)


@pytest.mark.parametrize(
    ("rule", "harmed"),
    [
        *((f"FREQ={fine}{more}", ("GOOGLE", "OUTLOOK", "APPLE")) for fine in ("SECONDLY", "MINUTELY", "HOURLY") for more in ("", ";INTERVAL=24", ";COUNT=99999999999", ";BYDAY=SU")),
        *((f"FREQ=DAILY;{clock}", ("OUTLOOK",)) for clock in ("BYHOUR=10,12", "BYMINUTE=0,30", "BYSECOND=0,1", "BYHOUR=10,11;BYMINUTE=0,30")),
        *((f"FREQ={coarse};BYHOUR=10;BYMINUTE=0", ()) for coarse in ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")),
    ],
)  # fmt: skip
def test_a_rule_of_several_times_a_day_is_told_with_whom_it_harms(rule: str, harmed: tuple[str, ...]) -> None:
    old, new = timed("20261101T100000", "20261101T100500", f"RRULE:{rule}\n")
    found = {str(fault.kind.code): fault for fault in faults_of(of_text(LINES.replace(old, new, 1))).found}

    assert set(found) == ({"rule-within-days"} if harmed else set())
    for fault in found.values():
        assert tuple(client.name for client in Client if fault.harm_to(client)) == tuple(
            client.name for client in Client if client.name in harmed
        )


@pytest.mark.parametrize("code", BYTES)
def test_what_is_broken_as_a_whole_is_found(code: str) -> None:
    assert set(told(BYTES[code])) == {code}


def test_every_kind_is_tried() -> None:
    assert {str(kind.code) for kind in KINDS} == BROKEN.keys() | BYTES.keys()


@pytest.mark.parametrize("file", GOLDEN, ids=lambda file: str(file.relative_to(file.parents[2])))
def test_feeds_of_ours_are_right(file: Path) -> None:
    """What they are told is what their sources ask for: STATUS:CANCELLED, no events, tags that an author wrote as text."""
    faults = Faults()
    lint(file.read_bytes(), faults)
    found = {str(fault.kind.code) for fault in faults.found}

    assert found <= {"cancelled-hidden", "no-events", "html-in-description"}
    assert "html-in-description" not in found or b"<b>No" in file.read_bytes().replace(b"\r\n ", b"")


@given(st.binary(max_size=2_000), st.integers(0, len(FEED)), st.integers(0, 40))
def test_any_bytes_are_looked_at(junk: bytes, at: int, gone: int) -> None:
    """Whatever stands in a feed, or in its place."""
    told(junk)
    told(FEED[:at] + junk[:200] + FEED[at + gone :])


@given(st.lists(st.sampled_from(LINES.splitlines()), max_size=60))
def test_lines_in_any_order_are_looked_at(lines: list[str]) -> None:
    told(of_text("\n".join(["BEGIN:VCALENDAR", *lines])))


HOSTILE = {
    "rules": "RRULE:FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30\n",
    "counted": f"RRULE:FREQ=SECONDLY;COUNT=999999999\nEXDATE;{BRUSSELS}:20261101T100000\n",
    "far": f"RRULE:FREQ=YEARLY;INTERVAL=10000;COUNT=99999\nEXDATE;{BRUSSELS}:20261101T100000\n",
    "excepted": f"RRULE:FREQ=DAILY;COUNT=9\nEXDATE;{BRUSSELS}:{','.join(['20261101T100000'] * 400)}\n",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_calendars_take_no_long_time(name: str) -> None:
    old, new = timed("20261101T100000", "20261101T110000", HOSTILE[name])
    text = LINES.replace(old, "") + "".join(
        new.removesuffix(old).replace("UID:new", f"UID:{number}") for number in range(400)
    )
    begun = time.process_time()
    told(of_text(text.rstrip("\n") + "\nEND:VCALENDAR\n"))

    assert time.process_time() - begun < 8


@pytest.mark.parametrize("body", [b"BEGIN:VCALENDAR\r\n" + b"\n \xa9" * 300_000, b"BEGIN:VEVENT\n" * 200_000])
def test_hostile_lines_take_no_long_time(body: bytes) -> None:
    begun = time.process_time()
    told(body)

    assert time.process_time() - begun < 20


def test_a_fault_names_its_first_lines_and_counts_the_rest() -> None:
    faults = Faults()
    lint(
        FEED.replace(b"END:VCALENDAR\r\n", b"BEGIN:VEVENT\r\nEND:VEVENT\r\n" * 50 + b"END:VCALENDAR\r\n"),
        faults,
    )
    (fault,) = [fault for fault in faults.found if fault.kind.code == "no-uid"]

    assert (len(fault.lines), fault.count) == (10, 50)
    assert fault.harm_to(Client.OUTLOOK) is Harm.FATAL


def test_every_rule_is_looked_at_or_a_reason_is_given() -> None:
    """The rules are those of ``docs/clients.md``; what is looked at names their numbers."""
    from coopcal.doctor.verdict import KINDS as ALL_KINDS  # noqa: PLC0415 - beside those of calendars alone

    rules = set(re.findall(r"^\| (\d+(?:\.\d+)?) \|", CLIENTS, re.MULTILINE))
    looked_at = {rule for kind in ALL_KINDS for rule in kind.rules}

    assert len(rules) > 60
    assert looked_at <= rules
    assert rules - looked_at == NOT_LOOKED_AT.keys()
    assert all(NOT_LOOKED_AT.values())


NOT_LOOKED_AT = {
    "2.3": "the same event in two feeds: one feed is looked at",
    "2.10": "of files that are imported, not of feeds",
    "2.11": "what was there before, one visit does not see",
    "4.1": "a button on a page, not a feed",
    "4.2": "a button on a page, not a feed",
    "6.7": "colours: every client shows the feed without them",
    "9.2": "the name in an address that a page opens, not in a feed",
}
"""Why other rules are not."""
