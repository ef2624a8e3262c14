"""Copies for those who do not subscribe: an event as a file, and the addresses that put it into Google's and Outlook's.

The addresses hold what the file holds, as it stands in the feed of the organisation: what is shortened ends behind a word,
and what takes several dates goes to Google alone, as Outlook's address takes one.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from html import escape
from urllib.parse import quote, urlencode

from flask import Response, abort

from coopcal import zones
from coopcal.formats.single import single, whole
from coopcal.site.component import END
from coopcal.site.details import Words
from coopcal.site.record import OverrideRecord, WholeRecord
from coopcal.text.markdown import shortened
from coopcal.text.properties import Property, properties, unescaped
from coopcal.text.words import labelled, word
from coopcal.views.agenda import Agenda
from coopcal.views.occurrence import Occurrence

GOOGLE = "https://calendar.google.com/calendar/render"
OUTLOOK = "https://outlook.live.com/calendar/0/deeplink/compose"
OFFICE = "https://outlook.office.com/calendar/0/deeplink/compose"

LONGEST_FOR_GOOGLE, LONGEST_FOR_OUTLOOK = 6000, 2000
"""Characters of an address: Google's servers refuse longer ones; Outlook's add to them where people sign in first."""

LONGEST_LINE = 200
"""Characters of a place, which may name many."""

_TIMES = "%Y%m%dT%H%M%S"


@dataclass(frozen=True, slots=True)
class Copies:
    """Where a copy of an event is had: ``google`` of all its dates, ``outlook`` and ``office`` of an event of one."""

    google: str
    outlook: str
    office: str


@dataclass(frozen=True, slots=True)
class _Copied:
    """What stands in a file of one VEVENT: its properties by name; ``programme`` is what stands in files of its sessions."""

    known: Mapping[str, Property]
    programme: str = ""

    def text(self, name: str) -> str:
        return unescaped(self.known[name].value) if name in self.known else ""

    @property
    def all_day(self) -> bool:
        return self.known["DTSTART"].parameters.get("VALUE") == "DATE"

    @property
    def zone(self) -> str:
        return self.known["DTSTART"].parameters.get("TZID", "")

    @property
    def rule(self) -> str:
        return self.known["RRULE"].value if "RRULE" in self.known else ""

    @property
    def is_free(self) -> bool:
        return self.text("TRANSP") == "TRANSPARENT"

    def moment(self, name: str) -> datetime:
        """Return the beginning or the end of what has times."""
        time = self.known[name]
        read = datetime.strptime(time.value.removesuffix("Z"), _TIMES)  # noqa: DTZ007 - of a zone by its name
        zone = time.parameters.get("TZID")
        return read.replace(tzinfo=zones.zone(zone) if zone else UTC)


def copies(occurrence: Occurrence, known: Agenda, language: str) -> Copies | None:
    """Return where a copy of one date, or of a series, is had.

    None of what is not known by the day, or does not take place, and of a series whose dates no rule alone tells.
    """
    if occurrence.when is None or occurrence.off:
        return None
    content = _content(occurrence, known, language)
    copied = _read(content) if content else None
    if copied is None:
        return None
    copied = replace(copied, programme=_programme(known.sessions_of(occurrence.event), occurrence, language))
    return Copies(
        _google(copied), *("" if copied.rule else _outlook(copied, base) for base in (OUTLOOK, OFFICE))
    )


def _read(content: bytes) -> _Copied | None:
    """Return what stands in a file; None of several events, and of a rule with exceptions, which no address takes."""
    event, _, more = content.partition(b"BEGIN:VEVENT\r\n")[2].partition(b"END:VEVENT\r\n")
    if more != END:
        return None
    found = {one.name: one for one in properties(event)}
    return None if {"EXDATE", "RDATE"} & found.keys() else _Copied(found)


def _programme(sessions: Iterable[Occurrence], of: Occurrence, language: str) -> str:
    """Say what is when, a session a line, as they have files of their own."""
    lines = []
    for session in sessions:
        title, is_below = _said(session.details.title, language), session.first == of.first == of.last
        when = (session.words_below_day if is_below else session.words)(language, of.event.timezone)
        lines.append(labelled(when, title, language) if when else title)
    heading = word("heading", language, label=word("programme", language))
    return "\n".join((heading, *(f"- {line}" for line in lines))) if lines else ""


def _said(text: Words, language: str) -> str:
    return text.get(language) or next(iter(text.values()), "")


def _google(copied: _Copied) -> str:
    asked = {"action": "TEMPLATE", "text": copied.text("SUMMARY"), "dates": _span(copied)}
    if copied.zone:
        asked["ctz"] = copied.zone
    if copied.rule:
        asked["recur"] = f"RRULE:{copied.rule}"
    asked["location"] = shortened(copied.text("LOCATION"), LONGEST_LINE)
    asked["crm"], asked["trp"] = ("AVAILABLE", "false") if copied.is_free else ("BUSY", "true")
    return _within(LONGEST_FOR_GOOGLE, copied, lambda said: _address(GOOGLE, asked | {"details": said}))


def _span(copied: _Copied) -> str:
    """Return from when to when: what recurs on the clocks of its zone, so that these decide when they change."""
    if copied.all_day or copied.rule:
        return "/".join(copied.known[name].value for name in ("DTSTART", "DTEND"))
    return "/".join(f"{copied.moment(name).astimezone(UTC):{_TIMES}}Z" for name in ("DTSTART", "DTEND"))


def _outlook(copied: _Copied, base: str) -> str:
    asked = {"path": "/calendar/action/compose", "rru": "addevent", "subject": copied.text("SUMMARY")}
    for name, key in (("DTSTART", "startdt"), ("DTEND", "enddt")):
        value = copied.known[name].value
        asked[key] = (
            f"{value[:4]}-{value[4:6]}-{value[6:8]}"
            if copied.all_day
            else f"{copied.moment(name).astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
        )
    if copied.all_day:
        asked["allday"] = "true"
    asked["location"] = shortened(copied.text("LOCATION"), LONGEST_LINE)
    asked["freebusy"] = "free" if copied.is_free else "busy"
    return _within(
        LONGEST_FOR_OUTLOOK,
        copied,
        lambda said: _address(base, asked | {"body": escape(said, quote=False).replace("\n", "<br>")}),
    )


def _address(base: str, asked: Mapping[str, str]) -> str:
    known = {key: said for key, said in asked.items() if said}
    return f"{base}?{urlencode(known, quote_via=quote)}"


def _within(longest: int, copied: _Copied, address: Callable[[str], str]) -> str:
    """Return an address with as much of the description as it may be long with, and the page, which tells all of it."""
    description = "\n\n".join(part for part in (copied.text("DESCRIPTION"), copied.programme) if part)
    page = copied.text("URL")

    def with_first(most: int) -> str:
        return address("\n\n".join(part for part in (shortened(description, most), page) if part))

    least, most = 1, len(description)
    if len(whole_address := with_first(most)) <= longest or not description:
        return whole_address
    while most - least > 1:
        middle = (least + most) // 2
        if len(with_first(middle)) <= longest:
            least = middle
        else:
            most = middle
    return with_first(least)


def copy_of(occurrence: Occurrence, known: Agenda, language: str) -> Response:
    """Return an event with all its dates, or one of them, as a file: a copy of what stands in its organisation's feed."""
    content, event, day = _content(occurrence, known, language), occurrence.event, _original_day(occurrence)
    if content is None:
        abort(404)
    answer = Response(content, content_type="text/calendar; charset=utf-8")
    name = "-".join((*event.path, *((str(day),) if day else ())))
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def _content(occurrence: Occurrence, known: Agenda, language: str) -> bytes | None:
    """Return an event with all its dates, or one of them, as it stands in a feed; None of what stands in none."""
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
    return next(filter(None, made), None)


def _original_day(occurrence: Occurrence) -> date | None:
    """Return the day that a date of a series has by its rule; None of what is no such date."""
    match occurrence.event:
        case OverrideRecord(day=day):
            return day
        case _:
            return occurrence.first if occurrence.recurs else None
