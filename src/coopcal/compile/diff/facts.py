"""A catalogue → what an audience sees of it, as facts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from coopcal.compile.diff.marks import mark_again, mark_of, mark_of_people, told_of
from coopcal.compile.render.rendering import Surroundings
from coopcal.compile.render.vevent import where
from coopcal.model.entry import BusyTime, Visible
from coopcal.model.event import FurtherDate, Recurrence, Series, Stretch
from coopcal.model.facts import (
    BusyTimeFacts,
    EventFacts,
    Facts,
    FurtherDateFacts,
    NamedFacts,
    RecurrenceFacts,
    SeriesFacts,
    Shown,
    StretchFacts,
    VisibleFacts,
)
from coopcal.model.feed import Audience
from coopcal.model.happening import Details
from coopcal.model.identity import page_address
from coopcal.model.registration import Registration
from coopcal.model.site import UNKNOWN_BASE_URL, Catalogue
from coopcal.model.text import Languages, Text
from coopcal.model.venue import Location
from coopcal.model.when import Timed, When, WholeDays
from coopcal.selection.choice import select
from coopcal.selection.plan import FeedPlan, plan, private_plans
from coopcal.selection.until import Turns, horizon
from coopcal.selection.visible import public_events
from coopcal.site.memory import MEMORY


def seen_by(catalogue: Catalogue, now: datetime, audience: frozenset[str] = frozenset()) -> Facts:
    """Return what the public sees at an instant, and groups besides, who know their private feeds, too."""
    now = now.astimezone(UTC)
    around = Surroundings(catalogue)
    public = public_events(catalogue, Turns(now))
    plans = (
        *plan(catalogue),
        *(one for one in private_plans(catalogue) if _is_known(one, catalogue, audience)),
    )
    members: dict[str, list[str]] = {}
    for feed in plans:
        shown = public_events(catalogue, Turns(now), feed.audience) if feed.is_private else public
        for event in select(feed, catalogue, shown, Turns(now)).whole:
            members.setdefault(around.uid(event), []).append(feed.id)
    events = public_events(catalogue, Turns(now), Audience(audience)) if audience else public
    names = names_of(catalogue, plans, now)
    return replace(names, events=facts_of(events, members, around, catalogue.settings.languages))


def _is_known(feed: FeedPlan, catalogue: Catalogue, groups: frozenset[str]) -> bool:
    """Return whether groups know a private feed: one for any of them; one for whatever organisations hide, if they are all."""
    if feed.audience.groups:
        return not groups.isdisjoint(feed.audience.groups)
    return groups.issuperset(catalogue.settings.groups)


def facts_of(
    events: Iterable[Visible],
    members: Mapping[str, Iterable[str]],
    around: Surroundings,
    languages: tuple[str, ...],
) -> dict[str, VisibleFacts]:
    """Return the facts of events by UID, in the languages of the site; ``members`` holds the feeds that select each."""
    seen = {}
    for event in events:
        uid = around.uid(event)
        seen[uid] = _of(event, tuple(sorted(members.get(uid, ()))), _Telling(around, languages))
    return seen


def names_of(catalogue: Catalogue, plans: Iterable[FeedPlan], now: datetime) -> Facts:
    """Return the facts of the site, of organisations and of feeds, without those of events."""
    settings = catalogue.settings
    return Facts(
        until=horizon(now),
        organisations={
            one.id: NamedFacts(
                one.name, tuple(former.id for former in one.formerly), one.closed.on if one.closed else None
            )
            for one in catalogue.organisations
        },
        feeds={
            feed.id: NamedFacts(feed.title, feed.former, feed.closed.on if feed.closed else None)
            for feed in plans
        },
        address="" if settings.base_url == UNKNOWN_BASE_URL else settings.base_url,
        former_addresses=settings.former,
    )


@dataclass(frozen=True, slots=True)
class _Telling:
    """What facts are made with: who is around, and the languages of the site."""

    around: Surroundings
    languages: tuple[str, ...]


def _of(visible: Visible, feeds: tuple[str, ...], telling: _Telling) -> VisibleFacts:
    if isinstance(visible, BusyTime):
        shown = Shown(visible.details.title, _plain(visible.details.when))
        return BusyTimeFacts(organisation=visible.organisation, shown=shown, feeds=feeds)
    shared: dict[str, Any] = {
        "key": visible.key,
        "organisation": visible.organisation,
        "page": page_address(visible),
        "shown": _shown(visible.details, telling),
        "feeds": feeds,
        "groups": tuple(sorted(visible.visibility)),
    }
    match visible:
        case Stretch(recurrence=recurrence):
            return StretchFacts(
                of=visible.key_of_whole, recurrence=_recurrence(recurrence, telling), **shared
            )
        case FurtherDate():
            return FurtherDateFacts(of=visible.key_of_whole, **shared)
        case Series(recurrence=recurrence):
            return SeriesFacts(recurrence=_recurrence(recurrence, telling), **shared)
        case _:
            return EventFacts(**shared)


def _recurrence(recurrence: Recurrence, telling: _Telling) -> RecurrenceFacts:
    return RecurrenceFacts(
        rule=recurrence.rule,
        last=recurrence.last,
        exception_dates=tuple(excepted.day for excepted in recurrence.exception_dates),
        overrides=tuple(
            (override.day, _shown(override.details, telling)) for override in recurrence.overrides
        ),
    )


def _shown(details: Details, telling: _Telling) -> Shown:
    marks = {
        name: (mark_again if name in _COMMON else mark_of)(value)
        for name, value in _details(details).items()
        if value
    }
    if details.parties:
        marks["people"] = mark_of_people(details.parties, telling.around.organisations)
    return Shown(
        title=details.title,
        when=_plain(details.when),
        places=_places(details.locations, telling.languages),
        place_mark=mark_again(
            tuple((venue.name, venue.address, venue.city, venue.country) for venue in details.locations)
        )
        if details.locations
        else "",
        status=details.status,
        reason=details.reason,
        details=tuple(marks.items()),
    )


def _places(locations: tuple[Location, ...], languages: tuple[str, ...]) -> Text | None:
    """Say the places in each language; what is said as in the first one is not said again."""
    if not locations:
        return None
    by_language = [
        (language, "; ".join(where(venue, Languages((language,), languages)) for venue in locations))
        for language in languages
    ]
    return Text((by_language[0], *(pair for pair in by_language[1:] if pair[1] != by_language[0][1])))


def _details(details: Details) -> dict[str, object]:
    """Return what else is published of an event; nothing that is for members only."""
    online, registration, contact = details.online, details.registration, details.contact
    return {
        "description": [text for text in (details.description, details.hashtag) if text],
        "links": [(link.label, link.url) for link in details.links],
        "documents": [
            (document.label, _one(document.url), _one(document.file)) for document in details.documents
        ],
        "registration": registration and _registration(registration),
        "practical": details.practical.told if details.practical else (),
        "languages": details.spoken,
        "online": online.url if online and not online.members_only else "",
        "people": told_of(details.parties, {}),
        "tags": details.tags,
        "hours": [
            (hours.opens, hours.closes, hours.weekday, hours.day)
            for hours in (details.when.hours if isinstance(details.when, WholeDays) else ())
        ],
        "contact": contact and (contact.name, contact.email, contact.phone),
        "access": [
            (venue.access, venue.url, venue.geo and (venue.geo.lat, venue.geo.lon))
            for venue in details.locations
            if venue.access or venue.url or venue.geo
        ],
        "shown": details.shows_as,
        "second_call": details.second_call and str(MEMORY.write(When, _plain(details.second_call))),
        "also_in": details.also_in,
    }


def _one(text: Text | None) -> Text | str | None:
    """Return what is the same in all languages, as sites compiled before mark it."""
    return text.by_language[0][1] if text and len(text.by_language) == 1 else text


def _registration(registration: Registration) -> list[object]:
    """Return what is told of registration; one price alone, and no waiting list, as sites compiled before mark them."""
    prices = [(price.applies, price.said) for price in registration.prices]
    only = registration.prices[0].said if len(prices) == 1 and prices[0][0] is None else None
    details = [
        registration.url,
        registration.opens,
        registration.closes,
        registration.places,
        registration.full,
    ]
    more: list[object] = ["waiting list"] if registration.waiting_list else []
    more += [("free", registration.free)] if registration.free is not None else []
    return [*details, only or prices or None, *more]


_COMMON = frozenset({"people", "tags", "shown"})
"""Details that many events have in common; none of their values are equal and written in another way."""


def _plain(when: When) -> When:
    """Return a ``when`` without opening hours, which are a detail, and without an end that is not stated."""
    match when:
        case WholeDays(first, last, hours) if hours:
            return WholeDays(first, last)
        case Timed(start, None, _, timezone):
            return Timed(start, None, start, timezone)
        case _:
            return when
