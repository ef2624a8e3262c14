"""One document of all kinds of files and records, or of one kind of file with what it needs."""

import json
from collections.abc import Iterator
from typing import Any, Literal

from coopcal.definitions.closed import CLOSED
from coopcal.definitions.declared import patterns
from coopcal.definitions.declared.json_schema import Schema, by_name, listed, ref
from coopcal.definitions.declared.key import Key, Record
from coopcal.definitions.details.contact import CONTACT
from coopcal.definitions.details.document import DOCUMENT
from coopcal.definitions.details.geo import GEO
from coopcal.definitions.details.image import IMAGE
from coopcal.definitions.details.link import LINK
from coopcal.definitions.details.location import LOCATION
from coopcal.definitions.details.online import ONLINE
from coopcal.definitions.details.parties import OUTSIDER
from coopcal.definitions.details.practical import PRACTICAL
from coopcal.definitions.details.price import PRICE
from coopcal.definitions.details.registration import REGISTRATION
from coopcal.definitions.event_keys import DEFAULTS, EVENT, SESSION
from coopcal.definitions.feed.audience import AUDIENCE
from coopcal.definitions.feed.feed import FEED
from coopcal.definitions.feed.include import INCLUDE
from coopcal.definitions.feed.select import SELECT, TAGS
from coopcal.definitions.feed.show import SHOW
from coopcal.definitions.feed.window import WINDOW
from coopcal.definitions.organisation import FURTHER, ORGANISATION
from coopcal.definitions.receivers import RECEIVER
from coopcal.definitions.repeats.keys import ALSO, CHANGE, EXCEPT, REPEATS
from coopcal.definitions.schema.common import common
from coopcal.definitions.schema.examples import example
from coopcal.definitions.settings import LEGAL, SITE
from coopcal.definitions.tokens import TOKEN

File = Literal["site", "organisation", "events", "feed", "tokens"]

FILES: dict[File, str] = {
    "site": "The site: coopcal.yaml",
    "organisation": "An organisation: calendars/<organisation>.yaml, or organisation.yaml in its folder",
    "events": "A further file of events in an organisation's folder",
    "feed": "A feed: feeds/<feed>.yaml",
    "tokens": "The tokens of private feeds: tokens.yaml",
}
"""The kinds of files, and what they are."""

RECORDS: dict[str, Record] = {
    "site": SITE,
    "organisation": ORGANISATION,
    "events": FURTHER,
    "feed": FEED,
    "event": EVENT,
    "session": SESSION,
    "defaults": DEFAULTS,
    "date": ALSO,
    "change": CHANGE,
    "repeats": REPEATS,
    "excepted": EXCEPT,
    "location": LOCATION,
    "geo": GEO,
    "online": ONLINE,
    "outsider": OUTSIDER,
    "contact": CONTACT,
    "link": LINK,
    "legal": LEGAL,
    "receiver": RECEIVER,
    "document": DOCUMENT,
    "registration": REGISTRATION,
    "price": PRICE,
    "practical": PRACTICAL,
    "image": IMAGE,
    "closed": CLOSED,
    "include": INCLUDE,
    "select": SELECT,
    "audience": AUDIENCE,
    "token": TOKEN,
    "tags": TAGS,
    "show": SHOW,
    "window": WINDOW,
}
"""The records, by the name under which kinds of values refer to them."""

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_ABOUT = "What may be written in coopcal's files. Each kind of file has a part of its own: #/$defs/site, #/$defs/organisation, #/$defs/events, #/$defs/feed, #/$defs/tokens."


def document(file: File | None = None) -> Schema:
    """Return the whole document, or that of one kind of file, in which its own part is what holds at the top."""
    parts = _definitions()
    head: Schema = {"$schema": _DIALECT}
    if file is None:
        return head | {"title": "coopcal", "description": _ABOUT, "$defs": parts}
    needed = _needed(file, parts)
    return (
        head
        | {"title": FILES[file], "$ref": f"#/$defs/{file}"}
        | {"$defs": {name: part for name, part in parts.items() if name in needed}}
    )


def written(file: File | None = None) -> str:
    """Return a document as text."""
    return json.dumps(document(file), ensure_ascii=False, indent=2) + "\n"


def _definitions() -> dict[str, Schema]:
    records = {name: _record(record) for name, record in RECORDS.items()}
    by_feed = by_name(listed(ref("token")), patterns.ID, "Write the id of a private feed")
    return records | {"tokens": {"title": "Tokens"} | by_feed} | common()


def _record(record: Record) -> Schema:
    required = [key.name for key in record.keys if key.required]
    return {
        "title": record.called,
        "type": "object",
        "properties": {key.name: _value(key) for key in record.keys},
        **({"required": required} if required else {}),
        "additionalProperties": False,
    }


def _value(key: Key) -> Schema:
    """Return a key's value; an example of several keys is a snippet, as editors have no name to offer it by."""
    schema, value = key.reader.schema, example(key)
    if isinstance(value, dict):
        shown = f"{key.about}\n\nExample:\n\n```yaml\n{key.name}: {key.example}\n```"
        snippet = {"label": key.example, "body": value}
        return {
            "description": key.about,
            "markdownDescription": shown,
            **schema,
            "defaultSnippets": [snippet],
        }
    return {"description": key.about, **schema, "examples": [value]}


def _needed(name: str, parts: dict[str, Schema]) -> set[str]:
    """Return the names of all parts that one refers to, itself among them."""
    needed: set[str] = set()
    waiting = [name]
    while waiting:
        if (part := waiting.pop()) not in needed:
            needed.add(part)
            waiting += _references(parts[part])
    return needed


def _references(schema: Any) -> Iterator[str]:
    if isinstance(schema, dict):
        if isinstance(named := schema.get("$ref"), str):
            yield named.rsplit("/", 1)[-1]
        for value in schema.values():
            yield from _references(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from _references(value)
