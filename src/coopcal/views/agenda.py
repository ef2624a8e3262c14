"""What takes place when: the events of a site as occurrences in order, from their records."""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from itertools import product

from coopcal import zones
from coopcal.site.details import Words
from coopcal.site.reader import Site
from coopcal.site.record import (
    EntryRecord,
    EventRecord,
    OverrideRecord,
    Record,
    RecurringRecord,
    SeriesRecord,
    SessionRecord,
    StretchRecord,
    WholeRecord,
)
from coopcal.views.occurrence import Occurrence, occurrence, organisers, when_of
from coopcal.views.occurrences import Rows, rows_at, whole
from coopcal.views.search import all_words, called, city_key, names_of
from coopcal.zones.shift import shifted


class Shown:
    """The records whose dates a feed has, by what addresses choose them by.

    ``having`` gives the numbers of those of each tag, country, city, language, of what is online (``yes``) or not there alone
    (``no``), and of each role of a party and its organisation, ``None`` for any. ``records`` are they by number, ``uids`` theirs,
    ``cities`` the names of cities by any of them, as addresses have it, ``tongues`` the languages that they are held in, by these in small letters,
    and ``dates`` in order: the number, first and last day, and end of each. ``wholes`` gives, of sessions, the numbers of the
    dates of their events.
    """

    def __init__(self, occurrences: Sequence[Occurrence], words: Callable[[Record], str]) -> None:
        """Take all occurrences of a feed in order, and what gives the words that a record is found by."""
        self._words = words
        records = {id(occurrence.event): occurrence.event for occurrence in occurrences}
        numbers = {identity: number for number, identity in enumerate(records)}
        self.records = tuple(records.values())
        self.uids = tuple(record.uid for record in self.records)
        self.dates = tuple((numbers[id(one.event)], one.first, one.last, one.ends) for one in occurrences)
        having: dict[tuple[str | None, ...], set[int]] = defaultdict(set)
        events: dict[tuple[str, str], set[int]] = defaultdict(set)
        for number, record in enumerate(self.records):
            for value in _values(record):
                having[value].add(number)
            if not isinstance(record, SessionRecord):
                events[record.organisation, record.path[0]].add(number)
        self.cities: Mapping[str, Words] = {
            city_key(name): place.city
            for record in reversed(self.records)
            for place in record.details.places
            for name in place.city.values()
        }
        self.tongues = {tongue.lower(): tongue for record in self.records for tongue in record.details.spoken}
        self.having: Mapping[tuple[str | None, ...], AbstractSet[int]] = dict(having)
        self.wholes: Mapping[int, AbstractSet[int]] = {
            number: events.get((record.organisation, record.path[0]), frozenset())
            for number, record in enumerate(self.records)
            if isinstance(record, SessionRecord)
        }

    @cached_property
    def events(self) -> tuple[int, ...]:
        """The number of the event, or the session, that each record is of, by its own number."""
        numbers: dict[tuple[str, tuple[str, ...]], int] = {}
        return tuple(
            numbers.setdefault((record.organisation, record.path), len(numbers)) for record in self.records
        )

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """The words that each record is found by, folded, by its number."""
        return tuple(map(self._words, self.records))


def _values(record: Record) -> Iterator[tuple[str | None, ...]]:
    """Return what a record is chosen by."""
    details = record.details
    yield from (("tag", tag) for tag in details.tags)
    for place in details.places:
        yield "country", place.country
        yield from (("city", city_key(name)) for name in place.city.values())
    for party in details.parties:
        yield from product(("party",), (party.role, None), (party.organisation, None))
    for tongue in details.spoken:
        parts = tongue.lower().split("-")
        yield from (("spoken", "-".join(parts[:length])) for length in range(1, len(parts) + 1))
    yield from (("online", answer) for answer in details.attended)


class Agenda:
    """The occurrences of a site's public events. Built once a version; all its lists are in order.

    All threads share it. What is asked for is kept, as tuples that nobody can change: each occurrence of the site once, and the
    lists of it by feed and by event, so that it is as large as its site and goes with it.
    """

    def __init__(self, site: Site) -> None:
        self.site = site
        self.by_address: dict[str, Record] = {}
        self._continued: dict[str, StretchRecord] = {}
        self._by_uid: dict[str, EntryRecord] = {}
        overrides: dict[str, list[OverrideRecord]] = defaultdict(list)
        entries: dict[tuple[str, tuple[str, ...]], list[EntryRecord]] = defaultdict(list)
        for record in site.events:
            if isinstance(record, StretchRecord):
                self._continued[record.address] = record
            else:
                self.by_address[record.address] = record
            if isinstance(record, OverrideRecord):
                overrides[record.uid].append(record)
            else:
                self._by_uid[record.uid] = record
                entries[record.organisation, record.path].append(record)
        self._overrides, self._entries = dict(overrides), dict(entries)
        self._of_entry: dict[str, tuple[Occurrence, ...]] = {}
        self._of_feed: dict[str, tuple[Occurrence, ...]] = {}
        self._of_whole: dict[str, tuple[Occurrence, ...]] = {}
        self._listed: dict[str, tuple[Occurrence, ...]] = {}
        self._shown_in: dict[str, Shown] = {}
        self._owners: dict[str, str] = {}
        self._words: dict[int, str] = {}
        self._names = names_of(site)
        self._rows: dict[str, tuple[datetime, datetime, Rows]] = {}
        self._homes = sorted({"UTC", *(entry.timezone for entry in site.feeds.values())})

    def of_feed(self, identifier: str) -> tuple[Occurrence, ...]:
        """Return the occurrences of all that a feed selects."""
        entry = self.site.feeds[identifier]
        if entry.id not in self._of_feed:
            events = (self.site.events[number] for number in entry.events)
            self._of_feed[entry.id] = self.of(events)
        return self._of_feed[entry.id]

    def listed(self, identifier: str) -> tuple[Occurrence, ...]:
        """Return the occurrences that lists of a feed show to people: of what it has, no session of an event that is there, too."""
        entry = self.site.feeds[identifier]
        if entry.id not in self._listed:
            self._listed[entry.id] = whole(self.of_feed(entry.id))
        return self._listed[entry.id]

    def rows(self, identifier: str, instant: datetime) -> Rows:
        """Return what lists of a feed show, gathered; kept until something else is so."""
        entry = self.site.feeds[identifier]
        since, until, rows = self._rows.get(entry.id, (instant, instant, Rows((), (), ())))
        if not since <= instant < until:
            rows = rows_at(self.listed(entry.id), instant)
            self._rows[entry.id] = (instant, self.next_turn(instant), rows)
        return rows

    def owner(self, identifier: str) -> str:
        """Return the organisation that goes without saying in lists of a feed: its own, or who alone organises all that it has; "" for none."""
        entry = self.site.feeds[identifier]
        if entry.id not in self._owners:
            if any(one.id == entry.id for one in self.site.organisations):
                self._owners[entry.id] = entry.id
            else:
                records = (self.site.events[number] for number in entry.events)
                named = {party.organisation or "" for record in records for party in organisers(record)}
                self._owners[entry.id] = named.pop() if len(named) == 1 else ""
        return self._owners[entry.id]

    def shown_in(self, identifier: str) -> Shown:
        """Return the records whose dates a feed has."""
        entry = self.site.feeds[identifier]
        if entry.id not in self._shown_in:
            self._shown_in[entry.id] = Shown(self.of_feed(entry.id), self.words)
        return self._shown_in[entry.id]

    @cached_property
    def shown(self) -> Shown:
        """The records of all dates of the site."""
        return Shown(self.every, self.words)

    @cached_property
    def every(self) -> tuple[Occurrence, ...]:
        """All occurrences of the site, be they in a feed or not."""
        return self.of(self.site.events)

    @cached_property
    def once(self) -> tuple[Occurrence, ...]:
        """A date of each record of the site."""
        return tuple(map(occurrence, self.site.events))

    @cached_property
    def counts(self) -> Mapping[str, Counter[str]]:
        """How many events have each organisation, tag, country and role."""
        counts: dict[str, Counter[str]] = {
            name: Counter() for name in ("organisation", "tag", "country", "role")
        }
        for event in self.site.events:
            if not isinstance(event, OverrideRecord):
                parties, places = event.details.parties, event.details.places
                counts["organisation"].update({one.organisation for one in parties if one.organisation})
                counts["tag"].update(event.details.tags)
                counts["country"].update({place.country for place in places if place.country})
                counts["role"].update({party.role for party in parties})
        return counts

    def words(self, record: Record) -> str:
        """Return all words that a record is found by, folded."""
        if id(record) not in self._words:
            self._words[id(record)] = all_words(record, self._names)
        return self._words[id(record)]

    @cached_property
    def called(self) -> Mapping[str, int]:
        """The words of titles and names, folded, and of how many events each is."""
        return called(self.site.events, self._names)

    def of(self, records: Iterable[Record]) -> tuple[Occurrence, ...]:
        """Return the occurrences of records; overrides come with their series, and not by themselves."""
        entries = (record for record in records if not isinstance(record, OverrideRecord))
        dates = [occurrence for entry in entries for occurrence in self.of_entry(entry)]
        return tuple(sorted(dates, key=lambda occurrence: occurrence.key))

    def of_entry(self, entry: EntryRecord) -> tuple[Occurrence, ...]:
        """Return the occurrences of one entry, by original date."""
        if entry.uid not in self._of_entry:
            self._of_entry[entry.uid] = tuple(self._dates_of(entry))
        return self._of_entry[entry.uid]

    def _dates_of(self, entry: EntryRecord) -> Iterator[Occurrence]:
        overrides = self._overrides.get(entry.uid, ())
        match entry:
            case SeriesRecord(dates=days) | StretchRecord(dates=days) if days or overrides:
                when = when_of(entry)
                for day in days:
                    moved = shifted(when, day) if when else None
                    yield replace(occurrence(entry, moved), address=f"{entry.page}{day}/", recurs=True)
                for override in overrides:
                    yield replace(occurrence(override), recurs=True)
            case _:
                yield self._one_of(entry)

    def _one_of(self, entry: EntryRecord) -> Occurrence:
        """Return the only date of an entry; that of the first one of a list has a page beside that of the whole."""
        if len(self.entries_of(entry)) == 1:
            return occurrence(entry)
        address = f"{entry.address}{entry.first}/" if isinstance(entry, WholeRecord) else entry.address
        return replace(occurrence(entry), address=address, recurs=True)

    def entries_of(self, record: Record) -> Sequence[EntryRecord]:
        """Return the entries that an event is made of: itself, then its further dates, and the stretches of a series."""
        return self._entries[record.organisation, record.path]

    def next_turn(self, instant: datetime) -> datetime:
        """Return the first instant after another at which an occurrence ends, or a day begins where a feed is at home.

        Until then, what is said of the site at an instant stays true: what is coming, what is gone, and which day it is.
        """
        days = (
            zones.first_moment(instant.astimezone(zones.zone(zone)).date() + timedelta(days=1), zone)
            for zone in self._homes
        )
        midnight = min(day.astimezone(UTC) for day in days)
        following = bisect_right(self._ends, instant)
        return min([midnight, *self._ends[following : following + 1]])

    @cached_property
    def _ends(self) -> list[datetime]:
        """The instants at which occurrences end, in order."""
        entries = (record for record in self.site.events if not isinstance(record, OverrideRecord))
        return sorted({occurrence.ends for entry in entries for occurrence in self.of_entry(entry)})

    def of_whole(self, record: Record) -> tuple[Occurrence, ...]:
        """Return all dates of an event, in order: those of its rule and further ones, and those of a series that goes on."""
        if record.whole not in self._of_whole:
            self._of_whole[record.whole] = self.of(self.entries_of(record))
        return self._of_whole[record.whole]

    def recurs(self, record: Record) -> bool:
        """Return whether an event has several dates, or had."""
        entries = self.entries_of(record)
        return len(entries) > 1 or any(
            isinstance(entry, RecurringRecord) and (entry.dates or entry.uid in self._overrides)
            for entry in entries
        )

    def entry_of(self, record: Record) -> EntryRecord:
        """Return the entry that an override is of; any other record as it is."""
        return self._by_uid[record.uid] if isinstance(record, OverrideRecord) else record

    def sessions_of(self, record: Record) -> tuple[Occurrence, ...]:
        """Return the sessions of an event, or of a session, in order."""
        match record:
            case EventRecord(sessions=sessions) | SessionRecord(sessions=sessions):
                return self.of(self.by_address[address] for address in sessions if address in self.by_address)
            case _:
                return ()

    def at(self, address: str) -> Occurrence | None:
        """Return the occurrence whose page has that address: an event's own, or one date of it."""
        event = self.by_address.get(address)
        if event is not None:
            return occurrence(event)
        above, _, _ = address.rstrip("/").rpartition("/")
        series = self.by_address.get(f"{above}/")
        if series is None:
            return None
        return next((date for date in self.of_whole(series) if date.address == address), None)

    def moved(self, address: str) -> str | None:
        """Return where now is the page that a stretch of a series, or a date of one, had below it; None of any other."""
        if address in self._continued:
            return self._continued[address].page
        above, _, day = address.rstrip("/").rpartition("/")
        stretch = self._continued.get(f"{above}/")
        now = f"{stretch.page}{day}/" if stretch else ""
        return now if self.at(now) else None
