"""What a closed feed still says: where to go."""

import hashlib
from datetime import UTC, date, datetime, time, timedelta

from coopcal import zones
from coopcal.compile.render.stamped import StampedEntry
from coopcal.compile.stamp import sequence
from coopcal.model.identity import notice_uid
from coopcal.model.published import Stamp
from coopcal.model.site import SiteSettings
from coopcal.model.text import Languages
from coopcal.selection.plan import YEAR_AFTER, FeedPlan
from coopcal.site.component import Component
from coopcal.text import content_lines as lines
from coopcal.text.side_by_side import labels
from coopcal.text.words import word


def tells(feed: FeedPlan, now: datetime) -> bool:
    """Return whether a feed is closed by now, and still says where to go."""
    return feed.closed is not None and _moment(feed, feed.closed.on) <= now and not is_over(feed, now)


def is_over(feed: FeedPlan, now: datetime) -> bool:
    """Return whether a feed has been closed for more than a year by now."""
    return feed.closed is not None and _moment(feed, feed.closed.on + YEAR_AFTER) <= now


def _moment(feed: FeedPlan, day: date) -> datetime:
    """Return the moment at which a day begins where the feed is at home."""
    return zones.first_moment(day, feed.timezone).astimezone(UTC)


def notice(feed: FeedPlan, settings: SiteSettings, see: str | None) -> StampedEntry:
    """Return a whole-day event on the day that the feed closed, which says what takes its place.

    It never changes, so its stamp is the midnight (UTC) of that day.
    """
    assert feed.closed is not None
    languages = Languages(feed.languages)
    title = labels(
        languages, lambda language: word("ended", language, title=feed.title.say(language, *feed.languages))
    )
    description = labels(
        languages,
        lambda language: word("ended_see", language, see=see) if see else word("ended_no_see", language),
    )
    closed = datetime.combine(feed.closed.on, time(0), UTC)
    stamp = Stamp(closed, hashlib.sha256(description.encode()).hexdigest())
    uid = notice_uid(feed.id, settings.uid_domain)
    content = b"".join(
        (
            b"BEGIN:VEVENT\r\n",
            lines.text("UID", uid),
            lines.moment("DTSTAMP", stamp.modified, None),
            lines.moment("LAST-MODIFIED", stamp.modified, None),
            lines.raw("SEQUENCE", str(sequence(stamp.modified))),
            lines.day("DTSTART", feed.closed.on),
            lines.day("DTEND", feed.closed.on + timedelta(days=1)),
            lines.raw("X-MICROSOFT-CDO-ALLDAYEVENT", "TRUE"),
            lines.text("SUMMARY", title),
            lines.text("DESCRIPTION", description),
            lines.raw("URL", see or f"{settings.base_url}/feeds/{feed.id}/"),
            lines.raw("STATUS", "CONFIRMED"),
            lines.raw("TRANSP", "TRANSPARENT"),
            lines.raw("X-MICROSOFT-CDO-BUSYSTATUS", "FREE"),
            b"END:VEVENT\r\n",
        )
    )
    return StampedEntry(((Component(uid, notice=True), content),))
