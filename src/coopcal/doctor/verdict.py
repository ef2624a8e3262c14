"""What becomes of the faults of a feed for each client."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from coopcal.doctor.caller import Limits
from coopcal.doctor.checks import CHECKS, LOOKS, size
from coopcal.doctor.checks import KINDS as OF_SERVERS
from coopcal.doctor.client import ALL, Client
from coopcal.doctor.fault import Fault, Faults, Harm, Kind
from coopcal.doctor.feed import Feed, feed_of
from coopcal.doctor.lint import KINDS as OF_FEEDS
from coopcal.doctor.lint import LINT
from coopcal.doctor.visit import CALENDAR, Visit
from coopcal.model.message import Message, msg

KINDS: tuple[Kind, ...] = (*OF_SERVERS, *OF_FEEDS)
"""All kinds of faults that are told."""


class Verdict(StrEnum):
    """How a feed does in a client."""

    WORKS = "works"
    FAULTY = "works-with-faults"
    FAILS = "does-not-work"


SAID: Mapping[Verdict, Message] = {
    Verdict.WORKS: msg("works"),
    Verdict.FAULTY: msg("works, with faults"),
    Verdict.FAILS: msg("does not work"),
}
"""How each is told."""

_BY_HARM = {Harm.NOTE: Verdict.WORKS, Harm.FAULT: Verdict.FAULTY, Harm.FATAL: Verdict.FAILS}


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What was found: the faults that concern the clients that are asked about, and a verdict for each.

    ``visit`` is None of a file, which nobody was asked for; ``entries`` are counted by their identifiers; ``titles`` are those of the events in whose lines faults are.
    """

    written: str
    visit: Visit | None
    body: bytes | None
    entries: int
    titles: Mapping[int, str]
    faults: tuple[Fault, ...]
    verdicts: Mapping[Client, Verdict]

    @property
    def is_well(self) -> bool:
        """Whether the feed works everywhere, without faults."""
        return all(verdict is Verdict.WORKS for verdict in self.verdicts.values())


def diagnosis(visit: Visit, clients: Iterable[Client] = ALL) -> Diagnosis:
    """Hold a visit against all that is known of some clients."""
    faults = Faults()
    for check in CHECKS:
        check(visit, faults)
    answer = visit.main.answer
    is_whole = answer is not None and answer.is_whole and not answer.is_too_long
    return _concluded(visit.written, visit, visit.body, faults, tuple(clients), is_whole=is_whole)


def of_file(written: str, body: bytes, limits: Limits, clients: Iterable[Client] = ALL) -> Diagnosis:
    """Hold a calendar against all that is known of some clients, as if a server sent it as it is."""
    faults, is_whole = Faults(), len(body) <= limits.largest
    if not is_whole:
        size.tell_endless(limits, faults)
    return _concluded(written, None, body[: limits.largest], faults, tuple(clients), is_whole=is_whole)


def _concluded(
    written: str,
    visit: Visit | None,
    body: bytes | None,
    faults: Faults,
    clients: tuple[Client, ...],
    *,
    is_whole: bool,
) -> Diagnosis:
    entries, titles = 0, dict[int, str]()
    if body is not None:
        for look in LOOKS:
            look(body, faults, is_whole=is_whole)
        if CALENDAR in body.upper():
            feed = lint(body if is_whole else _up_to_last_event(body), faults)
            entries, titles = (
                feed.entries,
                feed.titles(line for fault in faults.found for line in fault.lines),
            )
    concerning = tuple(fault for fault in faults.found if any(map(fault.concerns, clients)))
    verdicts = {client: _verdict(concerning, client) for client in clients}
    return Diagnosis(written, visit, body, entries, titles, concerning, verdicts)


def lint(body: bytes, faults: Faults) -> Feed:
    """Tell what is wrong with a calendar, whoever sends it, and return it."""
    feed = feed_of(body)
    for check in LINT:
        check(feed, faults)
    return feed


def _up_to_last_event(body: bytes) -> bytes:
    """Return a calendar whose end is missing, without the event that is cut through."""
    end = body.upper().rfind(_END)
    return body[: end + len(_END)] + b"\r\nEND:VCALENDAR\r\n" if end >= 0 else b""


_END = b"END:VEVENT"


def _verdict(faults: Iterable[Fault], client: Client) -> Verdict:
    return _BY_HARM[max((fault.harm_to(client) for fault in faults), default=Harm.NOTE)]
