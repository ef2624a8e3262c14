"""Fetches source distributions for their calendars, which the tests import, by version and hashes in requirements/dev.txt.

The calendars alone go into ``tests/foreign/cache``, which git does not hold.
"""

import re
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
CACHE = HERE / "cache"
PINNED = HERE.parents[1] / "requirements/dev.txt"
PACKAGES = ("icalendar", "recurring-ical-events")


def pinned(package: str) -> str:
    """Return the lines that pin a package, with its hashes."""
    match = re.search(
        rf"^{re.escape(package)}==[^\n]*\n(?:    --hash=[^\n]*\n)+",
        PINNED.read_text(encoding="utf-8"),
        re.MULTILINE,
    )
    assert match, f"{package} is not pinned"
    return match[0]


def version(package: str) -> str:
    """Return the version that is pinned."""
    return pinned(package).split("==")[1].split()[0].rstrip("\\").strip()


def folder(package: str) -> Path:
    """Return the folder that a source distribution is unpacked to."""
    return CACHE / f"{package}-{version(package)}"


def fetch(package: str) -> None:
    """Fetch a source distribution and unpack its calendars, unless they are there."""
    if folder(package).is_dir():
        return
    CACHE.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=CACHE) as aside:
        wanted = Path(aside) / "requirements.txt"
        wanted.write_text(pinned(package), encoding="utf-8")
        command = [
            sys.executable,
            "-m",
            "pip",
            "download",
            "--quiet",
            "--disable-pip-version-check",
            "--no-deps",
        ]
        command += ["--no-binary", ":all:", "--require-hashes", "--dest", aside, "--requirement", str(wanted)]
        subprocess.run(command, check=True)
        (archive,) = Path(aside).glob("*.tar.gz")
        with tarfile.open(archive) as opened:
            calendars = [each for each in opened.getmembers() if each.isfile() and each.name.endswith(".ics")]
            opened.extractall(Path(aside) / "unpacked", members=calendars, filter="data")
        (unpacked,) = (Path(aside) / "unpacked").iterdir()
        unpacked.rename(folder(package))


if __name__ == "__main__":
    for each in PACKAGES:
        fetch(each)
