"""How long a whole compile takes, against the same YAML read and written by PyYAML and icalendar alone.

    make benchmark            1,000 and 10,000 events
    python -m benchmarks.compile 500 2000

Both sides run in processes of their own, by turns, on the same corpus; the table gives the median of three runs,
and coopcal's time as a multiple of the peer's. The peer writes one feed for each organisation and a combined one,
without checks, stamps, compression, pages or archives: it is the floor of what the libraries cost.
"""

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.corpus import lay

RUNS = 3


def seconds(command: list[str | Path]) -> float:
    """Return how long a command takes, start of the interpreter included."""
    began = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - began


def main(counts: list[int]) -> None:
    """Measure, and print a table."""
    peer = Path(__file__).with_name("peer.py")
    sys.stdout.write("events   coopcal s   again s   peer s   ratio   events/s\n")
    for count in counts:
        first, again, plain = [], [], []
        for _ in range(RUNS):
            with tempfile.TemporaryDirectory() as folder:
                root = Path(folder) / "tree"
                lay(root, count)
                compile_: list[str | Path] = [
                    sys.executable,
                    "-m",
                    "coopcal",
                    "--root",
                    root,
                    "--quiet",
                    "compile",
                    "--now",
                ]
                first.append(seconds([*compile_, "2026-01-01"]))
                again.append(seconds([*compile_, "2026-01-02"]))
                plain.append(seconds([sys.executable, peer, root, Path(folder) / "out"]))
        ours, second, theirs = map(statistics.median, (first, again, plain))
        sys.stdout.write(
            f"{count:6}   {ours:9.2f}   {second:7.2f}   {theirs:6.2f}   {ours / theirs:5.2f}   {count / ours:8.0f}\n"
        )
        sys.stdout.flush()


if __name__ == "__main__":
    main([int(argument) for argument in sys.argv[1:]] or [1_000, 10_000])
