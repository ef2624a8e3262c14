"""Answers that are kept: the same as when they were made, whoever asks, and never longer than they are true."""

import gzip
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import cycle, product
from pathlib import Path

import pytest
from tests.support.command import serving
from tests.support.trees import BAKERY, compiled, lay
from tests.support.waiting import PATIENCE, until
from werkzeug.test import Client

from coopcal.authoring.sandbox.process import Checker
from coopcal.site.reader import LiveSite, Site, open_site
from coopcal.views.agenda import Agenda
from coopcal.web import Front, check, create_app, now
from coopcal.web.delivery import Ready, Request, page_of

NOW = datetime(2026, 6, 10, 12, 30, tzinfo=UTC)
EVENTS = BAKERY + (
    "  - id: tasting\n    title: Tasting\n    when: 2026-06-10 15:00/16:00\n"
    "  - id: fair\n    title: Fair\n    when: 2026-06-11\n"
    "  - id: baking\n    title: Baking\n    when: 2026-06-15 18:00/20:00\n    repeats: {every: week, count: 20}\n"
)
SITE = """\
title: Federation
uid_domain: example.coop
base_url: https://calendars.example.coop
languages: [en, fr]
timezone: Europe/Brussels
"""

ADDRESSES = (
    "/", "/fr/", "/feeds/all/", "/fr/feeds/bakery/?tag=x", "/organisations/bakery/", "/feeds/all/2026-06/",
    "/feeds/all/2026-W25/", "/feeds/all/2026/", "/feeds/all/archive/", "/search/?q=baking", "/builder/",
    "/events/bakery/baking/", "/events/bakery/tasting/event.ics", "/embed/all/list.fr/", "/embed/all/month.en.html",
    "/feeds/all.ics", "/feeds/all.fr.ics", "/feeds/all/archive/2026.ics", "/feeds/all/changes.atom",
    "/feeds/all.ics?limit=1", "/feeds/all.ics?remind=PT2H", "/feeds/all.json", "/feeds/bakery.fr.csv?past=no", "/feeds/all.md",
    "/feeds/all/oembed.json", "/feeds/all/qr.svg", "/sitemap.xml", "/site.json", "/schema.json", "/robots.txt", "/embed.js",
    "/help/", "/healthz", "/readyz", "/none/", "/feeds/none.ics", "/feeds/all.ics?none=1", "/feeds/all",
)  # fmt: skip


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the root of a tree in two languages whose site is compiled."""
    root = lay(tmp_path_factory.mktemp("kept"), {"calendars/bakery.yaml": EVENTS, "coopcal.yaml": SITE})
    compiled(root)
    return root


class Clock:
    """A clock that stands still until it is set."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> datetime:
        """Return what it shows."""
        return self.now


def serve(root: Path, clock: Callable[[], datetime] = lambda: NOW) -> Front:
    """Return an application that has answered nothing yet."""
    return create_app(LiveSite(root / "_site"), clock)


@pytest.fixture(scope="module")
def app(root: Path) -> Front:
    """Return an application that has been asked for everything once."""
    app = serve(root)
    for address in ADDRESSES:
        Client(app).get(address)
    return app


def sent(app: Front, address: str, method: str, headers: dict[str, str]) -> tuple[str, list[object], bytes]:
    """Return status, headers in their order and body of an answer."""
    answer = Client(app).open(address, method=method, headers=headers)
    return answer.status, list(answer.headers), answer.data


@pytest.mark.parametrize("address", ADDRESSES)
def test_what_is_kept_is_sent_as_what_is_made(root: Path, app: Front, address: str) -> None:
    """Each method, validator and coding, to an application that knows the address and to one that never heard of it."""
    plain = Client(serve(root)).get(address)
    tag, since = plain.headers.get("ETag", '"none"'), plain.headers.get("Last-Modified", "")
    validators: list[dict[str, str]] = [
        {}, {"If-None-Match": tag}, {"If-None-Match": f'"other", W/{tag}'}, {"If-None-Match": '"other"'},
        {"If-None-Match": "*"}, {"If-None-Match": '"other"', "If-Modified-Since": since}, {"If-Modified-Since": since},
        {"If-Modified-Since": "Mon, 01 Jan 2024 00:00:00 GMT"}, {"If-Modified-Since": "never"}, {"Range": "bytes=0-9"},
        {"If-Match": '"other"'},
    ]  # fmt: skip
    codings = [None, "", "gzip", "br, gzip", "gzip;q=0", "identity;q=0.5, gzip", "*", "nonsense"]
    fresh = serve(root)
    for method, validator, coding in product(("GET", "HEAD", "OPTIONS", "POST"), validators, codings):
        headers = validator | ({} if coding is None else {"Accept-Encoding": coding})
        if method in ("GET", "HEAD"):
            fresh = serve(root) if not validator else fresh
        assert sent(app, address, method, headers) == sent(fresh, address, method, headers)


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_head_and_an_unchanged_answer_say_what_the_whole_one_says(app: Front, address: str) -> None:
    client = Client(app)
    for coding in ("identity", "gzip"):
        whole = client.get(address, headers={"Accept-Encoding": coding})
        head = client.head(address, headers={"Accept-Encoding": coding})
        assert (head.status, list(head.headers), head.data) == (whole.status, list(whole.headers), b"")
        if whole.status_code != 200 or "no-store" in whole.headers.get("Cache-Control", ""):
            continue
        known = client.get(
            address, headers={"Accept-Encoding": coding, "If-None-Match": whole.headers["ETag"]}
        )
        of_body = {"Content-Type", "Content-Length", "Content-Encoding", "Content-Disposition"}
        assert (known.status_code, known.data) == (304, b"")
        assert list(known.headers) == [line for line in whole.headers if line[0] not in of_body]
        if whole.headers.get("Content-Encoding") == "gzip":
            assert "Accept-Encoding" in whole.headers["Vary"]
            assert gzip.decompress(whole.data) == client.get(address).data


def test_nothing_that_a_request_says_of_its_host_comes_to_others(root: Path) -> None:
    """Neither a host, nor a scheme, nor what proxies name: whoever asks first decides nothing for who asks next."""
    strange = {
        "Host": "wrong-host.example", "X-Forwarded-Host": "wrong-host.example", "X-Forwarded-Proto": "wrong-host", "Forwarded": "host=wrong-host.example",
        "X-Original-URL": "/wrong-host", "X-Forwarded-Prefix": "/wrong-host", "Accept-Language": "fr", "Cookie": "x=wrong-host", "User-Agent": "wrong-host",
    }  # fmt: skip
    poisoned, clean = serve(root), serve(root)
    for address in ADDRESSES:
        first = Client(poisoned).get(address, headers=strange, base_url="ftp://wrong-host.example:99")
        assert "wrong-host" not in first.text
        assert sent(poisoned, address, "GET", {}) == sent(clean, address, "GET", {})


def test_a_query_and_a_place_where_it_is_mounted_have_answers_of_their_own(root: Path) -> None:
    app = serve(root)
    client = Client(app)
    texts = {client.get(f"/embed/all/list.en.html{query}").text for query in ("", "?number=1", "?number=2")}
    assert len(texts) == 3
    environ = {"SCRIPT_NAME": "/calendars"}
    assert client.get("/feeds/all", environ_overrides=environ).status_code == 308
    assert (
        client.get("/", environ_overrides=environ).text
        == Client(serve(root)).get("/", environ_overrides=environ).text
    )


def test_no_page_is_given_for_longer_than_it_is_true(root: Path) -> None:
    """A clock goes on over ends, hours and midnights: each page is at any time what it would be if it were made then."""
    clock, live = Clock(), LiveSite(root / "_site")
    app = create_app(live, clock)
    paths = ["/", "/feeds/all/", "/feeds/all/2026-06/", "/embed/all/list.en.html", "/events/bakery/baking/",
             "/feeds/all.upcoming.rss", "/feeds/all.json?past=no", "/feeds/all.ics?limit=2"]  # fmt: skip
    shown: dict[str, set[str]] = {path: set() for path in paths}
    times = ((12, 30), (13, 59), (14, 0), (17, 59), (18, 0), (21, 59), (22, 0), (23, 59))
    for (day, (hour, minute)), path in product(product((10, 11, 15), times), paths):
        clock.now = datetime(2026, 6, day, hour, minute, tzinfo=UTC)
        text = Client(app).get(path).text
        assert text == Client(create_app(live, clock)).get(path).text, (path, clock.now)
        shown[path].add(text)
    assert [path for path, texts in shown.items() if len(texts) == 1] == [], "time makes another page of each"


def test_a_page_is_true_until_something_ends_or_a_day_begins(root: Path) -> None:
    agenda = Agenda(open_site(root / "_site"))

    def turn(day: int, hour: int, minute: int = 0) -> datetime:
        return agenda.next_turn(datetime(2026, 6, day, hour, minute, tzinfo=UTC))

    assert turn(10, 12) == datetime(2026, 6, 10, 14, tzinfo=UTC)  # the tasting ends
    assert turn(10, 14) == datetime(2026, 6, 10, 22, tzinfo=UTC)  # midnight in Brussels
    assert turn(10, 22) == datetime(2026, 6, 11, 0, tzinfo=UTC)  # midnight in UTC


def test_a_site_that_is_made_ready_has_what_is_made_once(root: Path) -> None:
    """First pages, words to search, what feeds are narrowed by: no first request waits for them."""
    live = LiveSite(root / "_site")
    app = create_app(live, lambda: NOW)
    app.warm()
    assert all(
        app.at_once(Request("GET", path, "", None, None, None)) for path in ("/", "/feeds/all/", "/builder/")
    )
    made = list(live.current().made.values())
    for path, query in (("/search/", "q=b"), ("/feeds/all.ics", "tag=b"), ("/feeds/bakery/", "")):
        assert Client(app).get(path, query_string=query).status_code == 200
    assert list(live.current().made.values()) == made


def test_what_is_known_is_made_once(root: Path) -> None:
    """Once for all codings, methods and conditions."""
    app = serve(root)
    request = Request("GET", "/feeds/all/", "", "gzip", None, None)
    assert app.at_once(request) is None
    Client(app).head("/feeds/all/")
    assert app.at_once(request) is not None
    assert app.at_once(request._replace(method="POST")) is None
    assert app.at_once(request._replace(query="tag=x")) is None


def test_what_is_found_by_one_look_is_bounded_and_true_no_longer_than_its_page() -> None:
    """An answer is the one that the page gives; where there is no room, it is found anew."""
    page = page_of(b"x" * 200, [("Content-Type", "text/plain")], NOW)
    requests = [Request("GET", f"/{number}", "", "gzip", None, None) for number in range(9)]
    ready = Ready(3 * page.delivery.size + 60)
    for request in requests:
        ready.keep(request, page)

    def known(moment: datetime) -> list[bool]:
        return [ready.answer(request, lambda: moment) is not None for request in requests]

    before = NOW - timedelta(seconds=1)
    assert known(before) == [False] * 6 + [True] * 3
    assert not any(known(NOW))
    assert ready.answer(requests[-1], lambda: before) == page.delivery.answer(requests[-1])
    assert ready.answer(requests[-1]._replace(accept_encoding="br"), lambda: before) is None
    ready.keep(requests[0]._replace(accept_encoding="br, " * 999), page)
    assert known(before) == [False] * 6 + [True] * 3


def test_no_request_waits_for_a_new_version(tmp_path: Path) -> None:
    """It is opened and made ready beside the one that is served, which answers meanwhile."""
    root = lay(tmp_path, {"calendars/bakery.yaml": EVENTS})
    compiled(root)
    live = LiveSite(root / "_site", 0.02, beside=True)
    app = create_app(live, lambda: NOW)
    app.warm()
    before, release, readying = live.current().version, threading.Event(), threading.Event()
    make_ready = live.ready

    def held(site: Site) -> None:
        make_ready(site)
        readying.set()
        release.wait(PATIENCE)

    live.ready = held
    (root / "calendars/bakery.yaml").write_text(
        EVENTS.replace("Tasting", "Bread and cheese"), encoding="utf-8"
    )
    compiled(root)
    client = Client(app)
    assert "Tasting" in client.get("/").text
    assert readying.wait(PATIENCE)
    assert "Tasting" in client.get("/").text
    assert client.get("/feeds/all.ics").data.count(b"Tasting")
    assert live.current().version == before
    release.set()
    until(lambda: live.current().version != before)
    assert app.at_once(Request("GET", "/", "", None, None, None)) is not None
    assert "Bread and cheese" in client.get("/").text


def test_a_new_version_is_taken_up_though_nobody_asks(tmp_path: Path) -> None:
    """Whoever asks once a day is not given the site of the day before."""
    root = lay(tmp_path, {"calendars/bakery.yaml": EVENTS})
    compiled(root)
    live = LiveSite(root / "_site", 0.02, beside=True)
    app = create_app(live, lambda: NOW)
    app.warm()
    make_ready, is_ready = live.ready, threading.Event()

    def told(site: Site) -> None:
        make_ready(site)
        is_ready.set()

    live.ready = told
    (root / "calendars/bakery.yaml").write_text(EVENTS.replace("Tasting", "Bread"), encoding="utf-8")
    compiled(root)
    assert is_ready.wait(PATIENCE)
    until(lambda: "Bread" in Client(app).get("/").text)


def test_a_process_that_was_forked_takes_up_a_new_version(tmp_path: Path) -> None:
    """It has no thread that looks, and begins one."""
    root = lay(tmp_path, {"calendars/bakery.yaml": EVENTS})
    compiled(root)
    first = open_site(root / "_site").version
    program = (
        "import os, pathlib, sys, time\n"
        "from coopcal.site.reader import LiveSite\n"
        "live = LiveSite(pathlib.Path(sys.argv[1]), 0.02, beside=True)\n"
        "print(live.current().version, flush=True)\n"
        "if os.fork():\n"
        "    sys.exit(os.waitstatus_to_exitcode(os.wait()[1]))\n"
        "input()\n"
        "time.sleep(1.1)\n"
        "print(live.current().version)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, str(root / "_site")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout
        assert process.stdout.readline().strip() == first
        (root / "calendars/bakery.yaml").write_text(EVENTS.replace("Tasting", "Bread"), encoding="utf-8")
        compiled(root)
        said, _ = process.communicate("go\n", timeout=30)
    assert process.returncode == 0
    assert said.strip() == open_site(root / "_site").version != first


@pytest.mark.parametrize("coding", ["identity", "gzip"])
def test_the_server_sends_what_the_application_answers(root: Path, coding: str) -> None:
    """The real one, from its event loop and from its threads: asked twice, to the last header."""
    with serving(root) as (server, _):
        live = LiveSite(root / "_site")
        app = create_app(live, extras=[check.pages(Checker(live, now))])
        for address, method in product(ADDRESSES, ("GET", "HEAD", "GET")):
            headers = {"Accept-Encoding": coding}
            answer = server.request(method, address, headers=headers)
            expected = Client(app).open(address, method=method, headers=headers)
            lines = sorted((name.lower(), value) for name, value in expected.headers)
            own = [(name.lower(), value) for name, value in answer.headers.items()]
            assert answer.status_code == expected.status_code, address
            assert sorted(line for line in own if line[0] not in ("date", "server")) == lines
            again = server.request(
                method, address, headers=headers | {"If-None-Match": answer.headers.get("ETag", "x")}
            )
            assert again.status_code == (304 if "ETag" in answer.headers else answer.status_code), address


def test_the_server_answers_to_conditions_and_codings_as_the_application_does(root: Path) -> None:
    """However they are said: in one line, in several, or where several lines make a list."""
    with serving(root) as (server, _):
        app = create_app(
            LiveSite(root / "_site"), extras=[check.pages(Checker(LiveSite(root / "_site"), now))]
        )
        for address in ADDRESSES:
            plain = Client(app).get(address)
            tag, since = plain.headers.get("ETag", '"none"'), plain.headers.get("Last-Modified", "never")
            conditions: list[list[tuple[str, str]]] = [
                [], [("If-None-Match", f"W/{tag}")], [("If-None-Match", '"other"'), ("If-None-Match", tag)],
                [("If-None-Match", "*")], [("If-None-Match", '"other"'), ("If-Modified-Since", since)],
                [("If-Modified-Since", since)], [("If-Modified-Since", since), ("If-Modified-Since", since)],
            ]  # fmt: skip
            codings = [[""], ["gzip"], ["gzip;q=0", "br"], ["br", "gzip;q=0.5"], ["nonsense"], ["identity"]]
            for (method, condition), coding in zip(
                product(("GET", "HEAD"), conditions), cycle(codings), strict=False
            ):
                lines = [*condition, *(("Accept-Encoding", value) for value in coding)]
                with server.stream(method, address, headers=lines) as answer:
                    body = b"".join(answer.iter_raw())
                expected = Client(app).open(address, method=method, headers=lines)
                own = [line for line in answer.headers.multi_items() if line[0] not in ("date", "server")]
                assert (answer.status_code, body) == (expected.status_code, expected.data), (address, lines)
                assert sorted(own) == sorted((name.lower(), value) for name, value in expected.headers)
