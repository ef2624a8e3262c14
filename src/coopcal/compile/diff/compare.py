"""Facts of two states → what changed between them."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, time

from coopcal.compile.diff.dates import dates, day_named
from coopcal.compile.diff.past import with_past
from coopcal.compile.diff.shown import differences
from coopcal.model.change import Changes, Difference, EventChange, EventFacts, Facts, NamedChange, NamedFacts
from coopcal.model.when import days_of

Pair = tuple[EventFacts | None, EventFacts | None]


def compare(old: Facts, new: Facts, today: date | None = None) -> Changes:
    """Tell what changed from one state to another; times that are taken only as far as both tell them.

    With ``today``, what is new and lies before that is marked as past.
    """
    feeds = {former: name for name, feed in new.feeds.items() for former in feed.former}
    pairs = _pairs(old, new, feeds)
    changes = [_busy(uid, pair) for uid, pair in pairs.items() if _is_busy(pair, old, new)]
    whole = {uid: pair for uid, pair in pairs.items() if _some(pair).key and not _some(pair).of}
    further: dict[str, list[Pair]] = {}
    keys = {facts.key: uid for uid, pair in whole.items() for facts in pair if facts}
    for uid, pair in pairs.items():
        if of := _some(pair).of:
            if of in keys:
                further.setdefault(keys[of], []).append(pair)
            else:
                whole[uid] = pair
    for uid, pair in whole.items():
        change = _event(uid, pair, further.get(uid, []))
        if change is not None:
            changes.append(change if today is None else with_past(change, pair[1], today))
    return Changes(
        tuple(_named(old.organisations, new.organisations)),
        tuple(_named(old.feeds, new.feeds)),
        tuple(sorted(changes, key=_order)),
    )


def _order(change: EventChange) -> tuple[str, datetime, str, str]:
    return change.organisation, datetime.combine(days_of(change.when)[0], time(0)), change.key, change.uid


def _some(pair: Pair) -> EventFacts:
    old, new = pair
    facts = new or old
    assert facts is not None, "a pair has one side at least"
    return facts


def _pairs(old: Facts, new: Facts, feeds: Mapping[str, str]) -> dict[str, Pair]:
    """Pair what is the same event: of one UID, else of one key. Feeds are named as they are now."""
    before = {
        uid: replace(event, feeds=tuple(sorted({feeds.get(name, name) for name in event.feeds})))
        for uid, event in old.events.items()
    }
    gone = {event.key: uid for uid, event in before.items() if uid not in new.events and event.key}
    pairs: dict[str, Pair] = {}
    for uid, event in new.events.items():
        known = uid if uid in before else gone.get(event.key, "")
        pairs[uid] = (before.pop(known, None), event)
    return pairs | {uid: (event, None) for uid, event in before.items()}


def _is_busy(pair: Pair, old: Facts, new: Facts) -> bool:
    event = _some(pair)
    return not event.key and None in pair and days_of(event.shown.when)[1] < min(old.until, new.until)


def _busy(uid: str, pair: Pair) -> EventChange:
    old, new = pair
    event = _some(pair)
    difference = Difference("busy" if new else "free", new=event.shown.when)
    return _change(uid, event, (difference,), old, new)


def _change(
    uid: str,
    event: EventFacts,
    told: tuple[Difference, ...],
    old: EventFacts | None,
    new: EventFacts | None,
) -> EventChange:
    return EventChange(
        uid=uid,
        key=event.key,
        organisation=event.organisation,
        page=event.page if new else "",
        title=event.shown.title,
        when=event.shown.when,
        differences=told,
        before=old.feeds if old else (),
        after=new.feeds if new else (),
        groups=event.groups,
    )


def _event(uid: str, pair: Pair, further: list[Pair]) -> EventChange | None:
    old, new = pair
    event = _some(pair)
    told: list[Difference] = []
    if old is None:
        told.append(Difference("added", new=event.shown.when))
        if event.shown.status.value in ("cancelled", "postponed"):
            told.append(Difference(event.shown.status.value, new=event.shown.reason))
    elif new is None:
        told.append(Difference("removed", old=event.shown.when))
        further = []
    else:
        told += differences(old.shown, new.shown, series=bool(new.rule))
        told += dates(
            old,
            new,
            (_last(old, [before for before, _ in further]), _last(new, [after for _, after in further])),
        )
    told += [
        difference
        for difference in _further(old, further)
        if replace(difference, day=None, onward=False) not in told
    ]
    if old and new:
        told += [Difference("leaves", old=name) for name in old.feeds if name not in new.feeds]
        told += [Difference("enters", new=name) for name in new.feeds if name not in old.feeds]
    return _change(uid, event, tuple(told), old, new) if told else None


def _last(whole: EventFacts, further: list[EventFacts | None]) -> date | None:
    """Return the last day of a series with the stretches that go on with it; None where it has no end."""
    ends = [facts.ends for facts in (whole, *further) if facts and (facts is whole or facts.continues)]
    known = [end for end in ends if end]
    return max(known) if len(known) == len(ends) else None


def _further(whole: EventFacts | None, further: list[Pair]) -> Iterator[Difference]:
    """Tell of further dates, and of stretches of a series that go on otherwise."""
    added, gone = [], []
    for old, new in further:
        if _some((old, new)).continues or (old and new):
            yield from _further_one(whole, old, new)
        elif new:
            added.append(days_of(new.shown.when)[0])
        elif old:
            gone.append(days_of(old.shown.when)[0])
    if added:
        yield Difference("dates_added", new=tuple(sorted(added)))
    if gone:
        yield Difference("dates_gone", new=tuple(sorted(gone)))


def _further_one(
    whole: EventFacts | None, old: EventFacts | None, new: EventFacts | None
) -> Iterator[Difference]:
    day = days_of(_some((old or new, None)).shown.when)[0]
    if new is None:
        yield Difference("as_before", day=day, onward=True)
    elif old is None:
        usual = day_named(whole, day) if whole else None
        apart = differences(usual, new.shown) if usual else ()
        for difference in apart or (Difference("again", new=new.shown.when),):
            yield replace(difference, day=day, onward=True)
    else:
        for difference in differences(old.shown, new.shown, series=bool(new.rule)):
            yield replace(difference, day=day, onward=new.continues)
        yield from dates(old, new)


def _named(old: Mapping[str, NamedFacts], new: Mapping[str, NamedFacts]) -> Iterator[NamedChange]:
    """Tell of organisations or feeds themselves."""
    former = {name for facts in new.values() for name in facts.former}
    for name, facts in sorted({**old, **new}.items()):
        before = old.get(name) or next(
            (old[former_id] for former_id in facts.former if former_id in old), None
        )
        after = new.get(name)
        told: list[Difference] = []
        if after is None:
            if name in former:
                continue
            told.append(Difference("gone"))
        elif before is None:
            told.append(Difference("new"))
        else:
            if before.title != after.title:
                told.append(Difference("retitled", before.title, after.title))
            if before.closes and not after.closes:
                told.append(Difference("stays"))
        if after and after.closes and (before is None or before.closes != after.closes):
            told.append(Difference("closes", new=after.closes))
        if told:
            yield NamedChange(name, facts.title, tuple(told))
