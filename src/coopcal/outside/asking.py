"""Asks a machine elsewhere, hop by hop: each is read, looked up and held against the guard as if it were the first."""

import re
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast
from urllib.parse import urljoin

import httpcore2

from coopcal.model.message import Message, msg
from coopcal.model.refusal import refusal
from coopcal.outside.answer import Answer, Fault, Limits, Question, Unanswered
from coopcal.outside.bounds import Bounds, NoAnswerError
from coopcal.outside.dialling import Dialling
from coopcal.outside.guard import Guard
from coopcal.outside.target import Target, target_of
from coopcal.outside.unpacking import unpacked

AGENT = "coopcal"

_FOR_GOOD, _SEE_OTHER = frozenset({301, 308}), frozenset({301, 302, 303})
_REDIRECTS = _SEE_OTHER | {307, 308}
_SAFE = frozenset({"GET", "HEAD"})
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def ask(question: Question, guard: Guard, limits: Limits) -> Answer | Unanswered:
    """Return what is answered, or why nothing is; nothing is kept from one question to the next, cookies least of all."""
    bounds = Bounds.of(limits)
    url, moved = question.url, True
    try:
        for hop in range(limits.hops + 1):
            target = _target(url, guard, hop)
            answer = _asked(question, target, guard, bounds)
            onward = answer.headers.get("location") if answer.status in _REDIRECTS else None
            if onward is None:
                return Answer(answer.status, answer.headers, answer.body, target.url, hop > 0 and moved)
            if question.method not in _SAFE and (answer.status in _SEE_OTHER or hop == limits.hops):
                return answer
            moved = moved and answer.status in _FOR_GOOD
            url = _onward(target, onward)
    except NoAnswerError as error:
        return error.unanswered
    return Unanswered(Fault.BROKEN, msg("it leads from one address to the next, and to no end"))


def _target(url: str, guard: Guard, hop: int) -> Target:
    """Return what stands behind an address; raise NoAnswerError where it is not asked."""
    target = target_of(url)
    if not isinstance(target, Message):
        if target.port in guard.ports:
            return target
        target = msg("port {port} is not asked (--allow-port {port} allows it)", port=target.port)
    why = msg("it leads to {address}, and {why}", address=_shown(url), why=target) if hop else target
    raise NoAnswerError(Unanswered(Fault.REFUSED, why))


def _shown(url: str) -> str:
    """Return an address as it may be shown: what a server says may not reach a terminal as it is."""
    return "".join(each if each.isprintable() else "?" for each in url[:200])


def _onward(target: Target, location: str) -> str:
    """Return where an answer leads; raise NoAnswerError where that is nowhere, or where it could be read on the way."""
    try:
        url = urljoin(target.url, location)
    except ValueError as error:
        raise NoAnswerError(
            Unanswered(Fault.REFUSED, msg("it leads to something that is no web page"))
        ) from error
    if target.scheme == "https" and url.partition(":")[0].lower() == "http":
        raise NoAnswerError(
            Unanswered(Fault.INSECURE, msg("it leads from a secure address to one that is not (http)"))
        )
    return url


def _asked(question: Question, target: Target, guard: Guard, bounds: Bounds) -> Answer:
    """Ask one machine."""
    headers = {
        "Host": target.authority,
        "User-Agent": AGENT,
        "Accept-Encoding": "gzip",
        "Connection": "close",
        **question.headers,
    }
    if question.body is not None:
        headers["Content-Length"] = str(len(question.body))
    assert not any(_CONTROL.search(text) for header in headers.items() for text in header)
    address = httpcore2.URL(scheme=target.scheme, host=target.host, port=target.port, target=target.path)
    bounds.head()
    with (
        _words(bounds),
        httpcore2.ConnectionPool(
            ssl_context=ssl.create_default_context(),
            network_backend=cast("Any", Dialling(target, guard, bounds)),
        ) as pool,
        pool.stream(question.method, address, headers=list(headers.items()), content=question.body) as came,
    ):
        bounds.body()
        known = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in came.headers}
        has_body = question.method != "HEAD" and came.status not in _REDIRECTS
        body = unpacked(came.iter_stream(), known.get("content-encoding", ""), bounds) if has_body else b""
        return Answer(came.status, known, body, target.url)


@contextmanager
def _words(bounds: Bounds) -> Iterator[None]:
    """Say what goes wrong."""
    try:
        yield
    except (OSError, httpcore2.NetworkError, httpcore2.ProtocolError, UnicodeError) as error:
        raise NoAnswerError(_said(error, bounds.limits)) from error


def _said(error: Exception, limits: Limits) -> Unanswered:
    match error:
        case ssl.SSLCertVerificationError():
            why = msg("its certificate is not valid ({reason})", reason=error.verify_message)
            return Unanswered(Fault.INSECURE, why)
        case ssl.SSLError():
            return Unanswered(Fault.INSECURE, msg("its server makes no secure connection (https)"))
        case socket.gaierror() | UnicodeError():
            why = msg("there is no machine of that name, or this one is not online")
            return Unanswered(Fault.UNREACHABLE, why)
        case TimeoutError():
            why = msg("its server is silent for more than {seconds} seconds", seconds=f"{limits.silence:g}")
            return Unanswered(Fault.SLOW, why)
        case ConnectionRefusedError():
            return Unanswered(Fault.UNREACHABLE, msg("no server answers there"))
        case ConnectionError():
            return Unanswered(Fault.BROKEN, msg("its server breaks off, or is no web server"))
        case OSError():
            why = msg("it cannot be reached ({reason})", reason=refusal(error))
            return Unanswered(Fault.UNREACHABLE, why)
        case _:
            return Unanswered(Fault.BROKEN, msg("its server breaks off, or is no web server"))
