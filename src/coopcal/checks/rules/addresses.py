"""Organisations and feeds that were published and are there no longer: an address never dies in silence."""

from coopcal.checks.view import View
from coopcal.definitions.declared.record import nearest
from coopcal.model.feed import Feed
from coopcal.model.message import Message, msg
from coopcal.model.organisation import Organisation
from coopcal.model.problem import Code, Fix, Place, Problem, Problems, Proposal
from coopcal.model.published import Published

FEED_GONE = Code(
    "feed-gone", "A published feed keeps its address: it is renamed with `formerly`, or ended with `closed`."
)
ORGANISATION_GONE = Code(
    "organisation-gone",
    "A published organisation keeps its address: it is renamed with `formerly`, or ended with `closed`.",
)


def gone_organisations(view: View, problems: Problems) -> None:
    """Every organisation that was published is there, or another was it formerly."""
    if view.previous is None:
        return
    former = {reference.id for each in view.catalogue.addressed() for reference in each.formerly}
    new = [one for one in view.catalogue.organisations if one.id not in view.previous.organisations]
    for identifier in sorted(view.previous.organisations - view.organisations.keys() - former):
        if view.may_be_unread(identifier):
            continue
        ids = _published_events(identifier, view.previous)
        likely = [one for one in new if _holds(one, ids, view)]
        if len(likely) == 1:
            (one,) = likely
            same = ids == {event.path[-1] for event in one.events}
            problems.found.append(_renamed(identifier, one, is_certain=same))
            continue
        message = msg(
            "The organisation “{identifier}” was published, and calendars/{identifier}.yaml is gone",
            identifier=identifier,
        )
        near = nearest(identifier, (one.id for one in new))
        mend = _lines(f"calendars/{identifier}.yaml", "“name: …”", identifier, near, view)
        problems.tell(view.catalogue.settings.place, ORGANISATION_GONE, message, mend)


def gone_feeds(view: View, problems: Problems) -> None:
    """Every feed that was published is there, or another was it formerly."""
    if view.previous is None:
        return
    former = {reference.id for each in view.catalogue.addressed() for reference in each.formerly}
    missing = view.previous.feeds.keys() - view.feeds - former - view.previous.organisations
    new = [feed for feed in view.catalogue.feeds if feed.id not in view.previous.feeds]
    titles = view.previous.facts.feeds if view.previous.facts else {}
    for identifier in sorted(missing):
        if view.may_be_unread(identifier):
            continue
        likely = [
            feed
            for feed in new
            if feed.title and identifier in titles and feed.title == titles[identifier].title
        ]
        if len(likely) == 1:
            problems.found.append(_renamed(identifier, likely[0], is_certain=True))
            continue
        message = msg(
            "The feed “{identifier}” was published, and feeds/{identifier}.yaml is gone",
            identifier=identifier,
        )
        near = nearest(identifier, (feed.id for feed in new))
        mend = _lines(f"feeds/{identifier}.yaml", "“title: …”", identifier, near, view)
        problems.tell(view.catalogue.settings.place, FEED_GONE, message, mend)


def _published_events(organisation: str, previous: Published) -> set[str]:
    """Return the ids of the events of an organisation that were published, without their sessions and dates."""
    split = (event.key.split("/") for event in previous.events.values() if event.key)
    return {
        inner[0]
        for owner, *inner in split
        if owner == organisation and len(inner) == 1 and "+" not in inner[0]
    }


def _holds(one: Organisation, ids: set[str], view: View) -> bool:
    """Return whether an organisation that is new holds at least half of the events, by their ids or pinned UIDs."""
    assert view.previous is not None
    mine = {event.path[-1] for event in one.events}
    uids = {event.uid for event in one.events} & view.previous.events.keys()
    pinned = {view.previous.events[uid].key.rpartition("/")[2] for uid in uids if uid}
    return bool(ids) and 2 * len(ids & (mine | pinned)) >= len(ids)


def _renamed(identifier: str, one: Organisation | Feed, *, is_certain: bool) -> Problem:
    """Tell of a file that was renamed, where it is now; the line is put in by itself where there is no doubt."""
    path = one.place.path
    line = f"formerly: [{', '.join((*(each.id for each in one.formerly), identifier))}]"
    at = (one.key_place("name") if isinstance(one, Organisation) else None) or Place(path)
    fix = Fix(Place(path, at.line, 1, 1), f"{line}\n") if is_certain and not one.formerly else None
    message, code = _said(identifier, one)
    mend = msg(
        "{line}   (a line of its own in {path}, so that its addresses go on; or call it “{old}” again)",
        line=line,
        path=path,
        old=identifier,
    )
    return Problem.of(
        at, code, message, mend, fix=fix, proposals=(Proposal(path, None, "formerly", identifier),)
    )


def _said(identifier: str, one: Organisation | Feed) -> tuple[Message, Code]:
    if isinstance(one, Feed):
        message = msg(
            "The feed “{old}” was published and is gone, and “{new}” has its title: it was renamed, as it seems",
            old=identifier,
            new=one.id,
        )
        return message, FEED_GONE
    message = msg(
        "The organisation “{old}” was published and is gone, and “{new}” holds its events: it was renamed, as it seems",
        old=identifier,
        new=one.id,
    )
    return message, ORGANISATION_GONE


def _lines(path: str, first: str, identifier: str, renamed: str | None, view: View) -> str:
    """Return the file to write again, and the line to add where it was renamed."""
    closed = f"closed: {{on: {view.today}, see: another-feed}}"
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
