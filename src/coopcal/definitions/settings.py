"""The site, ``coopcal.yaml``."""

import re

from coopcal.definitions import details
from coopcal.definitions.breaks import read_breaks
from coopcal.definitions.codes.site import BAD_DOMAIN, UNKNOWN_FORMAT
from coopcal.definitions.codes.values import UNKNOWN_WORD
from coopcal.definitions.context import Context
from coopcal.definitions.declared import fields as read
from coopcal.definitions.declared.record import Key, Record, fields, items
from coopcal.definitions.declared.without_effect import reminders, without_effect
from coopcal.definitions.source.node import Mapping, Node, Scalar
from coopcal.definitions.source.tree import SITE_FILE, SourceFile
from coopcal.definitions.switches import switches
from coopcal.definitions.when import parse_duration
from coopcal.model.message import msg
from coopcal.model.problem import Place, Problems
from coopcal.model.site import SiteSettings
from coopcal.model.text import Text

ON_ERROR = ("stop", "hold")
"""What may be done about errors."""

SITE = Record(
    "A site",
    (
        Key("title", "text", "what the site is called", "Events of the valley"),
        Key(
            "uid_domain",
            "domain",
            "a domain name that stands in every UID; written once, never changed",
            "example.coop",
            required=True,
        ),
        Key("base_url", "url", "where the site is served", "https://calendars.example.coop"),
        Key("languages", "languages", "the languages of the site, the usual one first", "[en, fr]"),
        Key("timezone", "timezone", "the zone of events that do not tell theirs", "Europe/Brussels"),
        Key("usual_length", "duration", "how long events last whose end is not known", "PT2H"),
        Key("groups", "ids", "groups that may see what is not public; members is always there", "[board]"),
        Key("breaks", "breaks", "named ranges of dates", "{summer: 2026-07-01/2026-08-31}"),
        Key("tags", "known tags", "the tags that may be used, with titles", "{education: Education}"),
        Key("published", "url", "where the site lives, to compare with", "https://calendars.example.coop"),
        Key(
            "on_error",
            "choice",
            "what errors in organisations do: stop all; or hold the last good events of these, and publish all others",
            "hold",
            choices=ON_ERROR,
        ),
        Key("compress_feeds", "yes or no", "whether feeds are sent compressed", "true"),
        Key("also_at", "urls", "former addresses of the site", "[https://old.example.coop]"),
        Key(
            "legal",
            "legal links",
            "links for every footer",
            "[{label: Privacy, url: https://example.coop/privacy}]",
        ),
        Key("description", "text", "what the site is about", "All events of the cooperatives of the valley."),
        Key("logo", "image", "its logo", "{file: logo.png, alt: The valley}"),
        Key("colour", "colour", "its colour, in quotes", '"#aa3311"'),
        Key(
            "image",
            "image",
            "the picture that stands for it",
            "{file: files/market.jpg, alt: A market stall}",
        ),
        Key("reminders", "reminders", "reminders that feeds are offered with", "[evening, PT2H]"),
        Key(
            "checks",
            "switches",
            "how much a check matters: off, note, warning or error",
            "{public-holiday: off}",
        ),
        Key("format", "number", "the number of this format", "1"),
    ),
    {
        "name": "title",
        "url": "base_url",
        "domain": "uid_domain",
        "language": "languages",
        "tz": "timezone",
        "tag": "tags",
        "group": "groups",
        "check": "checks",
        "color": "colour",
        "picture": "image",
        "reminder": "reminders",
    },
)

LEGAL = Record(
    "A link",
    (
        Key("label", "text", "what people read", "Privacy", required=True),
        Key("url", "url or mailto", "where it leads", "https://example.coop/privacy", required=True),
    ),
    {"title": "label", "name": "label"},
)

DOMAIN = re.compile(r"(?=.{3,120}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+")


def settings(file: SourceFile, problems: Problems) -> SiteSettings | None:
    """Read the site's settings; None where there is no domain for UIDs."""
    values = fields(file.node, SITE, problems, place=Place(file.path)) or {}
    languages = read.languages(values["languages"], problems) if "languages" in values else ("en",)
    language = languages[0] if languages else "en"
    length = (
        read.scalar(values["usual_length"], problems, msg("a length")) if "usual_length" in values else None
    )
    domain = _domain(values["uid_domain"], problems) if "uid_domain" in values else None
    _check_the_rest(values, problems)
    title = (
        read.text(values["title"], language, problems, longest=read.LONGEST_TITLE, one_line=True)
        if "title" in values
        else None
    )
    usual = SiteSettings(
        Place(SITE_FILE), domain or "invalid", title or Text.of(language, domain or "coopcal")
    )
    _check_the_face(values, usual, problems)
    without_effect(file.node, WITHOUT_EFFECT, problems)
    found = SiteSettings(
        place=Place(SITE_FILE),
        uid_domain=domain or "invalid",
        title=usual.title,
        base_url=(_address(values["base_url"], problems) if "base_url" in values else None) or usual.base_url,
        languages=languages or usual.languages,
        timezone=(read.timezone(values["timezone"], problems) if "timezone" in values else None)
        or usual.timezone,
        usual_length=(parse_duration(length, problems) if length else None) or usual.usual_length,
        groups=_groups(values.get("groups"), problems),
        tags=_tags(values["tags"], language, problems) if "tags" in values else None,
        published=_address(values["published"], problems) if "published" in values else None,
        hold=_holds(values.get("on_error"), problems),
        compress_feeds=read.boolean(values["compress_feeds"], problems) is not False
        if "compress_feeds" in values
        else True,
        also_at=read.each(values["also_at"], lambda node: _address(node, problems))
        if "also_at" in values
        else (),
        legal=read.each(values["legal"], lambda node: _legal(node, language, problems))
        if "legal" in values
        else (),
        breaks=read_breaks(values.get("breaks"), problems),
        checks=switches(values["checks"], problems) if "checks" in values else (),
        uid_domain_place=values["uid_domain"].place if "uid_domain" in values else None,
    )
    return found if domain else None


def _address(node: Node, problems: Problems) -> str | None:
    found = read.url(node, problems)
    return found.rstrip("/") if found else None


def _domain(node: Node, problems: Problems) -> str | None:
    found = read.scalar(node, problems, msg("a domain name"))
    if found is None:
        return None
    if DOMAIN.fullmatch(found.text):
        return found.text
    bare = re.sub(r"^https?://|/.*$", "", found.text.strip().lower())
    mend = (
        msg("did you mean “{bare}”?", bare=bare)
        if DOMAIN.fullmatch(bare)
        else msg("write a domain name of yours, such as example.coop")
    )
    problems.tell(found.place, BAD_DOMAIN, msg("“{text}” is no domain name", text=found.text), mend)
    return None


def _groups(node: Node | None, problems: Problems) -> tuple[str, ...]:
    found = read.each(node, lambda each: read.identifier(each, problems)) if node else ()
    return tuple(dict.fromkeys(("members", *found)))


def _tags(node: Node, language: str, problems: Problems) -> tuple[tuple[str, Text], ...]:
    found = {}
    if isinstance(node, Mapping):
        for key, value in node.entries:
            title = read.text(value, language, problems, longest=read.LONGEST_TITLE, one_line=True)
            if read.identifier(key, problems) and title:
                found[key.text] = title
    else:
        for item in items(node):
            tag = read.identifier(item, problems)
            if tag:
                found[tag] = Text.of(language, tag)
    return tuple(found.items())


def _legal(node: Node, language: str, problems: Problems) -> tuple[Text, str] | None:
    values = fields(node, LEGAL, problems)
    if not values or len(values) < len(LEGAL.keys):
        return None
    label = read.text(values["label"], language, problems, longest=read.LONGEST_TITLE, one_line=True)
    url = read.url(values["url"], problems, schemes=("https", "http", "mailto"))
    return (label, url) if label and url else None


WITHOUT_EFFECT = ("also_at", "description", "logo", "colour", "image", "reminders")
"""Keys that are read, and do nothing yet."""


def _check_the_face(values: dict[str, Node], usual: SiteSettings, problems: Problems) -> None:
    """Read what shows the face of the site."""
    context = Context.bare(usual, problems)
    if "description" in values:
        read.text(values["description"], usual.language, problems)
    if "colour" in values:
        read.colour(values["colour"], problems)
    for name in ("logo", "image"):
        if name in values:
            details.image(values[name], context)
    if "reminders" in values:
        reminders(values["reminders"], problems)


def _check_the_rest(values: dict[str, Node], problems: Problems) -> None:
    number = values.get("format")
    if number is not None and not (isinstance(number, Scalar) and number.text == "1"):
        problems.tell(
            number.place,
            UNKNOWN_FORMAT,
            msg("This coopcal reads format 1"),
            msg("{line}, or install a newer coopcal", line="format: 1"),
        )


def _holds(node: Node | None, problems: Problems) -> bool:
    found = node.text if isinstance(node, Scalar) else None
    if node is not None and found not in ON_ERROR:
        problems.tell(
            node.place,
            UNKNOWN_WORD,
            msg("This is not what to do about errors"),
            msg("{first} or {second}", first="on_error: stop", second="on_error: hold"),
        )
    return found == "hold"
