"""Atom (RFC 4287) and RSS 2.0: events as entries for feed readers."""

import uuid
from collections.abc import Iterator, Sequence
from datetime import UTC
from email.utils import format_datetime
from xml.etree import ElementTree as ET

from coopcal.formats.request import Asked
from coopcal.site.record import EntryRecord, Record, RecurringRecord, SeriesRecord, StretchRecord
from coopcal.text import atom as xml
from coopcal.text.markdown import html
from coopcal.text.words import labelled, word
from coopcal.views.occurrence import Occurrence, occurrence, told_of_all

NEWEST = 100
"""Entries of a feed of what was written last."""

ET.register_namespace("atom", xml.NAMESPACE)


def atom(asked: Asked) -> bytes:
    """Return the events that were written or changed last as Atom; an entry keeps its id for ever."""
    events = _newest(asked)
    feed = xml.Feed(
        id=_urn(f"feed {asked.feed.id} {asked.language} {asked.filters.query()}"),
        title=asked.title,
        language=asked.language,
        updated=max((event.modified for event in events), default=asked.feed.modified),
        address=_own(asked, "atom"),
        page=asked.page,
        author=asked.title,
    )
    notice = xml.entry(_closing(asked), xml.INDENTED) if asked.successor else ""
    entries = notice + "".join(xml.entry(_entry(event, asked), xml.INDENTED) for event in events)
    return xml.document(feed, entries, xml.INDENTED)


def rss(asked: Asked) -> bytes:
    """Return the events that were written or changed last as RSS."""
    items = [(event, _title(event, asked), occurrence(event)) for event in _newest(asked)]
    return _channel(asked, "rss", items)


def upcoming_rss(asked: Asked) -> bytes:
    """Return what comes next as RSS, the soonest first; titles begin with the date in words."""
    items = []
    for listed in asked.coming:
        title = labelled(
            listed.begin(asked.language, asked.here), _title(listed.event, asked), asked.language
        )
        items.append((listed.event, title, listed))
    return _channel(asked, "upcoming.rss", items)


def _channel(asked: Asked, ending: str, items: Sequence[tuple[Record, str, Occurrence]]) -> bytes:
    root = ET.Element("rss", {"version": "2.0"})
    channel = _add(root, "channel")
    _add(channel, "title", asked.title)
    _add(channel, "link", asked.page)
    _add(channel, "description", asked.title)
    _add(channel, "language", asked.language.lower())
    changed = max((event.modified for event, _, _ in items), default=asked.feed.modified)
    _add(channel, "lastBuildDate", format_datetime(changed.astimezone(UTC), usegmt=True))
    ET.SubElement(
        channel,
        f"{{{xml.NAMESPACE}}}link",
        {"rel": "self", "type": "application/rss+xml", "href": _own(asked, ending)},
    )
    if asked.successor:
        item = _add(channel, "item")
        _add(item, "title", asked.closing)
        _add(item, "link", asked.successor)
        _add(item, "guid", _closing_id(asked), isPermaLink="false")
    for event, title, listed in items:
        item = _add(channel, "item")
        _add(item, "title", title)
        _add(item, "link", asked.localised(listed.address))
        _add(item, "guid", _urn(f"{event.uid} {listed.address}"), isPermaLink="false")
        _add(item, "pubDate", format_datetime(event.modified.astimezone(UTC), usegmt=True))
        for tag in event.details.tags:
            _add(item, "category", tag)
        _add(item, "description", _content(listed, asked))
    return _written(root)


def _newest(asked: Asked) -> list[EntryRecord]:
    """Return each event once, what was changed last first."""
    newest: dict[str, EntryRecord] = {}
    for listed in asked.all_occurrences:
        event = asked.agenda.entry_of(listed.event)
        newest.setdefault(event.uid, event)
    return sorted(newest.values(), key=lambda event: (event.modified, event.address), reverse=True)[:NEWEST]


def _closing(asked: Asked) -> xml.Entry:
    """Return the entry of a feed that closes, which says what to see instead."""
    return xml.Entry(
        id=_closing_id(asked),
        title=asked.closing,
        updated=asked.feed.modified,
        page=asked.successor or asked.page,
        content=asked.closing,
    )


def _closing_id(asked: Asked) -> str:
    return _urn(f"closed {asked.feed.id}")


def _entry(event: EntryRecord, asked: Asked) -> xml.Entry:
    return xml.Entry(
        id=_urn(event.uid),
        title=_title(event, asked),
        updated=event.modified,
        page=asked.localised(event.page),
        content=_content(occurrence(event), asked),
        content_type="html",
        authors=tuple(asked.say(party.name) for party in event.details.parties if party.role == "organiser"),
        categories=tuple(event.details.tags),
        summary=_summary(occurrence(event), asked),
    )


def _title(event: Record, asked: Asked) -> str:
    title = asked.say(event.details.title)
    if not event.details.is_off:
        return title
    return labelled(word(event.details.status, asked.language), title, asked.language)


def _when(shown: Occurrence, asked: Asked) -> str:
    """Say when it is; of a series as a whole, how it recurs."""
    words = asked.recurrence(shown) if _series(shown) else ""
    return words or shown.words(asked.language, asked.here)


def _series(shown: Occurrence) -> RecurringRecord | None:
    """Return the series that is shown as a whole; None of one date, and where no date is as usual."""
    match shown.event:
        case SeriesRecord(dates=days) | StretchRecord(dates=days) as series if days and not shown.recurs:
            return series
        case _:
            return None


def _summary(shown: Occurrence, asked: Asked) -> str:
    parts = (_when(shown, asked), asked.say(shown.details.where_words) or shown.online(asked.language))
    return " · ".join(part for part in parts if part)


def _content(shown: Occurrence, asked: Asked) -> str:
    paragraphs = (_summary(shown, asked), *_elsewhere(shown, asked), *asked.set_apart(shown))
    return "".join(_paragraphs(*paragraphs)) + html(asked.say(shown.details.description))


def _elsewhere(shown: Occurrence, asked: Asked) -> tuple[str, ...]:
    """Say when it is in other zones; of a series as a whole, what holds for all its dates."""
    series = _series(shown)
    if series is None:
        return shown.elsewhere(asked.language)
    usual = [listed.when for listed in asked.agenda.of_entry(series) if listed.event is series]
    whens = [when for when in usual if when]
    lines = (told_of_all(whens, zone, asked.language) for zone in series.details.also_in)
    return tuple(line for line in lines if line)


def _paragraphs(*texts: str) -> Iterator[str]:
    for text in texts:
        if text:
            paragraph = ET.Element("p")
            paragraph.text = text
            yield ET.tostring(paragraph, encoding="unicode")


def _own(asked: Asked, ending: str) -> str:
    query = asked.filters.query()
    return asked.url(f"/feeds/{asked.feed.id}.{asked.language}.{ending}{f'?{query}' if query else ''}")


def _urn(name: str) -> str:
    """Return a name for ever: it depends on no address of the site."""
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, f'coopcal {name}')}"


def _add(parent: ET.Element, name: str, text: str | None = None, **attributes: str) -> ET.Element:
    element = ET.SubElement(parent, name, attributes)
    element.text = text
    return element


def _written(root: ET.Element) -> bytes:
    ET.indent(root)
    content: bytes = ET.tostring(root, encoding="utf-8")
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + content + b"\n"
