"""Yes and no."""

from coopcal.definitions.codes.values import NOT_YES_OR_NO
from coopcal.definitions.context import Context
from coopcal.definitions.declared import patterns
from coopcal.definitions.declared import values as words
from coopcal.definitions.declared.json_schema import string
from coopcal.definitions.declared.reader import reader
from coopcal.definitions.declared.shapes import scalar
from coopcal.definitions.declared.spelling import instead_of
from coopcal.definitions.source.node import Node
from coopcal.model.message import msg

_TRUE, _FALSE = ("true", "yes", "on"), ("false", "no", "off")
_WRONG = "Write true or false"


def _typed(example: str) -> bool:
    return {"true": True, "false": False}[example]


@reader(
    {"anyOf": [{"type": "boolean", "errorMessage": _WRONG}, string(patterns.YES_OR_NO, _WRONG)]},
    typed=_typed,
)
def yes_or_no(node: Node, context: Context) -> bool | None:
    """Read yes or no."""
    written = scalar(node, context.problems, msg("yes or no"))
    if written is None:
        return None
    if written.text.lower() in _TRUE + _FALSE:
        return written.text.lower() in _TRUE
    meant = words.yes_or_no(written.text)
    word = None if meant is None else "true" if meant else "false"
    context.problems.tell(
        written.position,
        NOT_YES_OR_NO,
        msg("“{text}” is neither yes nor no", text=written.text),
        msg("did you mean “{meant}”?", meant=word) if word else msg("write “true” or “false”"),
        instead_of(written, word),
    )
    return None
