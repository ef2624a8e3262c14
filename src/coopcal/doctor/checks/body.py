"""Whether what comes is one whole calendar, from its first byte to its last."""

import re
from codecs import BOM_UTF8

from coopcal.doctor.checks.challenge import CHALLENGE, is_page
from coopcal.doctor.client import ALL, Client
from coopcal.doctor.fault import Evidence, Faults, Kind
from coopcal.doctor.visit import CALENDAR
from coopcal.model.message import msg

_HTML = re.compile(rb"\s*(<!doctype html|<html|<head|<body|<\?xml[^>]*>\s*<!doctype html)", re.IGNORECASE)

HTML = Kind(
    "page-for-calendar",
    msg(
        "The server sends a web page in place of the calendar, perhaps one for logging in, and says that all is well."
    ),
    msg(
        "Give people the address of the calendar itself, which ends in .ics, and not that of its page; or have the server send the calendar to programs that are not logged in."
    ),
    Evidence.SOURCE,
    ("4.13",),
    fatal=ALL,
)
UTF_16 = Kind(
    "utf-16",
    msg("The calendar is written in UTF-16, in which programs find no calendar."),
    msg("Have the calendar written in UTF-8."),
    Evidence.STANDARD,
    ("4.7",),
    fatal=ALL,
)
NO_CALENDAR = Kind(
    "no-calendar",
    msg("What the server sends is no calendar."),
    msg("Have the server send the calendar at this address, or look for a slip in the address."),
    Evidence.SOURCE,
    ("4.13",),
    fatal=ALL,
)
BOM = Kind(
    "byte-order-mark",
    msg("An invisible mark (BOM) stands before the calendar, which not every program skips."),
    msg("Have the file saved as UTF-8 without BOM."),
    Evidence.UNKNOWN,
    ("4.19",),
    faulty=(Client.GOOGLE,),
)
BLANK = Kind(
    "text-before-calendar",
    msg(
        "Something stands before BEGIN:VCALENDAR, be it a blank or an empty line, and Google then takes nothing."
    ),
    msg("Have the program that writes the calendar write nothing before its first line."),
    Evidence.REPORT,
    ("4.19",),
    fatal=(Client.GOOGLE,),
)
CUT = Kind(
    "calendar-cut-off",
    msg("The end of the calendar is missing (END:VCALENDAR)."),
    msg("Have the file written anew as a whole, and put in its place only when it is complete."),
    Evidence.SOURCE,
    ("4.13",),
    fatal=ALL,
)
SEVERAL = Kind(
    "several-calendars",
    msg(
        "Several calendars stand one behind the other in one file, and programs read the first alone, or none."
    ),
    msg("Have all events put into one calendar, or each calendar at an address of its own."),
    Evidence.STANDARD,
    ("8.2",),
    faulty=ALL,
)
NOT_UTF8 = Kind(
    "not-utf8",
    msg("Some letters are not written in UTF-8, and are shown as question marks, or not at all."),
    msg("Have the calendar written in UTF-8."),
    Evidence.SOURCE,
    ("4.7",),
    faulty=ALL,
)
CONTROL = Kind(
    "control-characters",
    msg(
        "There are characters in the calendar that no text may hold, and that programs refuse or show as boxes."
    ),
    msg(
        "Delete them in the text that they stand in; they often come with what is copied from other programs."
    ),
    Evidence.STANDARD,
    ("6.2",),
    faulty=ALL,
)
KINDS = (HTML, UTF_16, NO_CALENDAR, BOM, BLANK, CUT, SEVERAL, NOT_UTF8, CONTROL)

_LONGEST_CHARACTER = 4
"""Bytes of a character in UTF-8, at most."""

_CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def look(body: bytes, faults: Faults, *, is_whole: bool) -> None:
    """Look at the bytes; of what did not come as a whole, the end is not looked at."""
    if not body.strip():
        return
    capitals = body.upper()
    if CALENDAR not in capitals:
        faults.tell(_in_its_place(body.removeprefix(BOM_UTF8)))
        return
    if body.startswith(BOM_UTF8):
        faults.tell(BOM)
    if not capitals.removeprefix(BOM_UTF8).startswith(CALENDAR):
        faults.tell(BLANK)
    if is_whole and b"END:VCALENDAR" not in capitals:
        faults.tell(CUT)
    if capitals.count(CALENDAR) > 1:
        faults.tell(SEVERAL)
    try:
        body.decode()
    except UnicodeDecodeError as error:
        if is_whole or len(body) - error.start > _LONGEST_CHARACTER:
            faults.tell(NOT_UTF8, _line_of(body, error.start))
    for found in _CONTROLS.finditer(body):
        faults.tell(CONTROL, _line_of(body, found.start()))
        break


def _in_its_place(body: bytes) -> Kind:
    """Return what stands in place of a calendar."""
    if CALENDAR in body.replace(b"\0", b"").upper():
        return UTF_16
    if not _HTML.match(body):
        return NO_CALENDAR
    return CHALLENGE if is_page(body) else HTML


def _line_of(body: bytes, at: int) -> int:
    return body.count(b"\n", 0, at) + 1
