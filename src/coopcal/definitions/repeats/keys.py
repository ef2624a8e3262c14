"""The keys of ``repeats``, of its lists, and of the dates in ``when``."""

from dataclasses import replace

from coopcal.definitions.declared.record import Key, Record
from coopcal.definitions.event_keys import EVENT, SYNONYMS
from coopcal.definitions.repeats.parity import WEEKS

REPEATS = Record(
    "How an event recurs",
    (
        Key("every", "unit", "how often: day, week, 2 weeks, month, year …", "month"),
        Key("on", "days", "which days: weekdays, days of the month; without it, as “when”", "second Tuesday"),
        Key("weeks", "choice", "only in weeks of the calendar (ISO 8601) with such a number: odd or even", "even", choices=WEEKS),
        Key("rule", "rule", "a rule of RFC 5545 instead of every and on", "FREQ=WEEKLY;BYDAY=TU"),
        Key("until", "date", "the last day that may have a date, included", "2026-12-31"),
        Key("count", "number", "how many dates there are, excepted ones counted", "10"),
        Key("except", "dates", "dates, ranges of dates or named breaks without it", "[2026-08-11, summer]"),
        Key("also", "whens", "further dates, beside those of the rule", "[2026-08-18 19:00/21:00]"),
        Key(
            "changes",
            "changes",
            "what is different on a date, or from a date on",
            "{2026-10-13: {status: cancelled}}",
        ),
    ),
    {
        "frequency": "every", "freq": "every", "interval": "every", "rrule": "rule", "by": "on", "week": "weeks", "days": "on", "day": "on",
        "weekday": "on", "end": "until", "ends": "until", "to": "until", "times": "count", "exceptions": "except", "exclude": "except",
        "excluding": "except", "without": "except", "skip": "except", "not": "except", "exdate": "except", "extra": "also", "and": "also",
        "additional": "also", "rdate": "also", "change": "changes", "overrides": "changes", "changed": "changes", "moved": "changes",
    },
)  # fmt: skip

EXCEPT = Record(
    "An excepted date",
    (
        Key("date", "excepted", "the date, or a range of dates", "2026-12-29", required=True),
        Key("reason", "text", "why it does not take place", "holidays"),
    ),
    {"day": "date", "on": "date", "when": "date", "why": "reason"},
)


def _on_one_date(key: Key) -> Key:
    """Return a key as it is on one date: its ``when`` is no list."""
    return replace(key, kind="one when") if key.name == "when" else key


_APART = (
    "id", "series", "repeats", "visibility", "public_shows", "formerly", "uid", "draft", "publish_from", "corrected",
)  # fmt: skip

CHANGE = Record(
    "A changed date",
    tuple(replace(_on_one_date(key), required=False) for key in EVENT.keys if key.name not in _APART),
    SYNONYMS,
)

ALSO = Record(
    "A date",
    tuple(
        replace(_on_one_date(key), required=key.name == "when")
        for key in EVENT.keys
        if key.name == "id" or key.name not in _APART
    ),
    SYNONYMS,
)
"""A date in a list that says more than when it is."""
