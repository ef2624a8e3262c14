"""Who may see an event."""

from coopcal.decode import fields as read
from coopcal.decode.context import Context
from coopcal.decode.record import called, did_you_mean, instead_of, items
from coopcal.model.message import msg
from coopcal.source.node import Node

PUBLIC = "public"


def visibility(node: Node | None, context: Context) -> frozenset[str]:
    """Read the groups that may see an event; none for a public one.

    What cannot be read shows the event to nobody: to a group that does not exist.
    """
    if node is None:
        return frozenset()
    groups: set[str] = set()
    known = (PUBLIC, *context.settings.groups)
    for item in items(node):
        found = read.scalar(item, context.problems, msg("a group"))
        if found is None:
            groups.add("")
        elif found.text not in known:
            context.problems.error(
                found.place,
                "unknown-group",
                msg("“{text}” is no group of this site", text=found.text),
                did_you_mean(found.text, known) or msg("add it under “groups” in coopcal.yaml"),
                instead_of(found, called(found.text, known)),
            )
            groups.add("")
        else:
            groups.add(found.text)
    if PUBLIC in groups and len(groups) > 1:
        context.problems.error(
            node.place,
            "public-and-groups",
            msg("An event is public, or for groups, not both"),
            msg("keep one of the two"),
        )
        return frozenset(groups)
    return frozenset(groups - {PUBLIC})
