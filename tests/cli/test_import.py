"""``coopcal import``: what it prints, and how it ends."""

import http.server
import json
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.support.checking import lay
from tests.support.importing import FILE, calendar, event

from coopcal.cli import main

DATA = calendar(*event("DTSTART;VALUE=DATE:20260912", "ATTENDEE:mailto:joe@example.org", "SEQUENCE:1"))
SAID = """\
x.ics:7: ATTENDEE: who takes part is personal, and was left out [attendee]
Left out, as programs note it for themselves: SEQUENCE (1).
Events: 1 new.
"""


def run(root: Path, *arguments: str, stdin: bytes = b"") -> Result:
    options = ("--root", str(root), "import", "--organisation", "bakery", "--now", "2026-06-01T12:00:00Z")
    return CliRunner().invoke(main, [*options, *arguments], input=stdin)


@pytest.fixture
def address() -> Iterator[str]:
    """Serve a calendar at an address with a secret in it."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200 if self.path == "/secret/x.ics" else 404)
            self.end_headers()
            self.wfile.write(DATA)

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/secret/x.ics"
        server.shutdown()


def test_a_file(tmp_path: Path) -> None:
    """What was lost, and what was written."""
    root = lay(tmp_path / "tree", {})
    file = tmp_path / "x.ics"
    file.write_bytes(DATA)
    trial = run(root, str(file), "--dry-run")
    done = run(root, str(file))

    assert (trial.exit_code, trial.stdout) == (0, f"{SAID}Would write {FILE}, imports/bakery.json.\n")
    assert (done.exit_code, done.stdout) == (0, f"{SAID}Wrote {FILE}, imports/bakery.json.\n")


def test_a_zip_as_google_hands_it_out(tmp_path: Path) -> None:
    """The one calendar in it; where there are several, they are named."""
    root = lay(tmp_path / "tree", {})
    file = tmp_path / "x.zip"
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("x.ics", DATA)
    done = run(root, str(file))

    assert (done.exit_code, done.stdout) == (0, f"{SAID}Wrote {FILE}, imports/bakery.json.\n")

    with zipfile.ZipFile(file, "a") as packed:
        packed.writestr("y.ics", DATA)
    done = run(root, str(file))

    assert done.exit_code == 2
    assert "holds x.ics, y.ics" in done.output

    file.write_bytes(file.read_bytes()[:60])

    assert run(root, str(file)).exit_code == 2


def test_standard_input_for_machines(tmp_path: Path) -> None:
    """One JSON object."""
    done = run(lay(tmp_path, {}), "-", "--format", "json", stdin=DATA)
    said = json.loads(done.stdout)

    assert done.exit_code == 0
    assert said["written"] is True
    assert said["events"] == [{"event": "party", "what": "new", "line": 3, "message": "Party"}]
    assert said["losses"][0] == {
        "path": "-", "line": 7, "code": "attendee", "what": "ATTENDEE",
        "why": "who takes part is personal, and was left out", "uid": "a@example.org",
    }  # fmt: skip


def test_an_address_is_neither_printed_nor_kept(tmp_path: Path, address: str) -> None:
    """Its path may be a secret."""
    root = lay(tmp_path, {})
    done = run(root, address)

    assert done.exit_code == 0
    assert "secret" not in done.output
    assert "secret" not in (root / "imports/bakery.json").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("nothing.ics",), 2, "nothing.ics cannot be read: No such file or directory"),
        (("http://127.0.0.1:1/x.ics",), 2, "127.0.0.1/x.ics cannot be read"),
        (("-", "--column", "x=y"), 2, "write Heading=column"),
        (("-", "--organisation", "mill"), 1, "There is no organisation “mill”"),
        (("-",), 1, "neither a calendar"),
    ],
)
def test_what_cannot_be(tmp_path: Path, arguments: tuple[str, ...], code: int, said: str) -> None:
    """It is said in words, and nothing is written."""
    done = run(lay(tmp_path, {}), *arguments)

    assert done.exit_code == code
    assert said in done.output
    assert not (tmp_path / "imports").exists()
