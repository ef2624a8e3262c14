"""What is answered, and to whom."""

from coopcal.doctor.answer import OK, REDIRECTS, TOO_OFTEN, Answer, Failure
from coopcal.doctor.checks.challenge import is_challenge
from coopcal.doctor.client import ALL, NAMES, Client
from coopcal.doctor.fault import Evidence, Faults, Kind
from coopcal.doctor.visit import Visit
from coopcal.model.message import Message, msg, plural

_REFUSED, _NOT_FOUND, _GONE = 400, 404, 410
_PASSWORD = frozenset({401, 407})
_FAILS = 500
_NO_ANSWER = msg("there is no answer")

NOT_FOUND = Kind(
    "not-found",
    msg("There is nothing at this address (404)."),
    msg(
        "Look for a slip in the address; if the calendar was moved, have the old address lead to the new one."
    ),
    Evidence.SOURCE,
    ("4.13",),
    fatal=ALL,
)
GONE = Kind(
    "gone",
    msg("The calendar was taken away for good (410), and Thunderbird turns it off."),
    msg(
        "If it is still wanted, have it published at this address again; else subscribe to the one in its place."
    ),
    Evidence.SOURCE,
    ("4.13",),
    fatal=ALL,
)
WANTS_PASSWORD = Kind(
    "wants-password",
    msg(
        "The server wants a name and a password ({status}), which calendars that one subscribes to cannot give."
    ),
    msg(
        "Have the calendar published without a password; one that is not for everybody needs a secret address."
    ),
    Evidence.SOURCE,
    ("4.13",),
    fatal=ALL,
)
REFUSED = Kind(
    "refused",
    msg("The server refuses the calendar ({status})."),
    msg("Ask whoever runs the server to let calendar programs fetch this address."),
    Evidence.SOURCE,
    ("4.13",),
    fatal=ALL,
)
FAILS = Kind(
    "server-fails",
    msg("The server fails ({status})."),
    msg("Ask whoever runs the server to look into its log for the time of this visit."),
    Evidence.SOURCE,
    ("4.13",),
    fatal=ALL,
)
TOO_MANY = Kind(
    "asked-too-often",
    msg("The server sends no calendar, as it is asked too often ({status})."),
    msg(
        "Have the server take more questions from one address: Google and Microsoft fetch for all of their people from few."
    ),
    Evidence.STANDARD,
    ("4.13",),
    fatal=ALL,
)
LIMITED = Kind(
    "not-all-asked",
    msg("The server took no more questions after some (429), so that not everything could be looked at."),
    msg("Look again later, and see that the server lets calendar programs of many people ask."),
    Evidence.UNKNOWN,
    ("4.13",),
)
OTHER = Kind(
    "no-calendar-sent",
    msg("The server answers with the status {status}, and sends no calendar."),
    msg("Have the server answer with the status 200 and the calendar."),
    Evidence.STANDARD,
    ("4.13",),
    fatal=ALL,
)
NEEDS_ACCEPT = Kind(
    "needs-accept",
    msg(
        "A program that does not say which kind of file it takes is given no calendar ({status}), and Google says nothing of it."
    ),
    msg("Have the server send the calendar, whatever a program says that it takes."),
    Evidence.REPORT,
    ("4.7",),
    fatal=(Client.GOOGLE,),
)
AGENT_REFUSED = Kind(
    "program-refused",
    msg("The server refuses {client} by its name ({status}), and lets others in."),
    msg("Have the protection against robots let calendar programs fetch this address."),
    Evidence.MEASURED,
    ("4.15",),
    fatal=ALL,
)
AGENT_GETS_OTHER = Kind(
    "program-gets-other",
    msg("The server gives {client} something else than others: {got} in place of {wanted}."),
    msg("Have the server send everybody the same calendar, whatever the program is called."),
    Evidence.MEASURED,
    ("4.15",),
    fatal=ALL,
)
AUTHORISATION = Kind(
    "authorisation-refused",
    msg(
        "The server refuses a program that offers to say who it is ({status}), as classic Outlook does everywhere."
    ),
    msg("Have the server take no notice of the header Authorization at public calendars."),
    Evidence.STANDARD,
    ("4.15",),
    fatal=(Client.OUTLOOK,),
)
HEAD = Kind(
    "head-differs",
    msg("To a question without contents (HEAD) the server answers otherwise than to one with them: {what}."),
    msg("Have the server answer HEAD as it answers GET."),
    Evidence.REPORT,
    ("4.14",),
)
KINDS = (
    NOT_FOUND,
    GONE,
    WANTS_PASSWORD,
    REFUSED,
    FAILS,
    TOO_MANY,
    LIMITED,
    OTHER,
    NEEDS_ACCEPT,
    AGENT_REFUSED,
    AGENT_GETS_OTHER,
    AUTHORISATION,
    HEAD,
)


def check(visit: Visit, faults: Faults) -> None:
    """Look at the answers to all clients, and to those that ask in ways of their own."""
    end = visit.main.end
    if isinstance(end, Failure) or end.status in REDIRECTS:
        return
    if visit.main.answer is None:
        if not is_challenge(end):
            _tell_status(end.status, faults)
        return
    if visit.is_limited:
        faults.tell(LIMITED)
    _look_at_clients(visit, faults)
    authorised = visit.authorised.end if visit.authorised else None
    if (
        isinstance(authorised, Answer)
        and not _is_expected(authorised, visit)
        and visit.by_client[Client.OUTLOOK].answer
    ):
        faults.tell(AUTHORISATION, status=authorised.status)
    _look_at_head(visit, end, faults)


def _is_expected(reply: Answer, visit: Visit) -> bool:
    """Return whether an answer is no refusal of whoever asked, but perhaps of so many questions."""
    return reply.status == OK or (reply.status == TOO_OFTEN and visit.is_limited)


def _tell_status(status: int, faults: Faults) -> None:
    if status == _NOT_FOUND:
        faults.tell(NOT_FOUND)
    elif status == _GONE:
        faults.tell(GONE)
    elif status == TOO_OFTEN:
        faults.tell(TOO_MANY, status=status)
    elif status in _PASSWORD:
        faults.tell(WANTS_PASSWORD, status=status)
    elif status >= _FAILS:
        faults.tell(FAILS, status=status)
    else:
        faults.tell(REFUSED if status >= _REFUSED else OTHER, status=status)


def _look_at_clients(visit: Visit, faults: Faults) -> None:
    wanted = _events(visit.main.end)
    for client, journey in visit.by_client.items():
        end = journey.end
        status = end.status if isinstance(end, Answer) else _NO_ANSWER
        if isinstance(end, Answer) and end.status != OK and _is_expected(end, visit):
            continue
        if journey.answer is None:
            taking = visit.taking.answer if visit.taking else None
            if client is Client.GOOGLE and taking is not None:
                faults.tell(NEEDS_ACCEPT, status=status)
            else:
                faults.tell(AGENT_REFUSED, only=(client,), client=NAMES[client], status=status)
        elif (got := _events(end)) != wanted:
            faults.tell(
                AGENT_GETS_OTHER,
                only=(client,),
                client=NAMES[client],
                got=_counted(got) if got else msg("no calendar"),
                wanted=_counted(wanted),
            )


def _counted(events: int) -> Message:
    return plural("{count} event", "{count} events", events)


def _events(reply: Answer | Failure) -> int:
    return reply.body.upper().count(b"BEGIN:VEVENT") if isinstance(reply, Answer) else 0


def _look_at_head(visit: Visit, answer: Answer, faults: Faults) -> None:
    head = visit.head
    if isinstance(head, Answer) and head.status == TOO_OFTEN:
        return
    if not isinstance(head, Answer):
        faults.tell(HEAD, what=_NO_ANSWER)
    elif head.status != answer.status:
        faults.tell(HEAD, what=head.status)
    else:
        for name in ("Content-Type", "ETag", "Last-Modified"):
            if head.header(name) != answer.header(name):
                faults.tell(HEAD, what=name)
