"""What shape a value has: one text, or a list."""

from coopcal.definitions.codes.values import EMPTY_VALUE, NOT_TEXT
from coopcal.definitions.source.node import Listing, Node, Scalar
from coopcal.model.message import msg
from coopcal.model.problem import Problems


def scalar(node: Node, problems: Problems, what: str) -> Scalar | None:
    """Return a value that is one text; None, with the problem noted, for anything else."""
    if isinstance(node, Scalar):
        if node.text.strip():
            return node
        problems.tell(
            node.position, EMPTY_VALUE, msg("Here {what} is expected, and the text is empty", what=what), None
        )
        return None
    problems.tell(
        node.position,
        NOT_TEXT,
        msg("Here {what} is expected, not a list", what=what)
        if isinstance(node, Listing)
        else msg("Here {what} is expected, not keys of their own", what=what),
        msg("write one text on the same line"),
    )
    return None


def items(node: Node) -> tuple[Node, ...]:
    """Return the items of a list; a single value is a list of one."""
    return node.items if isinstance(node, Listing) else (node,)


def shortened(written: str) -> str:
    """Return a text as it is quoted in a problem: 80 characters at most."""
    return written if len(written) <= 80 else written[:77] + "…"  # noqa: PLR2004 - a line
