"""Where a new event belongs, and under which id."""

import re
from collections.abc import Collection, Iterable
from datetime import date

from coopcal.definitions.source.tree import LONGEST_ID, OrganisationFiles, proposed_id
from coopcal.model.event import Event
from coopcal.model.message import msg
from coopcal.model.organisation import Organisation

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def file_for(files: OrganisationFiles, organisation: Organisation, day: date) -> str | None:
    """Return the path of the file whose events lie nearest to a day; the newest where none has any; None without files."""
    paths = [each.path for each in (files.main, *files.events) if each is not None]
    nearest: dict[str, int] = {}
    for event in organisation.events:
        first, last = event.days
        distance = max((first - day).days, (day - last).days, 0)
        path = event.details.place.path
        nearest[path] = min(distance, nearest.get(path, distance))
    named_for_the_year = next((path for path in paths if path.endswith(f"/{day.year}.yaml")), None)
    if named_for_the_year:
        return named_for_the_year
    if nearest:
        return min(nearest, key=lambda path: (nearest[path], path))
    further = [each.path for each in files.events]
    return max(further or paths, default=None)


def free_id(title: str, year: int | None, taken: Collection[str], languages: Iterable[str] = ()) -> str:
    """Make an id of a title and the year of the event; one that is taken gets a number."""
    stem = proposed_id(title, languages) or "event"
    if year is not None and not _YEAR.search(stem):
        stem = f"{stem[: LONGEST_ID - 5].rstrip('-')}-{year}"
    found, number = stem, 2
    while found in taken:
        found, number = f"{stem[: LONGEST_ID - 4].rstrip('-')}-{number}", number + 1
    return found


def taken_ids(organisation: Organisation, published: Collection[str]) -> dict[str, str]:
    """Return the ids that an event of an organisation may not have, each with a sentence that says why.

    ``published`` holds keys (``organisation/event``) of what was published before.
    """
    owners = (organisation.id, *(reference.id for reference in organisation.formerly))
    taken: dict[str, str] = {}
    for key in published:
        owner, _, name = key.partition("/")
        if owner in owners and name and "+" not in key:
            name = name.split("/")[0]
            taken[name] = msg("The id “{id}” was published before, and an id is never used again.", id=name)
    for each in organisation.removed:
        taken[each.id] = msg(
            "The id “{id}” belonged to an event that was removed, and is never used again.", id=each.id
        )
    for event in organisation.events:
        for former in event.former_ids:
            taken[former] = msg("The id “{id}” is a former id of “{event}”.", id=former, event=event.path[0])
    return taken | {event.path[0]: _stands(event) for event in organisation.events}


def _stands(event: Event) -> str:
    place = event.details.place
    return msg(
        "The id “{id}” stands in {path}, line {line}.", id=event.path[0], path=place.path, line=place.line
    )
