"""The repository's own calendars: what is known of CICOPA's events stands in the feeds, and nothing that is not public."""

import os
import shutil
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import icalendar
import pytest
from tests.support import lint
from tests.support.trees import NOW

from coopcal.compile.pipeline import compile_site
from coopcal.model.problem import Severity
from coopcal.site.reader import Site, open_site

REPOSITORY = Path(__file__).parents[1]

EVENTS = {
    "Social Cooperatives International School 2017": ("2017-10-19", 4, "Naples"),
    "International Summit of Cooperatives 2016": ("2016-01-01", 1, ""),
    "ICA Global Conference and General Assembly": ("2013-11-01", 5, "Cape Town"),
    "CICOPA General Assembly": ("2013-11-02", 1, "Cape Town"),
    "Workshop: Access to community services": ("2013-11-03", 1, "Cape Town"),
    "Global Worker Cooperative Day": ("2012-11-16", 1, "Marseille"),
    "Cooperatives United": ("2012-10-29", 5, "Manchester"),
    "Quebec International Summit of Cooperatives 2012": ("2012-10-08", 4, "Quebec"),
    "Resilience of cooperatives to the crisis": ("2012-10-05", 1, "Geneva"),
    "CICOPA-Americas, first Ordinary Assembly": ("2012-05-01", 31, "Panama"),
    "CICOPA General Assembly 2011": ("2011-11-14", 5, "Cancun"),
    "cooperatives and development": ("2011-11-14", 5, "Cancun"),
}
"""Title, first day, days and town of each event and session that is known."""


def sources(folder: Path) -> Path:
    """Return a copy of the repository's sources."""
    for name in ("calendars", "feeds", "files"):
        shutil.copytree(REPOSITORY / name, folder / name)
    shutil.copy(REPOSITORY / "coopcal.yaml", folder)
    return folder


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Return the site of the repository."""
    out = tmp_path_factory.mktemp("own") / "_site"
    outcome = compile_site(REPOSITORY, out, NOW)

    assert [each for each in outcome.problems if each.severity is Severity.ERROR] == []
    return open_site(out)


def events(site: Site, feed: str) -> list[icalendar.Event]:
    content = site.feeds[feed].bodies["identity"].content
    assert lint.faults(content) == []
    return list(icalendar.Calendar.from_ical(content).walk("VEVENT"))


@pytest.mark.parametrize("title", EVENTS)
def test_what_is_known_of_the_ten_events_stands_in_the_combined_feed(site: Site, title: str) -> None:
    """Each once, on the days and in the town that are known, and no more precise than that."""
    first, days, town = EVENTS[title]
    found = [
        each
        for each in events(site, "all")
        if title in str(each["SUMMARY"]) and each.start.year == int(first[:4])
    ]

    assert len(found) == 1
    assert found[0].start == date.fromisoformat(first)
    assert found[0].end - found[0].start == timedelta(days=days)
    assert town in str(found[0].get("LOCATION", ""))


@pytest.mark.parametrize(
    ("feed", "titles"),
    [
        ("cicopa", ["Global Worker Cooperative Day", "cooperatives and development"]),
        ("ihco", ["Access to community services", "cooperatives and development"]),
        ("ica", ["Cooperatives United", "Quebec International Summit"]),
        ("cicopa-and-regions", ["CICOPA-Americas, first Ordinary Assembly", "Global Worker Cooperative Day"]),
        ("in-italy-and-france", ["École internationale", "Journée mondiale"]),
        ("assemblies", ["CICOPA General Assembly", "CICOPA-Americas, first Ordinary Assembly"]),
    ],
)
def test_feeds_hold_what_their_title_says(site: Site, feed: str, titles: list[str]) -> None:
    """An organisation's feed holds what it has a part in; the others what they select."""
    summaries = [str(each["SUMMARY"]) for each in events(site, feed)]

    assert [title for title in titles if not any(title in summary for summary in summaries)] == []


def test_the_sessions_point_at_their_conference(site: Site) -> None:
    """RELATED-TO the parent, with RELTYPE=PARENT or none, which means it."""
    by_uid = {str(each["UID"]): each for each in events(site, "all")}
    sessions = [each for each in by_uid.values() if "Access to community" in str(each["SUMMARY"])]

    assert "ICA Global Conference" in str(by_uid[str(sessions[0]["RELATED-TO"])]["SUMMARY"])


def test_what_is_not_public_is_in_no_file_of_the_site(tmp_path: Path) -> None:
    """Not in a feed, a pack, a record, an index or the memory."""
    compile_site(sources(tmp_path), tmp_path / "_site", NOW)
    (hidden,) = (
        path
        for path in (tmp_path / "calendars").rglob("*.yaml")
        if "visibility: board" in path.read_text(encoding="utf-8")
    )
    lines = hidden.read_text(encoding="utf-8").splitlines()
    where = next(number for number, line in enumerate(lines) if "visibility: board" in line)
    begins = max(number for number in range(where) if lines[number].lstrip().startswith("- id:"))
    identifier = lines[begins].split("id:")[1].strip()
    bodies = {path: path.read_bytes() for path in (tmp_path / "_site").rglob("*") if path.is_file()}

    assert identifier
    assert [path for path, body in bodies.items() if f"{identifier}.".encode() in body] == []
    assert [path.name for path, body in bodies.items() if b"visibility" in body] == ["schema.json"]


def test_two_machines_make_the_same_bytes(tmp_path: Path) -> None:
    """Other folder, zone, language, hash seed and order of files; one SOURCE_DATE_EPOCH."""
    packs = []
    for name, zone, language, seed in (
        ("one", "Pacific/Kiritimati", "C", "1"),
        ("two", "America/St_Johns", "tr_TR.UTF-8", "2"),
    ):
        root = sources(tmp_path / name)
        surroundings = os.environ | {
            "TZ": zone,
            "LC_ALL": language,
            "PYTHONHASHSEED": seed,
            "SOURCE_DATE_EPOCH": "1780315200",
        }
        command = [sys.executable, "-m", "coopcal", "--root", root, "compile"]
        done = subprocess.run(
            command, env=surroundings, capture_output=True, text=True, timeout=60, check=False
        )
        assert done.returncode == 0, done.stderr
        (version,) = (root / "_site/versions").iterdir()
        packs.append(
            {
                str(path.relative_to(version)): path.read_bytes()
                for path in version.rglob("*")
                if path.is_file()
            }
        )

    assert packs[0] == packs[1]
