"""What each kind of value that the decoder's keys declare is as a schema."""

from coopcal import zones
from coopcal.definitions.declared import fields as read
from coopcal.definitions.declared.without_effect import MOMENTS
from coopcal.definitions.details import PRICE
from coopcal.definitions.event_values import UID
from coopcal.definitions.feed import LENGTH
from coopcal.definitions.repeats.rule import NAMES
from coopcal.definitions.repeats.words import LAST_DAY, UNITS
from coopcal.definitions.schema import patterns
from coopcal.definitions.schema.patterns import exactly, whole
from coopcal.definitions.schema.values import (
    Schema,
    by_name,
    either,
    list_of,
    listed,
    offered,
    one_of,
    ref,
    string,
    text,
)
from coopcal.definitions.settings import DOMAIN
from coopcal.definitions.switches import LEVELS
from coopcal.definitions.when.durations import DURATION
from coopcal.definitions.when.hours import HOURS
from coopcal.model.ids import LONGEST_ID

_NAMES = "Write them by name, one below the other; a name is of lower-case letters a to z, digits and single hyphens"
_ID = text(
    patterns.ID,
    "An id is of lower-case letters a to z, digits and single hyphens",
    maxLength=LONGEST_ID,
)
_DAY = text(patterns.ONE_DAY, "Write the day as 2026-03-14")
_DAYS = text(patterns.DAYS, "Write a day or a range of days, such as 2026-07-01/2026-08-31")
_WHEN = ref("when")
_URL = text(patterns.URL, "Write the whole address, beginning with https://")
_HOURS = text(whole(HOURS), "Write opening hours as 10:00/18:00")
_LANGUAGE = string(exactly(read.LANGUAGE), "Write a language code, such as en, fr or pt-BR")
_COUNTRIES = zones.countries()

COMMON: dict[str, Schema] = {
    "text": either(by_name(text(), exactly(read.LANGUAGE), "Write texts by language code, such as en, fr or pt-BR"), text()),
    "when": text(patterns.WHEN, "Write 2026-03-14, 2026-03-14 09:00/17:30, 2026-03-14/2026-03-16, 2026-03 or 2026"),
    "country": {
        "enum": sorted(_COUNTRIES),
        "enumDescriptions": [_COUNTRIES[code] for code in sorted(_COUNTRIES)],
        "errorMessage": "Write the two capital letters of ISO 3166, such as BE or FR",
    },
    "timezone": {
        "enum": sorted(name for name in zones.names() if "/" in name or name == "UTC"),
        "errorMessage": "Write region and city, such as Europe/Brussels",
    },
}  # fmt: skip
"""What several kinds share, by the name under which it stands in the document."""

KINDS: dict[str, Schema] = {
    "text": ref("text"),
    "markdown": ref("text"),
    "word": text(),
    "rule": text(),
    "file": text(),
    "file by language": ref("text"),
    "url by language": either(by_name(_URL, exactly(read.LANGUAGE), "Write addresses by language code, such as en, fr or pt-BR"), _URL),
    "id": _ID,
    "ids": listed(_ID),
    "all or ids": {"anyOf": [{"const": "all"}, listed(_ID)]},
    "event ids": listed(text(patterns.EVENT_ID, "Write the id of an event, or event/session")),
    "event names": listed(text(patterns.EVENT_NAME, "Write organisation/event, such as cicopa/open-day")),
    "note": {},
    "uid": text(exactly(UID), "A UID has no blanks and at most 255 characters"),
    "number": {
        "anyOf": [
            {"type": "integer", "minimum": 0, "errorMessage": "Write a whole number"},
            string(rf"^\s*{patterns.DIGIT}{{1,9}}\s*$", "Write a whole number"),
        ]
    },
    "degrees": {
        "anyOf": [
            {"type": "number", "minimum": -180, "maximum": 180, "errorMessage": "Write degrees, such as 50.85"},
            string(rf"^\s*[+-]?{patterns.DIGIT}{{1,3}}(?:\.{patterns.DIGIT}+)?\s*$", "Write degrees, such as 50.85"),
        ]
    },
    "yes or no": {"anyOf": [{"type": "boolean", "errorMessage": "Write true or false"}, string(patterns.YES_OR_NO, "Write true or false")]},
    "url": _URL,
    "urls": listed(_URL),
    "url or mailto": text(patterns.URL_OR_MAILTO, "Write the whole address, beginning with https:// or mailto:"),
    "domain": string(exactly(DOMAIN), "Write a domain name of yours, such as example.coop"),
    "email": string(whole(read.EMAIL), "Write an e-mail address, such as name@example.org"),
    "phone": text(whole(read.PHONE), "Write a telephone number, such as +32 2 543 10 33"),
    "colour": string(exactly(read.COLOUR), 'Write a colour in quotes, such as "#aa3311"'),
    "hashtag": text(patterns.HASHTAG, "Write one word of letters, digits and _"),
    "country": ref("country"),
    "countries": listed(ref("country")),
    "timezone": ref("timezone"),
    "timezones": listed(ref("timezone")),
    "languages": listed(_LANGUAGE),
    "date": _DAY,
    "moment": text(patterns.MOMENT, "Write it as 2026-03-14 or 2026-03-14 12:00"),
    "duration": string(whole(DURATION), "Write PT2H for two hours, PT90M for 90 minutes, P1D for a day"),
    "length": string(whole(LENGTH), "Write 30 days, 6 weeks, 18 months or 1 year"),
    "when": {
        "if": {"type": "array"},
        "then": {"type": "array", "items": either(ref("date"), _WHEN)},
        "else": _WHEN,
    },
    "one when": _WHEN,
    "whens": listed(either(ref("date"), _WHEN)),
    "hours": either({"type": "object", "additionalProperties": _HOURS}, _HOURS),
    "excepted": text(),
    "dates": listed(either(ref("excepted"), text())),
    "changes": by_name(either(ref("change"), _WHEN), patterns.CHANGED, "Write changes by date, such as 2026-10-13, or from 2026-11-01"),
    "unit": offered(tuple(words["en"].split()[0] for words in UNITS.values()), text()),
    "days": {"anyOf": [{"enum": [*NAMES, LAST_DAY[0]]}, listed(text())]},
    "repeats": ref("repeats"),
    "breaks": by_name(listed(_DAYS), patterns.ID, _NAMES),
    "where": listed(either(ref("location"), text())),
    "places": by_name(either(ref("location"), text()), patterns.ID, _NAMES),
    "geo": either(ref("geo"), text()),
    "online": {
        "if": {"type": "array"},
        "then": {"maxItems": 0, "errorMessage": "Write one address, or [] for nowhere"},
        "else": either(ref("online"), _URL),
    },
    "parties": listed(either(ref("outsider"), _ID)),
    "contact": either(ref("contact"), text()),
    "contacts": by_name(ref("contact"), patterns.ID, _NAMES),
    "groups": listed(text()),
    "tags": listed(_ID),
    "reminders": listed({"anyOf": [{"enum": [*MOMENTS]}, string(whole(DURATION), "Write evening, morning, or how long before, such as PT2H")]}),
    "known tags": either(by_name(ref("text"), patterns.ID, _NAMES), listed(_ID)),
    "chosen tags": either(ref("tags"), listed(_ID)),
    "links": listed(ref("link")),
    "legal links": listed(ref("legal")),
    "documents": listed(ref("document")),
    "registration": ref("registration"),
    "price": listed(
        {
            "if": {"type": "object", "anyOf": [{"required": [name]} for name in PRICE.names]},
            "then": ref("price"),
            "else": ref("text"),
        }
    ),
    "practical": ref("practical"),
    "image": either(ref("image"), text()),
    "sessions": listed(ref("session")),
    "events": list_of(ref("event"), "Events are a list: each begins with a dash"),
    "defaults": ref("defaults"),
    "closed": ref("closed"),
    "address or feed": text(),
    "select": ref("select"),
    "show": ref("show"),
    "window": {"anyOf": [{"enum": ["auto", "everything"]}, ref("window")]},
    "switches": {"type": "object", "additionalProperties": one_of(LEVELS), "errorMessage": "Write how much each check matters: off, note, warning or error"},
    "include": {"type": "array"},
    "for": {"type": "object"},
}  # fmt: skip
"""The schema of each kind but those of words to choose from, which the keys themselves tell."""
