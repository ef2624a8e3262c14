"""What else tells of a person beside what is taken out: the rest of the contact in which it stands."""

from collections.abc import Iterable, Iterator, Mapping

from coopcal.authoring.forgetting.needle import Needle
from coopcal.definitions.details.contact import CONTACT
from coopcal.definitions.source.node import Listing, Node, Scalar, scalars
from coopcal.definitions.source.node import Mapping as Keys
from coopcal.definitions.source.parse import parse

_WAYS = ("email", "phone")
"""What tells of a person wherever it stands beside the name, also of an organisation that is called like one."""

_ALL = frozenset(CONTACT.names)


def beside(texts: Mapping[str, str], needle: Needle) -> tuple[str, ...]:
    """Return names, e-mail addresses and telephone numbers that stand beside a text, in source files by path; each once."""
    found: dict[str, None] = {}
    for path, text in texts.items():
        node, _ = parse(text, path)
        found |= dict.fromkeys(_beside(node, needle) if node else ())
    return tuple(found)


def _beside(node: Node, needle: Needle) -> Iterator[str]:
    match node:
        case Listing(items):
            yield from _of_all(items, needle)
        case Keys(entries):
            told = [
                value.text for key, value in entries if isinstance(value, Scalar) and _is_told(key.text, node)
            ]
            if any(map(needle.is_in, told)) or _is_named(node, needle):
                yield from (text for text in told if text.strip() and not needle.is_in(text))
            yield from _of_all((value for _, value in entries), needle)


def _of_all(nodes: Iterable[Node], needle: Needle) -> Iterator[str]:
    for node in nodes:
        yield from _beside(node, needle)


def _is_told(key: str, node: Keys) -> bool:
    """Return whether a key of a mapping tells of a person: of a contact all of them do."""
    return key in _WAYS or all(name.text in _ALL for name, _ in node.entries)


def _is_named(node: Keys, needle: Needle) -> bool:
    """Return whether the name of what a mapping tells of, in whichever language, holds a text."""
    name = node.get("name")
    return name is not None and any(needle.is_in(each.text) for each in scalars(name))
