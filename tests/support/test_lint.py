"""The lint that other tests rely on finds what is wrong."""

from pathlib import Path

import pytest
from tests.support.lint import faults

GOOD = (Path(__file__).parents[1] / "golden/feeds/series/expected/club.ics").read_bytes()
MARKET = GOOD[GOOD.index(b"BEGIN:VEVENT") : GOOD.index(b"END:VEVENT\r\n") + len(b"END:VEVENT\r\n")]

BROKEN = [
    (b"\r\n", b"\n", "has line ends other than CRLF (4.19)"),
    (b"BEGIN:VCALENDAR", b"\xef\xbb\xbfBEGIN:VCALENDAR", "does not begin with BEGIN:VCALENDAR (4.19)"),
    (b"SUMMARY:Market", b"SUMMARY:" + b"M" * 80, "line of 88 octets (6.1)"),
    (b"SUMMARY:Market", b"SUMMARY:Mar\x07ket", "has control characters"),
    (b"SUMMARY:Market", b"SUMMARY:Mar;ket", "text not escaped (6.2)"),
    (b"SUMMARY:Market", b"SUMMARY:Market\r\nSUMMARY:Twice", "SUMMARY stands 2 times"),
    (b"SUMMARY:Market\r\n", b"", "SUMMARY stands 0 times"),
    (b"SUMMARY:Market", b"SUMMARY:Market\r\nX-OTHER:1", "X-OTHER has no place in a VEVENT"),
    (b"SUMMARY:Market", b"SUMMARY:Market\r\nRDATE;VALUE=DATE:20260503", "RDATE stands in VEVENT (7.1)"),
    (b"SUMMARY:Market", b"SUMMARY:Market\r\nSTATUS:PERHAPS", "STATUS stands 2 times"),
    (b"UID:weekly.club", b"UID:monthly.club", "UID twice (2.2)"),
    (b"TZID:Europe/Brussels\r\n", b"TZID:Europe/Paris\r\n", "TZID without VTIMEZONE (1.1): Europe/Brussels"),
    (b"DTSTART;VALUE=DATE:20260502", b"DTSTART;VALUE=DATE:20260503", "ends before it starts (5.1)"),
    (b"DTSTART;VALUE=DATE:20260502", b"DTSTART:20260502T100000", "DTSTART and DTEND of two kinds"),
    (b"EXDATE;VALUE=DATE:20261226", b"EXDATE:20261226T000000Z", "EXDATE is of another type or zone than DTSTART (7.2)"),
    (b"EXDATE;VALUE=DATE:20261226", b"EXDATE;VALUE=DATE:20260502", "begins with a date that is left out"),
    (b"EXDATE;VALUE=DATE:20261226", b"EXDATE;VALUE=DATE:20270102", "EXDATE twice"),
    (b"RRULE:FREQ=WEEKLY;BYDAY=SA", b"RRULE:FREQ=WEEKLY;COUNT=1", "RRULE of another form (7.4, 7.5)"),
    (b"RRULE:FREQ=WEEKLY;BYDAY=SA", b"RRULE:FREQ=WEEKLY;UNTIL=20271231T000000Z;BYDAY=SA", "UNTIL does not go with DTSTART (7.3)"),
    (b"RECURRENCE-ID;TZID=Europe/Brussels:20260609T190000", b"RECURRENCE-ID:20260609T170000Z", "RECURRENCE-ID is of another type or zone than DTSTART (7.2)"),
    (b"RECURRENCE-ID;TZID=Europe/Brussels:20260609T190000\r\n", b"", "UID twice (2.2)"),
    (b"SEQUENCE:", b"SEQUENCE:-", "SEQUENCE is no number (2.8)"),
    (b"X-WR-CALNAME:", b"X-WR-CALNAME:Other ", "NAME and X-WR-CALNAME differ (9.1)"),
    (b"CALSCALE:GREGORIAN", b"CALSCALE:GREGORIAN\r\nUID:1", "UID on the VCALENDAR (9.4)"),
    (b"CALSCALE:GREGORIAN", b"CALSCALE:GREGORIAN\r\nMETHOD:PUBLISH", "METHOD stands in VCALENDAR (8.2)"),
    (b"X-PUBLISHED-TTL:PT6H", b"X-PUBLISHED-TTL:PT1H", "refreshed at other times (3)"),
    (b"VERSION:2.0\r\n", b"", "VERSION stands 0 times (9.3)"),
    (b"X-MICROSOFT-CDO-ALLDAYEVENT:TRUE\r\n", b"", "whole day without X-MICROSOFT-CDO-ALLDAYEVENT"),
    (b"TRANSP:TRANSPARENT", b"TRANSP:OPAQUE", "TRANSP and X-MICROSOFT-CDO-BUSYSTATUS disagree (5.3)"),
    (b"SUMMARY:Market", b"SUMMARY:Market\r\nGEO:51.05,3.72", "GEO is not lat;lon (6.5)"),
    (b"SUMMARY:Market", b"SUMMARY:Market\r\nX-ALT-DESC:<b>Market</b>", "X-ALT-DESC stands in VEVENT (6.4)"),
    (b"SUMMARY:Market", b"SUMMARY:Market\r\nX-APPLE-STRUCTURED-LOCATION:geo:51,3", "X-APPLE-STRUCTURED-LOCATION stands in VEVENT (6.6)"),
    (b"SUMMARY:Market", b"SUMMARY:Market\r\nIMAGE:https://a.example", "IMAGE stands in VEVENT (6.8)"),
    (b"SUMMARY:Market", b"SUMMARY:Market\r\nORGANIZER:mailto:a@b.example", "ORGANIZER stands in VEVENT (6.9)"),
    (b"SUMMARY:Market", b"SUMMARY:Market\r\nBEGIN:VALARM\r\nEND:VALARM", "VALARM (8.1)"),
    (GOOD[GOOD.index(b"BEGIN:VTIMEZONE"):GOOD.rindex(b"END:VCALENDAR")], b"", "has no component (8.3)"),
    (MARKET, MARKET + MARKET.replace(b"UID:weekly", b"UID:other"), "alike but for the UID (9.5)"),
    (b"END:VCALENDAR\r\n", b"", "is not one whole VCALENDAR (8.2)"),
]  # fmt: skip


def test_a_right_feed_has_no_fault() -> None:
    assert faults(GOOD) == []


@pytest.mark.parametrize(("old", "new", "fault"), BROKEN, ids=[fault for _, _, fault in BROKEN])
def test_what_is_wrong_is_found(old: bytes, new: bytes, fault: str) -> None:
    assert old in GOOD
    broken = GOOD.replace(old, new) if old == b"\r\n" else GOOD.replace(old, new, 1)

    assert [message for message in faults(broken) if message.startswith(fault)], faults(broken)
