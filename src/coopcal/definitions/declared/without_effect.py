"""Keys of the format that are read, and do nothing yet."""

from collections.abc import Collection

from coopcal.definitions.codes.values import NO_EFFECT_YET
from coopcal.definitions.declared import fields as read
from coopcal.definitions.declared.record import items
from coopcal.definitions.source.node import Mapping, Node
from coopcal.definitions.when import parse_duration
from coopcal.model.message import msg
from coopcal.model.problem import Problems

MOMENTS = ("evening", "morning")
"""Times of day at which to be reminded."""


def without_effect(node: Node, names: Collection[str], problems: Problems) -> None:
    """Note each of the keys that is written, so that nobody wonders where it shows."""
    for key in (name for name, _ in node.entries) if isinstance(node, Mapping) else ():
        if key.text in names:
            problems.tell(
                key.place,
                NO_EFFECT_YET,
                msg("“{key}” is read, and does nothing yet", key=key.text),
                msg("leave it for later versions, or take it out"),
            )


def reminders(node: Node, problems: Problems) -> None:
    """Read when to be reminded: a time of day, or how long before."""
    for item in items(node):
        found = read.scalar(item, problems, msg("a reminder"))
        if found is not None and found.text.strip() not in MOMENTS:
            parse_duration(found, problems)
