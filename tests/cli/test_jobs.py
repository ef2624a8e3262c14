"""Large sources are compiled by several processes, or by the workers of a Dask cluster: the same site each time."""

import contextlib
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.support.command import coopcal
from tests.support.ports import free_port

CASE = Path(__file__).parent.parent / "golden/feeds/series/source"
SCHEDULER = re.compile(r"Scheduler at: +(tcp://\S+)")


@contextlib.contextmanager
def running(*command: str, until: str) -> Iterator[str]:
    """Run a program of Dask until the block ends, from when it says something on; return the line."""
    with subprocess.Popen(
        [sys.executable, "-m", *command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        assert process.stdout is not None
        try:
            yield next(line for line in process.stdout if re.search(until, line))
        finally:
            process.terminate()
            process.communicate(timeout=30)


@pytest.fixture
def scheduler() -> Iterator[str]:
    """Run a scheduler on loopback, and two workers."""
    options = ("--host", "127.0.0.1", "--no-dashboard", "--port")
    with running("distributed.cli.dask_scheduler", *options, str(free_port()), until="Scheduler at") as line:
        found = SCHEDULER.search(line)
        assert found, line
        worker = (
            "distributed.cli.dask_worker",
            found[1],
            "--host",
            "127.0.0.1",
            "--nthreads",
            "1",
            "--no-dashboard",
        )
        with contextlib.ExitStack() as stack:
            for _ in range(2):
                stack.enter_context(running(*worker, "--no-nanny", until="Registered to"))
            yield found[1]


def version_of(root: Path, *options: str) -> str:
    """Compile a copy of the example; return the name of its version, which is made of all that it holds."""
    shutil.copytree(CASE, root)
    result = coopcal(root, "compile", "--now", "2026-06-01", *options)
    assert result.returncode == 0, result.stderr
    return (root / "_site/current").read_text()


def test_a_cluster_compiles_what_one_process_does(tmp_path: Path, scheduler: str) -> None:
    """A scheduler and two workers of their own, all on loopback."""
    assert version_of(tmp_path / "one") == version_of(tmp_path / "other", "--dask", scheduler)


def test_several_processes_compile_what_one_does(tmp_path: Path) -> None:
    """With ``--jobs 3`` as with ``--jobs 1``."""
    assert version_of(tmp_path / "one", "--jobs", "1") == version_of(tmp_path / "other", "--jobs", "3")


def test_what_is_wrong_with_a_cluster_is_told(tmp_path: Path) -> None:
    """Nobody answers; or the address is none; or both ways are asked for. Nothing is published."""
    root = tmp_path / "site"
    shutil.copytree(CASE, root)
    for address in (f"tcp://127.0.0.1:{free_port()}", "nonsense://x"):
        result = coopcal(root, "compile", "--dask", address)
        assert result.returncode == 2
        assert f"No Dask cluster with workers answers at {address}" in result.stderr
        assert "Traceback" not in result.stderr
    result = coopcal(root, "compile", "--dask", "tcp://127.0.0.1:1", "--jobs", "2")
    assert result.returncode == 2
    assert "exclude each other" in result.stderr
    assert not (root / "_site/current").exists()


@pytest.mark.parametrize(
    "options", [(), ("--without", "events-alike"), ("--only", "no-events"), ("calendars/02-quote.yaml",)]
)
@pytest.mark.parametrize("source", [CASE, CASE.parent.parent.parent / "check/sixty/source"])
def test_check_says_the_same_by_several_processes(
    source: Path, options: tuple[str, ...], tmp_path: Path
) -> None:
    """All that is told, the counts and the exit code; of all files, of one, and with checks switched."""
    root = tmp_path / "site"
    shutil.copytree(source, root)
    if options and options[0].endswith(".yaml") and source is CASE:
        options = ("calendars/club.yaml",)
    results = [coopcal(root, "check", "--now", "2026-06-01", *options, "--jobs", jobs) for jobs in ("1", "3")]

    assert (results[0].stdout, results[0].returncode) == (results[1].stdout, results[1].returncode)
    assert results[0].stdout
    assert results[0].stderr == results[1].stderr == ""


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_the_workers_of_a_compile_end_with_it(number: signal.Signals, tmp_path: Path) -> None:
    """However it is killed, while they work; the next one compiles."""
    root = tmp_path / "site"
    shutil.copytree(CASE, root)
    for copy in range(60):
        shutil.copy(CASE / "calendars/club.yaml", root / f"calendars/club-{copy}.yaml")
    command = [
        sys.executable,
        "-m",
        "coopcal",
        "--root",
        str(root),
        "compile",
        "--jobs",
        "2",
        "--now",
        "2026-06-01",
    ]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
        workers: list[str] = []
        while len(workers) < 2 and process.poll() is None:
            workers = children.read_text().split()
        process.send_signal(number)
    assert len(workers) == 2, "it ended before it could be killed"
    patience = time.monotonic() + 20
    while any(Path(f"/proc/{worker}").exists() for worker in workers):
        assert time.monotonic() < patience, "workers are left"
        time.sleep(0.1)
    assert not list(root.glob("_site/versions/*"))
