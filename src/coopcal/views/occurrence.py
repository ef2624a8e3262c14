"""One date of an event, from its record, and what is said of it: its time in other zones, too (``also_in``)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import NamedTuple

from coopcal import zones
from coopcal.model.when import DayOnly, Deadline, Imprecise, Timed, When, days_of
from coopcal.site.details import DetailsRecord, PartyRecord, Words
from coopcal.site.record import Record
from coopcal.text import dates
from coopcal.text.catalogues import LANGUAGES
from coopcal.text.words import labelled, word
from coopcal.zones.shift import day_of

COUNTED = 14
"""Days of an event that people count; of what lasts longer they say that it goes on."""


class State(NamedTuple):
    """What sets a date apart from one that simply takes place, in words.

    ``kind`` is its name for machines: ``cancelled``, ``postponed``, ``tentative``, ``moved``, ``full``, ``free``, ``hours``, ``time``. ``words`` are
    what a list says of it, ``short`` what stands where there is little room.
    """

    kind: str
    words: str
    short: str


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

    def zone(self, language: str, here: str | None) -> str:
        """Say whose time it is, where that could be doubted; "" elsewhere, and of what has no time.

        It could of what is online or told in other zones, too, and where clocks show another time than at its organisation's, or ``here``: in the
        zone (IANA) of the feed or page that it stands in; None there says that it is told already, "" that each date tells it.
        """
        match self.when:
            case _ if here is None:
                return ""
            case Timed(start=moment, timezone=timezone) | Deadline(at=moment, timezone=timezone):
                is_elsewhere = not here or self.details.online or self.details.also_in
                if is_elsewhere or dates.is_local_elsewhere(moment, self.event.home, here):
                    return dates.timezone_name(timezone, language)
        return ""

    def zoned(self, words: str, language: str, here: str | None) -> str:
        """Say behind its time whose it is, where that could be doubted."""
        return dates.zoned(words, self.event.timezone, language) if self.zone(language, here) else words

    def words(self, language: str, here: str | None) -> str:
        """Say when it is, in a language; ``here`` is the zone of the feed or page that it stands in."""
        if self.when is not None:
            return self.zoned(dates.when(self.when, language), language, here)
        return _in(self.details.when_words, language)

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

    def begin(self, language: str, here: str | None) -> str:
        """Say when it begins."""
        if self.when is not None:
            return self.zoned(dates.begin(self.when, language), language, here)
        return self.words(language, here)

    def words_below_day(self, language: str, here: str | None, on: date | None = None) -> str:
        """Say what is left to say of it below a heading that names one of its days, its first one by default: ``10:00–16:00``, "" of a whole day."""
        if self.when is None:
            return self.words(language, here)
        words = dates.below(self.when, on or self.first, language)
        return self.zoned(words, language, here) if words else ""

    @property
    def days(self) -> int:
        """On how many days it is, where people count them: not of what lasts a night, nor of what lasts for weeks; 0 there."""
        count = (self.last - self.first).days + 1
        is_night = isinstance(self.when, Timed) and self.ends - self.begins <= timedelta(days=1)
        return count if self.when is not None and not is_night and 1 < count <= COUNTED else 0

    def clock(self, language: str, here: str | None) -> str:
        """Say at which time it begins, of a deadline when it is; "" of what has no time."""
        match self.when:
            case Timed(start=moment) | Deadline(at=moment):
                return self.zoned(dates.clock(moment, language), language, here)
            case _:
                return ""

    def states(self, language: str) -> tuple[State, ...]:
        """Say what sets it apart: that it is off, moved, not certain, fully booked, free of charge, when what lasts days is open, or that its time is not known."""
        return tuple(self._states(language))

    def _states(self, language: str) -> Iterator[State]:
        details = self.details
        if details.status in ("cancelled", "postponed", "tentative"):
            words = word(details.status, language).removesuffix(".")
            yield State(details.status, words, words)
        if details.moved_from is not None:
            said = _in(details.moved_from.said, language)
            words = word("moved_from", language, when=said).removesuffix(".")
            yield State("moved", words, word("was_moved", language))
        if (registration := details.registration) is not None:
            if registration.full:
                key = "full_waiting" if registration.waiting_list else "full"
                yield State("full", word(key, language), word("full", language))
            if registration.prices and all(costs_nothing(price.said) for price in registration.prices):
                words = word("free_of_charge", language)
                yield State("free", words, words)
        if details.hours_words:
            words = labelled(word("open", language), _in(details.hours_words, language), language)
            yield State("hours", words, words)
        if isinstance(self.when, DayOnly) and not self.off:
            words = word("time_not_known", language).removesuffix(".")
            yield State("time", words, word("time_to_follow", language))

    @property
    def organisers(self) -> tuple[PartyRecord, ...]:
        """Those whose event it is."""
        return organisers(self.event)

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
    def iso_end(self) -> str:
        """When it ends, as ``iso`` tells the beginning; "" where that is not known, and of what has no time."""
        return self.when.end.isoformat() if isinstance(self.when, Timed) and self.when.end else ""

    @property
    def key(self) -> tuple[datetime, str]:
        """What occurrences are sorted by: the beginning, then the address."""
        return self.begins, self.address

    @property
    def off(self) -> bool:
        """Return whether it does not take place."""
        return self.details.is_off

    @property
    def is_unusual(self) -> bool:
        """Return whether it is off, or at another time than was announced."""
        return self.off or self.details.moved_from is not None


def occurrence(event: Record, when: When | None = None) -> Occurrence:
    """Return an event as it stands in its record, or as it is at another time."""
    when = when or when_of(event)
    first, last = (event.first, event.last) if when is None else days_of(when)
    begins, ends = _span(when, first, last, event.timezone)
    return Occurrence(event, when, first, last, begins, ends, event.page)


def organisers(event: Record) -> tuple[PartyRecord, ...]:
    """Return those whose event it is."""
    return tuple(party for party in event.details.parties if party.role == "organiser")


def when_of(event: Record) -> When | None:
    """Return when an event is, on its first date; None where that is imprecise."""
    when = event.details.when
    return None if isinstance(when, Imprecise) else when


def _in(words: Words, language: str) -> str:
    """Return a text in a language, else in the first there is."""
    return words.get(language) or next(iter(words.values()), "")


def costs_nothing(said: Words) -> bool:
    """Return whether a price says, in the words of any language, that there is none."""
    return bool(said) and all(text.casefold().strip(" .!") in _nothing() for text in said.values())


@cache
def _nothing() -> frozenset[str]:
    """Return how people write that something costs nothing, in all languages that coopcal speaks."""
    written = (word("no_price", language) for language in LANGUAGES)
    return frozenset(way for ways in written for way in ways.casefold().split("|"))


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


def there(when: When | None, zone: str) -> Timed | Deadline | None:
    """Return the same as clocks of a zone show it; None of what has no time."""
    match when:
        case Timed(start=start, end=end, usual_end=usual_end):
            return Timed(
                _at(start, zone), _at(end, zone) if end is not None else None, _at(usual_end, zone), zone
            )
        case Deadline(at=at):
            return Deadline(_at(at, zone), zone)
        case _:
            return None


def told(when: When | None, zone: str, language: str) -> str:
    """Return when it is in a zone, in words: ``Argentina Time: Saturday 14 March 2026, 10:00–12:00``."""
    local = there(when, zone)
    return labelled(_named(zone, language), dates.when(local, language), language) if local else ""


def told_of_all(whens: Iterable[When], zone: str, language: str) -> str:
    """Return at what time all of a series is in a zone: ``Argentina Time: 10:00–12:00``.

    Where clocks change apart, both times are told; "" where there are more, as each date tells its own.
    """
    match list(dict.fromkeys(clock for when in whens if (clock := _clocks(when, zone, language)))):
        case [one]:
            clock = one
        case [first, second]:
            clock = word("by_date", language, first=first, second=second)
        case _:
            return ""
    return labelled(_named(zone, language), clock, language)


def _named(zone: str, language: str) -> str:
    """Return a zone's name as it stands at the beginning of a line."""
    name = dates.timezone_name(zone, language)
    return name[:1].upper() + name[1:]


def _at(moment: datetime, zone: str) -> datetime:
    return moment.astimezone(zones.zone(zone))


def _clocks(when: When, zone: str, language: str) -> str:
    local = there(when, zone)
    if local is None:
        return ""
    words = dates.clock(local.at, language) if isinstance(local, Deadline) else dates.clocks(local, language)
    match (day_of(local) - day_of(when)).days:
        case 0:
            return words
        case days:
            return word("next_day" if days > 0 else "day_before", language, when=words)
