"""``coopcal new site``: the folder that everything else stands in."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Literal
from urllib.parse import urlsplit

import click

from coopcal import zones
from coopcal.authoring import ignored, starts
from coopcal.authoring.templates import server_files
from coopcal.authoring.text import Value, block
from coopcal.authoring.trial import errors_of, try_files
from coopcal.cli.instant import now_option
from coopcal.cli.new.asking import Asker, Trial, parted, refuse, words_of
from coopcal.cli.new.options import yes_option
from coopcal.cli.new.writing import next_step, put, read_text
from coopcal.forge.templates import templates
from coopcal.schema import written
from coopcal.source.tree import SITE_FILE

Host = Literal["server", "github-pages"]

_FEED = "feeds/all.yaml"


@click.command()
@click.option("--host", type=click.Choice(["server", "github-pages"]), help="Where it will be served.")
@click.option("--title", help="What the site is called.")
@click.option("--uid-domain", help="A domain name of yours; it never changes.")
@click.option("--base-url", help="Where members will see it.")
@click.option("--language", "languages", multiple=True, help="A language of the site, the usual one first.")
@click.option("--country", help="Your country, such as BE; it proposes the time zone.")
@click.option("--timezone", help="The zone of events that do not tell theirs.")
@yes_option
@now_option
@click.pass_context
def command(
    context: click.Context,
    *,
    host: Host | None,
    title: str | None,
    uid_domain: str | None,
    base_url: str | None,
    languages: tuple[str, ...],
    country: str | None,
    timezone: str | None,
    now: datetime,
    yes: bool,
) -> None:
    """Start a site in this folder."""
    if (context.obj.root / SITE_FILE).exists():
        refuse(f"{SITE_FILE} is there already: this is a site.")
    asker = Asker(yes=yes)
    keys: dict[str, Value] = {}
    keys["title"] = (
        asker.answer("--title", "What is the site called?", title, needed=True, trial=_tried("title")) or ""
    )
    keys["uid_domain"] = (
        asker.answer(
            "--uid-domain",
            "A domain name of yours (it stands in every event's identity, and never changes)",
            uid_domain,
            needed=True,
            trial=_tried("uid_domain"),
        )
        or ""
    )
    asked_host = asker.answer(
        "--host",
        "Where will it be served: server, github-pages, or not decided yet (empty)?",
        host,
        trial=_host,
    )
    usual = f"https://calendars.{keys['uid_domain']}" if asked_host == "server" else None
    address = asker.answer(
        "--base-url", "Where will members see it?", base_url, usual=usual, trial=_tried("base_url")
    )
    if address:
        keys["base_url"] = address
    keys["languages"] = asker.several(
        "--language", "Its languages, the usual one first", languages, usual="en", trial=_languages
    )
    keys["timezone"] = _timezone(asker, country, timezone)
    asker.all_there()
    others = {"calendars/.gitkeep": "", starts.SCHEMA_FILE: written()}
    others |= _host_files(asked_host, str(keys.get("base_url", "")))
    feed = {"title": keys["title"]}
    created = {SITE_FILE: starts.site(keys), _FEED: starts.feed(feed)}
    there = context.obj.root / ignored.FILE
    before = read_text(context.obj.root, ignored.FILE) if there.exists() else ""
    if (after := ignored.with_ignored(before)) != before:
        others |= {} if there.exists() else {ignored.FILE: after}
    edited = {ignored.FILE: after} if there.exists() and after != before else {}
    put(context, None, now, created=created, others=others, edited=edited)
    next_step(context, "Next: coopcal new organisation")


def _timezone(asker: Asker, country: str | None, given: str | None) -> str:
    """Give the time zone, proposed from the country."""
    usual = "UTC"
    if given is None:
        code = asker.answer(
            "--country", "In which country (two letters, such as BE)?", country, trial=_country
        )
        found = zones.of_country(code) if code else ()
        usual = found[0] if found else usual
        if len(found) > 1:
            asker.tell(f"  Zones there: {', '.join(found[:8])}{' …' if len(found) > 8 else ''}")  # noqa: PLR2004
    return asker.answer("--timezone", "The time zone", given, usual=usual, trial=_tried("timezone")) or usual


def _host_files(host: str | None, address: str) -> Mapping[str, str]:
    if host == "server":
        return server_files(urlsplit(address).hostname or "calendars.example.coop")
    if host == "github-pages":
        return templates("github")
    return {}


def _tried(key: str) -> Trial:
    """Hold an answer against what ``check`` says of that key."""

    def trial(said: str) -> list[str]:
        keys: dict[str, Value] = {"uid_domain": "example.coop", key: said}
        return words_of(errors_of({SITE_FILE: "\n".join(block(keys)) + "\n"}, SITE_FILE))

    return trial


def _languages(said: str) -> list[str]:
    keys: dict[str, Value] = {"uid_domain": "example.coop", "languages": parted(said)}
    return words_of(errors_of({SITE_FILE: "\n".join(block(keys)) + "\n"}, SITE_FILE))


def _country(said: str) -> list[str]:
    path = "calendars/country.yaml"
    text = "\n".join(block({"name": "Country", "country": said})) + "\n"
    return words_of(
        each
        for each in try_files({SITE_FILE: "uid_domain: example.coop\n", path: text})[1]
        if each.place.path == path
    )


def _host(said: str) -> list[str]:
    return [] if re.fullmatch("server|github-pages", said) else ["Write “server” or “github-pages”."]
