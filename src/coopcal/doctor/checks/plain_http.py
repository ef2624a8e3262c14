"""What a server answers by plain http, which programs use that are given a webcal address."""

from urllib.parse import urlsplit

from coopcal.doctor.addresses import onward, target_of
from coopcal.doctor.answer import REDIRECTS, Answer
from coopcal.doctor.client import Client
from coopcal.doctor.fault import Evidence, Faults, Kind
from coopcal.doctor.visit import Visit
from coopcal.model.message import msg

_BY_HTTP = (Client.ICSX5, Client.EVOLUTION)

NONE = Kind(
    "no-plain-http",
    msg("Nothing useful answers by plain http, which ICSx5 and Evolution use for webcal addresses."),
    msg("Have port 80 of the server redirect everything to the same address with https://."),
    Evidence.SOURCE,
    ("4.5",),
    faulty=_BY_HTTP,
)
ELSEWHERE = Kind(
    "plain-http-leads-elsewhere",
    msg("Plain http leads to {address}, and not to the same address with https."),
    msg(
        "Have the redirect from http to https keep the whole address, also what stands behind a question mark."
    ),
    Evidence.SOURCE,
    ("4.5",),
    faulty=_BY_HTTP,
)
IN_CLEAR = Kind(
    "plain-http-answers",
    msg("The calendar is sent by plain http, too, where anybody on the way can read it and change it."),
    msg("Have port 80 of the server redirect everything to the same address with https://."),
    Evidence.SOURCE,
    ("4.5",),
    faulty=_BY_HTTP,
)
KINDS = (NONE, ELSEWHERE, IN_CLEAR)


def check(visit: Visit, faults: Faults) -> None:
    """Look where it leads."""
    if visit.plain_http is None or not isinstance(visit.main.end, Answer):
        return
    answer = visit.plain_http.end
    if isinstance(answer, Answer) and answer.status in REDIRECTS:
        there = onward(answer.address, answer.header("Location"))
        if not _is_same_by_https(visit.address, there):
            faults.tell(ELSEWHERE, address=there)
    elif visit.plain_http.answer is not None:
        faults.tell(IN_CLEAR)
    else:
        faults.tell(NONE)


def _is_same_by_https(address: str, there: str) -> bool:
    try:
        wanted, got = urlsplit(address), urlsplit(there)
        port = got.port
    except ValueError:
        return False
    same = (got.scheme, got.hostname, target_of(got)) == ("https", wanted.hostname, target_of(wanted))
    return same and port in (None, 443)
