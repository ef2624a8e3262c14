"""Copies for those who do not subscribe: an event as a file, and the addresses that put it into Google's and Outlook's."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlencode

from flask import Response, abort

from coopcal.formats.request import Speaker
from coopcal.formats.single import single, whole
from coopcal.model.when import Timed, WholeDays
from coopcal.site.record import OverrideRecord, WholeRecord
from coopcal.text import dates
from coopcal.text.markdown import plain
from coopcal.text.words import word
from coopcal.views.agenda import Agenda
from coopcal.views.occurrence import Occurrence

LONGEST = 1000
"""Characters of a description in an address; browsers and servers take addresses of some thousand."""


@dataclass(frozen=True, slots=True)
class Copies:
    """Where a copy of an event is had."""

    google: str
    outlook: str
    office: str


def copies(occurrence: Occurrence, speaker: Speaker, here: str) -> Copies | None:
    """Return where a copy of one date is had; None of what is not known by the day, or does not take place.

    The copy says its time in words, where it could be doubted ``here`` whose it is.
    """
    span = _span(occurrence)
    if span is None or occurrence.off:
        return None
    start, end, all_day = span
    title, page = speaker.say(occurrence.details.title), speaker.localised(occurrence.address)
    description = plain(speaker.say(occurrence.details.description))[:LONGEST]
    local_time = _local_time(occurrence, speaker.language, here)
    text = "\n\n".join(part for part in (local_time, description, page) if part)
    where = speaker.say(occurrence.details.where_words) or occurrence.online(speaker.language)
    google = {
        "action": "TEMPLATE",
        "text": title,
        "dates": f"{_basic(start)}/{_basic(end)}",
        "details": text,
        "location": where,
    }
    if not all_day:
        google["ctz"] = occurrence.event.timezone
    outlook = {
        "path": "/calendar/action/compose",
        "rru": "addevent",
        "subject": title,
        "startdt": _extended(start),
        "enddt": _extended(end),
        "body": text,
        "location": where,
    }
    if all_day:
        outlook["allday"] = "true"
    return Copies(
        google=f"https://calendar.google.com/calendar/render?{urlencode(google)}",
        outlook=f"https://outlook.live.com/calendar/0/deeplink/compose?{urlencode(outlook)}",
        office=f"https://outlook.office.com/calendar/0/deeplink/compose?{urlencode(outlook)}",
    )


def _local_time(occurrence: Occurrence, language: str, here: str) -> str:
    zone = occurrence.zone(language, here)
    if not zone or occurrence.when is None:
        return ""
    return word("local_time", language, when=dates.when(occurrence.when, language), zone=zone)


def copy_of(occurrence: Occurrence, known: Agenda, language: str) -> Response:
    """Return an event with all its dates, or one of them, as a file: a copy of what stands in its organisation's feed."""
    event, site, day = occurrence.event, known.site, _original_day(occurrence)
    entries = known.entries_of(event) if isinstance(event, WholeRecord) else [event]
    feeds = [
        site.translations.get((event.organisation, language)),
        site.feeds.get(event.organisation),
        site.archives.get((event.organisation, occurrence.first.year)),
        site.archives.get((event.organisation, event.first.year)),
    ]
    made = (
        single(feed, event.uid, day) if day else whole(feed, [entry.uid for entry in entries])
        for feed in feeds
        if feed
    )
    content = next(filter(None, made), None)
    if content is None:
        abort(404)
    answer = Response(content, content_type="text/calendar; charset=utf-8")
    name = "-".join((*event.path, *((str(day),) if day else ())))
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def _original_day(occurrence: Occurrence) -> date | None:
    """Return the day that a date of a series has by its rule; None of what is no such date."""
    match occurrence.event:
        case OverrideRecord(day=day):
            return day
        case _:
            return occurrence.first if occurrence.recurs else None


def _span(occurrence: Occurrence) -> tuple[date, date, bool] | None:
    """Return from when to when, and whether it is of whole days; the end of days is the day after."""
    match occurrence.when:
        case Timed(start=start, usual_end=end):
            return start, end, False
        case WholeDays(first, last):
            return first, last + timedelta(days=1), True
        case _:
            return None


def _basic(value: date) -> str:
    return f"{value.astimezone(UTC):%Y%m%dT%H%M%SZ}" if isinstance(value, datetime) else f"{value:%Y%m%d}"


def _extended(value: date) -> str:
    return f"{value.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" if isinstance(value, datetime) else value.isoformat()
