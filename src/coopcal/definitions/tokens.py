"""The tokens of private feeds: ``tokens.yaml``."""

import re

from coopcal.definitions.codes.tokens import BAD_HASH, PERSONAL_LABEL, SAME_TOKEN_TWICE
from coopcal.definitions.codes.values import BAD_ID
from coopcal.definitions.context import Context
from coopcal.definitions.declared import json_schema
from coopcal.definitions.declared.key import Key, Record
from coopcal.definitions.declared.patterns import whole
from coopcal.definitions.declared.reader import reader
from coopcal.definitions.declared.record import read_record
from coopcal.definitions.declared.shapes import items, scalar
from coopcal.definitions.readers.dates import day
from coopcal.definitions.readers.text import plain
from coopcal.definitions.source.node import Node, Scalar
from coopcal.definitions.source.tree import SourceFile
from coopcal.model.ids import is_id
from coopcal.model.message import msg
from coopcal.model.organisation import Reference
from coopcal.model.problem import Problems, Severity
from coopcal.model.site import SiteSettings
from coopcal.model.token import Token

_HASH = re.compile(r"[0-9a-f]{64}")


@reader(json_schema.text(whole(_HASH), "Made by “coopcal token issue”"))
def sha256(node: Node, context: Context) -> str | None:
    """Read the hash of a token."""
    written = scalar(node, context.problems, msg("the hash of a token"))
    if written is None:
        return None
    if _HASH.fullmatch(written.text):
        return written.text
    context.problems.tell(
        written.position,
        BAD_HASH,
        msg("This is no SHA-256, which has 64 digits and letters from a to f"),
        msg("take this token out, and make a new one with “coopcal token issue”"),
    )
    return None


@reader(json_schema.text())
def label(node: Node, context: Context) -> str | None:
    """Read whose token it is."""
    text = plain(node, context.problems, msg("a label"))
    if text and "@" in text:
        context.problems.tell(
            node.position,
            PERSONAL_LABEL,
            msg("This label looks like an address for mail, which is personal data"),
            msg("write what it is for instead, such as “treasurer”"),
        )
    return text


TOKEN = Record(
    "A token",
    (
        Key("sha256", sha256, "the hash of the token, as coopcal token issue writes it", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", required=True),
        Key("label", label, "whose it is, without a name", "treasurer"),
        Key("issued", day, "when it was made", "2026-03-14"),
        Key("expires", day, "the last day on which it opens the feed", "2027-03-31"),
        Key("rotated", day, "when another one took its place", "2026-09-01"),
    ),
    {"hash": "sha256", "name": "label", "date": "issued", "created": "issued", "until": "expires", "expiry": "expires"},
)  # fmt: skip


def tokens(file: SourceFile, settings: SiteSettings, problems: Problems) -> tuple[Token, ...]:
    """Read the file of all tokens: those of each feed, by its id."""
    context = Context.bare(settings, problems)
    read: list[Token] = []
    for feed, written in file.node.entries:
        if not is_id(feed.text):
            problems.tell(
                feed.position,
                BAD_ID,
                msg("“{text}” is no id of a feed, whose tokens would stand here", text=feed.text),
                msg("write the id of a private feed, and its tokens below"),
            )
            continue
        reference = Reference(feed.text, feed.position)
        if not (isinstance(written, Scalar) and not written.text):
            read += (token for node in items(written) if (token := _token(node, reference, context)))
    _once(read, problems)
    return tuple(read)


def _token(node: Node, feed: Reference, context: Context) -> Token | None:
    """Read a token; one that is not written rightly opens nothing, as it might open more, or for longer, than is meant."""
    known = len(context.problems.found)
    written = read_record(node, TOKEN, context)
    if written is None or any(one.severity is Severity.ERROR for one in context.problems.found[known:]):
        return None
    return Token(feed, **written.fields(), position=written.position("sha256"))


def _once(read: list[Token], problems: Problems) -> None:
    first: dict[str, Token] = {}
    for token in read:
        other = first.setdefault(token.sha256, token)
        if other is not token and token.position and other.position:
            problems.tell(
                token.position,
                SAME_TOKEN_TWICE,
                msg("The same token stands in line {line} already", line=other.position.line),
                msg("keep one of the two; each feed has tokens of its own"),
            )
