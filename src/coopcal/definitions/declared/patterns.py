"""Regular expressions that say the same in Python and in ECMA 262.

A digit or letter of any script counts where the decoder takes it: what is not ASCII is taken for one.
"""

import re

from coopcal.model.ids import SLUG

_CLASS_OR_DIGIT = re.compile(r"\[(?:\\.|[^\]\\])*\]|\\d")
_ANY_DIGIT = r"0-9\u0080-\uffff"

DIGIT = rf"[{_ANY_DIGIT}]"
DAY = rf"{DIGIT}{{4}}-{DIGIT}{{2}}-{DIGIT}{{2}}"
TIME = rf"{DIGIT}{{1,2}}:{DIGIT}{{2}}(?:Z|[+-]{DIGIT}{{2}}:?{DIGIT}{{2}})?"
_SPAN = r"\s*/\s*"
_WORDS = r"(?:[^0-9/]+\s)?"
"""A weekday before a date, a season before a year, or “until”, in any language."""

_SIDE = (
    rf"{_WORDS}(?:{DAY}(?:\s+|T)(?:{TIME}|\?\?(?::\?\?)?)|{DIGIT}{{4}}(?:-{DIGIT}{{2}}){{0,2}}[?~%]?|{TIME})"
)

ID = rf"^{SLUG.pattern}$"
EVENT_ID = rf"^{SLUG.pattern}(?:/{SLUG.pattern})?$"
EVENT_NAME = r"^[^/]*(?:/[^/]*){1,2}$"
ONE_DAY = rf"^\s*{DAY}\s*$"
DAYS = rf"^\s*{DAY}(?:{_SPAN}{DAY})?\s*$"
_FIXED = rf"(?:\s*(?:[Aa][Oo][Ee]|[Zz]|[+-]{DIGIT}{{2}}:?{DIGIT}{{2}}))?"
"""What may stand behind a deadline."""

MOMENT = rf"^\s*{DAY}(?:(?:\s+|T){TIME}{_FIXED})?\s*$"
WHEN = rf"^\s*{_SIDE}(?:{_FIXED}|{_SPAN}(?:P\S+|{_SIDE}))?\s*$"
CHANGED = rf"^(?:\S.*\s)?{DAY}(?:[ T]+{DIGIT}{{1,2}}:{DIGIT}{{2}})?\s*$"
URL = r"^\s*[Hh][Tt][Tt][Pp][Ss]?://[^\s<>\x22{}|\\^`]+\s*$"
URL_OR_MAILTO = r"^\s*(?:[Hh][Tt][Tt][Pp][Ss]?://[^\s<>\x22{}|\\^`]+|[Mm][Aa][Ii][Ll][Tt][Oo]:\S+)\s*$"
URL_OF_FEED = r"^\s*(?:[Hh][Tt][Tt][Pp][Ss]?|[Ww][Ee][Bb][Cc][Aa][Ll][Ss]?)://[^\s<>\x22{}|\\^`@]+\s*$"
HASHTAG = r"^\s*#?[^\x00-/:-@\[-^`{-\x7f]{1,100}\s*$"
YES_OR_NO = r"^(?:[Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee]|[Yy][Ee][Ss]|[Nn][Oo]|[Oo][Nn]|[Oo][Ff][Ff])$"


def whole(pattern: re.Pattern[str]) -> str:
    """Return the decoder's pattern as one that holds for a whole text, with blanks around it."""
    return rf"^\s*(?:{_CLASS_OR_DIGIT.sub(_of_any_script, pattern.pattern)})\s*$"


def exactly(pattern: re.Pattern[str]) -> str:
    """Return the decoder's pattern as one that holds for a whole text."""
    return rf"^(?:{_CLASS_OR_DIGIT.sub(_of_any_script, pattern.pattern)})$"


def _of_any_script(match: re.Match[str]) -> str:
    part = match[0]
    return DIGIT if part == r"\d" else part.replace(r"\d", _ANY_DIGIT)
