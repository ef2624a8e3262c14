"""Connections that lead to the very addresses that the guard looked at."""

import socket
import ssl
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from ipaddress import IPv6Address
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any

from coopcal.outside.addresses import Address
from coopcal.outside.answer import Fault, Unanswered
from coopcal.outside.bounds import Bounds, NoAnswerError
from coopcal.outside.guard import Guard
from coopcal.outside.target import Target
from coopcal.outside.translation import ASKED, translators


class Dialling:
    """Dials for one request: its host's name is looked up once, and what is dialled are the addresses that came.

    To httpcore2 this is its network backend, and a connection its network stream.
    """

    def __init__(self, target: Target, guard: Guard, bounds: Bounds) -> None:
        """Take what is asked, and what it may lead to."""
        self._target, self._guard, self._bounds = target, guard, bounds

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002 - the bounds say how long
        local_address: str | None = None,  # noqa: ARG002 - none is asked for
        socket_options: Iterable[Any] | None = None,  # noqa: ARG002 - none is asked for
    ) -> "_Stream":
        """Connect to an address of the host; raise NoAnswerError where the guard lets none through."""
        assert (host, port) == (self._target.host, self._target.port)
        *others, last = self._addresses()
        for left, address in zip(range(len(others) + 1, 1, -1), others, strict=True):
            with suppress(OSError):
                return _Stream(self._connected(address, left), self._bounds)
        return _Stream(self._connected(last, 1), self._bounds)

    def _addresses(self) -> tuple[Address, ...]:
        if self._target.address is not None:
            texts: tuple[str, ...] = (str(self._target.address),)
        else:
            texts = _looked_up(self._target.host, self._guard, self._bounds)
        addresses, why = self._guard_for(texts).addresses(texts)
        if why is not None:
            raise NoAnswerError(Unanswered(Fault.REFUSED, why))
        if not addresses:
            raise socket.gaierror(socket.EAI_NONAME, "no address")
        return addresses

    def _guard_for(self, texts: Iterable[str]) -> Guard:
        """Return the guard, which knows behind which networks a translator is, where an address may lie in one."""
        if not self._guard.public or not any(":" in text for text in texts):
            return self._guard
        try:
            answers = _looked_up(ASKED, self._guard, self._bounds)
        except OSError as error:
            if isinstance(error, TimeoutError):
                raise
            return self._guard
        return replace(self._guard, translators=translators(answers))

    def _connected(self, address: Address, count: int) -> socket.socket:
        """Connect to an address, which leaves time for others."""
        family = socket.AF_INET6 if isinstance(address, IPv6Address) else socket.AF_INET
        dialled = socket.socket(family, socket.SOCK_STREAM)
        try:
            dialled.settimeout(self._bounds.patience() / count)
            dialled.connect((str(address), self._target.port))
            dialled.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        except BaseException:
            dialled.close()
            raise
        return dialled


def _looked_up(host: str, guard: Guard, bounds: Bounds) -> tuple[str, ...]:
    """Ask for the addresses of a host, for no longer than there is time: the system knows no bound."""
    found: SimpleQueue[tuple[str, ...] | Exception] = SimpleQueue()

    def look() -> None:
        try:
            found.put(tuple(guard.resolve(host)))
        except (OSError, UnicodeError) as error:
            found.put(error)

    Thread(target=look, daemon=True).start()
    try:
        result = found.get(timeout=bounds.patience())
    except Empty:
        raise TimeoutError from None
    if isinstance(result, Exception):
        raise result
    return result


class _Stream:
    """A connection within bounds, whatever a caller says."""

    def __init__(self, connected: socket.socket, bounds: Bounds) -> None:
        self._socket, self._bounds = connected, bounds

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002 - the bounds say how long
        self._socket.settimeout(self._bounds.patience())
        try:
            came = self._socket.recv(max_bytes)
        except TimeoutError:
            self._bounds.patience()
            raise
        self._bounds.came(len(came))
        return came

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002 - the bounds say how long
        left = memoryview(buffer)
        while left:
            self._socket.settimeout(self._bounds.patience())
            left = left[self._socket.send(left) :]

    def close(self) -> None:
        self._socket.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002 - the bounds say how long
    ) -> "_Stream":
        try:
            self._socket.settimeout(self._bounds.patience())
            return _Stream(
                ssl_context.wrap_socket(self._socket, server_hostname=server_hostname), self._bounds
            )
        except BaseException:
            self._socket.close()
            raise

    def get_extra_info(self, info: str) -> Any:
        return self._socket if info == "socket" else None
