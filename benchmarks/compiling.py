"""What a compile costs: cold, after one edit, without a change, and what ``check`` does; beside peers and limits."""

import itertools
import shutil
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from benchmarks.corpus import KINDS, Corpus, lay, source_of, usual
from benchmarks.cost import Command, Cost, by_turns, cost_of
from benchmarks.peers import hugo, yaml2ics
from benchmarks.result import Role, Section, row_of

PEERS = Path(__file__).parent / "peers"
LARGEST_OF_PEERS = 100_000
"""Events above which the slow peers are left out."""

Runs = dict[str, tuple[Role, Callable[[], Cost]]]


def coopcal(root: Path, *arguments: str | Path) -> Command:
    """Return a command of coopcal."""
    return [sys.executable, "-m", "coopcal", "--root", root, "--quiet", *arguments]


def sizes(events: int, folder: Path, rounds: int, seed: int, jobs: int | None) -> Section:
    """Measure a corpus of many events of the plain kind."""
    corpus = usual(events, seed=seed)
    root = folder / "tree"
    lay(corpus, root)
    runs = _ours(root, folder, jobs) | _peers(corpus, root, folder)
    costs = by_turns(rounds, {name: run for name, (_, run) in runs.items()})
    return Section(
        f"Compile of {events:,} events of {corpus.organisations:,} organisations",
        "s",
        tuple(row_of(name, runs[name][0], costs[name]) for name in runs),
    )


def kinds(events: int, folder: Path, rounds: int, seed: int, jobs: int | None) -> Section:
    """Measure a cold compile of each kind of corpus; the peer reads the same files."""
    runs: Runs = {}
    for kind in KINDS:
        root = folder / kind
        lay(usual(events, kind, seed), root)
        runs[f"{kind}"] = Role.OURS, partial(_cold, root, folder, jobs)
        runs[f"PyYAML and icalendar, {kind}"] = Role.PEER, partial(_icalendar, root, folder)
    costs = by_turns(rounds, {name: run for name, (_, run) in runs.items()})
    return Section(
        f"Cold compile of {events:,} events, by kind",
        "s",
        tuple(row_of(name, runs[name][0], costs[name]) for name in runs),
    )


def retitle(root: Path, number: int) -> None:
    """Give an event another title."""
    path = source_of(root, "org-7")
    lines = path.read_text(encoding="utf-8").split("\n")
    place = next(index for index, line in enumerate(lines) if line.startswith("    title:"))
    lines[place] = f"    title: Another title, {number}"
    path.write_text("\n".join(lines), encoding="utf-8")


def _ours(root: Path, folder: Path, jobs: int | None) -> Runs:
    standing, numbers = folder / "standing", itertools.count(1)
    cost_of(_compile(root, standing, 0, jobs))

    def one_edit() -> Cost:
        number = next(numbers)
        retitle(root, number)
        return cost_of(_compile(root, standing, number, jobs))

    return {
        "cold": (Role.OURS, partial(_cold, root, folder, jobs)),
        "one edit": (Role.OURS, one_edit),
        "no change": (Role.OURS, lambda: cost_of(_compile(root, standing, next(numbers), jobs))),
        "check": (Role.OURS, lambda: cost_of(coopcal(root, "check"))),
        "YAML as events alone": (
            Role.LIMIT,
            lambda: cost_of([sys.executable, PEERS / "events_alone.py", root]),
        ),
        "the site's bytes alone": (Role.LIMIT, partial(_bytes, standing, folder)),
    }


def _peers(corpus: Corpus, root: Path, folder: Path) -> Runs:
    if corpus.events > LARGEST_OF_PEERS:
        return {}
    runs: Runs = {"PyYAML and icalendar": (Role.PEER, partial(_icalendar, root, folder))}
    compiled = yaml2ics.command(corpus, folder / "yaml2ics")
    if compiled:
        runs["yaml2ics"] = Role.PEER, partial(cost_of, compiled)
    if hugo.program():
        hugo.lay(corpus, folder / "hugo")
        runs["Hugo"] = Role.PEER, partial(_into, folder / "out", partial(hugo.build, folder / "hugo"))
    return runs


def _compile(root: Path, out: Path, minutes: int, jobs: int | None) -> Command:
    """Return a compile for so many minutes after noon."""
    hours, minute = divmod(12 * 60 + minutes, 60)
    options = ["--jobs", str(jobs)] if jobs else []
    return coopcal(root, "compile", "--out", out, "--now", f"2026-01-01T{hours:02}:{minute:02}:00Z", *options)


def _cold(root: Path, folder: Path, jobs: int | None) -> Cost:
    return _into(folder / "out", lambda out: _compile(root, out, 0, jobs))


def _icalendar(root: Path, folder: Path) -> Cost:
    return _into(folder / "out", lambda out: [sys.executable, PEERS / "icalendar_alone.py", root, out])


def _bytes(site: Path, folder: Path) -> Cost:
    return _into(folder / "out", lambda out: [sys.executable, PEERS / "bytes_alone.py", site, out])


def _into(out: Path, command: Callable[[Path], Command]) -> Cost:
    """Run what writes into a folder that is not there before, nor afterwards."""
    try:
        return cost_of(command(out))
    finally:
        shutil.rmtree(out, ignore_errors=True)
