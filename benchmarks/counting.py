"""How many functions are called: figures that hold on a busy machine, so that a loss is seen there, too."""

import subprocess
import sys
from pathlib import Path

from benchmarks.compiling import retitle
from benchmarks.corpus import lay, usual
from benchmarks.cost import as_installed
from benchmarks.result import Role, Row, Section

RUNS = 2
"""Each is counted twice, which shows how repeatable the figures are."""

WARMING = 20
"""Events of a first run, which is not counted: it leaves modules compiled, as they are for those after it."""

INSTANT = "2026-01-01T12:00:00Z"


def counting(events: int, folder: Path, seed: int) -> Section:
    """Count the calls of each command, in one process, with a fixed seed of hashes."""
    _counts(WARMING, folder / "warming", seed)
    runs = [_counts(events, folder / f"run-{run}", seed) for run in range(RUNS)]
    rows = tuple(Row(name, Role.OURS, tuple(run[name] for run in runs)) for name in runs[0])
    note = (
        f"From the start of each command, with imports; in one process, {RUNS} times, in trees of their own. "
        "No processor, clock or neighbour changes them; what little differs between two runs is shown."
    )
    return Section(f"Calls of functions, {events:,} events", "thousands", rows, note)


def _counts(events: int, folder: Path, seed: int) -> dict[str, float]:
    """Return the thousands of calls of each command, one after another in one tree."""
    root = folder / "tree"
    lay(usual(events, seed=seed), root)
    compile_ = ["compile", "--jobs", "1", "--now", INSTANT]
    counts = {"cold compile": _calls(root, compile_), "no change": _calls(root, compile_)}
    retitle(root, 1)
    counts["one edit"] = _calls(root, compile_)
    counts["check"] = _calls(root, ["check"])
    counts["start (--version)"] = _calls(root, ["--version"])
    return counts


def _calls(root: Path, arguments: list[str]) -> float:
    """Return the thousands of calls of a command."""
    file = root.parent / "calls"
    subprocess.run(
        [sys.executable, "-m", "benchmarks.counted", file, "--root", root, "--quiet", *arguments],
        check=True,
        capture_output=True,
        cwd=Path(__file__).parent.parent,
        env={**as_installed(), "PYTHONHASHSEED": "0"},
    )
    return int(file.read_text(encoding="utf-8")) / 1000
