"""What coopcal gives out as JSON and CSV, an occurrence each → VEVENTs, those of one UID together."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from coopcal import zones
from coopcal.authoring.importing.components import Component
from coopcal.authoring.importing.loss_code import LossCode
from coopcal.authoring.importing.losses import Losses
from coopcal.authoring.importing.rows import escaped
from coopcal.authoring.importing.spans import EARLIEST, LATEST, as_written
from coopcal.authoring.text import Value
from coopcal.model.message import msg
from coopcal.model.organisation import Organisation

_OF_TIME = frozenset(
    ("url", "when", "first_day", "last_day", "start", "end", "closes", "recurs", "modified", "also_in")
)
_DEADLINE = timedelta(minutes=15)
TABLE = "TABLE"
"""The name of a calendar that was made of a table or of occurrences, which need no UIDs."""

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Home:
    """What occurrences come into: the organisation, all organisations of the site, and the language that they are said in."""

    organisation: Organisation
    organisations: Sequence[Organisation] = ()
    language: str = ""

    def known(self, party: Record) -> str | None:
        """Return the id of who has a part, where it is an organisation here: by its id, else by its name."""
        for organisation in self.organisations:
            names = {
                written
                for text in (organisation.name, organisation.full_name)
                if text
                for _, written in text.by_language
            }
            if party.get("id") == organisation.id or (not party.get("id") and party.get("name") in names):
                return organisation.id
        return None


def events_of_occurrences(
    numbered: Iterable[tuple[int, Record]], home: Home, losses: Losses
) -> list[Component]:
    """Return a VEVENT for each occurrence that stands alone; of those with one UID the first, with the dates of the others."""
    groups: dict[str, list[tuple[int, Record]]] = {}
    for number, record in numbered:
        groups.setdefault(_text(record, "uid") or f"\n{number}", []).append((number, record))
    made: list[Component] = []
    for group in groups.values():
        made += _Group(group, home, losses).events()
    return made


class _Group:
    """The occurrences of one UID."""

    def __init__(self, records: Sequence[tuple[int, Record]], home: Home, losses: Losses) -> None:
        self._home, self._losses = home, losses
        self._dated = [
            (number, record, when) for number, record in records if (when := self._when(number, record))
        ]

    def events(self) -> list[Component]:
        if not self._dated:
            return []
        number, record, when = self._dated[0]
        first = self._event(number, record, when)
        others = self._dated[1:]
        if not others:
            return [first]
        if any(slot.is_unsayable for _, _, slot in self._dated):
            first.said["when"] = [self._item(at, one, slot, record) for at, one, slot in self._dated]
            return [first]
        for name in ("when", "timezone"):
            first.said.pop(name, None)
        first.raw += [(at, f"RDATE{slot.start}".encode()) for at, _, slot in others]
        changed = [
            (at, one, slot)
            for at, one, slot in others
            if _content(one) != _content(record) or slot.length != when.length
        ]
        return [first, *(self._event(at, one, slot, is_date=True) for at, one, slot in changed)]

    def _item(self, number: int, record: Record, when: "_When", first: Record) -> Value:
        """Return a date of a list, with what is other than on the first one."""
        written = when.said or when.first
        own = {**self._keys(number, record), **_strings(record, "title", "status")}
        usual = (
            {**self._keys(number, first), **_strings(first, "title", "status")}
            if record is not first
            else own
        )
        other = {name: value for name, value in own.items() if usual.get(name) != value}
        return {"when": written, **other} if other else written

    def _when(self, number: int, record: Record) -> "_When | None":
        when = _when_of(record)
        if when is None:
            what = _text(record, "title") or msg("occurrence")
            self._losses.tell(
                number, LossCode.NO_START, what, msg("it does not say when it takes place, and was left out")
            )
        return when

    def _event(self, number: int, record: Record, when: "_When", *, is_date: bool = False) -> Component:
        lines = [
            f"DTSTART{when.start}",
            *when.ends,
            f"SUMMARY{self._language}:{escaped(_text(record, 'title'))}",
        ]
        lines += [f"UID:{uid}"] if (uid := _text(record, "uid")) else []
        lines += [f"RECURRENCE-ID{when.start}"] if is_date else []
        if html := _text(record, "description_html"):
            lines.append(f"X-ALT-DESC;FMTTYPE=text/html{self._language}:{escaped(html)}")
        elif plain := _text(record, "description"):
            lines.append(f"DESCRIPTION{self._language}:{escaped(plain)}")
        if tags := [tag for tag in _list(record, "tags") if isinstance(tag, str)]:
            lines.append("CATEGORIES:" + ",".join(map(escaped, tags)))
        status = _text(record, "status")
        lines += [f"STATUS:{status.upper()}"] if status in ("tentative", "cancelled") else []
        made = Component("VEVENT", number, [(number, line.encode()) for line in lines])
        if when.said is not None and not is_date:
            made.said["when"] = when.said
            made.said |= {"timezone": "UTC"} if _text(record, "timezone") == "UTC" else {}
        made.said |= {"status": "postponed"} if status == "postponed" else {}
        made.said |= self._keys(number, record)
        return made

    @property
    def _language(self) -> str:
        return f";LANGUAGE={self._home.language}" if self._home.language else ""

    def _keys(self, number: int, record: Record) -> dict[str, Value]:
        """Return what no property of a VEVENT says."""
        keys: dict[str, Value] = {}
        places = [
            place
            for place_record in _list(record, "places")
            if isinstance(place_record, Mapping) and (place := _place(place_record))
        ]
        keys["where"] = places[0] if len(places) == 1 else places or _text(record, "where")
        keys["online"] = _text(record, "online")
        keys |= self._parties(
            [party for party in _list(record, "organisations") if isinstance(party, Mapping)]
        )
        for name in ("links", "documents"):
            keys[name] = [
                _strings(link, "label", "url", "rel")
                for link in _list(record, name)
                if isinstance(link, Mapping)
            ]
        keys["registration"] = _registration(record.get("registration"))
        keys["practical"] = _strings(
            record.get("practical"), "arrival", "bring", "food", "childcare", "accessibility"
        )
        keys["languages"] = [language for language in _list(record, "languages") if isinstance(language, str)]
        keys["contact"] = _strings(record.get("contact"), "name", "email", "phone")
        keys["image"] = _strings(record.get("image"), "url", "alt")
        keys["also_in"] = [
            written
            for clock in _list(record, "also_in")
            if isinstance(clock, Mapping) and (written := _text(clock, "timezone"))
        ]
        keys |= {name: _text(record, name) for name in ("hashtag", "reason", "series")}
        for name in ("hours", "second_call"):
            if record.get(name):
                written = record[name] if isinstance(record[name], str) else _text(record[name], "words")
                self._losses.tell(
                    number, LossCode.NO_KEY, written, msg("it is said in words alone, and was left out")
                )
        return {name: value for name, value in keys.items() if value}

    def _parties(self, parties: Sequence[Record]) -> dict[str, Value]:
        by_role: dict[str, list[Value]] = {}
        for party in parties:
            who: Value = self._home.known(party) or _strings(party, "name", "url")
            if who and _text(party, "role") in ("organiser", "host", "partner", "participant"):
                by_role.setdefault(f"{party['role']}s", []).append(who)
        here = self._home.organisation.id
        if by_role.get("organisers") == [here]:
            del by_role["organisers"]
        elif by_role and not any(here in named for named in by_role.values()):
            by_role.setdefault("partners", []).append(here)  # it is in its feed, so it has a part
        return dict(by_role)


@dataclass(frozen=True, slots=True)
class _When:
    """When an occurrence is: DTSTART's parameters and value, what ends it, its first day, and the same as ``when``.

    ``is_unsayable``: no property of a VEVENT says it.
    """

    start: str
    ends: tuple[str, ...]
    first: str
    length: timedelta | None
    said: str | None = None
    is_unsayable: bool = False


def _when_of(record: Record) -> _When | None:
    first, last = (_day(_text(record, name)) for name in ("first_day", "last_day"))
    kind, zone = _text(record, "kind"), _text(record, "timezone") or "UTC"
    start, end, closes = (_moment(_text(record, name), zone) for name in ("start", "end", "closes"))
    match kind:
        case "timed" if start is not None:
            written = as_written(start, end, zone)
            ends = (_line("DTEND", end, zone),) if end else ("DURATION:PT1H",)
            return _When(
                _line("", start, zone), ends, f"{start:%Y-%m-%d}", end - start if end else None, written
            )
        case "deadline" if closes is not None:
            written = f"until {as_written(closes, None, zone)}"
            return _When(
                _line("", closes - _DEADLINE, zone),
                (_line("DTEND", closes, zone),),
                f"{closes:%Y-%m-%d}",
                _DEADLINE,
                written,
                is_unsayable=True,
            )
        case _ if first is None:
            return None
        case "day":
            return _days(first, first, f"{first} ??:??")
        case "imprecise":
            return _days(first, last or first, _imprecise(first, last or first))
        case "days":
            return _days(first, last or first, None)
        case _:
            return None


def _days(first: date, last: date, written: str | None) -> _When:
    after = max(first, last) + timedelta(days=1)
    ends = (f"DTEND;VALUE=DATE:{after:%Y%m%d}",)
    return _When(f";VALUE=DATE:{first:%Y%m%d}", ends, f"{first}", after - first, written, written is not None)


def _imprecise(first: date, last: date) -> str:
    """Return months, or years, for the days that they allow."""
    after = last + timedelta(days=1)
    if first.day != 1 or after.day != 1:
        return f"{first}~/{last}~" if first != last else f"{first}~"
    form = "%Y" if first.month == 1 and after.month == 1 else "%Y-%m"
    begin, end = f"{first:{form}}", f"{last:{form}}"
    return begin if begin == end else f"{begin}/{end}"


def _line(name: str, at: datetime, zone: str) -> str:
    return f'{name};TZID="{zone}":{at:%Y%m%dT%H%M%S}'


def _day(written: str) -> date | None:
    try:
        day = date.fromisoformat(written[:10])
    except ValueError:
        return None
    return day if EARLIEST < day.year < LATEST else None


def _moment(written: str, zone: str) -> datetime | None:
    """Return an aware moment; what has no offset is local."""
    try:
        moment = datetime.fromisoformat(written)
        if not EARLIEST < moment.year < LATEST:
            return None
        if moment.tzinfo is None:
            return zones.localise(moment, zone)[0]
        return moment.astimezone(zones.zone(zone))
    except (ValueError, KeyError, IndexError, OverflowError):
        return None


def _content(record: Record) -> dict[str, Any]:
    return {name: value for name, value in record.items() if name not in _OF_TIME}


def _text(record: Any, name: str) -> str:
    written = record.get(name) if isinstance(record, Mapping) else None
    return written if isinstance(written, str) else ""


def _list(record: Record, name: str) -> list[Any]:
    written = record.get(name)
    return written if isinstance(written, list) else []


def _strings(record: Any, *names: str) -> dict[str, Value]:
    return {name: written for name in names if (written := _text(record, name))}


def _place(record: Record) -> dict[str, Value]:
    place = _strings(record, "name", "address", "city", "country", "access", "url")
    lat, lon = record.get("lat"), record.get("lon")
    if isinstance(lat, int | float) and isinstance(lon, int | float):
        place["geo"] = {"lat": f"{lat}", "lon": f"{lon}"}
    return place


def _registration(record: Any) -> dict[str, Value]:
    if not isinstance(record, Mapping):
        return {}
    keys = _strings(record, "url")
    for name in ("opens", "closes"):
        if written := _text(record, name):
            keys[name] = written[:16].replace("T", " ")
    keys |= {name: f"{record[name]}" for name in ("places", "free") if isinstance(record.get(name), int)}
    keys |= {name: "true" for name in ("full", "waiting_list") if record.get(name) is True}
    prices = [price for price in _list(record, "prices") if isinstance(price, Mapping)]
    listed: list[Value] = [
        {"for": _text(price, "applies"), "price": _text(price, "price")}
        for price in prices
        if _text(price, "applies")
    ]
    alone = [_text(price, "price") for price in prices if not _text(price, "applies")]
    if listed or alone:
        keys["price"] = listed or alone[0]
    return keys
