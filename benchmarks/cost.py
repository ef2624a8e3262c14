"""What a command costs: time by the clock, time of the processors, and memory, of all processes that it starts."""

import os
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

Command = Sequence[str | Path]

POLLED = 0.02
"""Seconds between two looks at the memory of what runs; fewer while it has just begun."""


@dataclass(frozen=True)
class Cost:
    """Seconds by the clock and of processor, and the sum of what each process held at most (VmHWM, in MiB)."""

    seconds: float
    processor: float
    memory: float


def cost_of(command: Command, *, may_fail: bool = False) -> Cost:
    """Run a command to its end, start of its interpreter included; raise CalledProcessError if it fails."""
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=as_installed())
    highest: dict[int, int] = {}
    ended = threading.Event()
    watcher = threading.Thread(target=_watch, args=(process.pid, highest, ended))
    watcher.start()
    try:
        assert process.stderr is not None
        with process.stderr as stream:
            complaint = stream.read()
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
    finally:
        ended.set()
        watcher.join()
    if process.returncode and not may_fail:
        raise subprocess.CalledProcessError(process.returncode, list(command), stderr=complaint)
    return Cost(seconds, usage.ru_utime + usage.ru_stime, sum(highest.values()) / 1024)


def as_installed() -> dict[str, str]:
    """Return an environment in which Python keeps what it compiles: of packages that are installed it always is."""
    return {**os.environ, "PYTHONDONTWRITEBYTECODE": ""}


def by_turns(rounds: int, runs: Mapping[str, Callable[[], Cost]]) -> dict[str, list[Cost]]:
    """Run all, so many times, and each second time from the last to the first; return the costs of each."""
    costs: dict[str, list[Cost]] = {name: [] for name in runs}
    for number in range(rounds):
        for name in list(runs)[:: -1 if number % 2 else 1]:
            costs[name].append(runs[name]())
    return costs


def _watch(pid: int, highest: dict[int, int], ended: threading.Event) -> None:
    pause = 0.001
    while True:
        for process in _family(pid):
            held = _high_water(process)
            if held:
                highest[process] = max(held, highest.get(process, 0))
        if ended.wait(pause):
            return
        pause = min(pause * 1.1, POLLED)


def _family(pid: int) -> list[int]:
    """Return a process and all that descend from it."""
    family = [pid]
    for member in family:
        try:
            for thread in Path(f"/proc/{member}/task").iterdir():
                family += map(int, (thread / "children").read_text().split())
        except OSError:
            continue
    return family


def _high_water(pid: int) -> int:
    """Return the most memory that a process ever held, in KiB; 0 where it has ended, or the machine does not tell."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM:")), 0)
