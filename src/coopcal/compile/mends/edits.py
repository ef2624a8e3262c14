"""Edits put into the text of a file."""

import re
from collections.abc import Iterable

from coopcal.model.problem import Fix

_LINE = re.compile("[^\r\n]*(?:\r\n|\r|\n|$)")
_MARK = "\ufeff"


def written(text: str, edits: Iterable[Fix]) -> str:
    """Return a file with stretches of lines replaced; its mark and its line ends are left alone."""
    mark = _MARK if text.startswith(_MARK) else ""
    lines = _LINE.findall(text.removeprefix(_MARK))
    line_end = re.search("\r\n|\r|\n", text)
    broken = line_end[0] if line_end else "\n"
    for fix in sorted(edits, key=lambda edit: edit.position, reverse=True):
        place = fix.position
        line = lines[place.line - 1]
        lines[place.line - 1] = (
            line[: place.column - 1] + fix.text.replace("\n", broken) + line[place.end_column - 1 :]
        )
    return mark + "".join(lines)
