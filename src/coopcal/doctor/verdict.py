"""What becomes of the faults of a feed for each client."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from coopcal.doctor.checks import CHECKS
from coopcal.doctor.checks import KINDS as OF_SERVERS
from coopcal.doctor.client import ALL, Client
from coopcal.doctor.fault import Fault, Faults, Harm, Kind
from coopcal.doctor.feed import feed_of
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
    """What was found: the visit, the faults that concern the clients that are asked about, and a verdict for each."""

    visit: Visit
    faults: tuple[Fault, ...]
    verdicts: Mapping[Client, Verdict]

    @property
    def is_well(self) -> bool:
        """Whether the feed works everywhere, without faults."""
        return all(verdict is Verdict.WORKS for verdict in self.verdicts.values())


def diagnosis(visit: Visit, clients: Iterable[Client] = ALL) -> Diagnosis:
    """Hold a visit against all that is known of some clients."""
    faults, wanted = Faults(), tuple(clients)
    for check in CHECKS:
        check(visit, faults)
    if visit.body is not None and CALENDAR in visit.body.upper():
        lint(visit.body, faults)
    concerning = tuple(fault for fault in faults.found if any(map(fault.concerns, wanted)))
    return Diagnosis(visit, concerning, {client: _verdict(concerning, client) for client in wanted})


def lint(body: bytes, faults: Faults) -> None:
    """Tell what is wrong with a calendar, whoever sends it."""
    feed = feed_of(body)
    for check in LINT:
        check(feed, faults)


def _verdict(faults: Iterable[Fault], client: Client) -> Verdict:
    return _BY_HARM[max((fault.harm_to(client) for fault in faults), default=Harm.NOTE)]
