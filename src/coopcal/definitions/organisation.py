"""Organisations: the file or the folder, and the events in them."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, TypeVar

from coopcal.definitions.breaks import breaks
from coopcal.definitions.closed import closed
from coopcal.definitions.codes.values import DUPLICATE_ID, NOT_A_LIST, NOT_KEYS
from coopcal.definitions.context import Context
from coopcal.definitions.declared import json_schema
from coopcal.definitions.declared.key import Key, Record
from coopcal.definitions.declared.reader import Reader, later, reader
from coopcal.definitions.declared.record import NOTHING, Written, written_keys
from coopcal.definitions.defaults import read_defaults
from coopcal.definitions.details.contact import described_contact
from coopcal.definitions.details.image import image, logo
from coopcal.definitions.details.location import named_location
from coopcal.definitions.event import event
from coopcal.definitions.events_of_others import events_of_others
from coopcal.definitions.readers.colour import colour
from coopcal.definitions.readers.country import country
from coopcal.definitions.readers.dates import duration
from coopcal.definitions.readers.email_and_phone import email, phone
from coopcal.definitions.readers.event_name import event_ids, event_names
from coopcal.definitions.readers.identifier import all_or_references, identifier, references
from coopcal.definitions.readers.language import languages
from coopcal.definitions.readers.text import LONGEST_LINE, LONGEST_TITLE, text
from coopcal.definitions.readers.timezone import timezone
from coopcal.definitions.readers.url import url
from coopcal.definitions.repeats.dates import breaks_of
from coopcal.definitions.source.node import Listing, Mapping, Node, Scalar
from coopcal.definitions.source.tree import OrganisationFiles, SourceFile, SourceTree
from coopcal.model.event import Event
from coopcal.model.ids import free_id
from coopcal.model.message import msg
from coopcal.model.organisation import Organisation
from coopcal.model.problem import Position, Problems, has_errors
from coopcal.model.site import SiteSettings
from coopcal.model.text import Text

Value = TypeVar("Value")


def _by_name(one: Reader[Value], key: str) -> Reader[dict[str, Value]]:
    """Return a reader of values by names that the organisation gives them; ``key`` is where they stand."""

    def read(node: Node, context: Context) -> dict[str, Value]:
        if not isinstance(node, Mapping):
            context.problems.tell(
                node.position,
                NOT_KEYS,
                msg("“{name}” are written by name, one below the other", name=key),
                f"{key}: {{office: {{name: …}}}}",
            )
            return {}
        named: dict[str, Value] = {}
        for name, inner in node.entries:
            if identifier(name, context) and (value := one(inner, context)) is not None:
                named[name.text] = value
        return named

    return Reader(read, json_schema.named(one.schema))


@reader(json_schema.list_of(json_schema.ref("event"), "Events are a list: each begins with a dash"))
def _events(node: Node, context: Context) -> tuple[Node, ...]:
    """Return the nodes of events."""
    if isinstance(node, Listing):
        return node.items
    context.problems.tell(
        node.position, NOT_A_LIST, msg("Events are a list: each begins with a dash"), "- id: …"
    )
    return ()


ORGANISATION = Record(
    "An organisation",
    (
        Key("name", text(LONGEST_TITLE, one_line=True), "what people call it", "The Bakery", required=True),
        Key("full_name", text(LONGEST_LINE), "its whole name", "The Bakery, cooperative society"),
        Key("url", url, "its web site", "https://bakery.example.org/"),
        Key("email", email, "an e-mail address", "hello@bakery.example.org"),
        Key("phone", phone, "a telephone number", "+32 2 543 10 33"),
        Key("address", text(LONGEST_LINE), "where it has its seat", "avenue Milcamps 105, 1030 Brussels"),
        Key("country", country, "two capital letters (ISO 3166)", "BE"),
        Key("timezone", timezone, "the zone of events that do not tell theirs", "Europe/Brussels"),
        Key("languages", languages, "the languages of its texts, the usual one first", "[en, fr]"),
        Key("logo", logo, "its logo", "{file: logo.png, alt: The Bakery}"),
        Key("colour", colour, "its colour on pages and in calendars, in quotes", '"#aa3311"'),
        Key("image", image, "the picture that stands for it", "{file: files/market.jpg, alt: A market stall}"),
        Key("description", text(), "what it is, in Markdown", "We bake for the whole valley."),
        Key("part_of", references, "the organisations that it is part of", "[cicopa]"),
        Key("places", _by_name(named_location, "places"), "places by name, so that events say “where: shop”", "{shop: {name: The Shop, city: Ghent}}"),
        Key("contacts", _by_name(described_contact, "contacts"), "contacts by name, so that events say “contact: office”", "{office: {email: office@example.org}}"),
        Key("defaults", later(json_schema.ref("defaults")), "what its events say, unless they say otherwise", "{tags: [education]}"),
        Key("breaks", breaks, "named ranges of dates", "{summer: 2026-07-01/2026-08-31}"),
        Key("usual_length", duration, "how long events last whose end is not known", "PT2H"),
        Key("formerly", references, "its former ids, the oldest first", "[old-id]"),
        Key("removed", event_ids, "events that were published and are gone", "[old-event]"),
        Key("closed", closed, "when it ended, and what takes its place", "{on: 2026-12-31, see: https://example.org/}"),
        Key("declined", event_names, "events of others that stay out of its feed", "[cicopa/open-day]"),
        Key("accepts", all_or_references, "whose events may name it and stand in its own feed: all, or organisations", "[cicopa]"),
        Key("events", _events, "its events", "[]"),
    ),
    {"title": "name", "website": "url", "web": "url", "mail": "email", "tel": "phone", "color": "colour", "member_of": "part_of",
     "event": "events", "language": "languages", "tz": "timezone", "venues": "places", "locations": "places", "parent": "part_of"},
)  # fmt: skip

FURTHER = Record(
    "A further file of an organisation",
    (Key("events", _events, "events of the organisation", "[]", required=True),),
    {},
)

_OF_EVENTS = frozenset({"places", "contacts", "defaults", "breaks", "usual_length", "events"})
"""Keys that only its events take something of; an error in them may be why something of these is missing."""


def organisation(
    files: OrganisationFiles, tree: SourceTree, settings: SiteSettings, problems: Problems
) -> Organisation | None:
    """Read an organisation; None where it has no file of its own."""
    if files.main is None:
        return None
    main, before = files.main, len(problems.found)
    context = Context(
        root=files.root or tree.root,
        folder=main.path.rsplit("/", 1)[0],
        settings=settings,
        organisation=files.id,
        language="",
        timezone=None,
        usual_length=settings.usual_length,
        places={},
        contacts={},
        problems=problems,
        known=frozenset(tree.ids),
    )
    written = written_keys(main.node, ORGANISATION, context, position=Position(main.path))
    written = written or Written(ORGANISATION, {})
    context = _read(written, context)
    events = tuple(_decoded(files, main, written, context))
    if files.copies:
        events += tuple(events_of_others(files.copies, events, context))
    complete = files.complete and not has_errors(problems.found[before:])
    written.read(context)
    values: dict[str, Any] = {
        "name": Text.of(context.language, files.id),
        **{name: value for name, value in written.fields().items() if name not in _OF_EVENTS},
        "languages": written.get("languages") or settings.languages,
    }
    return Organisation(
        id=files.id,
        position=Position(main.path),
        events=events,
        named=tuple(dict.fromkeys(context.named)),
        keys=tuple((name.text, name.position) for name, _ in main.node.entries)
        if isinstance(main.node, Mapping)
        else (),
        complete=complete,
        **values,
    )


def _read(written: Written, context: Context) -> Context:
    """Read what events take something of; return what is known around them."""
    settings = context.settings
    languages = written.read(context, only=("languages",)).get("languages") or settings.languages
    context = replace(context, language=languages[0])
    context = replace(context, country=written.read(context, only=("country",)).get("country"))
    written.read(context, only=("timezone", "usual_length"))
    context = replace(
        context,
        timezone=written.get("timezone"),
        usual_length=written.get("usual_length") or settings.usual_length,
    )
    written.read(context, only=_OF_EVENTS)
    return replace(
        context,
        places=written.get("places", {}),
        contacts=written.get("contacts", {}),
        breaks=breaks_of(written.get("breaks", ()), settings.breaks),
    )


def _decoded(
    files: OrganisationFiles, main: SourceFile, written: Written, context: Context
) -> Iterator[Event]:
    """Return the events of all files; those with errors are left out."""
    defaults = written.get("defaults")
    inherited = read_defaults(defaults, context) if defaults is not None else NOTHING
    names: list[Scalar] = []
    context = replace(context, around_when=context.when())
    for path, nodes in _nodes(files, main, written, context):
        beside = context.beside(path)
        for node in nodes:
            if isinstance(node, Mapping) and isinstance(named := node.get("id"), Scalar) and named.text:
                names.append(named)
            decoded = event(node, inherited, beside)
            if decoded is not None:
                yield decoded
    _hold_unique(names, context.problems)


def _nodes(
    files: OrganisationFiles, main: SourceFile, written: Written, context: Context
) -> Iterator[tuple[str, tuple[Node, ...]]]:
    """Return the events' nodes of each file, with its path."""
    yield main.path, written.get("events", ())
    for file in files.events:
        further = written_keys(file.node, FURTHER, context, position=Position(file.path))
        if further is not None:
            yield file.path, further.read(context).get("events", ())


def _hold_unique(names: list[Scalar], problems: Problems) -> None:
    """Note ids of events that stand twice."""
    taken = {name.text for name in names}
    first: dict[str, Position] = {}
    for name in names:
        if name.text in first:
            problems.tell(
                name.position,
                DUPLICATE_ID,
                msg(
                    "The event “{identifier}” stands here a second time; the first is in {path}, line {line}",
                    identifier=name.text,
                    path=first[name.text].path,
                    line=first[name.text].line,
                ),
                msg("give one of the two another id, such as “{new}”", new=free_id(name.text, taken)),
            )
        first.setdefault(name.text, name.position)
