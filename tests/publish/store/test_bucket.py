"""Buckets: which addresses are theirs, and whether a key holds what it is to hold."""

import hashlib
import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest
from obstore.store import MemoryStore

from coopcal.publish.store.address import is_bucket
from coopcal.publish.store.bucket import Bucket, open_bucket
from coopcal.publish.store.keys import is_by_digest
from coopcal.site.layout import SiteError

HELLO = b"hello"


@pytest.fixture
def bucket() -> Bucket:
    bucket = Bucket(MemoryStore(), "memory://site")
    bucket.put("hello.txt", HELLO, "text/plain", "no-cache")
    return bucket


@pytest.mark.parametrize(
    ("target", "is_one"),
    [
        ("s3://calendar", True),
        ("s3://calendar/of/valley", True),
        ("gs://calendar", True),
        ("az://calendar", True),
        ("public", False),
        ("s3", False),
        ("./s3:/public", False),
        ("https://example.coop/", False),
    ],
)
def test_addresses_of_buckets_are_told_from_folders(target: str, *, is_one: bool) -> None:
    assert is_bucket(target) is is_one


def test_an_md5_tells_what_a_key_holds(bucket: Bucket) -> None:
    """As at Amazon and in Swift; nothing is read for it: what is there in truth is something else."""
    there = bucket.look("hello.txt")
    assert there is not None
    other = b"olleh"
    stored = replace(there, etag=hashlib.md5(other).hexdigest())

    assert bucket.holds(stored, other)
    assert not bucket.holds(stored, HELLO)


@pytest.mark.parametrize("etag", ["", "0x8DC0FFEE", "d41d8cd98f00b204e9800998ecf8427e-2"])
def test_what_a_key_holds_is_read_where_its_etag_does_not_tell(bucket: Bucket, etag: str) -> None:
    """As in Azure, and of files that were sent in parts."""
    there = bucket.look("hello.txt")
    assert there is not None
    stored = replace(there, etag=etag)

    assert bucket.holds(stored, HELLO)
    assert not bucket.holds(stored, b"olleh")
    assert not bucket.holds(stored, b"hello there")


def test_something_is_created_once(bucket: Bucket) -> None:
    assert bucket.create("new.txt", b"one", "text/plain", "no-cache")
    assert not bucket.create("new.txt", b"other", "text/plain", "no-cache")
    assert bucket.read("new.txt") == b"one"


def test_what_is_not_there_is_none_and_can_be_deleted(bucket: Bucket) -> None:
    bucket.delete(["nothing.txt", "hello.txt"])

    assert bucket.read("hello.txt") is None
    assert bucket.look("hello.txt") is None


def test_an_address_that_cannot_be_opened_is_told_in_one_line() -> None:
    with pytest.raises(SiteError, match=r"^az://calendar cannot be opened: [^\n]*$"):
        open_bucket("az://calendar")


@pytest.mark.parametrize(
    ("path", "is_one"),
    [
        ("static/style.0123456789ab.css", True),
        ("colours.0123456789ab.css", True),
        ("feeds/all.ics", False),
        ("feeds/all.fr.ics", False),
        ("files/agenda.2027.pdf", False),
    ],
)
def test_what_is_named_by_its_content_is_known_by_its_name(path: str, *, is_one: bool) -> None:
    assert is_by_digest(path) is is_one


class Contested(BaseHTTPRequestHandler):
    """As Swift answers through its S3 interface where two write under a key at once: taken, with no word of which one stands."""

    stored: ClassVar[dict[str, bytes]] = {}
    others: ClassVar[list[bytes]] = []

    def do_PUT(self) -> None:
        """Take what is put, or what another writer put at the same time."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        contested = bool(self.others)
        self.stored[self.path] = self.others.pop() if contested else body
        self._answer(202 if contested else 200, None if contested else self.stored[self.path])

    def do_HEAD(self) -> None:
        """Tell what stands."""
        self._answer(200, self.stored[self.path])

    def _answer(self, status: int, told: bytes | None) -> None:
        self.send_response(status)
        if told is not None:
            self.send_header("ETag", f'"{hashlib.md5(told, usedforsecurity=False).hexdigest()}"')
            self.send_header("Last-Modified", "Mon, 01 Jun 2026 12:00:00 GMT")
        self.send_header("Content-Length", str(len(told or b"")) if self.command == "HEAD" else "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def contested(monkeypatch: pytest.MonkeyPatch) -> Iterator[Bucket]:
    """Return a bucket at a server under whose keys others write, too."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Contested)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    Contested.stored.clear()
    for name, value in {
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{server.server_port}",
        "AWS_ACCESS_KEY_ID": "id",
        "AWS_SECRET_ACCESS_KEY": "secret",
        "AWS_REGION": "us-east-1",
    }.items():
        monkeypatch.setenv(name, value)
    yield open_bucket("s3://site", retries=0)
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("others", [[HELLO], [b"other"], [b"other", b"another"]])
def test_what_others_write_over_at_the_same_time_is_put_there_again(
    contested: Bucket, others: list[bytes]
) -> None:
    Contested.others[:] = others

    contested.put("hello.txt", HELLO, "text/plain", "no-cache")

    assert list(Contested.stored.values()) == [HELLO]


def test_who_never_comes_to_an_end_of_it_is_told(contested: Bucket) -> None:
    Contested.others[:] = [b"other"] * 50

    with pytest.raises(SiteError, match="ETag"):
        contested.put("hello.txt", HELLO, "text/plain", "no-cache")


@pytest.mark.parametrize(("other", "is_ours"), [(HELLO, True), (b"other", False)])
def test_a_key_that_two_create_at_once_is_of_whose_content_stands(
    contested: Bucket, other: bytes, *, is_ours: bool
) -> None:
    Contested.others[:] = [other]

    assert contested.create("hello.txt", HELLO, "text/plain", "no-cache") is is_ours
