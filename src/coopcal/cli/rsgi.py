"""What a server that speaks RSGI says of a request, and how it takes the answer."""

from typing import Any, Protocol

from coopcal.web.proxies import NOTHING, Said, said

Headers = list[tuple[str, str]]


class Scope(Protocol):
    """What a server that speaks RSGI says of a request."""

    http_version: str
    server: str
    client: str
    scheme: str
    method: str
    path: str
    query_string: str
    headers: Any


class Exchange(Protocol):
    """How a server that speaks RSGI takes the answer to a request; it is iterated for the request's body."""

    def __aiter__(self) -> Any:
        """Return the body in chunks."""

    def response_empty(self, status: int, headers: Headers) -> None:
        """Answer without a body."""

    def response_bytes(self, status: int, headers: Headers, body: bytes) -> None:
        """Answer with bytes."""

    def response_file(self, status: int, headers: Headers, file: str) -> None:
        """Answer with a file."""

    def response_file_range(self, status: int, headers: Headers, file: str, start: int, end: int) -> None:
        """Answer with a part of a file, without its ``end``."""


def peer_of(scope: Scope) -> str:
    """Return the address of whoever is connected."""
    return scope.client.rpartition(":")[0]


def said_in(scope: Scope, proxies: int) -> Said:
    """Return what so many proxies of one's own say of a visitor."""
    if not proxies:
        return NOTHING
    return said(proxies, peer_of(scope), lambda name: ",".join(scope.headers.get_all(name)))
