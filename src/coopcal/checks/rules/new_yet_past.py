"""What is new, or newly moved, and lies in the past: a year too few, perhaps."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from coopcal.checks.overview import Overview, ids_of, owner_of
from coopcal.checks.rule import WideRule
from coopcal.checks.view import View
from coopcal.model.event import FurtherDate, overrides_of
from coopcal.model.facts import RecurringFacts
from coopcal.model.happening import Happening, Session
from coopcal.model.message import Message, Number, msg
from coopcal.model.organisation import Organisation
from coopcal.model.problem import Code, Position, Problems, Severity
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


Days = tuple[date, date]
"""A first and a last day."""


@dataclass(frozen=True, slots=True)
class Past:
    """What lies in the past now: an event, or a date of one, and its first day.

    ``moved`` tells from when; ``new`` are the days of what was not published before.
    """

    id: str
    position: Position
    day: date
    is_date: bool = False
    moved: date | None = None
    new: Days | None = None


@dataclass(frozen=True, slots=True)
class History:
    """What lies newly in the past of an organisation, and by UIDs what it lacks of what was published, and has of others."""

    past: tuple[Past, ...]
    absent: tuple[str, ...]
    taken_over: frozenset[str]


def check(view: View, problems: Problems) -> None:
    """Before anything is published, what is past has the right year."""
    if view.previous is None:
        _past_among_coming(view, problems)


def gather(view: View) -> Mapping[str, History]:
    """Return what is new in the past of each organisation, and what is there no longer, where there is any."""
    if view.previous is None:
        return {}
    gathered = {}
    for one in view.batch:
        published = (pair for owner in ids_of(one) for pair in view.overview.published_of.get(owner, ()))
        absent = tuple(uid for uid, _ in published if uid not in view.present[one.id])
        past, taken_over = tuple(_newly_past(one, view)), view.taken_over.get(one.id, frozenset())
        if past or absent or taken_over:
            gathered[one.id] = History(past, absent, taken_over)
    return gathered


def conclude(gathered: Mapping[str, History], overview: Overview, problems: Problems) -> None:
    """What was not published before, or not on these days, does not lie in the past without a word.

    What lies where one that is gone lay was renamed, as it seems: that is told of the one that is gone.
    """
    if not any(history.past for history in gathered.values()):
        return
    gone = _days_of_gone(gathered.values(), overview)
    for identifier, history in gathered.items():
        newly_past = [past for past in history.past if past.new not in gone]
        if len(newly_past) > FEW:
            days = [past.day for past in newly_past]
            message = msg(
                "{count} events or dates are new here and lie in the past, from {first} to {last}",
                count=Number(len(newly_past)),
                first=min(days),
                last=max(days),
            )
            mend = msg("nothing need be done, if they are an archive; else look at their years")
            problems.tell(overview.organisations[identifier].position, NEW_YET_PAST, message, mend)
            continue
        for past in newly_past:
            problems.tell(past.position, NEW_YET_PAST, _message(past), _meant(past.day, overview.today))


def _days_of_gone(histories: Collection[History], overview: Overview) -> set[Days]:
    """Return the days of what was published and is not there now, in no organisation."""
    events = overview.previous.events if overview.previous else {}
    known, claims = overview.published_events, overview.claims
    of_none = (uid for uid in events if uid not in known or owner_of(known[uid].key) not in claims)
    absent = {*of_none, *(uid for history in histories for uid in history.absent)}
    absent -= {uid for history in histories for uid in history.taken_over}
    return {(events[uid].first, events[uid].last) for uid in absent}


def _past_among_coming(view: View, problems: Problems) -> None:
    """Before anything is published, ask for the years of the few that are over while all others are to come."""
    for one in view.batch:
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


def _newly_past(one: Organisation, view: View) -> Iterator[Past]:
    """Return what is new in the past; of an event that is so as a whole, not each of its further dates besides."""
    new = set()
    for event in view.events_by_organisation[one.id]:
        if isinstance(event, Session) or not _is_published(event, view.today):
            continue
        is_date = isinstance(event, FurtherDate)
        if is_date and view.whole(event).key in new:
            continue
        first, last = event.days
        identifier, position = event.path[-1], event.details.position
        if last >= view.today:
            yield from _changed(event, view)
        elif (before := view.published(event)) is None:
            new.add(event.key)
            yield Past(identifier, position, first, is_date=is_date, new=(first, last))
        elif before.last >= view.today:
            yield Past(identifier, position, first, is_date=is_date, moved=before.first)


def _changed(event: Happening, view: View) -> Iterator[Past]:
    """Return the dates of a series that were moved into the past while their days are still to come."""
    published = view.previous.facts if view.previous else None
    facts = published.events.get(view.uid_of[event.key]) if published else None
    overrides = facts.recurrence.overrides if isinstance(facts, RecurringFacts) else ()
    before = {day: days_of(shown.when) for day, shown in overrides}
    for override in overrides_of(event):
        first, last = days_of(override.details.when)
        if last < view.today <= override.day and before.get(override.day) != (first, last):
            yield Past(event.path[-1], override.details.position, first, moved=override.day)


def _is_published(event: Happening, today: date) -> bool:
    """Return whether the public sees an event, so that what was published tells whether it is new."""
    waits = event.publish_from is not None and event.publish_from.date() > today
    return event.is_public and not event.draft and not waits


def _message(past: Past) -> Message:
    event = past.id
    if past.moved is not None:
        return msg(
            "“{event}” is moved from {old} into the past, to {day}",
            event=event,
            old=past.moved,
            day=past.day,
        )
    if past.is_date:
        return msg("“{event}” has a new date that lies in the past, on {day}", event=event, day=past.day)
    return msg("“{event}” is new and lies in the past, on {day}", event=event, day=past.day)


def _meant(day: date, today: date) -> Message:
    """Ask for the next year where that is still to come."""
    last = 28 if (day.month, day.day) == (2, 29) else day.day
    meant = date(day.year + 1, day.month, last) if day.year < date.max.year else day
    if meant >= today:
        return msg("is the year right? Did you mean {meant}?", meant=meant)
    return msg("is the year right? If it is, nothing need be done")


RULE = WideRule((NEW_YET_PAST,), conclude, gather, check, looks_back=True)
