"""Facts of two states → what changed between them."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, time

from coopcal.compile.diff.dates import dates
from coopcal.compile.diff.further_dates import further_dates, last_day
from coopcal.compile.diff.named import named_changes
from coopcal.compile.diff.pairs import Pair, by_event, latest, paired
from coopcal.compile.diff.past import with_past
from coopcal.compile.diff.shown import differences
from coopcal.model.addresses import is_a_move
from coopcal.model.change import Changes, Difference, EventChange
from coopcal.model.facts import (
    BusyTimeFacts,
    Facts,
    HappeningFacts,
    RecurringFacts,
    VisibleFacts,
)
from coopcal.model.when import days_of
from coopcal.text import recurring


def compare(old: Facts, new: Facts, today: date | None = None) -> Changes:
    """Tell what changed from one state to another; times that are taken only as far as both tell them.

    With ``today``, what is new and lies before that is marked as past.
    """
    return Changes(
        tuple(named_changes(old.organisations, new.organisations)),
        tuple(named_changes(old.feeds, new.feeds)),
        events_changed(old, new, today),
        tuple(_moves(old, new)),
    )


def _moves(old: Facts, new: Facts) -> Iterator[Difference]:
    """Tell that the site has another address, where both are known, and whether the former one is said."""
    if old.address and new.address and is_a_move(old.address, new.address):
        known = old.address in new.former_addresses
        yield Difference("site_moved" if known else "site_left", old.address, new.address)


def events_changed(old: Facts, new: Facts, today: date | None = None) -> tuple[EventChange, ...]:
    """Tell what changed of events alone, as ``compare`` does; of feeds none is looked at but those that had another id."""
    feeds = {former: name for name, feed in new.feeds.items() for former in feed.former}
    before = {
        uid: replace(event, feeds=tuple(sorted({feeds.get(name, name) for name in event.feeds})))
        for uid, event in old.events.items()
    }
    changes = [*_busy(before, new.events, min(old.until, new.until))]
    pairs = paired(_happenings(before), _happenings(new.events))
    by_itself, further = by_event(pairs)
    for uid, pair in by_itself.items():
        change = _event(uid, pair, further.get(uid, []))
        if change is not None:
            changes.append(change if today is None else with_past(change, pair[1], today))
    return tuple(sorted(changes, key=place))


def place(change: EventChange) -> tuple[str, datetime, str, str]:
    """Return what changes are sorted by: their organisations, dates and names."""
    return change.organisation, datetime.combine(days_of(change.when)[0], time(0)), change.key, change.uid


def _busy(
    old: Mapping[str, VisibleFacts], new: Mapping[str, VisibleFacts], until: date
) -> Iterator[EventChange]:
    """Tell of times that are taken now, or no longer, and end before a day."""
    for kind, present, others in (("free", old, new), ("busy", new, old)):
        for uid, busy in present.items():
            if not isinstance(busy, BusyTimeFacts) or uid in others:
                continue
            if days_of(busy.shown.when)[1] < until:
                yield EventChange(
                    uid=uid,
                    key="",
                    organisation=busy.organisation,
                    page="",
                    title=busy.shown.title,
                    when=busy.shown.when,
                    differences=(Difference(kind, new=busy.shown.when),),
                    before=busy.feeds if kind == "free" else (),
                    after=busy.feeds if kind == "busy" else (),
                )


def _happenings(events: Mapping[str, VisibleFacts]) -> dict[str, HappeningFacts]:
    return {uid: event for uid, event in events.items() if isinstance(event, HappeningFacts)}


def _event(uid: str, pair: Pair, further: list[Pair]) -> EventChange | None:
    old, new = pair
    event = latest(pair)
    differing: list[Difference] = []
    if old is None:
        differing.append(Difference("added", new=event.shown.when))
        if isinstance(new, RecurringFacts) and recurring.said(new.recurrence.rule, "en"):
            differing.append(Difference("recurs", new=new.recurrence.rule))
        if event.shown.status.value in ("cancelled", "postponed"):
            differing.append(Difference(event.shown.status.value, new=event.shown.reason))
    elif new is None:
        differing.append(Difference("removed", old=event.shown.when))
        further = []
    else:
        differing += differences(old.shown, new.shown, series=isinstance(new, RecurringFacts))
        differing += dates(
            old,
            new,
            (
                last_day(old, [before for before, _ in further]),
                last_day(new, [after for _, after in further]),
            ),
        )
    differing += [
        difference
        for difference in further_dates(old, further)
        if replace(difference, day=None, onward=False) not in differing
    ]
    if old and new:
        differing += [Difference("leaves", old=name) for name in old.feeds if name not in new.feeds]
        differing += [Difference("enters", new=name) for name in new.feeds if name not in old.feeds]
    if not differing:
        return None
    return EventChange(
        uid=uid,
        key=event.key,
        organisation=event.organisation,
        page=event.page if new else "",
        title=event.shown.title,
        when=event.shown.when,
        differences=tuple(differing),
        before=old.feeds if old else (),
        after=new.feeds if new else (),
        groups=event.groups,
    )
