"""Where the address leads."""

from itertools import pairwise
from urllib.parse import urlsplit

from coopcal.doctor.answer import REDIRECTS, Answer, Failure, Trouble
from coopcal.doctor.client import ALL, Client
from coopcal.doctor.fault import Evidence, Faults, Kind
from coopcal.doctor.visit import Visit
from coopcal.model.message import msg

MOST_OF_ICSX5 = 5

_LAST = msg("Give people the last address; the old one may go on leading there, best with the status 308.")

WITHOUT_END = Kind(
    "redirects-without-end",
    msg("The address leads on and on, and never to a calendar."),
    msg("Have the redirects of the server corrected, so that they do not lead in a circle."),
    Evidence.STANDARD,
    ("4.6",),
    fatal=ALL,
)
NOWHERE = Kind(
    "redirect-to-nowhere",
    msg("The address leads on to “{address}”, which is no address of the web."),
    msg("Have the redirect corrected, so that it leads to the https address of the calendar."),
    Evidence.STANDARD,
    ("4.6",),
    fatal=ALL,
)
NO_ADDRESS = Kind(
    "redirect-without-address",
    msg("The server leads on ({status}), and does not say where to (Location)."),
    NOWHERE.mend,
    Evidence.STANDARD,
    ("4.6",),
    fatal=ALL,
)
TO_HTTP = Kind(
    "redirect-to-http",
    msg("The address leads from https to plain http ({address}), which ICSx5 refuses."),
    msg("Have the redirect lead to an address with https://."),
    Evidence.SOURCE,
    ("4.6",),
    fatal=(Client.ICSX5,),
)
MANY = Kind(
    "many-redirects",
    msg("The address leads on {count} times, at last to {address}; ICSx5 gives up after 5."),
    _LAST,
    Evidence.SOURCE,
    ("4.6",),
    fatal=(Client.ICSX5,),
)
ANY = Kind(
    "redirected",
    msg(
        "The address leads on to {address}: each fetch takes a way more, and some programs forget what they have."
    ),
    _LAST,
    Evidence.SOURCE,
    ("4.6",),
)
KINDS = (WITHOUT_END, NOWHERE, NO_ADDRESS, TO_HTTP, MANY, ANY)


def check(visit: Visit, faults: Faults) -> None:
    """Look at each step of the way."""
    hops, end = visit.main.hops, visit.main.end
    addresses = [*(hop.address for hop in hops), end.address]
    if isinstance(end, Answer) and end.status in REDIRECTS:
        if end.header("Location"):
            faults.tell(WITHOUT_END)
        else:
            faults.tell(NO_ADDRESS, status=end.status)
        return
    if isinstance(end, Failure) and end.trouble is Trouble.BAD_ADDRESS:
        faults.tell(NOWHERE, address=end.address)
        return
    for before, after in pairwise(addresses):
        if urlsplit(before).scheme == "https" and urlsplit(after).scheme == "http":
            faults.tell(TO_HTTP, address=after)
    if len(hops) > MOST_OF_ICSX5:
        faults.tell(MANY, count=len(hops), address=end.address)
    elif hops and not _is_only_secured(addresses):
        faults.tell(ANY, address=end.address)


def _is_only_secured(addresses: list[str]) -> bool:
    """Return whether a way leads from http to https and nowhere else."""
    first, *others = addresses
    return others == [first.replace("http:", "https:", 1)]
