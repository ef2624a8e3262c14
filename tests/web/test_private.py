"""Private feeds on the web: they open by a token alone, and nobody is told more."""

import gzip
import hashlib
import hmac
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest
from icalendar import Calendar
from tests.support.copies import URL, copy, event, include
from tests.support.openings import put_openings
from tests.support.trees import NOW, SITE, compiled, lay
from werkzeug.test import Client, TestResponse

from coopcal.site.reader import LiveSite
from coopcal.site.tokens import Opening, Openings
from coopcal.web import create_app
from coopcal.web.delivery import Request
from coopcal.web.proxies import Proxies

TOKENS = {
    "good": Opening("board", ""),
    "expired": Opening("board", "", until=NOW),
    "lasting": Opening("board", "", until=NOW + timedelta(seconds=1)),
    "rotated": Opening("board", "", rotated=date(2026, 5, 30)),
    "of-another": Opening("staff", ""),
    "of-none": Opening("gone", ""),
    "of-public": Opening("all", ""),
    "former": Opening("old-board", ""),
    "ended": Opening("ended", ""),
}
FILES = {
    "coopcal.yaml": f"{SITE}groups: [staff]\n",
    "feeds/board.yaml": "title: {en: Board, fr: Conseil}\nfor: {groups: [members], organisations: [bakery]}\nformerly: [old-board]\n",
    "feeds/staff.yaml": "title: Staff\nfor: {groups: [staff]}\n",
    "feeds/ended.yaml": "title: Ended\nfor: {groups: [staff]}\nclosed: {on: 2020-01-01}\n",
}
COMPRESSED = {"feeds/mixed.yaml": "title: Mixed\nfor: {groups: [members]}\n" + include((URL, "bakery"))}
NOTHING = (
    "/private/wrong/board.ics",
    "/private/expired/board.ics",
    "/private/of-another/board.ics",
    "/private/of-none/board.ics",
    "/private/of-none/gone.ics",
    "/private/of-public/all.ics",
    "/private/good/all.ics",
    "/private/good/bakery.ics",
    "/private/good/staff.ics",
    "/private/good/nothing.ics",
    "/private/good/board.de.ics",
    "/private/good/board.json",
    "/private/good/board",
    "/private/good/",
    "/private/good",
    "/private/",
    "/private",
    "/private//board.ics",
    "/private/good/../good/board.ics",
    "/private/good%00/board.ics",
    "/private/%E9%FF/board.ics",
    f"/private/{'x' * 5000}/board.ics",
)

MISTYPED = (
    "/.//private/good/board.ics",
    "/./private/good/board.ics",
    "/Private/good/board.ics",
    "/PRIVATE/GOOD/BOARD.ICS",
    "/private%5Cgood%5Cboard.ics",
    "/fr/private/good/board.ics",
    "/pt-BR//private/good",
    "/feeds/private/good.ics",
    "/feeds/private/",
)
"""What holds a secret, and opens nothing."""


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> LiveSite:
    root = lay(tmp_path_factory.mktemp("private"), FILES)
    compiled(root)
    openings = tuple(
        Opening(one.feed, hashlib.sha256(token.encode()).hexdigest(), one.until, one.rotated)
        for token, one in TOKENS.items()
    )
    put_openings(root / "_site", openings)
    return LiveSite(root / "_site")


@pytest.fixture
def get(live: LiveSite) -> Callable[..., TestResponse]:
    client = Client(create_app(live, lambda: NOW))

    def get(
        path: str, method: str = "GET", host: str = "https://calendars.example.coop", **more: str
    ) -> TestResponse:
        return client.open(path, base_url=host, method=method, headers=more)

    return get


Get = Callable[..., TestResponse]


def test_a_token_opens_its_feed(get: Get) -> None:
    """With all that guards it on its way, and at its end."""
    answer = get("/private/good/board.ics")

    assert answer.status_code == 200
    assert {str(one["SUMMARY"]) for one in Calendar.from_ical(answer.data).walk("VEVENT")} >= {
        "The Bakery: Secret board meeting"
    }
    headers = answer.headers
    assert headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert headers["Cache-Control"] == "private, no-cache"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Robots-Tag"] == "noindex"
    assert "Access-Control-Allow-Origin" not in headers
    assert "good" not in str(headers)
    assert not headers["ETag"].startswith("W/")
    head = get("/private/good/board.ics", "HEAD")
    assert (head.data, dict(head.headers)) == (b"", dict(headers))
    same = get("/private/good/board.ics", **{"If-None-Match": headers["ETag"]})
    assert (same.status_code, same.data) == (304, b"")
    assert same.headers["Cache-Control"] == "private, no-cache"


def test_it_opens_it_in_other_languages_and_under_former_ids(get: Get) -> None:
    """What was subscribed to goes on."""
    assert "X-WR-CALNAME:Conseil" in get("/private/good/board.fr.ics").text
    assert get("/private/good/old-board.ics").data == get("/private/good/board.ics").data
    assert get("/private/former/board.ics").data == get("/private/good/board.ics").data
    assert get("/private/lasting/board.ics").status_code == 200


def test_whoever_has_no_token_is_told_one_thing(get: Get) -> None:
    """The same status, headers and bytes, whatever is wrong; and no link by which a browser would tell the address."""
    answers = [get(path) for path in (*NOTHING, *MISTYPED)]

    assert {answer.status_code for answer in answers} == {404}
    assert len({(answer.data, tuple(answer.headers)) for answer in answers}) == 1
    assert "public" not in answers[0].headers["Cache-Control"]
    assert answers[0].headers["Referrer-Policy"] == "no-referrer"


def test_every_hash_is_compared_in_constant_time(get: Get, monkeypatch: pytest.MonkeyPatch) -> None:
    """All of them, whichever it is, and with nothing else."""
    compared, compare = list[tuple[bytes, bytes]](), hmac.compare_digest

    def noted(one: bytes, other: bytes) -> bool:
        compared.append((one, other))
        return compare(one, other)

    monkeypatch.setattr(hmac, "compare_digest", noted)
    counts = []
    for path in NOTHING[:-8]:
        compared.clear()
        get(path)
        counts.append(len(compared))
    assert set(counts) == {len(TOKENS)}
    assert {len(one) for pair in compared for one in pair} == {64}


def test_one_that_was_replaced_says_where_to_get_the_new_one(get: Get) -> None:
    """In the language of the address, as one event that never changes."""
    answer = get("/private/rotated/board.ics")
    (event,) = Calendar.from_ical(answer.data).walk("VEVENT")

    assert event["DTSTART"].dt == date(2026, 5, 30)
    assert event["DTSTAMP"].dt == datetime(2026, 5, 30, tzinfo=UTC)
    assert "The Bakery" in str(event["DESCRIPTION"])
    assert "Secret" not in answer.text
    assert get("/private/rotated/board.ics", **{"If-None-Match": answer.headers["ETag"]}).status_code == 304
    assert "remplacée" in get("/private/rotated/board.fr.ics").text
    assert "URL:" not in answer.text


def test_whoever_asks_by_date_alone_learns_of_each_change(tmp_path: Path) -> None:
    """Of what is at an address, however it came to be another: Last-Modified never goes backwards, and none of them hides a later body."""
    root = lay(tmp_path, FILES)
    out, digest = root / "_site", hashlib.sha256(b"good").hexdigest()
    board = FILES["feeds/board.yaml"]
    clock = [NOW]
    seen: list[tuple[str, bytes]] = []

    def step(feed: str, rotated: date | None = None) -> str:
        """Put what stands there after an hour, and ask with each date that was told before; return the status, and how many events stand there."""
        clock[0] += timedelta(hours=1)
        lay(root, FILES | {"feeds/board.yaml": feed})
        compiled(root, clock[0])
        put_openings(out, (Opening("board", digest, None, rotated),))
        client = Client(create_app(LiveSite(out), lambda: clock[0]))
        now = client.get("/private/good/board.ics", base_url="https://x.example")
        for told, body in seen:
            dated = {"If-Modified-Since": told}
            again = client.get("/private/good/board.ics", base_url="https://x.example", headers=dated)
            assert again.status_code == (304 if body == now.data else now.status_code), told
        if modified := now.headers.get("Last-Modified"):
            assert all(parsedate_to_datetime(one) <= parsedate_to_datetime(modified) for one, _ in seen)
            seen.append((modified, now.data))
        return f"{now.status_code} {now.data.count(b'BEGIN:VEVENT')}"

    today, closed = date(2026, 6, 1), f"{board}closed: {{on: 2026-05-30}}\n"
    assert step(board) == step(board)
    assert step(board, today) == "200 1"
    assert step(board.replace("Board", "Council"), today) == "200 1"
    assert step(closed) != "200 1"
    assert step(closed, today) == "200 1"
    assert step(f"{board}closed: {{on: 2020-01-01}}\n", today) == "410 0"
    assert len(seen) == 3


def test_one_that_has_ended_for_long_says_so_to_its_subscribers_alone(get: Get) -> None:
    assert get("/private/ended/ended.ics").status_code == 410
    assert get("/private/wrong/ended.ics").status_code == 404


@pytest.mark.parametrize("path", ["/private/good/board.ics", "/private/wrong/board.ics", "/private/"])
def test_nothing_opens_by_plain_http(get: Get, path: str) -> None:
    """It is refused without leading on, as a redirect would be followed in the open; this machine itself may be asked."""
    answer = get(path, host="http://calendars.example.coop")

    assert answer.status_code == 403
    assert "Location" not in answer.headers
    assert "good" not in answer.text
    for host in ("http://localhost:8000", "http://127.0.0.1:8000", "http://[::1]:8000"):
        assert get("/private/good/board.ics", host=host).status_code == 200
    for host in ("http://127.0.0.1.example.org", "http://localhost.example.org", "http://10.0.0.1"):
        assert get("/private/good/board.ics", host=host).status_code == 403


def test_a_proxy_is_believed_where_it_is_ones_own(live: LiveSite) -> None:
    """It says that a visitor came by https; a visitor cannot say so."""
    app = create_app(live, lambda: NOW)
    asked = {"base_url": "http://calendars.example.coop", "headers": {"X-Forwarded-Proto": "https"}}
    near = {"REMOTE_ADDR": "127.0.0.1"}

    assert (
        Client(Proxies(app, 1)).get("/private/good/board.ics", environ_base=near, **asked).status_code == 200
    )
    assert (
        Client(Proxies(app, 0)).get("/private/good/board.ics", environ_base=near, **asked).status_code == 403
    )


def test_nothing_is_narrowed_or_written(get: Get) -> None:
    """Whoever asks, with a token or without."""
    for token in ("good", "wrong"):
        assert get(f"/private/{token}/board.ics?tag=open").status_code == 400
        assert get(f"/private/{token}/board.ics", "POST").status_code == 405
        assert get(f"/private/{token}/board.ics", "OPTIONS").status_code == 405
        assert "Access-Control-Allow-Origin" not in get(f"/private/{token}/board.ics", "OPTIONS").headers


def test_nothing_is_kept_for_others(live: LiveSite) -> None:
    """Not where answers are looked up before anything else, before or after it was asked for."""
    app = create_app(live, lambda: NOW)
    client = Client(app)
    for _ in range(3):
        assert client.get("/private/good/board.ics", base_url="https://x.example").status_code == 200
        asked = Request("GET", "/private/good/board.ics", "", None, None, None)
        assert app.at_once(asked) is None


def test_a_token_that_is_taken_back_opens_nothing_at_once(tmp_path: Path) -> None:
    """And a file that is not what was written opens nothing, and is no failure of the site."""
    root = lay(tmp_path, FILES)
    compiled(root)
    out = root / "_site"
    digest = hashlib.sha256(b"good").hexdigest()
    client = Client(create_app(LiveSite(out), lambda: NOW))

    def status() -> int:
        return client.get("/private/good/board.ics", base_url="https://x.example").status_code

    assert status() == 404
    put_openings(out, (Opening("board", digest),))
    assert status() == 200
    put_openings(out, ())
    assert status() == 404
    (out / "tokens.json").write_text("[{")
    assert status() == 503
    assert client.get("/", base_url="https://x.example").status_code == 200


def test_those_that_put_openings_at_once_do_not_meet(tmp_path: Path) -> None:
    """A command and a server do: each is done, and nothing is left aside."""
    ways = [tuple(Opening("board", f"{way}{turn}") for turn in range(3)) for way in range(4)]

    def often(openings: tuple[Opening, ...]) -> None:
        for turn in range(25):
            put_openings(tmp_path, openings[: turn % 4])

    with ThreadPoolExecutor(len(ways)) as threads:
        for done in [threads.submit(often, openings) for openings in ways]:
            done.result()
    assert Openings(tmp_path).now() in ways + [way[:number] for way in ways for number in range(3)]
    assert [path.name for path in tmp_path.iterdir()] == ["tokens.json"]


def test_there_is_no_page_of_it_and_no_word_in_others(get: Get) -> None:
    """Neither its id nor its title is anywhere that everybody sees."""
    paths = (
        "/feeds/board.ics",
        "/feeds/board/",
        "/feeds/board.json",
        "/embed/board/list.en/",
        "/organisations/board/",
    )
    for path in (*paths, "/feeds/old-board.ics", "/feeds/board/subscribe/"):
        assert get(path).status_code == 404
    for path in (
        "/",
        "/sitemap.xml",
        "/site.json",
        "/builder/",
        "/search/?q=board",
        "/feeds/all/",
        "/feeds/all.json",
    ):
        answer = get(path)
        assert answer.status_code == 200
        assert "Conseil" not in answer.text
        assert "Secret board meeting" not in answer.text


@pytest.mark.parametrize(
    ("feed", "more", "codings"),
    [
        ("board", "", ["gzip", "gzip", None, None, None, None]),
        ("board", "compress_feeds: false\n", [None] * 6),
        ("mixed", "", [None] * 6),
    ],
)
def test_it_is_compressed_where_nobody_else_writes_in_it(
    tmp_path: Path, feed: str, more: str, codings: list[str | None]
) -> None:
    """For whoever asks; with validators of its own, and the same calendar inside."""
    name, text = copy(event("market", "market@example.org"))
    site = {"coopcal.yaml": FILES["coopcal.yaml"] + more}
    root = lay(tmp_path, {**FILES, **COMPRESSED, **site, name: text})
    compiled(root)
    put_openings(root / "_site", (Opening(feed, hashlib.sha256(b"good").hexdigest()),))
    client = Client(create_app(LiveSite(root / "_site"), lambda: NOW))

    def ask(accept: str | None, method: str = "GET", **headers: str) -> TestResponse:
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        given |= {} if accept is None else {"Accept-Encoding": accept}
        return client.open(
            f"/private/good/{feed}.ics", method=method, base_url="https://x.example", headers=given
        )

    plain = ask(None)
    asked = ["gzip", "br, gzip;q=0.5", "br", "identity", "gzip;q=0", None]
    answers = [ask(accept) for accept in asked]
    assert [answer.headers.get("Content-Encoding") for answer in answers] == codings
    assert {answer.headers.get("Vary") for answer in answers} == {
        "Accept-Encoding" if "gzip" in codings else None
    }
    for accept, answer in zip(asked, answers, strict=True):
        is_packed = answer.headers.get("Content-Encoding") == "gzip"
        assert (gzip.decompress(answer.data) if is_packed else answer.data) == plain.data
        assert (answer.headers["ETag"] == plain.headers["ETag"]) is not is_packed
        assert int(answer.headers["Content-Length"]) == len(answer.data)
        assert ask(accept, "HEAD").headers["Content-Length"] == answer.headers["Content-Length"]
        assert ask(accept, If_None_Match=answer.headers["ETag"]).status_code == 304
        assert answer.headers["Cache-Control"] == "private, no-cache"
