"""How a feed is, and what in it waits for a mend; why it does not update; and who the organisation is whose own it is."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import Response, current_app, jsonify
from werkzeug.utils import import_string

from coopcal import zones
from coopcal.site.details import Words
from coopcal.site.index import FeedEntry
from coopcal.site.reader import Site
from coopcal.site.record import OrganisationRecord
from coopcal.text import dates
from coopcal.text.words import word
from coopcal.web import language
from coopcal.web.current import instant, site
from coopcal.web.pages.blueprint import blueprint, page
from coopcal.web.pages.requested import feed_of

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


@blueprint.get("/feeds/<slug:identifier>/health/")
def why(identifier: str) -> Response:
    """Show how far the last change of a feed came: why does it not update?"""
    entry, tongue = feed_of(identifier), language.current()
    told, zone = _reported(entry), zones.zone(entry.timezone)
    live = current_app.extensions["coopcal"]
    answer = page(
        "feed/why.html",
        feed=entry,
        told=told,
        health=health(entry, site(), tongue),
        moment=lambda one: dates.moment(one.astimezone(zone), tongue),
        hour=lambda one: _hour(one.astimezone(zone), tongue),
        zone=dates.timezone_name(entry.timezone, tongue),
        trouble=bool(live.trouble),
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


@blueprint.get("/feeds/<slug:identifier>/health.json")
def why_in_json(identifier: str) -> Response:
    """Tell the same to programs."""
    entry = feed_of(identifier)
    address = f"{site().manifest.base_url}/feeds/{entry.id}.ics"
    answer = jsonify(import_string("coopcal.web.pages.report:as_json")(_reported(entry), address))
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _reported(entry: FeedEntry) -> Any:
    """Return the report of a feed: its module, and those of counts, are loaded with the first that is asked for."""
    keeper = current_app.extensions.get(COUNTING)
    return import_string("coopcal.web.pages.report:report")(
        site(), entry, language.current(), keeper, instant()
    )


def _hour(begun: datetime, tongue: str) -> str:
    """Say an hour: its day, when it begins, and when it ends."""
    return f"{dates.moment(begun, tongue)}–{dates.clock(begun + timedelta(hours=1), tongue)}"


def health(entry: FeedEntry, compiled: Site, tongue: str) -> Health:
    """Tell how a feed of a site is, in a language."""
    zone = zones.zone(entry.timezone)
    changed, made = (moment.astimezone(zone) for moment in (entry.modified, compiled.manifest.compiled_at))
    parties = {
        party.organisation for number in entry.events for party in compiled.events[number].details.parties
    }
    names = {one.id: one.name for one in compiled.organisations}
    return Health(
        changed,
        dates.moment(changed, tongue),
        made,
        dates.moment(made, tongue),
        tuple(
            HeldBack(names.get(held.organisation, {}), held_words(held.since, tongue))
            for held in compiled.manifest.held
            if held.organisation in parties or held.organisation == entry.organisation
        ),
    )


def held_words(since: datetime, tongue: str) -> str:
    """Say that events are as they were on a day."""
    return word("held", tongue, day=dates.day(since.date(), tongue))


def whose_it_is(one: OrganisationRecord, compiled: Site, tongue: str) -> dict[str, Any]:
    """Return what a page tells of an organisation: what it is part of, its parts, and whether it is held as it was."""
    known = {other.id: other for other in compiled.organisations}
    parts = [other for other in compiled.organisations if one.id in other.part_of]
    since = next((held.since for held in compiled.manifest.held if held.organisation == one.id), None)
    return {
        "one": one,
        "wholes": [known[name] for name in one.part_of if name in known],
        "parts": parts[:PARTS],
        "more_parts": len(parts[PARTS:]),
        "held": held_words(since, tongue) if since else None,
    }
