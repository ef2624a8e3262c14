"""The way to ical.js: what it answers, and that its lack is never passed over in silence."""

from pathlib import Path

import pytest
from tests.support.node import ask, missing, require

CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//example//EN
NAME:Bakery
BEGIN:VTIMEZONE
TZID:Europe/Brussels
BEGIN:STANDARD
DTSTART:20260101T000000
TZOFFSETFROM:+0100
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
UID:open.bakery@example.coop
DTSTAMP:20260101T000000Z
SUMMARY:Open day\\, with bread
CATEGORIES:bread,door
DTSTART;TZID=Europe/Brussels:20260314T090000
DTEND;TZID=Europe/Brussels:20260314T173000
END:VEVENT
END:VCALENDAR
""".replace("\n", "\r\n")


@pytest.mark.node
def test_events_are_answered_with_their_moments() -> None:
    (answer,) = ask([{"ask": "events", "ics": CALENDAR}])
    (event,) = answer["events"]
    assert (answer["name"], answer["zones"]) == ("Bakery", ["Europe/Brussels"])
    assert (event["summary"], event["categories"]) == ("Open day, with bread", ["bread", "door"])
    assert (event["start"], event["zone"]) == ("2026-03-14T09:00:00", "Europe/Brussels")
    assert event["start_utc"] == 1773475200  # 08:00 UTC
    assert event["end_utc"] - event["start_utc"] == 8.5 * 3600


@pytest.mark.node
def test_what_is_refused_is_answered_with_an_error_and_the_rest_is_answered() -> None:
    refused, parsed = ask([{"ask": "jcal", "ics": "BEGIN:VCALENDAR"}, {"ask": "jcal", "ics": CALENDAR}])
    assert "error" in refused
    assert parsed[0] == "vcalendar"


def test_a_missing_reader_skips_with_its_install_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setattr("shutil.which", lambda _: "/bin/node")
    with pytest.raises(pytest.skip.Exception, match="npm ci --prefix tests/node"):
        require(tmp_path)


def test_a_missing_reader_fails_where_tests_must_be_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="NOT asked"):
        require(tmp_path)


def test_another_missing_package_is_told_by_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda _: "/bin/node")
    (tmp_path / "node_modules/ical.js").mkdir(parents=True)
    assert missing(tmp_path) is None
    assert "yaml-language-server was NOT asked" in (missing(tmp_path, "yaml-language-server") or "")


def test_missing_node_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda _: None)
    assert "no Node.js" in (missing() or "")
