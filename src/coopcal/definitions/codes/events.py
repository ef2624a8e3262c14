"""What else is wrong with events: where, for whom, with which files."""

from coopcal.model.problem import Code, Severity

BAD_HASHTAG = Code("bad-hashtag", "A hashtag is one word.")
BAD_PICTURE = Code(
    "bad-picture",
    "Pictures are PNG, JPEG, GIF, WebP, AVIF or SVG, and what their name says. Drawings (SVG) hold no scripts, no entities, and nothing that leads elsewhere.",
)
BAD_POSITION = Code("bad-position", "A position is degrees north and east.")
BAD_SECOND_CALL = Code(
    "bad-second-call",
    "The second call of an assembly is for the case that the first has no quorum: it is later, it is a day or a day and a time, and it is that of one date.",
)
BAD_UID = Code("bad-uid", "A UID has no blanks.")
EMPTY_PLACE = Code("empty-place", "A place has a name, an address, a city or a country.")
FILE_KIND = Code(
    "file-kind",
    "Files that could run in a visitor's browser are not published, and hidden ones (their name begins with a dot) neither.",
)
FILE_NAME = Code(
    "file-name",
    "Names of files stand in addresses and calendars: no line end, and no other character that nobody sees, may be in them.",
)
FILE_OR_URL = Code("file-or-url", "A document has a file, or an address elsewhere.")
FILE_OUTSIDE = Code(
    "file-outside",
    "Files lie beside the YAML, or elsewhere in `calendars/`; those of the site beside `coopcal.yaml`, or in `files/` there.",
)
FILE_TOO_LARGE = Code("file-too-large", "Published files have at most 20,000,000 bytes, and logos 500,000.")
MORE_FREE_THAN_PLACES = Code(
    "more-free-than-places", "More places cannot be left than there are, and none where it is fully booked."
)
NO_SUCH_FILE = Code("no-such-file", "The file is not there.")
PUBLIC_AND_GROUPS = Code("public-and-groups", "An event is public, or for groups.")
PUBLIC_ANYWAY = Code(
    "public-anyway", "`public_shows` is for events that are not public.", Severity.WARNING, switchable=True
)
SAME_PARTY_TWICE = Code("same-party-twice", "An organisation stands once in each role.")
SESSION_MORE_VISIBLE = Code("session-more-visible", "A session is never more visible than its event.")
SESSION_OUTSIDE = Code(
    "session-outside",
    "A session lies within the days of its event, and within its times where its end is told.",
    Severity.WARNING,
    switchable=True,
)
UNKNOWN_CONTACT = Code("unknown-contact", "The name is none of the organisation's contacts.")
UNKNOWN_GROUP = Code("unknown-group", "The group is none of the site's.")
UNKNOWN_PLACE = Code(
    "unknown-place",
    "The name is none of the organisation's places. People's words for a place are read as they stand.",
)
UNKNOWN_TAG = Code("unknown-tag", "Where the site lists its tags, others are not known.")
