"""How long the command takes to begin: what each of its uses costs at least."""

import sys
from functools import partial

from benchmarks.cost import by_turns, cost_of
from benchmarks.peers import hugo, yaml2ics
from benchmarks.result import Role, Section, row_of


def starting(rounds: int) -> Section:
    """Measure ``coopcal --version``, beside the interpreter alone and what peers do without work."""
    runs = {
        "coopcal --version": (Role.OURS, partial(cost_of, [sys.executable, "-m", "coopcal", "--version"])),
        "the interpreter alone": (Role.LIMIT, partial(cost_of, [sys.executable, "-c", "pass"])),
    }
    if yaml2ics.PROGRAM.exists():
        runs["yaml2ics without a file"] = Role.PEER, partial(cost_of, [yaml2ics.PROGRAM], may_fail=True)
    if program := hugo.program():
        runs["hugo version"] = Role.PEER, partial(cost_of, [program, "version"])
    costs = by_turns(rounds, {name: run for name, (_, run) in runs.items()})
    return Section("Start", "s", tuple(row_of(name, runs[name][0], costs[name]) for name in runs))
