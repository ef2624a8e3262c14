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
    feeds = {former: name for name, one in new.feeds.items() for former in one.former}
    pairs = _pairs(old, new, feeds)
    found = [_busy(uid, pair) for uid, pair in pairs.items() if _is_busy(pair, old, new)]
    whole = {uid: pair for uid, pair in pairs.items() if _some(pair).key and not _some(pair).of}
    further: dict[str, list[Pair]] = {}
    keys = {each.key: uid for uid, pair in whole.items() for each in pair if each}
    for uid, pair in pairs.items():
        if of := _some(pair).of:
            if of in keys:
                further.setdefault(keys[of], []).append(pair)
            else:
                whole[uid] = pair
    for uid, pair in whole.items():
        change = _event(uid, pair, further.get(uid, []))
        if change is not None:
            found.append(change if today is None else with_past(change, pair[1], today))
    return Changes(
        tuple(_named(old.organisations, new.organisations)),
        tuple(_named(old.feeds, new.feeds)),
        tuple(sorted(found, key=_order)),
    )


def _order(change: EventChange) -> tuple[str, datetime, str, str]:
    return change.organisation, datetime.combine(days_of(change.when)[0], time(0)), change.key, change.uid


def _some(pair: Pair) -> EventFacts:
    old, new = pair
    found = new or old
    assert found is not None, "a pair has one side at least"
    return found


def _pairs(old: Facts, new: Facts, feeds: Mapping[str, str]) -> dict[str, Pair]:
    """Pair what is the same event: of one UID, else of one key. Feeds are named as they are now."""
    before = {
        uid: replace(one, feeds=tuple(sorted({feeds.get(name, name) for name in one.feeds})))
        for uid, one in old.events.items()
    }
    gone = {one.key: uid for uid, one in before.items() if uid not in new.events and one.key}
    pairs: dict[str, Pair] = {}
    for uid, one in new.events.items():
        known = uid if uid in before else gone.get(one.key, "")
        pairs[uid] = (before.pop(known, None), one)
    return pairs | {uid: (one, None) for uid, one in before.items()}


def _is_busy(pair: Pair, old: Facts, new: Facts) -> bool:
    one = _some(pair)
    return not one.key and None in pair and days_of(one.shown.when)[1] < min(old.until, new.until)


def _busy(uid: str, pair: Pair) -> EventChange:
    old, new = pair
    one = _some(pair)
    difference = Difference("busy" if new else "free", new=one.shown.when)
    return _change(uid, one, (difference,), old, new)


def _change(
    uid: str,
    one: EventFacts,
    found: tuple[Difference, ...],
    old: EventFacts | None,
    new: EventFacts | None,
) -> EventChange:
    return EventChange(
        uid=uid,
        key=one.key,
        organisation=one.organisation,
        page=one.page if new else "",
        title=one.shown.title,
        when=one.shown.when,
        differences=found,
        before=old.feeds if old else (),
        after=new.feeds if new else (),
        groups=one.groups,
    )


def _event(uid: str, pair: Pair, further: list[Pair]) -> EventChange | None:
    old, new = pair
    one = _some(pair)
    found: list[Difference] = []
    if old is None:
        found.append(Difference("added", new=one.shown.when))
        if one.shown.status.value in ("cancelled", "postponed"):
            found.append(Difference(one.shown.status.value, new=one.shown.reason))
    elif new is None:
        found.append(Difference("removed", old=one.shown.when))
        further = []
    else:
        found += differences(old.shown, new.shown, series=bool(new.rule))
        found += dates(
            old, new, (_last(old, [each for each, _ in further]), _last(new, [each for _, each in further]))
        )
    found += [each for each in _further(old, further) if replace(each, day=None, onward=False) not in found]
    if old and new:
        found += [Difference("leaves", old=name) for name in old.feeds if name not in new.feeds]
        found += [Difference("enters", new=name) for name in new.feeds if name not in old.feeds]
    return _change(uid, one, tuple(found), old, new) if found else None


def _last(whole: EventFacts, further: list[EventFacts | None]) -> date | None:
    """Return the last day of a series with the stretches that go on with it; None where it has no end."""
    ends = [each.ends for each in (whole, *further) if each and (each is whole or each.continues)]
    known = [each for each in ends if each]
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
        said = differences(usual, new.shown) if usual else ()
        for each in said or (Difference("again", new=new.shown.when),):
            yield replace(each, day=day, onward=True)
    else:
        for each in differences(old.shown, new.shown, series=bool(new.rule)):
            yield replace(each, day=day, onward=new.continues)
        yield from dates(old, new)


def _named(old: Mapping[str, NamedFacts], new: Mapping[str, NamedFacts]) -> Iterator[NamedChange]:
    """Tell of organisations or feeds themselves."""
    former = {name for one in new.values() for name in one.former}
    for name, one in sorted({**old, **new}.items()):
        before = old.get(name) or next((old[each] for each in one.former if each in old), None)
        after = new.get(name)
        found: list[Difference] = []
        if after is None:
            if name in former:
                continue
            found.append(Difference("gone"))
        elif before is None:
            found.append(Difference("new"))
        else:
            if before.title != after.title:
                found.append(Difference("retitled", before.title, after.title))
            if before.closes and not after.closes:
                found.append(Difference("stays"))
        if after and after.closes and (before is None or before.closes != after.closes):
            found.append(Difference("closes", new=after.closes))
        if found:
            yield NamedChange(name, one.title, tuple(found))
