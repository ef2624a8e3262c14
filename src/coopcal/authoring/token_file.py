"""Edits of the file of tokens: one put in, taken out or marked, every other byte and comment as it was."""

from collections.abc import Collection, Mapping, Sequence

from coopcal.authoring.edit import Refusal, Source, dash_line, in_brackets, read_back, source_of, values_of
from coopcal.authoring.text import STEP, Value, block, flow_entry, item
from coopcal.definitions.source.node import Listing, Node, Scalar
from coopcal.definitions.source.node import Mapping as Keys
from coopcal.definitions.source.tree import TOKENS_FILE
from coopcal.model.message import msg

HEAD = "# Tokens of private feeds, as hashes: “coopcal token” writes this file.\n"
"""How a new file begins."""


def with_token(text: str | None, feed: str, token: Mapping[str, Value]) -> str | Refusal:
    """Return the file, or a new one, with a token behind those that a feed has."""
    if text is None or not _says_anything(text):
        return f"{text or HEAD}{_end(text)}{feed}:\n" + "".join(f"{line}\n" for line in item(token, STEP))
    source = source_of(TOKENS_FILE, text)
    if isinstance(source, Refusal):
        return source
    there = source.root.get(feed)
    if there is None:
        end = source.length + 1
        lines = [f"{' ' * source.base}{feed}:", *item(token, source.base + STEP)]
        return read_back(source, source.with_lines(end, end, lines), {feed: [token]})
    if (isinstance(there, Listing) and not there.items) or (isinstance(there, Scalar) and not there.text):
        number, kept = _bare_key(source, feed, there)
        lines = [kept, *item(token, source.base + STEP)]
        return read_back(source, source.with_lines(number, number + 1, lines), {feed: [token]})
    listed = _listed(source, there)
    if isinstance(listed, Refusal):
        return listed
    first = source.line(dash_line(source, listed[0]))
    at = source.end_of(feed)
    lines = item(token, len(first) - len(first.lstrip(" ")))
    standing = [values_of(node) for node in listed]
    return read_back(source, source.with_lines(at, at, lines), {feed: [*standing, token]})


def without_tokens(text: str, feed: str, hashes: Collection[str]) -> str | Refusal:
    """Return the file without some tokens of a feed; comments stay."""
    source = source_of(TOKENS_FILE, text)
    if isinstance(source, Refusal):
        return source
    there = source.root.get(feed)
    listed = _listed(source, there)
    if isinstance(listed, Refusal):
        return listed
    gone = [node for node in listed if _hash_of(node) in hashes]
    standing = [values_of(node) for node in listed if node not in gone]
    pieces: list[tuple[int, int, Sequence[str]]] = []
    for node in gone:
        number = listed.index(node)
        first = dash_line(source, node)
        indent = len(source.line(first)) - len(source.line(first).lstrip(" "))
        behind = dash_line(source, listed[number + 1]) if number + 1 < len(listed) else None
        end = source.behind(first, behind, indent) if behind else source.end_of(feed)
        pieces.append((first, end, ()))
    if not standing:
        key = source.root.key(feed)
        assert key is not None, "its tokens stand there"
        line, at = source.line(key.position.line), key.position.end_column - 1
        pieces.insert(0, (key.position.line, key.position.line + 1, (_emptied(line, at),)))
    return read_back(source, source.with_pieces(pieces), {feed: standing})


def with_mark(text: str, feed: str, digest: str, key: str, value: str) -> str | Refusal:
    """Return the file with a key added to a token of a feed, behind its hash."""
    source = source_of(TOKENS_FILE, text)
    if isinstance(source, Refusal):
        return source
    listed = _listed(source, source.root.get(feed))
    if isinstance(listed, Refusal):
        return listed
    node = next(node for node in listed if _hash_of(node) == digest)
    assert isinstance(node, Keys), "it has a hash"
    named, written = node.key("sha256"), node.get("sha256")
    assert named is not None, "it has a hash"
    assert written is not None, "it has a hash"
    number, at = written.position.line, written.position.end_column - 1
    line = source.line(number)
    if line[at:].lstrip().startswith((",", "}")):
        lines = [f"{line[:at]}, {flow_entry(key, value)}{line[at:]}"]
    else:
        lines = [line, *block({key: value}, named.position.column - 1)]
    standing = [_keys_with(node, key, value) if one is node else values_of(one) for one in listed]
    return read_back(source, source.with_lines(number, number + 1, lines), {feed: standing})


def _says_anything(text: str) -> bool:
    lines = (line.strip() for line in text.removeprefix("\ufeff").splitlines())
    return any(line and not line.startswith("#") for line in lines)


def _end(text: str | None) -> str:
    """Return the line end that a text lacks."""
    return "\n" if text and not text.endswith(("\n", "\r")) else ""


def _listed(source: Source, there: Node | None) -> Sequence[Node] | Refusal:
    """Return the tokens of a feed, each behind a dash of its own."""
    if not isinstance(there, Listing) or not there.items or in_brackets(source, there):
        place = there.position if there else source.root.position
        return Refusal(place, msg("Tokens are edited where each stands behind a dash of its own"))
    return there.items


def _bare_key(source: Source, feed: str, there: Node) -> tuple[int, str]:
    """Return the line of a feed that has no tokens, with nothing behind its colon."""
    key = source.root.key(feed)
    assert key is not None, "it is there"
    line = source.line(key.position.line)
    if isinstance(there, Listing):
        line = line.replace("[]", "", 1).replace("[ ]", "", 1)
    return key.position.line, line.rstrip()


def _emptied(line: str, at: int) -> str:
    """Return the line of a feed whose last token is taken out; ``at`` is where its id ends."""
    before, _, comment = line[at:].partition(":")
    return f"{line[:at]}{before}: []{comment}".rstrip()


def _hash_of(node: Node) -> str | None:
    written = node.get("sha256") if isinstance(node, Keys) else None
    return written.text if isinstance(written, Scalar) else None


def _keys_with(node: Keys, key: str, value: str) -> dict[str, Value]:
    """Return what a token says, with a key behind its hash."""
    return {
        name: content
        for written, node_of in node.entries
        for name, content in (
            (written.text, values_of(node_of)),
            *([(key, value)] if written.text == "sha256" else []),
        )
    }
