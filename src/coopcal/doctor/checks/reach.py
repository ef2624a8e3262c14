"""Whether the server is reached: its name, its addresses, a connection, an answer."""

from coopcal.doctor.answer import Failure, Trouble
from coopcal.doctor.caller import is_private
from coopcal.doctor.client import ALL, ONLINE, Client
from coopcal.doctor.fault import Evidence, Faults, Kind
from coopcal.doctor.visit import Visit
from coopcal.model.message import lasting, msg

NO_SUCH_NAME = Kind(
    "no-such-name",
    msg("There is no machine of the name in {address}."),
    msg(
        "Look for a slip in the address; if there is none, ask whoever manages the domain to enter the name again."
    ),
    Evidence.STANDARD,
    fatal=ALL,
)
NO_CONNECTION = Kind(
    "no-connection",
    msg("Nothing answers at {address}."),
    msg("Ask whoever runs the server to start it, and to open its port in the firewall."),
    Evidence.STANDARD,
    fatal=ALL,
)
NO_ANSWER = Kind(
    "no-answer",
    msg("No whole answer comes from {address} within {time}."),
    msg("Ask whoever runs the server why it is so slow; a calendar kept as a ready file answers at once."),
    Evidence.SOURCE,
    ("4.18",),
    fatal=ALL,
)
NO_HTTP = Kind(
    "no-http",
    msg("What answers at {address} is no web server, or it ends the connection without an answer."),
    msg("Ask whoever runs the server to look into its log for the time of this visit."),
    Evidence.STANDARD,
    fatal=ALL,
)
IPV6_BROKEN = Kind(
    "ipv6-broken",
    msg(
        "The name has the IPv6 address {address}, at which nothing answers; Google could not fetch such a feed."
    ),
    msg("Have the server answer by IPv6 too, or have the AAAA record of the name deleted."),
    Evidence.CLAIM,
    ("4.17",),
    faulty=(Client.GOOGLE,),
)
IPV4_BROKEN = Kind(
    "ipv4-broken",
    msg("The name has the IPv4 address {address}, at which nothing answers."),
    msg("Have the server answer there, or have the A record of the name deleted or corrected."),
    Evidence.STANDARD,
    faulty=ALL,
)
PRIVATE = Kind(
    "private-address",
    msg(
        "{address} is reached from its own network alone: programs that fetch from the internet cannot get there."
    ),
    msg("Publish the calendar on a server that everybody reaches."),
    Evidence.STANDARD,
    fatal=ONLINE,
)
NOT_TRIED = Kind(
    "ipv6-not-tried",
    msg("The IPv6 address {address} could not be tried, as this machine has no IPv6."),
    msg("Look again from a machine that has IPv6."),
    Evidence.UNKNOWN,
    ("4.17",),
)
KINDS = (NO_SUCH_NAME, NO_CONNECTION, NO_ANSWER, NO_HTTP, IPV6_BROKEN, IPV4_BROKEN, PRIVATE, NOT_TRIED)

_BY_TROUBLE = {
    Trouble.NO_SUCH_NAME: NO_SUCH_NAME,
    Trouble.NO_CONNECTION: NO_CONNECTION,
    Trouble.TOO_LATE: NO_ANSWER,
    Trouble.NO_HTTP: NO_HTTP,
}


def check(visit: Visit, faults: Faults) -> None:
    """Look at the addresses of the name, and whether any answer came."""
    if not visit.is_routed:
        _look_at_addresses(visit, faults)
    end = visit.main.end
    if isinstance(end, Failure) and (kind := _BY_TROUBLE.get(end.trouble)):
        faults.tell(kind, address=end.address, time=lasting(visit.limits.answer))


def _look_at_addresses(visit: Visit, faults: Faults) -> None:
    any_answers = any(reach.answers for reach in visit.reached)
    for reach in visit.reached:
        if is_private(reach.address):
            faults.tell(PRIVATE, address=reach.address)
        if reach.answers is None and reach.is_ipv6:
            faults.tell(NOT_TRIED, address=reach.address)
        elif not reach.answers and any_answers:
            faults.tell(IPV6_BROKEN if reach.is_ipv6 else IPV4_BROKEN, address=reach.address)
