"""``coopcal rebuild``: sources come from a git server; nothing in them is run, and what fails leaves the site as it is."""

import hashlib
import hmac
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.support.command import invoked_words, serving
from tests.support.deployed import certificate
from tests.support.git_server import blob, commit_of_tree, committed, git, git_server
from tests.support.ports import free_port
from tests.support.receiving import receiving
from tests.support.trees import BAKERY, lay
from tests.support.trees import SITE as TREE
from tests.support.waiting import PATIENCE, until
from tests.telling.site import SECRET as NOTIFY_SECRET
from werkzeug.test import Client

from coopcal.site.reader import LiveSite, open_site
from coopcal.web import create_app

SECRET = "a word that nobody guesses"
NEWER = BAKERY.replace("Open day", "Day of open doors")


@dataclass(frozen=True)
class Place:
    """A repository with the example site, where it is served, and where it is rebuilt into."""

    work: Path
    remote: str
    state: Path
    out: Path

    def command(self, *options: str, remote: str = "") -> list[str]:
        """Return the command that rebuilds."""
        return [sys.executable, "-m", "coopcal", *self.words(*options, remote=remote)]

    def words(self, *options: str, remote: str = "") -> list[str]:
        """Return the words of that command."""
        return [
            *("--language", "en", "rebuild"),
            *(
                "--remote",
                remote or self.remote,
                "--state",
                str(self.state),
                "--out",
                str(self.out),
                *options,
            ),
        ]

    def rebuild(self, *options: str, remote: str = "", **variables: str) -> subprocess.CompletedProcess[str]:
        """Rebuild once."""
        return invoked_words(*self.words(*options, remote=remote), **variables)

    @property
    def titles(self) -> set[str]:
        """The titles of all events that are published."""
        return {record.details.title.get("en", "") for record in open_site(self.out).events}

    @property
    def feed(self) -> str:
        """The feed of everything."""
        return Client(create_app(LiveSite(self.out))).get("/feeds/all.ics").text

    @property
    def trouble(self) -> str:
        """Why the site before stands; "" where nothing is wrong."""
        told = self.out / "trouble"
        return told.read_text(encoding="utf-8").strip() if told.exists() else ""

    @property
    def laid(self) -> set[str]:
        """What of the last commit was laid."""
        folder = self.state / "rebuild/sources"
        return {path.relative_to(folder).parts[1:][-1] for path in folder.rglob("*") if not path.is_dir()}


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    work = lay(tmp_path / "served/calendars")
    committed(work)
    with git_server(tmp_path / "served") as address:
        yield Place(work, f"{address}/calendars/.git", tmp_path / "state", tmp_path / "site")


def test_what_is_pushed_is_published_and_what_did_not_change_keeps_every_byte(place: Place) -> None:
    first = place.rebuild()
    assert first.returncode == 0, first.stderr
    assert "Open day" in place.titles
    before = place.feed
    assert (place.rebuild().returncode, place.feed) == (0, before)

    lay(place.work, {"calendars/bakery.yaml": NEWER})
    committed(place.work)
    second = place.rebuild()

    assert second.returncode == 0, second.stderr
    assert "Day of open doors" in place.titles
    changed, same = (
        [part for part in place.feed.split("BEGIN:VEVENT") if uid in part]
        for uid in ("UID:open-day.bakery@", "UID:assembly.bakery@")
    )
    assert len(changed) == len(same) == 1
    assert (changed[0] in before, same[0] in before) == (False, True)
    assert (place.state / "rebuild").stat().st_mode & 0o077 == 0


def test_another_branch_is_not_looked_at(place: Place) -> None:
    place.rebuild()
    git(place.work, "checkout", "--quiet", "-b", "draft")
    lay(place.work, {"calendars/bakery.yaml": NEWER})
    committed(place.work)

    assert place.rebuild().returncode == 0
    assert "Open day" in place.titles
    assert place.rebuild("--branch", "draft").returncode == 0
    assert "Day of open doors" in place.titles


@pytest.mark.parametrize("branch", ["", "a..b", "a b", "x:refs/heads/y", "a\nb", "x.lock", "a//b"])
def test_a_name_that_is_none_of_a_branch_is_refused(place: Place, branch: str) -> None:
    done = place.rebuild(f"--branch={branch}")

    assert done.returncode == 1
    assert "is no name of a branch" in done.stderr


@pytest.mark.parametrize("form", ["ext::touch {path}/ran", "http://192.0.2.1/x", "-x"])
def test_only_https_ssh_and_what_this_machine_serves_is_spoken(place: Place, form: str) -> None:
    done = place.rebuild(remote=form.format(path=place.work / ".git"))

    assert done.returncode == 1
    assert "cannot be fetched" in done.stderr
    assert "not allowed" in done.stderr or form == "-x"
    assert not (place.work / ".git/ran").exists()
    assert not (place.out / "current").exists()


@pytest.mark.parametrize(
    "form", ["{path}", "file://{path}", "FILE://{path}", "{path}/nowhere", "../work", "~/w"]
)
@pytest.mark.parametrize("watch", [(), ("--watch",)])
def test_a_folder_of_this_machine_is_refused_with_the_option_that_allows_it(
    place: Place, form: str, watch: tuple[str, ...]
) -> None:
    done = place.rebuild(*watch, remote=form.format(path=place.work / ".git"))

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.endswith("a folder of this machine takes --allow-local\n")
    assert not (place.out / "current").exists()


def test_a_folder_of_this_machine_may_be_asked_for(place: Place) -> None:
    done = place.rebuild("--allow-local", remote=str(place.work / ".git"))

    assert done.returncode == 0, done.stderr
    assert place.rebuild("--allow-local", remote="ext::touch /nowhere").returncode == 1


def test_nothing_that_a_repository_brings_is_run(place: Place, tmp_path: Path) -> None:
    """Neither filters nor hooks, even where settings of the machine would have them run."""
    home, ran = tmp_path / "home", tmp_path / "ran"
    hooks = home / "hooks"
    hooks.mkdir(parents=True)
    for name in ("post-checkout", "reference-transaction", "pre-auto-gc", "post-merge"):
        (hooks / name).write_text(f"#!/bin/sh\ntouch {ran}\n", encoding="utf-8")
        (hooks / name).chmod(0o755)
    (home / ".gitconfig").write_text(
        f'[core]\nhooksPath = {hooks}\n[filter "x"]\nsmudge = touch {ran}\nrequired = true\n',
        encoding="utf-8",
    )
    lay(place.work, {".gitattributes": "* filter=x\n", "calendars/.gitattributes": "* filter=x\n"})
    committed(place.work)
    done = place.rebuild(HOME=str(home))

    assert done.returncode == 0, done.stderr
    assert not ran.exists()


def test_links_and_submodules_are_left_out_and_told(place: Place, tmp_path: Path) -> None:
    (tmp_path / "secret.yaml").write_text("name: Secret\n", encoding="utf-8")
    (place.work / "calendars/link.yaml").symlink_to(tmp_path / "secret.yaml")
    (place.work / "files").symlink_to("/etc")
    other = lay(tmp_path / "other")
    committed(other)
    git(place.work, "submodule", "--quiet", "add", f"file://{other}", "calendars/sub")
    committed(place.work)
    done = place.rebuild()

    assert done.returncode == 0, done.stderr
    assert "left out, as they are no plain files: calendars/link.yaml, calendars/sub, files" in done.stderr
    assert place.laid == {"coopcal.yaml", "bakery.yaml"}
    assert [one.id for one in open_site(place.out).organisations] == ["bakery"]


def test_no_name_in_a_tree_leads_out_of_the_folder(place: Place, tmp_path: Path) -> None:
    """Git refuses such trees in a work tree, and carries them all the same."""
    evil = blob(place.work, b"evil")
    inner = git(place.work, "mktree", given=f"100644 blob {evil}\tescaped\n".encode())
    names = ["..", ".", ".git", "a/../../escaped", "/tmp/escaped", "plain"]
    entries = [("040000", "tree", inner, name) for name in sorted(names)]
    commit_of_tree(place.work, [*entries, ("100644", "blob", evil, "../escaped")])
    place.rebuild()

    escaped = [path for path in tmp_path.rglob("escaped*") if place.work not in path.parents]
    (folder,) = (place.state / "rebuild/sources").iterdir()
    assert all(folder in path.parents for path in escaped)
    assert "plain/escaped" in {str(path.relative_to(folder)) for path in escaped}
    assert not Path("/tmp/escaped").exists()


def test_a_tree_that_names_billions_of_files_is_refused_at_once(place: Place) -> None:
    """Ten trees in ten trees in ten trees …: a few kilobytes."""
    place.rebuild()
    version = open_site(place.out).version
    inner = blob(place.work, b"x")
    kind, mode = "blob", "100644"
    for _ in range(10):
        lines = "".join(f"{mode} {kind} {inner}\tn{number}\n" for number in range(10))
        inner, kind, mode = git(place.work, "mktree", given=lines.encode()), "tree", "040000"
    git(place.work, "update-ref", "refs/heads/main", git(place.work, "commit-tree", inner, "-m", "Bomb"))
    begun = time.monotonic()
    done = place.rebuild()

    assert (done.returncode, place.trouble) == (1, "the sources have more than 200000 files")
    assert time.monotonic() - begun < 30
    assert open_site(place.out).version == version


def test_a_huge_file_is_refused_before_it_is_written(place: Place) -> None:
    (place.work / "files").mkdir()
    (place.work / "files/huge.pdf").write_bytes(bytes(100_000_001))
    committed(place.work)
    done = place.rebuild()

    assert (done.returncode, place.trouble) == (1, "files/huge.pdf is larger than 100000000 bytes")


def test_what_fails_leaves_the_site_and_tells_no_hidden_word(place: Place) -> None:
    place.rebuild()
    version = open_site(place.out).version
    lay(place.work, {"calendars/bakery.yaml": BAKERY.replace("2026-10-25 09:00/10:00", "Zanzibar")})
    commit = committed(place.work)
    done = place.rebuild()

    assert done.returncode == 1
    assert "Zanzibar" in done.stderr
    assert place.trouble.startswith(
        f"the sources of commit {commit[:12]} have 1 error, the first in calendars/bakery.yaml:"
    )
    assert "Zanzibar" not in place.trouble
    assert open_site(place.out).version == version
    with serving(place.work, "--no-compile", "--out", str(place.out)) as (client, _):
        ready = client.get("/readyz").json()
        assert (ready["ready"], ready["trouble"]) == (True, place.trouble)
        assert "Open day" in client.get("/feeds/all.ics").text


def test_a_password_in_the_address_is_told_nobody(place: Place) -> None:
    remote = place.remote.replace("http://", "http://ada:open-sesame@").replace("/calendars/", "/nothing/")
    done = place.rebuild(remote=remote)

    assert done.returncode == 1
    assert "open-sesame" not in done.stderr + done.stdout + place.trouble


def test_what_a_killed_process_left_is_in_nobodys_way(place: Place) -> None:
    place.rebuild()
    repository = place.state / "rebuild/repository"
    for name in ("shallow.lock", "config.lock", "refs/coopcal/fetched.lock"):
        (repository / name).touch()
    half = place.state / "rebuild/sources/half/calendars"
    half.mkdir(parents=True)
    lay(place.work, {"calendars/bakery.yaml": NEWER})
    committed(place.work)

    assert place.rebuild().returncode == 0
    assert "Day of open doors" in place.titles
    assert not half.exists()


def test_by_https_only_whom_the_machine_believes_is_believed(place: Place, tmp_path: Path) -> None:
    tls = certificate(tmp_path)
    with git_server(tmp_path / "served", tls) as address:
        remote = f"{address}/calendars/.git"
        assert place.rebuild(remote=remote).returncode == 1
        assert place.trouble == "the branch “main” cannot be fetched"
        done = place.rebuild(remote=remote, SSL_CERT_FILE=str(tls[0]))

    assert (done.returncode, place.trouble) == (0, "")
    assert "Open day" in place.titles


@pytest.mark.parametrize("milliseconds", [300, 700, 1200])
def test_whenever_a_process_is_killed_the_site_is_whole_and_the_next_one_goes_on(
    place: Place, milliseconds: int
) -> None:
    place.rebuild()
    before = place.feed
    lay(place.work, {"calendars/bakery.yaml": NEWER})
    committed(place.work)
    with subprocess.Popen(place.command(), stderr=subprocess.DEVNULL, process_group=0) as process:
        time.sleep(milliseconds / 1000)
        os.killpg(process.pid, signal.SIGKILL)

    assert place.feed == before or "Day of open doors" in place.titles
    assert place.rebuild().returncode == 0
    assert "Day of open doors" in place.titles


@pytest.mark.parametrize("kilobytes", [0, 1, 16])
def test_a_disk_that_takes_no_more_leaves_the_site_as_it_is(place: Place, kilobytes: int) -> None:
    """As by a limit on files: git and coopcal meet it, each in its turn; no module that is cut off by it is kept compiled."""
    place.rebuild()
    before = place.feed
    big = "".join(f"  - {{id: e{number}, title: Event, when: 2027-01-01}}\n" for number in range(700))
    lay(place.work, {"calendars/bakery.yaml": NEWER + big})
    (place.work / "noise").write_bytes(os.urandom(100_000))
    committed(place.work)
    command = [
        "bash",
        "-c",
        f'export PYTHONDONTWRITEBYTECODE=1; ulimit -f {kilobytes}; exec "$0" "$@"',
        *place.command(),
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)

    assert done.returncode in (1, 2), done.stderr
    assert place.feed == before
    assert place.rebuild().returncode == 0
    assert ("Event" in place.titles, place.trouble) == (True, "")


def test_compiles_are_counted_for_the_server(place: Place) -> None:
    place.rebuild()
    lay(place.work, {"calendars/bakery.yaml": "name: [\n"})
    committed(place.work)
    place.rebuild()
    options = ("--no-compile", "--out", str(place.out), "--state", str(place.state))
    with serving(place.work, *options, COOPCAL_METRICS_TOKEN=SECRET) as (client, _):
        told = client.get("/metrics", headers={"Authorization": f"Bearer {SECRET}"}).text

    counts = re.findall(r"^coopcal_compiles_total\S* (\d+)", told, re.MULTILINE)
    assert counts == ["1", "1"], told


def test_a_server_that_compiles_nothing_waits_for_its_site(place: Place) -> None:
    with serving(place.work, "--no-compile", "--out", str(place.out)) as (client, _):
        assert client.get("/readyz").status_code == 503
        assert client.get("/feeds/all.ics").status_code == 503
        assert place.rebuild().returncode == 0

        until(lambda: client.get("/readyz").status_code == 200)
        assert "Open day" in client.get("/feeds/all.ics").text


@contextmanager
def watching(place: Place) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(place.command("--watch"), stderr=subprocess.DEVNULL)
    try:
        until((place.out / "current").exists)
        yield process
    finally:
        process.kill()
        process.wait(PATIENCE)


def test_two_at_once_do_not_meet_and_a_killed_one_is_in_nobodys_way(place: Place) -> None:
    with watching(place) as process:
        other = place.rebuild()
        assert other.returncode == 2
        assert f"create {place.state}/rebuild-wanted" in other.stderr
        process.send_signal(signal.SIGKILL)
        process.wait(PATIENCE)

        assert place.rebuild().returncode == 0


def test_a_push_is_published_by_the_call_of_a_forge(place: Place) -> None:
    """The real server takes the call; another process fetches and compiles; the server takes up what came of it."""
    options = ("--no-compile", "--out", str(place.out), "--state", str(place.state))
    with watching(place), serving(place.work, *options, COOPCAL_HOOK_SECRET=SECRET) as (client, _):
        assert "SUMMARY:The Bakery: Open day" in client.get("/feeds/all.ics").text
        lay(place.work, {"calendars/bakery.yaml": NEWER})
        committed(place.work)
        body = json.dumps({"ref": "refs/heads/main"}).encode()
        signature = hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
        assert client.post("/hooks/rebuild", content=body).status_code == 403
        called = client.post(
            "/hooks/rebuild", content=body, headers={"X-Hub-Signature-256": f"sha256={signature}"}
        )

        assert (called.status_code, called.content) == (202, b"")
        until(lambda: "Day of open doors" in client.get("/feeds/all.ics").text)
        assert not (place.state / "rebuild-wanted").exists()


def test_a_secret_needs_a_state_folder_and_length(place: Place) -> None:
    command = [sys.executable, "-m", "coopcal", "--root", str(place.work), "serve", "--port", "1"]
    for secret, told in ((SECRET, "COOPCAL_STATE"), ("short-secret", "at least 16 ASCII characters")):
        environment = {**os.environ, "COOPCAL_HOOK_SECRET": secret}
        done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
        assert done.returncode == 2
        assert told in done.stderr
        assert secret not in done.stderr


def test_a_server_that_compiles_by_itself_takes_no_calls_that_nobody_would_read(place: Place) -> None:
    command = [
        sys.executable,
        "-m",
        "coopcal",
        "--root",
        str(place.work),
        "serve",
        "--port",
        str(free_port()),
    ]
    environment = {**os.environ, "COOPCAL_HOOK_SECRET": SECRET, "COOPCAL_STATE": str(place.state)}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False, timeout=60)

    assert done.returncode == 2
    assert "add --no-compile, or take the secret away" in done.stderr


def test_those_who_are_to_know_are_told_of_a_rebuild(place: Place) -> None:
    """Of what it changed; where somebody does not answer, under the same id when it is due."""
    with receiving() as receiver:
        variables = {
            "COOPCAL_NOTIFY_SECRET": NOTIFY_SECRET,
            "COOPCAL_ALLOW_NETWORK": "127.0.0.0/8",
            "COOPCAL_ALLOW_PORT": str(receiver.port),
        }
        receiver.status(500)
        lay(place.work, {"coopcal.yaml": f"{TREE}notify:\n  - url: {receiver.url}\n"})
        committed(place.work)
        assert place.rebuild(**variables).returncode == 0
        lay(
            place.work,
            {"coopcal.yaml": f"{TREE}notify:\n  - url: {receiver.url}\n", "calendars/bakery.yaml": NEWER},
        )
        committed(place.work)
        failed = place.rebuild(**variables)
        state = place.out / "notify.json"
        text = state.read_text(encoding="utf-8")
        state.write_text(re.sub(r'"next":"[^"]*"', '"next":"2026-01-01T00:00:00Z"', text), encoding="utf-8")
        receiver.status(204)
        told = place.rebuild(**variables)

    assert "could not be told of 1 change: it answers with the status 500" in failed.stderr
    assert f"Told 127.0.0.1:{receiver.port} of 1 change." in told.stderr
    assert [came.events[0][0] for came in receiver.came] == ["bakery/open-day"] * 2
    assert len(set(receiver.ids)) == 1
