"""A word stands in every field that is not public, and is looked for in every byte that is.

After a compile, another one after an edit, and one that holds an organisation: in the public part of all versions, in what a
real server sends and logs, in what is published to a folder and a bucket, in what ``diff`` and ``check`` say to others, in
what receivers are told, in what ``fetch`` and ``doctor`` print, and in every answer that says that something is wrong.

Copies of feeds of others are among the sources: fetched from a real server, one into a public feed and one into a private
feed alone. What ``forget`` prints is not looked at: it shows lines of the sources, as it is asked to, to whoever edits these.
Nor are texts of ``check`` for people, which quote the line in question to those who have the file before them.
"""

import gzip
import hashlib
import re
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import httpx
import pytest
from flask import Flask
from obstore.store import MemoryStore
from tests.support.command import invoked, serving
from tests.support.copies import include
from tests.support.fetching import calendar, event
from tests.support.listening import listening, response
from tests.support.published import AT_ONCE, publication
from tests.support.receiving import receiving
from tests.support.trees import NOW, lay
from werkzeug.test import Client

from coopcal.compile.pipeline import compile_site
from coopcal.definitions.details.online import ONLINE
from coopcal.definitions.details.practical import PRACTICAL
from coopcal.definitions.details.registration import REGISTRATION
from coopcal.definitions.event_keys import EVENT, SESSION
from coopcal.publish.store.bucket import Bucket
from coopcal.publish.store.publish import publish
from coopcal.site.layout import current_version
from coopcal.site.private import body_of, private_feeds
from coopcal.site.reader import LiveSite
from coopcal.web import create_app

CANARY = re.compile(rb"[\w.@/-]{0,40}kanary[\w.@/-]{0,40}|455[ -]?987[ -]?123", re.IGNORECASE)
TOKEN = "kanary-token-0123456789abcdefghijklmnop"
HASH = hashlib.sha256(TOKEN.encode()).hexdigest()

HIDDEN = """\
  - id: kanary-{name}
    title: {{en: Kanary title {name}, fr: Kanary titre}}
    when: {when}
    where: {{name: Kanary hall, address: 1 Kanary Street, city: Kanaryville, country: BE, access: By kanary bus}}
    online: {{url: "https://kanary.example/meet", for: members}}
    organisers: [bakery, {{name: Kanary Org, url: "https://org.kanary.example/"}}]
    hosts: [{{name: Kanary Host}}]
    partners: [{{name: Kanary Partner}}]
    participants: [{{name: Kanary Participant}}]
    description: "Kanary **description**, see [kanary](https://described.kanary.example/)."
    tags: [kanary-tag]
    languages: [nl]
    links: [{{label: Kanary link, url: "https://link.kanary.example/"}}]
    documents: [{{label: Kanary agenda, file: kanary-agenda.pdf}}]
    image: {{url: "https://image.kanary.example/a.png", alt: Kanary picture}}
    registration: {{url: "https://register.kanary.example/", places: 40, price: Kanary price}}
    practical: {{arrival: Kanary arrival, bring: Kanary things, food: Kanary soup, childcare: Kanary care, accessibility: Kanary help}}
    contact: kanary-desk
    hashtag: KanaryTag
    series: kanary-series
    note: Kanary note
    formerly: [kanary-old-{name}]
    timezone: Europe/Brussels
    also_in: [Asia/Tokyo]
    {guard}
"""
TWICE = """\
    public_shows: busy
    repeats:
      every: week
      count: 3
      except: [{date: 2026-10-19, reason: Kanary pause}]
      changes: {2026-10-26: {title: Kanary change, reason: Kanary reason, status: cancelled, description: Kanary date}}
"""
BAKERY = (
    """\
name: The Bakery
country: BE
contacts: {kanary-desk: {name: Kanary Person, email: person@kanary.example, phone: +32 455 987 123}}
places: {kanary-place: {name: Kanary place, city: Ghent, country: BE}}
events:
  - {id: fair, title: Fair, when: 2026-09-12, note: Kanary note, online: {url: "https://fair.kanary.example/", for: members}}
  - id: week
    title: Open week
    when: 2026-09-21/2026-09-25
    sessions:
      - id: kanary-session
        title: Kanary session
        when: 2026-09-22 19:00/20:00
        visibility: kanary-group
        description: Kanary session
        where: kanary-place
        note: Kanary note
        uid: kanary-session@elsewhere.example
      - {id: open, title: Open session, when: 2026-09-22 10:00/11:00, note: Kanary note}
  - {id: coming, title: Kanary coming, when: 2026-12-01, publish_from: 2069-01-01}
"""
    + HIDDEN.format(name="group", when="2026-10-12 10:00/12:00", guard="visibility: kanary-group")
    + TWICE
    + HIDDEN.format(
        name="members",
        when="2026-10-13",
        guard="visibility: [members]\n    uid: kanary@elsewhere.example\n    status: postponed\n    reason: Kanary reason\n    sessions: [{id: kanary-part, title: Kanary part, when: 10:00/11:00}]",
    )
    + HIDDEN.format(name="draft", when="2026-10-14", guard="draft: true")
    + HIDDEN.format(
        name="later", when="2026-10-15", guard="publish_from: 2069-01-01\n    moved_from: 2026-10-01"
    )
)
SHARED = calendar(
    event(
        "market@elsewhere.example",
        "ATTENDEE;CN=Kanary Guest:mailto:guest@kanary.example",
        "ORGANIZER;CN=The Dairy:mailto:hello@dairy.example",
        "COMMENT:Kanary comment",
        "X-KANARY:Kanary value",
        "REQUEST-STATUS:2.0;Kanary status",
        "ATTACH;FMTTYPE=image/png;ENCODING=BASE64;VALUE=BINARY;X-FILENAME=kanary.png:a2FuYXJ5",
        "BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-PT15M\r\nDESCRIPTION:Kanary alarm\r\nEND:VALARM",
        title="Market of others",
    ),
    *(
        event(
            f"kanary-{level}@elsewhere.example",
            f"CLASS:{level}",
            "DESCRIPTION:Kanary description of others",
            "LOCATION:Kanary cellar",
            "CATEGORIES:KANARY",
            "URL:https://of-others.kanary.example/",
            title=f"Kanary {level} of others",
        )
        for level in ("PRIVATE", "CONFIDENTIAL", "X-KANARY")
    ),
    head="X-WR-CALNAME:Kanary name of others\r\nX-WR-CALDESC:Kanary words of others\r\n",
)
"""What others publish: one event that is public, with what never comes over from it, and some that are not."""

APART = calendar(
    event("kanary-apart@elsewhere.example", "LOCATION:Kanary attic", title="Kanary apart"),
    event("kanary-weekly@elsewhere.example", "RRULE:FREQ=WEEKLY;COUNT=3", title="Kanary weekly of others"),
)
"""What is merged into a private feed alone: nothing says that it is not public, but where it goes."""

SITE = """\
title: Federation
uid_domain: example.coop
base_url: http://127.0.0.1:8000
languages: [en, fr]
timezone: Europe/Brussels
groups: [kanary-group]
on_error: hold
notify: [{url: "http://127.0.0.1:9/kanary-hook"}]
"""
FILES = {
    "coopcal.yaml": f"# Kanary comment\n{SITE}",
    "calendars/bakery.yaml": BAKERY,
    "calendars/kanary-agenda.pdf": "%PDF-1.4 kanary content",
    "calendars/dairy.yaml": "name: The Dairy\ncountry: BE\nevents:\n  - {id: milk, title: Milk, when: 2026-10-01}\n  - {id: kanary-gone, title: Kanary gone, when: 2026-10-02, visibility: members}\n",
    "feeds/kanary-feed.yaml": "title: Kanary feed\ndescription: Kanary words\nfor: {groups: [kanary-group, members]}\nformerly: [kanary-former]\n",
    "feeds/kanary-own.yaml": 'title: Kanary own\nfor: {organisations: [bakery]}\nclosed: {on: 2026-05-01, see: "https://ended.kanary.example/"}\n',
    "feeds/open.yaml": "title: Open\nselect: {organisations: [bakery]}\n",
    "tokens.yaml": f"kanary-feed:\n  - {{sha256: {HASH}, label: Kanary label}}\nkanary-own:\n  - {{sha256: {HASH[::-1]}, label: Kanary, rotated: 2026-05-01}}\n",
}
BROKEN = (
    FILES["calendars/dairy.yaml"] + "  - {id: kanary-broken, title: Kanary broken, visibility: members}\n"
)

BESIDE = "feeds/kanary-feed.yaml"
"""Names a file of the sources where a problem stands, to those who have that file before them; no word of it is told."""

NO_WORDS = {
    "id", "when", "hours", "status", "visibility", "shows_as", "second_call", "draft", "publish_from", "corrected", "moved_from",
    "timezone", "also_in", "languages", "public_shows", "repeats", "sessions", "organisers", "hosts", "partners", "participants",
}  # fmt: skip
"""Keys that hold no text, or are looked for in another way."""

ERRORS = (
    "/nothing/", "/feeds/nothing.ics", "/feeds/all.ics?nothing=1", "/feeds/all.json?limit=x", "/feeds/all/9999-99/", "/fr/nothing",
    "/events/bakery/nothing/", "/organisations/nothing/", "/embed/all/nothing.en/", "/embed/nothing/list.en/", "/search/?q=%FF",
    "/private/wrong/x.ics", "/private/", "/feeds/all/archive/1900.ics", "/%2e%2e/tokens.yaml", "/tokens.yaml", "/coopcal.yaml",
    "/calendars/bakery.yaml", "/metrics", "/.coopcal/", "/feeds/all/oembed.json?url=x", "/oembed.json",
)  # fmt: skip
"""Addresses that lead nowhere, or ask for what cannot be had."""


def found(content: bytes) -> list[bytes]:
    """Return the words that are not public in something that is."""
    return [*CANARY.findall(content), *([b"the hash"] if HASH[:16].encode() in content else [])]


def leaks(files: dict[str, bytes]) -> dict[str, list[bytes]]:
    """Return what should not be there, by where it is."""
    seen = {name: found(name.encode()) + found(_plain(content)) for name, content in files.items()}
    return {name: words for name, words in seen.items() if words}


def _plain(content: bytes) -> bytes:
    return gzip.decompress(content) if content.startswith(b"\x1f\x8b") else content


@dataclass(frozen=True)
class Others:
    """Servers that publish feeds: what ``fetch`` printed of them, in each form, and where they are."""

    printed: tuple[str, ...]
    urls: tuple[str, ...]


@pytest.fixture(scope="module")
def fetched(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Others]:
    """Return a tree into which the real command fetched copies of feeds of others, one of which fails the second time."""
    root = lay(tmp_path_factory.mktemp("canary"), FILES)
    answers = {b"/shared.ics": response("200 OK", SHARED), b"/apart.ics": response("200 OK", APART)}

    def answer(head: bytes) -> bytes:
        return answers.get(head.split(b" ", 2)[1], response("404 Not Found"))

    with listening(answer, ("127.0.0.1",)) as listener:
        shared, apart = (f"http://127.0.0.1:{listener.port}/{name}.ics" for name in ("shared", "apart"))
        for feed, url in (("open", shared), ("kanary-feed", apart)):
            with (root / f"feeds/{feed}.yaml").open("a", encoding="utf-8") as file:
                file.write(include((url, "dairy")))
        allowed = ("--allow-network", "127.0.0.0/8", "--allow-port", str(listener.port))
        done = [invoked(root, "fetch", *allowed), invoked(root, "fetch", "--format", "json", *allowed)]
        answers[b"/apart.ics"] = response("503 Service Unavailable", b"Kanary page of errors")
        done += [invoked(root, "fetch", *allowed), invoked(root, "fetch", "--format", "json", *allowed)]
        assert [one.returncode for one in done] == [0, 0, 1, 1], [one.stderr for one in done]
    return root, Others(tuple(one.stdout + one.stderr for one in done), (shared, apart))


@pytest.fixture(scope="module")
def root(fetched: tuple[Path, Others]) -> Path:
    """Return a tree that was compiled, edited and compiled, and compiled with errors of one organisation."""
    root, _ = fetched
    out = root / "_site"
    first = compile_site(root, out, NOW)
    assert first.published, [one for one in first.problems if one.severity == "error"]
    edited = BAKERY.replace("title: Fair", "title: Great fair").replace("10:00/12:00", "11:00/12:30")
    (root / "calendars/bakery.yaml").write_text(edited.replace("Kanary hall", "Kanary house"))
    assert compile_site(root, out, NOW + timedelta(days=1)).published
    (root / "calendars/dairy.yaml").write_text(BROKEN)
    held = compile_site(root, out, NOW + timedelta(days=2))
    assert [one.organisation for one in held.held] == ["dairy"]
    return root


def test_every_key_of_an_event_has_a_word() -> None:
    """A key that is new has to be thought of here."""
    written = set(re.findall(r"(?:^|[{ ])([a-z_]+): ", BAKERY, re.MULTILINE))
    keys = {*EVENT.names, *SESSION.names, *PRACTICAL.names, "url", "price"}

    assert keys - written - NO_WORDS == set()
    assert {key.name for key in ONLINE.keys} == {"url", "for"}
    assert {"url", "price"} <= set(REGISTRATION.names)


def test_the_words_are_there_for_those_who_may_see_them(root: Path) -> None:
    """Else nothing would be found anywhere."""
    version = current_version(root / "_site")
    feed = private_feeds(version)["kanary-feed"]
    calendar = feed.calendar(None)
    assert calendar is not None
    body = body_of(version, calendar).replace(b"\r\n ", b"")
    words = found(body)

    assert len(set(words)) > 15
    assert len(words) > 60
    assert body.count(b"Kanary apart") == body.count(b"Kanary CONFIDENTIAL of others") == 1
    assert b"Kanary attic" in body
    public = LiveSite(root / "_site").current().feeds["open"].bodies["identity"].content
    assert b"Market of others" in public


def test_no_public_file_of_any_version_has_one(root: Path) -> None:
    """Neither of the version that is served, nor of those before."""
    files = {}
    for path in (path for path in (root / "_site").rglob("*") if path.is_file()):
        name = path.relative_to(root / "_site").as_posix()
        if "/private/" not in f"/{name}" and name != "tokens.json":
            files[name] = path.read_bytes()

    assert len([name for name in files if name.endswith(".json")]) > 9
    assert leaks({name: body for name, body in files.items() if not name.endswith(".pack")}) == {}
    client = Client(create_app(LiveSite(root / "_site"), lambda: NOW))
    site = LiveSite(root / "_site").current()
    bodies = {
        f"{entry.id} {entry.year} {entry.translation} {coding}": body.content
        for entry in (
            *site.feeds.values(),
            *site.archives.values(),
            *site.translations.values(),
            *site.changes.values(),
        )
        for coding, body in entry.bodies.items()
        if coding in ("identity", "gzip")
    }
    assert len(bodies) > 20
    assert leaks({name: body.replace(b"\r\n ", b"") for name, body in bodies.items()}) == {}
    assert client.get("/site.json").status_code == 200


def test_no_byte_that_a_server_sends_or_logs_has_one(root: Path, tmp_path: Path) -> None:
    """A real server, every address that can be found from its pages, every format, and every way to ask wrongly."""
    options = ("--log", "json", "--state", str(tmp_path / "state"))
    with serving(root, *options, COOPCAL_METRICS_TOKEN="a" * 20) as (client, process):
        sent = dict(_everything(client))
        assert len(sent) > 150
        for address in ERRORS:
            sent[f"wrong {address}"] = _all_of(client.get(address))
        for method in ("POST", "PUT", "DELETE", "OPTIONS", "HEAD", "TRACE"):
            for address in ("/", "/feeds/all.ics", "/private/x/y.ics", "/hooks/rebuild"):
                sent[f"{method} {address}"] = _all_of(client.request(method, address, content=b"x"))
        metrics = client.get("/metrics", headers={"Authorization": f"Bearer {'a' * 20}"})
        sent["metrics"] = metrics.content
        opened = client.get(f"/private/{TOKEN}/kanary-feed.ics")
        assert "Kanary title" in opened.text
        again = client.get("/metrics", headers={"Authorization": f"Bearer {'a' * 20}"})
        sent["metrics, once it was opened"] = again.content
        assert metrics.status_code == 200
        process.terminate()
        assert process.stdout is not None
        log = process.stdout.read().encode()

    assert leaks(sent) == {}
    assert b"/private/***" in log
    assert found(log) == []


def _everything(client: httpx.Client) -> Iterator[tuple[str, bytes]]:
    """Follow every link from the first page, a few of each kind, and ask for all that is for machines."""
    formats = ("ics", "json", "atom", "rss", "upcoming.rss", "jcal", "csv", "txt", "md", "fr.ics", "fr.json")
    feeds = [f"/feeds/{feed}.{ending}" for feed in ("all", "bakery", "dairy", "open") for ending in formats]
    more = [
        f"/feeds/{feed}/{what}"
        for feed in ("all", "bakery")
        for what in ("changes.atom", "changes.fr.atom", "archive/2026.ics", "oembed.json")
    ]
    machines = [
        "/site.json",
        "/sitemap.xml",
        "/robots.txt",
        "/schema.json",
        "/openapi.json",
        "/healthz",
        "/readyz",
        "/embed.js",
        "/feeds/all.ics?tag=open",
        "/feeds/all.ics?remind=evening",
        "/search/?q=title",
        "/fr/search/?q=a",
        "/builder/",
    ]
    waiting = deque(["/", "/fr/", *feeds, *more, *machines])
    seen, kinds = set(waiting), Counter[str]()
    while waiting:
        path = waiting.popleft()
        answer = client.get(path)
        yield path, _all_of(answer)
        if not answer.headers.get("content-type", "").startswith("text/html"):
            continue
        for link in re.findall(r'(?:href|src|action)="([^"]+)"', answer.text):
            target = urlsplit(urljoin(path, link.replace("&amp;", "&")))
            inner = target.path + (f"?{target.query}" if target.query else "")
            kind = re.sub(r"\d+", "0", target.path)
            if not target.netloc and not target.scheme and inner not in seen and kinds[kind] < 2:
                seen.add(inner)
                kinds[kind] += 1
                waiting.append(inner)


def _all_of(answer: httpx.Response) -> bytes:
    head = "".join(f"{name}: {value}\n" for name, value in answer.headers.multi_items())
    return head.encode() + answer.content.replace(b"\r\n ", b"")


def test_what_fails_says_none(root: Path, caplog: pytest.LogCaptureFixture) -> None:
    """An answer of 500, and one of a private feed that is damaged: with what is logged of them."""

    def fails() -> str:
        raise RuntimeError("on purpose")

    def add(app: Flask) -> None:
        app.add_url_rule("/fails", view_func=fails)

    app = create_app(LiveSite(root / "_site"), lambda: NOW, [add])
    client = Client(app)
    damaged = next((current_version(root / "_site") / "private/_feeds").glob("*.ics"))
    kept = damaged.read_bytes()
    answers = [client.get("/fails"), client.get("/fr/fails")]
    damaged.write_bytes(b"damaged")
    try:
        answers += [
            client.get(f"/private/{TOKEN}/{name}.ics", base_url="https://x.example")
            for name in ("kanary-feed", "kanary-feed.fr", "kanary-former")
        ]
    finally:
        damaged.write_bytes(kept)

    assert answers[0].status_code == 500
    assert {answer.status_code for answer in answers[2:]} <= {200, 503}
    wrong = [answer for answer in answers if answer.status_code != 200]
    assert (
        leaks({f"{number}": str(one.headers).encode() + one.data for number, one in enumerate(wrong)}) == {}
    )
    assert found(caplog.text.encode()) == []
    hidden = client.get("/events/bakery/kanary-group/")
    assert hidden.status_code == 404
    assert b"title" not in b" ".join(found(hidden.data)).lower()


def test_what_is_published_has_none(root: Path, tmp_path: Path) -> None:
    """Into a folder by the real command, and into a bucket."""
    (root / "calendars/dairy.yaml").write_text(FILES["calendars/dairy.yaml"])
    done = invoked(root, "--quiet", "publish", str(tmp_path / "www"))
    assert done.returncode == 0, done.stderr
    files = {
        path.relative_to(tmp_path / "www").as_posix(): path.read_bytes()
        for path in (tmp_path / "www").rglob("*")
        if path.is_file()
    }
    assert len(files) > 100
    assert (
        leaks({name: body.replace(b"\r\n ", b"") for name, body in files.items() if not name.endswith(".br")})
        == {}
    )
    assert found((done.stdout + done.stderr).encode()) == []
    store = MemoryStore()
    publish(Bucket(store, "memory://"), publication(root), AT_ONCE)
    names = [one["path"] for part in store.list() for one in part]
    assert names
    assert leaks({name: bytes(store.get(name).bytes()) for name in names if not name.endswith(".br")}) == {}


def test_what_is_told_to_others_has_none(root: Path) -> None:
    """``diff`` in every form, and ``check`` in those that are not for whoever has the file before them."""
    (root / "calendars/dairy.yaml").write_text(FILES["calendars/dairy.yaml"].replace("Milk", "More milk"))
    (root / "calendars/bakery.yaml").write_text(BAKERY.replace("Kanary hall", "Kanary barn"))
    forms = [invoked(root, "diff", "--format", form) for form in ("text", "json")]
    forms += [invoked(root, "check", "--format", form) for form in ("json", "github")]

    assert "More milk" in forms[0].stdout
    for form in forms:
        said = (form.stdout + form.stderr).replace(BESIDE, "")
        assert found(said.encode()) == [], form.args


def test_what_fetch_prints_has_none_of_what_came(fetched: tuple[Path, Others]) -> None:
    """Neither of copies nor of what a server says that has none; the addresses stand in the sources, and are told."""
    _, others = fetched

    for printed in others.printed:
        for url in others.urls:
            assert url in printed or "failed" in printed or "503" in printed
        assert found(printed.replace(BESIDE, "").encode()) == []


def test_what_receivers_are_told_has_none(root: Path) -> None:
    """Of a publish by the real command, which changes events that are public and others: to a program and to people."""
    settings, bakery = root / "coopcal.yaml", root / "calendars/bakery.yaml"
    (root / "calendars/dairy.yaml").write_text(FILES["calendars/dairy.yaml"])
    bakery.write_text(BAKERY)
    with receiving() as receiver:
        hooks = (f"{{url: {receiver.url}/kanary-{form}, format: {form}}}" for form in ("json", "text"))
        known = settings.read_text()
        settings.write_text(f"{known.partition('notify:')[0]}notify: [{', '.join(hooks)}]\n")
        allowed = ("--allow-network", "127.0.0.0/8", "--allow-port", str(receiver.port))
        secret = {"COOPCAL_NOTIFY_SECRET": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwfKQ9r8GK"}
        done = [invoked(root, "--quiet", "compile", *allowed, **secret)]
        bakery.write_text(
            BAKERY.replace("title: Fair", "title: Greater fair")
            .replace("Kanary title", "Kanary other title")
            .replace("2026-10-13", "2026-10-16")
        )
        done.append(invoked(root, "--quiet", "compile", *allowed, **secret))
    settings.write_text(known)

    assert [one.returncode for one in done] == [0, 0], done[-1].stderr
    told = {f"{number} {one.path}": one.body for number, one in enumerate(receiver.came)}
    assert {name.partition("/hook/")[2] for name in told} == {"kanary-json", "kanary-text"}
    assert [b"Greater fair" in body for body in told.values()][-2:] == [True, True]
    assert leaks({name.partition("/")[0]: body for name, body in told.items()}) == {}
    assert [found((one.stdout + one.stderr).encode()) for one in done] == [[], []]
    state = (root / "_site/notify.json").read_bytes()
    assert found(state) == []


def test_what_the_doctor_says_of_our_feeds_has_none(root: Path) -> None:
    """In every form."""
    with serving(root) as (client, _):
        address = str(client.base_url.join("/feeds/open.ics"))
        for form in ("text", "json"):
            told = invoked(root, "doctor", address, "--format", form)

            assert told.returncode in (0, 1), told.stderr
            assert "open.ics" in told.stdout
            assert found((told.stdout + told.stderr).encode()) == []
