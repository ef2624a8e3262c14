"""A preview shows lines of hidden events: it answers to names of this machine alone, and says who else can see it."""

import subprocess
import sys
from pathlib import Path

import pytest
from tests.support.command import serving
from tests.support.ports import free_port
from tests.support.trees import NOW, compiled, lay
from werkzeug.test import Client

from coopcal.site.reader import LiveSite
from coopcal.web import Application, create_app
from coopcal.web.hosts import KnownHosts, is_private
from coopcal.web.watch import STATE, State, pages

LOCAL = (
    "localhost",
    "LOCALHOST:8000",
    "localhost.",
    "preview.localhost",
    "127.0.0.1:8000",
    "127.9.9.9",
    "[::1]:8000",
    "[::1]",
)
FOREIGN = (
    "evil.example",
    "evil.example:8000",
    "localhost.evil.example",
    "127.0.0.1.evil.example",
    "evil-localhost",
    "",
    "@",
)
NUMBERS = ("192.168.1.5", "192.168.1.5:8000", "[fd00::1]:8000")
PATHS = ("/", "/watch/problems", "/watch/state", "/feeds/all.ics", "/feeds/all", "/healthz")


@pytest.fixture(scope="module")
def unguarded(tmp_path_factory: pytest.TempPathFactory) -> Application:
    """Return the application of a preview, before it looks by which name it is asked."""
    root = lay(tmp_path_factory.mktemp("hosts"))
    compiled(root)
    (root / "state.json").write_bytes(STATE.dumps(State, State()))
    return create_app(LiveSite(root / "_site"), lambda: NOW, extras=[pages(root / "state.json")])


@pytest.fixture
def app(unguarded: Application) -> KnownHosts:
    """Return the application of a preview that listens on this machine."""
    return KnownHosts(unguarded, "127.0.0.1")


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("name", LOCAL)
def test_names_of_this_machine_are_answered(app: KnownHosts, name: str, path: str) -> None:
    assert Client(app).get(path, headers={"Host": name}).status_code in (200, 308)


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("name", [*FOREIGN, *NUMBERS])
def test_no_other_name_is(app: KnownHosts, name: str, path: str) -> None:
    """Whatever is asked for, and with whatever method."""
    for method in ("GET", "HEAD", "OPTIONS", "POST"):
        answer = Client(app).open(path, method=method, headers={"Host": name})

        assert answer.status_code == 421
        assert "Access-Control-Allow-Origin" not in answer.headers


@pytest.mark.parametrize(
    ("host", "answered"),
    [
        ("calendar.local", ("calendar.local:8000", "localhost")),
        ("192.168.1.5", ("192.168.1.5:8000", "127.0.0.1")),
        ("0.0.0.0", (*NUMBERS, "localhost")),
        ("::", (*NUMBERS, "localhost")),
    ],
)
def test_what_it_listens_on_is_answered(unguarded: Application, host: str, answered: tuple[str, ...]) -> None:
    other = Client(KnownHosts(unguarded, host))

    assert {other.get("/healthz", headers={"Host": name}).status_code for name in answered} == {200}
    assert other.get("/healthz", headers={"Host": "evil.example"}).status_code == 421


@pytest.mark.parametrize(
    ("host", "private"),
    [
        ("127.0.0.1", True),
        ("::1", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("::", False),
        ("10.0.0.1", False),
        ("host.local", False),
    ],
)
def test_which_hosts_only_this_machine_reaches(host: str, *, private: bool) -> None:
    assert is_private(host) is private


def test_the_command_answers_by_known_names_and_a_published_site_by_any(tmp_path: Path) -> None:
    root = lay(tmp_path)
    with serving(root, "--watch") as (client, _):
        watched = [
            client.get("/watch/problems", headers={"Host": name}).status_code
            for name in ("evil.example", "localhost")
        ]
    with serving(root) as (client, _):
        published = client.get("/feeds/all.ics", headers={"Host": "calendars.example.coop"}).status_code

    assert watched == [421, 200]
    assert published == 200


@pytest.mark.sweep(cases=1)
@pytest.mark.parametrize(("host", "warned"), [("0.0.0.0", True), ("127.0.0.1", False)])
def test_a_preview_that_others_reach_is_told(tmp_path: Path, host: str, *, warned: bool) -> None:
    command = [sys.executable, "-m", "coopcal", "--root", str(lay(tmp_path)), "--quiet", "serve", "--watch"]
    with subprocess.Popen(
        [*command, "--host", host, "--port", str(free_port())],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.terminate()
        said = process.stderr.read()

    assert ("sees lines of the files, those of hidden events too" in said) is warned
