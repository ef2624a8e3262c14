"""Lines of a text that are not indented below its key, and so have become keys themselves."""

from collections.abc import Callable, Collection
from functools import partial
from itertools import takewhile

from coopcal.definitions.codes.syntax import INDENTATION
from coopcal.definitions.source.node import Mapping, Scalar
from coopcal.model.message import msg
from coopcal.model.problem import Fix, Offer, Position, Problems


def text_that_goes_on(
    node: Mapping,
    texts: Collection[str],
    names: Collection[str],
    is_key: Callable[[str], bool],
    problems: Problems,
) -> set[Scalar]:
    """Note each text that goes on below its key without being indented; return the keys that its lines became.

    ``texts`` are the keys of texts among all ``names``; ``is_key`` tells whether a word is another one for a key.
    """
    taken: set[Scalar] = set()
    if not any(_may_be_line(name, names) for name, _ in node.entries):
        return taken
    for at, (name, value) in enumerate(node.entries):
        if name.text not in texts or not isinstance(value, Scalar):
            continue
        below = [key for key, _ in node.entries[at + 1 :]]
        run = list(takewhile(partial(_is_line, key=name, names=names), below))
        if not run or (value.text.strip() and all(is_key(line.text) for line in run)):
            continue
        taken |= set(run)
        first, column = run[0].position, name.position.column
        lines = range(first.line, run[-1].position.line + 1)
        edits = [Fix(Position(first.path, line, 1, 1), "  ") for line in lines]
        place = value.position
        if value.plain and value.text:
            edits.append(
                Fix(Position(place.path, place.line, place.column, place.column), f"|\n{' ' * (column + 1)}")
            )
        elif value.plain:
            behind = name.position.end_column + 1
            edits.append(Fix(Position(place.path, name.position.line, behind, behind), " |"))
        mend = msg("indent what stands below it by two blanks more")
        value_below = node.get(run[0].text)
        line = f"{' ' * (column + 1)}{run[0].text}: {value_below.text if isinstance(value_below, Scalar) else '…'}".rstrip()
        problems.tell(
            first,
            INDENTATION,
            msg("The text of “{key}” goes on here, and is not indented", key=name.text),
            line,
            offers=(Offer(tuple(edits), line),),
            advice=mend,
        )
    return taken


def _is_line(name: Scalar, key: Scalar, names: Collection[str]) -> bool:
    """Return whether a key is rather a line of text below another key: keys are words in small letters."""
    begins_line = name.position.line > key.position.line and name.position.column == key.position.column
    return begins_line and _may_be_line(name, names)


def _may_be_line(name: Scalar, names: Collection[str]) -> bool:
    """Return whether a key may be a line of text, wherever it stands."""
    text = name.text
    return name.plain and (not text[:1].islower() or " " in text) and text.lower() not in names
