"""What a server notes of each request: in counts, and in a log."""

import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar, cast

import click

from coopcal.cli.request_log import Line, RequestLog, log_errors
from coopcal.cli.rsgi import Scope, peer_of, said_in
from coopcal.cli.settings import secret, setting
from coopcal.counting.counts import FAILED, PUBLISHED
from coopcal.counting.family import DOCTOR
from coopcal.counting.keeper import Keeper
from coopcal.counting.ledger import Ledger

Decorated = TypeVar("Decorated", bound=Callable[..., Any])

CDN = "cdn-loop"
"""The header by which a CDN says that it asks (RFC 8586)."""

_DOCTOR = DOCTOR.lower()


@dataclass(frozen=True, slots=True)
class Noting:
    """What is to be noted: counts in the folder of the ``state``, of ``feeds`` by family; a ``log`` in a form, with ``clients``.

    ``token`` opens ``/metrics``, "" where nothing does.
    """

    state: Path | None = None
    feeds: bool = True
    log: str | None = None
    clients: bool = False
    token: str = ""

    @property
    def counts(self) -> bool:
        """Whether anything is counted."""
        return self.state is not None or bool(self.token)

    @property
    def is_wanted(self) -> bool:
        """Whether anything is noted."""
        return self.counts or self.log is not None


NOTHING = Noting()
"""What is noted where nobody asks for anything."""


class Noter:
    """What notes requests as they are answered; no request waits for it."""

    def __init__(
        self, keeper: Keeper | None, log: RequestLog | None, *, clients: bool, proxies: int = 0
    ) -> None:
        self.keeper = keeper
        self._log = log
        self._clients = clients
        self._proxies = proxies

    def note(self, scope: Scope, status: int, length: int, begun: float) -> None:
        """Note an answer to a request, as a server that speaks RSGI says of it; it was ``begun`` at a moment."""
        seconds, headers = time.perf_counter() - begun, scope.headers
        agent = DOCTOR if _DOCTOR in headers else None if CDN in headers else headers.get("user-agent", "")
        client = (said_in(scope, self._proxies).address or peer_of(scope)) if self._clients else ""
        self._note(scope.method, scope.path, status, length, seconds, agent, client)

    def note_environ(self, environ: Mapping[str, Any], status: int, length: int, begun: float) -> None:
        """Note an answer to a request, as WSGI says of it."""
        self._note(
            environ["REQUEST_METHOD"],
            environ.get("SCRIPT_NAME", "") + environ.get("PATH_INFO", ""),
            status,
            length,
            time.perf_counter() - begun,
            _agent(environ),
            environ.get("REMOTE_ADDR", "") if self._clients else "",
        )

    def close(self) -> None:
        """Write what waits."""
        if self.keeper is not None:
            self.keeper.close()
        if self._log is not None:
            self._log.close()

    def _note(
        self, method: str, path: str, status: int, length: int, seconds: float, agent: str | None, client: str
    ) -> None:
        if self.keeper is not None:
            self.keeper.note(method, path, status, agent, seconds)
        if self._log is not None:
            self._log.write(Line(time.time(), method, path, status, length, seconds, agent, client))


def _agent(environ: Mapping[str, Any]) -> str | None:
    """Return who asks, as WSGI says of it."""
    if "HTTP_COOPCAL_DOCTOR" in environ:
        return DOCTOR
    return None if "HTTP_CDN_LOOP" in environ else environ.get("HTTP_USER_AGENT", "")


def noter(noting: Noting, proxies: int = 0) -> Noter:
    """Return what notes requests as it is wanted, of visitors behind so many proxies of one's own; the log of requests is written to the standard output."""
    keeper = None
    if noting.counts:
        ledger = Ledger(noting.state) if noting.state else None
        keeper = Keeper(ledger, time.time, feeds=noting.feeds)
    if noting.log:
        log_errors(noting.log)
    log = RequestLog(noting.log, sys.stdout) if noting.log else None
    return Noter(keeper, log, clients=noting.clients, proxies=proxies)


def counter(noting: Noting) -> Callable[[bool], None]:
    """Return what counts a compile, and whether it published a site, where anything is counted for all processes."""
    if noting.state is None:
        return lambda _: None
    keeper = Keeper(Ledger(noting.state), time.time)

    def happened(published: bool) -> None:  # noqa: FBT001 - what came of it is all that it is told
        keeper.happened(PUBLISHED if published else FAILED)
        keeper.write()

    return happened


def counted(
    compile_anew: Callable[[datetime], bool], happened: Callable[[bool], None]
) -> Callable[[datetime], bool]:
    """Return what compiles, and counts what comes of that."""

    def compile_and_count(now: datetime) -> bool:
        published = False
        try:
            published = compile_anew(now)
        finally:
            happened(published)
        return published

    return compile_and_count


def options(command: Decorated) -> Decorated:
    """Give a command the options that say what is noted, which it is handed as one value."""

    @wraps(command)
    def with_noting(
        *args: Any,
        state: Path | None,
        counting: bool,
        log: str | None,
        log_clients: bool,
        **others: Any,
    ) -> Any:
        token = secret(click.get_current_context(), "metrics_token") or ""
        noting = Noting(state, counting, log, log_clients, token)
        return command(*args, noting=noting, **others)

    decorated: Any = with_noting
    for option in reversed(_OPTIONS):
        decorated = option(decorated)
    return cast(Decorated, decorated)


_OPTIONS = tuple(map(setting, ("state", "counting", "log", "log_clients")))
