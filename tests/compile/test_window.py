"""What stands in a feed by its window: everything while there is room, then what ended longest ago goes."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import icalendar
import pytest
from tests.support.trees import compiled, lay

from coopcal.compile.render.vcalendar import LIMIT
from coopcal.site.reader import open_site

WORDS = "Words that fill a description, so that a few events are as large as many. " * 200


def many(count: int) -> str:
    """Return a bakery with events of some 15 kB, one a day, and a series that began before them and goes on."""
    first = date(2026, 1, 1)
    events = "".join(
        f"  - id: day-{number}\n    title: Day {number}\n    when: {first + timedelta(days=number)}\n    description: {WORDS}\n"
        for number in range(count)
    )
    series = (
        "  - id: series\n    title: Series\n    when: 2025-01-01 10:00/11:00\n    repeats: {every: week}\n"
    )
    return f"name: The Bakery\ncountry: BE\ntimezone: Europe/Brussels\nevents:\n{series}{events}"


def uids(content: bytes) -> list[str]:
    return [str(event["UID"]).split(".")[0] for event in icalendar.Calendar.from_ical(content).walk("VEVENT")]


def test_a_feed_stays_below_the_limit(tmp_path: Path) -> None:
    """What ended longest ago is left out, with a note; archives hold it; a series that goes on stays (clients.md 4.18)."""
    outcome = compiled(lay(tmp_path, {"calendars/bakery.yaml": many(80)}))
    site = open_site(tmp_path / "_site")
    feed = site.feeds["bakery"]
    content = feed.bodies["identity"].content
    standing = uids(content)

    assert LIMIT - 20_000 < len(content) <= LIMIT
    assert feed.left_out == 81 - len(standing) > 10
    assert standing == ["series", *(f"day-{number}" for number in range(feed.left_out, 80))]
    assert len(uids(site.archives["bakery", 2026].bodies["identity"].content)) == 81
    assert "feed-trimmed" in [problem.code for problem in outcome.problems]


def test_a_private_feed_that_leaves_events_out_says_so(tmp_path: Path) -> None:
    """At each compile, of one that makes nothing anew too, and in its file; what is left out stands nowhere else."""
    private = "title: Board\nfor: {groups: [members]}\nselect: {organisations: [bakery]}\n"
    root = lay(tmp_path, {"calendars/bakery.yaml": many(80), "feeds/board.yaml": private})
    for _ in range(2):
        notes = [each for each in compiled(root).problems if each.code == "feed-trimmed"]

        assert [(each.position.path, each.severity) for each in notes] == [
            ("calendars/bakery.yaml", "note"),
            ("coopcal.yaml", "note"),
            ("feeds/board.yaml", "note"),
        ]
        assert "The private feed “board”" in notes[-1].message
        assert "window: {past: 1 year}" in (notes[-1].mend or "")
        assert "archive/<year>" not in (notes[-1].mend or "")
    (root / "feeds/board.yaml").write_text(f"{private}window: {{past: 1 month}}\n", encoding="utf-8")

    assert [each.position.path for each in compiled(root).problems if each.code == "feed-trimmed"] == [
        "calendars/bakery.yaml",
        "coopcal.yaml",
    ]


@pytest.mark.parametrize("repeats", ["{every: week}", "{every: week, until: 2030-06-01}"])
def test_a_series_stands_in_the_archives_of_its_years(tmp_path: Path, repeats: str) -> None:
    """One that goes on for long up to next year; when the year ends (in UTC, as everywhere), there is another."""
    outcome = compiled(
        lay(tmp_path, {"calendars/bakery.yaml": many(0).replace("{every: week}", repeats)}),
        datetime(2026, 12, 31, 23, 30, tzinfo=UTC),
    )
    assert archives(tmp_path) == [2025, 2026, 2027]
    assert outcome.good_until == datetime(2027, 1, 1, tzinfo=UTC)
    compiled(tmp_path, outcome.good_until)

    assert archives(tmp_path) == [2025, 2026, 2027, 2028]


def archives(root: Path) -> list[int]:
    """Return the years that the bakery's feed has an archive of."""
    return [year for name, year in sorted(open_site(root / "_site").archives) if name == "bakery"]


@pytest.mark.parametrize("past", ["1 day", "6 weeks", "1 month", "3 years", "999 years"])
def test_a_series_without_end_leaves_no_window(tmp_path: Path, past: str) -> None:
    """However long that is; its last date is after all days that there are."""
    files = {"calendars/bakery.yaml": many(0), "feeds/bakery.yaml": f"window: {{past: {past}}}\n"}
    compiled(lay(tmp_path, files))
    site = open_site(tmp_path / "_site")

    assert uids(site.feeds["bakery"].bodies["identity"].content) == ["series"]
    assert site.manifest.good_until == datetime(2027, 1, 1, tzinfo=UTC)


def test_a_window_counts_from_the_last_date_of_a_series(tmp_path: Path) -> None:
    """A series stays while it goes on, and leaves when its last date has left."""
    body = many(0).replace("{every: week}", "{every: week, until: 2026-05-20}")
    files = {"calendars/bakery.yaml": body, "feeds/bakery.yaml": "window: {past: 1 month}\n"}
    compiled(lay(tmp_path, files))
    site = open_site(tmp_path / "_site")
    assert uids(site.feeds["bakery"].bodies["identity"].content) == ["series"]
    assert site.manifest.good_until == datetime(2026, 6, 20, 22, 0, tzinfo=UTC)
    compiled(tmp_path, datetime(2026, 6, 21, tzinfo=UTC))

    assert uids(open_site(tmp_path / "_site").feeds["bakery"].bodies["identity"].content) == []
