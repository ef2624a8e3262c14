"""The page of an event, of a session, of one date of a series; and the documents beside it."""

from typing import Any

from flask import Response, abort, make_response, redirect
from markupsafe import Markup

from coopcal.agenda import Agenda, Occurrence, coming, occurrence
from coopcal.emit.dates import timezone_name
from coopcal.formats.asked import Speaker
from coopcal.formats.schema_org import event_data
from coopcal.site.record import EventRecord
from coopcal.web import language
from coopcal.web.current import agenda, instant, site
from coopcal.web.documents import document
from coopcal.web.pages.blueprint import blueprint, page
from coopcal.web.pages.copies import FILE, copies, copy_of

DATES = 30
"""Coming dates of a series that its page shows."""


@blueprint.get("/events/<path:address>")
def event(address: str) -> Response:
    """Show an event, a session or a date of a series, or give one of its documents."""
    path, known = f"/events/{address}", agenda()
    shown = known.at(path)
    if shown is not None:
        return page("event.html", **_around(shown, known))
    copied = known.at(path.removesuffix(FILE)) if path.endswith(f"/{FILE}") else None
    if copied is not None:
        return copy_of(copied, site(), language.current())
    if known.at(f"{path}/") is not None:
        return make_response(redirect(language.localised(f"{path}/"), 308))
    if "/".join(address.split("/")[:2]) in site().removed:
        abort(410)
    return document(address)


def _around(shown: Occurrence, known: Agenda) -> dict[str, Any]:
    """Give what the page of an event shows: its sessions, coming dates and other editions, and what it is in."""
    record = shown.event
    sessions = known.of(known.by_address[each] for each in record.sessions if each in known.by_address)
    is_regular = shown.address != record.address
    above = record if is_regular else known.by_address.get(record.parent or "")
    is_date = is_regular or record.day is not None
    dates = () if is_date else tuple(known.of_event(record))
    ahead = coming(dates, instant())[:DATES] if len(dates) > 1 else ()
    speaker = Speaker(site(), language.current(), site().manifest.languages[0])
    data = event_data(shown, speaker, sessions, ahead, occurrence(above) if above else None)
    return {
        "shown": shown,
        "event": record,
        "copies": copies(shown, speaker),
        "data": Markup(data),  # noqa: S704 - angle brackets and ampersands are escaped in it
        "sessions": sessions,
        "above": above,
        "is_date": is_date,
        "zone": _zone(record, language.current()),
        "subscribing": _subscribing(record),
        "dates": ahead,
        "editions": [
            occurrence(each)
            for each in site().events
            if record.series and each.series == record.series and each.uid != record.uid and each.day is None
        ],
        "over": shown.ends <= instant() and len(dates) <= 1,
    }


def _zone(record: EventRecord, tongue: str) -> str | None:
    """Name the time zone of an event that has times."""
    return timezone_name(record.timezone, tongue) if record.kind in ("timed", "deadline") else None


def _subscribing(record: EventRecord) -> str | None:
    """Give the feed of an event's organisation, if there is one to subscribe to."""
    feed = site().feeds.get(record.organisation)
    return None if feed is None or feed.gone else feed.id
