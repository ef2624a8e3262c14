"""iCalendar content lines (RFC 5545, 3.1): escaped, folded by octets, ended by CRLF."""

import unicodedata
from collections.abc import Iterable
from datetime import date, datetime

from icalendar import vText
from icalendar.parser import Contentline, Parameters
from icalendar.prop import vInline

CRLF = b"\r\n"


def clean(text: str) -> str:
    """Take out what no client can show: control characters but line breaks and tabs, and lone surrogates."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.isprintable():
        return text
    return "".join(each for each in text if each in "\n\t" or unicodedata.category(each) not in ("Cc", "Cs"))


def raw(name: str, value: str, **parameters: str) -> bytes:
    """Give a line whose value is written as it stands: URIs, durations, numbers, keywords."""
    return _line(name, parameters, vInline(value))


def text(name: str, value: str, **parameters: str) -> bytes:
    """Give a line with a TEXT value (RFC 5545, 3.3.11)."""
    return _line(name, parameters, vText(clean(value)))


def texts(name: str, values: Iterable[str]) -> bytes:
    """Give a line with a list of TEXT values, such as CATEGORIES."""
    joined = ",".join(vText(clean(value)).to_ical().decode() for value in values)
    return raw(name, joined)


def day(name: str, value: date) -> bytes:
    """Give a line with a DATE."""
    return raw(name, f"{value.year:04}{value:%m%d}", VALUE="DATE")


def moment(name: str, value: datetime, tzid: str | None) -> bytes:
    """Give a line with a DATE-TIME: local with a TZID, or in UTC where there is none (the value is in UTC then)."""
    written = f"{value.year:04}{value:%m%dT%H%M%S}{'' if tzid else 'Z'}"
    return raw(name, written, TZID=tzid) if tzid else raw(name, written)


def _line(name: str, parameters: dict[str, str], value: str) -> bytes:
    folded: bytes = Contentline.from_parts(name, Parameters(parameters), value).to_ical()
    return folded + CRLF
