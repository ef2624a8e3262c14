"""What is wrong with the settings of a site, of an organisation, and of feeds."""

from coopcal.model.problem import Code, Severity

ALSO_AT_TWICE = Code(
    "also-at-twice", "A former address of the site stands once in `also_at`, and is not the one that it has."
)
BAD_DOMAIN = Code("bad-domain", "A domain name, without anything around it.")
BAD_EVENT_NAME = Code("bad-event-name", "Events of others are named organisation/event.")
BAD_LENGTH = Code("bad-length", "A length is a number of days, weeks, months or years.")
COPY_NOT_USED = Code(
    "copy-not-used",
    "No feed merges in a copy of a feed of others any more.",
    Severity.NOTE,
    switchable=True,
)
FOR_NOBODY = Code(
    "for-nobody",
    "A private feed says for whom it is: for groups, for organisations, or for groups of organisations.",
)
FOR_EVERYBODY = Code("for-everybody", "What is public is seen by everybody: a private feed is for groups.")
LEFT_OUT_OF_INCLUDE = Code(
    "left-out-of-include",
    "An event of a feed of others cannot be taken over, and is left out.",
    Severity.NOTE,
    switchable=True,
)
TOO_MANY_INCLUDES = Code("too-many-includes", "A feed merges in too many feeds of others.")
UNKNOWN_FORMAT = Code("unknown-format", "The files are written for another version of coopcal.")
