"""``coopcal token``: addresses that are shown once, and hashes that are kept."""

import hashlib
import re
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.support.command import coopcal, serving
from tests.support.trees import BAKERY, lay

from coopcal.counting.counts import Counts
from coopcal.counting.ledger import Ledger
from coopcal.site.tokens import Openings, known_by

ADDRESS = re.compile(r"https://calendars\.example\.coop/private/([A-Za-z0-9_-]{32,})/board\.ics\n")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return lay(tmp_path, {"feeds/board.yaml": "title: Board\nfor: {groups: [members]}\n"})


def issued(root: Path, *options: str) -> str:
    """Issue a token, and return it."""
    done = coopcal(root, "token", "issue", "board", *options)
    match = ADDRESS.fullmatch(done.stdout)
    assert match, done
    return match[1]


def hashes(root: Path) -> list[str]:
    return re.findall(r"sha256: ([0-9a-f]{64})", (root / "tokens.yaml").read_text())


def test_an_address_is_shown_once_and_its_hash_kept(root: Path) -> None:
    """The standard output is the address alone; no file holds it."""
    coopcal(root, "compile")
    tokens = {issued(root, "--label", "chair"), issued(root, "--label", "chair")}

    assert len(tokens) == 2
    assert sorted(hashes(root)) == sorted(hashlib.sha256(one.encode()).hexdigest() for one in tokens)
    assert {one.sha256 for one in Openings(root / "_site").now()} == set(hashes(root))
    assert stat.S_IMODE((root / "_site/tokens.json").stat().st_mode) == 0o600
    for file in (path for path in root.rglob("*") if path.is_file()):
        assert not any(one.encode() in file.read_bytes() for one in tokens)
    assert coopcal(root, "check").returncode == 0


def test_the_mode_and_the_comments_of_the_file_stay(root: Path) -> None:
    """An edit is one of a line, not of the file."""
    file = root / "tokens.yaml"
    file.write_text("# keep me\nboard: []\n")
    file.chmod(0o640)
    issued(root)

    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert file.read_text().startswith("# keep me\nboard:\n  - sha256: ")
    assert [path.name for path in root.iterdir() if path.name.startswith(".tokens")] == []


def test_of_those_that_are_made_at_once_none_is_lost(root: Path) -> None:
    """They wait for each other."""
    command = [sys.executable, "-m", "coopcal", "--root", str(root), "token", "issue", "board", "--label"]
    made = [
        subprocess.Popen([*command, f"n{number}"], stdout=subprocess.PIPE, text=True) for number in range(6)
    ]
    tokens = [match[1] for one in made if (match := ADDRESS.fullmatch(one.communicate()[0]))]

    assert len(tokens) == 6
    assert sorted(hashes(root)) == sorted(hashlib.sha256(one.encode()).hexdigest() for one in tokens)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("issue", "bord"), "There is no private feed “bord”; there are: board"),
        (("issue", "bakery"), "There is no private feed “bakery”; there are: board"),
        (("issue", "board", "--expires", "2001-01-01"), "2001-01-01 is over"),
        (("issue", "board", "--expires", "soon"), "'soon' is no day"),
        (("revoke", "board", "--label", "x"), "There is no such token; there are: –"),
        (("rotate", "board"), "There is no such token; there are: –"),
    ],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(
    root: Path, arguments: tuple[str, ...], told: str
) -> None:
    done = coopcal(root, "token", *arguments)

    assert done.returncode != 0
    assert told in done.stderr
    assert done.stdout == ""
    assert not (root / "tokens.yaml").exists()


def test_a_file_that_is_broken_is_left_alone(root: Path) -> None:
    """It is mended by whoever broke it."""
    (root / "tokens.yaml").write_text("board: [\n")
    done = coopcal(root, "--language", "de", "token", "issue", "board")

    assert done.returncode == 1
    assert "tokens.yaml kann nicht gelesen werden" in done.stderr
    assert (root / "tokens.yaml").read_text() == "board: [\n"


def test_tokens_are_listed_with_what_is_known_of_them(root: Path, tmp_path: Path) -> None:
    """Where nothing is counted, when they were used last is not known."""
    issued(root, "--label", "chair", "--expires", "2099-01-01")
    (digest,) = hashes(root)
    state = tmp_path / "state"

    assert "last used: not known here" in (listed := coopcal(root, "token", "list").stdout)
    assert listed.startswith(f"board  {digest[:12]}  chair  issued 20")
    assert "expires 2099-01-01" in listed
    counts = Counts()
    counts.use(known_by(digest), 1_800_000_000)
    state.mkdir()
    Ledger(state).add(counts, 1_800_000_000)
    assert "last used 2027-01-15 08:00 UTC" in coopcal(root, "token", "list", "--state", str(state)).stdout


def test_one_of_several_is_named_by_its_label_or_its_hash(root: Path) -> None:
    """Nothing is taken back by guessing."""
    issued(root, "--label", "chair")
    issued(root, "--label", "desk")
    issued(root, "--label", "desk")
    first, second, third = hashes(root)

    assert "Which one?" in coopcal(root, "token", "revoke", "board").stderr
    assert "Which one?" in coopcal(root, "token", "rotate", "board", "--label", "desk").stderr
    assert hashes(root) == [first, second, third]
    assert coopcal(root, "token", "revoke", "board", "--hash", second[:12]).returncode == 0
    assert hashes(root) == [first, third]
    assert coopcal(root, "token", "revoke", "board", "--label", "desk").returncode == 0
    assert hashes(root) == [first]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return lay(
        tmp_path_factory.mktemp("served"), {"feeds/board.yaml": "title: Board\nfor: {groups: [members]}\n"}
    )


def test_a_server_that_runs_sees_each_change_and_logs_no_secret(site: Path) -> None:
    """Issued, replaced, taken back, by the command or by hand, while the sources have errors; the log says ``/private/***``."""
    with serving(site, "--log", "json") as (client, process):

        def status(token: str) -> int:
            return client.get(f"/private/{token}/board.ics").status_code

        first = issued(site, "--label", "chair")
        assert status(first) == 200
        (site / "calendars/bakery.yaml").write_text(f"{BAKERY}  - broken\n")
        new = coopcal(site, "token", "rotate", "board")
        match = ADDRESS.fullmatch(new.stdout)
        assert match, new
        second = match[1]
        assert "replaced--board" in client.get(f"/private/{first}/board.ics").text
        assert "Secret board meeting" in client.get(f"/private/{second}/board.ics").text
        assert coopcal(site, "token", "revoke", "board", "--hash", hashes(site)[1][:9]).returncode == 0
        assert (status(first), status(second)) == (200, 404)
        (site / "tokens.yaml").write_text("# none\n")
        _until(lambda: status(first) == 404)
        assert client.get(f"/private/{second}%2F..%2Fboard.ics?{first}").status_code in (400, 404)
        assert client.post(f"/private/{first}/board.ics", content=b"x").status_code == 405
        process.terminate()
        assert process.stdout is not None
        log = process.stdout.read()
    assert "/private/***" in log
    assert first not in log
    assert second not in log
    assert "Secret board meeting" not in log


def _until(holds: Callable[[], bool]) -> None:
    """Wait until something holds, for some seconds."""
    end = time.monotonic() + 5
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.1)
