"""What nobody needs any more is swept; nothing that a kept generation needs, or that others put there."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from obstore.store import MemoryStore
from tests.support.published import AT_ONCE, publication
from tests.support.trees import compiled, lay

from coopcal.publish.store import keys
from coopcal.publish.store.bucket import Bucket
from coopcal.publish.store.fetch import fetch
from coopcal.publish.store.generation import CODEC, Generation
from coopcal.publish.store.publish import publish
from coopcal.publish.store.sweep import AGE, KEPT, SLACK

WRITTEN = datetime.now(UTC).replace(microsecond=0)
"""When the store says that all was written."""


@pytest.fixture
def bucket() -> Bucket:
    return Bucket(MemoryStore(), "memory://site")


def there(bucket: Bucket) -> set[str]:
    return {one.key for one in bucket.list()}


def publish_at(bucket: Bucket, root: Path, number: int, instant: datetime) -> None:
    """Compile and publish a site with a style sheet of its own."""
    compiled(root, WRITTEN + timedelta(seconds=number))
    files = {"index.html": f"<p>{number}", f"static/style.{number:012x}.css": "p {}", "site.json": "{}"}
    assert publish(bucket, publication(root, files, instant), AT_ONCE).number == number


def published(root: Path, bucket: Bucket, count: int) -> None:
    """Publish several generations, the oldest now."""
    for number in range(1, count + 1):
        publish_at(bucket, root, number, WRITTEN + timedelta(hours=number))


def test_generations_that_are_old_go_with_what_they_alone_needed(tmp_path: Path, bucket: Bucket) -> None:
    root = lay(tmp_path)
    published(root, bucket, 5)
    first = CODEC.loads(Generation, bucket.read(keys.generation_key(1)) or b"")
    bucket.put("of-others.txt", b"mine", "text/plain", "no-cache")

    publish_at(bucket, root, 6, WRITTEN + AGE + SLACK + timedelta(days=1))

    left = there(bucket)
    assert {key for key in left if keys.number_of(key)} == {keys.generation_key(one) for one in (4, 5, 6)}
    assert not left & {keys.marker_key(1, keys.DONE), keys.listing_key(first.listing)}
    assert keys.file_key(first.site["manifest.json"].digest) not in left
    assert {key for key in left if key.startswith("static/")} == {
        f"static/style.{number:012x}.css" for number in (4, 5, 6)
    }
    assert "of-others.txt" in left
    assert fetch(bucket, tmp_path / "out") == 6


def test_nothing_is_swept_within_a_week(tmp_path: Path, bucket: Bucket) -> None:
    root = lay(tmp_path)
    published(root, bucket, 5)
    before = there(bucket)

    publish_at(bucket, root, 6, WRITTEN + AGE)

    assert before <= there(bucket)


def test_the_newest_are_kept_however_old_they_are(tmp_path: Path, bucket: Bucket) -> None:
    root = lay(tmp_path)
    published(root, bucket, KEPT - 1)
    before = there(bucket)

    publish_at(bucket, root, KEPT, WRITTEN + timedelta(days=400))

    assert before <= there(bucket)


def test_nothing_is_swept_where_a_generation_that_is_kept_cannot_be_read(
    tmp_path: Path, bucket: Bucket
) -> None:
    """What it needs is not known."""
    root = lay(tmp_path)
    published(root, bucket, 5)
    bucket.delete([keys.generation_key(4)])
    before = there(bucket)

    publish_at(bucket, root, 6, WRITTEN + AGE + SLACK + timedelta(days=1))

    assert before <= there(bucket)


def test_what_was_put_there_lately_stays_though_no_generation_names_it(
    tmp_path: Path, bucket: Bucket
) -> None:
    """Somebody may be about to publish it."""
    root = lay(tmp_path)
    for number in range(1, 6):
        publish_at(bucket, root, number, WRITTEN - timedelta(days=40 - number))
    before = there(bucket)

    publish_at(bucket, root, 6, WRITTEN)

    gone = before - there(bucket)
    assert gone == {
        key
        for number in (1, 2, 3)
        for key in (keys.generation_key(number), keys.marker_key(number, keys.DONE))
    }
