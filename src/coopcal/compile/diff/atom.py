"""The log of a feed as Atom (RFC 4287)."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote
from xml.sax.saxutils import escape, quoteattr

from coopcal.model.change import EventChange, LogEntry
from coopcal.model.text import Text
from coopcal.text.change_words import sentences
from coopcal.text.words import labelled, word

OWNED = "2020-01-01"
"""The day for which tag URIs (RFC 4151) name the owner of the domain."""


_REFUSED = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold (2.2)."""


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
    return "".join(_entry(channel, entry, owners) for entry in log)


def document(channel: Channel, entries: str, updated: datetime) -> bytes:
    """Return the feed around its entries."""
    title = word("change_title", channel.language, title=channel.title)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={quoteattr(channel.language)}>\n'
        f"<id>{_tag(channel, 'changes/' + channel.oldest)}</id>\n"
        f"<title>{_text(title)}</title>\n"
        f"<updated>{_instant(updated)}</updated>\n"
        f'<link rel="self" type="application/atom+xml" href={_attribute(channel.base_url + channel.address)}/>\n'
        f'<link rel="alternate" type="text/html" href={_attribute(f"{channel.base_url}/feeds/{channel.id}/")}/>\n'
        f"<author><name>{_text(channel.title)}</name></author>\n"
        f"<generator>coopcal</generator>\n{entries}</feed>\n"
    ).encode()


def _entry(channel: Channel, entry: LogEntry, owners: Mapping[str, Text]) -> str:
    change = entry.change
    title = " ".join(change.title.say(channel.language, channel.fallback).split())
    said = sentences(
        change,
        channel.language,
        fallback=channel.fallback,
        feed=_name(channel, change),
        here=channel.timezone,
    )
    at = _instant(entry.at)
    mark = quote(change.uid, safe="@.+-~_")
    page = change.page or f"/feeds/{channel.id}/"
    owner = owners.get(change.organisation)
    name = owner.say(channel.language, channel.fallback) if owner else change.organisation
    return (
        "<entry>\n"
        f"<id>{_tag(channel, f'changes/{channel.oldest}/{mark}/{at}')}</id>\n"
        f"<title>{_text(labelled(title, said[0], channel.language))}</title>\n"
        f"<updated>{at}</updated>\n"
        f"<published>{at}</published>\n"
        f'<link rel="alternate" type="text/html" href={_attribute(channel.base_url + page)}/>\n'
        f"<author><name>{_text(name)}</name></author>\n"
        f'<content type="text">{_text(chr(10).join(said))}</content>\n'
        "</entry>\n"
    )


def _name(channel: Channel, change: EventChange) -> str:
    """Return the name under which a change knows the feed."""
    return next((name for name in channel.names if name in change.feeds), channel.id)


def _tag(channel: Channel, path: str) -> str:
    return _text(f"tag:{channel.authority},{OWNED}:{path}")


def _instant(value: datetime) -> str:
    return value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _text(value: str) -> str:
    """Escape a text; what XML cannot hold is left out."""
    return escape(_REFUSED.sub("", value))


def _attribute(value: str) -> str:
    return quoteattr(_REFUSED.sub("", value))
