"""What is wrong with the YAML of a file."""

from coopcal.model.problem import Code

BACKSLASH = Code("backslash", "In double quotes a backslash means something else.")
COLON_IN_BRACKETS = Code(
    "colon-in-brackets",
    "Between brackets, YAML takes a colon or a question mark in a text for its own; such a text stands in quotes.",
)
COMMA_SPLITS = Code(
    "comma-splits", "Inside { } a comma ends a value, so a value with a comma stands in quotes."
)
DUPLICATE_KEY = Code("duplicate-key", "A key stands once.")
INDENTATION = Code("indentation", "The keys of one thing begin in the same column.")
KEY_IS_NO_TEXT = Code("key-is-no-text", "A key is a word.")
LOST_AFTER_HASH = Code(
    "lost-after-hash",
    "YAML takes what follows a blank and # for a comment, so text with # stands in quotes. A comment behind a value has two blanks before its # and one after it.",
)
MERGE_CONFLICT = Code(
    "merge-conflict",
    "Two people changed the same lines, and git could not put them together. Keep one of the two, without the marks.",
)
NO_BLANK_AFTER_COLON = Code("no-blank-after-colon", "A blank follows the colon.")
NO_BLANK_AFTER_DASH = Code("no-blank-after-dash", "A blank stands between a dash and what it begins.")
NO_BREAK_SPACE = Code(
    "no-break-space",
    "A no-break space looks like a blank, and is none to YAML. Word processors and some keyboards write them.",
)
NO_COLON = Code("no-colon", "Each line is “key: value”.")
ODD_START = Code("odd-start", "Text that begins with a sign of YAML's own stands in quotes.")
QUOTE_INSIDE = Code(
    "quote-inside", "A quote of the same kind inside quoted text ends it; use the other kind around it."
)
SECOND_COLON = Code("second-colon", "Text that holds a colon and a blank stands in quotes.")
SEVERAL_DOCUMENTS = Code("several-documents", "A file holds one document.")
TAB = Code("tab", "YAML wants blanks at the beginning of a line, not tabs.")
TOO_DEEP = Code("too-deep", "Lists and keys are nested at most 20 deep.")
TYPOGRAPHIC_QUOTES = Code("typographic-quotes", "YAML knows the quotes \" and ' alone.")
UNCLOSED_BRACKET = Code(
    "unclosed-bracket", "A bracket that opens is closed again, and commas stand between what is in it."
)
UNCLOSED_QUOTE = Code("unclosed-quote", "A quote that opens is closed again.")
YAML_ALIAS = Code("yaml-alias", "YAML's repetitions are not read.")
YAML_ANCHOR = Code("yaml-anchor", "YAML's anchors are not read.")
YAML_MERGE = Code(
    "yaml-merge", "YAML's merging of keys is not read; what events share goes under `defaults`."
)
YAML_TAG = Code("yaml-tag", "YAML's tags are not read.")
