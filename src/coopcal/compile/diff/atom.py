"""The log of a feed as Atom (RFC 4287)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote

from coopcal.model.change import EventChange, LogEntry
from coopcal.model.text import Text
from coopcal.text import atom as xml
from coopcal.text.change_words import sentences
from coopcal.text.words import labelled, word

OWNED = "2020-01-01"
"""The day for which tag URIs (RFC 4151) name the owner of the domain."""


@dataclass(frozen=True, slots=True)
class Channel:
    """What an Atom feed says of itself. ``names`` are the feed's id and its former ones; ``oldest`` makes ids."""

    id: str
    names: tuple[str, ...]
    oldest: str
    title: str
    language: str
    fallback: str
    timezone: str
    base_url: str
    address: str
    authority: str


def body(channel: Channel, log: Iterable[LogEntry], owners: Mapping[str, Text]) -> str:
    """Return the entries; ``owners`` names the organisations, which are their authors."""
    return "".join(xml.entry(_entry(channel, logged, owners), xml.FLAT) for logged in log)


def document(channel: Channel, entries: str, updated: datetime) -> bytes:
    """Return the feed around its entries."""
    feed = xml.Feed(
        id=_tag(channel, f"changes/{channel.oldest}"),
        title=word("change_title", channel.language, title=channel.title),
        language=channel.language,
        updated=updated,
        address=channel.base_url + channel.address,
        page=f"{channel.base_url}/feeds/{channel.id}/",
        author=channel.title,
    )
    return xml.document(feed, entries, xml.FLAT)


def _entry(channel: Channel, logged: LogEntry, owners: Mapping[str, Text]) -> xml.Entry:
    change = logged.change
    title = " ".join(change.title.say(channel.language, channel.fallback).split())
    lines = sentences(
        change,
        channel.language,
        fallback=channel.fallback,
        feed=_name(channel, change),
        here=channel.timezone,
    )
    mark = quote(change.uid, safe="@.+-~_")
    instant = f"{logged.at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    owner = owners.get(change.organisation)
    return xml.Entry(
        id=_tag(channel, f"changes/{channel.oldest}/{mark}/{instant}"),
        title=labelled(title, lines[0], channel.language),
        updated=logged.at,
        published=logged.at,
        page=channel.base_url + (change.page or f"/feeds/{channel.id}/"),
        authors=(owner.say(channel.language, channel.fallback) if owner else change.organisation,),
        content="\n".join(lines),
    )


def _name(channel: Channel, change: EventChange) -> str:
    """Return the name under which a change knows the feed."""
    return next((name for name in channel.names if name in change.feeds), channel.id)


def _tag(channel: Channel, path: str) -> str:
    return f"tag:{channel.authority},{OWNED}:{path}"
