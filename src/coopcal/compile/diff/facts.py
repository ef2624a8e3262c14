"""A catalogue → what an audience sees of it, as facts."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime

from coopcal.compile.render.rendering import Surroundings
from coopcal.compile.render.vevent import where
from coopcal.model.change import EventFacts, Facts, NamedFacts, Shown
from coopcal.model.event import Event, Location, Registration
from coopcal.model.identity import page_address
from coopcal.model.site import Catalogue
from coopcal.model.text import Languages, Text
from coopcal.model.when import Timed, When, WholeDays
from coopcal.selection import select as selection
from coopcal.selection.turns import Turns, horizon
from coopcal.site.memory import MEMORY


def seen_by(catalogue: Catalogue, now: datetime, audience: frozenset[str] = frozenset()) -> Facts:
    """Return what the public sees at an instant, and groups besides; no public feed holds what is for a group."""
    now = now.astimezone(UTC)
    around = Surroundings(catalogue)
    public = selection.public_events(catalogue, Turns(now))
    members: dict[str, list[str]] = {}
    for plan in selection.plan(catalogue):
        for event in selection.select(plan, catalogue, public, Turns(now)).whole:
            members.setdefault(around.uid(event), []).append(plan.id)
    events = selection.public_events(catalogue, Turns(now), audience) if audience else public
    return facts(catalogue, events, members, around, now)


def facts(
    catalogue: Catalogue,
    events: Iterable[Event],
    members: Mapping[str, Iterable[str]],
    around: Surroundings,
    now: datetime,
) -> Facts:
    """Return the facts of events that an audience sees; ``members`` holds the feeds that select each UID."""
    languages = catalogue.settings.languages
    found = {}
    for event in events:
        uid = around.uid(event)
        found[uid] = _event(event, tuple(sorted(members.get(uid, ()))), languages)
    return Facts(
        until=horizon(now),
        events=found,
        organisations={
            one.id: NamedFacts(
                one.name, tuple(each.id for each in one.formerly), one.closed.on if one.closed else None
            )
            for one in catalogue.organisations
        },
        feeds={
            plan.id: NamedFacts(plan.title, plan.former, plan.closed.on if plan.closed else None)
            for plan in selection.plan(catalogue)
        },
    )


def _event(event: Event, feeds: tuple[str, ...], languages: tuple[str, ...]) -> EventFacts:
    groups = tuple(sorted(event.visibility))
    if not event.path:
        return EventFacts(
            "",
            event.organisation,
            "",
            Shown(event.details.title, _plain(event.details.when)),
            feeds=feeds,
            groups=groups,
        )
    repeated = event.recurrence
    changes: tuple[tuple[date, Shown], ...] = ()
    if repeated is not None:
        changes = tuple((each.day, _shown(each.event, languages)) for each in repeated.changes)
    return EventFacts(
        key=event.key,
        organisation=event.organisation,
        page=page_address(event),
        shown=_shown(event, languages),
        of=replace(event, further="").key if event.further else "",
        continues=event.continues is not None,
        rule=repeated.rule if repeated else None,
        ends=repeated.last if repeated else None,
        excluded=tuple(each.day for each in repeated.excluded) if repeated else (),
        changes=changes,
        feeds=feeds,
        groups=groups,
    )


def _shown(event: Event, languages: tuple[str, ...]) -> Shown:
    return Shown(
        title=event.details.title,
        when=_plain(event.details.when),
        places=_places(event.details.locations, languages),
        place_mark=mark_of(
            [(each.name, each.address, each.city, each.country) for each in event.details.locations]
        )
        if event.details.locations
        else "",
        status=event.details.status,
        reason=event.details.reason,
        details=tuple((name, mark_of(value)) for name, value in _details(event).items() if value),
    )


def _places(locations: tuple[Location, ...], languages: tuple[str, ...]) -> Text | None:
    """Say the places in each language; what is said as in the first one is not said again."""
    if not locations:
        return None
    said = [
        (language, "; ".join(where(each, Languages((language,), languages)) for each in locations))
        for language in languages
    ]
    return Text((said[0], *(each for each in said[1:] if each[1] != said[0][1])))


def _details(event: Event) -> dict[str, object]:
    """Return what else is published of an event; nothing that is for members only."""
    online, registration, contact = event.details.online, event.details.registration, event.details.contact
    return {
        "description": [each for each in (event.details.description, event.details.hashtag) if each],
        "links": [(each.label, each.url) for each in event.details.links],
        "documents": [(each.label, _one(each.url), _one(each.file)) for each in event.details.documents],
        "registration": registration and _registration(registration),
        "practical": event.details.practical.told if event.details.practical else (),
        "languages": event.details.spoken,
        "online": online.url if online and not online.members_only else "",
        "people": [(each.role, each.organisation, each.name, each.url) for each in event.details.parties],
        "tags": event.details.tags,
        "hours": [
            (each.opens, each.closes, each.weekday, each.day)
            for each in (event.details.when.hours if isinstance(event.details.when, WholeDays) else ())
        ],
        "contact": contact and (contact.name, contact.email, contact.phone),
        "access": [
            (each.access, each.url, each.geo and (each.geo.lat, each.geo.lon))
            for each in event.details.locations
            if each.access or each.url or each.geo
        ],
        "shown": event.details.shows_as,
        "second_call": event.details.second_call
        and str(MEMORY.write(When, _plain(event.details.second_call))),
        "also_in": event.details.also_in,
    }


def _one(text: Text | None) -> Text | str | None:
    """Return what is the same in all languages, as sites compiled before mark it."""
    return text.by_language[0][1] if text and len(text.by_language) == 1 else text


def _registration(registration: Registration) -> list[object]:
    """Return what is told of registration; one price alone, and no waiting list, as sites compiled before mark them."""
    prices = [(each.applies, each.said) for each in registration.prices]
    one = registration.prices[0].said if len(prices) == 1 and prices[0][0] is None else None
    said = [registration.url, registration.opens, registration.closes, registration.places, registration.full]
    more: list[object] = ["waiting list"] if registration.waiting_list else []
    more += [("free", registration.free)] if registration.free is not None else []
    return [*said, one or prices or None, *more]


def mark_of(value: object) -> str:
    """Return the digest by which a detail is compared."""
    text = json.dumps(value, default=lambda each: each.by_language if isinstance(each, Text) else str(each))
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def _plain(when: When) -> When:
    """Return a ``when`` without opening hours, which are a detail, and without an end that is not stated."""
    match when:
        case WholeDays(first, last, hours) if hours:
            return WholeDays(first, last)
        case Timed(start, None, _, timezone):
            return Timed(start, None, start, timezone)
        case _:
            return when
