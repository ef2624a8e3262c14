"""The first text of a new file: what was asked, and comments that say what else there is."""

from collections.abc import Mapping, Sequence

from coopcal.authoring.text import Value, block
from coopcal.model.message import msg
from coopcal.text.messages import say

SCHEMA_FILE = "schema.json"
"""Where a site keeps the schema of its files, for editors."""

_NEVER = msg(
    "This stands in the identity of every event. Never change it: every subscriber would see every event twice."
)
_MORE = msg("More that may be said; take the # before a line away (docs/format.md tells every key):")
_EVENTS = msg("Its events. “coopcal new event” adds one; an id never changes, everything else may.")

_MORE_OF_SITE = (
    ("usual_length: PT2H", msg("how long events last whose end is not known")),
    (msg("groups: [board]"), msg("groups that may see what is not public")),
    (msg("breaks: { summer: 2026-07-01/2026-08-31 }"), msg("days on which what recurs may pause")),
    (
        msg("tags: { assembly: Assembly, education: Education }"),
        msg("once there are some, others are errors"),
    ),
)

_MORE_OF_ORGANISATION = (
    ('colour: "#aa3311"', msg("its colour on pages")),
    (msg("places: {shop: {name: The shop, city: Ghent}}"), msg("then events say “where: shop”")),
    (msg("contacts: {office: {email: office@example.org}}"), msg("then events say “contact: office”")),
)

_MORE_OF_FEED = (("show: {organisation: prefix, cancelled: tell}", msg("how it is shown")),)


def schema_line(path: str) -> str:
    """Return the first line of a source file, by which editors find its part of the site's ``schema.json``."""
    folders = path.split("/")[:-1]
    below = "../" * len(folders) or "./"
    return f"# yaml-language-server: $schema={below}{SCHEMA_FILE}#/$defs/{_kind(path)}\n"


def _kind(path: str) -> str:
    match path.split("/"):
        case ["tokens.yaml"]:
            return "tokens"
        case [_]:
            return "site"
        case ["feeds", _]:
            return "feed"
        case ["calendars", _] | ["calendars", _, "organisation.yaml"]:
            return "organisation"
        case _:
            return "events"


def site(keys: Mapping[str, Value], language: str) -> str:
    """Return the text of ``coopcal.yaml``; what it explains is said in a language."""
    title = {name: value for name, value in keys.items() if name == "title"}
    others = {name: value for name, value in keys.items() if name not in ("title", "uid_domain")}
    return _lines(
        _comment(msg("The site. What stands behind a # is a comment."), language),
        *block(title),
        _comment(_NEVER, language),
        *block({"uid_domain": keys["uid_domain"]}),
        *block(others),
        *_more(_MORE_OF_SITE, language),
        "format: 1",
    )


def organisation(keys: Mapping[str, Value], language: str, *, with_events: bool) -> str:
    """Return the text of an organisation's own file."""
    return _lines(
        _comment(
            msg(
                "An organisation. The name of this file is its id, which never changes; everything else may."
            ),
            language,
        ),
        *block(keys),
        *_more(_MORE_OF_ORGANISATION, language),
        *((_comment(_EVENTS, language), "events: []") if with_events else ()),
    )


def events(language: str) -> str:
    """Return the text of a further file of an organisation's folder."""
    return _lines(_comment(_EVENTS, language), "events: []")


def feed(keys: Mapping[str, Value], language: str) -> str:
    """Return the text of a feed's file."""
    return _lines(
        _comment(msg("A feed. The name of this file stands in its address, and never changes."), language),
        *block(keys),
        _comment(msg("All conditions under “select” hold; leave out what does not matter."), language),
        *_more(_MORE_OF_FEED, language),
    )


def _comment(sentence: str, language: str) -> str:
    return f"# {say(sentence, language)}"


def _more(lines: Sequence[tuple[str, str]], language: str) -> list[str]:
    """Return lines that may be taken out of their comments, each with what it is for."""
    pairs = [(say(line, language), say(what, language)) for line, what in lines]
    widest = max(len(line) for line, _ in pairs)
    explained = [f"# {line:<{widest}}  # {what}" for line, what in pairs]
    return [_comment(_MORE, language), *explained]


def _lines(*lines: str) -> str:
    return "".join(f"{line}\n" for line in lines)
