"""JSON: every occurrence in order, with ready words for dates; its form is described in ``openapi.json``."""

import json
from datetime import UTC, date, datetime
from typing import Any

from coopcal.formats.request import Asked
from coopcal.model.when import Deadline, Timed
from coopcal.site.details import DetailsRecord, LinkRecord, PlaceRecord
from coopcal.text.markdown import html, plain
from coopcal.views.occurrence import Occurrence, there, told

VERSION = 1
"""The number of the form; what is added keeps it, what is changed does not."""


def json_document(asked: Asked) -> bytes:
    """Return the occurrences of a feed as JSON; what is not known is left out."""
    document = {
        "version": VERSION,
        "feed": asked.feed.id,
        "title": asked.title,
        "language": asked.language,
        "page": asked.page,
        "query": asked.filters.query(),
        "compiled_at": _instant(asked.site.manifest.compiled_at),
        **({"successor": asked.successor} if asked.successor else {}),
        **_next(asked),
        "occurrences": [_known(_occurrence(occurrence, asked)) for occurrence in asked.occurrences],
    }
    return (json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def _next(asked: Asked) -> dict[str, str]:
    if not asked.has_next(upcoming=False):
        return {}
    address = f"/feeds/{asked.feed.id}.{asked.language}.json"
    return {"next": asked.url(f"{address}?{asked.part_query(asked.part + 1)}")}


def _occurrence(occurrence: Occurrence, asked: Asked) -> dict[str, Any]:
    event, details = occurrence.event, occurrence.details
    start, end = (
        (occurrence.when.start, occurrence.when.end) if isinstance(occurrence.when, Timed) else (None, None)
    )
    return {
        "uid": event.uid,
        "url": asked.localised(occurrence.address),
        "title": asked.say(details.title),
        "when": occurrence.words(asked.language, asked.here),
        "kind": details.kind,
        "first_day": _day(occurrence.first),
        "last_day": _day(occurrence.last),
        "start": start.isoformat() if start else None,
        "end": end.isoformat() if end else None,
        "closes": occurrence.ends.isoformat() if details.kind == "deadline" else None,
        "timezone": event.timezone if details.kind in ("timed", "deadline") else None,
        "also_in": [
            _elsewhere(occurrence, zone, asked) for zone in details.also_in if there(occurrence.when, zone)
        ],
        "recurs": occurrence.recurs or None,
        "recurrence": asked.recurrence(occurrence),
        "status": details.status,
        "reason": asked.say(details.reason),
        "moved_from": details.moved_from
        and _known({"begins": details.moved_from.at, "words": asked.say(details.moved_from.said)}),
        "second_call": details.second_call
        and _known({"begins": details.second_call.at, "words": asked.say(details.second_call.said)}),
        "hours": asked.say(details.hours_words),
        "where": asked.say(details.where_words),
        "places": [_known(_place(place, asked)) for place in details.places],
        "online": details.online and details.online.url,
        "description": plain(asked.say(details.description)),
        "description_html": html(asked.say(details.description)),
        "organisations": [
            _known(
                {
                    "role": party.role,
                    "id": party.organisation,
                    "name": asked.say(party.name),
                    "url": party.url,
                }
            )
            for party in details.parties
        ],
        "tags": list(details.tags),
        "links": [_link(link, asked) for link in details.links],
        "documents": [_link(link, asked) for link in details.documents],
        "registration": _registration(details, asked),
        "practical": {hint.kind: asked.say(hint.said) for hint in details.practical},
        "languages": list(details.spoken),
        "contact": _known(
            {
                "name": asked.say(details.contact.name),
                "email": details.contact.email,
                "phone": details.contact.phone,
            }
        )
        if details.contact
        else None,
        "image": _known({"url": asked.url(details.image.url), "alt": asked.say(details.image.alt)})
        if details.image
        else None,
        "hashtag": details.hashtag,
        "series": event.series,
        "modified": _instant(event.modified),
    }


def _elsewhere(occurrence: Occurrence, zone: str, asked: Asked) -> dict[str, Any]:
    when = there(occurrence.when, zone)
    start, end = (when.start, when.end) if isinstance(when, Timed) else (None, None)
    return _known(
        {
            "timezone": zone,
            "start": start.isoformat() if start else None,
            "end": end.isoformat() if end else None,
            "closes": when.at.isoformat() if isinstance(when, Deadline) else None,
            "words": told(occurrence.when, zone, asked.language),
        }
    )


def _place(position: PlaceRecord, asked: Asked) -> dict[str, Any]:
    return {
        "name": asked.say(position.name),
        "address": asked.say(position.address),
        "city": asked.say(position.city),
        "country": position.country,
        "lat": float(position.lat) if position.lat else None,
        "lon": float(position.lon) if position.lon else None,
        "access": asked.say(position.access),
        "url": position.url,
    }


def _registration(details: DetailsRecord, asked: Asked) -> dict[str, Any] | None:
    registration = details.registration
    if registration is None:
        return None
    return _known(
        {
            "url": registration.url,
            "opens": registration.opens and registration.opens.at,
            "closes": registration.closes and registration.closes.at,
            "places": registration.places,
            "free": registration.free,
            "full": registration.full or None,
            "waiting_list": registration.waiting_list or None,
            "prices": [
                _known({"price": asked.say(price.said), "applies": asked.say(price.applies)})
                for price in registration.prices
            ],
        }
    )


def _link(link: LinkRecord, asked: Asked) -> dict[str, Any]:
    url = asked.url(asked.say(link.urls) or link.url)
    return _known({"label": asked.say(link.label), "url": url, "rel": link.rel})


def _known(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in (None, "", [], {})}


def _day(day: date) -> str:
    return day.isoformat()


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
