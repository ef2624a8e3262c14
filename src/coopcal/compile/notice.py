"""What a feed says of itself, in an entry of its own: that it is closed, or where it is now."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from coopcal.compile.render.stamped import StampedEntry
from coopcal.compile.stamp import sequence
from coopcal.model.published import Stamp
from coopcal.site.component import Component
from coopcal.text import content_lines as lines


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice on a day, which blocks nobody's time; it never changes once it is ``modified`` (UTC, whole seconds)."""

    uid: str
    day: date
    modified: datetime
    title: str
    description: str
    url: str


def notice_on(notice: Notice) -> StampedEntry:
    """Return a whole-day event that says what a feed has to say of itself."""
    stamp = Stamp(notice.modified, hashlib.sha256(notice.description.encode()).hexdigest())
    content = b"".join(
        (
            b"BEGIN:VEVENT\r\n",
            lines.text("UID", notice.uid),
            lines.moment("DTSTAMP", stamp.modified, None),
            lines.moment("LAST-MODIFIED", stamp.modified, None),
            lines.raw("SEQUENCE", str(sequence(stamp.modified))),
            lines.day("DTSTART", notice.day),
            lines.day("DTEND", notice.day + timedelta(days=1)),
            lines.raw("X-MICROSOFT-CDO-ALLDAYEVENT", "TRUE"),
            lines.text("SUMMARY", notice.title),
            lines.text("DESCRIPTION", notice.description),
            lines.raw("URL", notice.url),
            lines.raw("STATUS", "CONFIRMED"),
            lines.raw("TRANSP", "TRANSPARENT"),
            lines.raw("X-MICROSOFT-CDO-BUSYSTATUS", "FREE"),
            b"END:VEVENT\r\n",
        )
    )
    return StampedEntry(((Component(notice.uid, notice=True), content),))
