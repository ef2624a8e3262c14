"""Values → YAML, in the form in which people write it and coopcal reads it back the same."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from coopcal.definitions.source.files import CONTROL
from coopcal.definitions.source.node import Listing, Node, Scalar, scalars
from coopcal.definitions.source.node import Mapping as Keys
from coopcal.definitions.source.parse import parse
from coopcal.definitions.source.traps import traps

Value = str | Sequence["Value"] | Mapping[str, "Value"]
"""What a source file holds: texts, lists and groups of keys, in order."""

WIDEST = 100
"""Columns that a line has where the value leaves a choice."""

STEP = 2
"""Blanks by which what stands below a key is indented."""

_PLAIN = re.compile(r"[A-Za-z0-9](?:[\w ./@()+'%;=-]|:(?=[\w/]))*(?<! )", re.ASCII)
_BREAKS = re.compile("\r\n|[\r\n\x85\u2028\u2029]")
_ESCAPED = re.compile("[\t\n\ufeff]")
_BLANK = re.compile(r"\s")
_BLANK_LINE = re.compile(r"^[^\S\n]+$", re.MULTILINE)


def block(value: Mapping[str, Value], indent: int = 0) -> list[str]:
    """Return the lines of a group of keys, without line ends, each indented by as many blanks."""
    return [
        line
        for key, content in value.items()
        for line in _entry(f"{' ' * indent}{scalar(key)}:", content, indent)
    ]


def item(value: Value, indent: int) -> list[str]:
    """Return the lines of an item of a list, its dash indented by as many blanks; keys stand on lines of their own."""
    dash = " " * indent + "-"
    if isinstance(value, Mapping) and value:
        first, *others = block(value, indent + STEP)
        return [f"{dash} {first[indent + STEP :]}", *others]
    return _entry(dash, value, indent)


def flow_entry(key: str, value: Value) -> str:
    """Return a key and its value as they stand between brackets."""
    written = scalar(value, flow=True) if isinstance(value, str) else _flow(value)
    return f"{scalar(key, flow=True)}: {written}"


def scalar(text: str, *, flow: bool = False) -> str:
    """Return a text on one line: as it is where it reads back the same, else in quotes.

    ``flow`` is for texts between brackets, where commas and brackets part one from the next.
    """
    text = CONTROL.sub("", text)
    if _PLAIN.fullmatch(text) or _reads_back(text, text, flow=flow):
        return text
    if _ESCAPED.search(text):
        escaped = _ESCAPED.sub(_escape, text.replace("\\", "\\\\").replace('"', '\\"'))
        return f'"{escaped}"'
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'


def plain_lines(text: str) -> str:
    """Return a text with line ends that are all the same, nothing on blank lines, no blanks around, and no control characters."""
    return _BLANK_LINE.sub("", CONTROL.sub("", _BREAKS.sub("\n", text))).strip()


def same(value: Value, node: Node) -> bool:
    """Return whether a node of a file says what ``value`` says; texts are compared as they are read, without blanks around."""
    match node:
        case Scalar(text):
            return isinstance(value, str) and plain_lines(value) == plain_lines(text)
        case Listing(items):
            return (
                not isinstance(value, str | Mapping)
                and len(items) == len(value)
                and all(map(same, value, items))
            )
        case Keys(entries):
            return (
                isinstance(value, Mapping)
                and list(value) == [name.text for name, _ in entries]
                and all(same(value[name.text], content) for name, content in entries)
            )


def _entry(lead: str, value: Value, indent: int) -> list[str]:
    """Return what stands behind a key or a dash (``lead``), on its line or below it."""
    if isinstance(value, str):
        return _text(lead, value, indent)
    short = _flow(value)
    if short is not None and len(lead) + 1 + len(short) <= WIDEST:
        return [f"{lead} {short}"]
    if isinstance(value, Mapping):
        return [lead, *block(value, indent + STEP)]
    return [lead, *(line for part in value for line in _item(part, indent + STEP))]


def _item(value: Value, indent: int) -> list[str]:
    dash = " " * indent + "-"
    short = None if isinstance(value, str) else _flow(value)
    if short is not None and len(dash) + 1 + len(short) <= WIDEST:
        return [f"{dash} {short}"]
    return item(value, indent)


def _text(lead: str, text: str, indent: int) -> list[str]:
    text = plain_lines(text)
    on_one_line = f"{lead} {scalar(text)}"
    one_word = not _BLANK.search(text)  # such as an address, which a block would give a line end
    if ("\n" not in text and (one_word or len(on_one_line) <= WIDEST)) or not _literal_reads_back(text):
        return [on_one_line]
    margin = " " * (indent + STEP)
    return [f"{lead} |", *(margin + line if line else "" for line in text.split("\n"))]


def _escape(hidden: re.Match[str]) -> str:
    return {"\n": "\\n", "\t": "\\t"}.get(hidden[0], f"\\u{ord(hidden[0]):04x}")


def _flow(value: Value) -> str | None:
    """Return a value between brackets; None where it is better written on lines of its own."""
    parts = list(_parts(value))
    if None in parts:
        return None
    inside = ", ".join(part for part in parts if part is not None)
    return f"{{{inside}}}" if isinstance(value, Mapping) else f"[{inside}]"


def _parts(value: Value) -> Iterator[str | None]:
    pairs = value.items() if isinstance(value, Mapping) else ((None, member) for member in value)
    for key, part in pairs:
        if isinstance(part, str):
            written = None if _BREAKS.search(part) else scalar(part, flow=True)
        elif key is None and isinstance(part, Mapping) and len(value) > 1:
            written = None
        else:
            written = _flow(part)
        yield written if key is None or written is None else f"{scalar(key, flow=True)}: {written}"


@lru_cache(maxsize=4096)
def _reads_back(written: str, text: str, *, flow: bool) -> bool:
    """Return whether what is written is read as that text, without any problem."""
    if not text or text != text.strip() or _ESCAPED.search(text):
        return False
    source = f"k: {{{written}: [{written}]}}\n" if flow else f"{written}: {written}\n"
    node, problems = parse(source, "")
    if problems or not isinstance(node, Keys) or traps(node, source.split("\n")):
        return False
    expected: Value = {"k": {text: [text]}} if flow else {text: text}
    return same(expected, node) and all(part.plain for part in scalars(node))


def _literal_reads_back(text: str) -> bool:
    source = "k: |\n" + "".join(f"  {line}\n" if line else "\n" for line in text.split("\n"))
    node, problems = parse(source, "")
    return not problems and node is not None and same({"k": text}, node)
