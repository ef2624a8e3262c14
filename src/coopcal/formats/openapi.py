"""OpenAPI 3.1 of the JSON that feeds are had in."""

import json
from typing import Any

from coopcal.formats.document import VERSION
from coopcal.formats.request import MOST, PART
from coopcal.site.reader import Site

_TEXT = {"type": "string"}
_URL = {"type": "string", "format": "uri"}
_DAY = {"type": "string", "format": "date"}
_MOMENT = {"type": "string", "format": "date-time"}
_LANGUAGE = {"type": "string", "description": "A language (BCP 47)."}

_LINK = {
    "type": "object",
    "required": ["label", "url"],
    "properties": {"label": _TEXT, "url": _URL, "rel": _TEXT},
    "additionalProperties": False,
}
_PLACE = {
    "type": "object",
    "properties": {
        **dict.fromkeys(("name", "address", "city", "access"), _TEXT),
        "country": {"type": "string", "pattern": "^[A-Z]{2}$"},
        "lat": {"type": "number", "minimum": -90, "maximum": 90},
        "lon": {"type": "number", "minimum": -180, "maximum": 180},
        "url": _URL,
    },
    "additionalProperties": False,
}
_ELSEWHERE = {
    "type": "object",
    "description": "Its time as clocks show it in another zone.",
    "required": ["timezone", "words"],
    "properties": {
        "timezone": {**_TEXT, "description": "IANA name."},
        "start": _MOMENT,
        "end": _MOMENT,
        "closes": {**_MOMENT, "description": "Of a deadline."},
        "words": {**_TEXT, "description": "The zone and the time in words, ready to be shown."},
    },
    "additionalProperties": False,
}
_PARTY = {
    "type": "object",
    "required": ["role", "name"],
    "properties": {
        "role": {"enum": ["organiser", "host", "partner", "participant"]},
        "id": {"type": "string", "description": "The organisation's id, if it is one of the site."},
        "name": _TEXT,
        "url": _URL,
    },
    "additionalProperties": False,
}
_REGISTRATION = {
    "type": "object",
    "properties": {
        "url": _URL,
        "opens": {"anyOf": [_DAY, _MOMENT]},
        "closes": {"anyOf": [_DAY, _MOMENT]},
        "places": {"type": "integer", "minimum": 0},
        "free": {"type": "integer", "minimum": 1, "description": "Places that are left."},
        "full": {"const": True},
        "waiting_list": {"const": True},
        "prices": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["price"],
                "properties": {"price": _TEXT, "applies": {**_TEXT, "description": "For whom it is."}},
                "additionalProperties": False,
            },
        },
    },
    "additionalProperties": False,
}
_CONTACT = {
    "type": "object",
    "properties": dict.fromkeys(("name", "email", "phone"), _TEXT),
    "additionalProperties": False,
}
_OCCURRENCE = {
    "type": "object",
    "description": "One date of an event. What is not known is left out.",
    "required": ["uid", "url", "title", "when", "kind", "first_day", "last_day", "status", "modified"],
    "properties": {
        "uid": {
            **_TEXT,
            "description": "The UID that it has in the iCalendar feed; dates of a series share it.",
        },
        "url": {**_URL, "description": "Its page."},
        "title": _TEXT,
        "when": {
            **_TEXT,
            "description": "The date and time in words, ready to be shown; with the time zone where it could be doubted.",
        },
        "kind": {"enum": ["days", "day", "imprecise", "timed", "deadline"]},
        "first_day": _DAY,
        "last_day": _DAY,
        "start": {**_MOMENT, "description": "Of what has a time; with the offset of its zone."},
        "end": {**_MOMENT, "description": "Where an end is stated."},
        "closes": {**_MOMENT, "description": "Of a deadline."},
        "timezone": {**_TEXT, "description": "IANA name."},
        "also_in": {"type": "array", "items": _ELSEWHERE},
        "recurs": {"const": True},
        "recurrence": {
            **_TEXT,
            "description": "How the event recurs, or on which dates it is, in words, ready to be shown; the same at each of its dates.",
        },
        "status": {"enum": ["confirmed", "tentative", "cancelled", "postponed"]},
        "reason": _TEXT,
        "moved_from": {
            "type": "object",
            "description": "When it was to begin, before it was moved.",
            "required": ["begins", "words"],
            "properties": {"begins": {"anyOf": [_DAY, _MOMENT]}, "words": _TEXT},
            "additionalProperties": False,
        },
        "second_call": {
            "type": "object",
            "description": "When an assembly meets where its first call has no quorum.",
            "required": ["begins", "words"],
            "properties": {"begins": {"anyOf": [_DAY, _MOMENT]}, "words": _TEXT},
            "additionalProperties": False,
        },
        "hours": _TEXT,
        "where": {**_TEXT, "description": "The places in words, ready to be shown."},
        "places": {"type": "array", "items": _PLACE},
        "online": _URL,
        "description": {**_TEXT, "description": "As plain text."},
        "description_html": {**_TEXT, "description": "As HTML without scripts and styles."},
        "organisations": {"type": "array", "items": _PARTY},
        "tags": {"type": "array", "items": _TEXT},
        "links": {"type": "array", "items": _LINK},
        "documents": {"type": "array", "items": _LINK},
        "registration": _REGISTRATION,
        "practical": {
            "type": "object",
            "properties": dict.fromkeys(("arrival", "bring", "food", "childcare", "accessibility"), _TEXT),
            "additionalProperties": False,
        },
        "languages": {"type": "array", "items": _LANGUAGE, "description": "Languages that are spoken."},
        "contact": _CONTACT,
        "image": {
            "type": "object",
            "required": ["url"],
            "properties": {"url": _URL, "alt": _TEXT},
            "additionalProperties": False,
        },
        "hashtag": _TEXT,
        "series": {**_TEXT, "description": "What editions of an event share."},
        "modified": {**_MOMENT, "description": "When it was written or changed last."},
    },
}
_DOCUMENT = {
    "type": "object",
    "required": ["version", "feed", "title", "language", "page", "query", "compiled_at", "occurrences"],
    "properties": {
        "version": {"const": VERSION, "description": "What is added keeps it; what is changed does not."},
        "feed": _TEXT,
        "title": _TEXT,
        "language": _LANGUAGE,
        "page": _URL,
        "query": {**_TEXT, "description": "What the feed is narrowed by, in its canonical form."},
        "compiled_at": _MOMENT,
        "successor": {
            **_URL,
            "description": "Of a feed that closes: the page of what is to be used instead.",
        },
        "next": {
            **_URL,
            "description": f"Where further dates are, of more than {MOST}; those that a part holds are in order.",
        },
        "occurrences": {"type": "array", "items": {"$ref": "#/components/schemas/Occurrence"}},
    },
}
_FILTERS = (
    ("organisation", "Organisations that have a part in it, apart by commas.", "cicopa"),
    ("role", "The part that they have.", "organiser,host"),
    ("tag", "Tags, apart by commas.", "assembly,education"),
    ("country", "Countries of its places, apart by commas.", "IT,FR"),
    ("past", "How long what has ended stays: an ISO 8601 duration, days, or no.", "P3M"),
    ("future", "How far ahead it goes: an ISO 8601 duration, or days.", "90"),
    ("limit", "So many of those that come next.", "5"),
    (PART, f"A further part of more than {MOST} dates, as next names it.", "2"),
)


def openapi(site: Site) -> bytes:
    """Return the description of a site's interface."""
    description = {
        "openapi": "3.1.0",
        "info": {
            "title": next(iter(site.manifest.title.values()), "coopcal"),
            "version": str(VERSION),
            "description": "Events of cooperatives. Feeds are public, may be asked from any web page, and answer 304 to who has them.",
        },
        "servers": [{"url": site.manifest.base_url}],
        "paths": {
            "/feeds/{feed}.json": _path("Give the dates of a feed, in its own language."),
            "/feeds/{feed}.{language}.json": _path("Give the dates of a feed, in a language.", "language"),
        },
        "components": {"schemas": {"Document": _DOCUMENT, "Occurrence": _OCCURRENCE}},
    }
    return (json.dumps(description, ensure_ascii=False, indent=1) + "\n").encode()


def _path(summary: str, *more: str) -> dict[str, Any]:
    parts = [_parameter(name, "path") for name in ("feed", *more)]
    filters = [
        {**_parameter(name, "query"), "description": meaning, "example": example}
        for name, meaning, example in _FILTERS
    ]
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/Document"}}}
    return {
        "get": {
            "summary": summary,
            "parameters": [*parts, *filters],
            "responses": {
                "200": {"description": "The dates, in order.", "content": content},
                "304": {"description": "Nothing has changed since the ETag that was sent."},
                "400": {"description": "A parameter is none of these."},
                "404": {"description": "There is no such feed, or not in this language."},
                "410": {"description": "The feed has ended."},
            },
        }
    }


def _parameter(name: str, where: str) -> dict[str, Any]:
    return {"name": name, "in": where, "required": where == "path", "schema": {"type": "string"}}
