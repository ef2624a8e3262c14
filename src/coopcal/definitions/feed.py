"""Feeds: what they select, and how they show it."""

import re

from coopcal.definitions.closed import closed, reference
from coopcal.definitions.codes.events import UNKNOWN_TAG
from coopcal.definitions.codes.site import BAD_LENGTH, NOT_SUPPORTED_YET
from coopcal.definitions.codes.values import UNKNOWN_WORD
from coopcal.definitions.declared import fields as read
from coopcal.definitions.declared.fields import Choice
from coopcal.definitions.declared.record import Key, Record, did_you_mean, fields, items
from coopcal.definitions.source.node import Mapping, Node, Scalar
from coopcal.definitions.source.tree import SourceFile
from coopcal.model.event import Role
from coopcal.model.feed import (
    Auto,
    Between,
    Everything,
    Feed,
    Length,
    Select,
    Show,
    ShowBusy,
    ShowCancelled,
    ShowDeadlines,
    ShowImprecise,
    ShowOrganisation,
    ShowSessions,
    Window,
)
from coopcal.model.message import msg
from coopcal.model.organisation import Reference
from coopcal.model.problem import Place, Problems
from coopcal.model.site import SiteSettings

FEED = Record(
    "A feed",
    (
        Key("title", "text", "what members read as the name of the calendar", "All our events"),
        Key("description", "text", "what is in it", "Everything that the cooperatives of the valley do."),
        Key("select", "select", "which events are in it", "{organisations: [cicopa], with_parts: true}"),
        Key(
            "window",
            "window",
            "auto, everything, or how far back and ahead",
            "{past: 1 year, future: 3 years}",
        ),
        Key("show", "show", "how events are shown", "{organisation: prefix}"),
        Key("include", "include", "feeds of others, merged in; not supported yet", "[]"),
        Key("for", "for", "makes it private; not supported yet", "{groups: [board]}"),
        Key("formerly", "ids", "its former ids, the oldest first", "[old-feed]"),
        Key(
            "closed", "closed", "when it ended, and what takes its place", "{on: 2027-01-01, see: other-feed}"
        ),
    ),
    {"name": "title", "selection": "select", "filter": "select", "display": "show"},
)

SELECT = Record(
    "A selection",
    (
        Key("organisations", "ids", "whose events; or all", "[cicopa]"),
        Key("with_parts", "yes or no", "and those of the organisations that are part of them", "true"),
        Key("roles", "choices", "in which roles they take part", "[organiser, host]", choices=tuple(Role)),
        Key(
            "tags",
            "chosen tags",
            "with any of these tags, and none of those",
            "{any: [assembly], none: [internal]}",
        ),
        Key("countries", "countries", "in these countries", "[IT, FR]"),
    ),
    {
        "organisation": "organisations",
        "orgs": "organisations",
        "tag": "tags",
        "country": "countries",
        "role": "roles",
        "parts": "with_parts",
    },
)

TAGS = Record(
    "A choice of tags",
    (
        Key("any", "tags", "at least one of these", "[assembly]"),
        Key("none", "tags", "none of these", "[internal]"),
    ),
    {"all": "any", "not": "none"},
)

SHOW = Record(
    "How a feed shows its events",
    (
        Key("organisation", "choice", "prefix, category or none", "prefix", choices=tuple(ShowOrganisation)),
        Key("language", "languages", "the language, or several side by side", "en"),
        Key("cancelled", "choice", "tell, mark or hide", "tell", choices=tuple(ShowCancelled)),
        Key("imprecise", "choice", "span, first-day or pages", "span", choices=tuple(ShowImprecise)),
        Key("sessions", "choice", "entries or text", "entries", choices=tuple(ShowSessions)),
        Key("busy", "choice", "as-written or never", "as-written", choices=tuple(ShowBusy)),
        Key(
            "deadlines",
            "choice",
            "none, or entries: the end of registration as an entry of its own",
            "entries",
            choices=tuple(ShowDeadlines),
        ),
    ),
    {
        "languages": "language",
        "lang": "language",
        "organisations": "organisation",
        "canceled": "cancelled",
        "registration": "deadlines",
    },
)

WINDOW = Record(
    "A window",
    (
        Key("past", "length", "how long after its end an event stays", "1 year"),
        Key("future", "length", "how far ahead", "3 years"),
    ),
    {"before": "past", "after": "future", "back": "past", "ahead": "future"},
)

LENGTH = re.compile(r"(\d{1,3})\s*(day|week|month|year)s?")


def feed(file: SourceFile, settings: SiteSettings, problems: Problems) -> Feed:
    """Read a feed's file."""
    values = fields(file.node, FEED, problems, place=Place(file.path)) or {}
    language = settings.language
    for name, message, mend in (
        ("include", msg("Merging in feeds of others is not supported yet"), msg("take it out")),
        (
            "for",
            msg("A private feed is not supported yet, and without this line the feed would be public"),
            msg("delete the whole file until there are private feeds; do not delete the line alone"),
        ),
    ):
        key = file.node.key(name)
        if key is not None:
            problems.tell(
                key.place,
                NOT_SUPPORTED_YET,
                message,
                mend,
            )
    return Feed(
        id=file.id,
        place=Place(file.path),
        title=read.text(values["title"], language, problems, longest=read.LONGEST_TITLE, one_line=True)
        if "title" in values
        else None,
        description=read.text(values["description"], language, problems, longest=2000)
        if "description" in values
        else None,
        select=_select(values["select"], file.node.key("select"), settings, problems)
        if "select" in values
        else None,
        window=_window(values["window"], problems) if "window" in values else Auto(),
        show=_show(values["show"], problems) if "show" in values else None,
        formerly=read.each(values["formerly"], lambda node: reference(node, problems))
        if "formerly" in values
        else (),
        closed=closed(values["closed"], problems) if "closed" in values else None,
    )


def _select(node: Node, key: Scalar | None, settings: SiteSettings, problems: Problems) -> Select | None:
    values = fields(node, SELECT, problems)
    if values is None:
        return None
    any_tags, none_tags = _tags(values["tags"], settings, problems) if "tags" in values else (None, ())
    return Select(
        organisations=_organisations(values["organisations"], problems)
        if "organisations" in values
        else None,
        with_parts=bool(read.boolean(values["with_parts"], problems)) if "with_parts" in values else False,
        roles=read.each(values["roles"], lambda each: read.choice(each, Role, problems, msg("a role")))
        if "roles" in values
        else None,
        tags_any=any_tags,
        tags_none=none_tags,
        countries=read.each(values["countries"], lambda each: read.country(each, problems))
        if "countries" in values
        else None,
        place=key.place if key else None,
    )


def _organisations(node: Node, problems: Problems) -> tuple[Reference, ...] | None:
    if isinstance(node, Scalar) and node.text == "all":
        return None
    return read.each(node, lambda each: reference(each, problems))


def _tags(
    node: Node, settings: SiteSettings, problems: Problems
) -> tuple[tuple[str, ...] | None, tuple[str, ...]]:
    if not isinstance(node, Mapping):
        return _tag_list(node, settings, problems), ()
    values = fields(node, TAGS, problems) or {}
    any_tags = _tag_list(values["any"], settings, problems) if "any" in values else None
    return any_tags, _tag_list(values["none"], settings, problems) if "none" in values else ()


def _tag_list(node: Node, settings: SiteSettings, problems: Problems) -> tuple[str, ...]:
    found = []
    for item in items(node):
        tag = read.identifier(item, problems)
        if tag is None:
            continue
        known = [name for name, _ in settings.tags or ()]
        if settings.tags is not None and tag not in known:
            problems.tell(
                item.place,
                UNKNOWN_TAG,
                msg("“{tag}” is none of the site's tags", tag=tag),
                did_you_mean(tag, known) or msg("add it under “tags” in coopcal.yaml"),
            )
        found.append(tag)
    return tuple(found)


def _show(node: Node, problems: Problems) -> Show | None:
    values = fields(node, SHOW, problems)
    if values is None:
        return None
    usual = Show()
    languages = []
    for item in items(values["language"]) if "language" in values else ():
        tag = read.scalar(item, problems, msg("a language"))
        if tag and (known := read.language_tag(tag, problems)):
            languages.append(known)

    def said(name: str, choices: type[Choice]) -> Choice | None:
        if name not in values:
            return None
        return read.choice(values[name], choices, problems, msg("a way to show “{name}”", name=name))

    return Show(
        organisation=said("organisation", ShowOrganisation),
        languages=tuple(dict.fromkeys(languages)),
        cancelled=said("cancelled", ShowCancelled) or usual.cancelled,
        imprecise=said("imprecise", ShowImprecise) or usual.imprecise,
        sessions=said("sessions", ShowSessions) or usual.sessions,
        deadlines=said("deadlines", ShowDeadlines) or usual.deadlines,
        busy=said("busy", ShowBusy) or usual.busy,
    )


def _window(node: Node, problems: Problems) -> Window:
    if isinstance(node, Scalar):
        if node.text == "everything":
            return Everything()
        if node.text != "auto":
            problems.tell(
                node.place,
                UNKNOWN_WORD,
                msg("“{text}” is no window", text=node.text),
                msg("write auto, everything, or {past: 1 year, future: 3 years}"),
            )
        return Auto()
    values = fields(node, WINDOW, problems) or {}
    return Between(
        past=_length(values["past"], problems) if "past" in values else None,
        future=_length(values["future"], problems) if "future" in values else None,
    )


def _length(node: Node, problems: Problems) -> Length | None:
    found = read.scalar(node, problems, msg("a length of time"))
    if found is None:
        return None
    match = LENGTH.fullmatch(found.text.strip())
    if match is None:
        problems.tell(
            found.place,
            BAD_LENGTH,
            msg("“{text}” is no length of time that is read here", text=found.text),
            msg("write 30 days, 6 weeks, 18 months or 1 year"),
        )
        return None
    count = int(match[1])
    match match[2]:
        case "year":
            return Length(years=count)
        case "month":
            return Length(months=count)
        case "week":
            return Length(days=7 * count)
        case _:
            return Length(days=count)
