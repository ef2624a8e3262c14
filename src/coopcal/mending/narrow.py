"""A file with one of its events alone, the lines of all others left blank: quick to read, and every line in its place."""

from coopcal.source.node import Listing, Mapping
from coopcal.source.parse import parse

SHORT = 6_000
"""Characters of a file that is read as it is."""


def narrowed(text: str, line: int | None) -> str:
    """Return a text in which all events but the one that a line is in are blank; all of them without a line.

    A short file, and one that cannot be read, is left as it is.
    """
    if len(text) <= SHORT:
        return text
    root, _ = parse(text, "")
    if not isinstance(root, Mapping):
        return text
    named, listed = root.key("events"), root.get("events")
    if named is None or not isinstance(listed, Listing) or not listed.items:
        return text
    lines = text.split("\n")
    begins = [_dash_line(lines, item.place.line) for item in listed.items]
    if sorted(set(begins)) != begins or begins[0] == named.place.line:
        return text
    end = min(
        (name.place.line for name, _ in root.entries if name.place.line > begins[-1]), default=len(lines) + 1
    )
    for first, behind in zip(begins, [*begins[1:], end], strict=True):
        if line is None or not first <= line < behind:
            lines[first - 1 : behind - 1] = [""] * (behind - first)
    return "\n".join(lines)


def _dash_line(lines: list[str], number: int) -> int:
    """Give the number of the line with the dash of an item."""
    while number > 1 and not lines[number - 1].lstrip(" ").startswith("-"):
        number -= 1
    return number
