"""A crew of the workers of a Dask cluster (the extra ``dask``); it is imported where one is asked for."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager

from distributed import Client
from distributed.comm.addressing import get_address_host_port

from coopcal.compile.batches.crew import Crew

PATIENCE = 10
"""Seconds in which a scheduler has to answer."""


class NoWorkersError(Exception):
    """The cluster has no workers."""


@contextmanager
def cluster(address: str) -> Iterator[Crew]:
    """Offer the workers of the scheduler at an address, such as ``tcp://127.0.0.1:8786``.

    They see the sources in the folder in which this process sees them, and have the same coopcal. Raise OSError, or one of
    its kind, where nobody answers, and NoWorkersError.
    """
    # A client that reaches nobody fails again, aloud, as it is thrown away: so that somebody listens is asked before.
    socket.create_connection(get_address_host_port(address, strict=True), PATIENCE).close()
    client = Client(address, timeout=PATIENCE, set_as_default=False)  # type: ignore[no-untyped-call]
    with client:
        workers = sorted(client.scheduler_info(n_workers=-1)["workers"])
        if not workers:
            raise NoWorkersError(address)
        yield Crew([client.get_executor(workers=[worker], pure=False) for worker in workers])  # type: ignore[no-untyped-call]
