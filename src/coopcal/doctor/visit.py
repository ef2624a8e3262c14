"""One visit to a feed: everything that is asked, and what came of it."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit, urlunsplit

from coopcal.doctor.addresses import CALENDAR_SCHEMES, parts_of, port_of
from coopcal.doctor.answer import OK, TOO_OFTEN, Answer, Failure, Journey, Reach, Reply, Trouble
from coopcal.doctor.caller import Caller, Limits
from coopcal.doctor.client import ASKS, Client
from coopcal.doctor.coding import CodingError, decoded

UNLIKE = '"coopcal-doctor"'
"""A validator that no answer has."""

CALENDAR = b"BEGIN:VCALENDAR"
"""How a calendar begins."""

CODINGS = ("gzip", "br")
"""Compressions that are asked for, each by itself."""

_PLAIN = {"Accept-Encoding": "identity"}
_AUTHORISATION = {"Authorization": "Bearer"}
"""What classic Outlook announces of itself to public feeds, too (docs/clients.md, 4.15)."""

_TAKES = {"Accept": "text/calendar"}
_LONG_AGO = "Sat, 01 Jan 2000 00:00:00 GMT"


@dataclass(frozen=True, slots=True)
class Validated:
    """What came of asking with validators: with those of the answer, and with others that are not its own."""

    by_etag: Reply | None
    by_date: Reply | None
    by_other_etag: Reply
    by_old_date: Reply | None


@dataclass(frozen=True, slots=True)
class Visit:
    """All that was asked of a feed.

    ``written`` is the address as it was given, ``address`` the same by https or http. ``main`` is the journey of the first
    client that was given a calendar, else something, else of the first; ``body`` its body without its coding, None where there is none.
    What was not asked, as there was nothing to ask for, is None.
    """

    written: str
    address: str
    now: datetime
    limits: Limits
    reached: tuple[Reach, ...]
    is_routed: bool
    by_client: Mapping[Client, Journey]
    main: Journey
    body: bytes | None = None
    taking: Journey | None = None
    authorised: Journey | None = None
    head: Reply | None = None
    validated: Validated | None = None
    compressed: Mapping[str, Reply] | None = None
    robots: Reply | None = None
    plain_http: Journey | None = None
    last: Reply | None = None

    @property
    def again(self) -> bytes | None:
        """The body that was sent at last, without its coding; None where there is none."""
        if not isinstance(self.last, Answer) or self.last.status != OK:
            return None
        return _body(self.last, self.limits.largest)

    @property
    def has_calendar(self) -> bool:
        """Whether what was sent is a calendar, or cannot be read for its coding."""
        return self.body is None or CALENDAR in self.body.upper()

    @property
    def is_limited(self) -> bool:
        """Whether the program that was given the calendar was refused later, as it asked too often."""
        asked = [self.last, self.head, *(self.compressed or {}).values()]
        return any(isinstance(reply, Answer) and reply.status == TOO_OFTEN for reply in asked)


def address_of(written: str) -> str | None:
    """Return the address that is asked of what people wrote; None where it is none of the web."""
    scheme, separator, rest = written.strip().partition("://")
    name = scheme.lower()
    address = f"{CALENDAR_SCHEMES.get(name, name)}{separator}{rest}"
    return address if parts_of(address) else None


def visit(
    written: str,
    address: str,
    caller: Caller,
    now: datetime,
    progress: Callable[[str], None] = lambda _: None,
) -> Visit:
    """Ask for a feed in every way in which clients do; once more where it changed meanwhile, as it may by itself."""
    seen = _visit(written, address, caller, now, progress)
    has_changed = None not in (seen.body, seen.again) and seen.body != seen.again
    return _visit(written, address, caller, now, progress) if has_changed else seen


def _visit(
    written: str,
    address: str,
    caller: Caller,
    now: datetime,
    progress: Callable[[str], None],
) -> Visit:
    address = _as_asked(address)
    by_client: dict[Client, Journey] = {}
    for client, headers in ASKS.items():
        progress(client)
        by_client[client] = caller.follow(address, {**headers, **_PLAIN})
        if _is_the_same_for_all(by_client[client].end):
            break
    given = [journey for journey in by_client.values() if journey.answer]
    calendars = (journey for journey in given if journey.answer and CALENDAR in journey.answer.body.upper())
    main = next(calendars, given[0] if given else by_client[Client.GOOGLE])
    parts = parts_of(address)
    assert parts is not None
    seen = Visit(
        written,
        address,
        now,
        caller.limits,
        caller.reached(parts) or (),
        caller.is_routed(parts),
        by_client,
        main,
        plain_http=_plain_http(address, caller),
    )
    return seen if main.answer is None else _further(seen, main.answer, caller)


def _is_the_same_for_all(reply: Reply) -> bool:
    """Return whether there is no answer for a reason that has nothing to do with who asks; slow servers are asked once."""
    return isinstance(reply, Failure) and reply.trouble is not Trouble.NO_HTTP


def _as_asked(address: str) -> str:
    """Return an address without what calendar programs do not send: a part of the page, a name and a password."""
    parts = urlsplit(address)
    return urlunsplit(parts._replace(fragment="", netloc=parts.netloc.rpartition("@")[2]))


def _further(seen: Visit, answer: Answer, caller: Caller) -> Visit:
    """Ask in all other ways for what was given."""
    given = next(client for client, journey in seen.by_client.items() if journey is seen.main)
    headers = {**ASKS[given], **_PLAIN}
    begun, there = time.monotonic(), answer.address
    full = replace(
        seen,
        body=_body(answer, caller.limits.largest),
        taking=caller.follow(seen.address, {**ASKS[Client.GOOGLE], **_TAKES, **_PLAIN}),
        authorised=caller.follow(seen.address, {**ASKS[Client.OUTLOOK], **_AUTHORISATION, **_PLAIN}),
        head=caller.ask("HEAD", there, headers),
        validated=_validated(answer, caller, headers),
        compressed={
            coding: caller.ask("GET", there, {**headers, "Accept-Encoding": coding}) for coding in CODINGS
        },
        robots=caller.ask("GET", _beside(there, "/robots.txt"), ASKS[Client.GOOGLE]),
    )
    time.sleep(max(caller.limits.apart - (time.monotonic() - begun), 0))
    return replace(full, last=caller.ask("GET", there, headers))


def _validated(answer: Answer, caller: Caller, headers: Mapping[str, str]) -> Validated:
    def asked(name: str, value: str) -> Reply:
        return caller.ask("GET", answer.address, {**headers, name: value})

    etag, changed = answer.header("ETag"), answer.header("Last-Modified")
    has_date = date_of(changed) is not None
    return Validated(
        asked("If-None-Match", etag) if etag else None,
        asked("If-Modified-Since", changed) if has_date else None,
        asked("If-None-Match", UNLIKE),
        asked("If-Modified-Since", _LONG_AGO) if has_date else None,
    )


def date_of(header: str) -> datetime | None:
    """Return the date of a header; None where it is none."""
    try:
        date = parsedate_to_datetime(header)
    except (ValueError, TypeError, OverflowError):
        return None
    return date.astimezone(UTC) if date.tzinfo else date.replace(tzinfo=UTC)


def _body(answer: Answer, largest: int) -> bytes | None:
    try:
        return decoded(answer, largest)
    except CodingError:
        return None


def _beside(address: str, path: str) -> str:
    return urlunsplit(urlsplit(address)._replace(path=path, query=""))


def _plain_http(address: str, caller: Caller) -> Journey | None:
    """Ask by plain http, as what says webcal is asked by some; only where https has its usual port."""
    parts = urlsplit(address)
    if parts.scheme != "https" or port_of(parts) != 443:  # noqa: PLR2004 - the port of https
        return None
    plain = urlunsplit(parts._replace(scheme="http", netloc=parts.netloc.removesuffix(":443")))
    reply = caller.ask("GET", plain, {**ASKS[Client.ICSX5], **_PLAIN})
    return Journey((), reply)
