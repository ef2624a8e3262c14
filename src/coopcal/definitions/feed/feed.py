"""A feed's file."""

from collections.abc import Mapping
from dataclasses import replace

from coopcal.definitions.closed import closed
from coopcal.definitions.context import Context
from coopcal.definitions.declared.key import Key, Record
from coopcal.definitions.declared.record import Written, written_keys
from coopcal.definitions.feed.audience import audience
from coopcal.definitions.feed.include import include
from coopcal.definitions.feed.select import select
from coopcal.definitions.feed.show import show
from coopcal.definitions.feed.window import window
from coopcal.definitions.readers.identifier import references
from coopcal.definitions.readers.reminder import reminders
from coopcal.definitions.readers.text import LONGEST_PARAGRAPH, LONGEST_TITLE, text
from coopcal.definitions.source.tree import SourceFile
from coopcal.model.feed import Audience, Feed
from coopcal.model.included import Kept
from coopcal.model.problem import Position, Problems
from coopcal.model.site import SiteSettings

FEED = Record(
    "A feed",
    (
        Key("title", text(LONGEST_TITLE, one_line=True), "what members read as the name of the calendar", "All our events"),
        Key("description", text(LONGEST_PARAGRAPH), "what is in it", "Everything that the cooperatives of the valley do."),
        Key("select", select, "which events are in it", "{organisations: [cicopa], with_parts: true}"),
        Key("window", window, "auto, everything, or how far back and ahead", "{past: 1 year, future: 3 years}"),
        Key("show", show, "how events are shown", "{organisation: prefix}"),
        Key("reminders", reminders, "reminders that it is offered with; without this line, those of the site", "[morning]"),
        Key("include", include, "feeds of others, merged in", '[{url: "https://example.org/events.ics", organisation: cicopa}]'),
        Key("for", audience, "makes it private: it also shows what these groups see, or these organisations", "{groups: [board]}", fills="audience"),
        Key("formerly", references, "its former ids, the oldest first", "[old-feed]"),
        Key("closed", closed, "when it ended, and what takes its place", "{on: 2027-01-01, see: other-feed}"),
    ),
    {"name": "title", "selection": "select", "filter": "select", "display": "show", "reminder": "reminders",
     "audience": "for", "private": "for", "members": "for", "groups": "for", "visibility": "for"},
)  # fmt: skip


def feed(
    file: SourceFile, settings: SiteSettings, problems: Problems, copies: Mapping[tuple[str, str], Kept] = {}
) -> Feed:
    """Read a feed's file; ``copies`` are those of feeds of others, by the organisation whose events they hold and by name."""
    context = Context.bare(settings, problems)
    written = written_keys(file.node, FEED, context, position=Position(file.path)) or Written(FEED, {})
    values = written.read(context).fields()
    if "select" in values:
        key = file.node.key("select")
        values["select"] = replace(values["select"], position=key.position if key else None)
    if file.node.key("for") is not None:
        values.setdefault("audience", Audience())  # what cannot be read makes no feed public
    if "include" in values:
        values["include"] = tuple(
            replace(one, kept=copies.get((one.organisation.id, one.copy))) for one in values["include"]
        )
    return Feed(id=file.id, position=Position(file.path), **values)
