"""Values between braces and brackets that need quotes, or whose quotes or brackets do not close."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from coopcal.compile.codes import NEEDS_QUOTES, NO_COMMA, UNOPENED_BRACKET
from coopcal.definitions.codes.syntax import COLON_IN_BRACKETS, QUOTE_INSIDE, UNCLOSED_BRACKET, UNCLOSED_QUOTE
from coopcal.model.message import msg
from coopcal.model.problem import Fix, Offer, Position, Problem

_ENTRY = re.compile(r"(?P<lead>[{\[,]\s*|^\s*)(?P<key>[\w-]+|\"[^\"]*\"|'[^']*'):\s+")
_CLOSES = re.compile(r"(?:[\]}\s,]*[\]}][\]}\s,]*(?:\s#.*)?|[\s,]*(?:\s\s#\s.*)?)$")
"""What ends a line of braces; a comment stands behind a bracket, or two blanks away."""

_TYPOGRAPHIC = {"“": "”", "„": "“”", "«": "»", "‘": "’"}
_NEXT_LANGUAGE = re.compile(r"[;.]?\s+([a-z]{2}(?:-[A-Z]{2})?):\s")
_ODD = "@`%&*!|>"


@dataclass(frozen=True, slots=True)
class _Value:
    """A value between braces: its key, its bounds in the line, and the text in it without quotes."""

    key: str
    start: int
    end: int
    written: str

    @property
    def quote(self) -> str:
        """The quote that it begins with, or none."""
        return self.written[0] if self.written[:1] in "'\"" and self.written else ""

    @property
    def closed(self) -> bool:
        """Return whether it ends with the quote that it begins with."""
        return bool(self.quote) and len(self.written) > 1 and self.written.endswith(self.quote)

    @property
    def text(self) -> str:
        """What is said, without the quotes around it."""
        if self.quote:
            return self.written[1:-1] if self.closed else self.written[1:]
        first, last = self.written[:1], self.written[-1:]
        return self.written[1:-1] if last and last in _TYPOGRAPHIC.get(first, "") else self.written

    @property
    def quoted(self) -> str:
        """The text in quotes that do not stand in it."""
        text = self.text.replace("''", "'") if self.quote == "'" and self.closed else self.text
        if '"' not in text and "\\" not in text:
            return f'"{text}"'
        return "'" + text.replace("'", "''") + "'"

    @property
    def is_doubtful(self) -> bool:
        """Return whether YAML may read it otherwise than it is meant."""
        if self.quote:
            inner = self.text.replace("''", "") if self.quote == "'" else self.text.replace('\\"', "")
            return not self.closed or self.quote in inner
        return bool(re.search(r"[:?#]|[\"'„“]", self.written)) or self.written[:1] in _ODD


def in_braces(path: str, number: int, line: str) -> Iterator[Problem]:
    """Return what may be wrong with a line that holds braces: a value without quotes, a quote, a bracket or a colon lost."""
    if not re.search(r"[{}\[\]]", line) and not re.match(r"\s+[\w-]+:\s.*,\s*$", line):
        return
    values = [value for value in _values(line) if value.written and value.written[0] not in "[{"]
    doubtful = [value for value in values if value.is_doubtful]
    yield from _opened(path, number, line)
    for value in doubtful:
        yield from _comma_lost(path, number, value)
    for value in doubtful:
        yield _told(path, number, line, value, [value])
    if len(doubtful) > 1:
        yield _told(path, number, line, doubtful[0], doubtful)
    yield from _closed(path, number, line, doubtful)
    for value in values:
        if "," in value.written and value not in doubtful:
            yield _told(path, number, line, value, [value])


def _values(line: str) -> Iterator[_Value]:
    """Return the values of a line, each up to the next key or the brackets at the end."""
    entries = list(_ENTRY.finditer(line))
    for at, entry in enumerate(entries):
        start = entry.end()
        end = entries[at + 1].start() if at + 1 < len(entries) else len(line.rstrip())
        if at + 1 == len(entries) and (closes := _CLOSES.search(line, start)):
            end = max(closes.start(), start)
        written = line[start:end].rstrip()
        while written.endswith(("}", "]")) and not re.match(r"[\"']", written):
            written = written[:-1].rstrip()
        yield _Value(entry["key"].strip("\"'"), start, start + len(written), written)


def _told(path: str, number: int, line: str, value: _Value, quoted: list[_Value]) -> Problem:
    edits = tuple(
        Fix(Position(path, number, other.start + 1, other.end + 1), other.quoted) for other in quoted
    )
    mended = ", ".join(f"{other.key}: {other.quoted}" for other in quoted)
    offer = Offer(edits, mended)
    place = Position(path, number, value.start + 1, max(value.end, value.start + 1) + 1)
    fix = edits[0] if len(edits) == 1 and '"' not in value.text and "\\" not in value.text else None
    if value.quote and value.closed:
        inner = line.index(value.quote, value.start + 1) + 1
        return Problem.of(
            Position(path, number, inner, inner + 1),
            QUOTE_INSIDE,
            msg("The quote {mark} inside the text ends it here", mark=value.quote),
            mended,
            fix=fix,
            offers=(offer,),
        )
    if value.quote:
        return Problem.of(
            Position(path, number, value.start + 1, value.start + 2),
            UNCLOSED_QUOTE,
            msg("The quote {opened} that opens here is not closed", opened=value.quote),
            mended,
            offers=(offer,),
        )
    if re.search(r":\s|:$|\?", value.written):
        return Problem.of(
            place,
            COLON_IN_BRACKETS,
            msg(
                "Between brackets, the colon or question mark in “{text}” is not read as part of the text",
                text=value.written,
            ),
            mended,
            fix=fix,
            offers=(offer,),
        )
    return Problem.of(
        place,
        NEEDS_QUOTES,
        msg("Between brackets, “{text}” is read as text only in quotes", text=value.written),
        mended,
        fix=fix,
        offers=(offer,),
    )


def _comma_lost(path: str, number: int, value: _Value) -> Iterator[Problem]:
    """A comma lost before another language, or another sign in its place."""
    match = _NEXT_LANGUAGE.search(value.written)
    if match is None or value.quote:
        return
    at = value.start + match.start()
    mended = f"{value.key}: {value.written[: match.start()]}, {value.written[match.start(1) :]}"
    edit = Fix(Position(path, number, at + 1, value.start + match.start(1) + 1), ", ")
    yield Problem.of(
        Position(path, number, at + 1, at + 2),
        NO_COMMA,
        msg("A comma is missing before “{key}”", key=match[1]),
        mended,
        offers=(Offer((edit,), mended),),
    )


def _opened(path: str, number: int, line: str) -> Iterator[Problem]:
    """A bracket that closes and was never opened: it is opened behind the key, or deleted."""
    shown = line.rstrip()
    if shown[-1:] not in ("}", "]") or shown.count("{") + shown.count("[") >= shown.count("}") + shown.count(
        "]"
    ):
        return
    message = msg("The bracket “{closed}” closes what was never opened", closed=shown[-1])
    place = Position(path, number, len(shown), len(shown) + 1)
    key = re.match(r"\s*(?:- +)*[\w-]+:\s+", line)
    if key and re.match(r"[\w-]+:\s", line[key.end() :]):
        opener = "{" if shown[-1] == "}" else "["
        mended = f"{line[: key.end()]}{opener}{shown[key.end() :]}".strip()
        edit = Fix(Position(path, number, key.end() + 1, key.end() + 1), opener)
        yield Problem.of(place, UNOPENED_BRACKET, message, mended, offers=(Offer((edit,), mended),))
    mended = shown[:-1].strip()
    edit = Fix(place, "")
    yield Problem.of(place, UNOPENED_BRACKET, message, mended, offers=(Offer((edit,), mended),))


def _closed(path: str, number: int, line: str, doubtful: list[_Value]) -> Iterator[Problem]:
    """Brackets that are open at the end of a line, closed there; with the doubtful values in quotes, or without."""
    opened: list[tuple[str, int]] = []
    quote = ""
    for at, character in enumerate(line):
        if quote:
            quote = "" if character == quote else quote
        elif character in "\"'" and line[at - 1 : at] in " [{,":
            quote = character
        elif character in "[{" and (opened or line[at - 1 : at] in " -"):
            opened.append((character, at))
        elif character in "]}" and opened:
            opened.pop()
    if not opened:
        return
    end = len(line.rstrip().rstrip(","))
    closing = "".join("]" if bracket == "[" else "}" for bracket, _ in reversed(opened))
    first = opened[-1]
    for values in ([], doubtful) if doubtful else ([],):
        edits = (
            *(Fix(Position(path, number, value.start + 1, value.end + 1), value.quoted) for value in values),
            Fix(Position(path, number, end + 1, len(line) + 1), closing),
        )
        closed = f"{line[:end].strip()}{closing}"
        yield Problem.of(
            Position(path, number, first[1] + 1, first[1] + 2),
            UNCLOSED_BRACKET,
            msg("The bracket “{opened}” is not closed", opened=first[0]),
            closed,
            offers=(Offer(edits, closed),),
        )
