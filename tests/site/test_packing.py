"""Feeds are compressed in several threads, some bytes ahead."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from random import Random

import brotli
import pytest
from tests.support.trees import NOW, compiled, lay

from coopcal.model.published import Stamp
from coopcal.site import packing
from coopcal.site.content import CompiledFeed
from coopcal.site.files import Files
from coopcal.site.layout import Shards, feeds_file, pack_file
from coopcal.site.reader import open_site
from coopcal.site.standing import Standing


@pytest.mark.parametrize("ahead", [0, 10**9], ids=["one by one", "all at once"])
def test_each_feed_is_compressed_and_stands_beside_its_own_form(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ahead: int
) -> None:
    """Whatever thread compressed it, and whichever of them was ready first."""
    monkeypatch.setattr(packing, "AHEAD", ahead)
    root = lay(tmp_path)
    assert compiled(root).published

    site = open_site(root / "_site")
    feeds = [*site.feeds.values(), *site.archives.values(), *site.translations.values()]

    assert len(feeds) > 3
    for feed in feeds:
        content = feed.bodies["identity"].content
        assert gzip.decompress(feed.bodies["gzip"].content) == content
        assert brotli.decompress(feed.bodies["br"].content) == content


def test_feeds_are_written_while_they_are_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """None but those that wait to be compressed is in memory, and all can be gone through once."""
    monkeypatch.setattr(packing, "AHEAD", 100_000)
    pack = tmp_path / "version" / pack_file(0)

    def feeds() -> Iterator[CompiledFeed]:
        for number in range(40):
            written = pack.stat().st_size if pack.exists() else 0
            assert written >= 20_000 * (number - 7), number
            yield feed(number, 20_000)

    (tmp_path / "version").mkdir()
    files = Files(tmp_path / "version", None)
    ((name, listed),) = packing.put_feeds(feeds(), Shards(1), files, Standing(tmp_path), compress=True)

    assert name == feeds_file(0)
    assert listed is not None
    assert [each["id"] for each in json.loads(listed)] == [f"feed-{number}" for number in range(40)]


def feed(number: int, length: int) -> CompiledFeed:
    return CompiledFeed(
        id=f"feed-{number}", year=None, translation=None, title="Feed", language="en", timezone="UTC", organisation=None,
        stamp=Stamp(NOW, ""), content=Random(number).randbytes(length), count=0, left_out=0, former=(), closed_see=None, gone=False, changes=True,
    )  # fmt: skip
