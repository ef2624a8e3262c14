"""A compile that knows the last one makes what one makes that knows nothing: after any edits, byte for byte."""

import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from tests.support.edits import EDIT, NAMES, SITE, organisation, restore, texts
from tests.support.sweep import some
from tests.support.trees import NOW, lay

from coopcal.compile.batches.crew import Crew
from coopcal.compile.pipeline import Outcome, compile_site

EDITS = 12
"""Edits of a run, one after another."""

LATER = (
    timedelta(seconds=1),
    timedelta(minutes=10),
    timedelta(hours=5),
    timedelta(days=9),
    timedelta(days=200),
)
"""How much later the next compile may be; some organisations' events are over by then, or a year ends."""


@pytest.fixture
def crew() -> Iterator[Crew]:
    with ExitStack() as stack:
        yield Crew([stack.enter_context(ThreadPoolExecutor(1)) for _ in range(2)])


def federation(root: Path, chance: Random) -> Path:
    """Lay five organisations into a folder."""
    files = {f"calendars/{name}.yaml": organisation(chance, name) for name in NAMES}
    return lay(root, {"coopcal.yaml": SITE, **files})


def files(folder: Path) -> dict[Path, bytes]:
    """Return the files of a folder."""
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def told(outcome: Outcome) -> list[str]:
    """Return what is told of sources, in lines."""
    return [
        f"{one.position.path}:{one.position.line} {one.code} {one.message} | {one.mend}"
        for one in outcome.problems
    ]


class Pair:
    """A site that is compiled again and again, and its copy that is compiled anew each time, of the site before alone."""

    def __init__(self, root: Path, aside: Path) -> None:
        self.root, self.site = root, root / "_site"
        self._aside = aside

    def compile(self, now: datetime, crew: Crew | None = None) -> Outcome:
        """Compile both, and compare them."""
        cold = self._aside / "cold/_site"
        shutil.rmtree(self._aside, ignore_errors=True)
        if self.site.exists():
            shutil.copytree(self.site, cold)
        fresh = compile_site(self.root, cold, now, first=True)
        made = compile_site(self.root, self.site, now, first=True, crew=crew)

        assert told(made) == told(fresh)
        assert replace(made, texts={}) == replace(fresh, texts={})
        assert {path: made.texts[path] for path in fresh.texts} == fresh.texts
        if made.published:
            version = f"versions/{made.version}"
            assert files(self.site / version) == files(cold / version)
        return made


@pytest.mark.parametrize("seed", some(range(200), sample=8))
def test_what_was_kept_is_never_seen(seed: int, tmp_path: Path, crew: Crew) -> None:
    """Edits of every kind, one after another, while the instant moves on; a third are compiled by several workers."""
    chance, now = Random(seed), NOW
    pair = Pair(federation(tmp_path / "tree", chance), tmp_path / "aside")
    pair.compile(now)
    for number in range(EDITS):
        before = texts(pair.root)
        for _ in range(chance.choice((0, 1, 1, 1, 2))):
            chance.choice(EDIT)(pair.root, chance)
        now += chance.choice(LATER[: 3 if chance.random() < 0.7 else None])
        made = pair.compile(now, crew if chance.random() < 0.3 else None)
        if not made.published and chance.random() < 0.8:
            restore(pair.root, before)
        assert number < EDITS
