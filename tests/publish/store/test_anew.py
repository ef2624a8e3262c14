"""What is published is made on top of what others published meanwhile."""

from datetime import timedelta
from pathlib import Path

import pytest
from obstore.store import MemoryStore
from tests.support.published import AT_ONCE, FILES, compiled_publication
from tests.support.trees import BAKERY, NOW, compiled, lay

from coopcal.publish.store.anew import TRIES, bring, publish_anew
from coopcal.publish.store.bucket import Bucket
from coopcal.publish.store.generation import Generation, Newest, newest
from coopcal.publish.store.publication import Publication
from coopcal.publish.store.publish import publish
from coopcal.publish.store.sending import Overtaken
from coopcal.site.layout import current_version
from coopcal.site.reader import open_site

LATER, LATEST = NOW + timedelta(hours=1), NOW + timedelta(hours=2)


@pytest.fixture
def bucket() -> Bucket:
    return Bucket(MemoryStore(), "memory://site")


def feed(root: Path) -> bytes:
    return open_site(root / "_site").feeds["bakery"].bodies["identity"].content


def generation(bucket: Bucket) -> Generation:
    found = newest(bucket)
    assert found is not None
    return found.generation


def edited(root: Path, title: str) -> Path:
    return lay(root, {"calendars/bakery.yaml": BAKERY.replace("Open day", title)})


def test_another_machine_compiles_on_top_of_what_is_published(tmp_path: Path, bucket: Bucket) -> None:
    one, other = lay(tmp_path / "one"), lay(tmp_path / "other")
    publish(bucket, compiled_publication(one), AT_ONCE)

    done = publish_anew(
        bucket, other / "_site", lambda _: compiled_publication(other, {"index.html": "<p>"}, LATER), AT_ONCE
    )

    assert done.number == 2
    assert feed(other) == feed(one), "no event has another stamp, as none has changed"


def test_who_is_overtaken_makes_it_anew_on_top_of_that(tmp_path: Path, bucket: Bucket) -> None:
    one, other = lay(tmp_path / "one"), edited(tmp_path / "other", "Open days")
    made: list[Publication] = []

    def make(_: Newest | None) -> Publication:
        wanted = compiled_publication(other, FILES, NOW)
        if not made:
            publish(bucket, compiled_publication(edited(one, "Day of open doors"), FILES, NOW), AT_ONCE)
        made.append(wanted)
        return wanted

    done = publish_anew(bucket, other / "_site", make, AT_ONCE)

    assert (done.number, len(made)) == (2, 2)
    assert b"LAST-MODIFIED:20260601T120001Z" in feed(other), (
        "a second later than what was published meanwhile"
    )


def test_who_is_overtaken_again_and_again_gives_up(tmp_path: Path, bucket: Bucket) -> None:
    one, other = lay(tmp_path / "one"), lay(tmp_path / "other")
    made: list[Publication] = []

    def make(_: Newest | None) -> Publication:
        instant = NOW + timedelta(hours=len(made))
        made.append(compiled_publication(other, FILES, instant))
        publish_anew(
            bucket,
            one / "_site",
            lambda _: compiled_publication(edited(one, f"Day {len(made)}"), FILES, instant),
            AT_ONCE,
        )
        return made[-1]

    with pytest.raises(Overtaken, match="another publisher was first at memory://site"):
        publish_anew(bucket, other / "_site", make, AT_ONCE)

    assert len(made) == TRIES


def test_a_site_that_knows_all_that_is_published_is_left_as_it_is(tmp_path: Path, bucket: Bucket) -> None:
    """It was compiled several times since, and is served from here, too."""
    root = lay(tmp_path)
    publish(bucket, compiled_publication(root), AT_ONCE)
    for number in range(5):
        compiled(edited(root, f"Day {number}"), LATER + timedelta(minutes=number))
    before = current_version(root / "_site")

    bring(bucket, root / "_site", generation(bucket))

    assert current_version(root / "_site") == before


def test_a_site_that_is_behind_gives_way(tmp_path: Path, bucket: Bucket) -> None:
    one, other = lay(tmp_path / "one"), lay(tmp_path / "other")
    compiled(other, NOW)
    publish(bucket, compiled_publication(edited(one, "Day of open doors"), FILES, LATER), AT_ONCE)

    bring(bucket, other / "_site", generation(bucket))

    assert current_version(other / "_site").name == current_version(one / "_site").name


def test_a_site_that_does_not_know_an_event_gives_way(tmp_path: Path, bucket: Bucket) -> None:
    one, other = lay(tmp_path / "one"), lay(tmp_path / "other")
    fewer = BAKERY.replace("  - id: assembly", "  - id: meeting").replace("General assembly", "Meeting")
    compiled(lay(other, {"calendars/bakery.yaml": fewer}), LATEST)
    publish(bucket, compiled_publication(one), AT_ONCE)

    bring(bucket, other / "_site", generation(bucket))

    assert current_version(other / "_site").name == current_version(one / "_site").name


def test_what_is_published_stays_where_nothing_else_is_made(tmp_path: Path, bucket: Bucket) -> None:
    root = lay(tmp_path)
    publish(bucket, compiled_publication(root), AT_ONCE)
    told: list[Newest | None] = []

    done = publish_anew(bucket, root / "_site", told.append, AT_ONCE)

    assert (done.number, done.sent) == (1, 0)
    assert [found.done for found in told if found] == [True]
