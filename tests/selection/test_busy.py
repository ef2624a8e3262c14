"""What the public sees of hidden events: nothing, or that a time is taken."""

from datetime import UTC, datetime
from pathlib import Path

import icalendar
import pytest
from tests.support import lint
from tests.support.trees import NOW, compiled, lay

from coopcal.site.reader import open_site

HEAD = "name: The Bakery\ncountry: BE\ntimezone: Europe/Brussels\nevents:\n"
SHOP = "  - id: open-day\n    title: Open day\n    when: 2026-09-12\n"


def hidden(identifier: str, when: str, more: str = "", title: str = "Secret board meeting") -> str:
    """Return a hidden event that shows as busy."""
    return (
        f"  - id: {identifier}\n    title: {title}\n    when: {when}\n    visibility: members\n"
        f"    public_shows: busy\n{more}"
    )


def feeds_of(
    root: Path, events: str, now: datetime = NOW, feeds: dict[str, str] | None = None
) -> dict[str, bytes]:
    compiled(lay(root, {"calendars/bakery.yaml": HEAD + SHOP + events, **(feeds or {})}), now)
    return {name: feed.bodies["identity"].content for name, feed in open_site(root / "_site").feeds.items()}


def taken(feed: bytes) -> list[tuple[str, str]]:
    """Return start and end of what a feed shows as busy."""
    return [
        (event["DTSTART"].to_ical().decode(), event["DTEND"].to_ical().decode())
        for event in icalendar.Calendar.from_ical(feed).walk("VEVENT")
        if "Busy" in str(event["SUMMARY"])
    ]


def test_touching_and_overlapping_times_are_one(tmp_path: Path) -> None:
    events = (
        hidden("one", "2026-10-05 09:00/10:00")
        + hidden("two", "2026-10-05 10:00/11:00")
        + hidden("three", "2026-10-05 10:30/12:00")
        + hidden("four", "2026-10-05 14:00/15:00")
        + hidden("days", "2026-10-07/2026-10-08")
        + hidden("off", "2026-10-20 09:00/10:00", "    status: cancelled\n")
        + hidden("some-time", "2026-11")
        + hidden("deadline", "until 2026-10-22 09:00")
    )
    feeds = feeds_of(tmp_path, events)

    assert taken(feeds["bakery"]) == [
        ("20261005T090000", "20261005T120000"),
        ("20261005T140000", "20261005T150000"),
        ("20261007", "20261009"),
    ]
    assert lint.faults(feeds["bakery"]) == []
    assert b"ecret" not in b"".join(feeds.values())


def test_a_hidden_series_shows_its_dates_up_to_the_end_of_next_year(tmp_path: Path) -> None:
    """More of it is shown when the year ends; dates that are excepted, moved or cancelled are told right."""
    events = hidden(
        "board",
        "2026-10-05 09:00/10:00",
        "    repeats: {every: month, on: first Monday, except: [2026-11-02], "
        "changes: {2026-12-07: {when: 2026-12-08 18:00/19:00}, 2027-01-04: {status: cancelled}}}\n",
    )
    shown = taken(feeds_of(tmp_path, events)["bakery"])
    site = open_site(tmp_path / "_site")

    assert [start[:8] for start, _ in shown] == [
        "20261005", "20261208", "20270201", "20270301", "20270405", "20270503", "20270607", "20270705", "20270802",
        "20270906", "20271004", "20271101", "20271206",
    ]  # fmt: skip
    assert site.manifest.good_until == datetime(2027, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    "edited",
    [
        hidden("board", "2026-10-05 09:00/11:00", "    where: Elsewhere\n    description: New\n", "Another title"),
        hidden("renamed", "2026-10-05 09:00/10:00") + hidden("more", "2026-10-05 09:30/11:00"),
        hidden("board", "2026-10-05 09:00/11:00", "    status: tentative\n    tags: [secret]\n"),
        hidden("board", "2026-10-05 08:00/10:00", "    timezone: Europe/London\n"),
        hidden("board", "2026-10-05 09:00/11:00") + "  - {id: quiet, title: Quiet, when: 2026-10-06, visibility: members}\n",
    ],
)  # fmt: skip
def test_editing_what_is_hidden_changes_no_public_byte(edited: str, tmp_path: Path) -> None:
    """UID, stamps and bytes are made of the time alone."""
    before = feeds_of(tmp_path, hidden("board", "2026-10-05 09:00/11:00"))
    after = feeds_of(tmp_path, edited, datetime(2026, 7, 1, tzinfo=UTC))

    assert taken(before["bakery"]) == [("20261005T090000", "20261005T110000")]
    assert before == after


def test_feeds_that_choose_by_more_than_the_organisation_show_no_taken_time(tmp_path: Path) -> None:
    """That a time is in a feed of assemblies would tell what it is taken for."""
    feeds = feeds_of(
        tmp_path,
        hidden(
            "board", "2026-10-05 09:00/11:00", "    tags: [assembly]\n    where: {country: BE, city: Ghent}\n"
        ),
        feeds={
            "feeds/assemblies.yaml": "title: Assemblies\nselect: {tags: {any: [assembly]}}\n",
            "feeds/here.yaml": "title: Here\nselect: {countries: [BE]}\n",
            "feeds/bakeries.yaml": "title: Bakeries\nselect: {organisations: [bakery]}\n",
        },
    )
    assert {name for name, feed in feeds.items() if taken(feed)} == {"all", "bakery", "bakeries"}


def test_a_time_that_is_free_again_is_no_error(tmp_path: Path) -> None:
    """It comes and goes with the event; so does a change of it."""
    feeds_of(tmp_path, hidden("board", "2026-10-05 09:00/11:00"))

    assert taken(feeds_of(tmp_path, "")["bakery"]) == []


def test_a_draft_takes_no_time_and_one_that_waits_takes_it_on_its_day(tmp_path: Path) -> None:
    events = hidden("one", "2026-10-05 09:00/10:00", "    draft: true\n")
    events += hidden("two", "2026-10-06 09:00/10:00", "    publish_from: 2026-08-01\n")

    assert taken(feeds_of(tmp_path, events)["bakery"]) == []
    assert open_site(tmp_path / "_site").manifest.good_until == datetime(2026, 7, 31, 22, 0, tzinfo=UTC)
    assert len(taken(feeds_of(tmp_path, events, datetime(2026, 8, 2, tzinfo=UTC))["bakery"])) == 1
