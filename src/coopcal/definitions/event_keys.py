"""The keys of events and sessions."""

from dataclasses import replace

from coopcal.definitions.declared.record import Key, Record
from coopcal.model.event import ShowsAs, Status

PUBLIC_SHOWS = ("nothing", "busy")
"""What the public may see of an event that is not public."""

_SHARED = (
    Key(
        "id",
        "id",
        "a short name that never changes, unique in the organisation",
        "general-assembly",
        required=True,
    ),
    Key("title", "text", "what people read in their calendars", "General assembly", required=True),
    Key(
        "when",
        "when",
        "the date and time, as precise as what is known",
        "2026-03-14 09:00/17:30",
        required=True,
    ),
    Key("hours", "hours", "opening hours on whole days", "10:00/18:00"),
    Key("timezone", "timezone", "the time zone, where the place does not tell", "Europe/Brussels"),
    Key(
        "also_in",
        "timezones",
        "time zones in which its time is told, too",
        "[America/Argentina/Buenos_Aires]",
    ),
    Key("where", "where", "a place, or a list of places", "The Old Mill, Ghent"),
    Key("online", "online", "where it is held online", "https://meet.example.org/room"),
    Key("organisers", "parties", "who organises it; without it, the organisation itself", "[cicopa]"),
    Key("hosts", "parties", "at whose place it is", "[ilo]"),
    Key("partners", "parties", "who helps to organise it", "[cicopa]"),
    Key("participants", "parties", "who takes part", "[cecop]"),
    Key("description", "markdown", "what it is about, in Markdown", "Come and see how bread is made."),
    Key("tags", "tags", "words to select it by", "[education]"),
    Key("links", "links", "links with labels", "[{label: Programme, url: https://example.org/}]"),
    Key(
        "documents",
        "documents",
        "documents beside the YAML, or elsewhere",
        "[{label: Agenda, file: files/agenda.pdf}]",
    ),
    Key("registration", "registration", "how to register", "{url: https://example.org/register}"),
    Key("practical", "practical", "what those who come want to know", "{bring: An apron}"),
    Key("languages", "languages", "the languages that it is held in", "[fr, en]"),
    Key("contact", "contact", "whom to ask", "office"),
    Key("hashtag", "hashtag", "a word for social media, without #", "SCIS2017"),
    Key("image", "image", "a picture", "{file: files/market.jpg, alt: A market stall}"),
    Key(
        "status", "choice", "confirmed, tentative, postponed or cancelled", "cancelled", choices=tuple(Status)
    ),
    Key("reason", "text", "why it is cancelled, postponed or moved", "The hall is flooded."),
    Key("visibility", "groups", "public, or the groups that may see it", "members"),
    Key(
        "shows_as",
        "choice",
        "free or busy, in the calendars of those who subscribe",
        "free",
        choices=tuple(ShowsAs),
    ),
    Key("note", "note", "for those who keep the file; never published", "Ask Ana about the hall."),
    Key(
        "second_call",
        "one when",
        "when an assembly meets where the first call has no quorum",
        "2026-12-12 10:00",
    ),
    Key("moved_from", "one when", "when it was to be before it was moved", "2026-03-07"),
    Key("formerly", "ids", "its former ids, the oldest first", "[old-id]"),
    Key("uid", "uid", "a UID from elsewhere, kept by imports", "abc123@example.org"),
    Key("draft", "yes or no", "whether it is checked, but not published yet", "true"),
    Key("publish_from", "moment", "when it is published", "2026-02-01"),
)

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
        Key("series", "id", "what its editions have in common", "scis"),
        Key(
            "corrected", "yes or no", "whether its published date was wrong, and it is the same event", "true"
        ),
        Key(
            "public_shows",
            "choice",
            "what the public sees of an event that is not public",
            "nothing",
            choices=PUBLIC_SHOWS,
        ),
        Key(
            "sessions",
            "sessions",
            "events inside this one",
            "[{id: opening, title: Opening, when: 14:00/14:30}]",
        ),
        Key("repeats", "repeats", "how it recurs", "{every: month, on: second Tuesday}"),
    ),
    SYNONYMS,
)

SESSION = Record(
    "A session",
    tuple(replace(key, required=key.name in ("id", "title")) for key in _SHARED),
    {key: meant for key, meant in SYNONYMS.items() if meant not in ("sessions", "repeats")},
)

INHERITED = (
    "timezone", "also_in", "where", "online", "organisers", "hosts", "partners", "participants", "tags", "languages", "contact", "status", "reason",
    "visibility", "shows_as",
)  # fmt: skip
"""What a session takes from its event where it does not say it."""

DEFAULTS = Record(
    "Defaults",
    tuple(
        replace(key, required=False)
        for key in EVENT.keys
        if key.name
        not in (
            "id",
            "when",
            "second_call",
            "moved_from",
            "formerly",
            "uid",
            "sessions",
            "repeats",
            "corrected",
        )
    ),
    SYNONYMS,
)
