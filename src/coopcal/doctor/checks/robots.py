"""Whether robots.txt keeps Google away."""

from coopcal.doctor.addresses import parts_of, target_of
from coopcal.doctor.answer import OK, Answer
from coopcal.doctor.client import ASKS, Client
from coopcal.doctor.fault import Evidence, Faults, Kind
from coopcal.doctor.robots import is_allowed
from coopcal.doctor.visit import Visit
from coopcal.model.message import msg

_FAILS = 500

FORBIDS = Kind(
    "robots-forbid",
    msg(
        "The file robots.txt of the server forbids this address, and Google does not fetch what is forbidden there."
    ),
    msg(
        "Have robots.txt allow the addresses of calendars; X-Robots-Tag: noindex keeps them out of searches."
    ),
    Evidence.REPORT,
    ("4.16",),
    fatal=(Client.GOOGLE,),
)
FAILS = Kind(
    "robots-fail",
    msg("The server fails ({status}) where it is asked for robots.txt, which Google may take as a ban."),
    msg("Have the server answer with the file robots.txt, or with 404 where there is none."),
    Evidence.STANDARD,
    ("4.16",),
    faulty=(Client.GOOGLE,),
)
KINDS = (FORBIDS, FAILS)


def check(visit: Visit, faults: Faults) -> None:
    """Look whether the address may be fetched."""
    robots, parts = visit.robots, parts_of(visit.main.end.address)
    if not isinstance(robots, Answer) or parts is None:
        return
    if robots.status >= _FAILS:
        faults.tell(FAILS, status=robots.status)
    agent = ASKS[Client.GOOGLE]["User-Agent"]
    if robots.status == OK and not is_allowed(robots.body, agent, target_of(parts)):
        faults.tell(FORBIDS)
