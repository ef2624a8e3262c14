"""Names that should lead somewhere: organisations, feeds, events of others."""

from datetime import date

from coopcal.decode.record import did_you_mean
from coopcal.model.organisation import Reference
from coopcal.model.problem import Problems
from coopcal.model.published import Published
from coopcal.model.site import Catalogue
from coopcal.selection import ALL


def references(catalogue: Catalogue, previous: Published | None, today: date, problems: Problems) -> None:
    """Every organisation that is named is there."""
    del previous, today
    named = [
        Reference(party.organisation, party.place)
        for event in catalogue.events()
        for party in event.parties
        if party.organisation and party.place and party.organisation != event.organisation
    ]
    named += [whole for one in catalogue.organisations for whole in one.part_of]
    named += [each for feed in catalogue.feeds if feed.select for each in feed.select.organisations or ()]
    known = {one.id for one in catalogue.organisations}
    for reference in named:
        if reference.id not in known and reference.id not in catalogue.unread:
            problems.error(
                reference.place,
                "unknown-organisation",
                f"There is no organisation “{reference.id}”",
                _mend(reference.id, known),
            )
    for feed in catalogue.feeds:
        if feed.id in known and feed.select is not None:
            problems.error(
                feed.place,
                "own-feed-selects",
                f"“{feed.id}” is an organisation, and its own feed holds what it has a part in",
                "take “select” out, or give the file another name",
            )


def _mend(identifier: str, known: set[str]) -> str:
    near = did_you_mean(identifier, sorted(known))
    return near or f"write calendars/{identifier}.yaml, or {{name: …}} for one that is not in the system"


def parts_in_circles(
    catalogue: Catalogue, previous: Published | None, today: date, problems: Problems
) -> None:
    """No organisation is part of itself, by whatever way."""
    del previous, today
    wholes = {one.id: tuple(whole.id for whole in one.part_of) for one in catalogue.organisations}
    for one in catalogue.organisations:
        above, seen = list(wholes[one.id]), set[str]()
        while above:
            whole = above.pop()
            if whole == one.id:
                problems.error(
                    one.part_of[0].place,
                    "part-of-itself",
                    f"“{one.id}” is part of itself",
                    "take one of the “part_of” out",
                )
                break
            if whole not in seen:
                seen.add(whole)
                above += wholes.get(whole, ())


def declined(catalogue: Catalogue, previous: Published | None, today: date, problems: Problems) -> None:
    """What an organisation declines is an event in which it has a part."""
    del previous, today
    events = {event.key: event for event in catalogue.events()}
    for one in catalogue.organisations:
        for reference in one.declined:
            event = events.get(reference.id)
            owner = catalogue.organisation(reference.id.split("/")[0])
            if (
                event is None
                and (owner is None or owner.complete)
                and reference.id.split("/")[0] not in catalogue.unread
            ):
                problems.error(
                    reference.place,
                    "unknown-event",
                    f"There is no event “{reference.id}”",
                    did_you_mean(reference.id, sorted(events)),
                )
            elif event is not None and one.id not in {party.organisation for party in event.parties}:
                problems.warn(
                    reference.place,
                    "nothing-to-decline",
                    f"“{one.id}” has no part in “{reference.id}”",
                    "take the line out",
                )


def closed_ends(catalogue: Catalogue, previous: Published | None, today: date, problems: Problems) -> None:
    """What has ended points to a feed that is there, or to an address."""
    del previous, today
    feeds = {ALL} | {one.id for one in catalogue.organisations} | {feed.id for feed in catalogue.feeds}
    for ended in catalogue.addressed():
        see = ended.closed.see if ended.closed else None
        if see is None or "://" in see or see in catalogue.unread:
            continue
        if see not in feeds or see == ended.id:
            mend = (
                did_you_mean(see, sorted(feeds - {ended.id})) or "write an address, beginning with https://"
            )
            problems.error(
                ended.place, "unknown-feed", f"“closed” points to “{see}”, which is no other feed here", mend
            )
