"""Problems as people, editors and CI read them."""

import json
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

from coopcal.definitions.codes.tokens import PERSONAL_LABEL
from coopcal.model.message import Message, msg, plural
from coopcal.model.message import listed as enumerated
from coopcal.model.problem import SAID, Fix, Position, Problem, Rename, Severity
from coopcal.text.messages import say

Style = Literal["text", "json", "github"]

WIDEST = 100
"""Columns of a source line that are shown."""

AROUND = 1000
"""Characters before and behind a place in a line that are looked at."""

BEFORE = 30
"""Columns that are shown before the stretch, where a line is too long to be shown from its beginning."""

UNQUOTED = frozenset((PERSONAL_LABEL,))
"""Codes of problems whose line is not shown: it holds what should not have been written."""

MEND = msg("mend:")

_COLOURS = {Severity.ERROR: "\033[31;1m", Severity.WARNING: "\033[33;1m", Severity.NOTE: "\033[36;1m"}
_BOLD, _DIM, _OFF = "\033[1m", "\033[2m", "\033[0m"


def render(
    problems: Iterable[Problem],
    texts: Mapping[str, str],
    style: Style,
    *,
    colour: bool = False,
    language: str = "en",
) -> str:
    """Return problems as a text that ends with a line end; "" where there are none (JSON: an empty list).

    ``texts`` holds the files' texts by path, for the lines that are shown. JSON, which programs read, is in English
    whatever the ``language``.
    """
    listed = list(problems)
    if style == "json":
        return json.dumps([_as_json(problem) for problem in listed], ensure_ascii=False, indent=2) + "\n"
    if style == "github":
        return "".join(_annotation(problem, language) for problem in listed)
    if not listed:
        return ""
    paths = {problem.position.path for problem in listed}
    lines = {path: text.split("\n") for path, text in texts.items() if path in paths}
    shown = "\n".join(
        _block(problem, lines.get(problem.position.path, []), language, colour=colour) for problem in listed
    )
    return f"{shown}\n{say(_count(listed), language)}\n"


def _as_json(problem: Problem) -> dict[str, Any]:
    return {
        "path": problem.position.path,
        "line": problem.position.line,
        "column": problem.position.column,
        "end_column": problem.position.end_column,
        "severity": problem.severity.value,
        "code": problem.code,
        "message": problem.message,
        "mend": problem.mend,
        "fix": _fix_as_json(problem.fix),
    }


def _fix_as_json(fix: Fix | Rename | None) -> dict[str, str | int] | None:
    """Return what is to be written in place of which columns of the line, or the name to give the file."""
    match fix:
        case Fix(place, text):
            return {"line": place.line, "column": place.column, "end_column": place.end_column, "text": text}
        case Rename(_, name):
            return {"rename": name}
        case None:
            return None


def _annotation(problem: Problem, language: str) -> str:
    """Return a workflow command; GitHub counts ``endColumn`` as the last column of the stretch."""
    place = problem.position
    kind = "notice" if problem.severity is Severity.NOTE else problem.severity.value
    text = say(problem.message, language)
    if problem.mend:
        text += f"\n{say(MEND, language)} {say(problem.mend, language)}"
    properties = {
        "file": place.path,
        "line": place.line,
        "col": place.column,
        "endColumn": max(place.end_column - 1, place.column),
        "title": problem.code,
    }
    listed = ",".join(f"{name}={_escaped(str(value), properties=True)}" for name, value in properties.items())
    return f"::{kind} {listed}::{_escaped(text)}\n"


def _escaped(text: str, *, properties: bool = False) -> str:
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return text.replace(":", "%3A").replace(",", "%2C") if properties else text


def _block(problem: Problem, lines: list[str], language: str, *, colour: bool) -> str:
    bold, dim, off = (_BOLD, _DIM, _OFF) if colour else ("", "", "")
    marked = _COLOURS[problem.severity] if colour else ""
    place = problem.position
    where = f"{bold}{visible(place.path)}:{place.line}:{place.column}:{off}"
    severity = say(SAID[problem.severity], language)
    message = visible(say(problem.message, language))
    block = [f"{where} {marked}{severity}{off} {message} {dim}[{problem.code}]{off}"]
    source, caret = quoted(problem, lines)
    if source:
        block += [f"  {source}", f"  {caret[0]}{marked}{caret[1]}{off}"]
    mend = say(problem.mend or "", language)
    block += [f"  {dim}{say(MEND, language)}{off} {visible(line)}" for line in mend.splitlines()]
    return "\n".join(block) + "\n"


def quoted(problem: Problem, lines: Sequence[str]) -> tuple[str, tuple[str, str]]:
    """Return the excerpt that is shown of a problem; none of what is personal, as logs would keep it."""
    return ("", ("", "")) if problem.code in UNQUOTED else excerpt(lines, problem.position)


def excerpt(lines: Sequence[str], position: Position) -> tuple[str, tuple[str, str]]:
    """Return the part of a line around a stretch; and the blanks before the carets under it, and the carets.

    All are empty where there is no such line, and of one that is blank.
    Carets stand by what a terminal shows: wide characters (UAX 11) take two columns, combining ones none.
    """
    full_line = lines[position.line - 1].rstrip() if position.line <= len(lines) else ""
    if not full_line:
        return "", ("", "")
    cut = min(max(position.column - 1 - AROUND, 0), len(full_line))
    line = full_line[cut : cut + 2 * AROUND]
    start = min(position.column - 1 - cut, len(line))
    end = min(max(position.end_column - 1 - cut, start + 1), max(len(line), start + 1))
    shown = [visible(character) for character in line]
    ends = [0]
    for character, made in zip(line, shown, strict=True):
        ends.append(ends[-1] + _width(character, made))
    first, last = 0, len(line)
    if ends[-1] > WIDEST:
        if ends[min(end, len(line))] > WIDEST:
            least = min(ends[start] - BEFORE, ends[-1] - WIDEST)
            first = next(number for number in range(start + 1) if ends[number] >= least or number == start)
            while first < start and ends[first + 1] == ends[first]:
                first += 1
        last = max(number for number in range(first, len(line) + 1) if ends[number] - ends[first] <= WIDEST)
    lead, trail = "…" * (cut + first > 0), "…" * (cut + last < len(full_line))
    width = ends[max(min(end, last), start)] - ends[start] if start < len(line) else 1
    blanks = " " * (len(lead) + ends[start] - ends[first])
    return f"{lead}{''.join(shown[first:last])}{trail}", (blanks, "^" * max(width, 1))


def visible(text: str) -> str:
    """Return a text with tabs as one blank, and as ``<U+202E>`` what would be invisible or steer a terminal."""
    if text.isprintable():
        return text
    return "".join(_made_visible(character) for character in text)


def _made_visible(character: str) -> str:
    if character in "\t\xa0\u202f\u2007\u3000":
        return " "
    if character in "\r\n":
        return "↵"
    if character.isprintable() or unicodedata.category(character) == "Zs" or character in "\u200c\u200d":
        return character
    return f"<U+{ord(character):04X}>"


def _width(character: str, shown: str) -> int:
    """Return the columns that a character takes on a terminal."""
    if len(shown) > 1:
        return len(shown)
    if character in "\u200c\u200d" or unicodedata.category(character) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(shown) in "WF" else 1


def _count(problems: list[Problem]) -> Message:
    severities = [problem.severity for problem in problems]
    counts = [
        plural("{count} error", "{count} errors", severities.count(Severity.ERROR)),
        plural("{count} warning", "{count} warnings", severities.count(Severity.WARNING)),
        plural("{count} note", "{count} notes", severities.count(Severity.NOTE)),
    ]
    files = len({problem.position.path for problem in problems})
    return plural(
        "{problems} in {count} file",
        "{problems} in {count} files",
        files,
        problems=enumerated([count for count in counts if count.values["count"]]),
    )
