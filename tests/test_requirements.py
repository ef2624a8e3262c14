"""What is served is what is tested: the pins of the two files agree."""

import os
import re
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest
from tests.support.trees import BAKERY, lay

REQUIREMENTS = Path(__file__).parents[1] / "requirements"


def pins(name: str) -> set[tuple[str, str]]:
    """Return packages and their versions."""
    text = (REQUIREMENTS / name).read_text(encoding="utf-8")
    return set(re.findall(r"^([\w.\[\]-]+)==(\S+)", text, re.MULTILINE))


def test_every_pin_of_the_server_is_one_of_the_tests() -> None:
    serve, dev = pins("serve.txt"), pins("dev.txt")

    assert serve <= dev
    assert len(serve) > 20


def test_no_address_is_named() -> None:
    assert not [path.name for path in REQUIREMENTS.glob("*.txt") if "://" in path.read_text(encoding="utf-8")]


def served_alone(folder: Path) -> Path:
    """Lay links to the distributions that are pinned for serving, and to no others, into a folder."""
    folder.mkdir()
    for name, _ in pins("serve.txt"):
        try:
            there = distribution(name.partition("[")[0])
        except PackageNotFoundError:  # of another platform
            continue
        tops = {Path(str(file)).parts[0] for file in there.files or ()} - {"..", "__pycache__"}
        for top in tops:
            if not (folder / top).exists():
                (folder / top).symlink_to(Path(str(there.locate_file(top))))
    return folder


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return what lets a program find what is installed for serving: no extra, and nothing that tests need."""
    libraries = served_alone(tmp_path_factory.mktemp("served") / "libraries")
    places = [str(libraries), str(REQUIREMENTS.parent / "src")]
    return {"PYTHONPATH": os.pathsep.join(places), "PATH": os.environ["PATH"], "LANG": "C.UTF-8"}


def coopcal(root: Path, environment: dict[str, str], *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-S", "-m", "coopcal", "--root", str(root), *command],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_site_is_compiled_checked_and_published_with_what_is_installed_for_serving(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    root = lay(tmp_path / "tree", {"calendars/bakery.yaml": BAKERY})
    for command in (["compile"], ["compile"], ["check"], ["publish", str(tmp_path / "public")]):
        done = coopcal(root, environment, *command)
        assert done.returncode == 0, done.stderr + done.stdout

    assert (root / "_site/current").is_file()
    assert (tmp_path / "public/feeds/all.ics").is_file()


@pytest.mark.parametrize("command", [("publish", "s3://calendar"), ("serve", "--site", "s3://calendar")])
def test_object_storage_says_what_to_install(
    tmp_path: Path, environment: dict[str, str], command: tuple[str, ...]
) -> None:
    done = coopcal(lay(tmp_path), environment, *command)

    assert done.returncode == 2
    assert (
        "coopcal: object storage needs obstore; install it with: pip install 'coopcal[publish]'"
        in done.stderr
    )
