"""The units of ``deploy/``: systemd reads them without a word, and finds little that they could do beside their work."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.support.deployed import DEPLOY
from tests.support.programs import skip_or_fail

from coopcal.cli.settings import SETTINGS

UNITS = sorted(DEPLOY.glob("*.service"))


def analyze(unit: Path, work: Path, *arguments: str) -> str:
    program = shutil.which("systemd-analyze")
    skip_or_fail(None if program else "systemd-analyze is not installed here (Debian: apt install systemd)")
    told = unit.read_text(encoding="utf-8").replace("/srv/coopcal/venv/bin/coopcal", sys.executable)
    file = work / unit.name
    file.write_text(re.sub(r"^(User|Group)=.*", r"\1=daemon", told, flags=re.MULTILINE), encoding="utf-8")
    done = subprocess.run([program or "", *arguments, file], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_systemd_reads_a_unit_without_a_word(unit: Path, tmp_path: Path) -> None:
    assert analyze(unit, tmp_path, "verify") == ""


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_a_unit_can_do_little_beside_its_work(unit: Path, tmp_path: Path) -> None:
    """2.0 of 10, where 10 is a service that may do everything."""
    assert "Overall exposure level" in analyze(unit, tmp_path, "security", "--offline=true", "--threshold=20")


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_what_a_unit_runs_there_is(unit: Path) -> None:
    """The command with its options, and every variable."""
    text = unit.read_text(encoding="utf-8")
    command = re.findall(r"^ExecStart=\S+ (\w+) ?(.*)$", text, re.MULTILINE)
    assert len(command) == 1
    name, options = command[0]
    done = subprocess.run(
        [sys.executable, "-m", "coopcal", name, "--help"], capture_output=True, text=True, check=True
    )
    assert all(option in done.stdout for option in options.split() if option.startswith("--"))
    variables = set(re.findall(r"(COOPCAL_\w+)=", text))
    assert variables
    assert variables <= {one.in_environment for one in SETTINGS}


def test_the_image_is_of_nobody_and_sets_what_there_is() -> None:
    """And copies what is there."""
    text = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    copied = {
        name for line in re.findall(r"^COPY (?!--)(.*) \S+$", text, re.MULTILINE) for name in line.split()
    }

    assert copied
    assert all((DEPLOY.parent / name).exists() for name in copied)
    assert set(re.findall(r"(COOPCAL_\w+)=", text)) <= {one.in_environment for one in SETTINGS}
    last = text.rpartition("\nFROM ")[2]
    assert re.search(r"^USER [1-9]\d*:[1-9]\d*$", last, re.MULTILINE)
    assert "--require-hashes" in text
