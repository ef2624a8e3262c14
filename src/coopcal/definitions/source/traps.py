"""Text that YAML would lose in silence: each is an error that says what to put in quotes."""

import re

from coopcal.definitions.codes.syntax import (
    COMMA_SPLITS,
    LOST_AFTER_HASH,
    NO_BLANK_AFTER_COLON,
    TYPOGRAPHIC_QUOTES,
)
from coopcal.definitions.source.node import Listing, Mapping, Node, Scalar
from coopcal.model.message import msg
from coopcal.model.problem import Fix, Offer, Position, Problem, Problems

_COMMENT = re.compile(r"(\s+)#(.?)")
_GLUED = re.compile(r"([\w-]+):(\S.*)")
_SPLIT_TAIL = re.compile(r"(?:\s*,(?!\s*(?:[\w-]+|\"[^\"]*\"|'[^']*')\s*:(?:\s|$))[^,{}\[\]]*)*")
"""What follows the first comma of a text that is split by commas, up to the next key."""

_QUOTES_OR_LINES = msg("put the value that holds the comma in quotes, or write each key on a line of its own")
PAIRS = {"“": "”„“", "„": "“”", "‘": "’", "«": "»", "»": "«", "‚": "‘’"}
"""Typographic quotes that open, and those that close them."""


def traps(root: Node, lines: list[str]) -> tuple[Problem, ...]:
    """Look for lost text in what was read.

    A comment behind a value on the same line is taken for one only when two blanks stand before its ``#`` and
    one after it; otherwise it was text, such as ``Room # 5`` or ``#SCIS2017``.
    """
    problems = Problems()
    stack: list[Node] = [root]
    while stack:
        node = stack.pop()
        if isinstance(node, Mapping):
            _look_at_keys(node, lines, problems)
            stack += [value for _, value in node.entries if not isinstance(value, Scalar)]
        elif isinstance(node, Listing):
            for item in node.items:
                if not isinstance(item, Scalar):
                    stack.append(item)
                elif item.plain and item.text:
                    _look_at(None, item, lines, problems)
    return tuple(problems.found)


def _look_at_keys(node: Mapping, lines: list[str], problems: Problems) -> None:
    before: tuple[Scalar, Node] | None = None
    for key, value in node.entries:
        if isinstance(value, Scalar) and value.plain:
            if value.text:
                _look_at(key, value, lines, problems)
            elif _is_split(key, lines):
                _look_at_split(key, before, lines, problems)
                continue
            else:
                _look_at_empty(key, lines, problems)
        before = key, value


def _look_at_empty(key: Scalar, lines: list[str], problems: Problems) -> None:
    """Tell a comment that stands where the value of a key should."""
    line = lines[key.position.line - 1]
    rest = line[key.position.end_column - 1 :].lstrip("\"' ")
    comment = rest[1:].lstrip()
    if comment.startswith("#"):
        at = line.index("#", key.position.end_column - 1)
        problems.tell(
            _on(key.position, at, len(line.rstrip()) - at),
            LOST_AFTER_HASH,
            msg("“{text}” is empty, because YAML takes what follows # for a comment", text=key.text),
            f'{key.text}: "{comment.rstrip()}"',
            Fix(_on(key.position, at, len(line.rstrip()) - at), quoted(comment.rstrip()))
            if comment[1:2].strip()
            else None,
        )


def _look_at(key: Scalar | None, value: Scalar, lines: list[str], problems: Problems) -> None:
    """Tell what of a plain text would be lost."""
    if value.text[0] in PAIRS:
        _look_at_quotes(key, value, problems)
    line = lines[value.position.line - 1]
    if line.find("#", value.position.end_column - 1) >= 0:
        _look_at_comment(key, value, line, problems)


def _look_at_quotes(key: Scalar | None, value: Scalar, problems: Problems) -> None:
    first, last = value.text[0], value.text[-1]
    if last not in PAIRS[first] or len(value.text) == 1:
        return
    problems.tell(
        value.position,
        TYPOGRAPHIC_QUOTES,
        msg(
            "The quotes {first}{last} are part of the text; YAML knows only \" and '",
            first=first,
            last=last,
        ),
        f'{_led_by(key)}"{value.text[1:-1].strip()}"',
        Fix(value.position, quoted(value.text[1:-1].strip())) if _is_as_written(value) else None,
    )


def _look_at_comment(key: Scalar | None, value: Scalar, line: str, problems: Problems) -> None:
    at = value.position.end_column - 1
    match = _COMMENT.match(line, at)
    if match is None or (len(match[1]) > 1 and match[2] in ("", " ")):
        return
    lost = line[at:].strip()
    start = match.end(1)
    problems.tell(
        _on(value.position, start, len(line.rstrip()) - start),
        LOST_AFTER_HASH,
        msg("“{lost}” would be lost, because YAML takes what follows # for a comment", lost=lost),
        f'{_led_by(key)}"{value.text} {lost}"'
        if '"' not in value.text + lost
        else f"{_led_by(key)}'{value.text} {lost}'",
        Fix(
            Position(value.position.path, value.position.line, value.position.column, len(line.rstrip()) + 1),
            quoted(line[value.position.column - 1 :].rstrip()),
        )
        if _is_as_written(value)
        else None,
    )


def _led_by(key: Scalar | None) -> str:
    """Return what stands before a value on its line."""
    return f"{key.text}: " if key else "- "


def quoted(text: str) -> str:
    """Return a text of one line in quotes."""
    return f'"{text}"' if '"' not in text and "\\" not in text else "'" + text.replace("'", "''") + "'"


def _is_as_written(value: Scalar) -> bool:
    """Return whether a plain text stands on one line as it is."""
    return value.plain and value.position.end_column - value.position.column == len(value.text)


def _is_split(key: Scalar, lines: list[str]) -> bool:
    """Return whether a key without a value has no colon: a comma has made it of a text."""
    line = lines[key.position.line - 1]
    return not line[key.position.end_column - 1 :].lstrip("\"' ").startswith(":")


def _look_at_split(
    key: Scalar, before: tuple[Scalar, Node] | None, lines: list[str], problems: Problems
) -> None:
    """Tell a text that a comma has split, once for all its commas; or a key whose colon has no blank behind it."""
    line = lines[key.position.line - 1]
    if glued := _GLUED.fullmatch(key.text):
        mended = f"{glued[1]}: {glued[2]}"
        at = key.position.column + len(glued[1])
        fix = Fix(Position(key.position.path, key.position.line, at + 1, at + 1), " ")
        problems.tell(
            _on(key.position, at - 1, 1),
            NO_BLANK_AFTER_COLON,
            msg("A blank is missing after the colon"),
            mended,
            fix if key.plain else None,
        )
        return
    named, value = before if before is not None else (None, None)
    place = value.position if isinstance(value, Scalar) and value.text and value.plain else None
    if named is None or place is None or place.line != key.position.line:
        problems.tell(
            key.position,
            COMMA_SPLITS,
            msg(
                "“{text}” has become a key of its own, because a comma ends a value inside {{ }}",
                text=key.text,
            ),
            _QUOTES_OR_LINES,
        )
        return
    between = line[place.end_column - 1 : key.position.column - 1]
    if not between.startswith(","):
        return
    if "," in between[1:]:  # the first comma of the text has told it
        first = line[place.end_column - 1 :].split(",")[1]
        if first.strip():
            return
    tail = _SPLIT_TAIL.match(line, key.position.end_column - 1)
    end = tail.end() if tail else key.position.end_column - 1
    text = line[place.column - 1 : end].rstrip()
    fix = Fix(Position(place.path, place.line, place.column, place.column + len(text)), quoted(text))
    offers = [Offer((fix,), f"{named.text}: {quoted(text)}")]
    if re.fullmatch(r"[+-]?\d+,\d+", text):
        point = Fix(fix.position, text.replace(",", "."))
        offers.insert(0, Offer((point,), f"{named.text}: {point.text}"))
    problems.tell(
        key.position,
        COMMA_SPLITS,
        msg("“{text}” has become a key of its own, because a comma ends a value inside {{ }}", text=key.text),
        offers[0].said,
        fix if len(offers) == 1 else None,
        offers=tuple(offers),
        advice=_QUOTES_OR_LINES,
    )


def _on(position: Position, column: int, width: int) -> Position:
    return Position(position.path, position.line, column + 1, column + 1 + max(width, 1))
