"""Facts of two states → what changed between them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, time

from coopcal.compile.diff.dates import dates, day_named
from coopcal.compile.diff.past import with_past
from coopcal.compile.diff.shown import differences
from coopcal.model.change import Changes, Difference, EventChange, NamedChange
from coopcal.model.facts import (
    BusyTimeFacts,
    Facts,
    FurtherDateFacts,
    HappeningFacts,
    NamedFacts,
    RecurringFacts,
    StretchFacts,
    VisibleFacts,
)
from coopcal.model.when import days_of

Pair = tuple[HappeningFacts | None, HappeningFacts | None]


def compare(old: Facts, new: Facts, today: date | None = None) -> Changes:
    """Tell what changed from one state to another; times that are taken only as far as both tell them.

    With ``today``, what is new and lies before that is marked as past.
    """
    feeds = {former: name for name, feed in new.feeds.items() for former in feed.former}
    before = {
        uid: replace(event, feeds=tuple(sorted({feeds.get(name, name) for name in event.feeds})))
        for uid, event in old.events.items()
    }
    changes = [*_busy(before, new.events, min(old.until, new.until))]
    pairs = _pairs(_happenings(before), _happenings(new.events))
    by_itself, further = _by_event(pairs)
    for uid, pair in by_itself.items():
        change = _event(uid, pair, further.get(uid, []))
        if change is not None:
            changes.append(change if today is None else with_past(change, pair[1], today))
    return Changes(
        tuple(_named(old.organisations, new.organisations)),
        tuple(_named(old.feeds, new.feeds)),
        tuple(sorted(changes, key=place)),
    )


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


def _some(pair: Pair) -> HappeningFacts:
    old, new = pair
    facts = new or old
    assert facts is not None, "a pair has one side at least"
    return facts


def _pairs(old: Mapping[str, HappeningFacts], new: Mapping[str, HappeningFacts]) -> dict[str, Pair]:
    """Pair what is the same event: of one UID, else of one key."""
    before = dict(old)
    gone = {event.key: uid for uid, event in before.items() if uid not in new}
    pairs: dict[str, Pair] = {}
    for uid, event in new.items():
        known = uid if uid in before else gone.get(event.key, "")
        pairs[uid] = (before.pop(known, None), event)
    return pairs | {uid: (event, None) for uid, event in before.items()}


def _by_event(pairs: Mapping[str, Pair]) -> tuple[dict[str, Pair], dict[str, list[Pair]]]:
    """Return what is told by itself, and the further dates that are told with it, by its UID."""
    by_itself = {uid: pair for uid, pair in pairs.items() if not isinstance(_some(pair), FurtherDateFacts)}
    keys = {facts.key: uid for uid, pair in by_itself.items() for facts in pair if facts}
    further: dict[str, list[Pair]] = {}
    for uid, pair in pairs.items():
        match _some(pair):
            case FurtherDateFacts(of=of) if of in keys:
                further.setdefault(keys[of], []).append(pair)
            case FurtherDateFacts():
                by_itself[uid] = pair
    return by_itself, further


def _event(uid: str, pair: Pair, further: list[Pair]) -> EventChange | None:
    old, new = pair
    event = _some(pair)
    differing: list[Difference] = []
    if old is None:
        differing.append(Difference("added", new=event.shown.when))
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
            (_last(old, [before for before, _ in further]), _last(new, [after for _, after in further])),
        )
    differing += [
        difference
        for difference in _further(old, further)
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


def _last(happening: HappeningFacts, further: Iterable[HappeningFacts | None]) -> date | None:
    """Return the last day of a series with the stretches that go on with it; None where it has no end."""
    series = [facts for facts in further if isinstance(facts, StretchFacts)]
    ends = [facts.recurrence.last for facts in (happening, *series) if isinstance(facts, RecurringFacts)]
    known = [end for end in ends if end]
    return max(known) if known and len(known) == len(ends) else None


def _further(happening: HappeningFacts | None, further: list[Pair]) -> Iterator[Difference]:
    """Tell of further dates, and of stretches of a series that go on otherwise."""
    added, gone = [], []
    for old, new in further:
        if isinstance(_some((old, new)), StretchFacts) or (old and new):
            yield from _further_one(happening, old, new)
        elif new:
            added.append(days_of(new.shown.when)[0])
        elif old:
            gone.append(days_of(old.shown.when)[0])
    if added:
        yield Difference("dates_added", new=tuple(sorted(added)))
    if gone:
        yield Difference("dates_gone", new=tuple(sorted(gone)))


def _further_one(
    happening: HappeningFacts | None, old: HappeningFacts | None, new: HappeningFacts | None
) -> Iterator[Difference]:
    day = days_of(_some((old or new, None)).shown.when)[0]
    if new is None:
        yield Difference("as_before", day=day, onward=True)
    elif old is None:
        usual = day_named(happening, day) if isinstance(happening, RecurringFacts) else None
        apart = differences(usual, new.shown) if usual else ()
        for difference in apart or (Difference("again", new=new.shown.when),):
            yield replace(difference, day=day, onward=True)
    else:
        for difference in differences(old.shown, new.shown, series=isinstance(new, RecurringFacts)):
            yield replace(difference, day=day, onward=isinstance(new, StretchFacts))
        yield from dates(old, new)


def _named(old: Mapping[str, NamedFacts], new: Mapping[str, NamedFacts]) -> Iterator[NamedChange]:
    """Tell of organisations or feeds themselves."""
    former = {name for facts in new.values() for name in facts.former}
    for name, facts in sorted({**old, **new}.items()):
        before = old.get(name) or next(
            (old[former_id] for former_id in facts.former if former_id in old), None
        )
        after = new.get(name)
        differing: list[Difference] = []
        if after is None:
            if name in former:
                continue
            differing.append(Difference("gone"))
        elif before is None:
            differing.append(Difference("new"))
        else:
            if before.title != after.title:
                differing.append(Difference("retitled", before.title, after.title))
            if before.closes and not after.closes:
                differing.append(Difference("stays"))
        if after and after.closes and (before is None or before.closes != after.closes):
            differing.append(Difference("closes", new=after.closes))
        if differing:
            yield NamedChange(name, facts.title, tuple(differing))
