"""The compiled site of the newest generation is brought into a folder, where it is served, and compiled on top of."""

from datetime import timedelta
from pathlib import Path

import pytest
from obstore.store import MemoryStore
from tests.support.published import AT_ONCE, FILES, compiled_publication
from tests.support.trees import BAKERY, NOW, SITE, compiled, lay

from coopcal.publish.store import keys
from coopcal.publish.store.bucket import Bucket
from coopcal.publish.store.fetch import fetch
from coopcal.publish.store.generation import CODEC, Generation, Part
from coopcal.publish.store.publish import publish
from coopcal.site import layout
from coopcal.site.layout import NoSite, SiteError, current_version
from coopcal.site.reader import open_site

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def bucket() -> Bucket:
    return Bucket(MemoryStore(), "memory://site")


@pytest.fixture
def root(tmp_path: Path, bucket: Bucket) -> Path:
    """Return a tree whose site is published."""
    root = lay(tmp_path / "tree", {"coopcal.yaml": SITE + "on_error: hold\n"})
    publish(bucket, compiled_publication(root), AT_ONCE)
    return root


def files_of(version: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(version)): path.read_bytes()
        for path in version.rglob("*")
        if path.is_file() and layout.PRIVATE not in path.parts
    }


def test_the_site_is_fetched_as_it_was_compiled(tmp_path: Path, bucket: Bucket, root: Path) -> None:
    assert fetch(bucket, tmp_path / "out") == 1

    fetched, own = current_version(tmp_path / "out"), current_version(root / "_site")
    assert fetched.name == own.name
    assert files_of(fetched) == files_of(own)
    assert open_site(tmp_path / "out").site_json == open_site(root / "_site").site_json


def test_only_what_differs_is_fetched(tmp_path: Path, bucket: Bucket, root: Path) -> None:
    """What is the same as in the version before is a link to it."""
    fetch(bucket, tmp_path / "out")
    former = current_version(tmp_path / "out")
    lay(root, {"calendars/bakery.yaml": BAKERY.replace("Open day", "Day of open doors")})
    publish(bucket, compiled_publication(root, FILES, LATER), AT_ONCE)

    assert fetch(bucket, tmp_path / "out", 1) == 2

    now = current_version(tmp_path / "out")
    assert (now / layout.SCHEMA).samefile(former / layout.SCHEMA)
    assert files_of(now) == files_of(current_version(root / "_site"))


def test_a_compile_goes_on_from_what_was_fetched(tmp_path: Path, bucket: Bucket, root: Path) -> None:
    """A machine that has nothing but the sources gives no event another stamp."""
    other = lay(tmp_path / "other", {"coopcal.yaml": SITE + "on_error: hold\n"})
    fetch(bucket, other / "_site")

    compiled(other, LATER)

    stamps = open_site(other / "_site").feeds["bakery"].bodies["identity"].content
    assert stamps == open_site(root / "_site").feeds["bakery"].bodies["identity"].content


def test_sources_that_are_kept_stay_where_they_are_those_of_the_site(bucket: Bucket, root: Path) -> None:
    before = current_version(root / "_site")
    kept = before / layout.PRIVATE / "bakery/calendars/bakery.yaml"
    text = kept.read_text(encoding="utf-8")
    (before / layout.SCHEMA).unlink()

    fetch(bucket, root / "_site")

    now = current_version(root / "_site")
    assert (now / layout.SCHEMA).exists()
    assert (now / layout.PRIVATE / "bakery/calendars/bakery.yaml").read_text(encoding="utf-8") == text


def test_sources_of_another_site_are_not_kept(tmp_path: Path, bucket: Bucket, root: Path) -> None:
    other = lay(tmp_path / "other", {"coopcal.yaml": SITE + "on_error: hold\n"})
    lay(other, {"calendars/bakery.yaml": BAKERY.replace("Open day", "Day of open doors")})
    compiled(other, LATER)

    fetch(bucket, other / "_site")

    assert current_version(other / "_site").name == current_version(root / "_site").name
    assert not (current_version(other / "_site") / layout.PRIVATE).exists()


def test_nothing_that_is_damaged_is_taken(tmp_path: Path, bucket: Bucket, root: Path) -> None:
    fetch(bucket, tmp_path / "out")
    before = current_version(tmp_path / "out")
    lay(root, {"calendars/bakery.yaml": BAKERY.replace("Open day", "Day of open doors")})
    publish(bucket, compiled_publication(root, FILES, LATER), AT_ONCE)
    content = bucket.read(keys.generation_key(2))
    assert content is not None
    digest = CODEC.loads(Generation, content).site["public/feeds/00.pack"].digest
    bucket.put(keys.file_key(digest), b"damaged", keys.BYTES, keys.PRIVATE)

    with pytest.raises(SiteError, match="is not what was written"):
        fetch(bucket, tmp_path / "out")

    assert current_version(tmp_path / "out") == before


@pytest.mark.parametrize(
    "name", ["../../outside", "/outside", "public/../../outside", "private/bakery/x.yaml"]
)
def test_no_file_is_put_outside_of_what_is_public(tmp_path: Path, bucket: Bucket, name: str) -> None:
    """Whoever may write to the bucket writes to no other place of the machines that read it."""
    evil = Generation(1, "0" * 40, NOW, {name: Part("0" * 64, 1)}, "0" * 64)
    bucket.put(keys.generation_key(1), CODEC.dumps(Generation, evil), keys.JSON, keys.PRIVATE)

    with pytest.raises(SiteError, match="may have no file"):
        fetch(bucket, tmp_path / "out")


def test_an_empty_bucket_has_no_site(tmp_path: Path, bucket: Bucket) -> None:
    with pytest.raises(NoSite, match="nothing has been published at memory://site"):
        fetch(bucket, tmp_path / "out")
