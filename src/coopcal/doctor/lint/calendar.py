"""What a calendar says of itself."""

from datetime import timedelta

from coopcal.authoring.importing.values import duration
from coopcal.doctor.client import ALL, Client
from coopcal.doctor.fault import Evidence, Faults, Kind
from coopcal.doctor.feed import Feed, Part
from coopcal.model.message import msg

RARELY = timedelta(days=1)

HEAD = Kind(
    "calendar-head",
    msg("The calendar should say exactly once which form it has and what wrote it, and does not: “{name}”."),
    msg("Have the program that writes the calendar write VERSION:2.0 and PRODID once each."),
    Evidence.STANDARD,
    ("9.3",),
    faulty=ALL,
)
NO_NAME = Kind(
    "no-name",
    msg("The calendar has no name, and is shown by its address."),
    msg("Have the program that writes the calendar write its name as NAME and as X-WR-CALNAME."),
    Evidence.SOURCE,
    ("9.1",),
)
TWO_NAMES = Kind(
    "two-names",
    msg("The calendar has two names, of which each program shows another one: “{name}” and “{other}”."),
    msg("Have the program that writes the calendar write the same name as NAME and as X-WR-CALNAME."),
    Evidence.SOURCE,
    ("9.1",),
)
UID = Kind(
    "uid-of-calendar",
    msg("The calendar has a UID of its own, for which vdirsyncer takes all events for one."),
    msg("Have the program that writes the calendar leave out the UID that stands before the first event."),
    Evidence.MEASURED,
    ("9.4",),
)
METHOD = Kind(
    "method-of-invitation",
    msg(
        "The calendar calls itself an invitation or a cancellation (“METHOD:{method}”), of which Outlook takes the first event alone."
    ),
    msg("Have the program that writes the calendar leave out METHOD, or write METHOD:PUBLISH."),
    Evidence.REPORT,
    ("6.9", "8.2"),
    fatal=(Client.OUTLOOK,),
)
BARE = Kind(
    "bare-calendar",
    msg("The calendar holds nothing at all, which some programs refuse."),
    msg("Have the program that writes the calendar write a time zone (VTIMEZONE) into one without events."),
    Evidence.REPORT,
    ("8.3",),
    faulty=(Client.OUTLOOK,),
)
NO_EVENTS = Kind(
    "no-events",
    msg("The calendar has no events at present; Outlook asks whether it is to be added all the same."),
    msg("Nothing needs mending if that is so; else find out why no events come in."),
    Evidence.REPORT,
    ("8.3",),
)
NO_REFRESH = Kind(
    "no-refresh-interval",
    msg("The calendar does not say how often it is to be fetched, so that Nextcloud does so once a week."),
    msg(
        "Have the program that writes the calendar write REFRESH-INTERVAL;VALUE=DURATION:PT6H and X-PUBLISHED-TTL:PT6H."
    ),
    Evidence.SOURCE,
    ("3",),
    faulty=(Client.NEXTCLOUD,),
)
RARE = Kind(
    "rarely-refreshed",
    msg("The calendar asks to be fetched less often than once a day (“{interval}”), and Nextcloud obeys."),
    msg(
        "Have the program that writes the calendar write REFRESH-INTERVAL;VALUE=DURATION:PT6H and X-PUBLISHED-TTL:PT6H."
    ),
    Evidence.SOURCE,
    ("3",),
    faulty=(Client.NEXTCLOUD,),
)
KINDS = (HEAD, NO_NAME, TWO_NAMES, UID, METHOD, BARE, NO_EVENTS, NO_REFRESH, RARE)


def check(feed: Feed, faults: Faults) -> None:
    """Look at each calendar of a feed."""
    for calendar in feed.calendars:
        _look(calendar, faults)
        _look_at_refresh(calendar, faults)


def _look(calendar: Part, faults: Faults) -> None:
    for name in ("VERSION", "PRODID"):
        if len(calendar.lines(name)) != 1:
            faults.tell(HEAD, calendar.number, name=name)
    name, other = calendar.value("NAME"), calendar.value("X-WR-CALNAME")
    if not name and not other:
        faults.tell(NO_NAME, calendar.number)
    if name and other and name != other:
        faults.tell(TWO_NAMES, calendar.number_of("NAME"), name=name, other=other)
    if calendar.line("UID"):
        faults.tell(UID, calendar.number_of("UID"))
    method = calendar.value("METHOD").upper()
    if method not in ("", "PUBLISH"):
        faults.tell(METHOD, calendar.number_of("METHOD"), method=method)
    if not calendar.parts:
        faults.tell(BARE, calendar.number)
    elif not any(calendar.of("VEVENT")):
        faults.tell(NO_EVENTS, calendar.number)


def _look_at_refresh(calendar: Part, faults: Faults) -> None:
    names = [name for name in ("REFRESH-INTERVAL", "X-PUBLISHED-TTL") if calendar.line(name)]
    if not names:
        faults.tell(NO_REFRESH, calendar.number)
    for name in names[:1]:
        length = duration(calendar.value(name))
        if length is None or length > RARELY:
            faults.tell(RARE, calendar.number_of(name), interval=calendar.value(name))
