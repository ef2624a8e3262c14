"""nginx and Caddy, told what ``deploy/`` says, before the real server: what both have to do."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import httpx
import pytest
from tests.support import deployed
from tests.support.command import coopcal, serving
from tests.support.deployed import Front
from tests.support.trees import SITE, compiled, lay

TOKEN = "Zk3vQ0secretWord7tYw"
SECRETS = (
    f"/private/{TOKEN}/board.ics",
    f"/private/{TOKEN}/board.fr.ics?token={TOKEN}",
    f"//private//{TOKEN}/board.ics",
    f"/%70rivate/{TOKEN}/board.ics",
    f"/x/../private/{TOKEN}/board.ics",
    f"/feeds/all.ics?key={TOKEN}",
)
"""Addresses that hold a secret, written in several ways."""

Run = Callable[[int, Path], AbstractContextManager[Front]]
FRONTS: dict[str, Run] = {"nginx": deployed.nginx, "caddy": deployed.caddy}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the tree of a site that had another address before, with a private feed."""
    moved = f"{SITE}also_at: [https://old.example.coop]\n"
    board = "title: Board\nfor: {groups: [members]}\n"
    tree = lay(tmp_path_factory.mktemp("site"), {"coopcal.yaml": moved, "feeds/board.yaml": board})
    compiled(tree)
    return tree


@pytest.fixture(scope="module")
def application(root: Path) -> Iterator[httpx.Client]:
    """Run the server that the example of a unit runs."""
    with serving(root, "--no-compile", "--proxies", "1") as (client, _):
        yield client


@pytest.fixture(scope="module", params=FRONTS)
def front(
    request: pytest.FixtureRequest, application: httpx.Client, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Front]:
    port = application.base_url.port
    assert port is not None
    with FRONTS[request.param](port, tmp_path_factory.mktemp("front")) as run:
        yield run


@pytest.mark.parametrize(
    "path", ["/feeds/all.ics", "/", "/feeds/all.ics?tag=open-doors&limit=2", "/events/bakery/a%20b/"]
)
def test_plain_http_leads_to_https_with_path_and_query(front: Front, path: str) -> None:
    answer = front.get(path, "http")

    assert (answer.status_code, answer.headers["Location"]) == (308, f"https://{deployed.NAME}{path}")


@pytest.mark.parametrize(
    "path", ["/feeds/all.ics", "/feeds/bakery.atom", "/feeds/all/", "/robots.txt", "/static/nothing.js"]
)
def test_what_the_application_says_comes_through(front: Front, application: httpx.Client, path: str) -> None:
    wanted = application.get(path, headers={"Accept-Encoding": "gzip"})
    answer = front.get(path, Accept_Encoding="gzip")

    assert (answer.status_code, answer.content) == (wanted.status_code, wanted.content)
    for name in (
        "Content-Type",
        "Cache-Control",
        "ETag",
        "Content-Security-Policy",
        "Access-Control-Allow-Origin",
    ):
        assert answer.headers.get(name) == wanted.headers.get(name), name
    assert answer.headers["Strict-Transport-Security"]


def test_robots_may_read_feeds(front: Front) -> None:
    assert front.get("/robots.txt").text.startswith("User-agent: *\nAllow: /\n")


@pytest.mark.parametrize("coding", ["gzip", "br", "identity"])
def test_what_did_not_change_is_told_by_304_in_every_coding(front: Front, coding: str) -> None:
    """Also what somebody else was sent before, in another coding."""
    first = front.get("/feeds/all.ics", Accept_Encoding=coding)
    assert first.headers.get("Content-Encoding", "identity") == coding
    again = front.get("/feeds/all.ics", Accept_Encoding=coding, If_None_Match=first.headers["ETag"])
    since = front.get(
        "/feeds/all.ics", Accept_Encoding=coding, If_Modified_Since=first.headers["Last-Modified"]
    )
    other = front.get("/feeds/all.ics", Accept_Encoding=coding, If_None_Match='"other"')

    assert (again.status_code, again.content) == (since.status_code, since.content) == (304, b"")
    assert (other.status_code, other.text) == (200, first.text)
    assert first.text.startswith("BEGIN:VCALENDAR")


def test_nothing_about_a_visitor_can_be_forged(front: Front) -> None:
    """Nor is it kept for others: pages at a former address of the site lead on, and nobody may say that he asks there."""
    forged = {
        "X_Forwarded_Host": "old.example.coop",
        "X_Forwarded_Prefix": "/evil",
        "X_Forwarded_Proto": "gopher",
        "X_Forwarded_For": "198.51.100.66",
        "Forwarded": "host=old.example.coop",
    }
    for path in ("/feeds/all", "/feeds/all/", "/organisations/bakery"):
        told, plain = front.get(path, **forged), front.get(path)
        assert (told.status_code, told.content) == (plain.status_code, plain.content)
        assert "/evil" not in told.text + str(told.headers)
        assert told.headers.get("Location") == plain.headers.get("Location")


def test_no_secret_stands_in_any_log_and_none_is_led_on(front: Front) -> None:
    for path in SECRETS:
        for scheme in ("https", "http"):
            answer = front.get(path, scheme, Referer=f"https://{deployed.NAME}/private/{TOKEN}/board.ics")
            if "rivate/" in path and scheme == "http" and "//" not in path:
                assert answer.status_code == 403, path
                assert "Location" not in answer.headers
            assert answer.headers.get("X-Cache", "") == "" or "/feeds/" in path
    front.get("/nothing-more/")
    told = front.logged("/nothing-more/")

    assert "/private/***" in told
    assert TOKEN not in told


def test_a_private_feed_opens_by_https_alone_and_is_kept_by_nobody(front: Front, root: Path) -> None:
    """It is asked for each time, answers conditions, and is gone at once when its token is taken back."""
    issued = coopcal(root, "token", "issue", "board", "--label", "chair")
    address = issued.stdout.strip().removeprefix(f"https://{deployed.NAME}")
    token = address.split("/")[2]
    first, plain = front.get(address), front.get(address, "http")

    assert first.status_code == 200, issued.stderr
    assert "Secret board meeting" in first.text
    assert (first.headers["Cache-Control"], first.headers["Referrer-Policy"]) == (
        "private, no-cache",
        "no-referrer",
    )
    assert "X-Cache" not in first.headers
    again = front.get(address, If_None_Match=first.headers["ETag"])
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", first.headers["ETag"])
    assert (plain.status_code, "Location" in plain.headers) == (403, False)
    forged = front.get(address, "http", X_Forwarded_Proto="https", X_Forwarded_Host="localhost")
    assert forged.status_code == 403
    assert "Secret board meeting" not in front.get("/feeds/all.ics").text

    coopcal(root, "token", "revoke", "board", "--label", "chair")
    front.get("/nothing-after-that/")
    gone, unknown = front.get(address), front.get(f"/private/{'x' * 43}/board.ics")
    assert (
        (gone.status_code, gone.content) == (unknown.status_code, unknown.content) == (404, unknown.content)
    )
    assert token not in front.logged("/nothing-after-that/")


@pytest.mark.parametrize("scheme", ["http", "gopher", "https,http", ""])
def test_without_the_word_of_the_proxy_a_private_feed_does_not_open(
    application: httpx.Client, root: Path, scheme: str
) -> None:
    """As where a proxy sends what came by plain http on, or says nothing."""
    issued = coopcal(root, "token", "issue", "board", "--label", "desk")
    address = issued.stdout.strip().removeprefix(f"https://{deployed.NAME}")
    told = {"Host": deployed.NAME, "X-Forwarded-Proto": scheme}

    assert application.get(address, headers=told).status_code == 403
    assert application.get(address, headers={**told, "X-Forwarded-Proto": "https"}).status_code == 200


@pytest.mark.parametrize("name", FRONTS)
def test_no_secret_stands_in_a_log_where_the_application_does_not_answer(name: str, tmp_path: Path) -> None:
    """What a server says of errors has whole requests in it."""
    with FRONTS[name](9, tmp_path) as front:
        for path in SECRETS[:-1]:
            assert front.get(path).status_code in (502, 308, 301)
        assert front.get("/feeds/all.ics").status_code == 502
        told = front.logged("/feeds/all.ics")

        assert "/feeds/all.ics" in told
        assert TOKEN not in told


def test_a_request_that_is_too_large_is_refused(front: Front) -> None:
    with httpx.Client(verify=front.context, timeout=30) as client:
        request = client.build_request(
            "POST",
            f"{front.secret}/check/",
            content=bytes(400_000),
            headers={"Host": deployed.NAME},
            extensions={"sni_hostname": deployed.NAME},
        )
        assert client.send(request).status_code == 413
