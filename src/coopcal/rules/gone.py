"""What was published and is there no longer: an address or a UID never dies in silence."""

from datetime import date

from coopcal.decode.record import nearest
from coopcal.model.event import Event
from coopcal.model.message import msg
from coopcal.model.organisation import Organisation
from coopcal.model.problem import Problem, Problems, Proposal
from coopcal.model.published import PublishedEvent
from coopcal.rules.view import View


def gone_organisations(view: View, problems: Problems) -> None:
    """Every organisation that was published is there, or another was it formerly."""
    if view.previous is None:
        return
    former = {reference.id for each in view.catalogue.addressed() for reference in each.formerly}
    for identifier in sorted(view.previous.organisations - view.organisations.keys() - former):
        if view.may_be_unread(identifier):
            continue
        problems.error(
            view.catalogue.settings.place,
            "organisation-gone",
            msg(
                "The organisation “{identifier}” was published, and calendars/{identifier}.yaml is gone",
                identifier=identifier,
            ),
            _lines(
                f"calendars/{identifier}.yaml",
                "“name: …”",
                identifier,
                nearest(identifier, view.organisations.keys() - view.previous.organisations),
                view.today,
            ),
        )


def gone_feeds(view: View, problems: Problems) -> None:
    """Every feed that was published is there, or another was it formerly."""
    if view.previous is None:
        return
    former = {reference.id for each in view.catalogue.addressed() for reference in each.formerly}
    missing = view.previous.feeds.keys() - view.feeds - former - view.previous.organisations
    for identifier in sorted(missing):
        if view.may_be_unread(identifier):
            continue
        problems.error(
            view.catalogue.settings.place,
            "feed-gone",
            msg(
                "The feed “{identifier}” was published, and feeds/{identifier}.yaml is gone",
                identifier=identifier,
            ),
            _lines(
                f"feeds/{identifier}.yaml",
                "“title: …”",
                identifier,
                nearest(identifier, view.feeds - view.previous.feeds.keys()),
                view.today,
            ),
        )


def _lines(path: str, first: str, identifier: str, renamed: str | None, today: date) -> str:
    """Give the file to write again, and the line to add where it was renamed."""
    closed = f"closed: {{on: {today}, see: another-feed}}"
    if renamed:
        return msg(
            "write {path} again with {first} and “{closed}”; or, if it was renamed, “formerly: [{id}]” in “{renamed}”",
            path=path,
            first=first,
            closed=closed,
            id=identifier,
            renamed=renamed,
        )
    return msg(
        "write {path} again with {first} and “{closed}”; or, if it was renamed, “formerly: [{id}]” in the one that took its place",
        path=path,
        first=first,
        closed=closed,
        id=identifier,
    )


def gone_events(view: View, problems: Problems) -> None:
    """Every event that was published is there, or was it formerly, or is said to be removed."""
    previous = view.previous
    if previous is None:
        return
    present = {uid for uid, _ in view.uids} | _names(view)
    missing: dict[str, list[PublishedEvent]] = {}
    for uid, published in sorted(previous.events.items(), key=lambda item: item[1].key):
        if "+" in published.key or not published.key:
            continue  # a date of an event, or a time that is taken: they come and go with what they are of
        if uid in present or published.key in present or _said(published.key, previous.removed):
            continue
        owner = published.key.split("/", 1)[0]
        missing.setdefault(view.now_called.get(owner, owner), []).append(published)
    for owner, events in missing.items():
        one = view.organisations.get(owner)
        if one is not None and one.complete and one.closed is None and not view.may_be_unread(owner):
            _tell(one, events, view, problems)


def _names(view: View) -> set[str]:
    """Give the keys that events and sessions have and had."""
    names = set()
    for one in view.catalogue.organisations:
        owners = (one.id, *(reference.id for reference in one.formerly))
        for event in one.events:
            outer = [f"{owner}/{name}" for owner in owners for name in (event.path[-1], *event.former_ids)]
            names.update(outer)
            for session in event.sessions:
                names.update(
                    f"{key}/{name}" for key in outer for name in (session.path[-1], *session.former_ids)
                )
    return names


def _said(key: str, removed: frozenset[str]) -> bool:
    """Whether an event, or the one that it is a session of, is said to be removed."""
    return key in removed or "/".join(key.split("/")[:2]) in removed


def _tell(one: Organisation, events: list[PublishedEvent], view: View, problems: Problems) -> None:
    listed = {reference.id for reference in one.removed}
    place = one.removed[-1].place if one.removed else one.place
    told: set[str] = set()
    for published in events:
        inner = published.key.split("/", 1)[1]
        outer = inner.split("/")[0]
        if inner in listed or outer in listed or outer in told:
            continue
        told.add(inner)
        line = f"removed: [{', '.join((*(reference.id for reference in one.removed), inner))}]"
        near = _renamed(published, one, view) if inner == outer else None
        message = (
            msg("The event “{id}” was published ({day}), and is gone", id=inner, day=published.first)
            if inner == outer
            else msg("The session “{id}” was published ({day}), and is gone", id=inner, day=published.first)
        )
        last = inner.rsplit("/", 1)[-1]
        mend = msg(
            "{line}   (or, if it was renamed, “formerly: [{id}]” in the event that it is now)",
            line=line,
            id=last,
        )
        if near is not None:
            mend = msg(
                "{line}   (or, if it was renamed, “formerly: [{id}]” in “{event}” ({path}, line {number}))",
                line=line,
                id=last,
                event=near.path[-1],
                path=near.place.path,
                number=near.place.line,
            )
        proposals = [Proposal(one.place.path, None, "removed", inner)]
        if near is not None:
            proposals.insert(0, Proposal(near.place.path, near.path[-1], "formerly", inner))
        problems.found.append(Problem(place, "event-gone", message, mend, proposals=tuple(proposals)))


def _renamed(published: PublishedEvent, one: Organisation, view: View) -> Event | None:
    """Give the event, not published before, that it probably is now: on the same days, or of a similar id."""
    assert view.previous is not None
    known = {event.key for event in view.previous.events.values()}
    new = [event for event in one.events if event.key not in known]
    for event in new:
        if event.days == (published.first, published.last):
            return event
    names = {event.path[-1]: event for event in new}
    near = nearest(published.key.split("/")[1], names)
    return names[near] if near else None
