"""When and on what something is measured, and against which versions."""

import os
import platform
import re
import shutil
import subprocess
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from benchmarks.cost import Command
from benchmarks.peers import hugo, nginx, yaml2ics

ROOT = Path(__file__).parent.parent
_NUMBER = re.compile(r"\d+(?:\.\d+)+(?:\.?\w+)?")


def heading(rounds: int, seed: int) -> str:
    """Return the sentences above all figures."""
    now = datetime.now(UTC)
    load = os.getloadavg()[0]
    busy = " (a busy machine: hold times against those of the same table alone)" if load > 0.5 else ""
    return (
        f"Measured on {now:%Y-%m-%d} at {now:%H:%M} UTC on {len(os.sched_getaffinity(0))} cores{_processor()}, "
        f"{_memory()}{platform.system()}, CPython {platform.python_version()}; "
        f"load at the start {load:.1f}{busy}. Version of coopcal: {_revision()}. "
        f"Medians of {rounds} rounds (one above 10,000 events) by turns, seed {seed}. Beside it: {', '.join(_versions())}."
    )


def _processor() -> str:
    """Return what the processor is called, as a remark; nothing where the machine does not tell."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return ""
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return f" ({names[0]})" if names and names[0] not in {"", "unknown"} else ""


def _memory() -> str:
    gibibytes = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{gibibytes:.0f} GiB, "


def _revision() -> str:
    """Return the last change of the program, and whether there are others that are not committed; else its version."""
    commit = _git("log", "-1", "--format=%h", "--", "src")
    if not commit:
        return version("coopcal")
    return f"{commit}, changed since" if _git("status", "--porcelain", "--", "src") else commit


def _git(*arguments: str) -> str:
    """Return what git says of this repository; nothing where there is none."""
    program = shutil.which("git")
    if program is None:
        return ""
    ended = subprocess.run([program, "-C", ROOT, *arguments], check=False, capture_output=True, text=True)
    return ended.stdout.strip()


def _versions() -> list[str]:
    names = [f"{name} {version(package)}" for name, package in _PACKAGES]
    peers = yaml2ics.PROGRAM.parent / "python"
    if peers.exists():
        names += [
            f"{name} {_asked([peers, '-c', _VERSION, name.lower()])}" for name in ("yaml2ics", "Radicale")
        ]
    if program := hugo.program():
        names.append(f"Hugo {_asked([program, 'version'])}")
    if program := nginx.program():
        names.append(f"nginx {_asked([program, '-v'])}")
    if program := shutil.which("wrk"):
        names.append(f"wrk {_asked([program, '-v'])}")
    missing = {"yaml2ics", "Radicale", "Hugo", "nginx"} - {name.split()[0] for name in names}
    return names + [f"without {name}, which is not installed here" for name in sorted(missing)]


_PACKAGES = (("PyYAML", "pyyaml"), ("icalendar", "icalendar"), ("granian", "granian"))
_VERSION = "import importlib.metadata, sys; print(importlib.metadata.version(sys.argv[1]))"


def _asked(command: Command) -> str:
    """Return the number in what a program says of its version."""
    ended = subprocess.run(command, check=False, capture_output=True, text=True)
    match = _NUMBER.search(ended.stdout + ended.stderr)
    return match[0] if match else "of no known version"
