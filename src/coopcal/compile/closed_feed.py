"""What a closed feed still says: where to go."""

from datetime import UTC, date, datetime, time

from coopcal import zones
from coopcal.compile.notice import Notice, notice_on
from coopcal.compile.render.stamped import StampedEntry
from coopcal.model.identity import closed_uid
from coopcal.model.site import SiteSettings
from coopcal.model.text import Languages
from coopcal.selection.plan import YEAR_AFTER, FeedPlan
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
    return notice_on(
        Notice(
            closed_uid(feed.id, settings.uid_domain),
            feed.closed.on,
            datetime.combine(feed.closed.on, time(0), UTC),
            title,
            description,
            see or (None if feed.is_private else f"{settings.base_url}/feeds/{feed.id}/"),
        )
    )
