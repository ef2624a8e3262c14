"""A feed as jCal (RFC 7265)."""

import json

from icalendar import Calendar


def jcal(feed: bytes) -> bytes:
    """Return a feed of ours as jCal: the same properties and parameters as JSON."""
    calendar = Calendar.from_ical(feed)
    return (json.dumps(calendar.to_jcal(), ensure_ascii=False, separators=(",", ":")) + "\n").encode()
