"""Events that stand here already and come under another UID: known by title, time and place."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from coopcal.authoring.importing.events import Imported
from coopcal.authoring.importing.memory import Known, digests
from coopcal.authoring.importing.merging import Standing

_SIGN = ("title", "when", "timezone", "where")
"""The keys by which an event is known, where its UID is not."""

Sign = tuple[str | None, ...]


def recognised(
    imported: Sequence[Imported],
    standing: Mapping[str, Standing],
    known: Mapping[str, Known],
    by_uid: Mapping[str, str],
) -> dict[str, str]:
    """Return the ids of the events here that come under a UID that is new, by that UID.

    What comes under its own UID as well is another event.
    """
    came = {candidate.key for candidate in imported}
    met = {one.event for key, one in known.items() if key in came} | set(by_uid.values())
    by_sign: dict[Sign, list[str]] = {}
    for one in known.values():
        _add(by_sign, one.keys, one.event, standing.keys() - met)
    for name, event in standing.items():
        _add(by_sign, digests(event.values), name, standing.keys() - met)
    recognised: dict[str, str] = {}
    for new in imported:
        if new.key in known or new.key in by_uid:
            continue
        free = [name for name in by_sign.get(_sign(digests(new.values)), ()) if name not in met]
        if free:
            recognised[new.key] = free[0]
            met.add(free[0])
    return recognised


def _add(by_sign: dict[Sign, list[str]], keys: Mapping[str, str], name: str, free: Collection[str]) -> None:
    names = by_sign.setdefault(_sign(keys), [])
    if name in free and name not in names:
        names.append(name)


def _sign(keys: Mapping[str, str]) -> Sign:
    return tuple(keys.get(name) for name in _SIGN)


def adopted(same: Mapping[str, str], known: Mapping[str, Known]) -> dict[str, Known]:
    """Return the memory with new UIDs for those events that are the ``same``."""
    new_keys = {name: key for key, name in same.items()}
    return {new_keys.get(one.event, key): one for key, one in known.items()}


def with_published_uids(
    imported: Sequence[Imported],
    ids: Mapping[str, str],
    standing: Mapping[str, Standing],
    published: Collection[str],
) -> list[Imported]:
    """Return the events with the UIDs under which they are ``published`` already, by their ``ids`` here.

    With another one, those who have subscribed would see the event twice.
    """
    pinned_events = []
    for event in imported:
        here = standing.get(ids.get(event.key, ""))
        pinned = here.values.get("uid") if here else None
        is_pinned = isinstance(pinned, str) and pinned in published and "uid" in event.values
        pinned_events.append(
            replace(event, values={**event.values, "uid": pinned}) if is_pinned and pinned else event
        )
    return pinned_events
