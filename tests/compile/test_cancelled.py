"""What becomes of what is cancelled, postponed or moved, in each feed's way (clients.md 2.12, 2.13)."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import icalendar
import pytest
from tests.support.trees import NOW, compiled, lay

from coopcal.site.reader import open_site

EVENTS = """\
name: The Bakery
country: BE
timezone: Europe/Brussels
events:
  - id: event
    title: {en: Event, fr: Événement}
    when: 2026-09-01 10:00/11:00
    status: cancelled
    reason: {en: No flour, fr: Plus de farine}
  - id: put-off
    title: Put off
    when: 2026-09-02 10:00/11:00
    status: postponed
  - id: day
    title: Day
    when: 2026-09-03 09:00/17:00
    sessions:
      - {id: talk, title: Talk, when: 10:00/11:00, status: cancelled, reason: The speaker is ill}
  - id: series
    title: Series
    when: 2026-09-04 10:00/11:00
    repeats:
      every: week
      count: 4
      changes:
        2026-09-11: {status: cancelled, reason: Flood}
        2026-09-18: {when: 2026-09-19 12:00/13:00, reason: A wedding}
"""


def feed_of(root: Path, policy: str, now: datetime = NOW, more: str = "") -> list[dict[str, Any]]:
    """Return the events of the bakery's feed under a policy."""
    files = {"calendars/bakery.yaml": EVENTS + more, "feeds/bakery.yaml": f"show: {{cancelled: {policy}}}\n"}
    compiled(lay(root, files), now)
    content = open_site(root / "_site").feeds["bakery"].bodies["identity"].content
    return [
        {
            "uid": str(event["UID"]).split("@")[0],
            "title": str(event["SUMMARY"]),
            "text": str(event.get("DESCRIPTION", "")).split("\n")[0],
            "status": str(event.get("STATUS", "-")),
            "busy": str(event["TRANSP"]) == "OPAQUE",
            "date": event["RECURRENCE-ID"].to_ical().decode()[:8] if "RECURRENCE-ID" in event else "",
            "exdates": event.to_ical().count(b"EXDATE"),
        }
        for event in icalendar.Calendar.from_ical(content).walk("VEVENT")
    ]


@pytest.mark.parametrize(("policy", "status"), [("tell", "-"), ("mark", "CANCELLED")])
def test_cancelled_things_stay_and_say_why(policy: str, status: str, tmp_path: Path) -> None:
    """*tell* keeps STATUS:CANCELLED out, as Google hides what has it; *mark* writes it."""
    found = {(each["uid"], each["date"]): each for each in feed_of(tmp_path, policy)}
    told = [found["event.bakery", ""], found["talk.day.bakery", ""], found["series.bakery", "20260911"]]

    assert [each["title"] for each in told] == ["Cancelled: Event", "Cancelled: Talk", "Cancelled: Series"]
    assert [each["text"] for each in told] == [
        "Cancelled: No flour",
        "Cancelled: The speaker is ill",
        "Cancelled: Flood",
    ]
    assert {(each["status"], each["busy"]) for each in told} == {(status, False)}
    assert found["put-off.bakery", ""]["title"] == "Postponed: Put off"
    assert (found["put-off.bakery", ""]["status"], found["put-off.bakery", ""]["busy"]) == ("-", False)


def test_hidden_things_are_left_out_and_a_date_of_a_series_is_an_exdate(tmp_path: Path) -> None:
    found = {(each["uid"], each["date"]): each for each in feed_of(tmp_path, "hide")}

    assert set(found) == {
        ("put-off.bakery", ""), ("day.bakery", ""), ("series.bakery", ""), ("series.bakery", "20260918"),
    }  # fmt: skip
    assert found["series.bakery", ""]["exdates"] == 1


def test_a_moved_date_leaves_a_word_at_the_old_one_until_that_day_is_over(tmp_path: Path) -> None:
    """In feeds that tell; free, with the new time in its title and the reason in its text."""
    (word,) = [each for each in feed_of(tmp_path, "tell") if "moved" in each["uid"]]
    until = open_site(tmp_path / "_site").manifest.good_until

    assert word["uid"] == "series+moved20260918.bakery"
    assert word["title"] == "Moved to Saturday 19 September 2026, 12:00: Series"
    assert word["text"] == "Moved to Saturday 19 September 2026, 12:00–13:00. A wedding"
    assert (word["status"], word["busy"]) == ("-", False)
    assert until == datetime(2026, 9, 18, 22, 0, tzinfo=UTC)
    on_the_day = feed_of(tmp_path, "tell", datetime(2026, 9, 18, 21, 59, tzinfo=UTC))
    the_day_after = feed_of(tmp_path, "tell", datetime(2026, 9, 18, 22, 0, tzinfo=UTC))
    assert "moved" in "".join(each["uid"] for each in on_the_day)
    assert "moved" not in "".join(each["uid"] for each in the_day_after)
    assert "moved" not in "".join(each["uid"] for each in feed_of(tmp_path, "mark"))


def test_an_event_and_a_session_may_say_from_when_they_were_moved(tmp_path: Path) -> None:
    more = (
        "  - id: fair\n    title: Fair\n    when: 2026-10-10\n    moved_from: 2026-10-03\n"
        "    sessions:\n      - {id: opening, title: Opening, when: 10:00/10:30, moved_from: 2026-10-03 10:00/10:30}\n"
    )
    words = {
        each["uid"]: each["title"] for each in feed_of(tmp_path, "tell", more=more) if "moved" in each["uid"]
    }

    assert words["fair+moved20261003.bakery"] == "Moved to Saturday 10 October 2026: Fair"
    assert words["opening.fair+moved20261003.bakery"] == "Moved to Saturday 10 October 2026, 10:00: Opening"


def test_words_keep_their_stamps(tmp_path: Path) -> None:
    """What has not changed is not stamped anew, and the word goes by itself, without an error."""
    feed_of(tmp_path, "tell")
    first = open_site(tmp_path / "_site").feeds["bakery"].bodies["identity"].content
    feed_of(tmp_path, "tell", datetime(2026, 7, 1, tzinfo=UTC))

    assert open_site(tmp_path / "_site").feeds["bakery"].bodies["identity"].content == first


def test_only_what_was_moved_leaves_a_word(tmp_path: Path) -> None:
    """A series that was moved as a whole does so once, whatever else is different on its dates."""
    more = (
        "  - id: choir\n    title: Choir\n    when: 2026-10-05\n    moved_from: 2026-10-02\n"
        "    repeats: {every: week, count: 3, changes: {2026-10-12: {title: Concert}}}\n"
    )
    words = [each["uid"] for each in feed_of(tmp_path, "tell", more=more) if "choir+moved" in each["uid"]]

    assert words == ["choir+moved20261002.bakery"]
