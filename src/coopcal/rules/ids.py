"""Ids and UIDs: each stands for one thing, for ever."""

from datetime import date

from coopcal.model.identity import uid
from coopcal.model.problem import Place, Problems
from coopcal.model.published import Published
from coopcal.model.site import Catalogue


def former_ids(catalogue: Catalogue, previous: Published | None, today: date, problems: Problems) -> None:
    """A former id is in use nowhere else."""
    del previous, today
    taken = {one.id: one.place for one in catalogue.organisations} | {
        feed.id: feed.place for feed in catalogue.feeds
    }
    for one in catalogue.addressed():
        for reference in one.formerly:
            other = taken.get(reference.id)
            if other is not None and other != one.place:
                problems.error(
                    reference.place,
                    "former-id-in-use",
                    f"The former id “{reference.id}” stands for {other.path} already",
                    "take it out, or rename the other",
                )
            taken.setdefault(reference.id, one.place)
    for one in catalogue.organisations:
        seen = {event.path: event.place for event in one.events}
        for event in one.events:
            for former in event.former_ids:
                other = seen.get((former,))
                if other is not None and other != event.place:
                    problems.error(
                        event.place,
                        "former-id-in-use",
                        f"The former id “{former}” stands for the event in line {other.line} already",
                        "take it out, or rename the other",
                    )
                seen.setdefault((former,), event.place)


def removed_ids(catalogue: Catalogue, previous: Published | None, today: date, problems: Problems) -> None:
    """What was removed is gone, and its id is never used again."""
    del today
    published = {event.key for event in previous.events.values()} if previous else set()
    forgotten = previous.removed if previous else frozenset()
    for one in catalogue.organisations:
        events = {event.path[0]: event for event in one.events}
        removed = {reference.id: reference for reference in one.removed}
        for name, reference in removed.items():
            if name in events:
                problems.error(
                    reference.place,
                    "removed-yet-there",
                    f"The event “{name}” is removed, and stands in line {events[name].place.line} all the same",
                    "take one of the two out; an event that takes its place needs another id",
                )
            elif previous is not None and f"{one.id}/{name}" not in published:
                problems.warn(
                    reference.place,
                    "never-published",
                    f"No event “{name}” was ever published",
                    "take the line out, or mend the id",
                )
        for name, event in events.items():
            if f"{one.id}/{name}" in forgotten and name not in removed:
                problems.error(
                    event.place,
                    "id-used-again",
                    f"The id “{name}” belonged to an event that was removed",
                    f"give the event another id, such as “{name}-2”",
                )


def uids(catalogue: Catalogue, previous: Published | None, today: date, problems: Problems) -> None:
    """No two events share a UID (clients.md 2.2)."""
    del previous, today
    seen: dict[str, Place] = {}
    for event in catalogue.events():
        organisation = catalogue.organisation(event.organisation)
        assert organisation is not None
        identity = uid(event, organisation, catalogue.settings.uid_domain)
        if identity in seen and seen[identity] != event.place:
            first = seen[identity]
            problems.error(
                event.place,
                "duplicate-uid",
                f"The event has the UID of the one in {first.path}, line {first.line}: {identity}",
                "take “uid” or “formerly” out of one of the two",
            )
        seen.setdefault(identity, event.place)
