"""A preview is what publishing now would give, and publishes nothing."""

import shutil
import tempfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.snapshot import snapshot
from tests.support.sweep import sized
from tests.support.trees import BAKERY, SITE, compiled, lay
from tests.support.web import serving

from coopcal.compile.kept import Kept
from coopcal.compile.pipeline import compile_preview, compile_site
from coopcal.model.problem import Severity, has_errors
from coopcal.site.reader import open_site

THEN = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
NOW = datetime(2026, 6, 2, 9, 30, tzinfo=UTC)
FILE = "calendars/bakery.yaml"

MILL = "name: The Mill\ncountry: BE\nevents:\n  - id: milling\n    title: Milling\n    when: 2026-07-04\n"

PLAIN = SITE + "compress_feeds: false\n"
"""Settings of a site that is served as a preview is: not compressed."""

SAVES = {
    "an id mistyped": {FILE: BAKERY.replace("id: open-day", "id: opne-day")},
    "an event gone, and confirmed": {
        FILE: BAKERY.replace("id: open-day", "id: gone").replace("events:", "removed: [open-day]\nevents:")
    },
    "an event renamed": {FILE: BAKERY.replace("id: open-day", "id: doors-open\n    formerly: [open-day]")},
    "a title": {FILE: BAKERY.replace("General assembly", "Assembly")},
    "a date": {FILE: BAKERY.replace("2026-10-24", "2027-10-24")},
    "an error": {FILE: BAKERY.replace("2026-10-24", "2026-10-32")},
    "an organisation": {"calendars/mill.yaml": MILL},
    "a feed": {"feeds/fairs.yaml": "title: Fairs\nselect: {organisations: [bakery]}\n"},
    "a language": {"coopcal.yaml": PLAIN.replace("[en, fr]", "[en, fr, de]")},
    "another domain": {
        "coopcal.yaml": PLAIN.replace("uid_domain: example.coop", "uid_domain: other.example")
    },
    "nothing else": {},
}
"""What is saved for a moment, by name: files beside the example tree."""


def put(root: Path, files: dict[str, str]) -> None:
    """Make a tree the example tree with these files."""
    for folder in ("calendars", "feeds"):
        shutil.rmtree(root / folder, ignore_errors=True)
    lay(root, files)


@settings(max_examples=sized(25, sample=8), deadline=None)
@given(saves=st.lists(st.sampled_from(sorted(SAVES)), max_size=5), hold=st.booleans())
def test_saves_leave_nothing_behind(saves: list[str], hold: bool) -> None:  # noqa: FBT001 - a property
    """The published site keeps every byte, and the next compile gives what it would have given without them."""
    with tempfile.TemporaryDirectory() as folder:
        here, aside = Path(folder) / "here", Path(folder) / "aside"
        site = SITE + ("on_error: hold\n" if hold else "")
        compiled(lay(here, {"coopcal.yaml": site}), THEN)
        shutil.copytree(here, Path(folder) / "untouched")
        before, memory = snapshot(here / "_site"), Kept()
        for number, save in enumerate(saves):
            put(here, {"coopcal.yaml": site, **SAVES[save]})
            compile_preview(here, here / "_site", aside, NOW + timedelta(minutes=number), memory)
        put(here, {"coopcal.yaml": site, **SAVES["a title"]})

        assert snapshot(here / "_site") == before
        put(Path(folder) / "untouched", {"coopcal.yaml": site, **SAVES["a title"]})
        assert compiled(here, NOW) == compiled(Path(folder) / "untouched", NOW)


@pytest.mark.parametrize("save", SAVES)
def test_a_preview_is_what_publishing_now_would_give(tmp_path: Path, save: str) -> None:
    """The same bytes, stamps and problems, after another preview has been."""
    root, memory = lay(tmp_path / "tree", {"coopcal.yaml": PLAIN}), Kept()
    compiled(root, THEN)
    for name in ("an id mistyped", "an organisation", save):
        put(root, {"coopcal.yaml": PLAIN, **SAVES[name]})
        shown = compile_preview(root, root / "_site", tmp_path / "aside", NOW, memory)
    published = compile_site(root, root / "_site", NOW)

    assert replace(shown, texts={}) == replace(published, texts={})
    assert published.texts.items() <= shown.texts.items()


def test_a_first_preview_makes_no_site(tmp_path: Path) -> None:
    """It is shown as a first compile would be."""
    root = lay(tmp_path / "tree", {"coopcal.yaml": PLAIN})
    shown = compile_preview(root, root / "_site", tmp_path / "aside", NOW, Kept())

    assert not (root / "_site").exists()
    assert shown == compile_site(root, root / "_site", NOW)


def test_a_preview_is_not_compressed(tmp_path: Path) -> None:
    """Whoever sees it is near by; what is published is."""
    root = lay(tmp_path / "tree")
    compile_preview(root, root / "_site", tmp_path / "aside", NOW, Kept())
    compiled(root, NOW)

    assert open_site(tmp_path / "aside").feeds["all"].bodies.keys() == {"identity"}
    assert open_site(root / "_site").feeds["all"].bodies.keys() == {"identity", "gzip", "br"}


def test_a_preview_follows_what_is_published_meanwhile(tmp_path: Path) -> None:
    """An event that has been published since is missed when it goes."""
    root, aside, memory = lay(tmp_path / "tree"), tmp_path / "aside", Kept()
    compiled(root, THEN)
    put(root, SAVES["an organisation"])
    compile_preview(root, root / "_site", aside, NOW, memory)
    compiled(root, NOW)
    put(root, {"calendars/mill.yaml": MILL.replace("id: milling", "id: grinding")})
    shown = compile_preview(root, root / "_site", aside, NOW, memory)

    assert [each.code for each in shown.problems if each.severity is Severity.ERROR] == ["event-gone"]


def test_a_site_on_the_web_is_asked_once(tmp_path: Path) -> None:
    """Saves do not wait for it; where it cannot be read, that is told, and the preview is shown all the same."""
    root, memory = lay(tmp_path / "tree"), Kept()
    with serving({}) as web:
        (root / "coopcal.yaml").write_text(f"{SITE}published: {web.root}\n", encoding="utf-8")
        shown = [compile_preview(root, root / "_site", tmp_path / "aside", NOW, memory) for _ in range(3)]
        refused = compile_site(root, root / "_site", NOW)

    assert [(kind, path) for kind, path in web.asked] == [("GET", "/site.json")] * 2
    assert all(each.published for each in shown)
    assert [
        each.code for outcome in shown for each in outcome.problems if each.code == "no-previous-site"
    ] == ["no-previous-site"] * 3
    assert not has_errors(shown[0].problems)
    assert not refused.published
