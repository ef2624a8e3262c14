"""A file with one of its events alone, the lines of all others left blank: quick to read, and every line in its place."""

from bisect import bisect

from coopcal.definitions.source.node import Listing, Mapping, Node

SHORT = 6_000
"""Characters of a file that is read as it is."""


class Narrow:
    """A text that may be given with one of its events alone; a short one, and one that cannot be read, stays whole."""

    def __init__(self, text: str, root: Node | None) -> None:
        """Find where its events begin and end; ``root`` is what it holds, None where it stays whole."""
        self._text = text
        self._lines = text.split("\n")
        self._events = _events(root, self._lines)
        self._bare = list(self._lines)
        for first, behind in self._events:
            self._bare[first - 1 : behind - 1] = [""] * (behind - first)

    def around(self, line: int | None) -> str:
        """Return the text in which all events but the one that a line is in are blank; all of them without a line."""
        if not self._events:
            return self._text
        lines = self._bare
        at = bisect([first for first, _ in self._events], line or 0) - 1
        if line is not None and at >= 0 and line < self._events[at][1]:
            first, behind = self._events[at]
            lines = [*lines[: first - 1], *self._lines[first - 1 : behind - 1]]
        return "\n".join(lines).rstrip("\n") + "\n"


def _events(root: Node | None, lines: list[str]) -> list[tuple[int, int]]:
    """Return the first line of each event, and the one behind its last."""
    if not isinstance(root, Mapping):
        return []
    named, listed = root.key("events"), root.get("events")
    if named is None or not isinstance(listed, Listing) or not listed.items:
        return []
    begins = [_dash_line(lines, item.position.line) for item in listed.items]
    if sorted(set(begins)) != begins or begins[0] == named.position.line:
        return []
    later = [name.position.line for name, _ in root.entries if name.position.line > begins[-1]]
    return list(zip(begins, [*begins[1:], min(later, default=len(lines) + 1)], strict=True))


def _dash_line(lines: list[str], number: int) -> int:
    """Return the number of the line with the dash of an item."""
    while number > 1 and not lines[number - 1].lstrip(" ").startswith("-"):
        number -= 1
    return number
