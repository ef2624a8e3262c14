"""Which events stand in a feed, and in which order."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from coopcal import recurrence, zones
from coopcal.model.entry import Entry, Visible
from coopcal.model.event import Recurring
from coopcal.model.feed import Select, ShowCancelled, ShowDeadlines, ShowImprecise, ShowSessions
from coopcal.model.happening import Happening, Session, Status
from coopcal.model.organisation import Organisation
from coopcal.model.party import Party
from coopcal.model.site import Catalogue
from coopcal.model.when import Imprecise, days_of
from coopcal.selection.moved import moved_notices
from coopcal.selection.plan import FeedPlan
from coopcal.selection.registration_end import closing_entries
from coopcal.selection.until import Turns
from coopcal.selection.visible import order
from coopcal.selection.window import inside


@dataclass(frozen=True, slots=True)
class Selection:
    """The entries of a feed by start.

    ``events`` stand in the feed's window, with notices beside them; ``whole`` are all that it selects.
    """

    events: tuple[Entry, ...]
    whole: tuple[Visible, ...]

    def years(self, years_of: Callable[[Visible], Sequence[int]]) -> dict[int, tuple[Visible, ...]]:
        """Return the events of each year in which any starts or ends; one over several years stands in each.

        ``years_of`` gives the years in which an event stands, as the function of that name does.
        """
        spans = [(event, years_of(event)) for event in self.whole]
        years = sorted(
            {
                year
                for event, span in spans
                for year in (span if isinstance(event, Recurring) else (span[0], span[-1]))
            }
        )
        standing: dict[int, list[Visible]] = {year: [] for year in years}
        for event, span in spans:
            for year in span:
                if year in standing:
                    standing[year].append(event)
        return {year: tuple(events) for year, events in standing.items()}


def years_of(event: Visible, present: int) -> Sequence[int]:
    """Return the years of an event; of a series those of its dates, of one without end up to that after the ``present`` one."""
    first, last = event.days
    if not isinstance(event, Recurring):
        return range(first.year, last.year + 1)
    until = min(last, date(max(present, first.year) + 1, 12, 31))
    whens = recurrence.whens(event, first, until)
    years = {day.year for when in whens for day in days_of(when)}
    return sorted(years) or [first.year]


@dataclass(frozen=True, slots=True)
class Condition:
    """What a feed selects, whenever it is: ``organisations`` are those that have a part in it, None for all.

    ``declined`` are the keys of events that stay out; ``guarded`` the organisations that do not accept the events of
    everybody.
    """

    feed: FeedPlan
    organisations: frozenset[str] | None
    declined: frozenset[str]
    guarded: Mapping[str, Organisation]

    @classmethod
    def of(cls, feed: FeedPlan, catalogue: Catalogue) -> Self:
        """Return the condition of a feed; it looks at no event of the catalogue."""
        return cls(
            feed,
            _organisations(feed.select, catalogue),
            _declined(feed, catalogue),
            _guarded(catalogue),
        )

    def holds(self, event: Visible) -> bool:
        """Return whether a visible event is selected."""
        fits = _fits(event, self.feed, self.organisations, self.guarded)
        return fits and not (self.declined and _is_declined(event, self.declined))


def select(feed: FeedPlan, catalogue: Catalogue, events: Iterable[Visible], turns: Turns) -> Selection:
    """Choose from the visible ``events``, which are in order, what stands in a feed at an instant."""
    return chosen_by(Condition.of(feed, catalogue), catalogue, events, turns)


def chosen_by(
    condition: Condition, catalogue: Catalogue, events: Iterable[Visible], turns: Turns
) -> Selection:
    """Choose what stands in the feed of a condition, as ``select`` does; the catalogue holds whoever has these events."""
    feed = condition.feed
    today = turns.now.astimezone(zones.zone(feed.timezone)).date()
    visible: list[Visible] = []
    chosen: list[Entry] = []
    beside: list[Entry] = []
    days: list[date] = []
    for event in events:
        if not condition.holds(event):
            continue
        visible.append(event)
        is_inside, turn = inside(event.days, feed.window, today)
        if is_inside:
            chosen.append(event)
        if turn is not None:
            days.append(turn)
        if is_inside and isinstance(event, Happening) and feed.show.cancelled is ShowCancelled.TELL:
            for notice in moved_notices(event, today):
                beside.append(notice)
                days.append(notice.days[1] + timedelta(days=1))
    if feed.show.deadlines is ShowDeadlines.ENTRIES:
        beside += closing_entries(chosen)
    if beside:
        chosen = sorted(chosen + beside, key=lambda entry: order(entry, catalogue))
    if days:
        turns.on(min(days), feed.timezone)
    return Selection(tuple(chosen), tuple(visible))


def _organisations(select: Select, catalogue: Catalogue) -> frozenset[str] | None:
    if select.organisations is None:
        return None
    ids = {reference.id for reference in select.organisations}
    while select.with_parts:
        parts = {
            one.id for one in catalogue.organisations if any(larger.id in ids for larger in one.part_of)
        } - ids
        if not parts:
            break
        ids |= parts
    return frozenset(ids)


def _declined(feed: FeedPlan, catalogue: Catalogue) -> frozenset[str]:
    own = catalogue.by_id.get(feed.organisation or "")
    return frozenset(reference.id for reference in own.declined) if own else frozenset()


def _guarded(catalogue: Catalogue) -> Mapping[str, Organisation]:
    """Return the organisations that do not accept the events of everybody."""
    return {one.id: one for one in catalogue.organisations if one.accepts is not None}


def _is_declined(event: Visible, declined: frozenset[str]) -> bool:
    """Return whether an event, or the one that it is a date or session of, is declined."""
    return isinstance(event, Happening) and not declined.isdisjoint(
        (event.key, f"{event.organisation}/{event.path[0]}")
    )


def _fits(
    event: Visible,
    feed: FeedPlan,
    organisations: frozenset[str] | None,
    guarded: Mapping[str, Organisation],
) -> bool:
    selected, show, details = feed.select, feed.show, event.details
    if isinstance(event, Session) and show.sessions is ShowSessions.TEXT:
        return False
    if show.cancelled is ShowCancelled.HIDE and not _anything_stands(event):
        return False
    if isinstance(details.when, Imprecise) and show.imprecise is ShowImprecise.PAGES:
        return False
    if isinstance(event, Happening) and event.included is not None and event.included in feed.included:
        return True
    if organisations is not None or selected.roles is not None:
        parties: Iterable[Party] = [
            party
            for party in details.parties
            if (named := guarded.get(party.organisation or "")) is None or named.takes(event.organisation)
        ]
        if selected.roles is not None:
            parties = [party for party in parties if party.role in selected.roles]
        if not any(organisations is None or party.organisation in organisations for party in parties):
            return False
    if selected.tags_any is not None and not set(selected.tags_any) & set(details.tags):
        return False
    if selected.tags_none and set(selected.tags_none) & set(details.tags):
        return False
    return selected.countries is None or any(
        location.country in selected.countries for location in details.locations
    )


def _anything_stands(event: Visible) -> bool:
    """Return whether an event, or any date of it, is not cancelled."""
    if not isinstance(event, Recurring) or event.recurrence.last is None:
        return event.details.status is not Status.CANCELLED
    details, repeated = event.details, event.recurrence
    cancelled = recurrence.cancelled_days(details, repeated)
    return bool(recurrence.standing_days(details.when, repeated, cancelled, event.recurrence.last))
