"""Other formats of a feed, made of the occurrences of a site: the same events for programs, spreadsheets and newsletters."""

from collections.abc import Callable
from dataclasses import dataclass

from coopcal.formats.document import json_document
from coopcal.formats.newsletter import markdown, text
from coopcal.formats.request import MOST, Asked
from coopcal.formats.syndication import atom, rss, upcoming_rss
from coopcal.formats.table import MOST_ROWS, csv_table
from coopcal.text.late import late

__all__ = ["FORMATS", "Asked", "Format"]


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its media type, and how it is made. ``upcoming``: it holds what comes next, so it changes with time.

    ``in_parts``: of many dates, it holds a part, of at most ``most``.
    """

    media_type: str
    make: Callable[[Asked], bytes]
    upcoming: bool = False
    in_parts: bool = False
    most: int = MOST


FORMATS = {
    "json": Format("application/json", json_document, in_parts=True),
    "jcal": Format("application/calendar+json", lambda asked: late("formats.jcal", "jcal")(asked.ics)),
    "atom": Format("application/atom+xml; charset=utf-8", atom),
    "rss": Format("application/rss+xml; charset=utf-8", rss),
    "upcoming.rss": Format("application/rss+xml; charset=utf-8", upcoming_rss, upcoming=True, in_parts=True),
    "csv": Format("text/csv; charset=utf-8; header=present", csv_table, in_parts=True, most=MOST_ROWS),
    "txt": Format("text/plain; charset=utf-8", text, upcoming=True, in_parts=True),
    "md": Format("text/markdown; charset=utf-8", markdown, upcoming=True, in_parts=True),
}
"""The formats by the ending of their address."""
