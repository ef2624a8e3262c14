"""Texts that need quotes, and quotes that end a text too early or never."""

import re

from coopcal.definitions.codes.syntax import BACKSLASH, ODD_START, QUOTE_INSIDE, SECOND_COLON, UNCLOSED_QUOTE
from coopcal.definitions.source.syntax.position import place_at
from coopcal.definitions.source.traps import PAIRS
from coopcal.model.message import msg
from coopcal.model.problem import Fix, Offer, Position, Problem

_KEY_AND_TEXT = re.compile(r"^(\s*(?:- )?[\w-]+:\s+)(.*\S)\s*$")
INNER_QUOTE = re.compile(r"^(\s*(?:- )?[\w-]+:\s+)(['\"])(.+)\2\s*$")


def inner_quote(match: re.Match[str], line: int, column: int, path: str) -> Problem:
    """Tell a quote inside quoted text, which ends it there."""
    text, mark = match[3], match[2]
    other = '"' if mark == "'" else "'"
    written = f"{other}{text}{other}" if other not in text else f"{mark}{text.replace(mark, mark * 2)}{mark}"
    certain = other not in text and "\\" not in text
    return Problem.of(
        place_at(path, line, min(column, match.end(3)) - 1, 1),
        QUOTE_INSIDE,
        msg("The quote {mark} inside the text ends it here", mark=mark),
        f"{match[1].strip()} {written}" if mark == "'" or certain else msg("put the text in single quotes"),
        fix=Fix(Position(path, line + 1, match.start(2) + 1, match.end(3) + 2), written) if certain else None,
    )


def backslash(line: int, column: int, path: str) -> Problem:
    """Tell a backslash in double quotes that means nothing to YAML."""
    return Problem.of(
        place_at(path, line, column, 2),
        BACKSLASH,
        msg("In double quotes a backslash means something else"),
        msg("use single quotes: '…'"),
    )


def unclosed_quote(lines: list[str], line: int, column: int, path: str) -> Problem:
    """Tell a quote that nothing closes."""
    opened = lines[line][column : column + 1]
    shown = lines[line].rstrip()
    mended = f"{shown.strip()}{opened}"
    end = Position(path, line + 1, len(shown) + 1, len(lines[line]) + 1)
    return Problem.of(
        place_at(path, line, column, 1),
        UNCLOSED_QUOTE,
        msg("The quote {opened} that opens here is not closed", opened=opened),
        mended,
        offers=(Offer((Fix(end, opened),), mended),),
        advice=msg("write {opened} at its end, too", opened=opened),
    )


def odd_start(shown: str, line: int, column: int, path: str) -> Problem:
    """Tell a text that begins with a character that YAML keeps for itself."""
    character = shown[column : column + 1]
    return Problem.of(
        place_at(path, line, column, 1),
        ODD_START,
        msg("A text cannot begin with “{character}” unless it stands in quotes", character=character),
        in_quotes(shown),
        fix=quoting(shown, line, path),
        advice=msg("put the text in quotes"),
    )


def second_colon(shown: str, line: int, column: int, path: str) -> Problem | None:
    """Tell a colon in the text behind a key; None where none stands there."""
    match = _KEY_AND_TEXT.match(shown)
    if match is None or column < match.end(1):
        return None
    return Problem.of(
        place_at(path, line, column, 1),
        SECOND_COLON,
        msg("A second colon in the line would begin a key: the text must stand in quotes"),
        in_quotes(shown),
        fix=quoting(shown, line, path),
        offers=quoting_or_block(shown, line, path),
        advice=msg("put the text in quotes"),
    )


def in_quotes(shown: str) -> str | None:
    """Return a line with its value in quotes."""
    match = _KEY_AND_TEXT.match(shown)
    if match is None or _holds_brackets(match[2]):
        return msg("put the text in quotes")
    value = match[2]
    around = {value[0], *PAIRS.get(value[0], "")}
    if value[0] in PAIRS and value[-1] in PAIRS[value[0]] and not around & set(value[1:-1]):
        value = value[1:-1].strip()
    mark = '"' if '"' not in value and "\\" not in value else "'"
    return f"{match[1].strip()} {mark}{value.replace(mark, mark * 2) if mark == chr(39) else value}{mark}"


def _holds_brackets(value: str) -> bool:
    """Return whether a value is written between brackets, or one of the two is lost: it is no text to be put in quotes."""
    return value.startswith(("{", "[")) or (value.endswith(("}", "]")) and not re.search(r"[{\[]", value))


def quoting(shown: str, line: int, path: str) -> Fix | None:
    """Return the fix that puts the value of a line in quotes; a comment behind it makes that uncertain."""
    match, mended = _KEY_AND_TEXT.match(shown), in_quotes(shown)
    if match is None or mended is None or " #" in match[2] or _holds_brackets(match[2]):
        return None
    place = Position(path, line + 1, match.start(2) + 1, match.end(2) + 1)
    return Fix(place, mended[len(match[1].strip()) + 1 :])


def quoting_or_block(shown: str, line: int, path: str) -> tuple[Offer, ...]:
    """Return the mends that put the value of a line in quotes; or in a block, where it goes on in the lines below."""
    fix, mended, match = quoting(shown, line, path), in_quotes(shown), _KEY_AND_TEXT.match(shown)
    if fix is None or mended is None or match is None:
        return ()
    lead = re.match(r"\s*(?:-\s+)*", shown)
    blank = " " * ((lead.end() if lead else 0) + 2)
    block = Fix(fix.position, f"|\n{blank}{match[2]}")
    return Offer((fix,), mended), Offer((block,), f"{match[1].strip()} |\n{blank}{match[2]}")
