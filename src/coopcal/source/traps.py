"""Text that YAML would lose in silence: each is an error that says what to put in quotes."""

import re

from coopcal.model.message import msg
from coopcal.model.problem import Fix, Place, Problem, Problems
from coopcal.source.node import Listing, Mapping, Node, Scalar

_COMMENT = re.compile(r"(\s+)#(.?)")
_PAIRS = {"“": "”„“", "„": "“”", "‘": "’", "«": "»", "»": "«", "‚": "‘’"}


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
            before: Node | None = None
            for key, value in node.entries:
                _look_at_value(key, value, before, lines, problems)
                before = value
                if not isinstance(value, Scalar):
                    stack.append(value)
        elif isinstance(node, Listing):
            for item in node.items:
                if isinstance(item, Scalar):
                    _look_at(None, item, lines, problems)
                else:
                    stack.append(item)
    return tuple(problems.found)


def _look_at_value(
    key: Scalar, value: Node, before: Node | None, lines: list[str], problems: Problems
) -> None:
    if not isinstance(value, Scalar) or not value.plain:
        return
    if value.text:
        _look_at(key, value, lines, problems)
        return
    line = lines[key.place.line - 1]
    rest = line[key.place.end_column - 1 :].lstrip("\"' ")
    if not rest.startswith(":"):
        problems.error(
            key.place,
            "comma-splits",
            msg(
                "“{text}” has become a key of its own, because a comma ends a value inside {{ }}",
                text=key.text,
            ),
            msg("put the value that holds the comma in quotes, or write each key on a line of its own"),
            _joined(before, key, line),
        )
        return
    comment = rest[1:].lstrip()
    if comment.startswith("#"):
        at = line.index("#", key.place.end_column - 1)
        problems.error(
            _on(key.place, at, len(line.rstrip()) - at),
            "lost-after-hash",
            msg("“{text}” is empty, because YAML takes what follows # for a comment", text=key.text),
            f'{key.text}: "{comment.rstrip()}"',
            Fix(_on(key.place, at, len(line.rstrip()) - at), quoted(comment.rstrip()))
            if comment[1:2].strip()
            else None,
        )


def _look_at(key: Scalar | None, value: Scalar, lines: list[str], problems: Problems) -> None:
    if not value.plain or not value.text:
        return
    before = f"{key.text}: " if key else "- "
    first, last = value.text[0], value.text[-1]
    if first in _PAIRS and last in _PAIRS[first] and len(value.text) > 1:
        problems.error(
            value.place,
            "typographic-quotes",
            msg(
                "The quotes {first}{last} are part of the text; YAML knows only \" and '",
                first=first,
                last=last,
            ),
            f'{before}"{value.text[1:-1].strip()}"',
            Fix(value.place, quoted(value.text[1:-1].strip())) if _whole(value) else None,
        )
    line = lines[value.place.line - 1]
    at = value.place.end_column - 1
    if "#" not in line[at:]:
        return
    match = _COMMENT.match(line, at)
    if match is None or (len(match[1]) > 1 and match[2] in ("", " ")):
        return
    lost = line[at:].strip()
    start = match.end(1)
    problems.error(
        _on(value.place, start, len(line.rstrip()) - start),
        "lost-after-hash",
        msg("“{lost}” would be lost, because YAML takes what follows # for a comment", lost=lost),
        f'{before}"{value.text} {lost}"'
        if '"' not in value.text + lost
        else f"{before}'{value.text} {lost}'",
        Fix(
            Place(value.place.path, value.place.line, value.place.column, len(line.rstrip()) + 1),
            quoted(line[value.place.column - 1 :].rstrip()),
        )
        if _whole(value)
        else None,
    )


def quoted(text: str) -> str:
    """Give a text of one line in quotes."""
    return f'"{text}"' if '"' not in text and "\\" not in text else "'" + text.replace("'", "''") + "'"


def _whole(value: Scalar) -> bool:
    """Whether a plain text stands on one line as it is."""
    return value.plain and value.place.end_column - value.place.column == len(value.text)


def _joined(before: Node | None, key: Scalar, line: str) -> Fix | None:
    """Give the fix that takes what follows a comma into the text before it."""
    if not isinstance(before, Scalar) or before.place.line != key.place.line or not before.text:
        return None
    between = line[before.place.end_column - 1 : key.place.column - 1]
    if not key.plain or between.strip() != ",":
        return None
    place = Place(key.place.path, key.place.line, before.place.column, key.place.end_column)
    return Fix(place, quoted(before.text + between + key.text))


def _on(place: Place, column: int, width: int) -> Place:
    return Place(place.path, place.line, column + 1, column + 1 + max(width, 1))
