"""A line that is to be written → where it would be put."""

from collections.abc import Iterator
from dataclasses import dataclass

from coopcal.definitions.source.node import Listing, Mapping, Node, Scalar
from coopcal.definitions.source.parse import parse
from coopcal.model.problem import Fix, Offer, Position

_OPEN, _CLOSE = "[{", "]}"


@dataclass(frozen=True, slots=True)
class _Line:
    key: str
    value: str


def placed(written: str, position: Position, text: str) -> tuple[Offer, ...]:
    """Return where a line “key: value” may be put for a problem at a place, the likelier first.

    In place of the key's value in what stands around; else in place of what is told of, if it stands under another key;
    else as a key of it; else as one of what stands in it.
    """
    line = _line(written)
    root, _ = parse(text, position.path)
    if line is None or root is None:
        return ()
    lines = text.split("\n")
    around = [node for node in _around(root, position) if isinstance(node, Mapping)]
    below = list(_mappings(around[-1]))[1:] if around else []
    edits = [_replaced(node, line, lines) for node in (*reversed(around), *below)]
    edits += [_renamed(node, line, position, lines) for node in around[-1:]]
    edits += [_added(node, line, lines) for node in (*reversed(around[-1:]), *below)]
    return tuple(Offer((edit,), written) for edit in dict.fromkeys(edits) if edit is not None)


def _line(written: str) -> _Line | None:
    node, problems = parse(written, "")
    if (
        problems
        or not isinstance(node, Mapping)
        or len(node.entries) != 1
        or "…" in written
        or "\n" in written
    ):
        return None
    name = node.entries[0][0]
    return _Line(name.text, written[name.position.end_column :].lstrip())


def _around(node: Node, position: Position) -> list[Node]:
    """Return the nodes that a place is in, the outermost first."""
    if isinstance(node, Scalar):
        inside = (
            node.position.line == position.line
            and node.position.column <= position.column < node.position.end_column
        )
        return [node] if inside else []
    for child in _children(node):
        if inner := _around(child, position):
            return [node, *inner]
    starts = (position.line, position.column) in ((node.position.line, node.position.column), (1, 1))
    return [node] if starts else []


def _children(node: Node) -> Iterator[Node]:
    match node:
        case Mapping(entries):
            for name, value in entries:
                yield name
                yield value
        case Listing(items):
            yield from items


def _mappings(node: Node) -> Iterator[Mapping]:
    if isinstance(node, Mapping):
        yield node
    for child in _children(node):
        yield from _mappings(child)


def _replaced(node: Mapping, line: _Line, lines: list[str]) -> Fix | None:
    value = node.get(line.key)
    if value is None:
        return None
    place = value.position
    if isinstance(value, Scalar):
        if not value.text and value.plain:
            return Fix(Position(place.path, place.line, place.column, place.column), f" {line.value}")
        written = lines[place.line - 1][place.column - 1 : place.end_column - 1]
        return Fix(place, line.value) if len(written) >= len(value.text) and "\n" not in value.text else None
    shown = lines[place.line - 1]
    named = node.key(line.key)
    begins = _OPEN.find(shown[place.column - 1])
    start = place.column - 1
    if isinstance(value, Mapping) and named is not None:
        start = shown.find("{", named.position.end_column - 1)
        begins = 1 if named.position.line == place.line and 0 <= start < place.column else -1
    end = _closing(shown, start) if begins >= 0 else None
    return Fix(Position(place.path, place.line, start + 1, end + 1), line.value) if end else None


def _renamed(node: Mapping, line: _Line, position: Position, lines: list[str]) -> Fix | None:
    """Write the line in place of the key and the text that a problem is told of."""
    for name, value in node.entries:
        place = name.position
        is_told = isinstance(value, Scalar) and value.position.line == position.line == place.line
        if (
            is_told
            and value.position.column <= position.column < value.position.end_column
            and name.text != line.key
        ):
            end = value.position.end_column
            written = lines[place.line - 1][place.column - 1 : end - 1]
            if node.get(line.key) is None and len(written) >= len(name.text):
                return Fix(Position(place.path, place.line, place.column, end), f"{line.key}: {line.value}")
    return None


def _closing(shown: str, start: int) -> int | None:
    """Return the column behind the bracket that closes the one at a column, on the same line."""
    depth, quote = 0, ""
    for at in range(start, len(shown)):
        character = shown[at]
        if quote:
            quote = "" if character == quote else quote
        elif character in "\"'" and shown[at - 1] in " ,:[{":
            quote = character
        elif character in _OPEN:
            depth += 1
        elif character in _CLOSE:
            depth -= 1
            if not depth:
                return at + 1
    return None


def _added(node: Mapping, line: _Line, lines: list[str]) -> Fix | None:
    if node.get(line.key) is not None or not node.entries:
        return None
    place = node.entries[0][0].position
    before = lines[place.line - 1][: place.column - 1]
    here = Position(place.path, place.line, place.column, place.column)
    if not before.strip(" -"):
        return Fix(here, f"{line.key}: {line.value}\n{' ' * len(before)}")
    return Fix(here, f"{line.key}: {line.value}, ")
