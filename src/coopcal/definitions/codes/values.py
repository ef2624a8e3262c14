"""What is wrong with keys and values of any record."""

from coopcal.model.problem import Code, Severity

BAD_COLOUR = Code("bad-colour", "Colours are written `#rrggbb`, in quotes.")
BAD_EMAIL = Code("bad-email", "This is no e-mail address.")
BAD_ID = Code(
    "bad-id", "Ids stand in addresses, so they are of lower-case letters a to z, digits and single hyphens."
)
BAD_PHONE = Code("bad-phone", "This is no telephone number.")
BAD_URL = Code("bad-url", "The address is not one that browsers can follow.")
DUPLICATE_ID = Code("duplicate-id", "An id stands for one event.")
EMPTY_VALUE = Code("empty-value", "A key without a value says nothing.")
MISSING_KEY = Code("missing-key", "Something that is needed is missing.")
NOT_A_LIST = Code("not-a-list", "Events are a list; each begins with a dash.")
NOT_A_NUMBER = Code("not-a-number", "Here a whole number is wanted.")
NOT_KEYS = Code("not-keys", "Here keys and values are wanted.")
NOT_TEXT = Code("not-text", "Here one text is wanted.")
NOT_YES_OR_NO = Code("not-yes-or-no", "Here yes or no is wanted.")
OPEN_DIRECTION = Code(
    "open-direction",
    "A sign that nobody sees turns the direction of what follows it, and is not closed, or closes nothing.",
    Severity.WARNING,
)
SEVERAL_LINES = Code("several-lines", "A title stands on one line.")
TOO_LONG = Code(
    "too-long", "Calendars show texts up to a length: titles 300 characters, descriptions 20,000."
)
UNKNOWN_COUNTRY = Code("unknown-country", "Countries are two capital letters (ISO 3166).")
UNKNOWN_KEY = Code("unknown-key", "The key is not known here.")
UNKNOWN_LANGUAGE = Code("unknown-language", "Languages are codes such as en, fr or pt-BR.")
UNKNOWN_TIMEZONE = Code("unknown-timezone", "Time zones are named by region and city.")
UNKNOWN_WORD = Code("unknown-word", "One of a few words is wanted.")
