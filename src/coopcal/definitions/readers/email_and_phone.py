"""E-mail addresses and telephone numbers: each is known when it stands in the other's place."""

import re

from coopcal.definitions.codes.values import BAD_EMAIL, BAD_PHONE
from coopcal.definitions.context import Context
from coopcal.definitions.declared import json_schema
from coopcal.definitions.declared.patterns import whole
from coopcal.definitions.declared.reader import reader
from coopcal.definitions.declared.shapes import scalar, shortened
from coopcal.definitions.source.node import Node
from coopcal.model.message import msg

EMAIL = re.compile(
    r"[^@\s,;<>{0}]+@[^@\s,;<>{0}]+\.[^@\s,;<>.{0}]+".format(r"\u200b-\u200f\u202a-\u202e\u2060-\u2069")
)
"""Letters that nobody sees make another address."""

PHONE = re.compile(r"\+?[\d\s()./-]{4,30}(\s*(ext|x)\.?\s*\d+)?")


@reader(json_schema.string(whole(EMAIL), "Write an e-mail address, such as name@example.org"))
def email(node: Node, context: Context) -> str | None:
    """Read an e-mail address."""
    written = scalar(node, context.problems, msg("an e-mail address"))
    if written is None:
        return None
    text = written.text.strip()
    if EMAIL.fullmatch(text):
        return text
    context.problems.tell(
        written.position,
        BAD_EMAIL,
        msg("“{text}” is no e-mail address", text=shortened(written.text)),
        f"phone: {text}" if PHONE.fullmatch(text) else msg("write it as name@example.org"),
        advice=msg("write it as name@example.org; a telephone number stands under “phone”"),
    )
    return None


@reader(json_schema.text(whole(PHONE), "Write a telephone number, such as +32 2 543 10 33"))
def phone(node: Node, context: Context) -> str | None:
    """Read a telephone number."""
    written = scalar(node, context.problems, msg("a telephone number"))
    if written is None:
        return None
    text = written.text.strip()
    if PHONE.fullmatch(text):
        return text
    context.problems.tell(
        written.position,
        BAD_PHONE,
        msg("“{text}” is no telephone number", text=shortened(written.text)),
        f"email: {text}" if EMAIL.fullmatch(text) else msg("write it as +32 2 543 10 33"),
        advice=msg("write it as +32 2 543 10 33; an e-mail address stands under “email”"),
    )
    return None
