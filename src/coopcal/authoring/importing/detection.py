"""What the bytes of a source are: a calendar, JSON, a table; or something else, which is told as what it is."""

import re
from enum import Enum

from coopcal.authoring.importing.encodings import as_utf8
from coopcal.model.message import Message, Number, msg

MOST_LINES = 2_000_000
MOST_EVENTS = 100_000
"""What is read of one source at the most: more is hostile, or better imported in parts."""

_HEAD = 4096
_PAGE = (b"<!DOCTYPE HTML", b"<HTML", b"<HEAD", b"<BODY", b"<META", b"<SCRIPT")
_CALENDARS = (".ics", ".ical", ".ifb", ".vcs")
_LINE = re.compile(rb"(?i:^BEGIN:V)|^[A-Z][A-Z0-9-]+[;:]", re.MULTILINE)
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


class Form(Enum):
    """A form that is read."""

    CALENDAR = "calendar"
    JSON = "json"
    TABLE = "table"


def form_of(data: bytes, path: str) -> Form | Message:
    """Return the form of a source, or the sentence that says why it cannot be read."""
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return msg(
            "This is a file of a spreadsheet or an office program: save it as CSV there, and import that"
        )
    if data.startswith(b"%PDF"):
        return msg("This is a PDF: ask for the calendar as .ics, or for its dates as a table")
    text = as_utf8(data).lstrip()
    head = text[:_HEAD].upper()
    if not head:
        return msg("This is neither a calendar (.ics) nor a table: it is empty")
    if _is_page(head):
        return msg(
            "This is a web page, where a calendar was expected: perhaps one has to log in to see it, or the address is that "
            "of the page about the calendar; look there for “iCal”, “.ics” or “export”"
        )
    if head.startswith(b"<"):
        return _markup(head)
    if b"BEGIN:VCARD" in head and b"BEGIN:VCALENDAR" not in head:
        return msg("These are addresses of people (vCard), no calendar")
    if text.count(b"\n") + text.count(b"\r") > MOST_LINES:
        return msg("It has more than {most} lines; import it in parts", most=Number(MOST_LINES))
    return _form(text, head, path)


def _form(text: bytes, head: bytes, path: str) -> Form | Message:
    """Return the form of a text; by its name alone it is a calendar where a line of it could be one of a calendar."""
    if b"BEGIN:V" in head:
        return _calendar(text)
    if len(_BINARY.findall(head)) * 20 > len(head):
        return msg("This is neither a calendar (.ics) nor a table: it is no text")
    if head.startswith((b"{", b"[")):
        return Form.JSON
    if not path.lower().endswith(_CALENDARS):
        return Form.TABLE
    if not _LINE.search(text):
        return msg("This is neither a calendar (.ics) nor a table with a line of headings")
    return _calendar(text)


def _calendar(text: bytes) -> Form | Message:
    if len(re.findall(rb"BEGIN:VEVENT", text, re.IGNORECASE)) > MOST_EVENTS:
        return msg("It has more than {most} events; import it in parts", most=Number(MOST_EVENTS))
    return Form.CALENDAR


def _is_page(head: bytes) -> bool:
    return head.startswith(_PAGE) or (head.startswith(b"<") and any(opening in head for opening in _PAGE[:2]))


def _markup(head: bytes) -> Message:
    if b"<RSS" in head or b"<FEED" in head or b"<RDF" in head:
        return msg(
            "This is a news feed (RSS or Atom), which does not say when things take place: look for the calendar (.ics)"
        )
    return msg("This is XML, which is not read: look for the calendar as .ics")
