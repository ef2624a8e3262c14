"""Organisations: the file or the folder, and the events in them."""

from collections.abc import Iterator
from dataclasses import replace

from coopcal.definitions import details, people
from coopcal.definitions.breaks import read_breaks
from coopcal.definitions.closed import closed, reference
from coopcal.definitions.codes.site import BAD_EVENT_NAME
from coopcal.definitions.codes.values import DUPLICATE_ID, NOT_A_LIST, NOT_KEYS
from coopcal.definitions.context import Context
from coopcal.definitions.declared import fields as read
from coopcal.definitions.declared.record import Key, Record, fields, items
from coopcal.definitions.declared.without_effect import without_effect
from coopcal.definitions.event import event
from coopcal.definitions.event_keys import DEFAULTS
from coopcal.definitions.repeats import breaks_of
from coopcal.definitions.source.node import Mapping, Node, Scalar
from coopcal.definitions.source.tree import OrganisationFiles, SourceFile, SourceTree
from coopcal.definitions.when import parse_duration
from coopcal.definitions.where import described_location
from coopcal.model.event import Contact, Event, Location
from coopcal.model.ids import free_id, is_id
from coopcal.model.message import msg
from coopcal.model.organisation import Organisation, Reference
from coopcal.model.problem import Place, Problems, has_errors
from coopcal.model.site import SiteSettings
from coopcal.model.text import Text

ALL = "all"
"""All organisations."""

ORGANISATION = Record(
    "An organisation",
    (
        Key("name", "text", "what people call it", "The Bakery", required=True),
        Key("full_name", "text", "its whole name", "The Bakery, cooperative society"),
        Key("url", "url", "its web site", "https://bakery.example.org/"),
        Key("email", "email", "an e-mail address", "hello@bakery.example.org"),
        Key("phone", "phone", "a telephone number", "+32 2 543 10 33"),
        Key("address", "text", "where it has its seat", "avenue Milcamps 105, 1030 Brussels"),
        Key("country", "country", "two capital letters (ISO 3166)", "BE"),
        Key("timezone", "timezone", "the zone of events that do not tell theirs", "Europe/Brussels"),
        Key("languages", "languages", "the languages of its texts, the usual one first", "[en, fr]"),
        Key("logo", "image", "its logo", "{file: logo.png, alt: The Bakery}"),
        Key("colour", "colour", "its colour in calendars, in quotes", '"#aa3311"'),
        Key("image", "image", "the picture that stands for it", "{file: files/market.jpg, alt: A market stall}"),
        Key("description", "markdown", "what it is, in Markdown", "We bake for the whole valley."),
        Key("part_of", "ids", "the organisations that it is part of", "[cicopa]"),
        Key("places", "places", "places by name, so that events say “where: shop”", "{shop: {name: The Shop, city: Ghent}}"),
        Key("contacts", "contacts", "contacts by name, so that events say “contact: office”", "{office: {email: office@example.org}}"),
        Key("defaults", "defaults", "what its events say, unless they say otherwise", "{tags: [education]}"),
        Key("breaks", "breaks", "named ranges of dates", "{summer: 2026-07-01/2026-08-31}"),
        Key("usual_length", "duration", "how long events last whose end is not known", "PT2H"),
        Key("formerly", "ids", "its former ids, the oldest first", "[old-id]"),
        Key("removed", "event ids", "events that were published and are gone", "[old-event]"),
        Key("closed", "closed", "when it ended, and what takes its place", "{on: 2026-12-31, see: https://example.org/}"),
        Key("declined", "event names", "events of others that stay out of its feed", "[cicopa/open-day]"),
        Key("accepts", "all or ids", "whose events may name it and stand in its own feed: all, or organisations", "[cicopa]"),
        Key("events", "events", "its events", "[]"),
    ),
    {"title": "name", "website": "url", "web": "url", "mail": "email", "tel": "phone", "color": "colour", "member_of": "part_of",
     "event": "events", "language": "languages", "tz": "timezone", "venues": "places", "locations": "places", "parent": "part_of"},
)  # fmt: skip

WITHOUT_EFFECT = ("image", "description")
"""Keys that are read, and do nothing yet."""

FURTHER = Record(
    "A further file of an organisation",
    (Key("events", "events", "events of the organisation", "[]", required=True),),
    {},
)


def organisation(
    files: OrganisationFiles, tree: SourceTree, settings: SiteSettings, problems: Problems
) -> Organisation | None:
    """Read an organisation; None where it has no name."""
    if files.main is None:
        return None
    return _Decoder(files, files.main, tree, settings, problems).organisation()


class _Decoder:
    def __init__(
        self,
        files: OrganisationFiles,
        main: SourceFile,
        tree: SourceTree,
        settings: SiteSettings,
        problems: Problems,
    ) -> None:
        self._files = files
        self._main = main
        self._problems = problems
        self._settings = settings
        self._before = len(problems.found)
        self._values = fields(main.node, ORGANISATION, problems, place=Place(main.path)) or {}
        self._languages = self._read_languages()
        self._context = Context(
            root=files.root or tree.root,
            folder=main.path.rsplit("/", 1)[0],
            settings=settings,
            organisation=files.id,
            language=self._languages[0],
            timezone=None,
            usual_length=settings.usual_length,
            places={},
            contacts={},
            problems=problems,
            known=frozenset(each.id for each in tree.organisations),
        )

    def organisation(self) -> Organisation | None:
        values, problems, language = self._values, self._problems, self._languages[0]
        country = read.country(values["country"], problems) if "country" in values else None
        self._context = replace(self._context, country=country)
        timezone = (
            read.timezone(values["timezone"], problems, self._context.around())
            if "timezone" in values
            else None
        )
        length = self._scalar("usual_length")
        self._context = replace(
            self._context,
            timezone=timezone,
            usual_length=(parse_duration(length, problems) if length else None)
            or self._settings.usual_length,
        )
        self._context = replace(
            self._context,
            places=self._places(),
            contacts=self._contacts(),
            breaks=breaks_of(read_breaks(values.get("breaks"), problems), self._settings.breaks),
        )
        self._text("description", longest=read.LONGEST_TEXT)
        if "image" in values:
            details.image(values["image"], self._context)
        without_effect(self._main.node, WITHOUT_EFFECT, problems)
        name = (
            read.text(values["name"], language, problems, longest=read.LONGEST_TITLE, one_line=True)
            if "name" in values
            else None
        )
        events = tuple(self._events())
        complete = self._files.complete and not has_errors(problems.found[self._before :])
        return Organisation(
            id=self._files.id,
            place=Place(self._main.path),
            name=name or Text.of(language, self._files.id),
            languages=self._languages,
            full_name=self._text("full_name"),
            url=read.url(values["url"], problems) if "url" in values else None,
            email=read.email(values["email"], problems) if "email" in values else None,
            phone=read.phone(values["phone"], problems) if "phone" in values else None,
            address=self._text("address"),
            country=country,
            timezone=timezone,
            logo=details.image(values["logo"], self._context) if "logo" in values else None,
            colour=read.colour(values["colour"], problems) if "colour" in values else None,
            part_of=self._references("part_of"),
            contacts=tuple(self._context.contacts.items()),
            formerly=self._references("formerly"),
            removed=self._removed(),
            declined=self._declined(),
            accepts=self._accepts(),
            closed=closed(values["closed"], problems) if "closed" in values else None,
            events=events,
            named=tuple(dict.fromkeys(self._context.named)),
            keys=tuple((name.text, name.place) for name, _ in self._main.node.entries)
            if isinstance(self._main.node, Mapping)
            else (),
            complete=complete,
        )

    def _scalar(self, name: str) -> Scalar | None:
        return (
            read.scalar(self._values[name], self._problems, msg("a text")) if name in self._values else None
        )

    def _text(self, name: str, longest: int = 1000) -> Text | None:
        return (
            read.text(self._values[name], self._languages[0], self._problems, longest=longest)
            if name in self._values
            else None
        )

    def _read_languages(self) -> tuple[str, ...]:
        if "languages" not in self._values:
            return self._settings.languages
        return read.languages(self._values["languages"], self._problems) or self._settings.languages

    def _references(self, name: str) -> tuple[Reference, ...]:
        if name not in self._values:
            return ()
        return read.each(self._values[name], lambda node: reference(node, self._problems))

    def _removed(self) -> tuple[Reference, ...]:
        """Read ids of events; that of a session stands behind its event's and a slash."""
        found = []
        for node in items(self._values["removed"]) if "removed" in self._values else ():
            written = read.scalar(node, self._problems, msg("an id"))
            if written is None:
                continue
            if written.text.count("/") == 1 and all(is_id(each) for each in written.text.split("/")):
                found.append(Reference(written.text, written.place))
            elif known := reference(written, self._problems):
                found.append(known)
        return tuple(found)

    def _accepts(self) -> tuple[Reference, ...] | None:
        node = self._values.get("accepts")
        if node is None or (isinstance(node, Scalar) and node.text.strip() == ALL):
            return None
        return self._references("accepts")

    def _declined(self) -> tuple[Reference, ...]:
        found = []
        for node in items(self._values["declined"]) if "declined" in self._values else ():
            key = read.scalar(node, self._problems, msg("an event"))
            if key is None:
                continue
            if key.text.count("/") in (1, 2):
                found.append(Reference(key.text, key.place))
            else:
                self._problems.tell(
                    key.place,
                    BAD_EVENT_NAME,
                    msg("“{text}” does not name another's event", text=key.text),
                    msg("write organisation/event, such as cicopa/open-day"),
                )
        return tuple(found)

    def _places(self) -> dict[str, Location]:
        found = {}
        for key, value in self._named("places"):
            if isinstance(value, Mapping):
                place = described_location(value, self._context)
            else:
                name = read.text(value, self._context.language, self._problems, longest=read.LONGEST_TITLE)
                place = Location(name=name) if name else None
            if place:
                found[key.text] = place
        return found

    def _contacts(self) -> dict[str, Contact]:
        found = {}
        for key, value in self._named("contacts"):
            contact = people.described_contact(value, self._context.language, self._context)
            if contact:
                found[key.text] = contact
        return found

    def _named(self, name: str) -> Iterator[tuple[Scalar, Node]]:
        node = self._values.get(name)
        if node is None:
            return
        if not isinstance(node, Mapping):
            self._problems.tell(
                node.place,
                NOT_KEYS,
                msg("“{name}” are written by name, one below the other", name=name),
                f"{name}: {{office: {{name: …}}}}",
            )
            return
        for key, value in node.entries:
            if read.identifier(key, self._problems):
                yield key, value

    def _events(self) -> Iterator[Event]:
        defaults = self._values.get("defaults")
        if defaults is not None:
            fields(defaults, DEFAULTS, self._problems)
        inherited = defaults if isinstance(defaults, Mapping) else None
        names: list[tuple[Scalar, str]] = []
        for path, node in self._event_nodes():
            if isinstance(node, Mapping) and isinstance(named := node.get("id"), Scalar) and named.text:
                names.append((named, named.text))
            decoded = event(node, inherited, self._context.beside(path))
            if decoded is not None:
                yield decoded
        seen: dict[str, Place] = {}
        for named, identifier in names:
            if identifier in seen:
                first = seen[identifier]
                self._problems.tell(
                    named.place,
                    DUPLICATE_ID,
                    msg(
                        "The event “{identifier}” stands here a second time; the first is in {path}, line {line}",
                        identifier=identifier,
                        path=first.path,
                        line=first.line,
                    ),
                    msg(
                        "give one of the two another id, such as “{new}”",
                        new=free_id(identifier, {name for _, name in names}),
                    ),
                )
            seen.setdefault(identifier, named.place)

    def _event_nodes(self) -> Iterator[tuple[str, Node]]:
        if "events" in self._values:
            yield from ((self._main.path, node) for node in self._listed(self._values["events"]))
        for file in self._files.events:
            values = fields(file.node, FURTHER, self._problems, place=Place(file.path)) or {}
            if "events" in values:
                yield from ((file.path, node) for node in self._listed(values["events"]))

    def _listed(self, node: Node) -> tuple[Node, ...]:
        if isinstance(node, Mapping):
            self._problems.tell(
                node.place, NOT_A_LIST, msg("Events are a list: each begins with a dash"), "- id: …"
            )
            return ()
        if isinstance(node, Scalar):
            self._problems.tell(
                node.place, NOT_A_LIST, msg("Events are a list: each begins with a dash"), "- id: …"
            )
            return ()
        return node.items
