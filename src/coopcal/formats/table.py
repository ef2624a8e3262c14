"""CSV (RFC 4180) for spreadsheets: a row an occurrence."""

import csv
import io
from datetime import datetime

from coopcal.formats.request import Asked
from coopcal.model.when import Deadline, Timed
from coopcal.text.markdown import plain
from coopcal.views.occurrence import Occurrence

COLUMNS = (
    "first_day", "start", "last_day", "end", "title", "when", "where", "city", "country", "online", "organisers", "status",
    "tags", "url", "uid", "description", "timezone", "kind", "recurrence",
    "reason", "moved_from", "opening_hours",
)  # fmt: skip

MOST_ROWS = 2000
"""Dates that a table holds at most: who opens it in a spreadsheet does not ask for a next part."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_table(asked: Asked) -> bytes:
    """Return the occurrences of a feed as CSV in UTF-8, with a byte order mark, as Excel asks for one.

    ``last_day`` and ``end`` together say when something ends, also at midnight. Times are local to ``timezone``.
    A cell that a spreadsheet would take for a formula has an apostrophe before it.
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for occurrence in asked.occurrences:
        writer.writerow([_harmless(cell) for cell in _row(occurrence, asked)])
    return out.getvalue().encode("utf-8-sig")


def _row(occurrence: Occurrence, asked: Asked) -> tuple[str, ...]:
    details = occurrence.details
    start = end = timezone = ""
    last = occurrence.last
    match occurrence.when:
        case Timed(start=begins, end=None, timezone=timezone):
            start, last = _clock(begins), occurrence.first
        case Timed(start=begins, end=datetime() as stops, timezone=timezone):
            start, end, last = _clock(begins), _clock(stops), stops.date()
        case Deadline(at=at, timezone=timezone):
            end = _clock(at)
    cities = dict.fromkeys(asked.say(place.city) for place in details.places)
    return (
        occurrence.first.isoformat(),
        start,
        last.isoformat(),
        end,
        asked.say(details.title),
        occurrence.words(asked.language, asked.here),
        asked.say(details.where_words),
        ", ".join(city for city in cities if city),
        ", ".join(dict.fromkeys(place.country for place in details.places if place.country)),
        (details.online and details.online.url) or "",
        ", ".join(asked.say(party.name) for party in details.parties if party.role == "organiser"),
        details.status,
        ", ".join(details.tags),
        asked.localised(occurrence.address),
        occurrence.event.uid,
        plain(asked.say(details.description)),
        timezone,
        details.kind,
        asked.recurrence(occurrence),
        asked.say(details.reason),
        asked.say(details.moved_from.said) if details.moved_from else "",
        asked.say(details.hours_words),
    )


def _clock(moment: datetime) -> str:
    """Return what clocks show; with its offset where they show it twice."""
    twice = moment.replace(fold=0).utcoffset() != moment.replace(fold=1).utcoffset()
    return f"{moment:%H:%M}{moment.isoformat()[-6:] if twice else ''}"


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
