"""What else may be wrong with a file that cannot be read: each guess with its mend, to be tried."""

import re
from collections.abc import Iterator
from itertools import islice

from coopcal.compile.codes import NO_DASH
from coopcal.compile.mends.braces import in_braces
from coopcal.definitions.codes.syntax import INDENTATION, NO_COLON, ODD_START, TAB
from coopcal.definitions.source.syntax.indentation import blanks
from coopcal.definitions.source.traps import quoted
from coopcal.model.message import msg
from coopcal.model.problem import Fix, Offer, Position, Problem

_KEY = re.compile(r"[ ]*(?:-[ ]+)*[^\s#'\"\-{}\[\],&*!|>%@`][^#:]*?:(?:\s|$)")
_SMALL_KEY = re.compile(r"[ ]*[a-z_]+:(?:\s|$)")
"""A key as they are in files: a word in small letters."""

_LONGEST_RUN = 60
"""Lines of one text that may be indented at once."""


def repairs(problem: Problem, lines: list[str]) -> Iterator[Problem]:
    """Return what may be wrong at the line of a problem, or at the one above it, the likelier first."""
    path, number = problem.position.path, problem.position.line
    for line in (number, number - 1, number + 1):
        if 1 <= line <= len(lines):
            yield from in_braces(path, line, lines[line - 1])
    for line in (number, number - 1):
        if 1 <= line <= len(lines) and lines[line - 1].strip():
            yield from _without_tabs(path, line, lines)
            yield from _with_colon(path, line, lines[line - 1])
            yield from _in_quotes(path, line, lines[line - 1])
            yield from _with_dash(path, line, lines)
            yield from _text_goes_on(path, line, lines)
            yield from islice(_shifted(path, line, lines), 6)


def _without_tabs(path: str, number: int, lines: list[str]) -> Iterator[Problem]:
    """All lines that begin with tabs, in blanks: two for each, four, or as many as fit the line above."""
    led = [
        (at, line[: len(line) - len(line.lstrip())])
        for at, line in enumerate(lines, 1)
        if "\t" in line[: len(line) - len(line.lstrip())]
    ]
    if number not in (at for at, _ in led):
        return
    lead = dict(led)[number]
    place = Position(path, number, lead.index("\t") + 1, lead.index("\t") + 2)
    for width in (2, 4, 1, 3, 6):
        edits = tuple(
            Fix(Position(path, at, 1, len(lead) + 1), lead.replace("\t", " " * width)) for at, lead in led
        )
        yield Problem.of(
            place,
            TAB,
            msg("A tab stands at the beginning of the line, and YAML wants blanks"),
            _shown(edits, number, lines),
            offers=(Offer(edits, _shown(edits, number, lines)),),
        )


def _shown(edits: tuple[Fix, ...], number: int, lines: list[str]) -> str:
    edit = next(fix for fix in edits if fix.position.line == number)
    return edit.text + lines[number - 1][edit.position.end_column - 1 :]


def _with_colon(path: str, number: int, line: str) -> Iterator[Problem]:
    """A colon lost before brackets."""
    match = re.match(r"(\s*(?:- +)*[\w-]+)\s+([{\[].*)$", line)
    if match is None:
        return
    mended = f"{match[1].strip()}: {match[2]}"
    edit = Fix(Position(path, number, match.end(1) + 1, match.end(1) + 1), ":")
    yield Problem.of(
        Position(path, number, match.end(1) + 1, match.end(1) + 2),
        NO_COLON,
        msg(
            "A colon is missing: each line is “key: value”, or goes on with the text above, indented further"
        ),
        mended,
        offers=(Offer((edit,), mended),),
    )


def _in_quotes(path: str, number: int, line: str) -> Iterator[Problem]:
    """A text that begins with a sign that YAML takes for its own."""
    match = re.match(r"(\s*(?:- +)*[\w-]+:\s+|\s*(?:- +)+)([@`%&*!|>].*\S)\s*$", line)
    if match is None or re.fullmatch(r"[|>][+-]?\d?", match[2]):
        return
    text = quoted(match[2])
    mended = f"{match[1].strip()} {text}"
    edit = Fix(Position(path, number, match.start(2) + 1, match.end(2) + 1), text)
    yield Problem.of(
        Position(path, number, match.start(2) + 1, match.start(2) + 2),
        ODD_START,
        msg("A text cannot begin with “{character}” unless it stands in quotes", character=match[2][0]),
        mended,
        fix=edit,
        offers=(Offer((edit,), mended),),
    )


def _with_dash(path: str, number: int, lines: list[str]) -> Iterator[Problem]:
    """A dash before a key, where the items of a list above begin with one."""
    shown = lines[number - 1]
    begins = len(shown) - len(shown.lstrip(" "))
    if not _KEY.match(shown) or shown.lstrip().startswith("-"):
        return
    dashes = []
    for above in reversed(lines[: number - 1]):
        match = re.match(r"( *)- ", above)
        if match and len(match[1]) <= begins and len(match[1]) not in dashes:
            dashes.append(len(match[1]))
    for column in dashes[:2]:
        line = f"{' ' * column}- {shown.lstrip()}"
        edit = Fix(Position(path, number, 1, begins + 1), f"{' ' * column}- ")
        yield Problem.of(
            Position(path, number, begins + 1, len(shown.rstrip()) + 1),
            NO_DASH,
            msg("A dash is missing: each item of a list begins with one"),
            line,
            offers=(Offer((edit,), line),),
        )


def _text_goes_on(path: str, number: int, lines: list[str]) -> Iterator[Problem]:
    """Lines of a text that are not indented under its key."""
    first = number
    while first > 1 and (not lines[first - 1].strip() or not _KEY.match(lines[first - 1])):
        first -= 1
    if first == number or not _KEY.match(lines[first - 1]):
        return
    key = lines[first - 1]
    inner = re.match(r"[ ]*(?:-[ ]+)*", key)
    column = (inner.end() if inner else 0) + 2
    shown = lines[number - 1].strip()
    bar = re.search(r":[ ]*$", key.rstrip())
    behind = len(key.rstrip()) + 1
    mark = [(), (Fix(Position(path, first, behind, behind), " |"),)] if bar else [()]
    runs = [_run(lines, first, number, column, beyond=beyond) for beyond in (False, True)]
    runs.append(_run(lines, first, number, column, beyond=False, ends=_SMALL_KEY))
    for run in [run for at, run in enumerate(runs) if run not in runs[:at]]:
        if number not in run:
            continue
        edits = tuple(Fix(Position(path, at, 1, _lead(lines[at - 1]) + 1), " " * column) for at in run)
        for with_mark in mark:
            yield Problem.of(
                Position(path, number, _lead(lines[number - 1]) + 1, len(lines[number - 1].rstrip()) + 1),
                NO_COLON,
                msg(
                    "A colon is missing: each line is “key: value”, or goes on with the text above, indented further"
                ),
                " " * column + shown,
                offers=(Offer((*with_mark, *edits), " " * column + shown),),
            )


def _run(
    lines: list[str],
    first: int,
    number: int,
    column: int,
    *,
    beyond: bool,
    ends: re.Pattern[str] | None = None,
) -> list[int]:
    """Return the lines below a key that are indented too little; ``beyond`` what looks like a key in a text, too.

    ``ends`` is what a key looks like that ends the text.
    """
    run = []
    for at in range(first + 1, min(len(lines), first + _LONGEST_RUN) + 1):
        line = lines[at - 1]
        if not line.strip():
            continue
        lead = _lead(line)
        is_key = (ends or _KEY).match(line) and at > number
        if (is_key and not (beyond and lead < column - 2)) or re.match(r"\s*- [\w-]+:(\s|$)", line):
            break
        if lead < column:
            run.append(at)
    return run


def _lead(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _shifted(path: str, number: int, lines: list[str]) -> Iterator[Problem]:
    """A line, or it and all that is indented as far below it, in a column in which keys or dashes around it begin."""
    shown = lines[number - 1]
    begins = len(shown) - len(shown.lstrip(" "))
    if not (_KEY.match(shown) or shown.lstrip().startswith("- ")):
        return
    columns: list[int] = []
    around = (
        *range(number - 1, max(number - 40, 0), -1),
        *range(number + 1, min(number + 40, len(lines) + 1)),
    )
    for at in around:
        line = lines[at - 1]
        if _KEY.match(line) or line.lstrip().startswith("- "):
            lead = re.match(r"( *)((?:- +)*)", line)
            assert lead is not None, "it matches anything"
            columns += [len(lead[1]), len(lead[1]) + len(lead[2])]
    below = [number]
    for at in range(number + 1, len(lines) + 1):
        line = lines[at - 1]
        if line.strip() and len(line) - len(line.lstrip(" ")) < begins:
            break
        below.append(at)
    nearest = sorted(dict.fromkeys(columns), key=lambda column: (abs(column - begins), columns.index(column)))
    for column in nearest[:3]:
        if column == begins:
            continue
        for moved in ([number], below) if len(below) > 1 else ([number],):
            edits = tuple(
                _moved(path, at, lines[at - 1], column - begins) for at in moved if lines[at - 1].strip()
            )
            line = " " * column + shown.strip()
            yield Problem.of(
                Position(path, number, begins + 1, len(shown.rstrip()) + 1),
                INDENTATION,
                msg(
                    "The line begins with {begins}, and those around it with {fitting}",
                    begins=blanks(begins),
                    fitting=blanks(column),
                ),
                line,
                fix=edits[0] if len(edits) == 1 and abs(column - begins) == 1 else None,
                offers=(Offer(edits, line),),
            )


def _moved(path: str, number: int, line: str, by: int) -> Fix:
    lead = len(line) - len(line.lstrip(" "))
    return Fix(Position(path, number, 1, lead + 1), " " * max(lead + by, 0))
