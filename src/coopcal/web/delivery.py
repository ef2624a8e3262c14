"""What is answered from ready header lists: bodies in several codings, whole, or as headers alone, or that all is as it was."""

import gzip
import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple

from coopcal.site.index import Body
from coopcal.text.bounded_cache import Bounded
from coopcal.web import conditions

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]
Headers = tuple[tuple[str, str], ...]
Answer = tuple[str, list[tuple[str, str]], bytes]

GZIP_LEVEL = 6
WORTH_COMPRESSING = 250
"""Bytes below which compressing saves next to nothing."""

VARYING = ("Vary", "Accept-Encoding")
_COMPRESSIBLE = re.compile(r"text/|application/(?:\w+\+)?(?:json|xml)|image/svg")
_OF_BODY = frozenset(
    {"content-type", "content-length", "content-encoding", "content-disposition", "content-language"}
)
OVERHEAD = 1_500
"""Bytes that a body takes beside its content, with its headers."""


class Request(NamedTuple):
    """What of a request decides its answer. Of headers that stand several times, values are apart by commas; None: there is none.

    ``mounted`` is the path at which the application is (PEP 3333, SCRIPT_NAME). ``host`` is looked at where the site had
    other addresses before; ``former``: the request is for one of these.
    """

    method: str
    path: str
    query: str
    accept_encoding: str | None
    none_match: str | None
    modified_since: str | None
    mounted: str = ""
    host: str = ""
    former: bool = False

    @staticmethod
    def of(environ: Environ) -> "Request":
        """Return what decides the answer to a request (PEP 3333)."""
        return Request(
            environ["REQUEST_METHOD"],
            environ.get("PATH_INFO", ""),
            environ.get("QUERY_STRING", ""),
            environ.get("HTTP_ACCEPT_ENCODING"),
            environ.get("HTTP_IF_NONE_MATCH"),
            environ.get("HTTP_IF_MODIFIED_SINCE"),
            environ.get("SCRIPT_NAME", ""),
            environ.get("HTTP_HOST", ""),
        )

    @staticmethod
    def of_headers(method: str, path: str, query: str, values: Callable[[str], list[str]]) -> "Request":
        """Return what decides the answer to a request whose header ``values`` are given by their names, in small letters."""
        return Request(
            method,
            path,
            query,
            _joined(values("accept-encoding")),
            _joined(values("if-none-match")),
            _joined(values("if-modified-since")),
            host=(values("host") or [""])[0],
        )


def _joined(values: list[str]) -> str | None:
    """Return the value of a header that stands as often as there are values (RFC 9110, 5.3)."""
    return (values[0] if len(values) == 1 else ", ".join(values)) if values else None


@dataclass(frozen=True, slots=True)
class Representation:
    """A body in one coding, and the headers with which it is sent; ``unchanged`` are those of 304 (RFC 9110, 15.4.5)."""

    body: Body
    headers: Headers
    unchanged: Headers
    modified: datetime | None

    def answer(self, request: Request) -> Answer:
        """Return what a request gets: GET or HEAD, with or without conditions."""
        if request.none_match is not None:
            unchanged = conditions.none_match(request.none_match, self.body.etag)
        else:
            unchanged = (
                request.modified_since is not None
                and self.modified is not None
                and conditions.not_modified_since(request.modified_since, self.modified)
            )
        if unchanged:
            return "304 Not Modified", list(self.unchanged), b""
        return "200 OK", list(self.headers), b"" if request.method == "HEAD" else self.body.content

    @property
    def size(self) -> int:
        """The bytes that it takes."""
        return OVERHEAD + self.body.length


@dataclass(frozen=True, slots=True)
class Delivery:
    """What is sent for an address: representations by coding, in the order in which they are preferred."""

    by_coding: Mapping[str, Representation]
    offered: tuple[str, ...]

    def chosen(self, accept: str | None) -> Representation:
        """Return the representation that is sent to whoever accepts these codings; None: they say nothing of it."""
        coding = conditions.coding(accept, self.offered) if accept is not None else None
        return self.by_coding[coding or "identity"]

    def answer(self, request: Request) -> Answer:
        """Return what a request gets: GET or HEAD, with or without conditions."""
        return self.chosen(request.accept_encoding).answer(request)

    @property
    def size(self) -> int:
        """The bytes that it takes."""
        return sum(sent.size for sent in self.by_coding.values())


def delivery(
    bodies: Mapping[str, Body], of_body: Headers, shared: Headers, modified: datetime | None
) -> Delivery:
    """Return what is sent of bodies by coding: with headers that are of the body, and those that 304 has, too."""
    by_coding = {}
    for coding, body in bodies.items():
        unchanged = (
            ("ETag", f'"{body.etag}"'),
            *((("Last-Modified", conditions.last_modified(modified)),) if modified else ()),
            *shared,
        )
        coded = (("Content-Encoding", coding),) if coding != "identity" else ()
        length = ("Content-Length", str(body.length))
        by_coding[coding] = Representation(body, (*of_body, *coded, length, *unchanged), unchanged, modified)
    return Delivery(by_coding, tuple(bodies))


@dataclass(frozen=True, slots=True)
class Page:
    """An answer of the application that others may be given: it is true ``until`` an instant, None for ever."""

    delivery: Delivery
    until: datetime | None


def page_of(content: bytes, headers: Iterable[tuple[str, str]], until: datetime | None) -> Page:
    """Return an answer of the application, to be sent as it is, or compressed where that pays."""
    of_body: list[tuple[str, str]] = []
    shared: list[tuple[str, str]] = []
    modified, kind = None, ""
    for name, value in headers:
        match name.lower():
            case "content-type":
                kind = value
                of_body.append((name, value))
            case "last-modified":
                modified = conditions.moment(value)
            case "content-length" | "content-encoding" | "etag" | "date" | "vary":
                pass
            case lower:
                (of_body if lower in _OF_BODY else shared).append((name, value))
    bodies = {"identity": stored(content)}
    if _COMPRESSIBLE.match(kind):
        shared.append(VARYING)
        if len(content) >= WORTH_COMPRESSING:
            bodies = {"gzip": stored(gzip.compress(content, GZIP_LEVEL, mtime=0)), **bodies}
    return Page(delivery(bodies, tuple(of_body), tuple(shared), modified), until)


def is_worth_compressing(kind: str, length: int) -> bool:
    """Return whether a body of that Content-Type, so many bytes long, is text that compressing makes shorter by much."""
    return length >= WORTH_COMPRESSING and bool(_COMPRESSIBLE.match(kind))


def stored(content: bytes) -> Body:
    """Return a body by itself."""
    return Body(hashlib.sha256(content).hexdigest()[:32], len(content), content, 0)


class Cache:
    """What is made for requests by what was asked, at most so many bytes with all that belongs to it; all threads share it."""

    def __init__(self, most: int = 32_000_000) -> None:
        self._kept: Bounded[Delivery] = Bounded(most, lambda delivery: delivery.size)

    def get(self, asked: tuple[object, ...], make: Callable[[], Delivery]) -> Delivery:
        """Return what was made for what is asked, which is told apart by how it is written (``repr``); or make it.

        What is kept of that is a digest, however long it is.
        """
        return self._kept.get(_digest(asked), make)


class Ready:
    """What is sent of one site by what requests for it say, so that it is found by one look; at most so many bytes; threads share it.

    Bodies are in memory, but for large ones. Where there is no more room, all is found anew.
    """

    def __init__(self, most: int = 16_000_000) -> None:
        self._most = most
        self._taken = 0
        self._known: dict[tuple[str, ...], tuple[Representation, datetime | None]] = {}

    def answer(self, request: Request, clock: Callable[[], datetime]) -> Answer | None:
        """Return what a request gets, None where that is not known, or true no longer."""
        known = self._known.get(self._key(request))
        if known is None:
            return None
        sent, until = known
        return sent.answer(request) if until is None or clock() < until else None

    def keep(self, request: Request, page: Page) -> None:
        """Keep what a request for a page is sent, for all that say the same."""
        key = self._key(request)
        long = sum(map(len, key))
        if long > SAYING_LITTLE:
            return
        sent = _in_memory(page.delivery.chosen(request.accept_encoding))
        if self._taken + sent.size + long > self._most:
            self._taken, self._known = 0, {}
        self._taken += sent.size + long
        self._known[key] = sent, page.until

    @staticmethod
    def _key(request: Request) -> tuple[str, ...]:
        accept = request.accept_encoding
        mounted = f"{request.mounted}//" if request.former else request.mounted
        address = (request.path, request.query, mounted)
        return address if accept is None else (*address, accept)


SAYING_LITTLE = 1_000
"""Characters of an address and of the codings that are accepted up to which what is sent for them is found by one look."""

IN_MEMORY = 500_000
"""Bytes up to which a body is kept in memory."""


def _in_memory(sent: Representation) -> Representation:
    body = sent.body
    if isinstance(body.pack, bytes) or body.length > IN_MEMORY:
        return sent
    return replace(sent, body=replace(body, pack=body.content, offset=0))


class Pages:
    """Answers of the application by all that they depend on, at most so many bytes; all threads share them."""

    def __init__(self, most: int = 32_000_000) -> None:
        self._kept: Bounded[Page] = Bounded(most, lambda page: page.delivery.size)

    def known(self, version: str, request: Request, now: datetime) -> Page | None:
        """Return the answer that a site has for an address, while it is true; None where there is none."""
        page = self._kept.known(self._key(version, request))
        return page if page is not None and (page.until is None or now < page.until) else None

    def keep(self, version: str, request: Request, page: Page) -> None:
        """Keep an answer that was made of the site of a version."""
        self._kept.keep(self._key(version, request), page)

    def _key(self, version: str, request: Request) -> bytes:
        return _digest((version, request.mounted, request.former, request.path, request.query))


def _digest(asked: tuple[object, ...]) -> bytes:
    return hashlib.sha256(repr(asked).encode("utf-8", "backslashreplace")).digest()
