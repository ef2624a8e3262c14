"""Feeds of others on real servers on loopback, fetched into a tree."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from ipaddress import ip_network
from pathlib import Path
from typing import Any

from tests.support.copies import include
from tests.support.listening import Listener, listening, response
from tests.support.trees import NOW, lay

from coopcal.authoring.including.copies import CopyFiles
from coopcal.authoring.including.fetch import Step, fetch
from coopcal.authoring.including.sources import merged_in
from coopcal.outside.asking import ask
from coopcal.outside.guard import Guard

HERE = ("127.0.0.1",)


def event(uid: str, *lines: str, title: str = "", start: str = ";VALUE=DATE:20260920") -> str:
    """Return a VEVENT."""
    known = [f"UID:{uid}"] if uid else []
    return "\r\n".join(
        [
            "BEGIN:VEVENT",
            *known,
            f"SUMMARY:{title or f'Event {uid}'}",
            f"DTSTART{start}",
            *lines,
            "END:VEVENT",
            "",
        ]
    )


def calendar(*events: str, head: str = "") -> bytes:
    """Return an iCalendar stream."""
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//x//EN\r\n{head}{''.join(events)}END:VCALENDAR\r\n".encode()


@dataclass(slots=True)
class Feed:
    """A feed of others: what its server answers by path, and a tree that merges it in."""

    root: Path
    listener: Listener
    answers: dict[str, bytes] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.listener.port}/events.ics"

    @property
    def files(self) -> CopyFiles:
        """The files of its copy."""
        (wanted, *_) = (merged_in(self.root) or ((), (), ()))[1]
        return CopyFiles(self.root, wanted.organisation.id, wanted.include.copy)

    @property
    def record(self) -> Mapping[str, Any]:
        """What is known of its copy."""
        return self.files.read_record().said

    def gives(self, body: bytes, status: str = "200 OK", path: str = "/events.ics", **headers: str) -> "Feed":
        """Let the server answer so from now on."""
        self.answers[path] = response(status, body, **headers)
        return self

    def fetch(self, now: datetime = NOW, *, due: bool = False, allowed: bool = True) -> tuple[Step, ...]:
        """Fetch all feeds of others that the tree merges in."""
        guard = Guard().allowing([ip_network("127.0.0.0/8")] if allowed else [], [self.listener.port])
        found = merged_in(self.root)
        assert found is not None
        settings, wanted, _ = found
        return fetch(
            self.root, settings, wanted, lambda asked, limits: ask(asked, guard, limits), now, due=due
        )


@contextmanager
def feed_of_others(
    root: Path, *, owner: str = "bakery", files: Mapping[str, str] | None = None
) -> Iterator[Feed]:
    """Serve a feed, and lay a tree that merges it in."""
    answers: dict[str, bytes] = {}

    def answer(head: bytes) -> bytes:
        path = head.split(b" ", 2)[1].decode()
        etag = next((line for line in head.split(b"\r\n") if line.lower().startswith(b"if-none-match:")), b"")
        said = answers.get(path, response("404 Not Found"))
        if etag and etag.split(b":", 1)[1].strip() in said.split(b"\r\n\r\n", 1)[0]:
            return b"HTTP/1.1 304 Not Modified\r\n\r\n"
        return said

    with listening(answer, HERE) as listener:
        feed = Feed(root, listener, answers)
        lay(root, {"feeds/valley.yaml": "title: Valley\n" + include((feed.url, owner)), **(files or {})})
        yield feed
