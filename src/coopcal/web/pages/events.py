"""The page of an event, of a session, of one date of a series; and the documents beside it."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

from flask import Response, abort, make_response, redirect
from markupsafe import Markup

from coopcal import zones
from coopcal.formats.request import Speaker
from coopcal.formats.schema_org import event_data
from coopcal.model.ids import COPY
from coopcal.site.details import RegistrationRecord, TimeRecord
from coopcal.site.record import Record, SessionRecord, WholeRecord, as_whole
from coopcal.text.dates import timezone_name
from coopcal.views.agenda import Agenda
from coopcal.views.occurrence import Occurrence, occurrence, told_of_all
from coopcal.views.occurrences import coming
from coopcal.web import language
from coopcal.web.assets import document
from coopcal.web.current import agenda, instant, site, true_only_until
from coopcal.web.links import where
from coopcal.web.pages.blueprint import blueprint, page, whose
from coopcal.web.pages.copies import copies, copy_of
from coopcal.web.pages.parts import ON_A_PAGE, neighbours, pages_of, programme, series_of
from coopcal.web.pages.requested import requested_part

SESSIONS, EDITIONS = 100, 50
"""Sessions that the page of an event shows, with more on the next page; and other editions, of which it says how many more there are."""


@blueprint.get("/events/<path:address>")
def event(address: str) -> Response:
    """Show an event, a session or a date of a series, or give one of its documents."""
    path, known = f"/events/{address}", agenda()
    shown = known.at(path)
    if shown is not None:
        return page("event.html", **_around(shown, known))
    copied = known.at(path.removesuffix(COPY)) if path.endswith(f"/{COPY}") else None
    if copied is not None:
        return copy_of(copied, known, language.current())
    elsewhere = known.moved(path) or (f"{path}/" if known.at(f"{path}/") else None)
    if elsewhere is not None:
        return make_response(redirect(language.localised(elsewhere), 308))
    if "/".join(address.split("/")[:2]) in site().removed:
        abort(410)
    return document(address)


def _around(shown: Occurrence, known: Agenda) -> dict[str, Any]:
    """Return what the page of an event shows: its sessions, dates and other editions, and what it is in."""
    record = shown.event
    is_date = shown.address != record.address or not isinstance(record, WholeRecord)
    above = _above(record, known, is_date=is_date)
    session_pages = pages_of(len(known.sessions_of(record)), SESSIONS)
    asked, series = (
        shown,
        (
            series_of(record, known, instant(), language.current(), session_pages)
            if not is_date and known.recurs(record)
            else None
        ),
    )
    if series is not None:
        shown, record = series.now, series.now.event
    date_pages = pages_of(series.part.count, ON_A_PAGE) if series else 1
    sessions = requested_part(known.sessions_of(record), SESSIONS, date_pages)
    editions = _editions(record)
    dates = known.of_whole(record) if is_date else ()
    speaker = Speaker(site(), language.current(), site().manifest.languages[0], where())
    data = event_data(
        shown, speaker, sessions.shown, series.told if series else (), occurrence(above) if above else None
    )
    beside = (
        neighbours(dates, lambda one: one.address == asked.address)
        if is_date
        else neighbours(editions, lambda one: one.event.whole == record.whole)
    )
    programme_zone = _programme_zone(sessions.shown, record.timezone)
    others = [edition for edition in editions if edition.event.whole != record.whole][:EDITIONS]
    return {
        "here": record.timezone,
        "timed": [shown, *(series.part.shown if series else ()), *others, *filter(None, beside)],
        "whose": lambda one: whose(one, record.organisation),
        "shown": shown,
        "event": record,
        "details": record.details,
        "copies": copies(asked, known, language.current()),
        "file": f"{shown.address}{COPY}",
        "data": Markup(data),  # noqa: S704 - angle brackets and ampersands are escaped in it
        "sessions": sessions,
        "programme": programme(sessions.shown, programme_zone and record.timezone, language.current()),
        "programme_zone": programme_zone,
        "zone": timezone_name(record.timezone, language.current())
        if shown.details.kind in ("timed", "deadline")
        else "",
        "registering": _registering(record.details.registration, record.timezone),
        "query": sessions.query or (series.part.query if series else ""),
        "above": above,
        "is_date": is_date,
        "elsewhere": _elsewhere(shown, known.of_whole(record) if series else (), language.current()),
        "subscribing": _subscribing(record),
        "series": series,
        "editions": others,
        "more_editions": max(len(editions) - 1 - EDITIONS, 0),
        "neighbours": beside,
        "over": shown.ends <= instant() if series is None else not series.is_on,
    }


def _above(record: Record, known: Agenda, *, is_date: bool) -> Record | None:
    """Return the event that a date is of, or that a session is part of; None of an event."""
    if is_date:
        event = known.by_address.get(record.whole)
        return as_whole(event) if event else None
    return known.by_address.get(record.above) if isinstance(record, SessionRecord) else None


def _editions(record: Record) -> list[Occurrence]:
    """Return the events of its series, itself among them, in order; of very many, the latest ones first."""
    if record.series is None:
        return []
    editions = [
        occurrence(other)
        for other in site().events
        if other.series == record.series and isinstance(other, WholeRecord)
    ]
    return sorted(editions, key=lambda edition: edition.key, reverse=len(editions) > EDITIONS)


def _programme_zone(sessions: Sequence[Occurrence], timezone: str) -> str:
    """Name the time zone of a programme that has times, if it is that of all of them; else each tells its own."""
    name = timezone_name(timezone, language.current())
    timed = [session for session in sessions if session.details.kind in ("timed", "deadline")]
    is_shared = all(timezone_name(one.event.timezone, language.current()) == name for one in timed)
    return name if timed and is_shared else ""


class Registering(NamedTuple):
    """Whether one can register now: it has not opened yet (``ahead``), or is ``over``."""

    ahead: bool
    over: bool


def _registering(registration: RegistrationRecord | None, timezone: str) -> Registering | None:
    """Return whether one can register now, which is true until it opens or closes."""
    if registration is None:
        return None
    now = instant()
    opens, closes = (
        _moment(registration.opens, timezone, days=0),
        _moment(registration.closes, timezone, days=1),
    )
    for turn in (opens, closes):
        if turn is not None and turn > now:
            true_only_until(turn)
    return Registering(opens is not None and now < opens, closes is not None and closes <= now)


def _moment(time: TimeRecord | None, timezone: str, days: int) -> datetime | None:
    """Return the instant of a moment; of a day, when it begins, or so many days later."""
    if time is None:
        return None
    if len(time.at) > len("2026-09-12"):
        return datetime.fromisoformat(time.at).astimezone(UTC)
    day = date.fromisoformat(time.at)
    return zones.first_moment(min(day, date.max - timedelta(days)) + timedelta(days), timezone).astimezone(
        UTC
    )


def _elsewhere(shown: Occurrence, series: Sequence[Occurrence], tongue: str) -> tuple[str, ...]:
    """Say when it is in other zones; of a series, what holds for its dates."""
    if not series:
        return shown.elsewhere(tongue)
    ahead = coming(series, instant()) or series
    by_zone = (
        (zone, [date.when for date in ahead if date.when and zone in date.details.also_in])
        for zone in shown.details.also_in
    )
    lines = (told_of_all(whens, zone, tongue) for zone, whens in by_zone)
    return tuple(line for line in lines if line)


def _subscribing(record: Record) -> str | None:
    """Return the feed of an event's organisation, if there is one to subscribe to."""
    feed = site().feeds.get(record.organisation)
    return None if feed is None or feed.gone else feed.id
