"""The keys of events and sessions."""

from dataclasses import replace
from datetime import datetime

from coopcal import zones
from coopcal.definitions.codes.values import UNKNOWN_WORD
from coopcal.definitions.context import Context
from coopcal.definitions.declared import json_schema
from coopcal.definitions.declared.json_schema import either, ref
from coopcal.definitions.declared.key import Key, Record
from coopcal.definitions.declared.patterns import whole
from coopcal.definitions.declared.reader import Prose, Reader, later, reader
from coopcal.definitions.declared.spelling import did_you_mean, in_english
from coopcal.definitions.details.contact import contact
from coopcal.definitions.details.document import documents
from coopcal.definitions.details.hashtag import hashtag
from coopcal.definitions.details.image import image
from coopcal.definitions.details.link import links
from coopcal.definitions.details.location import locations
from coopcal.definitions.details.online import online
from coopcal.definitions.details.parties import parties
from coopcal.definitions.details.practical import practical
from coopcal.definitions.details.registration import registration
from coopcal.definitions.details.tags import tags
from coopcal.definitions.details.uid import uid
from coopcal.definitions.readers.dates import moment
from coopcal.definitions.readers.identifier import identifier, identifiers
from coopcal.definitions.readers.language import languages
from coopcal.definitions.readers.one_of import choice
from coopcal.definitions.readers.text import LONGEST_PARAGRAPH, LONGEST_TITLE, plain, text
from coopcal.definitions.readers.timezone import timezone, timezones_anywhere
from coopcal.definitions.readers.yes_or_no import yes_or_no
from coopcal.definitions.source.node import Node, Scalar
from coopcal.definitions.visibility import visibility
from coopcal.definitions.when.hours import HOURS
from coopcal.model.happening import ShowsAs, Status
from coopcal.model.message import msg
from coopcal.model.party import Role
from coopcal.model.problem import Position

PUBLIC_SHOWS = ("nothing", "busy")
"""What the public may see of an event that is not public."""

ROLES = {
    "organisers": Role.ORGANISER, "hosts": Role.HOST, "partners": Role.PARTNER, "participants": Role.PARTICIPANT,
}  # fmt: skip
"""The keys of those who take part."""

DATED = frozenset({"hours", "registration", "publish_from"})
"""Keys whose values depend on the days or on the zone of their event."""

ONE_WHEN = later(ref("when"))
_HOURS = json_schema.text(whole(HOURS), "Write opening hours as 10:00/18:00")


@reader(json_schema.one_of(PUBLIC_SHOWS), words=PUBLIC_SHOWS)
def _public_shows_busy(node: Node, context: Context) -> bool | None:
    """Return whether the public sees the time of an event that is not public; None where that cannot be read."""
    word = plain(node, context.problems, msg("what the public sees"))
    if word is not None and word not in PUBLIC_SHOWS:
        meant = in_english(node, PUBLIC_SHOWS) if isinstance(node, Scalar) else None
        context.problems.tell(
            node.position,
            UNKNOWN_WORD,
            msg("Here what the public sees is expected, not “{word}”", word=word),
            meant[0] if meant else did_you_mean(word, PUBLIC_SHOWS),
            offers=meant[2] if meant else (),
        )
        return None
    return word == "busy"


@reader(moment.schema)
def _publish_from(node: Node, context: Context) -> datetime | None:
    """Read when an event is published; a day means its first moment."""
    written = moment(node, context)
    if written is None or isinstance(written, datetime):
        return written
    return zones.first_moment(written, context.timezone or context.settings.timezone)


def _place(node: Node, _context: Context) -> Position:
    """Return where something stands that is never published."""
    return node.position


_SHARED = (
    Key("id", identifier, "a short name that never changes, unique in the organisation", "general-assembly", required=True),
    Key("title", text(LONGEST_TITLE, one_line=True), "what people read in their calendars", "General assembly", required=True),
    Key(
        "when",
        later(
            {
                "if": {"type": "array"},
                "then": {"type": "array", "items": either(ref("date"), ref("when"))},
                "else": ref("when"),
            }
        ),
        "the date and time, as precise as what is known",
        "2026-03-14 09:00/17:30",
        required=True,
    ),
    Key("hours", later(either({"type": "object", "additionalProperties": _HOURS}, _HOURS)), "opening hours on whole days", "10:00/18:00"),
    Key("timezone", timezone, "the time zone, where the place does not tell", "Europe/Brussels"),
    Key("also_in", timezones_anywhere, "time zones in which its time is told, too", "[America/Argentina/Buenos_Aires]"),
    Key("where", locations, "a place, or a list of places", "The Old Mill, Ghent", fills="locations"),
    Key("online", online, "where it is held online", "https://meet.example.org/room"),
    Key("organisers", parties(Role.ORGANISER), "who organises it; without it, the organisation itself", "[cicopa]"),
    Key("hosts", parties(Role.HOST), "at whose place it is", "[ilo]"),
    Key("partners", parties(Role.PARTNER), "who helps to organise it", "[cicopa]"),
    Key("participants", parties(Role.PARTICIPANT), "who takes part", "[cecop]"),
    Key("description", text(), "what it is about, in Markdown", "Come and see how bread is made."),
    Key("tags", tags, "words to select it by", "[education]"),
    Key("links", links, "links with labels", "[{label: Programme, url: https://example.org/}]"),
    Key("documents", documents, "documents beside the YAML, or elsewhere", "[{label: Agenda, file: files/agenda.pdf}]"),
    Key("registration", registration, "how to register", "{url: https://example.org/register}"),
    Key("practical", practical, "what those who come want to know", "{bring: An apron}"),
    Key("languages", languages, "the languages that it is held in", "[fr, en]", fills="spoken"),
    Key("contact", contact, "whom to ask", "office"),
    Key("hashtag", hashtag, "a word for social media, without #", "SCIS2017"),
    Key("image", image, "a picture", "{file: files/market.jpg, alt: A market stall}"),
    Key("status", choice(Status, msg("a status")), "confirmed, tentative, postponed or cancelled", "cancelled"),
    Key("reason", text(LONGEST_PARAGRAPH), "why it is cancelled, postponed or moved", "The hall is flooded."),
    Key("visibility", visibility, "public, or the groups that may see it", "members"),
    Key("shows_as", choice(ShowsAs, msg("free or busy")), "free or busy, in the calendars of those who subscribe", "free"),
    Key("note", Reader(_place, {}, prose=Prose.LINES), "for those who keep the file; never published", "Ask Ana about the hall.", fills="note_position"),
    Key("second_call", ONE_WHEN, "when an assembly meets where the first call has no quorum", "2026-12-12 10:00"),
    Key("moved_from", ONE_WHEN, "when it was to be before it was moved", "2026-03-07"),
    Key("formerly", identifiers, "its former ids, the oldest first", "[old-id]", fills="former_ids"),
    Key("uid", uid, "a UID from elsewhere, kept by imports", "abc123@example.org"),
    Key("draft", yes_or_no, "whether it is checked, but not published yet", "true"),
    Key("publish_from", _publish_from, "when it is published", "2026-02-01"),
)  # fmt: skip

SYNONYMS = {
    "date": "when", "dates": "when", "start": "when", "time": "when", "begin": "when", "day": "when", "end": "when",
    "location": "where", "place": "where", "venue": "where", "name": "title", "summary": "title", "organizer": "organisers",
    "organizers": "organisers", "organiser": "organisers", "organised_by": "organisers", "host": "hosts", "partner": "partners",
    "participant": "participants", "speakers": "participants", "link": "links", "url": "links", "website": "links", "tag": "tags",
    "categories": "tags", "category": "tags", "document": "documents", "attachments": "documents", "files": "documents",
    "text": "description", "body": "description", "details": "description", "picture": "image", "photo": "image", "tz": "timezone",
    "time_zone": "timezone", "zone": "timezone", "opening_hours": "hours", "session": "sessions", "programme": "sessions",
    "program": "sessions", "agenda": "sessions", "notes": "note", "comment": "note", "email": "contact", "private": "visibility",
    "busy": "shows_as", "second_date": "second_call", "repeat": "repeats", "recurrence": "repeats", "rrule": "repeats", "cancelled": "status", "state": "status",
    "former_ids": "formerly", "publish": "publish_from", "language": "languages", "spoken": "languages", "price": "registration",
    "bring": "practical", "childcare": "practical", "food": "practical", "arrival": "practical", "accessibility": "practical",
}  # fmt: skip

EVENT = Record(
    "An event",
    (
        *_SHARED,
        Key("series", identifier, "what its editions have in common", "scis"),
        Key("corrected", yes_or_no, "whether its published date was wrong, and it is the same event", "true"),
        Key(
            "public_shows",
            _public_shows_busy,
            "what the public sees of an event that is not public",
            "nothing",
            fills="public_shows_busy",
        ),
        Key("sessions", later(json_schema.listed(ref("session"))), "events inside this one", "[{id: opening, title: Opening, when: 14:00/14:30}]"),
        Key("repeats", later(ref("repeats")), "how it recurs", "{every: month, on: second Tuesday}"),
    ),
    SYNONYMS,
)  # fmt: skip


def _of_session(key: Key) -> Key:
    """Return a key as sessions have it: they take place once, and take their date from their event if need be."""
    return replace(
        key,
        reader=ONE_WHEN if key.name == "when" else key.reader,
        required=key.name in ("id", "title"),
    )


SESSION = Record(
    "A session",
    tuple(_of_session(key) for key in _SHARED),
    {key: meant for key, meant in SYNONYMS.items() if meant not in ("sessions", "repeats")},
)

INHERITED = (
    "timezone", "also_in", "where", "online", "organisers", "hosts", "partners", "participants", "tags", "languages", "contact", "status", "reason",
    "visibility", "shows_as",
)  # fmt: skip
"""What a session takes from its event where it does not say it."""

_OF_ONE_EVENT = frozenset(
    {"id", "when", "second_call", "moved_from", "formerly", "uid", "sessions", "repeats", "corrected"}
)

DEFAULTS = Record(
    "Defaults",
    tuple(replace(key, required=False) for key in EVENT.keys if key.name not in _OF_ONE_EVENT),
    SYNONYMS,
)
