"""``--jobs`` and ``--dask``: who works on large sources."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, TypeVar

import click

from coopcal.cli import module
from coopcal.cli.language import spoken
from coopcal.compile.batches.crew import Crew, cores, may_fork
from coopcal.compile.batches.divide import LARGE, are_large
from coopcal.model.message import msg

Command = TypeVar("Command", bound=Callable[..., Any])

_JOBS = click.option(
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="Processes that work at once.  [default: one for each processor where the sources are large]",
)
_DASK = click.option(
    "--dask",
    metavar="ADDRESS",
    help="The scheduler of a Dask cluster whose workers do the work, such as tcp://127.0.0.1:8786; they see the same folder.",
)


def crew_options(command: Command) -> Command:
    """Give a command the options that say who works."""
    return _JOBS(_DASK(command))


@contextmanager
def crew_for(root: Path, jobs: int | None, dask: str | None) -> Iterator[Crew | None]:
    """Offer the workers that are asked for, or as many processes as pay for themselves; None where this one does the work."""
    if dask is not None:
        if jobs is not None:
            raise click.UsageError(spoken(msg("--jobs and --dask exclude each other")))
        with _cluster(dask) as crew:
            yield crew
        return
    count = jobs or (cores() if may_fork() and are_large(root) else 1)
    if count == 1:
        yield None
        return
    with module("process_crew").processes(count, 0 if jobs else LARGE) as crew:
        yield crew


@contextmanager
def _cluster(address: str) -> Iterator[Crew]:
    try:
        dask = module("dask_crew")
    except ImportError as error:
        raise click.UsageError(
            spoken(
                msg(
                    "--dask needs a library that is not here; install it with {command}",
                    command="pip install 'coopcal[dask]'",
                )
            )
        ) from error
    with ExitStack() as stack:
        try:
            crew = stack.enter_context(dask.cluster(address))
        except (OSError, ValueError, dask.NoWorkersError) as error:
            raise click.UsageError(
                spoken(msg("No Dask cluster with workers answers at {address}", address=address))
            ) from error
        yield crew
