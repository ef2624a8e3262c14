"""Whom one could ask about what is over: for so long as the site keeps that."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TypeVar

from coopcal import zones
from coopcal.model.event import Event, Recurring, overrides_of
from coopcal.model.happening import Details, Happening
from coopcal.model.site import SiteSettings
from coopcal.selection.until import Turns
from coopcal.selection.window import first_day_past

AnyHappening = TypeVar("AnyHappening", bound=Happening)


def as_kept(event: Event, settings: SiteSettings, turns: Turns) -> Event:
    """Return an event without contacts where all of it has been over for as long as they are kept; ``turns`` learns when that will be.

    Nobody is told when that is of an event that is not public.
    """
    leaves = _leaves(event, settings)
    if leaves is None:
        return event
    moment = zones.first_moment(leaves, settings.timezone).astimezone(UTC)
    if moment <= turns.now:
        return replace(_without(event), dates=tuple(map(_without, event.dates)))
    if event.is_public:
        turns.at(moment)
    else:
        turns.untold(moment)
    return event


def is_dropped(event: Event, settings: SiteSettings, now: datetime) -> bool:
    """Return whether the contacts of an event are kept no longer."""
    leaves = _leaves(event, settings)
    return leaves is not None and zones.first_moment(leaves, settings.timezone) <= now


def _leaves(event: Event, settings: SiteSettings) -> date | None:
    """Return the first day on which contacts of an event are kept no longer; None where it has none, or they are kept for good."""
    if settings.contacts_kept is None or not any(details.contact for details in _all_details(event)):
        return None
    sessions = (session for details in _all_details(event) for session in details.sessions)
    last = max(one.days[1] for one in (event, *event.dates, *sessions))
    return None if last == date.max else first_day_past(last, settings.contacts_kept)


def _all_details(event: Event) -> Iterator[Details]:
    """Return what is shown of an event, of its further dates, of overrides of these, and of all sessions."""
    for one in (event, *event.dates):
        for details in (one.details, *(override.details for override in overrides_of(one))):
            yield details
            yield from (session.details for session in details.sessions)


def _without(happening: AnyHappening) -> AnyHappening:
    if isinstance(happening, Recurring):
        overrides = tuple(
            replace(override, details=_nobody(override.details)) for override in overrides_of(happening)
        )
        happening = replace(happening, recurrence=replace(happening.recurrence, overrides=overrides))
    return replace(happening, details=_nobody(happening.details))


def _nobody(details: Details) -> Details:
    sessions = tuple(replace(session, details=_nobody(session.details)) for session in details.sessions)
    return replace(details, contact=None, sessions=sessions)
