"""Calls to the API of a forge: JSON over HTTP, with answers as values."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import HTTPRedirectHandler, Request, build_opener

TIMEOUT = 30
"""Seconds that an answer may take."""

LARGEST = 20_000_000
"""Bytes of an answer that are read."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The status of an answer (0: none came) and what it holds."""

    status: int
    content: Any = None

    @property
    def is_good(self) -> bool:
        """Return whether it was done."""
        return 200 <= self.status < 300  # noqa: PLR2004 - the successful class (RFC 9110, 15.3)


class _Stay(HTTPRedirectHandler):
    """Follows no redirection, as that would hand the token on."""

    def redirect_request(self, *_: Any) -> None:
        """Return no further request."""


_OPENER = build_opener(_Stay)


@dataclass(frozen=True, slots=True)
class Api:
    """An API by its address and the headers that every call carries, the token among them."""

    address: str
    headers: Mapping[str, str] = field(repr=False)

    def call(self, method: str, path: str, payload: Mapping[str, Any] | None = None) -> Answer:
        """Make a call; what goes wrong on the way is an answer of status 0."""
        data = None if payload is None else json.dumps(payload).encode()
        request = Request(f"{self.address}{path}", data, dict(self.headers), method=method)  # noqa: S310 - the forge's own address
        request.add_header("Content-Type", "application/json")
        request.add_header("User-Agent", "coopcal")
        try:
            with _OPENER.open(request, timeout=TIMEOUT) as answer:
                return Answer(answer.status, json.loads(answer.read(LARGEST) or b"null"))
        except HTTPError as error:
            error.close()
            return Answer(error.code)
        except (URLError, OSError, ValueError, RecursionError):
            return Answer(0)
