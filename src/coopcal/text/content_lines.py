"""iCalendar content lines (RFC 5545, 3.1): escaped, folded by octets, ended by CRLF."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache

CRLF = b"\r\n"

ROOM = 74
"""Octets of a line's text; the blank that goes on with it makes 75 (RFC 5545, 3.1)."""

_UNSHOWABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_QUOTED = re.compile("[,;:’]")

REMEMBERED = 16_384
"""Lines that are kept at hand: an event's dates and places are the same in every language and at every compile."""

SHORT = 100
"""Characters of a value up to which its line is kept: longer ones are descriptions, and addresses that are asked for, without end."""


def clean(text: str) -> str:
    """Take out what no client can show: control characters but line breaks and tabs, and lone surrogates."""
    return _UNSHOWABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def raw(name: str, value: str, **parameters: str) -> bytes:
    """Return a line whose value is written as it stands: URIs, durations, numbers, keywords."""
    return (_kept_raw if len(value) <= SHORT else _raw)(name, value, **parameters)


def text(name: str, value: str, **parameters: str) -> bytes:
    """Return a line with a TEXT value (RFC 5545, 3.3.11)."""
    return (_kept_text if len(value) <= SHORT else _text)(name, value, **parameters)


def _raw(name: str, value: str, **parameters: str) -> bytes:
    if "\n" in value or "\r" in value:
        raise ValueError(f"{value[:40]!r} is more than one line")
    beginning = _beginning(name, **parameters) if parameters else name
    return folded(f"{beginning}:{value}") + CRLF


@lru_cache(maxsize=1024)
def _beginning(name: str, **parameters: str) -> str:
    """Return what stands before the colon of a line: few names and parameters make all lines of a site."""
    return name + _parameters(parameters)


def _text(name: str, value: str, **parameters: str) -> bytes:
    return _raw(name, escaped(value), **parameters)


_kept_raw = lru_cache(maxsize=REMEMBERED)(_raw)
_kept_text = lru_cache(maxsize=REMEMBERED)(_text)


def texts(name: str, values: Iterable[str]) -> bytes:
    """Return a line with a list of TEXT values, such as CATEGORIES."""
    return raw(name, ",".join(map(escaped, values)))


def day(name: str, value: date) -> bytes:
    """Return a line with a DATE."""
    return raw(name, f"{value.year:04}{value:%m%d}", VALUE="DATE")


def moment(name: str, value: datetime, tzid: str | None) -> bytes:
    """Return a line with a DATE-TIME: local with a TZID, or in UTC where there is none (the value is in UTC then)."""
    local = value.replace(tzinfo=None, microsecond=0).isoformat()
    written = local.replace("-", "").replace(":", "")
    line = f"{_beginning(name, TZID=tzid)}:{written}" if tzid else f"{name}:{written}Z"
    return folded(line) + CRLF


def duration(name: str, value: timedelta) -> bytes:
    """Return a line with a DURATION (RFC 5545, 3.3.6); a negative one is before what it refers to."""
    sign, length = ("-", -value) if value < timedelta(0) else ("", value)
    minutes, seconds = divmod(length.seconds, 60)
    hours, minutes = divmod(minutes, 60)
    days = f"{length.days}D" if length.days or not length.seconds else ""
    clock = f"{hours}H" if hours else ""
    clock += f"{minutes}M" if minutes or (hours and seconds) else ""
    clock += f"{seconds}S" if seconds else ""
    return raw(name, f"{sign}P{days}{'T' if clock else ''}{clock}")


def escaped(value: str) -> str:
    r"""Return a TEXT value as it is written (RFC 5545, 3.3.11); a ``\N`` in it is taken for a line break."""
    return (
        clean(value)
        .replace("\\N", "\n")
        .replace("\\", "\\\\")
        .replace(";", "\\;")
        .replace(",", "\\,")
        .replace("\n", "\\n")
    )


def _parameters(parameters: Mapping[str, str]) -> str:
    """Return parameters as they are written, by name (RFC 5545, 3.2; RFC 6868); UTC needs no TZID."""
    return "".join(
        f";{name}={_parameter(value)}"
        for name, value in sorted(parameters.items())
        if (name, value) != ("TZID", "UTC")
    )


def _parameter(value: str) -> str:
    circumflexed = (
        value.replace("^", "^^")
        .replace('"', "^'")
        .replace("\r\n", "^n")
        .replace("\n", "^n")
        .replace("\r", "^n")
    )
    return f'"{circumflexed}"' if _QUOTED.search(circumflexed) else circumflexed


def folded(line: str) -> bytes:
    """Fold a line between characters, never inside an escape: some clients unescape before they unfold."""
    octets = line.encode()
    if len(octets) <= ROOM:
        return octets
    parts, start = [], 0
    while len(octets) - start > ROOM:
        cut = start + ROOM
        while octets[cut] & 0xC0 == 0x80:  # noqa: PLR2004 - the mark of UTF-8's continuation octets
            cut -= 1
        if octets[cut - 1 : cut] in (b"\\", b"^"):
            cut -= 1
        parts.append(octets[start:cut])
        start = cut
    return (CRLF + b" ").join([*parts, octets[start:]])
