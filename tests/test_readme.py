"""The README and the guides work as they are typed: a newcomer in a fresh copy pastes block after block."""

import re
import shutil
import subprocess
import sys
import sysconfig
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.support.ports import free_port
from tests.support.terminal import Terminal
from tests.support.waiting import PATIENCE

REPOSITORY = Path(__file__).parents[1]
PAGES = ("README.md", "docs/first-event.md", "docs/writing.md")
BLOCK = re.compile(r"^```(\S*)[^\n]*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NOT_COPIED = shutil.ignore_patterns(
    ".git",
    ".venv",
    "_site",
    "tests",
    "node_modules",
    "__pycache__",
    ".*_cache",
    ".cache",
    ".hypothesis",
    "_screenshots",
)

SITE = (
    ("In which languages", "Deutsch, italiano\n"),
    ("called in German", "Sommerhof\n"),
    ("called in Italian", "Corte d'estate\n"),
    ("In which country", "Italien\n"),
    ("A domain name", "\n"),
    ("Where will it be", "\n"),
)
ORGANISATION = (
    ("called in German", "Die Bäckerei\n"),
    ("called in Italian", "\n"),
    ("In which country", "\n"),
    ("Its web site", "\n"),
    ("An e-mail address", "\n"),
    ("Its short name", "bakery\n"),
)
EVENT = (
    ("called in German", "Sommerfest\n"),
    ("called in Italian", "Festa d'estate\n"),
    ("When is it", "5. Juni 2027, 16-23 Uhr\n"),
    ("Saturday 5 June 2027, 16:00–23:00 (Europe/Rome): is that right?", "ja\n"),
    ("Where is it", "\n"),
    ("Its address online", "\n"),
    ("What is it about", "\n"),
    ("Tags", "\n"),
    ("Does it repeat", "\n"),
    ("Its short name", "\n"),
)


def blocks(page: str, kind: str) -> list[str]:
    return [
        text
        for label, text in BLOCK.findall((REPOSITORY / page).read_text(encoding="utf-8"))
        if label == kind
    ]


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy the repository, with a ``.venv`` as ``make`` makes it, but for packages that are not fetched again."""
    folder = tmp_path_factory.mktemp("a copy") / "coopcal"
    shutil.copytree(REPOSITORY, folder, ignore=NOT_COPIED)
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder / ".venv"], check=True)
    packages = Path(sysconfig.get_path("purelib", vars={"base": str(folder / ".venv")}))
    (packages / "coopcal.pth").write_text(
        f"{folder / 'src'}\n{sysconfig.get_path('purelib')}\n", encoding="utf-8"
    )
    program = folder / ".venv/bin/coopcal"
    start = "from coopcal.cli import main\n\nmain()\n"
    program.write_text(
        f"#!/bin/sh\n'''exec' '{folder}/.venv/bin/python' \"$0\" \"$@\"\n'''\n{start}", encoding="utf-8"
    )
    program.chmod(0o755)
    (folder / ".venv/.serve").touch()
    return folder


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path


def shell(folder: Path, home: Path, **more: str) -> Terminal:
    """Open a terminal with the plainest of shells, in which lines that are typed ahead reach whatever asks."""
    environment = {
        "PATH": "/usr/local/bin:/usr/bin:/bin",
        "HOME": str(home),
        "TERM": "dumb",
        "LANG": "C.UTF-8",
        **more,
    }
    return Terminal("sh", "-i", folder=folder, environment={**environment, "LANGUAGE": "en"})


def answer(terminal: Terminal, answers: tuple[tuple[str, str], ...]) -> None:
    for wanted, said in answers:
        terminal.until(wanted)
        terminal.type(said)


@pytest.fixture
def served(copy: Path, home: Path) -> Iterator[Terminal]:
    """Run the README's first block in a terminal of its own, until the test ends."""
    terminal = shell(copy, home, PORT=str(free_port()))
    terminal.type(blocks("README.md", "sh")[0])
    terminal.until("coopcal serves on", 120)
    yield terminal
    terminal.type("\x03")
    terminal.type("exit\n")
    terminal.end()


def test_every_block_of_the_guides_says_what_it_is() -> None:
    """Those of a shell are run here; there is none that is not."""
    labels = {
        page: {label for label, _ in BLOCK.findall((REPOSITORY / page).read_text("utf-8"))} for page in PAGES
    }

    assert set().union(*labels.values()) == {"sh", "yaml", "text"}
    assert {page: len(blocks(page, "sh")) for page in PAGES} == {
        "README.md": 5,
        "docs/first-event.md": 0,
        "docs/writing.md": 2,
    }


def test_the_readme_block_after_block(copy: Path, home: Path, served: Terminal) -> None:
    """While the first terminal serves; questions come only where a block ends, so that no line of it is taken for an answer."""
    _, known, begun, looked, written = blocks("README.md", "sh")
    terminal = shell(copy, home)
    terminal.type(known)
    terminal.until("organisations, ")
    terminal.type(begun)
    answer(terminal, (*SITE, *ORGANISATION, *EVENT))
    terminal.until("Next: coopcal check")
    port = str(free_port())
    terminal.type(looked.replace("8001", port))
    terminal.until("All is well")
    terminal.until("coopcal serves on")
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/feeds/all.it.ics", timeout=PATIENCE) as answered:
        feed = answered.read().decode()
    terminal.type("\x03")
    example = home / "our-calendar/calendars/bakery.yaml"
    example.write_text("".join(blocks("README.md", "yaml")), encoding="utf-8")
    terminal.type(written)
    terminal.until("2 events")
    (line,) = re.findall(r"`(coopcal new event --like .*?)`", (REPOSITORY / "README.md").read_text("utf-8"))
    terminal.type(f"{line}\n")
    answer(terminal, (("is that right?", "si\n"), ("Its short name", "\n")))
    terminal.until("Next: coopcal check")
    terminal.type("coopcal check; exit\n")
    terminal.end()

    assert "SUMMARY:Die Bäckerei: Festa d'estate\r\n" in feed
    assert "3 events" in terminal.said[terminal.said.rindex("coopcal check; exit") :]
    assert "  - id: open-day-2027\n" in example.read_text("utf-8")
    assert "    when: 2027-09-11 10:00/17:00\n" in example.read_text("utf-8")
    assert f"type there:  . '{copy}/.venv/bin/activate'" in served.said
    assert (
        (home / "our-calendar/.gitignore").read_text("utf-8").endswith("/_site/\n/.venv/\n/included/.lock\n")
    )


@pytest.mark.sweep(cases=0)
def test_the_page_on_writing_block_after_block(copy: Path, home: Path) -> None:
    """In an empty folder, by who has made the command known."""
    begun, looked = blocks("docs/writing.md", "sh")
    folder = home / "an empty folder"
    folder.mkdir()
    path = f"{copy}/.venv/bin:/usr/bin:/bin"
    terminal = shell(folder, home, PATH=path)
    terminal.type(begun)
    answer(terminal, (*SITE, *ORGANISATION, *EVENT))
    terminal.until("Next: coopcal check")
    terminal.type(looked.replace("coopcal serve", f"coopcal serve --port {free_port()}"))
    terminal.until("All is well: 1 organisation, 1 event")
    terminal.until("coopcal serves on")
    terminal.type("\x03")
    terminal.type("exit\n")

    assert terminal.end() in (0, 130)
