"""A site is put into a bucket: in order, only what differs, and whole, whatever kept it from its end before."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from obstore.store import MemoryStore
from tests.support.published import AT_ONCE, FILES, TYPES, compiled_publication, publication
from tests.support.trees import BAKERY, NOW, SITE, lay

from coopcal.publish.file import LISTING
from coopcal.publish.store import keys
from coopcal.publish.store.bucket import Bucket, Stored
from coopcal.publish.store.generation import newest
from coopcal.publish.store.publish import publish
from coopcal.publish.store.sending import Overtaken
from coopcal.site.layout import SiteError

STYLE = "static/style.0123456789ab.css"
LATER = NOW + timedelta(hours=1)


class Told(Bucket):
    """A bucket in memory that tells what was put into it, and does something before that."""

    def __init__(self, store: MemoryStore, before: Callable[[str], None] = lambda _: None) -> None:
        super().__init__(store, "memory://")
        self.before = before
        self.told: list[str] = []

    def put(self, key: str, content: bytes | Path, media_type: str, caching: str) -> None:
        """Store something."""
        self.before(key)
        super().put(key, content, media_type, caching)
        self.told.append(key)

    def create(self, key: str, content: bytes, media_type: str, caching: str) -> bool:
        """Store something where nothing is."""
        self.before(key)
        self.told.append(key)
        return super().create(key, content, media_type, caching)

    @property
    def public(self) -> set[str]:
        """What was put at addresses."""
        return {key for key in self.told if not key.startswith("_site/")}


class Late(Told):
    """A bucket whose lists tell of nothing yet, as those of a node that was away."""

    def list(self, folder: str | None = None) -> Iterator[Stored]:
        """Return nothing of what is there."""
        return iter([one for one in super().list(folder) if not one.key])


def there(store: MemoryStore) -> dict[str, str]:
    """Return what is at public addresses, but for the listing."""
    return {
        one["path"]: bytes(store.get(one["path"]).bytes()).decode()
        for some in store.list()
        for one in some
        if not one["path"].startswith("_site/") and one["path"] != LISTING
    }


def order(told: Iterable[str]) -> list[str]:
    """Return the kinds of keys in the order in which the first of each was told."""
    kinds = ("_site/listings", "_site/files", "static", "_site/generations", "index.html", "feeds/all.ics")
    return list(dict.fromkeys(kind for key in told for kind in kinds if key.startswith(kind)))


def test_files_stand_at_their_addresses_and_are_sent_on_as_they_are_to_be(tmp_path: Path) -> None:
    store = MemoryStore()

    done = publish(Told(store), compiled_publication(lay(tmp_path)), AT_ONCE)

    assert (done.number, done.deleted, done.newer) == (1, 0, False)
    assert there(store) == FILES
    for path in FILES:
        media_type, caching = TYPES[path.rsplit(".", 1)[1]]
        assert store.get(path).attributes == {"Content-Type": media_type, "Cache-Control": caching}


def test_bodies_are_sent_before_the_generation_and_addresses_behind_it(tmp_path: Path) -> None:
    bucket = Told(MemoryStore())

    publish(bucket, compiled_publication(lay(tmp_path)), AT_ONCE)

    assert order(bucket.told) == [
        "_site/listings",
        "_site/files",
        "static",
        "_site/generations",
        "index.html",
        "feeds/all.ics",
    ]
    assert bucket.told[-3:] == ["site.json", LISTING, "_site/generations/0000000001.done"]


def test_nothing_private_is_sent(tmp_path: Path) -> None:
    """The sources that are kept hold the events that nobody is to see."""
    store = MemoryStore()
    root = lay(tmp_path, {"coopcal.yaml": SITE + "on_error: hold\n"})

    publish(Told(store), compiled_publication(root), AT_ONCE)

    assert any(b"Secret board" in path.read_bytes() for path in tmp_path.rglob("private/**/*.yaml"))
    for some in store.list():
        for one in some:
            assert b"Secret board" not in bytes(store.get(one["path"]).bytes())


def test_the_same_once_more_sends_nothing(tmp_path: Path) -> None:
    store, wanted = MemoryStore(), compiled_publication(lay(tmp_path))
    publish(Told(store), wanted, AT_ONCE)
    again = Told(store)

    done = publish(again, wanted, AT_ONCE)

    assert (done.number, done.sent, again.told) == (1, 0, [])


def test_only_what_differs_is_sent(tmp_path: Path) -> None:
    store = MemoryStore()
    publish(Told(store), compiled_publication(lay(tmp_path)), AT_ONCE)
    again = Told(store)

    done = publish(again, publication(tmp_path, {**FILES, "index.html": "<p>Other"}, LATER), AT_ONCE)

    assert (done.number, again.public) == (2, {"index.html", LISTING})
    assert not [key for key in again.told if key.startswith(keys.FILES)]
    assert there(store)["index.html"] == "<p>Other"


def test_what_differs_in_how_it_is_sent_on_alone_is_sent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = MemoryStore()
    publish(Told(store), compiled_publication(lay(tmp_path)), AT_ONCE)
    monkeypatch.setitem(TYPES, "ics", ("text/calendar; charset=utf-8", "public, max-age=60"))

    publish(Told(store), publication(tmp_path, FILES, LATER), AT_ONCE)

    assert store.get("feeds/all.ics").attributes["Cache-Control"] == "public, max-age=60"


def test_addresses_that_are_no_more_are_deleted_and_nothing_that_others_put_there(tmp_path: Path) -> None:
    """Pages that are open still find the style sheet that they name."""
    store = MemoryStore()
    store.put("robots-of-others.txt", b"mine")
    publish(Told(store), compiled_publication(lay(tmp_path)), AT_ONCE)
    fewer = {"index.html": "<p>Hello", "site.json": "{}"}

    done = publish(Told(store), publication(tmp_path, fewer, LATER), AT_ONCE)

    assert done.deleted == 2
    assert there(store) == {**fewer, STYLE: "p {}", "robots-of-others.txt": "mine"}


@pytest.mark.parametrize("after", range(0, 25, 2))
def test_a_publisher_that_was_killed_is_ended_by_the_next_one_which_sends_the_rest(
    tmp_path: Path, after: int
) -> None:
    store, wanted = MemoryStore(), compiled_publication(lay(tmp_path))
    killed = Told(store)

    def kill(_: str) -> None:
        if len(killed.told) >= after:
            raise SiteError("killed")

    killed.before = kill
    with suppress(SiteError):
        publish(killed, wanted, AT_ONCE)
    again = Told(store)

    assert publish(again, wanted, AT_ONCE).number == 1

    assert there(store) == FILES
    assert store.head("_site/generations/0000000001.done")
    assert not set(killed.told) & (
        again.public | {key for key in again.told if key.startswith(keys.FILES)}
    ) - {LISTING}


def test_what_a_killed_publisher_left_at_an_address_is_put_right_by_another_site(tmp_path: Path) -> None:
    store = MemoryStore()
    publish(Told(store), compiled_publication(lay(tmp_path)), AT_ONCE)
    killed = Told(store)

    def kill(key: str) -> None:
        if key.startswith("feeds/all.ics"):
            raise SiteError("killed")

    killed.before = kill
    more = {**FILES, "index.html": "<p>Killed", "new/index.html": "<p>New", "feeds/all.ics": "BEGIN:KILLED"}
    with pytest.raises(SiteError):
        publish(killed, publication(tmp_path, more, LATER), AT_ONCE)
    assert there(store)["index.html"] == "<p>Killed"

    done = publish(Told(store), publication(tmp_path, FILES, LATER), AT_ONCE)

    assert done.number == 3
    assert there(store) == FILES


def test_who_is_overtaken_before_the_generation_is_told_so_and_has_changed_nothing(tmp_path: Path) -> None:
    store, first = MemoryStore(), compiled_publication(lay(tmp_path))
    late = Told(store)

    def overtake(key: str) -> None:
        if key.startswith(keys.GENERATIONS):
            publish(Told(store), first, AT_ONCE)

    late.before = overtake
    with pytest.raises(Overtaken):
        publish(late, publication(tmp_path, {"index.html": "<p>Late"}, LATER), AT_ONCE)

    assert there(store) == FILES


def test_who_is_overtaken_at_the_addresses_stops_and_the_newer_one_stands_whole(tmp_path: Path) -> None:
    """The newer one is at work while the former one is in the midst of it, and both put something at the same addresses."""
    store = MemoryStore()
    publish(Told(store), compiled_publication(lay(tmp_path)), AT_ONCE)
    newer = {"index.html": "<p>Newer", "feeds/all.ics": "BEGIN:NEWER", "site.json": "{}"}
    former = Told(store)

    def overtake(key: str) -> None:
        if key == "index.html":
            former.before = lambda _: None
            publish(Told(store), publication(tmp_path, newer, LATER), AT_ONCE)

    former.before = overtake
    stopped = publish(former, publication(tmp_path, {**FILES, "index.html": "<p>Former"}, LATER), AT_ONCE)

    assert stopped.newer
    assert store.head("_site/generations/0000000002.stopped")
    found = newest(Told(store))
    assert found is not None
    assert (found.number, found.done) == (3, False), "somebody put things there after it was done"
    publish(Told(store), publication(tmp_path, newer, LATER), AT_ONCE)
    assert there(store) == {**newer, STYLE: "p {}"}


def test_stamps_that_would_go_back_are_refused(tmp_path: Path) -> None:
    """Two folders publish to the same place, and the second one knows nothing of the first."""
    one, other, store = lay(tmp_path / "one"), lay(tmp_path / "other"), MemoryStore()
    publish(Told(store), compiled_publication(one, FILES, LATER), AT_ONCE)

    with pytest.raises(
        SiteError, match=r"have older stamps than what is published there.*as the site before"
    ):
        publish(Told(store), compiled_publication(other, {"index.html": "<p>Other"}, NOW), AT_ONCE)

    assert there(store) == FILES


def test_an_edit_made_on_top_of_what_is_published_is_not_refused(tmp_path: Path) -> None:
    root, store = lay(tmp_path), MemoryStore()
    publish(Told(store), compiled_publication(root), AT_ONCE)
    lay(root, {"calendars/bakery.yaml": BAKERY.replace("Open day", "Day of open doors")})

    assert publish(Told(store), compiled_publication(root, FILES, LATER), AT_ONCE).number == 2


def test_what_the_former_publisher_put_there_late_is_put_right(tmp_path: Path) -> None:
    """It was in the midst of a request as the newer one had put its own there, and stops after it."""
    store = MemoryStore()
    killed = Told(store)

    def kill(key: str) -> None:
        if key == "index.html":
            raise SiteError("killed")

    killed.before = kill
    with pytest.raises(SiteError):
        publish(killed, compiled_publication(lay(tmp_path)), AT_ONCE)
    newer = Told(store)

    def write_late(key: str) -> None:
        if key == "site.json":
            store.put("index.html", b"<p>Hello")
            store.put("feeds/all.ics", b"BEGIN:VCALENDAR")

    newer.before = write_late
    files = {**FILES, "index.html": "<p>Newer", "feeds/all.ics": "BEGIN:NEWER", "site.json": "{1}"}
    assert publish(newer, publication(tmp_path, files, LATER), AT_ONCE).number == 2

    assert there(store) == files
    assert store.get("index.html").attributes["Content-Type"] == "text/html; charset=utf-8"


def test_lists_that_are_late_lose_no_generation(tmp_path: Path) -> None:
    store = MemoryStore()
    for number in range(1, 4):
        pages = {**FILES, "index.html": f"<p>{number}"}
        instant = NOW + timedelta(hours=number)
        publish(Told(store), compiled_publication(lay(tmp_path), pages, instant), AT_ONCE)
    store.delete(["_site/generations/0000000001.json"])

    done = publish(Late(store), compiled_publication(tmp_path, FILES, LATER + timedelta(hours=9)), AT_ONCE)

    assert done.number == 4
    assert there(store) == FILES


def test_a_note_of_the_newest_generation_that_is_old_or_lost_is_no_harm(tmp_path: Path) -> None:
    store, wanted = MemoryStore(), compiled_publication(lay(tmp_path))
    publish(Told(store), wanted, AT_ONCE)
    publish(Told(store), publication(tmp_path, {"index.html": "<p>Other"}, LATER), AT_ONCE)

    for note in (b"1", b"7", b"?", b""):
        store.put(keys.NEWEST, note)
        found = newest(Told(store))
        assert found is not None
        assert found.number == 2
    store.delete([keys.NEWEST])
    assert publish(Told(store), publication(tmp_path, FILES, LATER), AT_ONCE).number == 3


def test_nothing_is_put_over_files_of_others(tmp_path: Path) -> None:
    store = MemoryStore()
    store.put("index.html", b"<p>Mine")
    store.put("site.json", b"{}")

    with pytest.raises(
        SiteError, match=r"holds files of others where files of the site are to be: index\.html$"
    ):
        publish(Told(store), compiled_publication(lay(tmp_path)), AT_ONCE)

    assert there(store) == {"index.html": "<p>Mine", "site.json": "{}"}
    assert newest(Told(store)) is None
