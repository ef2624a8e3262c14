"""The secure connection: its certificate and its protocol."""

from datetime import timedelta

from coopcal.doctor.answer import Answer, Failure, Trouble
from coopcal.doctor.client import ALL
from coopcal.doctor.fault import Evidence, Faults, Kind
from coopcal.doctor.visit import Visit
from coopcal.model.message import msg

SOON = timedelta(days=14)
"""How long before its end a certificate should have been renewed."""

_RENEW = msg("Have the certificate renewed, and see that this is done by itself from now on.")

EXPIRED = Kind(
    Trouble.EXPIRED,
    msg("The certificate of {address} has expired, so no program fetches the calendar."),
    _RENEW,
    Evidence.STANDARD,
    fatal=ALL,
)
OTHER_NAME = Kind(
    Trouble.OTHER_NAME,
    msg("The certificate at {address} is made out to another name, so no program fetches the calendar."),
    msg(
        "Have a certificate set up for this name, or give people the address with the name in the certificate."
    ),
    Evidence.STANDARD,
    fatal=ALL,
)
UNKNOWN_ISSUER = Kind(
    Trouble.UNKNOWN_ISSUER,
    msg(
        "Nobody known vouches for the certificate of {address}: it is self-made, or a part of its chain is missing."
    ),
    msg("Have the server send the certificate with its whole chain, from an authority that browsers know."),
    Evidence.STANDARD,
    fatal=ALL,
)
INVALID = Kind(
    Trouble.INVALID,
    msg("The certificate of {address} is not valid."),
    msg("Have a new certificate set up on the server."),
    Evidence.STANDARD,
    fatal=ALL,
)
OLD = Kind(
    Trouble.OLD_TLS,
    msg(
        "The server at {address} secures connections as was done before 2008 (TLS 1.0 or 1.1), which programs refuse."
    ),
    msg("Have the server speak TLS 1.2 and 1.3."),
    Evidence.STANDARD,
    fatal=ALL,
)
NONE = Kind(
    Trouble.NO_TLS,
    msg("No secure connection can be made to {address}."),
    msg("Have https set up on the server, with a certificate for this name."),
    Evidence.STANDARD,
    fatal=ALL,
)
ENDS_SOON = Kind(
    "certificate-ends-soon",
    msg("The certificate of {address} expires on {day}; from then on no program fetches the calendar."),
    _RENEW,
    Evidence.STANDARD,
    faulty=ALL,
)
KINDS = (EXPIRED, OTHER_NAME, UNKNOWN_ISSUER, INVALID, OLD, NONE, ENDS_SOON)

_BY_TROUBLE = {kind.code: kind for kind in KINDS}


def check(visit: Visit, faults: Faults) -> None:
    """Look at every machine on the way."""
    for reply in (*visit.main.hops, visit.main.end):
        if isinstance(reply, Failure) and (kind := _BY_TROUBLE.get(reply.trouble)):
            faults.tell(kind, address=reply.address)
        if isinstance(reply, Answer) and reply.certificate_ends is not None:
            ends = reply.certificate_ends
            if ends - visit.now < SOON:
                faults.tell(ENDS_SOON, address=reply.address, day=f"{ends:%Y-%m-%d}")
