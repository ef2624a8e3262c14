"""What people read of an event, and what else it carries."""

import re

from coopcal.authoring.importing.values import text
from coopcal.doctor.client import ALL, Client
from coopcal.doctor.fault import Evidence, Faults, Kind
from coopcal.doctor.feed import Feed, Part
from coopcal.model.message import msg

HTML = Kind(
    "html-in-description",
    msg("Descriptions are written in HTML, whose marks Apple's programs and Thunderbird show as they stand."),
    msg(
        "Have the program that writes the calendar write descriptions as plain text, with links written out."
    ),
    Evidence.REPORT,
    ("6.3", "6.4"),
    faulty=(Client.APPLE, Client.THUNDERBIRD),
)
GEO = Kind(
    "bad-position",
    msg(
        "The position on the map is not written as it should be, and Google was seen to fail on such an event: “{value}”."
    ),
    msg(
        "Have the program that writes the calendar write GEO as latitude;longitude, with a semicolon between."
    ),
    Evidence.REPORT,
    ("6.5",),
    faulty=(Client.GOOGLE,),
)
UNESCAPED = Kind(
    "unescaped-text",
    msg(
        "Commas, semicolons or backslashes in texts are not marked as such, so that some programs cut the text there."
    ),
    msg(
        "Have the program that writes the calendar write a backslash before each comma, semicolon and backslash of a text."
    ),
    Evidence.STANDARD,
    ("6.2",),
)
ESCAPED_URL = Kind(
    "escaped-link",
    msg("Backslashes stand in links, which then lead elsewhere: “{value}”."),
    msg("Have the program that writes the calendar write links as they are, without backslashes."),
    Evidence.STANDARD,
    ("6.2",),
    faulty=ALL,
)
APPLE_PLACE = Kind(
    "place-without-map",
    msg("The place for Apple's maps has another name than the place of the event, so that no map is shown."),
    msg(
        "Have the program that writes the calendar write the same name into LOCATION and X-APPLE-STRUCTURED-LOCATION."
    ),
    Evidence.REPORT,
    ("6.6",),
)
CONFERENCE = Kind(
    "meeting-link-hidden",
    msg("The link to the meeting stands in CONFERENCE alone, which no program is known to show."),
    msg("Have the link written into the description, too, and into the place where there is none."),
    Evidence.UNKNOWN,
    ("6.8",),
)
GUESTS = Kind(
    "guests-published",
    msg("Those who take part are named with their addresses (ATTENDEE), for everybody to read."),
    msg("Have the program that writes the calendar leave out who takes part."),
    Evidence.REPORT,
    ("6.9",),
)
ALARM = Kind(
    "alarms",
    msg("Events ring by themselves: most programs ignore that, and ICSx5 wakes everybody."),
    msg("Leave alarms out, or offer them at an address of their own."),
    Evidence.SOURCE,
    ("8.1",),
)
KINDS = (HTML, GEO, UNESCAPED, ESCAPED_URL, APPLE_PLACE, CONFERENCE, GUESTS, ALARM)

_TAG = re.compile(
    r"</?(?:p|br|b|i|u|a|div|span|ul|ol|li|strong|em|h[1-6]|html|body|table|tr|td|img)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_POSITION = re.compile(r"[+-]?\d{1,3}(?:\.\d+)?;[+-]?\d{1,3}(?:\.\d+)?")
_ESCAPED = re.compile(r"(?:[^\\;,]|\\[\\;,nN])*")


def check(feed: Feed, faults: Faults) -> None:
    """Look at each event."""
    for event in feed.events:
        if _TAG.search(event.value("DESCRIPTION")):
            faults.tell(HTML, event.number_of("DESCRIPTION"))
        if event.line("GEO") and not _POSITION.fullmatch(event.value("GEO")):
            faults.tell(GEO, event.number_of("GEO"), value=event.value("GEO"))
        for name in ("SUMMARY", "DESCRIPTION", "LOCATION"):
            if not _ESCAPED.fullmatch(event.value(name)):
                faults.tell(UNESCAPED, event.number_of(name))
        if re.search(r"\\[,;\\]", event.value("URL")):
            faults.tell(ESCAPED_URL, event.number_of("URL"), value=event.value("URL"))
        _look_at_places(event, faults)
        if event.line("ATTENDEE"):
            faults.tell(GUESTS, event.number_of("ATTENDEE"))
        for alarm in event.of("VALARM"):
            faults.tell(ALARM, alarm.number)


def _look_at_places(event: Part, faults: Faults) -> None:
    place = event.line("X-APPLE-STRUCTURED-LOCATION")
    if place and place.param("X-TITLE") not in text(event.value("LOCATION")):
        faults.tell(APPLE_PLACE, place.number)
    elsewhere = " ".join(text(event.value(name)) for name in ("URL", "DESCRIPTION", "LOCATION"))
    for conference in event.lines("CONFERENCE"):
        if conference.value.strip() not in elsewhere:
            faults.tell(CONFERENCE, conference.number)
