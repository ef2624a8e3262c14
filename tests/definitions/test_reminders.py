"""With which reminders feeds are offered: what the site says, and what a feed says in its place."""

from pathlib import Path

import pytest
from tests.support.checking import problems_of
from tests.support.trees import SITE, compiled, lay

from coopcal.definitions.catalogue import decode
from coopcal.definitions.source.reader import read_tree
from coopcal.site.reader import open_site


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("[evening, morning, PT2H]", ("evening", "morning", "PT2H")),
        ("P1W", ("P1W",)),
        ("[P30D, PT90M, P1DT12H]", ("P30D", "PT90M", "P1DT12H")),
        ("[morning, morning]", ("morning",)),
        ("[]", ()),
    ],
)
def test_reminders_are_kept_as_they_are_written(tmp_path: Path, written: str, read: tuple[str, ...]) -> None:
    """Once each, in order."""
    sources, _ = read_tree(lay(tmp_path, {"coopcal.yaml": f"{SITE}reminders: {written}\n"}))
    catalogue, problems = decode(sources)

    assert catalogue is not None
    assert catalogue.settings.reminders == read
    assert problems == ()


@pytest.mark.parametrize("written", ["noon", "P31D", "P5W", "PT0M", "P", "-PT2H", "PT٢H", "two hours"])
@pytest.mark.parametrize("path", ["coopcal.yaml", "feeds/talks.yaml"])
def test_what_is_no_reminder_is_told_with_what_is(tmp_path: Path, path: str, written: str) -> None:
    """At its place, in the site and in a feed."""
    above = SITE if path == "coopcal.yaml" else "title: Talks\n"
    files = {"coopcal.yaml": SITE, path: f"{above}reminders: [evening, {written}]\n"}

    [problem] = [one for one in problems_of(tmp_path, files) if one.severity == "error"]

    assert (problem.code, problem.position.path) == ("bad-duration", path)
    assert problem.position.column == len("reminders: [evening, ") + 1
    assert problem.mend is not None
    assert "evening" in str(problem.mend)


@pytest.mark.parametrize("path", ["coopcal.yaml", "feeds/talks.yaml"])
def test_a_word_of_people_for_the_key_is_mended(tmp_path: Path, path: str) -> None:
    """One reminder, and the word in other languages."""
    above = SITE if path == "coopcal.yaml" else "title: Talks\n"
    for word in ("reminder", "promemoria", "recordatorios"):
        files = {"coopcal.yaml": SITE, path: f"{above}{word}: evening\n"}
        [problem] = [one for one in problems_of(tmp_path, files) if one.code == "unknown-key"]

        assert "reminders" in str(problem.mend)


def test_a_feed_is_offered_with_its_own_else_with_those_of_the_site(tmp_path: Path) -> None:
    """An organisation's feed too; an empty list means none. Translations have them, archives and changes have none."""
    files = {
        "coopcal.yaml": f"{SITE}reminders: [evening, PT2H]\n",
        "calendars/mill.yaml": "name: The Mill\ncountry: BE\n",
        "feeds/mill.yaml": "reminders: []\n",
        "feeds/talks.yaml": "title: Talks\nreminders: morning\n",
        "feeds/walks.yaml": "title: Walks\n",
    }
    compiled(lay(tmp_path, files))
    site = open_site(tmp_path / "_site")

    assert {name: entry.reminders for name, entry in site.feeds.items()} == {
        "all": ("evening", "PT2H"),
        "bakery": ("evening", "PT2H"),
        "mill": (),
        "talks": ("morning",),
        "walks": ("evening", "PT2H"),
    }
    assert site.translations["talks", "fr"].reminders == ("morning",)
    assert {entry.reminders for entry in (*site.archives.values(), *site.changes.values())} == {None}


def test_that_nobody_says_is_not_that_there_are_none(tmp_path: Path) -> None:
    """Where nobody says, pages offer the usual ones; an empty list is a wish, of a feed and of the site."""
    files = {"feeds/quiet.yaml": "title: Quiet\nreminders: []\n", "feeds/talks.yaml": "title: Talks\n"}
    compiled(lay(tmp_path, files))
    unsaid = open_site(tmp_path / "_site").feeds
    compiled(lay(tmp_path, {"coopcal.yaml": f"{SITE}reminders: []\n"}))
    said = open_site(tmp_path / "_site").feeds

    assert (unsaid["quiet"].reminders, unsaid["talks"].reminders, unsaid["bakery"].reminders) == (
        (),
        None,
        None,
    )
    assert {entry.reminders for entry in said.values()} == {()}


@pytest.mark.parametrize("path", ["coopcal.yaml", "feeds/talks.yaml"])
def test_other_reminders_alone_are_seen_by_the_next_compile(tmp_path: Path, path: str) -> None:
    """Where all that a feed holds stands as it was."""
    files = {"coopcal.yaml": SITE, "feeds/talks.yaml": "title: Talks\n"}
    compiled(lay(tmp_path, files))
    before = open_site(tmp_path / "_site").feeds["talks"]

    compiled(lay(tmp_path, {path: f"{files[path]}reminders: [P1D]\n"}))
    after = open_site(tmp_path / "_site").feeds["talks"]

    assert (before.reminders, after.reminders) == (None, ("P1D",))
    assert after.bodies["identity"] == before.bodies["identity"]
