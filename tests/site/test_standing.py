"""What stands as it was need not be made: any part of it may be left out, and the version is the same, byte for byte."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Generic, TypeVar

import pytest
from tests.support.sweep import some
from tests.support.trees import NOW, lay

from coopcal.compile.assemble import assemble, assembly
from coopcal.compile.checker import Checker
from coopcal.compile.inputs import Inputs
from coopcal.compile.join import join
from coopcal.compile.organisations import portion
from coopcal.compile.prepared import Standing
from coopcal.compile.previous import finder
from coopcal.site import layout
from coopcal.site.content import CompiledFeed, Content, StandingFeed
from coopcal.site.layout import (
    FORMER_ROWS,
    SiteError,
    current_version,
    feeds_file,
    pack_file,
    records_file,
    rows_file,
)
from coopcal.site.reader import open_site
from coopcal.site.swap import exclusively
from coopcal.site.writer import write

NAMES = ("bakery", "choir", "dairy", "garden", "mill", "school", "theatre")
ORGANISATION = """\
name: The {name}
country: BE
events:
  - {{id: walk, title: Walk, when: 2026-09-0{number} 10:00/12:00}}
  - {{id: fair, title: Fair, when: 2025-08-1{number}}}
"""


def content_of(root: Path, out: Path, days: int) -> Content:
    """Return what a compile makes of a tree some days later, whole."""
    now = NOW + timedelta(days=days)
    checked = Checker(root, now, finder(out, None, first=True)).check()
    assert checked.catalogue is not None, checked.problems
    inputs = Inputs.of(checked.catalogue, checked.plans, checked.published, now, {})
    joined = join([portion(inputs)], inputs)
    feeds = assembly(joined, inputs, Standing())
    content = assemble(joined, inputs, lambda _: root, feeds, Standing())
    return replace(
        content,
        feeds=tuple(feeds),
        published=Given(content.published()),
        records=tuple(records and Given(records()) for records in content.records),
        rows=tuple(rows and Given(rows()) for rows in content.rows),
    )


Value = TypeVar("Value")


@dataclass(frozen=True)
class Given(Generic[Value]):
    """Gives a value, which can be compared."""

    value: Value

    def __call__(self) -> Value:
        """Return it."""
        return self.value


def written(content: Content, out: Path) -> Path:
    """Write a version; return its folder."""
    with exclusively(out):
        write(content, out)
    return current_version(out)


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


class Edited:
    """A site of seven organisations that was written, and the content of the next version, in which one has other events."""

    def __init__(self, root: Path) -> None:
        texts = {
            f"calendars/{name}.yaml": ORGANISATION.format(name=name.title(), number=number)
            for number, name in enumerate(NAMES, 1)
        }
        self.root = lay(root / "tree", texts)
        self.out = root / "site"
        self.before = content_of(self.root, self.out, 0)
        written(self.before, self.out)
        lay(
            root / "tree",
            texts | {"calendars/mill.yaml": texts["calendars/mill.yaml"].replace("Walk", "Run")},
        )
        self.now = content_of(self.root, self.out, 1)

    def left_out(self, leave: Callable[[], bool]) -> Content:
        """Return the content without what stands as it was, where ``leave`` says so of it."""
        known = {address(feed): feed for feed in self.before.feeds if isinstance(feed, CompiledFeed)}
        return replace(
            self.now,
            feeds=tuple(
                address(feed) if known.get(address(feed)) == feed and leave() else feed
                for feed in self.now.feeds
            ),
            records=tuple(
                None if one == other and leave() else one
                for one, other in zip(self.now.records, self.before.records, strict=True)
            ),
            rows=tuple(
                None if one == other and leave() else one
                for one, other in zip(self.now.rows, self.before.rows, strict=True)
            ),
            former_rows=None if leave() else self.now.former_rows,
        )


def address(feed: CompiledFeed | StandingFeed) -> StandingFeed:
    return StandingFeed(feed.id, feed.year, feed.translation, feed.changes)


@pytest.fixture(scope="module")
def edited(tmp_path_factory: pytest.TempPathFactory) -> Edited:
    """Return a site in four shards."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(layout, "LARGEST_SHARD", 2)
        return Edited(tmp_path_factory.mktemp("edited"))


@pytest.fixture
def out(edited: Edited, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of the site as it was before the edit."""
    monkeypatch.setattr(layout, "LARGEST_SHARD", 2)
    return shutil.copytree(edited.out, tmp_path / "site")


@pytest.mark.parametrize("seed", [None, *some(range(60), sample=8)])
def test_a_version_is_the_same_whatever_of_it_stands(
    seed: int | None, edited: Edited, out: Path, tmp_path: Path
) -> None:
    """All that may, or any part of it, in runs and one by one."""
    whole = written(edited.now, shutil.copytree(out, tmp_path / "whole"))
    chance = Random(seed)
    share = 1.0 if seed is None else chance.random()
    content = edited.left_out(lambda: chance.random() < share)

    version = written(content, out)

    assert version.name == whole.name
    assert files(version) == files(whole)


def test_most_of_it_stands_where_one_organisation_was_edited(edited: Edited) -> None:
    content = edited.left_out(lambda: True)

    assert [number for number, one in enumerate(content.records) if one is not None] == [
        layout.Shards(4).of("mill")
    ]
    assert {feed.id for feed in content.feeds if isinstance(feed, CompiledFeed)} == {"all", "mill"}


def test_what_stands_is_shared_out_anew_where_there_are_more_shards(
    edited: Edited, out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Feeds are copied; records and rows are to be made."""
    monkeypatch.setattr(layout, "LARGEST_SHARD", 1)
    now = content_of(edited.root, edited.out, 1)
    standing = edited.left_out(lambda: True).feeds
    whole = written(now, shutil.copytree(out, tmp_path / "whole"))

    assert files(written(replace(now, feeds=standing), out)) == files(whole)
    with pytest.raises(SiteError, match="stay as it was"):
        written(
            replace(now, records=(None, *now.records[1:])), shutil.copytree(edited.out, tmp_path / "other")
        )


@pytest.mark.parametrize("made", ["", "choir"])
@pytest.mark.parametrize("name", [feeds_file(2), pack_file(2), records_file(2), rows_file(2), FORMER_ROWS])
def test_what_is_damaged_does_not_stand(made: str, name: str, edited: Edited, out: Path) -> None:
    """Nor what is not there, though a feed beside it is made anew: nothing is written, and the site is what it was."""
    before = current_version(out)
    standing = edited.left_out(lambda: True)
    pairs = zip(edited.now.feeds, standing.feeds, strict=True)
    content = replace(standing, feeds=tuple(feed if feed.id == made else one for feed, one in pairs))
    damaged = before / name
    whole = damaged.read_bytes()
    for harm in (whole[:-2] + b"  ", whole[: len(whole) // 2], None):
        damaged.unlink(missing_ok=True)
        if harm is not None:
            damaged.write_bytes(harm)
        with pytest.raises(SiteError, match="stay as it was"):
            written(content, out)
        assert current_version(out) == before
        assert not list((out / layout.VERSIONS).glob("aside-*"))
    damaged.write_bytes(whole)
    assert open_site(out).version == before.name


def test_where_nothing_stands_nothing_can(edited: Edited, tmp_path: Path) -> None:
    for content in (
        replace(edited.now, feeds=(StandingFeed("all"),)),
        replace(edited.now, former_rows=None),
        replace(edited.before, feeds=(StandingFeed("nowhere"),)),
    ):
        with pytest.raises(SiteError):
            written(content, tmp_path)


def test_a_feed_that_was_not_there_cannot_stand(edited: Edited, out: Path) -> None:
    with pytest.raises(SiteError, match="nowhere"):
        written(replace(edited.now, feeds=(StandingFeed("nowhere"),)), out)
