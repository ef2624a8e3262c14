"""Editions of an event: the past one, and the one to come."""

from datetime import date, timedelta

from coopcal.model.event import Event
from coopcal.model.published import PublishedEvent

LONG_AHEAD = timedelta(days=60)


def is_far_ahead(event: Event, before: PublishedEvent, today: date) -> bool:
    """Return whether an event that was over as it was published lies far ahead now, as its next edition would."""
    return before.last < today and event.days[0] > today + LONG_AHEAD
