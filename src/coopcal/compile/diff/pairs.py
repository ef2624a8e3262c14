"""What is the same event before and after, as pairs."""

from collections.abc import Mapping

from coopcal.model.facts import FurtherDateFacts, HappeningFacts

Pair = tuple[HappeningFacts | None, HappeningFacts | None]
"""An event before and after; None on the side on which it is not there, never on both."""


def latest(pair: Pair) -> HappeningFacts:
    """Return an event as it is, or as it was where it is there no longer."""
    old, new = pair
    facts = new or old
    assert facts is not None, "a pair has one side at least"
    return facts


def paired(old: Mapping[str, HappeningFacts], new: Mapping[str, HappeningFacts]) -> dict[str, Pair]:
    """Pair what is the same event: of one UID, else of one key."""
    before = dict(old)
    gone = {event.key: uid for uid, event in before.items() if uid not in new}
    pairs: dict[str, Pair] = {}
    for uid, event in new.items():
        known = uid if uid in before else gone.get(event.key, "")
        pairs[uid] = (before.pop(known, None), event)
    return pairs | {uid: (event, None) for uid, event in before.items()}


def by_event(pairs: Mapping[str, Pair]) -> tuple[dict[str, Pair], dict[str, list[Pair]]]:
    """Return what is told by itself, and the further dates that are told with it, by its UID."""
    by_itself = {uid: pair for uid, pair in pairs.items() if not isinstance(latest(pair), FurtherDateFacts)}
    keys = {facts.key: uid for uid, pair in by_itself.items() for facts in pair if facts}
    further: dict[str, list[Pair]] = {}
    for uid, pair in pairs.items():
        match latest(pair):
            case FurtherDateFacts(of=of) if of in keys:
                further.setdefault(keys[of], []).append(pair)
            case FurtherDateFacts():
                by_itself[uid] = pair
    return by_itself, further
