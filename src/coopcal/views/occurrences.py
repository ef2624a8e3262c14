"""What takes place when: the events of a site as occurrences in order, from their records."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from coopcal import zones
from coopcal.model.when import Deadline, Imprecise, Timed, When, WholeDays, days_of
from coopcal.site.reader import Site
from coopcal.site.record import EventRecord
from coopcal.text import dates
from coopcal.text.words import labelled, word
from coopcal.views.other_zones import told
from coopcal.zones.shift import shifted


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One date of an event. ``when`` is None where it is known no better than the words of ``event`` say.

    ``address`` is that of its own page; ``begins`` and ``ends`` are instants (UTC); days begin and end in the time zone
    of the event. ``first`` and ``last`` are local days. ``recurs``: it is one of several.
    """

    event: EventRecord
    when: When | None
    first: date
    last: date
    begins: datetime
    ends: datetime
    address: str
    recurs: bool = False

    def zone(self, language: str, here: str) -> str:
        """Say whose time it is, where that could be doubted; "" elsewhere, and of what has no time.

        It could of what is online or told in other zones, too, and where clocks show another time than at its organisation's, or ``here``: in the
        zone (IANA) of the feed or page that it stands in.
        """
        match self.when:
            case Timed(start=moment, timezone=timezone) | Deadline(at=moment, timezone=timezone):
                told = self.event.is_online or self.event.also_in
                if told or dates.is_local_elsewhere(moment, self.event.home, here):
                    return dates.timezone_name(timezone, language)
        return ""

    def zoned(self, said: str, language: str, here: str) -> str:
        """Say behind its time whose it is, where that could be doubted."""
        return dates.zoned(said, self.event.timezone, language) if self.zone(language, here) else said

    def words(self, language: str, here: str) -> str:
        """Say when it is, in a language; ``here`` is the zone of the feed or page that it stands in."""
        if self.when is not None:
            return self.zoned(dates.when(self.when, language), language, here)
        return self.event.when_words.get(language) or next(iter(self.event.when_words.values()))

    def online(self, language: str) -> str:
        """Return where it is held online: the address, or that it is for members; "" of what is not."""
        if self.event.online or not self.event.is_online:
            return self.event.online or ""
        return labelled(word("online", language), word("for_members", language), language)

    def elsewhere(self, language: str) -> tuple[str, ...]:
        """Say when it is in the other zones that the event names, a line for each."""
        said = (told(self.when, zone, language) for zone in self.event.also_in)
        return tuple(line for line in said if line)

    def begin(self, language: str, here: str) -> str:
        """Say when it begins."""
        if self.when is not None:
            return self.zoned(dates.begin(self.when, language), language, here)
        return self.words(language, here)

    def words_below_day(self, language: str, here: str) -> str:
        """Say what is left to say of it below a heading that names its first day: ``10:00–16:00``, "" of a whole day."""
        match self.when:
            case WholeDays() if self.first == self.last:
                return ""
            case Timed() if self.first == self.last:
                return self.zoned(dates.clocks(self.when, language), language, here)
            case _:
                return self.words(language, here)

    def clock(self, language: str, here: str) -> str:
        """Say at which time it begins, of a deadline when it is; "" of what has no time."""
        match self.when:
            case Timed(start=moment) | Deadline(at=moment):
                return self.zoned(dates.clock(moment, language), language, here)
            case _:
                return ""

    @property
    def iso(self) -> str:
        """When it begins, as HTML's ``datetime`` wants it: a moment with its offset, a day, a month or a year."""
        match self.when:
            case Timed(start=moment) | Deadline(at=moment):
                return moment.isoformat()
            case None if (self.first.year, self.first.month) != (self.last.year, self.last.month):
                return f"{self.first.year:04}"
            case None:
                return f"{self.first:%Y-%m}"
            case _:
                return self.first.isoformat()

    @property
    def key(self) -> tuple[datetime, str]:
        """What occurrences are sorted by: the beginning, then the address."""
        return self.begins, self.address

    @property
    def off(self) -> bool:
        """Return whether it does not take place."""
        return self.event.status in ("cancelled", "postponed")


class Agenda:
    """The occurrences of a site's public events. Built once a version; all its lists are in order.

    All threads share it. What is asked for is kept, as tuples that nobody can change: each occurrence of the site once, and the
    lists of it by feed and by event, so that it is as large as its site and goes with it.
    """

    def __init__(self, site: Site) -> None:
        self.site = site
        self.by_address = {event.address: event for event in site.events if not event.continues}
        self._continued = {event.address: event for event in site.events if event.continues}
        changed: dict[str, list[EventRecord]] = defaultdict(list)
        stretches: dict[tuple[str, tuple[str, ...]], list[EventRecord]] = defaultdict(list)
        for event in site.events:
            if event.day is None:
                stretches[event.organisation, event.path].append(event)
            else:
                changed[event.uid].append(event)
        self._changed, self._stretches = dict(changed), dict(stretches)
        self._of_event: dict[tuple[str, date | None], tuple[Occurrence, ...]] = {}
        self._of_feed: dict[str, tuple[Occurrence, ...]] = {}
        self._of_whole: dict[str, tuple[Occurrence, ...]] = {}

    def of_feed(self, identifier: str) -> tuple[Occurrence, ...]:
        """Return the occurrences of all that a feed selects."""
        entry = self.site.feeds[identifier]
        if entry.id not in self._of_feed:
            events = (self.site.events[number] for number in entry.events)
            self._of_feed[entry.id] = self.of(events)
        return self._of_feed[entry.id]

    def of(self, events: Iterable[EventRecord]) -> tuple[Occurrence, ...]:
        """Return the occurrences of events; those of a series that differ come with it."""
        found = [each for event in events if event.day is None for each in self.of_event(event)]
        return tuple(sorted(found, key=lambda each: each.key))

    def of_event(self, event: EventRecord) -> tuple[Occurrence, ...]:
        """Return the occurrences of one event, by original date."""
        key = event.uid, event.day
        if key not in self._of_event:
            self._of_event[key] = tuple(self._dates_of(event))
        return self._of_event[key]

    def _dates_of(self, event: EventRecord) -> Iterator[Occurrence]:
        changed = self._changed.get(event.uid, ())
        if not event.dates and not changed:
            yield self._one_of(event)
            return
        when = _when(event)
        for day in event.dates:
            moved = shifted(when, day) if when else None
            yield replace(occurrence(event, moved), address=f"{event.page}{day}/", recurs=True)
        for each in changed:
            yield replace(occurrence(each), recurs=True)

    def _one_of(self, event: EventRecord) -> Occurrence:
        """Return the only date of a record; that of the first one of a list has a page beside that of the whole."""
        stretches = self.stretches(event)
        if len(stretches) == 1:
            return occurrence(event)
        address = f"{event.address}{event.first}/" if event.is_whole else event.address
        return replace(occurrence(event), address=address, recurs=True)

    def stretches(self, event: EventRecord) -> Sequence[EventRecord]:
        """Return the records that an event is made of, the event itself first: further dates, and stretches of a series."""
        return self._stretches.get((event.organisation, event.path), ())

    def of_whole(self, event: EventRecord) -> tuple[Occurrence, ...]:
        """Return all dates of an event, in order: those of its rule and further ones, and those of a series that goes on."""
        if event.whole not in self._of_whole:
            self._of_whole[event.whole] = self.of(self.stretches(event))
        return self._of_whole[event.whole]

    def recurs(self, event: EventRecord) -> bool:
        """Return whether an event has several dates, or had."""
        return len(self.stretches(event)) > 1 or bool(event.dates) or event.uid in self._changed

    def series_of(self, event: EventRecord) -> EventRecord:
        """Return the record of the series of which one is a date that differs; any other as it is."""
        return next((stretch for stretch in self.stretches(event) if stretch.uid == event.uid), event)

    def at(self, address: str) -> Occurrence | None:
        """Return the occurrence whose page has that address: an event's own, or one date of it."""
        event = self.by_address.get(address)
        if event is not None:
            return occurrence(event)
        above, _, _ = address.rstrip("/").rpartition("/")
        series = self.by_address.get(f"{above}/")
        if series is None:
            return None
        return next((each for each in self.of_whole(series) if each.address == address), None)

    def moved(self, address: str) -> str | None:
        """Return where now is the page that a stretch of a series, or a date of one, had below it; None of any other."""
        if address in self._continued:
            return self._continued[address].page
        above, _, day = address.rstrip("/").rpartition("/")
        stretch = self._continued.get(f"{above}/")
        now = f"{stretch.page}{day}/" if stretch else ""
        return now if self.at(now) else None


def occurrence(event: EventRecord, when: When | None = None) -> Occurrence:
    """Return an event as it stands in its record, or as it is at another time."""
    when = when or _when(event)
    first, last = (event.first, event.last) if when is None else days_of(when)
    begins, ends = _span(when, first, last, event.timezone)
    return Occurrence(event, when, first, last, begins, ends, event.page)


def coming(found: Sequence[Occurrence], instant: datetime) -> tuple[Occurrence, ...]:
    """Return what has not ended yet, the next one first."""
    return tuple(each for each in found if each.ends > instant)


def gone(found: Sequence[Occurrence], instant: datetime) -> tuple[Occurrence, ...]:
    """Return what has ended, the last one first."""
    return tuple(each for each in reversed(found) if each.ends <= instant)


def whole(found: Sequence[Occurrence]) -> tuple[Occurrence, ...]:
    """Return what is no session of another that is among them: lists for people show the whole, its page the parts."""
    wholes = {(each.event.organisation, each.event.path) for each in found if len(each.event.path) == 1}
    return tuple(
        each
        for each in found
        if len(each.event.path) == 1 or (each.event.organisation, each.event.path[:1]) not in wholes
    )


def once(found: Iterable[Occurrence]) -> Iterator[Occurrence]:
    """Return the first date of each event alone, in the order given."""
    met: set[str] = set()
    for each in found:
        if each.event.whole not in met:
            met.add(each.event.whole)
            yield each


def between(found: Sequence[Occurrence], first: date, last: date) -> tuple[Occurrence, ...]:
    """Return what touches any day from ``first`` to ``last``, both included."""
    behind = datetime.combine(last + timedelta(days=2), time(0), UTC)
    end = bisect_left(found, behind, key=lambda each: each.begins)
    return tuple(each for each in found[:end] if each.first <= last and each.last >= first)


def _when(event: EventRecord) -> When | None:
    """Return when an event is, on its first date; None where that is imprecise."""
    return None if isinstance(event.when, Imprecise) else event.when


def _span(when: When | None, first: date, last: date, timezone: str) -> tuple[datetime, datetime]:
    match when:
        case Timed(start=start, usual_end=end):
            return start.astimezone(UTC), end.astimezone(UTC)
        case Deadline(at=at):
            return at.astimezone(UTC), at.astimezone(UTC)
        case _:
            after = min(last, date.max - timedelta(days=1)) + timedelta(days=1)
            return _midnight(first, timezone), _midnight(after, timezone)


def _midnight(day: date, timezone: str) -> datetime:
    return zones.first_moment(day, timezone).astimezone(UTC)
