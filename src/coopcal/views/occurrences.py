"""What takes place when: the events of a site as occurrences in order, from their records."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from coopcal import zones
from coopcal.model.when import Deadline, Imprecise, Timed, When, WholeDays, days_of
from coopcal.site.details import DetailsRecord
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

    event: Record
    when: When | None
    first: date
    last: date
    begins: datetime
    ends: datetime
    address: str
    recurs: bool = False

    @property
    def details(self) -> DetailsRecord:
        """What is shown of it."""
        return self.event.details

    def zone(self, language: str, here: str) -> str:
        """Say whose time it is, where that could be doubted; "" elsewhere, and of what has no time.

        It could of what is online or told in other zones, too, and where clocks show another time than at its organisation's, or ``here``: in the
        zone (IANA) of the feed or page that it stands in.
        """
        match self.when:
            case Timed(start=moment, timezone=timezone) | Deadline(at=moment, timezone=timezone):
                is_elsewhere = self.details.online or self.details.also_in
                if is_elsewhere or dates.is_local_elsewhere(moment, self.event.home, here):
                    return dates.timezone_name(timezone, language)
        return ""

    def zoned(self, words: str, language: str, here: str) -> str:
        """Say behind its time whose it is, where that could be doubted."""
        return dates.zoned(words, self.event.timezone, language) if self.zone(language, here) else words

    def words(self, language: str, here: str) -> str:
        """Say when it is, in a language; ``here`` is the zone of the feed or page that it stands in."""
        if self.when is not None:
            return self.zoned(dates.when(self.when, language), language, here)
        return self.details.when_words.get(language) or next(iter(self.details.when_words.values()))

    def online(self, language: str) -> str:
        """Return where it is held online: the address, or that it is for members; "" of what is not."""
        online = self.details.online
        if online is None:
            return ""
        return online.url or labelled(word("online", language), word("for_members", language), language)

    def elsewhere(self, language: str) -> tuple[str, ...]:
        """Say when it is in the other zones that the event names, a line for each."""
        lines = (told(self.when, zone, language) for zone in self.details.also_in)
        return tuple(line for line in lines if line)

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
        return self.details.is_off


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

    def of_feed(self, identifier: str) -> tuple[Occurrence, ...]:
        """Return the occurrences of all that a feed selects."""
        entry = self.site.feeds[identifier]
        if entry.id not in self._of_feed:
            events = (self.site.events[number] for number in entry.events)
            self._of_feed[entry.id] = self.of(events)
        return self._of_feed[entry.id]

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
                when = _when(entry)
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


def occurrence(event: Record, when: When | None = None) -> Occurrence:
    """Return an event as it stands in its record, or as it is at another time."""
    when = when or _when(event)
    first, last = (event.first, event.last) if when is None else days_of(when)
    begins, ends = _span(when, first, last, event.timezone)
    return Occurrence(event, when, first, last, begins, ends, event.page)


def coming(occurrences: Sequence[Occurrence], instant: datetime) -> tuple[Occurrence, ...]:
    """Return what has not ended yet, the next one first."""
    return tuple(occurrence for occurrence in occurrences if occurrence.ends > instant)


def gone(occurrences: Sequence[Occurrence], instant: datetime) -> tuple[Occurrence, ...]:
    """Return what has ended, the last one first."""
    return tuple(occurrence for occurrence in reversed(occurrences) if occurrence.ends <= instant)


def whole(occurrences: Sequence[Occurrence]) -> tuple[Occurrence, ...]:
    """Return what is no session of another that is among them: lists for people show the whole, its page the parts."""
    events = {
        (occurrence.event.organisation, occurrence.event.path)
        for occurrence in occurrences
        if not isinstance(occurrence.event, SessionRecord)
    }
    return tuple(
        occurrence
        for occurrence in occurrences
        if not isinstance(occurrence.event, SessionRecord)
        or (occurrence.event.organisation, occurrence.event.path[:1]) not in events
    )


def once(occurrences: Iterable[Occurrence]) -> Iterator[Occurrence]:
    """Return the first date of each event alone, in the order given."""
    met: set[str] = set()
    for occurrence in occurrences:
        if occurrence.event.whole not in met:
            met.add(occurrence.event.whole)
            yield occurrence


def between(occurrences: Sequence[Occurrence], first: date, last: date) -> tuple[Occurrence, ...]:
    """Return what touches any day from ``first`` to ``last``, both included."""
    behind = datetime.combine(last + timedelta(days=2), time(0), UTC)
    end = bisect_left(occurrences, behind, key=lambda occurrence: occurrence.begins)
    return tuple(
        occurrence
        for occurrence in occurrences[:end]
        if occurrence.first <= last and occurrence.last >= first
    )


def _when(event: Record) -> When | None:
    """Return when an event is, on its first date; None where that is imprecise."""
    when = event.details.when
    return None if isinstance(when, Imprecise) else when


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
