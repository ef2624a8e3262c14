"""Who may see an event."""

from collections.abc import Iterable

from coopcal.definitions.codes.events import PUBLIC_AND_GROUPS, UNKNOWN_GROUP
from coopcal.definitions.codes.site import FOR_EVERYBODY
from coopcal.definitions.context import Context
from coopcal.definitions.declared import json_schema
from coopcal.definitions.declared.reader import reader
from coopcal.definitions.declared.shapes import items, scalar
from coopcal.definitions.declared.spelling import called, did_you_mean, in_english, instead_of, nearest
from coopcal.definitions.declared.values import CLOSED
from coopcal.definitions.source.node import Node, Scalar
from coopcal.model.ids import is_id
from coopcal.model.message import msg
from coopcal.model.problem import Offer

PUBLIC = "public"


@reader(json_schema.listed(json_schema.text()))
def visibility(node: Node, context: Context) -> frozenset[str]:
    """Read the groups that may see an event; none for a public one.

    What cannot be read shows the event to nobody: to a group that does not exist.
    """
    seen_by = {_group(item, context, (PUBLIC, *context.settings.groups)) for item in items(node)}
    if PUBLIC in seen_by and len(seen_by) > 1:
        context.problems.tell(
            node.position,
            PUBLIC_AND_GROUPS,
            msg("An event is public, or for groups, not both"),
            msg("keep one of the two"),
        )
        return frozenset(seen_by)
    return frozenset(seen_by - {PUBLIC})


@reader(json_schema.listed(json_schema.text()))
def groups(node: Node, context: Context) -> frozenset[str]:
    """Read groups of the site; what cannot be read is a group that does not exist."""
    named: set[str] = set()
    for item in items(node):
        if isinstance(item, Scalar) and item.text == PUBLIC:
            context.problems.tell(
                item.position,
                FOR_EVERYBODY,
                msg("What is public is seen by everybody, and is no group"),
                msg("name groups of the site, or take “for” out so that the feed is public"),
            )
            named.add("")
        else:
            named.add(_group(item, context, context.settings.groups))
    return frozenset(named)


def _group(item: Node, context: Context, known: tuple[str, ...]) -> str:
    """Return one of the words that are known; "" where it is none."""
    written = scalar(item, context.problems, msg("a group"))
    if written is None:
        return ""
    if written.text in known:
        return written.text
    groups_of_site = context.settings.groups
    _, _, offers = in_english(written, known) or ("", None, _of_groups(written, groups_of_site))
    mend = _mend(written.text, known, groups_of_site)
    context.problems.tell(
        written.position,
        UNKNOWN_GROUP,
        msg("“{text}” is no group of this site", text=written.text),
        offers[0].said if offers else mend,
        instead_of(written, called(written.text, known)),
        offers=offers,
        advice=mend,
    )
    return ""


def _mend(text: str, known: tuple[str, ...], groups_of_site: Iterable[str]) -> str:
    """Return what to write instead; where nothing is near, also how the site gets the group."""
    near = did_you_mean(text, known)
    if nearest(text, known) is not None or not is_id(text):
        return near or msg("add it under “groups” in coopcal.yaml")
    line = f"groups: [{', '.join((*groups_of_site, text))}]"
    if near is None:
        return msg("add it to coopcal.yaml: {line}", line=line)
    return msg("{mend}; or add it to coopcal.yaml: {line}", mend=near, line=line)


def _of_groups(node: Scalar, groups: Iterable[str]) -> tuple[Offer, ...]:
    """Return the groups that may be meant by a word that says only that not everybody is."""
    closed = node.text.strip().lower() in CLOSED
    edits = [(group, instead_of(node, group)) for group in groups] if closed else []
    return tuple(
        Offer((edit,), msg("did you mean “{meant}”?", meant=group)) for group, edit in edits[:2] if edit
    )
