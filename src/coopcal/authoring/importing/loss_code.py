"""The codes of what an import tells."""

from enum import StrEnum
from typing import Self


class LossCode(StrEnum):
    """The stable name of a kind of loss, such as ``no-title``.

    ``sentence`` says what it is, as ``docs/import.md`` does; ``left_out``, that an event, or a date of one, did not
    come over.
    """

    sentence: str
    left_out: bool

    def __new__(cls, code: str, sentence: str, left_out: bool = False) -> Self:  # noqa: FBT001, FBT002 - a table
        """Declare a code."""
        made = str.__new__(cls, code)
        made._value_, made.sentence, made.left_out = code, sentence, left_out
        return made

    ALARM = "alarm", "a reminder; members choose their own"
    AS_ALSO = "as-also", "further dates have UIDs of their own"
    AS_LIST = "as-list", "the dates of a rule became a list; all but the first have UIDs of their own"
    AS_NOTE = "as-note", "a comment became a note"
    ATTACHMENT = "attachment", "a file that is carried along, or lies at no web address"
    ATTENDEE = "attendee", "somebody who takes part"
    BAD_RULE = "bad-rule", "a rule that is none, or of another calendar than ours (RSCALE)", True
    BAD_UID = "bad-uid", "a UID with blanks, or too long"
    BAD_VALUE = "bad-value", "a value that cannot be read"
    BEGINS_LATER = (
        "begins-later",
        "a series that began before the years that are known, or so long ago that it is not followed up to today",
        True,
    )
    BOUNDED = "bounded", "a rule without end, or with one too far ahead, written up to a day", True
    BROKEN_LINE = "broken-line", "a line that is none"
    CANNOT_UNSET = "cannot-unset", "a single date that lacks what its series says"
    COLUMN = "column", "a column of a table that was not read"
    COMPONENT = "component", "something that is no event"
    CONTACT = "contact", "who organises it, now published"
    DATE_LEFT_OUT = "date-left-out", "a date of a series that the format does not take", True
    ENCODING = "encoding", "a text that is not in UTF-8"
    ENDS_BEFORE_START = "ends-before-start", "an end before its start"
    EXRULE = "exrule", "a rule of exceptions, written out"
    FIRST_DATE = "first-date", "a first date that its own rule does not give"
    FLOATING = "floating", "a time without a zone"
    LEFT_OUT = "left-out", "an event that could not be written at all", True
    LIKE_ZONE = (
        "like-zone",
        "a zone that is described as none is; the one that is most like it, or that its name tells",
    )
    LONG_LINE = "long-line", "a line of more than a million bytes"
    NO_DATES = "no-dates", "a rule of which no date is left, or that gives none", True
    NO_END = "no-end", "no length; calendars show `usual_length`"
    NO_END_LINE = "no-end-line", "an END that is missing", True
    NO_KEY = "no-key", "a property that the format has no key for"
    NO_START = "no-start", "an event that does not say when it is", True
    NO_SUCH_DATE = "no-such-date", "an exception that is no date of its series"
    NO_TAG = "no-tag", "a category of which no tag can be made"
    NO_TITLE = "no-title", "an event without a title"
    NO_UID = "no-uid", "an event without a UID"
    NOT_PUBLIC = "not-public", "what was private, and is for members now"
    ODD_YEAR = "odd-year", "a date before 1801 or after 2199", True
    OWN_CLOCKS = (
        "own-clocks",
        "clocks that no zone has; times are said in the zone at home, and what recurs became a list",
    )
    OWN_WORDS = (
        "own-words",
        "what coopcal says itself in its feeds, as who organises an event; it is no text of the event",
    )
    REFUSED = "refused", "a value that the format does not allow"
    RULE = "rule", "a rule of which only the first date could be written", True
    SAME_TIME = "same-time", "dates of one event that begin together", True
    SAME_UID = "same-uid", "a UID that stands for two things; both were kept, one under a UID of its own"
    SECOND_CHANGE = (
        "second-change",
        "a date that is changed twice: the highest SEQUENCE, then the latest DTSTAMP, counts",
    )
    SECOND_EVENT = (
        "second-event",
        "an older version of an event, or the same once more; it was left out",
        True,
    )
    SECOND_VALUE = "second-value", "a second value where one is kept"
    SECONDS = "seconds", "times go by minutes"
    SERIAL = "serial", "a number of a spreadsheet, read as a day or a time"
    TECHNICAL = "technical", "what programs note for themselves"
    TIME_WORD = "time-word", "a word in a column of times"
    TOO_DEEP = "too-deep", "components within components within components", True
    TOO_FAR = "too-far", "a change beyond the dates that are looked at", True
    TOO_LONG = "too-long", "a text that was cut"
    TOO_MANY = "too-many", "more than 500 dates in a list", True
    UNKNOWN_TAG = "unknown-tag", "a category that `coopcal.yaml` does not know"
    UNKNOWN_ZONE = "unknown-zone", "a zone that nothing is known of"
    UNTIL_DAY = "until-day", "an end that is a day, taken to be in it"
    WHOLE_DAYS = "whole-days", "times that were meant as whole days"
    ZONE_NAME = "zone-name", "a zone under another name"
