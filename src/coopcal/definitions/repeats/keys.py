"""The keys of ``repeats``, of its lists, and of the dates in ``when``."""

from dataclasses import dataclass, replace

from coopcal.definitions.context import Context
from coopcal.definitions.declared import json_schema, patterns
from coopcal.definitions.declared.json_schema import either, ref
from coopcal.definitions.declared.key import Key, Record
from coopcal.definitions.declared.reader import later, listed, reader
from coopcal.definitions.declared.record import read_record
from coopcal.definitions.event_keys import EVENT, ONE_WHEN, SYNONYMS
from coopcal.definitions.readers.dates import day
from coopcal.definitions.readers.number import whole_number
from coopcal.definitions.readers.text import LONGEST_PARAGRAPH, text
from coopcal.definitions.repeats.dates import Day, named_days
from coopcal.definitions.repeats.every import every
from coopcal.definitions.repeats.on import on
from coopcal.definitions.repeats.parity import weeks
from coopcal.definitions.repeats.raw import raw_rule
from coopcal.definitions.source.node import Mapping, Node
from coopcal.model.text import Text

EXCEPT = Record(
    "An excepted date",
    (
        Key("date", named_days, "the date, or a range of dates", "2026-12-29", required=True, fills="days"),
        Key("reason", text(LONGEST_PARAGRAPH), "why it does not take place", "holidays"),
    ),
    {"day": "date", "on": "date", "when": "date", "why": "reason"},
)


@dataclass(frozen=True, slots=True)
class Excepted:
    """Days on which nothing takes place, and perhaps why."""

    days: tuple[Day, ...] = ()
    reason: Text | None = None


@reader(either(ref("excepted"), named_days.schema))
def _excepted(node: Node, context: Context) -> Excepted:
    """Read excepted dates: a date, a range or a break, alone or with the reason."""
    if not isinstance(node, Mapping):
        return Excepted(named_days(node, context) or ())
    written = read_record(node, EXCEPT, context)
    return Excepted(**written.fields()) if written else Excepted()


_ALSO = later(json_schema.listed(either(ref("date"), ONE_WHEN.schema)))
_CHANGES = later(
    json_schema.by_name(
        either(ref("change"), ONE_WHEN.schema),
        patterns.CHANGED,
        "Write changes by date, such as 2026-10-13, or from 2026-11-01",
    )
)

REPEATS = Record(
    "How an event recurs",
    (
        Key("every", every, "how often: day, week, 2 weeks, month, year …", "month"),
        Key("on", on, "which days: weekdays, days of the month; without it, as “when”", "second Tuesday"),
        Key("weeks", weeks, "only in weeks of the calendar (ISO 8601) with such a number: odd or even", "even"),
        Key("rule", raw_rule, "a rule of RFC 5545 instead of every and on", "FREQ=WEEKLY;BYDAY=TU"),
        Key("until", day, "the last day that may have a date, included", "2026-12-31"),
        Key("count", whole_number, "how many dates there are, excepted ones counted", "10"),
        Key("except", listed(_excepted), "dates, ranges of dates or named breaks without it", "[2026-08-11, summer]"),
        Key("also", _ALSO, "further dates, beside those of the rule", "[2026-08-18 19:00/21:00]"),
        Key("changes", _CHANGES, "what is different on a date, or from a date on", "{2026-10-13: {status: cancelled}}"),
    ),
    {
        "frequency": "every", "freq": "every", "interval": "every", "rrule": "rule", "by": "on", "week": "weeks", "days": "on", "day": "on",
        "weekday": "on", "end": "until", "ends": "until", "to": "until", "times": "count", "exceptions": "except", "exclude": "except",
        "excluding": "except", "without": "except", "skip": "except", "not": "except", "exdate": "except", "extra": "also", "and": "also",
        "additional": "also", "rdate": "also", "change": "changes", "overrides": "changes", "changed": "changes", "moved": "changes",
    },
)  # fmt: skip


def _on_one_date(key: Key) -> Key:
    """Return a key as it is on one date: its ``when`` is no list."""
    return replace(key, reader=ONE_WHEN) if key.name == "when" else key


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

CHANGE_OR_ALSO = Record(ALSO.called, tuple(replace(key, required=False) for key in ALSO.keys), ALSO.synonyms)
"""A further date whose day is known."""
