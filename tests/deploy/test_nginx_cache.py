"""The cache of ``deploy/nginx.conf``: what is kept, for how long, and what is sent while the application is slow or gone."""

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from tests.support.deployed import Front, nginx
from tests.support.hosting import running
from tests.support.trees import NOW, compiled, lay
from tests.support.waiting import PATIENCE, until
from werkzeug.serving import make_server

from coopcal.site.reader import LiveSite
from coopcal.web import create_app
from coopcal.web.proxies import Proxies

SITE = "title: Events\nuid_domain: example.coop\nbase_url: https://calendars.example.coop{base}\n"


@dataclass
class Origin:
    """The real application, which tells what it was asked, and may send what lasts for a second alone, fail or hold its answers."""

    app: Any
    asked: list[tuple[str, str]] = field(default_factory=list)
    answered: int = 0
    is_short: bool = False
    fails: bool = False
    answers: threading.Event = field(default_factory=threading.Event)

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        """Answer a request (WSGI)."""
        self.asked.append((environ["PATH_INFO"], environ.get("HTTP_IF_NONE_MATCH", "")))
        self.answers.wait(PATIENCE)
        self.answered += 1
        if self.fails:
            start_response("503 Service Unavailable", [("Content-Length", "0")])
            return [b""]

        def short(status: str, headers: list[tuple[str, str]], *_: object) -> Any:
            told = [(name, value.replace("max-age=900", "max-age=1")) for name, value in headers]
            return start_response(status, told)

        return self.app(environ, short if self.is_short else start_response)

    def count(self, path: str) -> int:
        """Return how often a path was asked for."""
        return [asked for asked, _ in self.asked].count(path)


@dataclass
class Behind:
    """nginx, and the application behind it."""

    front: Front
    origin: Origin


@pytest.fixture
def behind(tmp_path: Path) -> Iterator[Behind]:
    yield from run(tmp_path, "")


def run(tmp_path: Path, base: str, below: tuple[str, str] | None = None) -> Iterator[Behind]:
    root = lay(tmp_path / "tree", {"coopcal.yaml": SITE.format(base=base)})
    compiled(root)
    origin = Origin(Proxies(create_app(LiveSite(root / "_site"), lambda: NOW), 1))
    origin.answers.set()
    server = make_server("127.0.0.1", 0, origin, threaded=True)
    work = tmp_path / "nginx"
    work.mkdir()
    with running(server), nginx(server.server_port, work, below) as front:
        yield Behind(front, origin)


def test_what_is_kept_is_asked_for_once_and_answers_conditions(behind: Behind) -> None:
    """Whatever programs send in Accept-Encoding, three codings are kept."""
    path = "/feeds/bakery.ics"
    codings = [
        "gzip",
        "gzip, deflate",
        "deflate, gzip;q=1.0",
        "br",
        "gzip, br",
        "identity",
        "",
        "gzip;q=0",
        "*;q=0.1",
    ]
    answers = [behind.front.get(path, Accept_Encoding=coding) for coding in codings]

    assert behind.origin.count(path) == 3
    assert [one.headers.get("Content-Encoding", "") for one in answers] == ["gzip"] * 3 + ["br"] * 2 + [
        ""
    ] * 4
    assert {one.text for one in answers} == {answers[0].text}
    assert behind.front.get(path, method="HEAD", Accept_Encoding="br").headers["X-Cache"] == "HIT"


def test_what_is_too_old_is_asked_for_by_its_mark_while_it_is_sent(behind: Behind) -> None:
    """That is what stale-while-revalidate says: nobody waits for a slow application."""
    path = "/feeds/bakery.ics"
    behind.origin.is_short = True
    first = behind.front.get(path)
    time.sleep(2.1)
    behind.origin.answers.clear()
    second = behind.front.get(path)

    assert (second.status_code, second.headers["X-Cache"]) == (200, "STALE")
    assert behind.origin.answered == 1
    behind.origin.answers.set()
    until(lambda: behind.origin.answered == 2)
    assert behind.origin.asked[1:] == [(path, first.headers["ETag"])]
    assert behind.front.get(path).headers["ETag"] == first.headers["ETag"]


def test_what_was_sent_before_is_sent_while_the_application_fails(behind: Behind) -> None:
    """Also as 304; what nobody asked for before cannot be."""
    path = "/feeds/bakery.ics"
    behind.origin.is_short = True
    first = behind.front.get(path)
    time.sleep(2.1)
    behind.origin.fails = True
    answers = [behind.front.get(path) for _ in range(2)]
    again = behind.front.get(path, If_None_Match=first.headers["ETag"])

    assert [(one.status_code, one.text) for one in answers] == [(200, first.text)] * 2
    assert again.status_code == 304
    assert behind.front.get("/feeds/all.ics").status_code == 503


def test_many_who_ask_at_once_are_one_for_the_application(behind: Behind) -> None:
    """Those that come while the first of them waits, and those that come later."""
    behind.origin.answers.clear()
    statuses: list[int] = []
    threads = [
        threading.Thread(target=lambda: statuses.append(behind.front.get("/feeds/all.ics").status_code))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    until(lambda: bool(behind.origin.asked))
    time.sleep(0.5)
    behind.origin.answers.set()
    for thread in threads:
        thread.join()

    assert statuses == [200] * 8
    assert behind.origin.count("/feeds/all.ics") == 1


@pytest.mark.parametrize(
    "path",
    ["/private/x/y.ics", "/private/x/y.ics?a=b", "/nothing/", "/readyz", "/search/?q=a", "/search/?q=b"],
)
def test_what_is_secret_or_says_so_is_never_kept(behind: Behind, path: str) -> None:
    """Queries are told apart."""
    plain = path.partition("?")[0]
    before = behind.origin.count(plain)
    first, second = behind.front.get(path), behind.front.get(path)
    kept = "no-store" not in first.headers.get("Cache-Control", "no-store")

    assert first.status_code == second.status_code
    assert behind.origin.count(plain) - before == (1 if kept else 2)
    if plain.startswith("/private/"):
        assert "X-Cache" not in first.headers
        assert behind.origin.count(plain) == 2


@pytest.mark.parametrize(
    "below",
    [
        "location /calendar/ {\n        proxy_pass http://coopcal;",
        "location /calendar/ {\n        proxy_pass http://coopcal/;",
    ],
)
def test_the_application_is_below_a_path(tmp_path: Path, below: str) -> None:
    """The proxy leaves the path, or takes it off: links, redirects, 304s and what is kept are the same."""
    line = "location / {\n        proxy_pass http://coopcal;"
    for behind in run(tmp_path, "/calendar", (line, below)):
        front = behind.front
        page = front.get("/calendar/")
        feed = front.get("/calendar/feeds/all.ics")
        moved = front.get("/calendar/feeds/all")

        assert (page.status_code, feed.status_code) == (200, 200)
        assert 'href="/calendar/feeds/all/"' in page.text
        assert 'href="/feeds/' not in page.text
        assert (moved.status_code, moved.headers["Location"]) == (308, "/calendar/feeds/all/")
        again = front.get("/calendar/feeds/all.ics", If_None_Match=feed.headers["ETag"])
        assert (again.status_code, again.headers["X-Cache"]) == (304, "HIT")
        assert front.get("/feeds/all.ics").status_code == 404
        secret = front.get("/calendar/private/x/y.ics")
        assert "X-Cache" not in secret.headers
        assert "/calendar/private/***" in front.logged("/calendar/private/***")
