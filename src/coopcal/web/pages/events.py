"""The page of an event, of a session, of one date of a series; and the documents beside it."""

from typing import Any

from flask import Response, abort, make_response, redirect
from markupsafe import Markup

from coopcal.agenda import Agenda, Occurrence, coming, occurrence
from coopcal.formats.asked import Speaker
from coopcal.formats.schema_org import event_data
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
    is_date = shown.address != record.address
    above = record if is_date else known.by_address.get(record.parent or "")
    dates = () if is_date or record.day is not None else tuple(known.of_event(record))
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
        "dates": ahead,
        "editions": [
            occurrence(each)
            for each in site().events
            if record.series and each.series == record.series and each.uid != record.uid and each.day is None
        ],
        "over": shown.ends <= instant() and len(dates) <= 1,
    }
