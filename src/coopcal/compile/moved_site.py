"""What feeds say of a site that moved to another address."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from coopcal import zones
from coopcal.compile.inputs import Inputs
from coopcal.compile.notice import Notice, notice_on
from coopcal.compile.render.stamped import StampedEntry
from coopcal.model.identity import moved_uid
from coopcal.model.text import Languages
from coopcal.selection.plan import YEAR_AFTER, FeedPlan
from coopcal.text.side_by_side import labels
from coopcal.text.words import word

AHEAD = timedelta(days=7)
"""From the move to the day of the notice: calendars that fetch once a week have it before it comes (clients.md 3)."""


class Move(NamedTuple):
    """A former address of the site, and since when it is one."""

    old: str
    at: datetime

    @property
    def told_until(self) -> datetime:
        """When it is told no longer."""
        return self.at + YEAR_AFTER


def moves(inputs: Inputs) -> Mapping[str, datetime]:
    """Return since when each former address of the site is one: those that are new since now."""
    return {old: inputs.before.moved.get(old, inputs.now) for old in inputs.catalogue.settings.former}


def told(inputs: Inputs) -> Move | None:
    """Return the last move, as long as it is told: for a year; None where there is none."""
    last = max((Move(old, at) for old, at in moves(inputs).items()), key=lambda move: move.at, default=None)
    return last if last is not None and inputs.now < last.told_until else None


def notice(move: Move, feed: FeedPlan, address: str, inputs: Inputs) -> StampedEntry:
    """Return a whole-day event, a week after the move, which says where a feed is now; ``address`` is its path.

    The feed has the same bytes at both addresses, so it speaks to those who subscribed at the former one by naming that.
    """
    settings, languages = inputs.catalogue.settings, Languages(feed.languages)
    page = None if feed.is_private else f"{settings.base_url}/feeds/{feed.id}/subscribe/"

    def titled(language: str) -> str:
        return word("moved_site", language, title=feed.title.say(language, *feed.languages))

    def described(language: str) -> str:
        if page is None:  # nobody but whoever has the secret address knows it
            return word("moved_site_private", language, old=move.old, new=settings.base_url)
        new = f"{settings.base_url}{address}"
        return word("moved_site_to", language, old=f"{move.old}{address}", new=new, page=page)

    return notice_on(
        Notice(
            moved_uid(feed.id, settings.uid_domain),
            (move.at + AHEAD).astimezone(zones.zone(feed.timezone)).date(),
            move.at,
            labels(languages, titled),
            labels(languages, described),
            page,
        )
    )
