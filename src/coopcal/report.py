"""Problems as people, editors and CI read them."""

import json
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Literal

from coopcal.model.problem import Problem, Severity

Style = Literal["text", "json", "github"]

WIDEST = 100
"""Columns of a source line that are shown."""

_COLOURS = {Severity.ERROR: "\033[31;1m", Severity.WARNING: "\033[33;1m", Severity.NOTE: "\033[36;1m"}
_DIM, _OFF = "\033[2m", "\033[0m"


def render(
    problems: Iterable[Problem], texts: Mapping[str, str], style: Style, *, colour: bool = False
) -> str:
    """Give problems as a text that ends with a line end; "" where there are none (JSON: an empty list)."""
    listed = list(problems)
    if style == "json":
        return json.dumps([_as_json(problem) for problem in listed], ensure_ascii=False, indent=2) + "\n"
    if style == "github":
        return "".join(_annotation(problem) for problem in listed)
    if not listed:
        return ""
    lines = {path: text.split("\n") for path, text in texts.items()}
    shown = "\n".join(_block(problem, lines.get(problem.place.path, []), colour=colour) for problem in listed)
    return f"{shown}\n{_count(listed)}\n"


def _as_json(problem: Problem) -> dict[str, str | int | None]:
    return {
        "path": problem.place.path,
        "line": problem.place.line,
        "column": problem.place.column,
        "end_column": problem.place.end_column,
        "severity": problem.severity.value,
        "code": problem.code,
        "message": problem.message,
        "mend": problem.mend,
    }


def _annotation(problem: Problem) -> str:
    place = problem.place
    kind = "notice" if problem.severity is Severity.NOTE else problem.severity.value
    said = problem.message + (f"\nmend: {problem.mend}" if problem.mend else "")
    properties = {
        "file": place.path,
        "line": place.line,
        "col": place.column,
        "endColumn": place.end_column,
        "title": problem.code,
    }
    listed = ",".join(f"{name}={_escaped(str(value), properties=True)}" for name, value in properties.items())
    return f"::{kind} {listed}::{_escaped(said)}\n"


def _escaped(text: str, *, properties: bool = False) -> str:
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return text.replace(":", "%3A").replace(",", "%2C") if properties else text


def _block(problem: Problem, lines: list[str], *, colour: bool) -> str:
    place = problem.place
    severity = f"{_COLOURS[problem.severity]}{problem.severity}{_OFF}" if colour else problem.severity.value
    said = [
        f"{_visible(place.path)}:{place.line}:{place.column}: {severity}: {_visible(problem.message)} [{problem.code}]"
    ]
    if place.line <= len(lines) and lines[place.line - 1].strip():
        source, caret = _excerpt(lines[place.line - 1], place.column - 1, place.end_column - 1)
        said.append(f"  {source}")
        said.append(f"  {_COLOURS[problem.severity]}{caret}{_OFF}" if colour else f"  {caret}")
    if problem.mend:
        mend = _visible(problem.mend)
        said.append(f"  {_DIM}mend:{_OFF} {mend}" if colour else f"  mend: {mend}")
    return "\n".join(said) + "\n"


def _excerpt(line: str, start: int, end: int) -> tuple[str, str]:
    """Give the part of a line around a stretch, and carets under the stretch, by display width."""
    start = min(start, len(line))
    end = min(max(end, start + 1), max(len(line), start + 1))
    first = max(0, min(start - WIDEST // 3, len(line) - WIDEST)) if len(line) > WIDEST else 0
    shown = line[first : first + WIDEST]
    before, under = line[first:start], line[start : min(end, first + WIDEST)]
    lead = "…" if first else ""
    trail = "…" if first + WIDEST < len(line) else ""
    caret = " " * (len(lead) + _width(before)) + "^" * max(_width(under), 1)
    return f"{lead}{_visible(shown)}{trail}", caret


def _visible(text: str) -> str:
    """Give a text with tabs as one blank and control characters as a mark."""
    if text.isprintable():
        return text
    return "".join(
        " "
        if each in "\t\xa0\u202f"
        else "\N{REPLACEMENT CHARACTER}"
        if unicodedata.category(each) in ("Cc", "Cf", "Zl", "Zp")
        else each
        for each in text
    )


def _width(text: str) -> int:
    """Give the columns that a text takes on a terminal: wide characters take two, combining ones none."""
    return sum(
        0 if unicodedata.combining(each) else 2 if unicodedata.east_asian_width(each) in "WF" else 1
        for each in text
    )


def _count(problems: list[Problem]) -> str:
    parts = []
    for severity in Severity:
        number = sum(problem.severity is severity for problem in problems)
        if number:
            parts.append(f"{number} {severity.value}{'s' if number > 1 else ''}")
    files = len({problem.place.path for problem in problems})
    return f"{', '.join(parts)} in {files} file{'s' if files > 1 else ''}"
