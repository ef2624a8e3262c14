"""Content lines of iCalendar (RFC 5545, 3.1), read tolerantly, each with its number."""

import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from coopcal.authoring.importing.encodings import as_utf8, text_of
from coopcal.authoring.importing.loss_code import LossCode
from coopcal.authoring.importing.losses import Losses
from coopcal.model.message import Number, msg

LONGEST = 1_000_000
"""Bytes of one line that are read; more is hostile, or a file that is carried along."""

_NEAR = 400
"""Characters of a line within which its zone is looked for."""

_NAME = re.compile(rb"[A-Za-z][A-Za-z0-9-]{0,80}[;:]|[A-Z][A-Z0-9-]{0,80}\s*$")
_TEXT = re.compile(rb"(?:DESCRIPTION|SUMMARY|LOCATION|COMMENT|CONTACT|X-ALT-DESC)[;:]", re.IGNORECASE)
_ENDS = re.compile(rb"\r\n|\n|\r")
_SOFT = b"ENCODING=QUOTED-PRINTABLE"
_HEX = re.compile(rb"[0-9A-F]{2}")
_TZID = re.compile(r';TZID=([^";]*?[:,][^";]*?)(?=(?:;[^":]*)?:\s*\d{4}-?\d{2}-?\d{2})', re.IGNORECASE)
"""The name of a zone with a colon or comma in it, which should be quoted, and is not."""

_CARETS = {"^n": "\n", "^'": '"', "^^": "^"}


@dataclass(frozen=True, slots=True)
class Line:
    """A property: its name and the names of its parameters in capitals, its value as written."""

    number: int
    name: str
    value: str
    params: dict[str, list[str]] = field(default_factory=dict)

    def param(self, name: str) -> str:
        """Return the first value of a parameter, "" where there is none."""
        return next(iter(self.params.get(name, ())), "")

    @property
    def tzid(self) -> str:
        """The zone that it names, "" where it names none."""
        return ",".join(self.params.get("TZID", ()))


def unfolded(data: bytes, losses: Losses) -> Iterator[tuple[int, bytes]]:
    """Return each content line with the number of its first line.

    A line that is none belongs to the one before it: some programs forget to escape line ends in texts.
    """
    open_ = _Open(0, [])
    for number, line in enumerate(_split(as_utf8(data)), start=1):
        piece = _continued(line, open_.parts)
        if piece is None and open_.parts and line.strip() and not _NAME.match(line):
            shown = line[:200].decode("utf-8", "replace")
            why = msg("it is no line of a calendar")
            if _TEXT.match(open_.parts[0]):
                piece = b"\\n" + line
                why = msg(
                    "it is no line of a calendar, and was read as part of line {number}", number=open_.number
                )
            losses.tell(number, LossCode.BROKEN_LINE, shown, why)
            if piece is None:
                continue
        if piece is not None:
            open_.take(piece, losses)
        elif line.strip():
            if open_.parts:
                yield open_.number, b"".join(open_.parts)
            open_ = _Open(number, [line], len(line))
    if open_.parts:
        yield open_.number, b"".join(open_.parts)


@dataclass(slots=True)
class _Open:
    """A line that may go on: the number of its first line, and what there is of it."""

    number: int
    parts: list[bytes]
    size: int = 0

    def take(self, piece: bytes, losses: Losses) -> None:
        """Add what goes on, up to the most that is read."""
        if self.size <= LONGEST < self.size + len(piece):
            _cut(self.number, self.parts[0], losses)
        self.size += len(piece)
        if self.size <= LONGEST:
            self.parts.append(piece)


def _cut(number: int, raw: bytes, losses: Losses) -> None:
    why = msg("a line has more than {longest} bytes; the rest was not read", longest=Number(LONGEST))
    losses.tell(number, LossCode.LONG_LINE, raw[:40].decode("utf-8", "replace"), why)


def _continued(line: bytes, parts: list[bytes]) -> bytes | None:
    """Return what a line adds to the one before it, of which there are ``parts``; None where it begins anew."""
    is_folded = bool(parts) and line[:1] in (b" ", b"\t")
    piece = line[1:] if is_folded else line
    if parts and parts[-1].endswith(b"=") and _SOFT in parts[0][:200].upper():
        if not is_folded or not _HEX.match(piece):  # else what was folded is an escape
            parts[-1] = parts[-1][:-1]
        return piece
    return piece if is_folded else None


def _split(data: bytes) -> Iterator[bytes]:
    start = 0
    for end in _ENDS.finditer(data):
        yield data[start : end.start()]
        start = end.end()
    if start < len(data):
        yield data[start:]


def parsed(number: int, raw: bytes, losses: Losses) -> Line | None:
    """Return a content line as a property; None, told, where it is none."""
    if len(raw) > LONGEST:
        _cut(number, raw, losses)
    text = _quoted(text_of(raw[:LONGEST], number, losses))
    name, params, at = "", dict[str, list[str]](), 0
    pieces, start, quoted, last_quote = list[str](), 0, False, text.rfind('"')
    for at, character in enumerate(text):
        if character == '"':
            quoted = not quoted
        elif character == ";" and not quoted:
            pieces.append(text[start:at])
            start = at + 1
        elif character == ":" and (not quoted or at > last_quote):
            break
    else:
        losses.tell(number, LossCode.BROKEN_LINE, text, msg("it has no colon, so it says nothing"))
        return None
    pieces.append(text[start:at])
    name, *written = pieces
    for parameter in written:
        key, _, value = parameter.partition("=")
        params.setdefault(key.strip().upper(), []).extend(_values(value))
    value = text[at + 1 :]
    if params.get("ENCODING", [""])[0].upper() == "QUOTED-PRINTABLE":
        value = (
            text_of(quopri.decodestring(value.encode()), number, losses)
            .replace("\r\n", "\\n")
            .replace("\n", "\\n")
        )
    return Line(number, name.strip().upper(), value, params)


def _quoted(text: str) -> str:
    """Return a line with quotes around the name of its zone, where that needs them and has none."""
    if (match := _TZID.search(text[:_NEAR])) is None:
        return text
    return f'{text[: match.start(1)]}"{match[1]}"{text[match.end(1) :]}'


def _values(text: str) -> list[str]:
    parts = re.findall(r'"([^"]*)"|([^,"]+)', text)
    return [re.sub(r"\^[n'^]", lambda match: _CARETS[match[0]], quoted or plain) for quoted, plain in parts]
