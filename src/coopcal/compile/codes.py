"""What is told of a compile, and of files that could not be read as they are mended."""

from coopcal.model.problem import Code, Severity

CANNOT_HOLD = Code(
    "cannot-hold",
    "With `on_error: hold`, the last good events of an organisation take the place of those with errors.",
)
INVISIBLE_CHARACTER = Code(
    "invisible-character",
    "Something stands here that nobody sees: a zero-width space, a soft hyphen, a mark of direction or of byte order. Web pages and word processors bring them along; the mend takes them out of the line. In the middle of a text they are let be.",
)
NEEDS_QUOTES = Code(
    "needs-quotes", "Between brackets a `#` or a quote makes YAML read a text otherwise than it is meant."
)
NO_COMMA = Code("no-comma", "Between brackets a comma parts one language, or one key, from the next.")
NO_DASH = Code("no-dash", "Each item of a list begins with a dash.")
NO_PREVIOUS_SITE = Code(
    "no-previous-site",
    "The site published before cannot be read, so ids and stamps could be lost. If nothing was ever published, compile with `--first`.",
)
OLDER_SITE = Code(
    "older-site",
    "The version of the site that was served cannot be read, or what says which it is, is missing: a disk that fails, or a hand that slipped.",
    Severity.WARNING,
)
UNOPENED_BRACKET = Code("unopened-bracket", "A bracket closes that was never opened.")

CODES = (
    CANNOT_HOLD,
    INVISIBLE_CHARACTER,
    NEEDS_QUOTES,
    NO_COMMA,
    NO_DASH,
    NO_PREVIOUS_SITE,
    OLDER_SITE,
    UNOPENED_BRACKET,
)
"""All of them."""
