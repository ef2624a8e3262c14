"""The first text of a new file: what was asked, and comments that say what else there is."""

from collections.abc import Mapping, Sequence

from coopcal.authoring.text import Value, block

SCHEMA_FILE = "schema.json"
"""Where a site keeps the schema of its files, for editors."""

_SITE = """\
# More that may be said; take the # before a line away (docs/format.md tells every key):
# usual_length: PT2H        # how long events last whose end is not known
# groups: [board]           # groups that may see what is not public
# breaks: {summer: 2026-07-01/2026-08-31}
# tags: {assembly: Assembly, education: Education}      # once there are some, others are errors
"""

_ORGANISATION = """\
# More that may be said; take the # before a line away:
# colour: "#aa3311"
# places: {shop: {name: The shop, city: Ghent}}         # then events say “where: shop”
# contacts: {office: {email: office@example.org}}       # then events say “contact: office”
"""

_EVENTS = "# Its events. “coopcal new event” adds one; an id never changes, everything else may.\n"

_FEED = """\
# All conditions under “select” hold; leave out what does not matter. How it is shown may be said, too:
# show: {organisation: prefix, cancelled: tell}
"""


def schema_line(path: str) -> str:
    """Give the first line of a source file, by which editors find its part of the site's ``schema.json``."""
    folders = path.split("/")[:-1]
    below = "../" * len(folders) or "./"
    return f"# yaml-language-server: $schema={below}{SCHEMA_FILE}#/$defs/{_kind(path)}\n"


def _kind(path: str) -> str:
    match path.split("/"):
        case [_]:
            return "site"
        case ["feeds", _]:
            return "feed"
        case ["calendars", _] | ["calendars", _, "organisation.yaml"]:
            return "organisation"
        case _:
            return "events"


def site(keys: Mapping[str, Value]) -> str:
    """Give the text of ``coopcal.yaml``."""
    title = {name: value for name, value in keys.items() if name == "title"}
    others = {name: value for name, value in keys.items() if name not in ("title", "uid_domain")}
    domain = block({"uid_domain": keys["uid_domain"]})
    return (
        "# The site. What stands behind a # is a comment.\n"
        + _lines(block(title))
        + "# This stands in the identity of every event. Never change it: every subscriber would see every event twice.\n"
        + _lines(domain)
        + _lines(block(others))
        + _SITE
        + "format: 1\n"
    )


def organisation(keys: Mapping[str, Value], *, with_events: bool) -> str:
    """Give the text of an organisation's own file."""
    return (
        "# An organisation. The name of this file is its id, which never changes; docs/format.md tells every key.\n"
        + _lines(block(keys))
        + _ORGANISATION
        + (_EVENTS + "events: []\n" if with_events else "")
    )


def events() -> str:
    """Give the text of a further file of an organisation's folder."""
    return _EVENTS + "events: []\n"


def feed(keys: Mapping[str, Value]) -> str:
    """Give the text of a feed's file."""
    return (
        "# A feed. The name of this file stands in its address, and never changes.\n"
        + _lines(block(keys))
        + _FEED
    )


def _lines(lines: Sequence[str]) -> str:
    return "".join(f"{line}\n" for line in lines)
