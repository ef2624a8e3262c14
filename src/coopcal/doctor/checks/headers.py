"""What an answer says of its body: type, character set, whether it is to be saved."""

from email.message import Message as Headers

from coopcal.doctor.client import ALL, Client
from coopcal.doctor.fault import Evidence, Faults, Kind
from coopcal.doctor.visit import Visit
from coopcal.model.message import msg

_RIGHT = "text/calendar; charset=utf-8"

TYPE = Kind(
    "wrong-type",
    msg("The server says that this is “{type}”, and not text/calendar."),
    msg("Have the server send the calendar with the header Content-Type: text/calendar; charset=utf-8."),
    Evidence.SOURCE,
    ("4.7",),
    faulty=ALL,
)
NO_TYPE = Kind(
    "no-type",
    msg("The server does not say that this is a calendar, nor anything else of it (Content-Type)."),
    TYPE.mend,
    Evidence.SOURCE,
    ("4.7",),
    faulty=ALL,
)
CHARSET = Kind(
    "other-charset",
    msg("The server says that the text is in “{charset}”, and Thunderbird reads it as UTF-8 all the same."),
    msg("Have the calendar written in UTF-8, and sent with Content-Type: text/calendar; charset=utf-8."),
    Evidence.SOURCE,
    ("4.7",),
    faulty=(Client.THUNDERBIRD,),
)
NO_CHARSET = Kind(
    "no-charset",
    msg("The server does not say how letters are written; some programs then guess."),
    msg("Have the server send the calendar with the header Content-Type: text/calendar; charset=utf-8."),
    Evidence.SOURCE,
    ("4.7",),
)
ATTACHMENT = Kind(
    "sent-as-attachment",
    msg(
        "The server says that the calendar is to be saved as a file (Content-Disposition: attachment), with which Google was once seen to fail."
    ),
    msg("Have the server say Content-Disposition: inline, or nothing of it."),
    Evidence.CLAIM,
    ("4.9",),
)
KINDS = (TYPE, NO_TYPE, CHARSET, NO_CHARSET, ATTACHMENT)


def check(visit: Visit, faults: Faults) -> None:
    """Look at the headers."""
    answer = visit.main.answer
    if answer is None or not visit.has_calendar:
        return
    written = answer.header("Content-Type")
    headers = Headers()
    headers["Content-Type"] = written or "application/octet-stream"
    if not written:
        faults.tell(NO_TYPE)
    elif headers.get_content_type() != "text/calendar":
        faults.tell(TYPE, type=written)
    charset = str(headers.get_param("charset", "")).lower()
    if not charset:
        faults.tell(NO_CHARSET)
    elif charset not in ("utf-8", "utf8", "us-ascii"):
        faults.tell(CHARSET, charset=charset)
    if answer.header("Content-Disposition").lower().startswith("attachment"):
        faults.tell(ATTACHMENT)
