"""A whole-day event that tells subscribers where to go."""

from datetime import date, datetime, timedelta

from coopcal.model.published import sequence
from coopcal.text import content_lines as lines


def notice(uid: str, day: date, modified: datetime, title: str, description: str, page: str | None) -> bytes:
    """Return a VEVENT on a day that blocks nobody's time, ``modified`` (UTC, whole seconds) for the last time."""
    return b"".join(
        (
            b"BEGIN:VEVENT\r\n",
            lines.text("UID", uid),
            lines.moment("DTSTAMP", modified, None),
            lines.moment("LAST-MODIFIED", modified, None),
            lines.raw("SEQUENCE", str(sequence(modified))),
            lines.day("DTSTART", day),
            lines.day("DTEND", day + timedelta(days=1)),
            lines.raw("X-MICROSOFT-CDO-ALLDAYEVENT", "TRUE"),
            lines.text("SUMMARY", title),
            lines.text("DESCRIPTION", description),
            lines.raw("URL", page) if page else b"",
            lines.raw("STATUS", "CONFIRMED"),
            lines.raw("TRANSP", "TRANSPARENT"),
            lines.raw("X-MICROSOFT-CDO-BUSYSTATUS", "FREE"),
            b"END:VEVENT\r\n",
        )
    )
