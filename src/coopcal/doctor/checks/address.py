"""The address itself."""

from urllib.parse import urlsplit

from coopcal.doctor.addresses import PORTS
from coopcal.doctor.client import ALL, Client
from coopcal.doctor.fault import Evidence, Faults, Kind
from coopcal.doctor.visit import Visit
from coopcal.model.message import msg

WEBCAL = Kind(
    "webcal-address",
    msg("The address begins with webcal:, which Outlook on the web answers with an empty calendar."),
    msg("Give people the address with https://; webcal:// is for Apple's programs alone."),
    Evidence.REPORT,
    ("4.3",),
    fatal=(Client.OUTLOOK,),
)
WEBCALS = Kind(
    "webcals-address",
    msg("The address begins with webcals:, which Apple's programs call invalid."),
    msg("Write webcal:// for Apple's programs, and https:// for all others."),
    Evidence.REPORT,
    ("4.4",),
    fatal=(Client.APPLE, Client.OUTLOOK),
)
HTTP = Kind(
    "http-address",
    msg("The address begins with http: anybody on the way can read the calendar, and change it."),
    msg("Have a certificate set up on the server, and give people the address with https://."),
    Evidence.UNKNOWN,
    ("4.5",),
)
PASSWORD = Kind(
    "password-in-address",
    msg("A name and a password stand in the address, which calendar programs do not send, or refuse."),
    msg("Take them out of the address; a calendar that is not for everybody needs a secret address instead."),
    Evidence.UNKNOWN,
    faulty=ALL,
)
PORT = Kind(
    "port-in-address",
    msg("The address names the port {port}, which Outlook was seen to refuse."),
    msg("Have the calendar served at the usual port, so that no number stands in its address."),
    Evidence.REPORT,
    ("4.8",),
    faulty=(Client.OUTLOOK,),
)
NO_ICS = Kind(
    "path-not-ics",
    msg(
        "The address does not end in .ics, by which some programs know a calendar, and from which some take its name."
    ),
    msg(
        "Give the calendar an address that ends in a readable name and .ics, and let the old one go on working."
    ),
    Evidence.CLAIM,
    ("4.8",),
)
KINDS = (WEBCAL, WEBCALS, HTTP, PASSWORD, PORT, NO_ICS)


def check(visit: Visit, faults: Faults) -> None:
    """Look at the address as it was written."""
    scheme = visit.written.strip().partition(":")[0].lower()
    parts = urlsplit(visit.address)
    if scheme in ("webcal", "webcals"):
        faults.tell(WEBCAL if scheme == "webcal" else WEBCALS)
    if parts.scheme == "http":
        faults.tell(HTTP)
    if "@" in urlsplit(visit.written.strip()).netloc:
        faults.tell(PASSWORD)
    if parts.port not in (None, PORTS[parts.scheme]):
        faults.tell(PORT, port=parts.port)
    if not parts.path.lower().endswith(".ics"):
        faults.tell(NO_ICS)
