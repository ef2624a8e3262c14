"""An organisation says whose events may name it; until then these are in the feeds of their writers alone."""

from pathlib import Path

import pytest
from tests.support.checking import lay, problems_of
from tests.support.trees import compiled

from coopcal.site.reader import open_site

FILES = {
    "calendars/bakery.yaml": (
        "name: The Bakery\nevents:\n  - id: fair\n    title: Fair\n    when: 2026-09-12 10:00/16:00\n"
        "    partners: [mill]\n    sessions: [{id: talk, title: Talk, when: 11:00/12:00}]\n"
    ),
    "feeds/mills.yaml": "title: Mills\nselect: {organisations: [mill]}\n",
    "feeds/helpers.yaml": "title: Helpers\nselect: {organisations: [mill], roles: [partner]}\n",
}
MILL = "name: The Mill\nevents: [{id: own, title: Own, when: 2026-09-13}]\n"
ALL = {"all", "bakery", "mill", "mills", "helpers"}


@pytest.mark.parametrize(
    ("accepts", "feeds"),
    [
        ("", ALL),
        ("accepts: all\n", ALL),
        ("accepts: [bakery]\n", ALL),
        ("accepts: bakery\n", ALL),
        ("accepts: []\n", {"all", "bakery"}),
        ("accepts: [school]\n", {"all", "bakery"}),
    ],
)
def test_an_event_is_in_the_feeds_of_those_who_accept_it(
    tmp_path: Path, accepts: str, feeds: set[str]
) -> None:
    """Its sessions, too; the writer is told, with what to ask for."""
    files = {**FILES, "calendars/mill.yaml": MILL + accepts, "calendars/school.yaml": "name: The School\n"}
    root = lay(tmp_path / "site", files)
    outcome = compiled(root)
    assert outcome.published

    site = open_site(root / "_site")
    for name in ("Fair", "Talk"):
        holding = {
            feed.id
            for feed in site.feeds.values()
            if any(site.events[at].details.title["en"] == name for at in feed.events)
        }
        assert holding == feeds, name
    told = [each for each in outcome.problems if each.code == "not-accepted"]
    assert [(each.position.path, each.position.line, each.severity) for each in told] == (
        [] if feeds == ALL else [("calendars/bakery.yaml", 6, "warning")]
    )
    assert all("accepts" in (each.mend or "") and "calendars/mill" in (each.mend or "") for each in told)


def test_whom_it_accepts_are_organisations(tmp_path: Path) -> None:
    """Named by their ids."""
    found = problems_of(tmp_path, {**FILES, "calendars/mill.yaml": MILL + "accepts: [bakry]\n"})

    assert [(each.code, each.mend) for each in found if each.severity == "error"] == [
        ("unknown-organisation", "did you mean “bakery”?")
    ]


def test_a_site_can_make_it_an_error(tmp_path: Path) -> None:
    """It is a matter of taste how much it matters."""
    site = "title: T\nuid_domain: example.coop\nchecks: {not-accepted: error}\n"
    files = {**FILES, "coopcal.yaml": site, "calendars/mill.yaml": MILL + "accepts: []\n"}

    found = problems_of(tmp_path, files)

    assert [each.code for each in found if each.severity == "error"] == ["not-accepted"]
