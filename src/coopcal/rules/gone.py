"""What was published and is there no longer; what took place and is now to come."""

from datetime import date, timedelta

from coopcal.model.problem import Place, Problems
from coopcal.model.published import Published
from coopcal.model.site import Catalogue
from coopcal.model.when import days_of
from coopcal.selection import ALL

LONG_AHEAD = timedelta(days=60)


def moved_domain(catalogue: Catalogue, previous: Published | None, today: date, problems: Problems) -> None:
    """``uid_domain`` is written once."""
    del today
    if previous is not None and previous.uid_domain != catalogue.settings.uid_domain:
        problems.error(
            catalogue.settings.place,
            "uid-domain-changed",
            f"“uid_domain” was “{previous.uid_domain}”; with another one, every subscriber would see every event twice",
            f"uid_domain: {previous.uid_domain}",
        )


def gone(catalogue: Catalogue, previous: Published | None, today: date, problems: Problems) -> None:
    """What was published is there, or is said to be removed, closed or renamed."""
    del today
    if previous is None:
        return
    present = {one.id for one in catalogue.organisations} | {feed.id for feed in catalogue.feeds} | {ALL}
    present |= catalogue.unread
    for each in catalogue.addressed():
        present |= {reference.id for reference in each.formerly}
    for identifier in sorted(previous.organisations - present):
        problems.error(
            Place(f"calendars/{identifier}.yaml"),
            "organisation-gone",
            f"The organisation “{identifier}” was published, and is gone",
            f"write “formerly: [{identifier}]” in the one that took its place, or keep the file with “closed: {{on: …}}”",
        )
    for identifier in sorted(previous.feeds.keys() - present - previous.organisations):
        problems.error(
            Place(f"feeds/{identifier}.yaml"),
            "feed-gone",
            f"The feed “{identifier}” was published, and is gone",
            f"write “formerly: [{identifier}]” in the one that took its place, or keep the file with “closed: {{on: …}}”",
        )
    _gone_events(catalogue, previous, problems)


def _gone_events(catalogue: Catalogue, previous: Published, problems: Problems) -> None:
    present = _names(catalogue)
    current = {one.id: one for one in catalogue.organisations}
    current |= {former.id: one for one in catalogue.organisations for former in one.formerly}
    gone_already = set(previous.removed)
    for published in sorted(previous.events.values(), key=lambda event: event.key):
        owner, name, *inner = published.key.split("/")
        organisation = current.get(owner)
        if organisation is None or not organisation.complete or organisation.id in catalogue.unread:
            continue
        removed = {reference.id for reference in organisation.removed}
        if (organisation.id, name, *inner) in present or name in removed or f"{owner}/{name}" in gone_already:
            continue
        if inner and (organisation.id, name) in present:
            what, said = (
                f"The session “{inner[0]}” of “{name}”",
                f"keep it with “status: cancelled”, or write “removed: [{name}/{inner[0]}]”",
            )
            if f"{name}/{inner[0]}" in removed:
                continue
            problems.warn(organisation.place, "session-gone", f"{what} was published, and is gone", said)
            continue
        if not inner:
            line = f"removed: [{', '.join(sorted(removed | {name}))}]"
            problems.error(
                organisation.place,
                "event-gone",
                f"The event “{name}” was published, and is gone",
                f"{line}   (or, where it was renamed, “formerly: [{name}]” in the event)",
            )


def _names(catalogue: Catalogue) -> set[tuple[str, ...]]:
    names: set[tuple[str, ...]] = set()
    for event in catalogue.events():
        names.add((event.organisation, *event.path))
        names |= {(event.organisation, *event.path[:-1], former) for former in event.former_ids}
        names.add((event.organisation, *event.oldest_path))
    return names


def revived(catalogue: Catalogue, previous: Published | None, today: date, problems: Problems) -> None:
    """An event that took place does not lie far ahead: that would be another edition under its id."""
    if previous is None:
        return
    published = {event.key: event for event in previous.events.values()}
    for event in catalogue.events():
        before = published.get(event.key)
        first, _ = days_of(event.when)
        if before is not None and len(event.path) == 1 and before.last < today and first > today + LONG_AHEAD:
            problems.error(
                event.place,
                "edition-under-old-id",
                f"The event “{event.path[0]}” took place on {before.last}, and is now to be on {first}: subscribers would lose the past one",
                f"keep it, and write the new one as an event of its own, such as “{event.path[0]}-{first.year}”",
            )
