"""What is published to a bucket is brought, and what is wrong is said once."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from obstore.store import MemoryStore
from tests.support.published import AT_ONCE, FILES, compiled_publication
from tests.support.trees import BAKERY, NOW, lay

from coopcal.cli.follower import Follower
from coopcal.publish.store import keys
from coopcal.publish.store.bucket import Bucket, Stored
from coopcal.publish.store.followed import FollowedSite
from coopcal.publish.store.publish import publish
from coopcal.site.layout import NoSite, SiteError
from coopcal.site.reader import open_site


class Reached(Bucket):
    """A bucket that answers, or not."""

    answers = True

    def look(self, key: str) -> Stored | None:
        """Return what is told of a key."""
        if not self.answers:
            raise SiteError("memory does not answer")
        return super().look(key)

    def list(self, folder: str | None = None) -> Iterator[Stored]:
        """Return keys."""
        if not self.answers:
            raise SiteError("memory does not answer")
        return super().list(folder)


@pytest.fixture
def bucket() -> Reached:
    return Reached(MemoryStore(), "memory://site")


def followed(folder: Path) -> FollowedSite:
    return FollowedSite(folder, 0, beside=False)


def test_what_is_wrong_is_said_once_until_it_is_right_again(
    tmp_path: Path, bucket: Reached, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    publish(bucket, compiled_publication(lay(tmp_path / "tree")), AT_ONCE)
    follower = Follower(bucket, out, 1, "en")
    follower.bring()
    live = followed(out)
    assert (live.current().version, live.trouble) == (open_site(out).version, "")

    bucket.answers = False
    follower.bring()
    follower.bring()
    assert live.trouble == "memory does not answer"
    assert live.current().version == open_site(out).version

    bucket.answers = True
    follower.bring()
    assert live.trouble == ""
    assert capsys.readouterr().err == (
        "coopcal: memory does not answer; the site before is still served\ncoopcal: memory://site answers again\n"
    )


def test_a_bucket_that_begins_anew_is_followed(tmp_path: Path, bucket: Reached) -> None:
    """Somebody emptied it, and generations have low numbers again."""
    root, out = lay(tmp_path / "tree"), tmp_path / "out"
    for hours in range(3):
        publish(bucket, compiled_publication(root, FILES, NOW + timedelta(hours=hours)), AT_ONCE)
    follower = Follower(bucket, out, 1, "en")
    follower.bring()
    bucket.delete([one.key for one in bucket.list()])
    lay(root, {"calendars/bakery.yaml": BAKERY.replace("Open day", "Day of open doors")})
    publish(bucket, compiled_publication(root, FILES, NOW + timedelta(hours=9)), AT_ONCE)

    follower.bring()

    assert open_site(out).version == open_site(root / "_site").version


def test_trouble_of_the_last_run_is_forgotten(tmp_path: Path, bucket: Reached) -> None:
    publish(bucket, compiled_publication(lay(tmp_path / "tree")), AT_ONCE)
    Follower(bucket, tmp_path / "out", 1, "en").bring()
    (tmp_path / "out/trouble").write_text("long ago", encoding="utf-8")

    Follower(bucket, tmp_path / "out", 1, "en").bring()

    assert followed(tmp_path / "out").trouble == ""


def test_without_a_site_before_what_is_wrong_ends_it(tmp_path: Path, bucket: Reached) -> None:
    with pytest.raises(NoSite, match="nothing has been published"):
        Follower(bucket, tmp_path, 1, "en").bring()
    bucket.put(keys.generation_key(1), b"damaged", keys.JSON, keys.PRIVATE)
    with pytest.raises(SiteError, match="generation 1 in memory://site is damaged"):
        Follower(bucket, tmp_path, 1, "en").bring()
