"""Where an event is held online."""

from coopcal.definitions.codes.values import UNKNOWN_WORD
from coopcal.definitions.context import Context
from coopcal.definitions.declared import json_schema
from coopcal.definitions.declared.key import Key, Record
from coopcal.definitions.declared.reader import reader
from coopcal.definitions.declared.record import read_record
from coopcal.definitions.declared.spelling import in_english
from coopcal.definitions.readers.text import plain
from coopcal.definitions.readers.url import URL, url
from coopcal.definitions.source.node import Listing, Mapping, Node, Scalar
from coopcal.model.message import msg
from coopcal.model.venue import Online

AUDIENCES = ("members", "everyone")
"""For whom an online address may be."""


@reader(json_schema.one_of(AUDIENCES), words=AUDIENCES)
def _for_members(node: Node, context: Context) -> bool:
    """Return whether an address is for members alone; what cannot be read is for them."""
    who = plain(node, context.problems, msg("for whom it is"))
    if who not in (*AUDIENCES, None):
        meant = in_english(node, AUDIENCES) if isinstance(node, Scalar) else None
        context.problems.tell(
            node.position,
            UNKNOWN_WORD,
            msg("“{who}” is not for whom it is", who=who),
            meant[0] if meant else msg("did you mean “members”?"),
            offers=meant[2] if meant else (),
        )
    return who != "everyone"


ONLINE = Record(
    "An online address",
    (
        Key("url", url, "where to go", "https://meet.example.org/room", required=True),
        Key(
            "for",
            _for_members,
            "“members” keeps the address out of all that is public",
            "members",
            fills="members_only",
        ),
    ),
    {"link": "url", "address": "url"},
)


@reader(
    {
        "if": {"type": "array"},
        "then": {"maxItems": 0, "errorMessage": "Write one address, or [] for nowhere"},
        "else": json_schema.either(json_schema.ref("online"), URL),
    }
)
def online(node: Node, context: Context) -> Online | None:
    """Read an online address; an empty list says nowhere, though it would be taken from elsewhere."""
    if isinstance(node, Listing) and not node.items:
        return None
    if not isinstance(node, Mapping):
        address = url(node, context)
        return Online(address) if address else None
    written = read_record(node, ONLINE, context)
    return Online(**written.fields()) if written and written.is_whole else None
