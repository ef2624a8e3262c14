"""Which feeds there are, which events stand in each, and in which order."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from coopcal import recurrence, zones
from coopcal.model.event import Closing, Event, Party, ShowsAs, Status
from coopcal.model.feed import (
    ALL,
    Between,
    Feed,
    Length,
    Select,
    Show,
    ShowCancelled,
    ShowDeadlines,
    ShowImprecise,
    ShowOrganisation,
    ShowSessions,
    Window,
    later,
)
from coopcal.model.identity import uid
from coopcal.model.organisation import Closed, Organisation, Reference
from coopcal.model.site import Catalogue
from coopcal.model.text import Text
from coopcal.model.when import Deadline, Imprecise, Timed, WholeDays, days_of
from coopcal.selection.busy import busy_times
from coopcal.selection.turns import Turns

YEAR_AFTER = timedelta(days=365)
"""How long a closed feed still says where to go."""


@dataclass(frozen=True, slots=True)
class FeedPlan:
    """A feed with everything resolved: what it selects, how it shows it, and the words about it.

    ``organisation`` is set for an organisation's own feed; ``languages`` has one entry, or several that stand
    side by side; ``timezone`` is what an empty feed declares.
    """

    id: str
    title: Text
    languages: tuple[str, ...]
    select: Select
    show: Show
    window: Window
    timezone: str
    description: Text | None = None
    organisation: str | None = None
    colour: str | None = None
    former: tuple[str, ...] = ()
    closed: Closed | None = None


@dataclass(frozen=True, slots=True)
class Selection:
    """The events of a feed by start.

    ``events`` stand in the feed's window, ``whole`` are all that it selects.
    """

    events: tuple[Event, ...]
    whole: tuple[Event, ...]

    def years(self, present: int) -> dict[int, tuple[Event, ...]]:
        """Return the events of each year in which any starts or ends; one over several years stands in each.

        A series stands in the years of its dates, one without end up to that after the ``present`` one.
        """
        spans = [(event, _years(event, present)) for event in self.whole]
        years = sorted(
            {year for event, span in spans for year in (span if event.recurrence else (span[0], span[-1]))}
        )
        return {year: tuple(event for event, span in spans if year in span) for year in years}


def plan(catalogue: Catalogue) -> tuple[FeedPlan, ...]:
    """Return every feed of the site: ``all``, each organisation's own, and the combined ones, by id."""
    files = {feed.id: feed for feed in catalogue.feeds}
    own = {one.id: one for one in catalogue.organisations}
    plans = [_own_feed(catalogue, one, files.get(one.id)) for one in catalogue.organisations]
    plans += [_combined(catalogue, feed) for feed in catalogue.feeds if feed.id not in own]
    if ALL not in files:
        plans.append(_combined(catalogue, Feed(ALL, catalogue.settings.place)))
    return tuple(sorted(plans, key=lambda each: each.id))


def _years(event: Event, present: int) -> Sequence[int]:
    first, last = event.days
    if event.recurrence is None:
        return range(first.year, last.year + 1)
    until = min(last, date(max(present, first.year) + 1, 12, 31))
    found = {
        day.year
        for each in recurrence.occurrences(event, first, until)
        for day in days_of(each.event.details.when)
    }
    return sorted(found) or [first.year]


def _own_feed(catalogue: Catalogue, organisation: Organisation, feed: Feed | None) -> FeedPlan:
    settings = catalogue.settings
    show = _shown(feed.show if feed else None, ShowOrganisation.NONE)
    former = [*organisation.formerly, *(feed.formerly if feed else ())]
    return FeedPlan(
        id=organisation.id,
        title=(feed.title if feed else None) or organisation.name,
        description=feed.description if feed else None,
        languages=show.languages or organisation.languages[:1] or (settings.language,),
        select=Select(organisations=(Reference(organisation.id, organisation.place),)),
        show=show,
        window=feed.window if feed else Feed(organisation.id, organisation.place).window,
        timezone=organisation.timezone or settings.timezone,
        organisation=organisation.id,
        colour=organisation.colour,
        former=tuple(dict.fromkeys(reference.id for reference in former)),
        closed=(feed.closed if feed else None) or organisation.closed,
    )


def _combined(catalogue: Catalogue, feed: Feed) -> FeedPlan:
    settings = catalogue.settings
    show = _shown(feed.show, ShowOrganisation.PREFIX)
    return FeedPlan(
        id=feed.id,
        title=feed.title or (settings.title if feed.id == ALL else Text.of(settings.language, feed.id)),
        description=feed.description,
        languages=show.languages or (settings.language,),
        select=feed.select or Select(),
        show=show,
        window=feed.window,
        timezone=settings.timezone,
        former=tuple(reference.id for reference in feed.formerly),
        closed=feed.closed,
    )


def _shown(show: Show | None, usual: ShowOrganisation) -> Show:
    """Return how a feed shows its events, with whose they are as usual in feeds of its kind unless told otherwise."""
    show = show or Show()
    return replace(show, organisation=show.organisation or usual)


def published(event: Event, now: datetime) -> bool:
    """Return whether the public may see the event at that instant."""
    return event.is_public and _out(event, now)


def public_events(
    catalogue: Catalogue, turns: Turns, audience: frozenset[str] = frozenset()
) -> tuple[Event, ...]:
    """Return every event and session that the public may see, and the groups of an ``audience`` besides, by start.

    Of hidden ones that say ``public_shows: busy`` there are the times that they take, without a path. A session is seen no earlier than its event, and its event's ``sessions`` hold only those that are seen. Those of
    an event with several dates are no events of their own.
    """
    now, seen = turns.now, list[Event]()
    _tell_turns(catalogue, turns)
    for organisation in catalogue.organisations:
        for event in organisation.events:
            if _seen(event, now, audience):
                shown = _with_sessions_seen(event, now, audience)
                apart = () if event.recurrence or event.dates else shown.details.sessions
                seen += (shown, *shown.dates, *apart)
        taken = tuple(
            event
            for event in organisation.events
            if event.public_shows_busy and _out(event, now) and not _seen(event, now, audience)
        )
        seen += busy_times(organisation, catalogue.settings, taken, now)
    return tuple(sorted(seen, key=lambda event: order(event, catalogue)))


def _with_sessions_seen(event: Event, now: datetime, audience: frozenset[str]) -> Event:
    """Return an event, its dates and their changes with those sessions alone that are seen."""
    recurrence = event.recurrence
    if recurrence is not None:
        changes = (
            replace(each, event=_with_sessions_seen(each.event, now, audience)) for each in recurrence.changes
        )
        recurrence = replace(recurrence, changes=tuple(changes))
    return replace(
        event,
        details=replace(
            event.details,
            sessions=tuple(session for session in event.details.sessions if _seen(session, now, audience)),
        ),
        recurrence=recurrence,
        dates=tuple(_with_sessions_seen(each, now, audience) for each in event.dates),
    )


def _seen(event: Event, now: datetime, audience: frozenset[str]) -> bool:
    return published(event, now) or (not audience.isdisjoint(event.visibility) and _out(event, now))


def _out(event: Event, now: datetime) -> bool:
    """Return whether an event is no draft, and its day has come."""
    return not event.draft and (event.publish_from is None or event.publish_from <= now)


def order(event: Event, catalogue: Catalogue) -> tuple[datetime, int, str]:
    """Return the key that events are sorted by: start, longest path last, UID."""
    organisation = catalogue.organisation(event.organisation)
    assert organisation is not None
    return start_of(event), len(event.path), uid(event, organisation, catalogue.settings.uid_domain)


def start_of(event: Event) -> datetime:
    """Return the instant an event starts at; days start at midnight UTC, as they have no zone."""
    match event.details.when:
        case Timed(start=start):
            return start.astimezone(UTC)
        case Deadline(at):
            return at.astimezone(UTC)
        case when:
            return datetime.combine(days_of(when)[0], time(0), UTC)


def _tell_turns(catalogue: Catalogue, turns: Turns) -> None:
    """Tell when events appear that wait for their day, and when more dates are told of series."""
    for event in catalogue.events():
        if event.publish_from and (event.is_public or event.public_shows_busy) and not event.draft:
            turns.untold(event.publish_from)
        if _out(event, turns.now) and (event.public_shows_busy or (event.is_public and event.recurrence)):
            turns.with_dates_until(event.days[1])


def select(feed: FeedPlan, catalogue: Catalogue, events: Iterable[Event], turns: Turns) -> Selection:
    """Choose from the public ``events``, which are in order, what stands in a feed at an instant."""
    organisations = _organisations(feed.select, catalogue)
    declined, guarded = _declined(feed, catalogue), _guarded(catalogue)
    today = turns.now.astimezone(zones.zone(feed.timezone)).date()
    whole: list[Event] = []
    chosen: list[Event] = []
    days: list[date] = []
    for event in events:
        if not _fits(event, feed, organisations, guarded) or not declined.isdisjoint(
            (event.key, "/".join((event.organisation, *event.path[:1])))
        ):
            continue
        whole.append(event)
        inside, turn = _inside(event, feed.window, today)
        if inside:
            chosen.append(event)
        if turn is not None:
            days.append(turn)
        if inside and feed.show.cancelled is ShowCancelled.TELL:
            for word, until in _words_at_old_dates(event, today):
                chosen.append(word)
                days.append(until)
    if feed.show.deadlines is ShowDeadlines.ENTRIES:
        chosen += closings(chosen)
    chosen.sort(key=lambda event: order(event, catalogue))
    if days:
        turns.on(min(days), feed.timezone)
    return Selection(tuple(chosen), tuple(whole))


def _words_at_old_dates(event: Event, today: date) -> Iterator[tuple[Event, date]]:
    """Return a word at each date that something was moved away from, and the day on which it goes: the next one."""
    changes = event.recurrence.changes if event.recurrence else ()
    for each in (event, *(change.event for change in changes)):
        old = each.details.moved_from
        if old is None or each.details.status in (Status.CANCELLED, Status.POSTPONED):
            continue
        _, last = days_of(old)
        if last >= today:
            details = replace(each.details, when=old, moved_from=None, sessions=())
            word = replace(each, details=details, moved_to=each.details.when, recurrence=None)
            yield word, last + timedelta(days=1)


def closings(events: Iterable[Event]) -> tuple[Event, ...]:
    """Return an entry for the end of registration of each of the events that has one; dates that share it, one."""
    found: dict[object, Event] = {}
    for event in events:
        if event.moved_to is not None or not event.path:
            continue
        changes = event.recurrence.changes if event.recurrence else ()
        told = [
            Closing(event),
            *(Closing(replace(each.event, further=event.further), each.day) for each in changes),
        ]
        for closing in told:
            of = closing.event
            closes = of.details.registration.closes if of.details.registration else None
            if closes is None or of.details.status in (Status.CANCELLED, Status.POSTPONED):
                continue
            key = (event.organisation, event.path, closes)
            if key not in found or (found[key].further and not event.further):
                found[key] = _closing(closing, closes)
    return tuple(found.values())


def _closing(closing: Closing, closes: date | datetime) -> Event:
    event = closing.event
    assert event.details.registration is not None
    zone = (
        closes.tzinfo.key if isinstance(closes, datetime) and isinstance(closes.tzinfo, ZoneInfo) else "UTC"
    )
    details = replace(
        event.details,
        when=Deadline(closes, zone) if isinstance(closes, datetime) else WholeDays(closes, closes),
        description=None,
        locations=(),
        online=None,
        links=(),
        documents=(),
        practical=None,
        spoken=(),
        registration=replace(event.details.registration, opens=None, closes=None),
        status=Status.CONFIRMED,
        shows_as=ShowsAs.FREE,
        sessions=(),
        moved_from=None,
        second_call=None,
        image=None,
    )
    return replace(event, details=details, closing=closing, recurrence=None, dates=(), continues=None)


def _organisations(select: Select, catalogue: Catalogue) -> frozenset[str] | None:
    if select.organisations is None:
        return None
    wanted = {reference.id for reference in select.organisations}
    while select.with_parts:
        parts = {
            one.id for one in catalogue.organisations if any(whole.id in wanted for whole in one.part_of)
        } - wanted
        if not parts:
            break
        wanted |= parts
    return frozenset(wanted)


def _declined(feed: FeedPlan, catalogue: Catalogue) -> frozenset[str]:
    own = catalogue.organisation(feed.organisation) if feed.organisation else None
    return frozenset(reference.id for reference in own.declined) if own else frozenset()


def _guarded(catalogue: Catalogue) -> Mapping[str, Organisation]:
    """Return the organisations that do not accept the events of everybody."""
    return {one.id: one for one in catalogue.organisations if one.accepts is not None}


def _fits(
    event: Event,
    feed: FeedPlan,
    organisations: frozenset[str] | None,
    guarded: Mapping[str, Organisation],
) -> bool:
    wanted, show = feed.select, feed.show
    if len(event.path) > 1 and show.sessions is ShowSessions.TEXT:
        return False
    if show.cancelled is ShowCancelled.HIDE and not _anything_stands(event):
        return False
    if isinstance(event.details.when, Imprecise) and show.imprecise is ShowImprecise.PAGES:
        return False
    if organisations is not None or wanted.roles is not None:
        parties: Iterable[Party] = [
            party
            for party in event.details.parties
            if (named := guarded.get(party.organisation or "")) is None or named.takes(event.organisation)
        ]
        if wanted.roles is not None:
            parties = [party for party in parties if party.role in wanted.roles]
        if not any(organisations is None or party.organisation in organisations for party in parties):
            return False
    if wanted.tags_any is not None and not set(wanted.tags_any) & set(event.details.tags):
        return False
    if set(wanted.tags_none) & set(event.details.tags):
        return False
    return wanted.countries is None or any(
        location.country in wanted.countries for location in event.details.locations
    )


def _anything_stands(event: Event) -> bool:
    """Return whether an event, or any date of it, is not cancelled."""
    if event.recurrence is None or event.recurrence.last is None:
        return event.details.status is not Status.CANCELLED
    cancelled = recurrence.cancelled_days(event, event.recurrence)
    return bool(recurrence.standing_days(event, event.recurrence, cancelled, event.recurrence.last))


def _inside(event: Event, window: Window, today: date) -> tuple[bool, date | None]:
    """Return whether the event stands in the window today, and the next day on which that turns."""
    if not isinstance(window, Between):
        return True, None
    first, last = event.days
    enters = _first_day_seeing(first, window.future) if window.future else date.min
    leaves = _first_day_past(last, window.past) if window.past else date.max
    if today < enters:
        return False, enters if enters < leaves else None
    if today < leaves:
        return True, leaves if leaves < date.max else None
    return False, None


@lru_cache(maxsize=4096)
def _first_day_seeing(day: date, future: Length) -> date:
    turn = later(day, future, -1)
    while later(turn, future, 1) >= day:
        turn -= timedelta(days=1)
    while later(turn, future, 1) < day:
        turn += timedelta(days=1)
    return turn


@lru_cache(maxsize=4096)
def _first_day_past(day: date, past: Length) -> date:
    turn = later(day, past, 1)
    while later(turn, past, -1) > day:
        turn -= timedelta(days=1)
    while later(turn, past, -1) <= day:
        turn += timedelta(days=1)
    return turn
