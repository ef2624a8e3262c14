"""What stands beside the dates of a feed: how it is, and what in it waits for a mend; and who the organisation is whose own it is."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from coopcal import zones
from coopcal.site.details import Words
from coopcal.site.index import FeedEntry
from coopcal.site.reader import Site
from coopcal.site.record import OrganisationRecord
from coopcal.text import dates
from coopcal.text.words import word

COUNTING = "coopcal_counting"
"""Where an application has the counts of who fetches feeds, if it has any."""

PARTS = 200
"""Parts of an organisation that its page names; of further ones, which the first page lists, it says how many there are."""


@dataclass(frozen=True, slots=True)
class HeldBack:
    """An organisation whose events are as they were on a day."""

    name: Words
    words: str


@dataclass(frozen=True, slots=True)
class Health:
    """Moments in the feed's time zone, with words; and what is held back in it."""

    changed: datetime
    changed_words: str
    made: datetime
    made_words: str
    held: tuple[HeldBack, ...]


def health(entry: FeedEntry, site: Site, tongue: str) -> Health:
    """Tell how a feed of a site is, in a language."""
    zone = zones.zone(entry.timezone)
    changed, made = (moment.astimezone(zone) for moment in (entry.modified, site.manifest.compiled_at))
    parties = {party.organisation for number in entry.events for party in site.events[number].details.parties}
    names = {one.id: one.name for one in site.organisations}
    return Health(
        changed,
        dates.moment(changed, tongue),
        made,
        dates.moment(made, tongue),
        tuple(
            HeldBack(names.get(held.organisation, {}), held_words(held.since, tongue))
            for held in site.manifest.held
            if held.organisation in parties or held.organisation == entry.organisation
        ),
    )


def held_words(since: datetime, tongue: str) -> str:
    """Say that events are as they were on a day."""
    return word("held", tongue, day=dates.day(since.date(), tongue))


def whose_it_is(one: OrganisationRecord, site: Site, tongue: str) -> dict[str, Any]:
    """Return what a page tells of an organisation: what it is part of, its parts, and whether it is held as it was."""
    known = {other.id: other for other in site.organisations}
    parts = [other for other in site.organisations if one.id in other.part_of]
    since = next((held.since for held in site.manifest.held if held.organisation == one.id), None)
    return {
        "one": one,
        "wholes": [known[name] for name in one.part_of if name in known],
        "parts": parts[:PARTS],
        "more_parts": len(parts[PARTS:]),
        "held": held_words(since, tongue) if since else None,
    }
