"""A preview that knows the last one shows what one shows that knows nothing: after any edits, byte for byte."""

import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from tests.support.edits import EDIT, NAMES, SITE, breaks, organisation, restore, texts
from tests.support.sweep import some
from tests.support.trees import NOW, lay

from coopcal.compile.kept import Kept
from coopcal.compile.pipeline import compile_preview, compile_site
from coopcal.site.layout import current_version, pack_file

EDITS = 12
"""Edits of a run, one after another."""


@pytest.mark.parametrize("seed", some(range(120), sample=6))
@pytest.mark.parametrize("published", [True, False])
def test_what_is_kept_is_never_seen(seed: int, published: bool, tmp_path: Path) -> None:  # noqa: FBT001
    """Edits of every kind, one after another, against a site that is published, or none.

    The instant moves on, too, where there is one: elsewhere all is new, and has the stamp of the first look at it.
    """
    chance = Random(seed)
    root, out = tmp_path / "tree", tmp_path / "tree/_site"
    lay(
        root,
        {"coopcal.yaml": SITE, **{f"calendars/{name}.yaml": organisation(chance, name) for name in NAMES}},
    )
    is_there = published and compile_site(root, out, NOW, first=True).published
    kept, now = Kept(), NOW + timedelta(hours=1)
    for number in range(EDITS):
        before = texts(root)
        chance.choice(EDIT)(root, chance)
        if is_there and chance.random() < 0.3:
            now += chance.choice((timedelta(seconds=1), timedelta(hours=5), timedelta(days=9)))
        shown = compile_preview(root, out, tmp_path / "shown", now, kept, first=True)
        fresh = compile_preview(root, out, tmp_path / "fresh", now, Kept(), first=True)

        assert shown.problems == fresh.problems, number
        assert (shown.version, shown.good_until) == (fresh.version, fresh.good_until), number
        if shown.published:
            packs = [current_version(tmp_path / name) / pack_file(0) for name in ("shown", "fresh")]
            assert packs[0].read_bytes() == packs[1].read_bytes(), number
        elif chance.random() < 0.8:
            restore(root, before)


@pytest.mark.parametrize("edit", EDIT)
def test_no_edit_leaves_anything_as_it_was(edit: Callable[[Path, Random], None], tmp_path: Path) -> None:
    """Each kind of edit alone, some times over, each time on what was published."""
    root = tmp_path / "tree"
    published = 0
    for seed in range(4):
        chance = Random(seed)
        files = {f"calendars/{name}.yaml": organisation(chance, name) for name in NAMES}
        lay(root, {"coopcal.yaml": SITE, **files})
        compile_site(root, root / "_site", NOW, first=True)
        kept = Kept()
        compile_preview(root, root / "_site", tmp_path / "shown", NOW, kept, first=True)
        edit(root, chance)
        shown = compile_preview(root, root / "_site", tmp_path / "shown", NOW, kept, first=True)
        fresh = compile_preview(root, root / "_site", tmp_path / "fresh", NOW, Kept(), first=True)

        assert (shown.version, shown.problems) == (fresh.version, fresh.problems)
        published += fresh.published
        shutil.rmtree(root)
    assert published or edit is breaks


def test_a_file_beside_the_yaml_that_comes_changes_and_goes_is_seen(tmp_path: Path) -> None:
    """A document is named before it is there; then it is other bytes, then too large, then gone."""
    named = (
        "  - {id: one, title: One, when: 2026-09-01, documents: [{label: Agenda, file: files/agenda.pdf}]}\n"
    )
    root = lay(
        tmp_path / "tree", {"coopcal.yaml": SITE, "calendars/bakery.yaml": f"name: B\nevents:\n{named}"}
    )
    kept, document = Kept(), root / "calendars/files/agenda.pdf"
    document.parent.mkdir()
    for number, content in enumerate((None, b"%PDF-1", b"%PDF-2", b"0" * 20_000_001, b"%PDF-1", None)):
        document.unlink(missing_ok=True)
        if content is not None:
            document.write_bytes(content)
        shown = compile_preview(root, root / "_site", tmp_path / "shown", NOW, kept, first=True)
        fresh = compile_preview(root, root / "_site", tmp_path / "fresh", NOW, Kept(), first=True)

        assert (shown.version, shown.problems) == (fresh.version, fresh.problems), number
        assert fresh.published == (number in (1, 2, 4)), number


@pytest.mark.parametrize("published", [True, False])
def test_what_was_not_changed_is_not_made_again(published: bool, tmp_path: Path) -> None:  # noqa: FBT001
    """After one edit, of five organisations one has another portion; also where nothing is published, and a while later."""
    root = lay(tmp_path, {f"calendars/{name}.yaml": organisation(Random(1), name) for name in NAMES})
    if published:
        compile_site(root, root / "_site", NOW, first=True)
    kept = Kept()
    assert compile_preview(root, root / "_site", tmp_path / "aside", NOW, kept, first=True).published
    before = {name: id(made.portion) for name, made in kept.made.items()}
    file = root / "calendars/choir.yaml"
    file.write_text(file.read_text().replace("title: {en: ", "title: {en: New "))
    later = NOW + timedelta(seconds=2)
    assert compile_preview(root, root / "_site", tmp_path / "aside", later, kept, first=True).published

    assert {name for name, made in kept.made.items() if id(made.portion) != before[name]} == {"choir"}


def test_a_preview_that_was_damaged_is_made_anew(tmp_path: Path) -> None:
    """Of one whose feeds would stand as they were, nothing is taken that is not what was written."""
    root = lay(tmp_path / "tree", {f"calendars/{name}.yaml": organisation(Random(1), name) for name in NAMES})
    kept, aside = Kept(), tmp_path / "shown"
    compile_preview(root, root / "_site", aside, NOW, kept, first=True)
    pack = current_version(aside) / pack_file(0)
    pack.write_bytes(pack.read_bytes().replace(b"BEGIN:VEVENT", b"begin:vevent"))
    file = root / "calendars/choir.yaml"
    file.write_text(file.read_text().replace("title: {en: ", "title: {en: New "))
    shown = compile_preview(root, root / "_site", aside, NOW, kept, first=True)
    fresh = compile_preview(root, root / "_site", tmp_path / "fresh", NOW, Kept(), first=True)

    assert shown.version == fresh.version
    assert (current_version(aside) / pack_file(0)).read_bytes().count(b"begin:vevent") == 0
