"""Filters of an address: what of a feed is asked for, ``?tag=assembly&past=no``."""

import re
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from itertools import islice, product
from typing import Any
from urllib.parse import parse_qsl, urlencode

from coopcal.model.party import Role
from coopcal.model.reminder import Reminder
from coopcal.model.when import Length, later
from coopcal.site.record import Record
from coopcal.views.agenda import Agenda, Shown
from coopcal.views.occurrence import Occurrence
from coopcal.views.search import LONGEST, city_key, folded

MOST_PARAMETERS = 50
"""Parameters that an address may have; more are no one's wish."""

MOST = 1000
"""The largest ``limit``."""

CHOICES = ("organisation", "tag", "country", "city", "spoken", "online", "role")
"""Names of which an address may give several values."""

NAMES = (*CHOICES, "q", "past", "future", "limit", "remind")
"""Names of all parameters."""

_TRACKERS = re.compile(
    r"utm_\w+|fbclid|gclid|gbraid|wbraid|dclid|msclkid|yclid|igshid|twclid|li_fat_id|mc_[ce]id|_ga|_gl|_hs\w+|mkt_tok"
)
_LENGTH = re.compile(r"P(?=\d)(?:(\d{1,2})Y)?(?:(\d{1,3})M)?(?:(\d{1,3})W)?(?:(\d{1,4})D)?")


@dataclass(frozen=True, slots=True)
class Refused:
    """Why an address cannot be answered, in a sentence."""

    message: str


@dataclass(frozen=True, slots=True)
class Filters:
    """What is asked for: any of the values of each choice, and all choices together.

    ``city`` is as ``city_key`` gives it, ``spoken`` are languages in small letters, and ``online`` is ``yes``, or ``no`` for what
    is not online alone. ``q`` are words, all of which it has. ``past`` is how long what has ended stays, ``future`` how far ahead
    it goes; None does not matter. ``limit`` is the number of those that come next. Values are sorted, so that what asks for the
    same is equal.
    """

    organisation: tuple[str, ...] = ()
    tag: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    city: tuple[str, ...] = ()
    spoken: tuple[str, ...] = ()
    online: tuple[str, ...] = ()
    role: tuple[str, ...] = ()
    q: str = ""
    past: Length | None = None
    future: Length | None = None
    limit: int | None = None
    remind: str = ""

    @property
    def depends_on_time(self) -> bool:
        """Return whether the same site gives something else at another hour."""
        return self.past is not None or self.future is not None or self.limit is not None

    @property
    def reminder(self) -> Reminder | None:
        """When to be reminded."""
        return Reminder.of(self.remind)

    @property
    def selects(self) -> bool:
        """Return whether anything is left out."""
        return replace(self, remind="") != Filters()

    def query(self) -> str:
        """Return the canonical form: names in the order of the documentation, values sorted, nothing that says nothing."""
        parameters = [(name, ",".join(getattr(self, name))) for name in CHOICES]
        parameters += [("q", self.q)]
        parameters += [(name, _said(getattr(self, name))) for name in ("past", "future")]
        parameters += [("limit", str(self.limit) if self.limit is not None else ""), ("remind", self.remind)]
        return urlencode([(name, value) for name, value in parameters if value], safe=",")

    def without(self, name: str, value: str | None = None) -> "Filters":
        """Return filters that do not ask for a value of a choice, or for none of its values."""
        values: tuple[str, ...] = getattr(self, name)
        left: dict[str, Any] = {name: tuple(one for one in values if value is not None and one != value)}
        return replace(self, **left)

    @property
    def words(self) -> tuple[str, ...]:
        """The words that are looked for, each once, folded."""
        return tuple(dict.fromkeys(folded(self.q).split()))

    def fits(self, event: Record) -> bool:
        """Return whether an event is of what the choices ask for, whatever its words are."""
        details = event.details
        if self.organisation or self.role:
            parties = [party for party in details.parties if not self.role or party.role in self.role]
            if not any(not self.organisation or party.organisation in self.organisation for party in parties):
                return False
        if self.tag and frozenset(self.tag).isdisjoint(details.tags):
            return False
        if self.country and not any(place.country in self.country for place in details.places):
            return False
        if self.city and not any(
            city_key(name) in self.city for place in details.places for name in place.city.values()
        ):
            return False
        if self.spoken and not any(
            f"{tongue.lower()}-".startswith(f"{asked}-") for tongue in details.spoken for asked in self.spoken
        ):
            return False
        return not self.online or not frozenset(self.online).isdisjoint(details.attended)

    def among(
        self, agenda: Agenda, occurrences: Iterable[Occurrence], instant: datetime
    ) -> tuple[Occurrence, ...]:
        """Return those occurrences of a site that are asked for, in the order given."""
        first, last = self._days(instant)
        kept = list(occurrences)
        if first > date.min:
            kept = [one for one in kept if one.last >= first]
        if last < date.max:
            kept = [one for one in kept if one.first <= last]
        if any(getattr(self, name) for name in CHOICES):
            records = {id(one.event): one.event for one in kept}
            fitting = {identity for identity, record in records.items() if self.fits(record)}
            kept = [one for one in kept if id(one.event) in fitting]
        for word in self.words:
            kept = [one for one in kept if word in agenda.words(one.event)]
        if self.limit is not None:
            kept = [one for one in kept if one.ends > instant][: self.limit]
        return tuple(kept)

    def uids(self, agenda: Agenda, feed: str, instant: datetime) -> frozenset[str]:
        """Return the UIDs of a feed that are asked for; that of a series is, when any date of it is."""
        shown = agenda.shown_in(feed)
        chosen = self.chosen(shown)
        if not self.depends_on_time:
            return frozenset(shown.uids if chosen is None else (shown.uids[number] for number in chosen))
        dates = self.within(shown, instant)
        if self.limit is not None:
            dates = [one for one in dates if one[3] > instant]
        if chosen is not None:
            dates = [one for one in dates if one[0] in chosen]
        uids = dict.fromkeys(shown.uids[one[0]] for one in dates)
        return frozenset(islice(uids, self.limit))

    def within(self, shown: Shown, instant: datetime) -> Sequence[tuple[int, date, date, datetime]]:
        """Return those dates that are neither too long ago nor too far ahead."""
        first, last = self._days(instant)
        dates: Sequence[tuple[int, date, date, datetime]] = shown.dates
        if first > date.min:
            dates = [one for one in dates if one[2] >= first]
        if last < date.max:
            dates = [one for one in dates if one[1] <= last]
        return dates

    def chosen(self, shown: Shown) -> AbstractSet[int] | None:
        """Return the numbers of the records that fit, None for all: any value of each choice, all choices together, all words."""
        choices: list[list[tuple[str | None, ...]]] = [
            [(name, value) for value in getattr(self, name)]
            for name in CHOICES
            if name not in ("organisation", "role")
        ]
        if self.organisation or self.role:
            parties = product(self.role or (None,), self.organisation or (None,))
            choices.append([("party", role, organisation) for role, organisation in parties])
        sets = [
            frozenset().union(*(shown.having.get(value, ()) for value in values))
            for values in choices
            if values
        ]
        fitting = frozenset.intersection(*sets) if sets else None
        for word in self.words:
            texts = shown.texts
            among = range(len(texts)) if fitting is None else fitting
            fitting = frozenset([number for number in among if word in texts[number]])
        return fitting

    def _days(self, instant: datetime) -> tuple[date, date]:
        today = instant.astimezone(UTC).date()
        first = later(today, self.past, -1) if self.past is not None else date.min
        return first, later(today, self.future, 1) if self.future is not None else date.max


def read_filters(query: str) -> Filters | Refused:
    """Read the query of an address.

    Parameters that only follow people are ignored; any other name that is none is refused. Values are given once, apart
    by commas, or by saying the name again; one that is none asks for what is not there, or, of a number or a length of
    time, says nothing.
    """
    try:
        pairs = parse_qsl(query, max_num_fields=MOST_PARAMETERS, keep_blank_values=True)
    except ValueError:
        return Refused("The address has too many parameters.")
    values: dict[str, list[str]] = {}
    for name, value in pairs:
        if name == "q":
            values.setdefault(name, []).extend(value.split())
        elif name in NAMES:
            values.setdefault(name, []).extend(
                part for listed in value.split(",") if (part := listed.strip())
            )
        elif not _TRACKERS.fullmatch(name):
            return Refused(f"There is no parameter “{name[:40]}”; known are {', '.join(NAMES)}.")
    choices = {name: _sorted(name, values[name]) for name in CHOICES if values.get(name)}
    if any(len(value) > LONGEST for listed in values.values() for value in listed):
        return Refused(f"A value has more than {LONGEST} characters.")
    q = " ".join(values.get("q", ()))
    if len(q) > LONGEST:
        return Refused(f"The words of “q” have more than {LONGEST} characters.")
    remind = (values.get("remind") or [""])[-1]
    return Filters(
        **choices,
        q=q,
        past=_length(values.get("past")),
        future=_length(values.get("future")),
        limit=_limit(values.get("limit")),
        remind=remind if Reminder.of(remind) else "",
    )


def hour(instant: datetime) -> datetime:
    """Return the hour that an instant lies in: what depends on time changes with it, and no more often."""
    return instant.astimezone(UTC).replace(minute=0, second=0, microsecond=0)


def _sorted(name: str, values: Sequence[str]) -> tuple[str, ...]:
    match name:
        case "country":
            values = [value.upper() for value in values]
        case "city":
            values = [key for value in values if (key := city_key(value))]
        case "spoken":
            values = [value.lower() for value in values]
        case "online":
            values = [value if value in ("yes", "no") else "none" for value in values]
        case "role":
            values = [value if value in list(Role) else "none" for value in values]
    return tuple(sorted(set(values)))[:MOST_PARAMETERS]


def _length(values: Sequence[str] | None) -> Length | None:
    """Read an ISO 8601 duration of whole days, ``no`` for none, or a number of days."""
    written = (values or [""])[-1]
    if written == "no":
        return Length()
    match = _LENGTH.fullmatch(f"P{written}D" if written.isascii() and written.isdigit() else written)
    if match is None:
        return None
    years, months, weeks, days = (int(part or 0) for part in match.groups())
    return Length(years=years, months=months, days=7 * weeks + days)


def _said(length: Length | None) -> str:
    if length is None:
        return ""
    parts = ((length.years, "Y"), (length.months, "M"), (length.days, "D"))
    return "P" + "".join(f"{count}{unit}" for count, unit in parts if count) if length != Length() else "no"


def _limit(values: Sequence[str] | None) -> int | None:
    written = (values or [""])[-1]
    return min(int(written), MOST) if re.fullmatch(r"[1-9]\d{0,5}", written) else None
