"""From an edit to a member's calendar: the real command, a real server, a real HTTP client."""

import re
import runpy
import socket
import threading
import time
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, make_server
from wsgiref.validate import validator

import httpx
import pytest
from tests.support import lint
from tests.support.command import coopcal, serving
from tests.support.trees import BAKERY, SITE, compiled, lay
from tests.support.waiting import PATIENCE, until
from werkzeug.test import Client


def vevents(feed: bytes) -> dict[bytes, bytes]:
    parts = re.findall(rb"BEGIN:VEVENT.*?END:VEVENT\r\n", feed, re.DOTALL)
    return {re.findall(rb"UID:(.*)\r\n", part)[0]: part for part in parts}


def sequence(part: bytes) -> int:
    return int(re.findall(rb"SEQUENCE:(\d+)", part)[0])


def test_a_member_sees_an_edit_and_nothing_else_changes(tmp_path: Path) -> None:
    """Subscribe, edit, recompile: a higher SEQUENCE and a new ETag; unchanged events keep their bytes."""
    root = lay(tmp_path)
    with serving(root) as (client, process):
        first = client.get("/feeds/all.ics")
        unchanged = client.get("/feeds/all.ics", headers={"If-None-Match": first.headers["ETag"]})
        lay(root, {"calendars/bakery.yaml": BAKERY.replace("General assembly", "Annual assembly")})
        time.sleep(1.1)
        done = coopcal(root, "compile")
        second, statuses = first, set[int]()

        def is_another() -> bool:
            nonlocal second
            second = client.get("/feeds/all.ics")
            statuses.add(second.status_code)
            return second.content != first.content

        until(is_another)
        process.terminate()
        code = process.wait(PATIENCE)

    assert unchanged.status_code == 304
    assert done.returncode == 0, done.stderr
    assert statuses == {200}
    before, after = vevents(first.content), vevents(second.content)
    changed = [uid for uid in before if before[uid] != after[uid]]
    assert changed == [b"assembly.bakery@example.coop"]
    assert sequence(after[changed[0]]) > sequence(before[changed[0]])
    assert first.headers["ETag"] != second.headers["ETag"]
    assert lint.faults(second.content) == []
    assert code == 0


def test_a_broken_file_is_told_and_the_last_good_site_is_served(tmp_path: Path) -> None:
    """``serve`` starts all the same where there is a site."""
    root = lay(tmp_path)
    compiled(root)
    lay(root, {"calendars/bakery.yaml": BAKERY.replace("2026-09-12", "2026-02-31")})
    checked = coopcal(root, "check")
    with serving(root) as (client, _):
        assert client.get("/feeds/bakery.ics").status_code == 200

    assert checked.returncode == 1
    assert "calendars/bakery.yaml:8:19: error:" in checked.stdout
    assert coopcal(root, "compile").returncode == 1


def test_a_taken_port_is_told(tmp_path: Path) -> None:
    """With the way out."""
    root = lay(tmp_path)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = coopcal(root, "serve", "--port", str(taken.getsockname()[1]))

    assert done.returncode == 2
    assert "--port" in done.stderr


@pytest.mark.sweep(cases=1)
@pytest.mark.parametrize(
    ("site", "told"),
    [("uid_domain: calendars.example.coop\n", True), (SITE, False)],
    ids=["not named", "named"],
)
def test_a_site_that_does_not_say_where_it_is_served_is_told_what_to_write(
    tmp_path: Path, site: str, *, told: bool
) -> None:
    """Links begin with the usual address; at another one they would lead nowhere."""
    root = lay(tmp_path, {"coopcal.yaml": site})
    with serving(root) as (client, process):
        process.terminate()
        assert process.stdout is not None
        rest = process.stdout.read()

    hint = f"give coopcal.yaml the line  base_url: http://127.0.0.1:{client.base_url.port}\n"
    assert rest.endswith(hint) is told


def test_serve_compiles_anew_when_time_makes_another_site_of_the_sources(tmp_path: Path) -> None:
    """An event whose ``publish_from`` has come stands in the feed without anybody's doing."""
    held = BAKERY.replace("id: open-day\n", "id: open-day\n    publish_from: 2026-06-02\n")
    root = lay(tmp_path, {"calendars/bakery.yaml": held})
    with serving(root, SOURCE_DATE_EPOCH="1780315200") as (client, _):
        until(lambda: b"UID:open-day" in client.get("/feeds/all.ics").content)
        feed = client.get("/feeds/all.ics").content

    assert lint.faults(feed) == []


class Silent(WSGIRequestHandler):
    """Answers without a log."""

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


def test_any_wsgi_server_may_serve_the_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """``wsgi.py`` under the standard library's server, with every call held against PEP 3333."""
    root = lay(tmp_path)
    compiled(root)
    monkeypatch.setenv("COOPCAL_SITE", str(root / "_site"))
    app = runpy.run_path(str(Path(__file__).parents[1] / "wsgi.py"))["app"]
    with make_server("127.0.0.1", 0, validator(app), handler_class=Silent) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with httpx.Client(base_url=f"http://127.0.0.1:{server.server_port}", timeout=PATIENCE) as client:
            client.headers["Accept-Encoding"] = "gzip"
            feed = client.get("/feeds/all.ics")
            answers = {
                path: client.get(path).status_code
                for path in (
                    "/",
                    "/feeds/bakery/",
                    "/events/bakery/assembly/",
                    "/healthz",
                    "/nowhere",
                )
            }
            head = client.head("/feeds/all.ics")
            unchanged = client.get("/feeds/all.ics", headers={"If-None-Match": feed.headers["ETag"]})
        server.shutdown()

    assert lint.faults(feed.content) == []
    assert feed.headers["Content-Encoding"] == "gzip"
    assert (head.content, head.headers["Content-Length"]) == (b"", feed.headers["Content-Length"])
    assert unchanged.status_code == 304
    assert answers == dict.fromkeys(answers, 200) | {"/nowhere": 404}


def test_any_wsgi_server_is_told_by_the_environment_and_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What ``coopcal serve`` is told by options: also who may ask for a rebuild, and that a proxy stands in front."""
    root = lay(tmp_path / "tree")
    compiled(root)
    file, secret = tmp_path / "settings.toml", "nobody guesses this"
    file.write_text(
        f'out = "tree/_site"\nstate = "state"\nproxies = 1\nhook_secret = "{secret}"\n', encoding="utf-8"
    )
    monkeypatch.setenv("COOPCAL_CONFIG", str(file))
    app = runpy.run_path(str(Path(__file__).parents[1] / "wsgi.py"))["app"]
    client = Client(app)

    assert client.get("/feeds/all.ics").status_code == 200
    assert client.post("/hooks/rebuild").status_code == 403
    assert client.post("/hooks/rebuild", headers={"X-Gitlab-Token": secret}).status_code == 202
    assert [path.name for path in (tmp_path / "state").iterdir()] == ["rebuild-wanted"]


def test_a_pasted_file_is_checked_and_kept_nowhere(tmp_path: Path) -> None:
    """Nothing of it stands in a log or on disk; what is too large is refused with words, and the server goes on."""
    root = lay(tmp_path)
    with serving(root) as (client, process):
        before = sorted(root.rglob("*"))
        wrong = b"name: Zebra\r\nevents: [{id: a, title: A, when: 1.2.2026, organisers: [bakerie]}]"
        answer = client.post("/check/", data={"kind": "organisation"}, files={"file": wrong})
        pasted = client.post("/check/", files={"kind": (None, "feed"), "text": (None, "titel: Zebra")})
        large = [client.post("/check/", files={"file": b"z" * size}) for size in (300_000, 30_000_000)]
        busy = client.post("/check/", files={"file": b"organisers: [" + b"a, " * 80_000 + b"]"})
        after = sorted(root.rglob("*"))
        process.terminate()
        assert process.stdout is not None
        log = process.stdout.read()

    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    assert "Line 2, error:" in answer.text
    assert "did you mean “bakery”?" in answer.text
    assert "did you mean “title”?" in pasted.text
    assert [each.status_code for each in large] == [413, 413]
    assert "coopcal check" in large[0].text
    assert busy.status_code == 200
    assert before == after
    assert "Zebra" not in log


def test_from_an_empty_folder_to_a_feed_without_an_editor(tmp_path: Path) -> None:
    """A new site, organisation and event, checked and served: each step says the next one, all within two minutes."""
    began = time.monotonic()
    steps = (
        ("new", "site", "--title", "Events of the valley", "--uid-domain", "valley.coop", "--country", "BE"),
        ("new", "organisation", "--name", "The Bakery", "--country", "BE"),
        (
            "new",
            "event",
            "--title",
            "Open day",
            "--when",
            "2036-09-13 10:00/17:00",
            "--where",
            "The shop, Ghent",
        ),
        ("check",),
    )
    said = []
    for step in steps:
        done = coopcal(tmp_path, *step)
        said.append(done.stdout)

        assert (done.returncode, done.stderr) == (0, ""), step
    with serving(tmp_path) as (client, _):
        feed = client.get("/feeds/the-bakery.ics")
        page = client.get("/")
    event = vevents(feed.content)[b"open-day-2036.the-bakery@valley.coop"]

    assert "Next: coopcal new organisation" in said[0]
    assert "Next: coopcal new event --organisation the-bakery" in said[1]
    assert "Next: coopcal check, then coopcal serve --watch;" in said[2]
    assert said[3] == "All is well: 1 organisation, 1 event, 2 feeds.\n"
    assert b"SUMMARY:Open day\r\n" in event
    assert b"DTSTART;TZID=Europe/Brussels:20360913T100000\r\n" in event
    assert "Open day" in page.text
    assert time.monotonic() - began < 120
