"""The site, ``coopcal.yaml``."""

from dataclasses import replace
from pathlib import Path

from coopcal.definitions.breaks import breaks
from coopcal.definitions.codes.site import ALSO_AT_TWICE, UNKNOWN_FORMAT
from coopcal.definitions.codes.values import UNKNOWN_WORD
from coopcal.definitions.context import Context
from coopcal.definitions.declared import json_schema
from coopcal.definitions.declared.key import Key, Record
from coopcal.definitions.declared.reader import listed, reader
from coopcal.definitions.declared.record import Written, read_record, written_keys
from coopcal.definitions.details.image import image, logo
from coopcal.definitions.feed.window import length
from coopcal.definitions.readers.colour import colour
from coopcal.definitions.readers.dates import duration
from coopcal.definitions.readers.domain import domain
from coopcal.definitions.readers.identifier import identifier, identifiers
from coopcal.definitions.readers.language import languages
from coopcal.definitions.readers.number import NUMBER
from coopcal.definitions.readers.reminder import reminders
from coopcal.definitions.readers.text import LONGEST_TITLE, text
from coopcal.definitions.readers.timezone import timezone_anywhere
from coopcal.definitions.readers.url import base_url, base_urls, url_or_mailto
from coopcal.definitions.readers.yes_or_no import yes_or_no
from coopcal.definitions.receivers import receivers
from coopcal.definitions.source.node import Mapping, Node, Scalar, scalars
from coopcal.definitions.source.tree import SITE_FILE, SourceFile
from coopcal.definitions.switches import switches
from coopcal.model.message import msg
from coopcal.model.problem import Position, Problems
from coopcal.model.site import SiteSettings
from coopcal.model.text import Text

ON_ERROR = ("stop", "hold")
"""What may be done about errors."""

_TITLE = text(LONGEST_TITLE, one_line=True)

LEGAL = Record(
    "A link",
    (
        Key("label", _TITLE, "what people read", "Privacy", required=True),
        Key("url", url_or_mailto, "where it leads", "https://example.coop/privacy", required=True),
    ),
    {"title": "label", "name": "label"},
)


@reader(json_schema.ref("legal"))
def _legal(node: Node, context: Context) -> tuple[Text, str] | None:
    written = read_record(node, LEGAL, context)
    return (written.get("label"), written.get("url")) if written and written.is_whole else None


@reader(identifiers.schema)
def _groups(node: Node, context: Context) -> tuple[str, ...]:
    return tuple(dict.fromkeys(("members", *(identifiers(node, context) or ()))))


@reader(json_schema.either(json_schema.named(json_schema.ref("text")), identifiers.schema))
def _known_tags(node: Node, context: Context) -> tuple[tuple[str, Text], ...]:
    """Read tags with their titles, or tags alone."""
    if not isinstance(node, Mapping):
        tags = identifiers(node, context) or ()
        return tuple({tag: Text.of(context.language, tag) for tag in tags}.items())
    titles = {}
    for key, value in node.entries:
        title = _TITLE(value, context)
        if identifier(key, context) and title:
            titles[key.text] = title
    return tuple(titles.items())


@reader(json_schema.one_of(ON_ERROR), words=ON_ERROR)
def _holds(node: Node, context: Context) -> bool:
    """Return whether organisations with errors stay as they were."""
    word = node.text if isinstance(node, Scalar) else None
    if word not in ON_ERROR:
        context.problems.tell(
            node.position,
            UNKNOWN_WORD,
            msg("This is not what to do about errors"),
            msg("{first} or {second}", first="on_error: stop", second="on_error: hold"),
        )
    return word == "hold"


@reader(NUMBER, typed=int)
def _format(node: Node, context: Context) -> None:
    """Hold that the files are written for this format."""
    if not (isinstance(node, Scalar) and node.text == "1"):
        context.problems.tell(
            node.position,
            UNKNOWN_FORMAT,
            msg("This coopcal reads format 1"),
            msg("{line}, or install a newer coopcal", line="format: 1"),
        )


SITE = Record(
    "A site",
    (
        Key("title", _TITLE, "what the site is called", "Events of the valley"),
        Key("uid_domain", domain, "a domain name that stands in every UID; written once, never changed", "example.coop", required=True),
        Key("base_url", base_url, "where the site is served", "https://calendars.example.coop"),
        Key("languages", languages, "the languages of the site, the usual one first", "[en, fr]"),
        Key("timezone", timezone_anywhere, "the zone of events that do not tell theirs", "Europe/Brussels"),
        Key("usual_length", duration, "how long events last whose end is not known", "PT2H"),
        Key("groups", _groups, "groups that may see what is not public; members is always there", "[board]"),
        Key("breaks", breaks, "named ranges of dates", "{summer: 2026-07-01/2026-08-31}"),
        Key("tags", _known_tags, "the tags that may be used, with titles", "{education: Education}"),
        Key("published", base_url, "where the site lives, to compare with", "https://calendars.example.coop"),
        Key(
            "on_error",
            _holds,
            "what errors in organisations do: stop all; or hold the last good events of these, and publish all others",
            "hold",
            fills="hold",
        ),
        Key("compress_feeds", yes_or_no, "whether feeds are sent compressed", "true"),
        Key("also_at", base_urls, "addresses that the site had before; feeds answer there as ever, pages lead on", "[https://old.example.coop]"),
        Key("legal", listed(_legal), "links for every footer", "[{label: Privacy, url: https://example.coop/privacy}]"),
        Key("description", text(), "what the site is about", "All events of the cooperatives of the valley."),
        Key("logo", logo, "its logo", "{file: logo.png, alt: The valley}"),
        Key("colour", colour, "its colour, in quotes", '"#aa3311"'),
        Key("image", image, "the picture that stands for it", "{file: files/market.jpg, alt: A market stall}"),
        Key("reminders", reminders, "reminders that feeds are offered with, at addresses of their own", "[evening, PT2H]"),
        Key("contacts_kept", length, "how long contacts of an event are shown after its end; for good where it is not said", "1 year"),
        Key("notify", receivers, "addresses that are told what a publish changes", "[{url: https://hooks.example.org/events, format: text}]"),
        Key("checks", switches, "how much a check matters: off, note, warning or error", "{public-holiday: off}"),
        Key("format", _format, "the number of this format", "1"),
    ),
    {
        "name": "title", "url": "base_url", "domain": "uid_domain", "language": "languages", "tz": "timezone", "tag": "tags",
        "group": "groups", "check": "checks", "color": "colour", "picture": "image", "reminder": "reminders",
        "webhooks": "notify", "webhook": "notify", "hooks": "notify",
    },
)  # fmt: skip


def settings(file: SourceFile, root: Path | None, problems: Problems) -> SiteSettings | None:
    """Read the site's settings; None where there is no domain for UIDs. ``root`` is the folder that its pictures lie in."""
    unknown = SiteSettings(Position(SITE_FILE), "invalid", Text.of("en", "?"))
    context = replace(Context.bare(unknown, problems), language="", root=root)
    written = written_keys(file.node, SITE, context, position=Position(file.path)) or Written(SITE, {})
    languages = written.read(context, only=["languages"]).get("languages") or unknown.languages
    written.read(replace(context, language=languages[0]))
    domain = written.get("uid_domain")
    if domain is None:
        return None
    _tell_twice(written, problems)
    values = {"title": Text.of(languages[0], domain), **written.fields(), "languages": languages}
    return SiteSettings(
        position=unknown.position,
        uid_domain_position=written.position("uid_domain"),
        base_url_position=written.position("base_url"),
        published_position=written.position("published"),
        **values,
    )


def _tell_twice(written: Written, problems: Problems) -> None:
    """Note former addresses of the site that stand twice, or are the one that it has."""
    seen = {written.get("base_url"): msg("This is the address that the site has, by “base_url”")}
    for address in scalars(written.nodes["also_at"]) if "also_at" in written.nodes else ():
        named = address.text.strip().rstrip("/")
        if named in seen:
            mend = msg("take it out; “also_at” names addresses that the site had before, each once")
            problems.tell(address.position, ALSO_AT_TWICE, seen[named], mend)
        seen.setdefault(named, msg("This address stands here twice"))
