"""Measure, and write a table and a plot: ``make bench``, or ``python -m benchmarks --help``."""

import argparse
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from benchmarks.compiling import kinds, sizes
from benchmarks.counting import counting
from benchmarks.machine import heading
from benchmarks.result import Section
from benchmarks.serving import serving
from benchmarks.starting import starting
from benchmarks.watching import watching

from benchmarks import painting, plot, table

RESULTS = Path(__file__).parent / "results"
SMALL, USUAL = 1_000, 10_000
"""Events of what is measured at one size: of what shows how they differ, and of what grows with them."""

FEW = 20
"""Repetitions of what takes long."""

Part = Callable[[Path], Iterable[Section]]


def main(arguments: list[str]) -> None:
    """Measure what is asked for, and write it."""
    options = _options(arguments)
    header = heading(options.rounds, options.seed)
    sections: list[Section] = []
    for name, part in _parts(options):
        if options.only and name not in options.only:
            continue
        began = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="benchmark-") as folder:
            sections += part(Path(folder))
        sys.stderr.write(f"{name}: {time.monotonic() - began:.0f} s\n")
    if options.only and not options.results:
        sys.stdout.write(table.page(sections, header))
    else:
        _write(options.results or RESULTS, sections, header)
    if options.readme and not options.only:
        text = options.readme.read_text(encoding="utf-8")
        options.readme.write_text(table.with_summary(text, table.summary(sections, header)), encoding="utf-8")


def _write(results: Path, sections: list[Section], header: str) -> None:
    results.mkdir(parents=True, exist_ok=True)
    (results / "table.md").write_text(table.page(sections, header), encoding="utf-8")
    (results / "plot.svg").write_text(plot.svg(sections), encoding="utf-8")


def _parts(options: argparse.Namespace) -> list[tuple[str, Part]]:
    """Return all that can be measured, in its order."""
    seed, rounds, jobs = options.seed, options.rounds, options.jobs
    small = min(SMALL, max(options.sizes))
    usual = max((size for size in options.sizes if size <= USUAL), default=USUAL)

    def compiled(size: int, folder: Path) -> list[Section]:
        return [sizes(size, folder, rounds if size <= USUAL else 1, seed, jobs)]

    parts: list[tuple[str, Part]] = [("compile", partial(compiled, size)) for size in options.sizes]
    parts += [
        ("kinds", lambda folder: [kinds(small, folder, rounds, seed, jobs)]),
        ("count", lambda folder: [counting(small, folder, seed)]),
        ("start", lambda _: [starting(options.saves)]),
        (
            "watch",
            lambda folder: watching(options.saves, min(options.saves, FEW), rounds, small, folder, seed),
        ),
        ("serve", lambda folder: serving(usual, folder, rounds, seed, options.seconds)),
    ]
    if painting.is_possible():
        parts.append(("paint", lambda folder: [painting.painting(min(options.saves, FEW), folder)]))
    return parts


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "--sizes", type=_numbers, default=[SMALL, USUAL], help="numbers of events, with commas  [1000,10000]"
    )
    parser.add_argument("--rounds", type=int, default=3, help="rounds behind each median  [3]")
    parser.add_argument("--saves", type=int, default=50, help="saves under --watch, starts and visits  [50]")
    parser.add_argument("--seconds", type=float, default=1.0, help="how long each rate is measured for  [1]")
    parser.add_argument("--jobs", type=int, help="processes of each compile  [as many as coopcal chooses]")
    parser.add_argument("--seed", type=int, default=1, help="the seed of all that is made up  [1]")
    parser.add_argument(
        "--only", type=lambda text: text.split(","), help="compile,kinds,count,start,watch,serve,paint  [all]"
    )
    parser.add_argument(
        "--results",
        type=Path,
        help="where to write  [benchmarks/results; with --only, nowhere: it is printed]",
    )
    parser.add_argument("--readme", type=Path, help="a page that shows a summary between two marks")
    return parser.parse_args(arguments)


def _numbers(text: str) -> list[int]:
    return [int(number) for number in text.split(",")]


def _end(number: int, _: object) -> None:
    """End in order, with all servers, when told to stop."""
    raise SystemExit(128 + number)


if __name__ == "__main__":
    for stop in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(stop, _end)
    main(sys.argv[1:])
