"""How long a whole compile takes, against the same YAML read and written by PyYAML and icalendar alone.

    make benchmark            1,000 and 10,000 events
    python benchmarks/compile.py 500 2000

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

ORGANISATIONS = 20
RUNS = 3
SITE = """\
title: Benchmark
uid_domain: example.coop
base_url: https://calendars.example.coop
languages: [en]
timezone: Europe/Brussels
"""
EVENT = """\
  - id: event-{number}
    title: Event {number} of many
    when: {year}-{month:02}-{day:02} 1{hour}:00/18:30
    where: {{name: Hall {hour}, city: Ghent, country: BE}}
    description: |
      Come and *taste*, see [our page](https://bakery.example.coop/open), and bring a friend who has not
      been here before. There is bread, and there are people to ask how it was made.
    tags: [open-doors, hall-{hour}]
"""


def lay(root: Path, count: int) -> None:
    """Write a tree of ``count`` events over ten years."""
    (root / "calendars").mkdir(parents=True)
    (root / "coopcal.yaml").write_text(SITE, encoding="utf-8")
    for organisation in range(ORGANISATIONS):
        events = "".join(
            EVENT.format(
                number=number,
                year=2020 + number % 10,
                month=number % 12 + 1,
                day=number % 28 + 1,
                hour=number % 8,
            )
            for number in range(count // ORGANISATIONS)
        )
        text = f"name: Organisation {organisation}\ncountry: BE\nevents:\n{events}"
        (root / f"calendars/org-{organisation}.yaml").write_text(text, encoding="utf-8")


def seconds(command: list[str | Path]) -> float:
    """Give how long a command takes, start of the interpreter included."""
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
