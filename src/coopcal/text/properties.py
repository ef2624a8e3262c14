"""The properties of lines that ``content_lines`` wrote (RFC 5545, 3.1 and 3.2), read back."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_CIRCUMFLEXED = re.compile(r"\^([n'^])")
_FOLD = b"\n"  # stands nowhere by itself in lines of ours
_PLAIN = {"n": "\n", "'": '"', "^": "^"}


class Property(NamedTuple):
    """A property: its name and those of its parameters in capitals, and its value as it is written."""

    name: str
    parameters: Mapping[str, str]
    value: str

    @property
    def texts(self) -> tuple[str, ...]:
        """The value as a list of TEXT values (RFC 5545, 3.3.11)."""
        return tuple(map(unescaped, _apart(self.value, ",")))


def properties(lines: bytes) -> Iterator[Property]:
    """Read the properties of whole lines of ours, BEGIN and END among them."""
    return map(_property, unfolded(lines))


def named(lines: bytes, *names: str) -> dict[str, Property]:
    """Read those properties of whole lines of ours that have these names; the last one of each."""
    starts = tuple(f"{name}{mark}" for name in names for mark in ":;")
    lines_named = (_property(line) for line in unfolded(lines) if line.startswith(starts))
    return {line.name: line for line in lines_named}


def folded_lines(lines: bytes) -> list[bytes]:
    """Return each of some whole lines of ours as it stands, with its folds and its end."""
    octets = lines.replace(b"\r\n ", _FOLD).split(b"\r\n")[:-1]
    return [line.replace(_FOLD, b"\r\n ") + b"\r\n" for line in octets]


def name_of(line: bytes) -> bytes:
    """Return the name of the property that a line of ours writes."""
    return line.partition(b":")[0].partition(b";")[0]


def unfolded(lines: bytes) -> list[str]:
    """Return each of some whole lines without its folds."""
    return lines.decode().replace("\r\n ", "").split("\r\n")[:-1]


def unescaped(value: str) -> str:
    """Return the text that a TEXT value stands for (RFC 5545, 3.3.11)."""
    if "\\" not in value:
        return value
    return _ESCAPED.sub(lambda match: "\n" if match[1] in "nN" else match[1], value)


def _property(line: str) -> Property:
    head, value = _at_colon(line)
    if ";" not in head:
        return Property(head, {}, value)
    name, *parameters = _outside_quotes(head, ";")
    pairs = (parameter.partition("=") for parameter in parameters)
    return Property(name, {key: _parameter(written) for key, _, written in pairs}, value)


def _at_colon(line: str) -> tuple[str, str]:
    """Return what stands before and after the first colon outside quotes."""
    head, _, value = line.partition(":")
    while head.count('"') % 2:
        more, _, value = value.partition(":")
        head += f":{more}"
    return head, value


def _outside_quotes(head: str, mark: str) -> list[str]:
    parts: list[str] = []
    for part in head.split(mark):
        if parts and parts[-1].count('"') % 2:
            parts[-1] += mark + part
        else:
            parts.append(part)
    return parts


def _apart(value: str, mark: str) -> list[str]:
    """Split a value at each mark that is not escaped."""
    parts: list[str] = []
    for part in value.split(mark):
        if parts and _ends_escaping(parts[-1]):
            parts[-1] += mark + part
        else:
            parts.append(part)
    return parts


def _ends_escaping(part: str) -> bool:
    return (len(part) - len(part.rstrip("\\"))) % 2 == 1


def _parameter(written: str) -> str:
    """Return the value of a parameter without its quotes and circumflexes (RFC 6868)."""
    return _CIRCUMFLEXED.sub(lambda match: _PLAIN[match[1]], written.strip('"'))
