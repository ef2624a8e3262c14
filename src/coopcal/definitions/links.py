"""The web addresses that sources name, wherever they stand, with their places."""

import re
from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from coopcal.definitions.source.node import Listing, Node, Scalar
from coopcal.definitions.source.node import Mapping as Keys
from coopcal.definitions.source.tree import SourceTree
from coopcal.model.organisation import Reference
from coopcal.model.problem import Position

UNSEEN = frozenset({"note", "uid"})
"""Keys that nobody but those who keep the files ever sees."""

OF_THE_SITE = ("legal",)
"""Keys of the site whose addresses are links; the others tell where it is itself."""

_IN_EXAMPLES = re.compile(r"(?:.*\.)?example(?:\.(?:com|net|org))?", re.IGNORECASE)
"""Hosts that stand in examples (RFC 2606), and lead nowhere."""

_ADDRESS = re.compile(r"https?://[^\s<>\"'()\[\]{}|\\^`]+", re.IGNORECASE)
_STOPS = ".,;:!?*_"


def links(tree: SourceTree) -> tuple[Reference, ...]:
    """Return each web address at each place where it is written, texts included; ``id`` is the address."""
    nodes: list[Node] = []
    if tree.site is not None and isinstance(tree.site.node, Keys):
        nodes += [value for key, value in tree.site.node.entries if key.text in OF_THE_SITE]
    for files in tree.organisations:
        nodes += [file.node for file in (files.main, *files.events) if file is not None]
    nodes += [file.node for file in tree.feeds]
    lines = {path: text.splitlines() for path, text in tree.texts.items()}
    references = (
        Reference(address, _place(address, scalar, lines))
        for node in nodes
        for scalar in _scalars(node)
        for address in _addresses(scalar.text.strip())
    )
    return tuple(dict.fromkeys(references))


def _scalars(node: Node) -> Iterator[Scalar]:
    match node:
        case Scalar():
            yield node
        case Listing(items):
            for item in items:
                yield from _scalars(item)
        case Keys(entries):
            for key, value in entries:
                if key.text not in UNSEEN:
                    yield from _scalars(value)


def _addresses(text: str) -> Iterator[str]:
    """Return a text that is an address, or those that stand in one."""
    is_address = re.fullmatch(r"https?://\S+", text, re.IGNORECASE)
    for address in [text] if is_address else [part.rstrip(_STOPS) for part in _ADDRESS.findall(text)]:
        if not _IN_EXAMPLES.fullmatch(_host(address)):
            yield address


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or "example"
    except ValueError:
        return "example"  # told as no web address


def _place(address: str, scalar: Scalar, lines: Mapping[str, list[str]]) -> Position:
    """Return the place of an address in a text, which may begin lines above it."""
    first = scalar.position.line - 1
    for number, line in enumerate(lines.get(scalar.position.path, [])[first:], first):
        at = line.find(address, scalar.position.column - 1 if number == first else 0)
        if at >= 0:
            return Position(scalar.position.path, number + 1, at + 1, at + 1 + len(address))
    return scalar.position
