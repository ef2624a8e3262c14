"""``coopcal import``: what it prints, and how it ends."""

import gzip
import http.server
import json
import os
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.support.checking import lay
from tests.support.importing import FILE, calendar, event

from coopcal.cli import main
from coopcal.cli.fetching import LARGEST

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
            self.send_response(200 if self.path.startswith("/secret/x") else 404)
            if self.path.endswith("?length"):
                self.send_header("Content-Length", str(2 * len(DATA)))
            self.end_headers()
            packed = gzip.compress(DATA) if self.path.endswith(".gz") else DATA
            self.wfile.write(DATA[:-20] if self.path.endswith("?cut") else packed)

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
        (("nothing.ics",), 2, "nothing.ics cannot be read: there is no such file or folder"),
        (("http://127.0.0.1:1/x.ics",), 2, "127.0.0.1/x.ics cannot be read"),
        (("-", "--column", "x=y"), 2, "write Heading=column"),
        (("-", "--organisation", "mill"), 1, "There is no organisation “mill”"),
        (("-",), 2, "neither a calendar"),
    ],
)
def test_what_cannot_be(tmp_path: Path, arguments: tuple[str, ...], code: int, said: str) -> None:
    """It is said in words, and nothing is written."""
    done = run(lay(tmp_path, {}), *arguments)

    assert done.exit_code == code
    assert said in done.output
    assert not (tmp_path / "imports").exists()


@pytest.mark.parametrize("ending", ["?length", "?cut"])
def test_a_calendar_that_comes_cut_off_is_not_read(tmp_path: Path, address: str, ending: str) -> None:
    """Return whether its length is known or not: what is missing would be taken for gone."""
    root = lay(tmp_path, {})
    before = (root / FILE).read_bytes()
    done = run(root, address + ending)

    assert done.exit_code == 2
    assert "it came cut off" in done.output
    assert (root / FILE).read_bytes() == before


@pytest.mark.parametrize("way", ["address", "file", "stdin"])
def test_what_is_packed_is_unpacked(tmp_path: Path, address: str, way: str) -> None:
    """Whichever way it comes."""
    root = lay(tmp_path / "tree", {})
    file = tmp_path / "x.ics.gz"
    file.write_bytes(gzip.compress(DATA))
    source = {"address": f"{address.removesuffix('.ics')}.gz", "file": str(file), "stdin": "-"}[way]
    done = run(root, source, stdin=file.read_bytes())

    assert (done.exit_code, done.stdout[-80:]) == (0, f"{SAID}Wrote {FILE}, imports/bakery.json.\n"[-80:])


def test_what_is_no_file_is_told(tmp_path: Path) -> None:
    """A folder, a pipe that nobody writes into, a device without end."""
    root = lay(tmp_path / "tree", {})
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for source in (str(pipe), str(tmp_path), "/dev/zero", "x\0y"):
        done = run(root, source)

        assert done.exit_code == 2
        assert "cannot be read" in done.output


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("http://[", "it is no web address"),
        ("webcal://127.0.0.1:{port}/secret/x.ics", "no secure connection (https); if it is not to be had by https, write http://"),
        ("http://127.0.0.1:{port}/other.ics", "its server answers 404 (Not Found)"),
    ],
)  # fmt: skip
def test_addresses_that_lead_to_nothing(tmp_path: Path, address: str, source: str, said: str) -> None:
    """In plain words."""
    port = address.split("/")[2].split(":")[1]
    done = run(lay(tmp_path, {}), source.format(port=port))

    assert done.exit_code == 2
    assert said in done.output


def test_too_much_in_a_small_file_is_told(tmp_path: Path) -> None:
    """Before it is read."""
    root = lay(tmp_path / "tree", {})
    zipped, packed = tmp_path / "x.zip", tmp_path / "x.ics.gz"
    content = b"BEGIN:VCALENDAR\r\n" + bytes(LARGEST)
    with zipfile.ZipFile(zipped, "w", zipfile.ZIP_DEFLATED) as opened:
        opened.writestr("x.ics", content)
    packed.write_bytes(gzip.compress(content))
    for file in (zipped, packed):
        done = run(root, str(file))

        assert done.exit_code == 2
        assert f"more than {LARGEST:,} bytes" in done.output


@pytest.mark.parametrize(
    ("lines", "code", "said"),
    [
        (event("DTSTART;VALUE=DATE:20260912", "ATTENDEE:mailto:joe@example.org", "X-A:b", "ATTACH;ENCODING=BASE64:aaaa"), 0, None),
        (event("SUMMARY:x", uid="b"), 1, "no-start"),
        (event("DTSTART;VALUE=DATE:17000912"), 1, "odd-year"),
        (event("DTSTART;VALUE=DATE:20260912", "RRULE:FREQ=DAILY;COUNT=700;BYDAY=MO,TU;BYMONTH=1,3;BYSETPOS=1,-2"), 1, None),
        (("BEGIN:VTODO", "SUMMARY:x", "END:VTODO"), 1, "Events: none."),
        ((), 1, "Events: none."),
    ],
)  # fmt: skip
def test_the_exit_code_tells_that_something_was_left_out(
    tmp_path: Path, lines: tuple[str, ...], code: int, said: str | None
) -> None:
    """An event, a date of one, or all; not what no calendar of ours has."""
    done = run(lay(tmp_path, {}), "-", stdin=calendar(*lines))

    assert done.exit_code == code
    assert said is None or said in done.output


def test_a_file_that_ends_too_early_is_told(tmp_path: Path) -> None:
    """What there is of it is read; the exit code says that there may be more."""
    done = run(lay(tmp_path, {}), "-", stdin=DATA[:-20])

    assert done.exit_code == 1
    assert "[no-end-line]" in done.output
    assert "Events: 1 new." in done.output
