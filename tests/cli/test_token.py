"""``coopcal token``: addresses that are shown once, and hashes that are kept."""

import hashlib
import re
import stat
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import click
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.support.command import invoked, serving
from tests.support.trees import BAKERY, SITE, lay
from tests.support.waiting import until
from werkzeug.test import Client

from coopcal.authoring.token_file import with_token
from coopcal.cli.token_keeper import TokenKeeper
from coopcal.cli.token_options import Label, NewLabel
from coopcal.compile.tokens import put_tokens
from coopcal.counting.counts import Counts
from coopcal.counting.ledger import Ledger
from coopcal.definitions.catalogue import decode
from coopcal.definitions.source.origin import Contents
from coopcal.definitions.source.reader import read_origin
from coopcal.model.problem import Problem, Severity
from coopcal.model.site import UNKNOWN_BASE_URL
from coopcal.model.token import Token
from coopcal.site.reader import LiveSite
from coopcal.site.tokens import Openings, known_by
from coopcal.web import create_app

ADDRESS = re.compile(r"https://calendars\.example\.coop/private/([A-Za-z0-9_-]{32,})/board\.ics\n")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return lay(tmp_path, {"feeds/board.yaml": "title: Board\nfor: {groups: [members]}\n"})


def issued(root: Path, *options: str) -> str:
    """Issue a token, and return it."""
    done = invoked(root, "token", "issue", "board", *options)
    match = ADDRESS.fullmatch(done.stdout)
    assert match, done
    return match[1]


def hashes(root: Path) -> list[str]:
    return re.findall(r"sha256: ([0-9a-f]{64})", (root / "tokens.yaml").read_text())


def test_without_a_site_it_says_what_is_left_to_do(root: Path) -> None:
    """In a clone, too, of what a server compiles."""
    done = invoked(root, "token", "issue", "board")

    assert ADDRESS.fullmatch(done.stdout)
    assert "commit and push it where a server compiles what is pushed" in done.stderr


def test_an_address_is_shown_once_and_its_hash_kept(root: Path) -> None:
    """The standard output is the address alone; no file holds it."""
    invoked(root, "compile")
    tokens = {issued(root, "--label", "chair"), issued(root, "--label", "chair")}

    assert len(tokens) == 2
    assert sorted(hashes(root)) == sorted(hashlib.sha256(one.encode()).hexdigest() for one in tokens)
    assert {one.sha256 for one in Openings(root / "_site").now()} == set(hashes(root))
    assert stat.S_IMODE((root / "_site/tokens.json").stat().st_mode) == 0o600
    for file in (path for path in root.rglob("*") if path.is_file()):
        assert not any(one.encode() in file.read_bytes() for one in tokens)
    assert invoked(root, "check").returncode == 0


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
        (("list", "bord"), "There is no private feed “bord”; there are: board"),
        (("issue", "bakery"), "There is no private feed “bakery”; there are: board"),
        (("issue", "board", "--expires", "2001-01-01"), "2001-01-01 is over"),
        (("issue", "board", "--expires", "soon"), "'soon' is no day"),
        (("issue", "board", "--expires", "2201-01-01"), "The year 2201 lies outside 1800 to 2200"),
        (("issue", "board", "--label", ""), "a label has to say something"),
        (("issue", "board", "--label", " \t\u202c"), "a label has to say something"),
        (("issue", "board", "--label", "x" * 101), "this label has 101 characters; write 100 at most"),
        (("issue", "board", "--label", "two\nlines"), "a label stands on one line"),
        (("issue", "board", "--label", "chair chair@example.org"), "looks like an address for mail"),
        (("issue", "board", "--label", "bell\a"), "a label stands on one line"),
        (("issue", "board", "--label", "\udcff"), "a label stands on one line"),
        (("rotate", "board", "--expires", "9999-12-31"), "The year 9999 lies outside 1800 to 2200"),
        (("revoke", "board", "--hash", ""), "'' begins no hash"),
        (("rotate", "board", "--hash", "chair"), "'chair' begins no hash"),
        (("revoke", "board", "--label", ""), "There is no such token; there are: –"),
        (("revoke", "board", "--label", "x"), "There is no such token; there are: –"),
        (("rotate", "board"), "There is no such token; there are: –"),
    ],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(
    root: Path, arguments: tuple[str, ...], told: str
) -> None:
    done = invoked(root, "token", *arguments)

    assert done.returncode != 0
    assert told in done.stderr
    assert done.stdout == ""
    assert not (root / "tokens.yaml").exists()


@example("0\r\u202c")
@given(
    st.text(st.characters(codec=None), max_size=120)
    | st.text("ab \t\n:#'\"{\u202e\u2066\u202c\ufeff\x85\0\ud800", max_size=12)
)
def test_a_label_that_is_taken_is_read_back_the_same(label: str) -> None:
    """Whatever is given: nothing is written that cannot be read."""
    try:
        text = NewLabel().convert(label, None, None)
    except click.UsageError:
        return
    written = with_token(None, "board", {"sha256": "a" * 64, "label": text, "issued": "2026-03-14"})
    assert isinstance(written, str)
    (token,) = tokens_of(written.encode())

    assert token.label == text
    assert Label().convert(label, None, None) == text


def tokens_of(content: bytes) -> tuple[Token, ...]:
    """Return the tokens of a file that has no error."""
    tree, wrong = read_origin(Contents({"coopcal.yaml": SITE.encode(), "tokens.yaml": content}))
    catalogue, told = decode(tree)
    assert catalogue is not None
    assert [one for one in (*wrong, *told) if one.severity is Severity.ERROR] == []
    return catalogue.tokens


def test_a_file_that_is_broken_is_left_alone(root: Path) -> None:
    """It is mended by whoever broke it."""
    (root / "tokens.yaml").write_text("board: [\n")
    done = invoked(root, "--language", "de", "token", "issue", "board")

    assert done.returncode == 1
    assert "tokens.yaml kann nicht gelesen werden" in done.stderr
    assert (root / "tokens.yaml").read_text() == "board: [\n"


def test_tokens_are_listed_with_what_is_known_of_them(root: Path, tmp_path: Path) -> None:
    """Where nothing is counted, when they were used last is not known."""
    issued(root, "--label", "chair", "--expires", "2099-01-01")
    (digest,) = hashes(root)
    state = tmp_path / "state"

    assert invoked(root, "token", "list", "board").stdout == invoked(root, "token", "list").stdout
    assert "last used: not known here" in (listed := invoked(root, "token", "list").stdout)
    assert listed.startswith(f"board  {digest[:12]}  chair  issued 20")
    assert "expires 2099-01-01" in listed
    counts = Counts()
    counts.use(known_by(digest), 1_800_000_000)
    state.mkdir()
    Ledger(state).add(counts, 1_800_000_000)
    assert (
        "last used 2027-01-15 09:00 Europe/Brussels"
        in invoked(root, "token", "list", "--state", str(state)).stdout
    )


def test_one_of_several_is_named_by_its_label_or_its_hash(root: Path) -> None:
    """Nothing is taken back by guessing."""
    issued(root, "--label", "chair")
    issued(root, "--label", "desk")
    issued(root, "--label", "desk")
    first, second, third = hashes(root)

    assert "Which one?" in invoked(root, "token", "revoke", "board").stderr
    assert "Which one?" in invoked(root, "token", "rotate", "board", "--label", "desk").stderr
    assert hashes(root) == [first, second, third]
    assert invoked(root, "token", "revoke", "board", "--hash", second[:12]).returncode == 0
    assert hashes(root) == [first, third]
    assert invoked(root, "token", "revoke", "board", "--label", "desk").returncode == 0
    assert hashes(root) == [first]


@pytest.mark.parametrize("name", ["board", "directors"])
def test_a_renamed_feed_is_reached_by_each_of_its_names(root: Path, name: str) -> None:
    """Whichever id its tokens stand below: addresses of before open it, too, and can be replaced and taken back."""
    issued(root, "--label", "chair")
    issued(root, "--label", "doc")
    (root / "feeds/board.yaml").rename(root / "feeds/directors.yaml")
    (root / "feeds/directors.yaml").write_text("title: Board\nfor: {groups: [members]}\nformerly: [board]\n")
    chair, doc = hashes(root)
    made = invoked(root, "token", "issue", name, "--label", "new").stdout
    listed = invoked(root, "token", "list", name).stdout
    new = hashes(root)[2]

    assert made.endswith("/directors.ics\n")
    assert [line.split()[1] for line in listed.splitlines()] == [one[:12] for one in (chair, doc, new)]
    rotated = invoked(root, "token", "rotate", name, "--label", "chair")
    assert rotated.stdout.endswith("/directors.ics\n"), rotated
    for label in ("doc", "new"):
        assert invoked(root, "token", "revoke", name, "--label", label).returncode == 0
    file = (root / "tokens.yaml").read_text()
    (digest,) = {*hashes(root)} - {chair}
    assert file.index(f"{chair}\n    rotated: ") < file.index("directors:") < file.index(digest)
    assert invoked(root, "token", "revoke", name, "--label", "chair").returncode == 0
    assert hashes(root) == []
    assert invoked(root, "check").returncode == 0


@pytest.mark.parametrize(
    ("base_url", "opens"),
    [
        ("https://cal.example.coop", True),
        ("http://cal.example.coop", False),
        ("http://cal.example.coop:8080/a", False),
        ("http://192.0.2.1", False),
        ("http://localhost.example.coop", False),
        ("http://localhost:8000", True),
        ("http://127.0.0.2", True),
        (None, True),
    ],
)
def test_an_address_that_the_server_refuses_is_not_given_in_silence(
    tmp_path: Path,
    base_url: str | None,
    opens: bool,  # noqa: FBT001
) -> None:
    """By a check, where it is made and where it is replaced: what is warned of is what the server refuses by its name."""
    said = f"base_url: {base_url}" if base_url else ""
    site = SITE.replace("base_url: https://calendars.example.coop", said)
    assert site != SITE
    root = lay(tmp_path, {"coopcal.yaml": site, "feeds/board.yaml": "title: B\nfor: {groups: [members]}\n"})
    made = [invoked(root, "token", *one) for one in (("issue", "board"), ("rotate", "board"))]
    invoked(root, "compile")
    made.append(invoked(root, "token", "issue", "board"))

    for one in made:
        assert (one.returncode, one.stdout.startswith(base_url or UNKNOWN_BASE_URL)) == (0, True)
        assert ("This address opens nothing" not in one.stderr) is opens
    assert ("It opens at once" in made[-1].stderr) is opens
    assert ("secrets-by-http" not in invoked(root, "check").stdout) is opens
    origin, _, secret = made[-1].stdout.strip().partition("/private/")
    web = Client(create_app(LiveSite(root / "_site"), lambda: datetime.now(UTC)))
    answer = web.get(f"/private/{secret}", base_url=f"{origin}/")
    assert answer.status_code == (200 if opens else 403)


@pytest.mark.parametrize("feed", [None, "title: [\n"])
def test_what_opens_a_feed_whose_file_is_gone_or_broken_is_taken_back(root: Path, feed: str | None) -> None:
    """A leaked address does not wait for another mend; new ones are made where there is a feed."""
    issued(root, "--label", "doc")
    file = root / "feeds/board.yaml"
    file.write_text(feed) if feed else file.unlink()

    assert "doc" in invoked(root, "token", "list", "board").stdout
    assert "There is no private feed" in invoked(root, "token", "rotate", "board").stderr
    assert invoked(root, "token", "revoke", "board", "--label", "doc").returncode == 0
    assert hashes(root) == []


@pytest.mark.parametrize(
    "more", ["board: [\n", "  - {sha256: 12}\n", "  - oops\n", "Board!:\n  - label: x\n", "board: []\n"]
)
@pytest.mark.parametrize("named", [(), ("board",)])
def test_a_list_that_lacks_what_cannot_be_read_says_so(root: Path, more: str, named: tuple[str, ...]) -> None:
    """Nobody takes it for all that there is."""
    issued(root)
    with (root / "tokens.yaml").open("a") as file:
        file.write(more)
    done = invoked(root, "token", "list", *named)

    assert done.returncode == 1
    assert "tokens.yaml has errors, so that not all of it is listed" in done.stderr


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
        new = invoked(site, "token", "rotate", "board")
        match = ADDRESS.fullmatch(new.stdout)
        assert match, new
        second = match[1]
        assert "replaced--board" in client.get(f"/private/{first}/board.ics").text
        assert "Secret board meeting" in client.get(f"/private/{second}/board.ics").text
        assert invoked(site, "token", "revoke", "board", "--hash", hashes(site)[1][:9]).returncode == 0
        assert (status(first), status(second)) == (200, 404)
        (site / "tokens.yaml").write_text("# none\n")
        until(lambda: status(first) == 404)
        assert client.get(f"/private/{second}%2F..%2Fboard.ics?{first}").status_code in (400, 404)
        assert client.post(f"/private/{first}/board.ics", content=b"x").status_code == 405
        process.terminate()
        assert process.stdout is not None
        log = process.stdout.read()
    assert "/private/***" in log
    assert first not in log
    assert second not in log
    assert "Secret board meeting" not in log


def test_a_file_that_is_just_being_replaced_is_no_alarm(
    root: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Editors take a file away before they write it anew; what is still wrong a moment later is told, once."""
    invoked(root, "compile")
    file, there = root / "tokens.yaml", root / "written"
    file.symlink_to(there)
    looks = list[int]()

    def put(sources: Path, out: Path) -> tuple[Problem, ...]:
        told = put_tokens(sources, out)
        looks.append(len(told))
        if len(looks) == 1:
            there.write_text(f"board:\n  - sha256: {'a' * 64}\n")
        return told

    monkeypatch.setattr("coopcal.cli.token_keeper.put_tokens", put)
    keeper = TokenKeeper(root, root / "_site", "en")
    keeper.start()
    try:
        until(lambda: len(Openings(root / "_site").now()) == 1)
        assert capfd.readouterr().err == ""
        (root / "aside").write_text("board: [\n")
        (root / "aside").replace(there)
        until(lambda: len(looks) == 4)
        time.sleep(2.5)
    finally:
        keeper.stop()
    assert looks == [1, 0, 1, 1]
    assert capfd.readouterr().err.count("coopcal: tokens.yaml: ") == 1


@pytest.mark.parametrize("has_site", [True, False])
def test_a_label_that_is_an_address_is_told_of_by_checks_and_quoted_nowhere(
    root: Path,
    has_site: bool,  # noqa: FBT001
) -> None:
    """Nothing that a log may be kept of quotes it, in any form; and no change of another token repeats it."""
    (root / "tokens.yaml").write_text(f"board:\n  - sha256: {'a' * 64}\n    label: anna@example.org\n")
    if has_site:
        invoked(root, "compile")
    said = [invoked(root, "check", "--format", form) for form in ("text", "json", "github")]
    changes = [invoked(root, "token", one, "board", "--label", "b") for one in ("issue", "rotate", "revoke")]
    said += [invoked(root, "compile"), invoked(root, "compile")]

    for one in changes:
        assert one.returncode == 0
        assert "address for mail" not in one.stderr
        assert "commit and push it" in one.stderr
    for one in said:
        assert "looks like an address for mail" in one.stdout + one.stderr, one.args
    assert [one.args for one in (*changes, *said) if "anna" in one.stdout + one.stderr] == []
    with serving(root) as (_, process):
        process.terminate()
        assert process.stdout is not None
        assert "anna" not in process.stdout.read()
