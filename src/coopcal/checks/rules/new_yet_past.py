"""What is new, or newly moved, and lies in the past: a year too few, perhaps."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from coopcal.checks.rule import Rule
from coopcal.checks.texts import Written
from coopcal.checks.view import View
from coopcal.model.event import FurtherDate, overrides_of
from coopcal.model.facts import RecurringFacts
from coopcal.model.happening import Happening, Session
from coopcal.model.message import Message, Number, msg
from coopcal.model.problem import Code, Problems, Severity
from coopcal.model.when import days_of

NEW_YET_PAST = Code(
    "new-yet-past",
    "An event or a date that was not published before, or was to come and was moved, lies in the past: perhaps its year is wrong.",
    Severity.NOTE,
    switchable=True,
)

FEW = 5
"""How many an organisation has at most that are told one by one; more are an archive that was brought in."""

MANY = 3
"""How many times as many events are to come, at the least, where those in the past are told before the first publication."""


@dataclass(frozen=True, slots=True)
class _Past:
    """What lies in the past now: an event, or a date of one, and its first day; ``moved`` tells from when."""

    event: Written
    day: date
    moved: date | None = None


def check(view: View, problems: Problems) -> None:
    """What was not published before, or not on these days, does not lie in the past without a word."""
    if view.previous is None:
        _past_among_coming(view, problems)
        return
    for organisation, group in groupby(_newly_past(view), lambda past: past.event.of.organisation):
        newly_past = list(group)
        if len(newly_past) > FEW:
            days = [past.day for past in newly_past]
            message = msg(
                "{count} events or dates are new here and lie in the past, from {first} to {last}",
                count=Number(len(newly_past)),
                first=min(days),
                last=max(days),
            )
            mend = msg("nothing need be done, if they are an archive; else look at their years")
            problems.tell(view.organisations[organisation].position, NEW_YET_PAST, message, mend)
            continue
        for past in newly_past:
            problems.tell(
                past.event.details.position, NEW_YET_PAST, _message(past), _meant(past.day, view.today)
            )


def _past_among_coming(view: View, problems: Problems) -> None:
    """Before anything is published, ask for the years of the few that are over while all others are to come."""
    for one in view.catalogue.organisations:
        events = [event for event in one.events if _is_published(event, view.today)]
        past = [
            event
            for event in events
            if max(date_of.days[1] for date_of in (event, *event.dates)) < view.today
        ]
        if not past or len(past) * MANY > len(events) - len(past):
            continue
        for event in past:
            day = event.days[0]
            message = msg(
                "“{event}” lies in the past, on {day}, while nearly all others are still to come",
                event=event.path[-1],
                day=day,
            )
            problems.tell(event.details.position, NEW_YET_PAST, message, _meant(day, view.today))


def _newly_past(view: View) -> Iterator[_Past]:
    """Return what is new in the past; of an event that is so as a whole, not each of its further dates besides.

    What lies where one that is gone lay was renamed, as it seems: that is told of the one that is gone.
    """
    new, gone = set(), _days_of_gone(view)
    for event in view.events:
        if isinstance(event, Session) or not _is_published(event, view.today):
            continue
        key = view.whole(event).key
        if isinstance(event, FurtherDate) and key in new:
            continue
        first, last = event.days
        before = view.published.get(event.key)
        if last >= view.today:
            yield from _changed(event, view)
        elif before is None:
            new.add(event.key)
            if (first, last) not in gone:
                yield _Past(Written(event), first)
        elif before.last >= view.today:
            yield _Past(Written(event), first, before.first)


def _days_of_gone(view: View) -> set[tuple[date, date]]:
    """Return the days of what was published and is not there now."""
    events = view.previous.events if view.previous else {}
    present = set(view.uid_of.values())
    return {(event.first, event.last) for uid, event in events.items() if uid not in present}


def _changed(event: Happening, view: View) -> Iterator[_Past]:
    """Return the dates of a series that were moved into the past while their days are still to come."""
    published = view.previous.facts if view.previous else None
    facts = published.events.get(view.uid_of[event.key]) if published else None
    overrides = facts.recurrence.overrides if isinstance(facts, RecurringFacts) else ()
    before = {day: days_of(shown.when) for day, shown in overrides}
    for override in overrides_of(event):
        first, last = days_of(override.details.when)
        if last < view.today <= override.day and before.get(override.day) != (first, last):
            yield _Past(Written(event, override), first, override.day)


def _is_published(event: Happening, today: date) -> bool:
    """Return whether the public sees an event, so that what was published tells whether it is new."""
    waits = event.publish_from is not None and event.publish_from.date() > today
    return event.is_public and not event.draft and not waits


def _message(past: _Past) -> Message:
    event = past.event.of.path[-1]
    if past.moved is not None:
        return msg(
            "“{event}” is moved from {old} into the past, to {day}",
            event=event,
            old=past.moved,
            day=past.day,
        )
    if isinstance(past.event.of, FurtherDate):
        return msg("“{event}” has a new date that lies in the past, on {day}", event=event, day=past.day)
    return msg("“{event}” is new and lies in the past, on {day}", event=event, day=past.day)


def _meant(day: date, today: date) -> Message:
    """Ask for the next year where that is still to come."""
    last = 28 if (day.month, day.day) == (2, 29) else day.day
    meant = date(day.year + 1, day.month, last) if day.year < date.max.year else day
    if meant >= today:
        return msg("is the year right? Did you mean {meant}?", meant=meant)
    return msg("is the year right? If it is, nothing need be done")


RULE = Rule((NEW_YET_PAST,), check)
