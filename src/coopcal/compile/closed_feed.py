"""What a feed that closes says, before and after: where to go."""

from datetime import UTC, date, datetime, time, timedelta

from coopcal import zones
from coopcal.compile.notice import Notice, notice_on
from coopcal.compile.render.stamped import StampedEntry
from coopcal.model.identity import closed_uid
from coopcal.model.site import SiteSettings
from coopcal.model.text import Languages
from coopcal.selection.plan import YEAR_AFTER, FeedPlan
from coopcal.text.side_by_side import labels
from coopcal.text.words import word

AHEAD = timedelta(days=28)
"""From the first word of the end to its day: calendars that fetch once a week, and people on holiday, have it before it comes."""


def tells(feed: FeedPlan, now: datetime) -> bool:
    """Return whether a feed says by now where to go: from some weeks before it closes until a year after."""
    return feed.closed is not None and _moment(feed, feed.closed.on - AHEAD) <= now and not is_over(feed, now)


def is_closed(feed: FeedPlan, now: datetime) -> bool:
    """Return whether a feed is closed by now."""
    return feed.closed is not None and _moment(feed, feed.closed.on) <= now


def is_over(feed: FeedPlan, now: datetime) -> bool:
    """Return whether a feed has been closed for more than a year by now."""
    return feed.closed is not None and _moment(feed, feed.closed.on + YEAR_AFTER) <= now


def _moment(feed: FeedPlan, day: date) -> datetime:
    """Return the moment at which a day begins where the feed is at home."""
    return zones.first_moment(day, feed.timezone).astimezone(UTC)


def turns(feed: FeedPlan) -> tuple[date, ...]:
    """Return the days at which a feed says something else of its end."""
    return (
        () if feed.closed is None else (feed.closed.on - AHEAD, feed.closed.on, feed.closed.on + YEAR_AFTER)
    )


def notice(feed: FeedPlan, settings: SiteSettings, see: str | None, now: datetime) -> StampedEntry:
    """Return a whole-day event on the day that the feed closes, which says what takes its place.

    It changes once, on that day; so its stamp is the midnight (UTC) of the day on which it says what it says first.
    """
    assert feed.closed is not None
    is_past, languages = is_closed(feed, now), Languages(feed.languages)
    since = feed.closed.on if is_past else feed.closed.on - AHEAD
    of_title, of_see, of_none = (
        ("ended", "ended_see", "ended_no_see") if is_past else ("closes", "closes_see", "closes_no_see")
    )
    title = labels(
        languages, lambda language: word(of_title, language, title=feed.title.say(language, *feed.languages))
    )
    description = labels(
        languages, lambda language: word(of_see, language, see=see) if see else word(of_none, language)
    )
    return notice_on(
        Notice(
            closed_uid(feed.id, settings.uid_domain),
            feed.closed.on,
            datetime.combine(since, time(0), UTC),
            title,
            description,
            see or (None if feed.is_private else f"{settings.base_url}/feeds/{feed.id}/"),
        )
    )
