"""``--jobs``: how many processes compile at once."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from coopcal.compile.batches.crew import Crew, cores, may_fork, processes
from coopcal.compile.batches.divide import LARGE, bytes_of_sources

jobs_option = click.option(
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="Processes that work at once.  [default: one for each processor where the sources are large]",
)


@contextmanager
def crew_for(root: Path, jobs: int | None) -> Iterator[Crew | None]:
    """Offer as many processes as are asked for, or as pay for themselves; None where this one alone does the work."""
    count = jobs or (cores() if may_fork() and bytes_of_sources(root) >= LARGE else 1)
    if count == 1:
        yield None
        return
    with processes(count) as crew:
        yield crew
