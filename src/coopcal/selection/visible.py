"""What an audience sees at an instant, in order."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from coopcal.model.entry import BusyTime, ClosingEntry, Entry, MovedNotice, Visible
from coopcal.model.event import Event, Recurring, has_dates
from coopcal.model.feed import PUBLIC, Audience
from coopcal.model.happening import Details, Happening
from coopcal.model.identity import uid
from coopcal.model.site import Catalogue
from coopcal.model.when import start_of
from coopcal.selection.busy import busy_times
from coopcal.selection.contacts import as_kept
from coopcal.selection.until import Turns

AnyHappening = TypeVar("AnyHappening", bound=Happening)


def public_events(catalogue: Catalogue, turns: Turns, audience: Audience = PUBLIC) -> tuple[Visible, ...]:
    """Return every event and session that the public may see, and an ``audience`` besides, by start.

    Of hidden ones that say ``public_shows: busy`` there are the times that they take. A session is seen no earlier
    than its event, and its event's ``sessions`` hold only those that are seen. Those of an event with several dates
    are no events of their own.
    """
    now, visible = turns.now, list[Visible]()
    _tell_turns(catalogue, turns, audience)
    for organisation in catalogue.organisations:
        hidden: list[Event] = []
        for written in organisation.events:
            event = as_kept(written, catalogue.settings, turns)
            if _is_seen(event, now, audience):
                visible += _seen_of(event, now, audience)
            elif event.public_shows_busy and _is_out(event, now):
                hidden.append(event)
        visible += busy_times(organisation, catalogue.settings, hidden, now)
    return tuple(sorted(visible, key=lambda entry: order(entry, catalogue)))


def _seen_of(event: Event, now: datetime, audience: Audience) -> Iterator[Happening]:
    """Return an event that is seen, its further dates, and the sessions of one that takes place once."""
    seen = _with_sessions_seen(event, now, audience)
    dates = tuple(_with_sessions_seen(date, now, audience) for date in event.dates)
    yield replace(seen, dates=dates) if dates else seen
    yield from dates
    if not has_dates(event):
        yield from seen.details.sessions


def _with_sessions_seen(happening: AnyHappening, now: datetime, audience: Audience) -> AnyHappening:
    """Return an event or a date, and its overrides, with those sessions alone that are seen."""

    def seen(details: Details) -> Details:
        sessions = tuple(session for session in details.sessions if _is_seen(session, now, audience))
        return details if len(sessions) == len(details.sessions) else replace(details, sessions=sessions)

    if isinstance(happening, Recurring):
        overrides = tuple(
            replace(override, details=seen(override.details)) for override in happening.recurrence.overrides
        )
        if overrides:
            happening = replace(happening, recurrence=replace(happening.recurrence, overrides=overrides))
    details = seen(happening.details)
    return happening if details is happening.details else replace(happening, details=details)


def _is_seen(happening: Happening, now: datetime, audience: Audience) -> bool:
    return may_see(happening, audience) and _is_out(happening, now)


def may_see(happening: Happening, audience: Audience) -> bool:
    """Return whether an audience may see an event or session once it is out."""
    return happening.is_public or audience.sees(happening.organisation, happening.visibility)


def _is_out(happening: Happening, now: datetime) -> bool:
    """Return whether it is no draft, and its day has come."""
    return not happening.draft and (happening.publish_from is None or happening.publish_from <= now)


def _tell_turns(catalogue: Catalogue, turns: Turns, audience: Audience) -> None:
    """Tell when events appear that wait for their day, and when more dates are told of series."""
    for organisation in catalogue.organisations:
        for event in organisation.events:
            for happening in (event, *event.details.sessions):
                shown = may_see(happening, audience) or (happening is event and event.public_shows_busy)
                if happening.publish_from and shown and not happening.draft:
                    turns.untold(happening.publish_from)
            for happening in (event, *event.dates) if _is_out(event, turns.now) else ():
                recurs = may_see(event, audience) and isinstance(happening, Recurring)
                if event.public_shows_busy or recurs:
                    turns.with_dates_until(happening.days[1])


def order(entry: Entry, catalogue: Catalogue) -> tuple[datetime, int, str]:
    """Return the key that entries are sorted by: start, events before sessions, UID."""
    match entry:
        case BusyTime():
            depth = 0
        case MovedNotice(of=of) | ClosingEntry(of=of):
            depth = len(of.path)
        case _:
            depth = len(entry.path)
    organisation = catalogue.by_id[entry.organisation]
    return start_of(entry.details.when), depth, uid(entry, organisation, catalogue.settings.uid_domain)
