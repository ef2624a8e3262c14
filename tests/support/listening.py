"""A server on loopback that counts who connects, and answers with the very bytes that it is told to."""

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from tests.support.ports import free_port

Answering = Callable[[bytes], bytes | Iterable[bytes]]
"""Gives what is sent upon the head of a request: all at once, or piece by piece."""


@dataclass(slots=True)
class Listener:
    """Where it listens, how many connected, and what they asked."""

    port: int
    connected: int = 0
    asked: list[bytes] = field(default_factory=list)

    @property
    def paths(self) -> list[str]:
        """What was asked for."""
        return [head.split(b" ", 2)[1].decode() for head in self.asked if head.count(b" ") > 1]


def response(status: str = "200 OK", body: bytes = b"", **headers: str) -> bytes:
    """Return the bytes of an answer; ``_`` in the names of headers stands for ``-``."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode() + body


@contextmanager
def listening(
    answering: Answering | bytes = b"",
    hosts: Iterable[str] = ("127.0.0.1", "::1"),
    tls: ssl.SSLContext | None = None,
) -> Iterator[Listener]:
    """Listen at one port of some addresses until the block ends."""
    over = threading.Event()
    listener = Listener(free_port())
    sockets = [
        socket.create_server((host, listener.port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
        for host in hosts
    ]

    def answer(accepted: socket.socket) -> None:
        with contextlib.suppress(OSError), accepted:
            accepted.settimeout(20)
            speaking = tls.wrap_socket(accepted, server_side=True) if tls else accepted
            head = b""
            while b"\r\n\r\n" not in head and not head.startswith(b"\x16"):
                came = speaking.recv(65536)
                if not came:
                    return
                head += came
            listener.asked.append(head)
            said = answering if isinstance(answering, bytes) else answering(head)
            for piece in [said] if isinstance(said, bytes) else said:
                if over.is_set():
                    return
                speaking.sendall(piece)
            speaking.close()

    def accept(at: socket.socket) -> None:
        while not over.is_set():
            try:
                accepted, _ = at.accept()
            except OSError:
                continue
            listener.connected += 1
            threading.Thread(target=answer, args=(accepted,), daemon=True).start()

    threads = []
    for at in sockets:
        at.settimeout(0.1)
        threads.append(threading.Thread(target=accept, args=(at,)))
        threads[-1].start()
    try:
        yield listener
    finally:
        over.set()
        for thread in threads:
            thread.join()
        for at in sockets:
            at.close()
