"""Tags: words by which events are selected."""

from coopcal.definitions.codes.events import UNKNOWN_TAG
from coopcal.definitions.context import Context
from coopcal.definitions.declared.reader import each_once, listed, reader
from coopcal.definitions.declared.spelling import did_you_mean, misspelt
from coopcal.definitions.readers.identifier import ID, identifier
from coopcal.definitions.source.node import Node, Scalar
from coopcal.model.message import msg


@reader(ID)
def tag(node: Node, context: Context) -> str | None:
    """Read a tag; one that the site does not know is an error."""
    word = identifier(node, context)
    known = context.settings.tags
    if word is None or known is None:
        return word
    names = [name for name, _ in known]
    if word in names:
        return word
    context.problems.tell(
        node.position,
        UNKNOWN_TAG,
        msg("“{tag}” is none of the site's tags", tag=word),
        did_you_mean(word, names) or msg("add it under “tags” in coopcal.yaml"),
        misspelt(node, names) if isinstance(node, Scalar) else None,
    )
    return word


tags = each_once(listed(tag))
