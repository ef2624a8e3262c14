"""A preview that knows the last one shows what one shows that knows nothing: after any edits, byte for byte."""

import re
import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from tests.support.sweep import some
from tests.support.trees import NOW, lay

from coopcal.compile.kept import Kept
from coopcal.compile.pipeline import compile_preview, compile_site
from coopcal.site.layout import current_version

NAMES = ("bakery", "choir", "dairy", "school", "forge")
SITE = """\
title: {en: Example, fr: Exemple}
uid_domain: example.coop
base_url: https://calendars.example.coop
languages: [en, fr]
timezone: Europe/Brussels
tags: {open: {en: Open, fr: Ouvert}, talk: {en: Talk, fr: Causerie}}
"""
FEED = "title: Open days\nselect: {tags: [open]}\n"
EDITS = 12
"""Edits of a run, one after another."""


def event(chance: Random, name: str) -> str:
    """Return an event; some are wrong, hidden, cancelled, in series, or name another organisation."""
    day = f"2026-{chance.randint(5, 12):02}-{chance.randint(1, 28):02}"
    lines = [f"  - id: {name}", f"    title: {{en: {name} {chance.randint(1, 99)}, fr: {name} fr}}"]
    when = chance.choice((day, f"{day} 10:00/12:00", f"{day[:7]}", f"{day} 19:00"))
    lines.append(f"    when: {when if chance.random() > 0.01 else '2026-13-40'}")
    more = {
        0.3: f"    tags: [{chance.choice(('open', 'talk'))}]",
        0.2: f"    where: {chance.choice(('shop', '{name: Hall, city: Ghent, country: BE}'))}",
        0.15: f"    organisers: [{chance.choice(NAMES)}]",
        0.12: "    visibility: members",
        0.11: "    status: cancelled",
        0.1: f"    publish_from: 2026-06-{chance.randint(1, 28):02}",
    }
    lines += [line for chances, line in more.items() if chance.random() < chances]
    if chance.random() < 0.2 and " " in when:
        lines.append("    repeats: {every: week, count: 5}")
    return "\n".join(lines) + "\n"


def organisation(chance: Random, name: str) -> str:
    """Return an organisation of some events."""
    events = "".join(event(chance, f"event-{number}") for number in range(3))
    place = f"places: {{shop: {{name: Shop {chance.randint(1, 9)}, city: Ghent, country: BE}}}}\n"
    return f"name: {name.title()}\ncountry: BE\n{place}events:\n{events}"


def _files(root: Path) -> list[Path]:
    return sorted((root / "calendars").glob("*.yaml"))


def _rewrite(root: Path, chance: Random) -> None:
    file = chance.choice(_files(root))
    file.write_text(organisation(chance, file.stem))


def _retitle(root: Path, chance: Random) -> None:
    file = chance.choice(_files(root))
    file.write_text(
        re.sub(r"title: \{en: \S+", f"title: {{en: Word{chance.randint(1, 9)}", file.read_text(), count=1)
    )


def _name(root: Path, chance: Random) -> None:
    file = chance.choice(_files(root))
    file.write_text(re.sub(r"^name: .*", f"name: Called {chance.randint(1, 9)}", file.read_text()))


def _default(root: Path, chance: Random) -> None:
    file = chance.choice(_files(root))
    text = re.sub(r"^defaults: .*\n", "", file.read_text(), flags=re.MULTILINE)
    file.write_text(f"defaults: {{tags: [{chance.choice(('open', 'talk'))}]}}\n{text}")


def _rename(root: Path, chance: Random) -> None:
    file = chance.choice(_files(root))
    to = chance.choice(("mill", "press", "farm"))
    if not (file.parent / f"{to}.yaml").exists():
        file.write_text(
            f"formerly: [{file.stem}]\n"
            + re.sub(r"^formerly: .*\n", "", file.read_text(), flags=re.MULTILINE)
        )
        file.rename(file.parent / f"{to}.yaml")


def _settings(root: Path, chance: Random) -> None:
    site = SITE.replace("Example", chance.choice(("Example", "Another", "Third")))
    if chance.random() < 0.3:
        site = site.replace("[en, fr]", chance.choice(("[en]", "[fr, en]", "[en, fr, de]")))
    (root / "coopcal.yaml").write_text(site)


def _feed(root: Path, chance: Random) -> None:
    file = root / f"feeds/{chance.choice(('open', 'talks'))}.yaml"
    if file.exists() and chance.random() < 0.4:
        file.unlink()
    else:
        file.parent.mkdir(exist_ok=True)
        file.write_text(FEED.replace("[open]", f"[{chance.choice(('open', 'talk'))}]"))


def _break(root: Path, chance: Random) -> None:
    file = chance.choice(_files(root))
    file.write_text(
        file.read_text() + chance.choice(("\t- bad\n", "  - {id: x\n", "nonsense: [\n", "unknown: 1\n"))
    )


def _restore(root: Path, before: dict[Path, bytes]) -> None:
    """Take back what an edit did."""
    for file in root.glob("*/*.yaml"):
        file.unlink()
    for file, content in before.items():
        file.write_bytes(content)


EDIT: tuple[Callable[[Path, Random], None], ...] = (
    _rewrite, _retitle, _name, _default, _rename, _settings, _feed, _break,
)  # fmt: skip


@pytest.mark.parametrize("seed", some(range(120), sample=6))
@pytest.mark.parametrize("published", [True, False])
def test_what_is_kept_is_never_seen(seed: int, published: bool, tmp_path: Path) -> None:  # noqa: FBT001
    """Edits of every kind, one after another, against a site that is published, or none; the instant moves on, too."""
    chance = Random(seed)
    root, out = tmp_path / "tree", tmp_path / "tree/_site"
    lay(
        root,
        {"coopcal.yaml": SITE, **{f"calendars/{name}.yaml": organisation(chance, name) for name in NAMES}},
    )
    if published:
        compile_site(root, out, NOW, first=True)
    kept, now = Kept(), NOW + timedelta(hours=1)
    site = root / "coopcal.yaml"
    for number in range(EDITS):
        before = {file: file.read_bytes() for file in root.glob("*/*.yaml")} | {site: site.read_bytes()}
        chance.choice(EDIT)(root, chance)
        if published and chance.random() < 0.3:
            now += chance.choice((timedelta(seconds=1), timedelta(hours=5), timedelta(days=9)))
        shown = compile_preview(root, out, tmp_path / "shown", now, kept, first=True)
        fresh = compile_preview(root, out, tmp_path / "fresh", now, Kept(), first=True)

        assert shown.problems == fresh.problems, number
        assert (shown.version, shown.good_until) == (fresh.version, fresh.good_until), number
        if shown.published:
            packs = [current_version(tmp_path / name) / "public/feeds.pack" for name in ("shown", "fresh")]
            assert packs[0].read_bytes() == packs[1].read_bytes(), number
        elif chance.random() < 0.8:
            _restore(root, before)


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
    assert published or edit is _break


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
