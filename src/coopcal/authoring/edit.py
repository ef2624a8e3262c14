"""Edits of a source file: lines put in or replaced, every other byte as it was."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coopcal.authoring.text import STEP, Value, block, flow_entry, item, same
from coopcal.definitions.source.node import Listing, Node, Scalar
from coopcal.definitions.source.node import Mapping as Keys
from coopcal.definitions.source.parse import parse
from coopcal.model.message import msg
from coopcal.model.problem import Position

_LINE = re.compile("[^\r\n]*(?:\r\n|\r|\n|$)")
_EVENTS = "events"


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a file is not edited, in a sentence without a full stop, and where."""

    position: Position
    message: str


class Source:
    """A file to be edited: its lines, each with the line end that it has, and its nodes."""

    def __init__(self, path: str, text: str, root: Keys) -> None:
        """Take a file that could be read (see ``source_of``)."""
        self.path = path
        self.root = root
        self._mark = "\ufeff" if text.startswith("\ufeff") else ""
        self._lines: list[str] = [line for line in _LINE.findall(text.removeprefix("\ufeff")) if line]
        ends = [line[len(line.rstrip("\r\n")) :] for line in self._lines]
        self._end = max(("\n", "\r\n", "\r"), key=ends.count)

    @property
    def text(self) -> str:
        """The whole file."""
        return self._mark + "".join(self._lines)

    @property
    def base(self) -> int:
        """The blanks before the file's own keys; usually none."""
        return self.root.position.column - 1

    def line(self, number: int) -> str:
        """Return a line (from 1) without its end."""
        return self._lines[number - 1].rstrip("\r\n")

    @property
    def length(self) -> int:
        """How many lines there are."""
        return len(self._lines)

    def with_lines(self, first: int, last: int, lines: Sequence[str]) -> str:
        """Return the file with the lines from ``first`` up to, not including, ``last`` (from 1) replaced."""
        return self.with_pieces([(first, last, lines)])

    def with_pieces(self, pieces: Sequence[tuple[int, int, Sequence[str]]]) -> str:
        """Return the file with several stretches of lines replaced, none of which reaches into the next."""
        replaced: list[str] = []
        at = 1
        for first, last, lines in pieces:
            replaced += self._lines[at - 1 : first - 1]
            if replaced and lines and not replaced[-1].endswith(("\r", "\n")):
                replaced[-1] += self._end
            replaced += [line + self._end for line in lines]
            at = last
        return self._mark + "".join((*replaced, *self._lines[at - 1 :]))

    def end_of(self, key: str) -> int:
        """Return the number of the line behind all that stands under a key of the file."""
        later = [
            name.position.line for name, _ in self.root.entries if name.position.line > self._line_of(key)
        ]
        return self.behind(self._line_of(key), min(later, default=self.length + 1), self.base)

    def behind(self, first: int, before: int, indent: int) -> int:
        """Return the line behind what starts in line ``first``, without blank lines and comments that lead to ``before``.

        A comment that is indented more than ``indent`` blanks belongs to what stands above it.
        """
        end = before
        while end - 1 > first:
            line = self.line(end - 1)
            led = line.lstrip(" ")
            if led.strip() and not (led.startswith("#") and len(line) - len(led) <= indent):
                break
            end -= 1
        return end

    def _line_of(self, key: str) -> int:
        named = self.root.key(key)
        assert named is not None, "the key is there"
        return named.position.line


def source_of(path: str, text: str) -> Source | Refusal:
    """Read a file for editing; one that cannot be read, or is written between brackets, is refused."""
    root, problems = parse(re.sub("\r\n|\r", "\n", text.removeprefix("\ufeff")), path)
    if problems:
        return Refusal(problems[0].position, problems[0].message)
    if not isinstance(root, Keys):
        return Refusal(Position(path), msg("The file holds no keys"))
    source = Source(path, text, root)
    if source.line(root.position.line).lstrip().startswith("{"):
        return Refusal(
            root.position, msg("The file is written between brackets; write each key on a line of its own")
        )
    return source


def append_events(source: Source, events: Sequence[Mapping[str, Value]]) -> str | Refusal:
    """Return the file with events behind the last one; ``events`` is written where it is missing."""
    listed = source.root.get(_EVENTS)
    indent = source.base + STEP
    if listed is None:
        at = source.behind(source.root.position.line, source.length + 1, source.base)
        lines = [" " * source.base + "events:", *_items(events, indent)]
        return read_back(source, source.with_lines(at, at, lines), {_EVENTS: list(events)})
    if isinstance(listed, Listing) and listed.items:
        if in_brackets(source, listed):
            return Refusal(
                listed.position,
                msg("The events are written between brackets; write each behind a dash of its own"),
            )
        dash = dash_line(source, listed.items[0])
        indent = len(source.line(dash)) - len(source.line(dash).lstrip(" "))
        at = source.end_of(_EVENTS)
        apart = (
            [""]
            if len(listed.items) == 1 or not source.line(dash_line(source, listed.items[-1]) - 1).strip()
            else []
        )
        lines = [*apart, *_items(events, indent, apart=bool(apart))]
        there = [values_of(event) for event in listed.items]
        return read_back(source, source.with_lines(at, at, lines), {_EVENTS: [*there, *events]})
    if isinstance(listed, Listing) or (isinstance(listed, Scalar) and not listed.text):
        number = listed.position.line
        line = re.sub(r"(events\s*:)\s*(\[\s*\])?", r"\1", source.line(number), count=1)
        lines = [line.rstrip(), *_items(events, indent)]
        return read_back(source, source.with_lines(number, number + 1, lines), {_EVENTS: list(events)})
    return Refusal(listed.position, msg("“events” holds no list"))


def replace_event(source: Source, identifier: str, event: Mapping[str, Value]) -> str | Refusal:
    """Return the file with the event of that id written anew."""
    return replace_events(source, {identifier: event})


def replace_events(source: Source, events: Mapping[str, Mapping[str, Value]]) -> str | Refusal:
    """Return the file with events written anew, by id."""
    listed = source.root.get(_EVENTS)
    items = listed.items if isinstance(listed, Listing) else ()
    numbers: dict[str, int] = {}
    for at, node in enumerate(items):
        name = _id_of(node)
        if name is not None and name in events:
            numbers.setdefault(name, at)
    missing = next((name for name in events if name not in numbers), None)
    if missing is not None or not isinstance(listed, Listing):
        return Refusal(Position(source.path), msg("There is no event “{id}”", id=missing))
    if in_brackets(source, listed):
        return Refusal(
            listed.position,
            msg("The events are written between brackets; write each behind a dash of its own"),
        )
    there = [values_of(standing) for standing in items]
    pieces: list[tuple[int, int, list[str]]] = []
    for name, number in numbers.items():
        first = dash_line(source, items[number])
        indent = len(source.line(first)) - len(source.line(first).lstrip(" "))
        if number + 1 < len(items):
            end = source.behind(first, dash_line(source, items[number + 1]), indent)
        else:
            end = source.end_of(_EVENTS)
        pieces.append((first, end, item(events[name], indent)))
        there[number] = events[name]
    return read_back(source, source.with_pieces(pieces), {_EVENTS: there})


def add_to_event(source: Source, identifier: str, key: str, value: Value) -> str | Refusal:
    """Return the file with a key, which it does not have yet, added to an event behind its id."""
    listed = source.root.get(_EVENTS)
    items = listed.items if isinstance(listed, Listing) else ()
    number = next((at for at, node in enumerate(items) if _id_of(node) == identifier), None)
    event = items[number] if number is not None else None
    if number is None or not isinstance(event, Keys):
        return Refusal(Position(source.path), msg("There is no event “{id}”", id=identifier))
    named, identity = event.key("id"), event.get("id")
    assert named is not None, "the event was found by its id"
    assert identity is not None, "the event was found by its id"
    line, at = source.line(identity.position.line), identity.position.end_column - 1
    if line[at:].lstrip().startswith((",", "}")):
        lines = [f"{line[:at]}, {flow_entry(key, value)}{line[at:]}"]
    else:
        lines = [line, *block({key: value}, named.position.column - 1)]
    there = [values_of(node) for node in items]
    before = there[number]
    assert isinstance(before, Mapping), "an event has keys"
    there[number] = {
        name: content
        for old in before
        for name, content in ((old, before[old]), *([(key, value)] if old == "id" else []))
    }
    text = source.with_lines(identity.position.line, identity.position.line + 1, lines)
    return read_back(source, text, {_EVENTS: there})


def set_key(source: Source, key: str, value: Value) -> str | Refusal:
    """Return the file with a key of its own set, in place of what it said, or before ``events`` where it is new."""
    lines = block({key: value}, source.base)
    named = source.root.key(key)
    if named is not None:
        return read_back(
            source, source.with_lines(named.position.line, source.end_of(key), lines), {key: value}
        )
    events = source.root.key(_EVENTS)
    at = (
        events.position.line
        if events
        else source.behind(source.root.position.line, source.length + 1, source.base)
    )
    while events and at > 1 and source.line(at - 1).lstrip().startswith("#"):
        at -= 1
    return read_back(source, source.with_lines(at, at, lines), {key: value})


def values_of(node: Node) -> Value:
    """Return what a node says as a value."""
    match node:
        case Scalar(text):
            return text
        case Listing(items):
            return [values_of(member) for member in items]
        case Keys(entries):
            return {name.text: values_of(content) for name, content in entries}


def _items(events: Sequence[Mapping[str, Value]], indent: int, *, apart: bool = True) -> list[str]:
    lines: list[str] = []
    for event in events:
        if lines and apart:
            lines.append("")
        lines += item(event, indent)
    return lines


def _id_of(node: Node) -> str | None:
    name = node.get("id") if isinstance(node, Keys) else None
    return name.text if isinstance(name, Scalar) else None


def in_brackets(source: Source, listed: Listing) -> bool:
    """Return whether a list is written between brackets."""
    return source.line(listed.position.line)[listed.position.column - 1 :].startswith("[")


def dash_line(source: Source, node: Node) -> int:
    """Return the number of the line with the dash of an item."""
    number = node.position.line
    while not source.line(number).lstrip(" ").startswith("-"):
        number -= 1
    return number


def read_back(source: Source, text: str, changed: Mapping[str, Value]) -> str | Refusal:
    """Return an edited file that says ``changed`` and all else as before; a refusal where the edit would do anything else."""
    edited = source_of(source.path, text)
    if isinstance(edited, Refusal):
        return edited
    expected = {name.text: values_of(content) for name, content in source.root.entries} | dict(changed)
    if (
        all(same(expected.pop(name.text, ""), content) for name, content in edited.root.entries)
        and not expected
    ):
        return text
    return Refusal(source.root.position, msg("The file is written in a way that cannot be edited safely"))
