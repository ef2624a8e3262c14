"""Feeds are compressed in several threads, some bytes ahead."""

import gzip
from pathlib import Path

import brotli
import pytest
from tests.support.trees import compiled, lay

from coopcal.site import packing
from coopcal.site.reader import open_site


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
