"""How a feed shows its events."""

from coopcal.definitions.context import Context
from coopcal.definitions.declared import json_schema
from coopcal.definitions.declared.key import Key, Record
from coopcal.definitions.declared.reader import Reader, reader
from coopcal.definitions.declared.record import read_record
from coopcal.definitions.readers.language import languages
from coopcal.definitions.readers.one_of import Choice, choice
from coopcal.definitions.source.node import Node
from coopcal.model.feed import (
    Show,
    ShowBusy,
    ShowCancelled,
    ShowDeadlines,
    ShowImprecise,
    ShowOrganisation,
    ShowSessions,
)
from coopcal.model.message import msg


def _way(name: str, choices: type[Choice]) -> Reader[Choice]:
    return choice(choices, msg("a way to show “{name}”", name=name))


SHOW = Record(
    "How a feed shows its events",
    (
        Key("organisation", _way("organisation", ShowOrganisation), "prefix, category or none", "prefix"),
        Key("language", languages, "the language, or several side by side", "en", fills="languages"),
        Key("cancelled", _way("cancelled", ShowCancelled), "tell, mark or hide", "tell"),
        Key("imprecise", _way("imprecise", ShowImprecise), "span, first-day or pages", "span"),
        Key("sessions", _way("sessions", ShowSessions), "entries or text", "entries"),
        Key("busy", _way("busy", ShowBusy), "as-written or never", "as-written"),
        Key("deadlines", _way("deadlines", ShowDeadlines), "none, or entries: the end of registration as an entry of its own", "entries"),
    ),
    {
        "languages": "language", "lang": "language", "organisations": "organisation", "canceled": "cancelled",
        "registration": "deadlines",
    },
)  # fmt: skip


@reader(json_schema.ref("show"))
def show(node: Node, context: Context) -> Show | None:
    """Read how events are shown."""
    written = read_record(node, SHOW, context)
    return Show(**written.fields()) if written else None
