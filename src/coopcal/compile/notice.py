"""What a feed says of itself, in an entry of its own: that it is closed, or where it is now."""

from dataclasses import dataclass
from datetime import date, datetime

from coopcal.compile.render.stamped import StampedEntry
from coopcal.site.component import Component
from coopcal.text.notice import notice as vevent


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice on a day, which blocks nobody's time; it never changes once it is ``modified`` (UTC, whole seconds)."""

    uid: str
    day: date
    modified: datetime
    title: str
    description: str
    url: str | None


def notice_on(notice: Notice) -> StampedEntry:
    """Return a whole-day event that says what a feed has to say of itself."""
    content = vevent(notice.uid, notice.day, notice.modified, notice.title, notice.description, notice.url)
    return StampedEntry(((Component(notice.uid, notice=True), content),))
