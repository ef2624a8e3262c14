"""Calendars with all that programs do to dates, made by a seed: as programs write them, and plainly for another reader."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from random import Random
from zoneinfo import ZoneInfo

import icalendar
from dateutil.rrule import rrulestr

HOME = "Europe/Brussels"
CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
DISPLAY = {
    "(UTC-05:00) Eastern Time (US & Canada)": "America/New_York", "(GMT+10:00) Canberra, Melbourne, Sydney": "Australia/Sydney",
    "(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna": "Europe/Berlin", "(UTC-08:00) Pacific Time (US & Canada)": "America/Los_Angeles",
    "(GMT+05:30) Chennai, Kolkata, Mumbai, New Delhi": "Asia/Kolkata", "(UTC+09:00) Osaka, Sapporo, Tokyo": "Asia/Tokyo",
    "(UTC) Coordinated Universal Time": "UTC", "UTC+02:00": "Etc/GMT-2", "GMT-0500": "Etc/GMT+5", "UTC+1": "Etc/GMT-1", "EST5EDT": "America/New_York",
    "W. Europe Standard Time 1": "Europe/Berlin", "Tokyo Standard Time": "Asia/Tokyo", "New Zealand Standard Time": "Pacific/Auckland",
    "US-Central": "America/Chicago", "(GMT-03:30) Newfoundland": "America/St_Johns",
}  # fmt: skip
IANA = ("Europe/Brussels", "America/New_York", "Asia/Tokyo", "Australia/Sydney", "Europe/London", "America/Sao_Paulo", "Africa/Nairobi", "Pacific/Auckland", "Asia/Kolkata")  # fmt: skip
DESCRIBED = ("Europe/Berlin", "America/New_York", "America/Chicago", "Asia/Tokyo", "Australia/Sydney", "Europe/Athens", "Europe/London")  # fmt: skip
OWN_NAMES = ("Customized Time Zone", "Our zone; by hand", "(UTC+00:00) Head office, third floor", "Zone 5", "/example.org/ours")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Zone:
    """What the times of an event stand in: as written (None: in UTC; "": floating), and what is meant by it."""

    written: str | None
    meant: str
    described: bytes = b""


@dataclass(slots=True)
class Mixed:
    """A calendar of some events: as a program writes it, and plainly; the lines of the written one by event."""

    written: list[str] = field(default_factory=list)
    plain: list[str] = field(default_factory=list)
    lines: dict[int, int] = field(default_factory=dict)

    @property
    def data(self) -> bytes:
        """What is imported."""
        return "\r\n".join((*self.written, "")).encode()

    @property
    def reference(self) -> bytes:
        """The same for another reader: zones by the names of the zone database, every event with a UID of its own."""
        return "\r\n".join(
            ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//EN", *self.plain, "END:VCALENDAR", "")
        ).encode()


@dataclass(frozen=True, slots=True)
class Event:
    """An event to be: its number, when it begins on its clocks, how long it takes, its rule and what differs."""

    number: int
    begins: datetime
    length: timedelta
    zone: Zone | None
    rule: str = ""
    out: tuple[datetime, ...] = ()
    more: tuple[datetime, ...] = ()
    changes: tuple[tuple[datetime, datetime, timedelta, Zone | None, str], ...] = ()
    place: str = ""


def mixed(seed: int, events: int = 12) -> Mixed:
    """Return the calendar of a seed; every tenth is a stream of several."""
    random = Random(seed)
    made = Mixed()
    several = seed % 10 == 0
    made.written += ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//EN"]
    known: set[str] = set()
    for number in range(events):
        zone = _zone(random, seed)
        event = _event(random, number, zone)
        zones = [
            candidate
            for candidate in (zone, *(change[3] for change in event.changes))
            if candidate is not None
        ]
        if several and number and random.random() < 0.3:
            made.written += ["END:VCALENDAR", "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//EN"]
            known = set()
        for zone_of_event in zones:
            if zone_of_event.described and zone_of_event.written not in known:
                known.add(zone_of_event.written or "")
                made.written += zone_of_event.described.decode().splitlines()
        # What recurs keeps its UID, as its changes hang on it; of others some have none, some that of another one.
        uid = (
            ""
            if not event.rule and random.random() < 0.2
            else "shared@x"
            if not event.rule and random.random() < 0.1
            else f"{number}@x"
        )
        made.lines[number] = len(made.written) + 1
        made.written += _lines(event, uid, _as_written)
        made.plain += _lines(event, f"{number}@x", _plainly)
    made.written.append("END:VCALENDAR")
    return made


def _zone(random: Random, seed: int) -> Zone | None:
    kind = random.choice(
        ("iana", "iana", "described", "described", "display", "display", "utc", "floating", "days", "days")
    )
    match kind:
        case "iana":
            name = random.choice(IANA)
            return Zone(name, name)
        case "described":
            number = random.randrange(len(OWN_NAMES))
            meant = DESCRIBED[(seed + number) % len(DESCRIBED)]
            return Zone(OWN_NAMES[number], meant, _vtimezone(meant, OWN_NAMES[number]))
        case "display":
            name = random.choice(sorted(DISPLAY))
            return Zone(name, DISPLAY[name])
        case "utc":
            return Zone(None, "UTC")
        case "floating":
            return Zone("", HOME)
        case _:
            return None


@cache
def _vtimezone(meant: str, name: str) -> bytes:
    component = icalendar.Timezone.from_tzid(meant)
    component["TZID"] = icalendar.vText(name)
    return bytes(component.to_ical())


def _event(random: Random, number: int, zone: Zone | None) -> Event:
    begins = datetime.combine(date(2025, 1, 1) + timedelta(days=random.randrange(700)), time(0))
    length = timedelta(days=random.randint(1, 3))
    if zone is not None:
        begins += timedelta(
            hours=random.choice((5, 8, 9, 12, 18, 19, 22)), minutes=random.choice((0, 15, 30))
        )
        length = timedelta(minutes=random.choice((30, 60, 90, 180, 600)))
    if random.random() < 0.3:
        return Event(number, begins, length, zone, place=random.choice(("", "Hall A", "Hall B")))
    begins, rule = _rule(random, begins, timed=zone is not None)
    event = Event(
        number, begins, length, zone, _ended(random, rule, begins, zone), place=random.choice(("", "Hall"))
    )
    # With several times a day, the other reader takes some of them for others.
    return _changed(random, event) if "BYHOUR" not in rule and random.random() < 0.7 else event


def _rule(random: Random, begins: datetime, *, timed: bool) -> tuple[datetime, str]:
    """Return a rule that gives its first date, and that date."""
    interval = random.choice((1, 1, 1, 2, 3))
    every = f";INTERVAL={interval}" if interval > 1 else ""
    day, code = begins.day, CODES[begins.weekday()]
    nth = (day - 1) // 7 + 1
    rules: Sequence[Callable[[], str]] = (
        lambda: f"FREQ=DAILY{every}",
        lambda: (
            f"FREQ=DAILY;BYMONTH={','.join(map(str, sorted({begins.month, *random.sample(range(1, 13), 3)})))}"
        ),
        lambda: f"FREQ=WEEKLY{every}",
        lambda: f"FREQ=WEEKLY{every};BYDAY={','.join(sorted({code, random.choice(CODES)}, key=CODES.index))}",
        lambda: (
            f"FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY={','.join(sorted({code, *random.sample(CODES, 2)}, key=CODES.index))}"
        ),
        lambda: f"FREQ=MONTHLY{every}",
        lambda: f"FREQ=MONTHLY{every};BYDAY={nth if nth < 5 else -1}{code}",
        lambda: f"FREQ=MONTHLY;BYMONTHDAY={day},{random.randint(1, 31)}",
        lambda: f"FREQ=MONTHLY;BYDAY={code};BYSETPOS={nth if nth < 5 else -1}",
        lambda: f"FREQ=YEARLY;BYMONTH={begins.month};BYDAY={nth if nth < 5 else -1}{code}",
        lambda: f"FREQ=YEARLY{every}",
        lambda: f"FREQ=YEARLY;BYYEARDAY={begins.timetuple().tm_yday},{random.randint(1, 365)}",
    )
    rule = random.choice(rules)()
    if timed and random.random() < 0.06:
        rule = f"FREQ=HOURLY;INTERVAL={random.choice((6, 12, 36))}"
    if timed and random.random() < 0.06:
        rule += f";BYHOUR={','.join(map(str, sorted({begins.hour, 11, 16})))}"
    return next(iter(rrulestr(rule, dtstart=begins))), rule


def _ended(random: Random, rule: str, begins: datetime, zone: Zone | None) -> str:
    match random.randrange(3):
        case 0:
            return f"{rule};COUNT={random.randint(2, 30)}"
        case 1:
            until = begins + timedelta(days=random.randint(10, 500))
            if zone is None:
                return f"{rule};UNTIL={until:%Y%m%d}"
            return f"{rule};UNTIL={until.replace(tzinfo=ZoneInfo(zone.meant)).astimezone(UTC):%Y%m%dT%H%M%SZ}"
        case _:
            return rule


def _changed(random: Random, event: Event) -> Event:
    """Return an event with dates left out, added, moved in time, place and zone."""
    ends = event.rule.find(";UNTIL=")
    coming = iter(rrulestr(event.rule if ends < 0 else event.rule[:ends], dtstart=event.begins))
    given = [start for start, _ in zip(coming, range(14), strict=False)]
    if ends >= 0:
        given = [start for start in given if start < event.begins + timedelta(days=9)]
    if event.rule.find(";COUNT=") >= 0:
        given = given[: int(event.rule.rpartition("=")[2])]
    some = random.sample(given[1:], min(len(given) - 1, random.randint(0, 4))) if len(given) > 1 else []
    out, changed = some[: len(some) // 2], some[len(some) // 2 :]
    more = [
        event.begins
        + timedelta(days=random.randint(1, 200), hours=random.choice((0, 2)) if event.zone else 0)
        for _ in range(random.choice((0, 0, 1, 2)))
    ]
    more = [start for start in more if start not in given]
    changes = []
    for original in changed:
        zone, moved, length = event.zone, original, event.length
        if random.random() < 0.7:
            moved += timedelta(days=random.randint(-2, 3), hours=random.randint(-3, 3) if zone else 0)
        if zone and random.random() < 0.3:
            length = timedelta(minutes=45)
        if zone and random.random() < 0.3:
            zone = Zone(name, name) if (name := random.choice(IANA)) else zone
        if random.random() < 0.15:  # whole days among times, and times among whole days
            midnight = datetime.combine(moved.date(), time(0))
            moved = midnight if zone else midnight + timedelta(hours=15)
            length = timedelta(days=1) if zone else timedelta(hours=2)
            name = random.choice(IANA)
            zone = None if zone else Zone(name, name)
        changes.append((original, moved, length, zone, random.choice(("", "Hall", "Room 7", "Hall C"))))
    return replace(event, out=tuple(out), more=tuple(dict.fromkeys(more)), changes=tuple(changes))


Says = Callable[[datetime, Zone | None], str]


def _as_written(when: datetime, zone: Zone | None) -> str:
    if zone is None:
        return f";VALUE=DATE:{when:%Y%m%d}"
    if zone.written is None:
        return f":{when:%Y%m%dT%H%M%SZ}"
    return f":{when:%Y%m%dT%H%M%S}" if not zone.written else f';TZID="{zone.written}":{when:%Y%m%dT%H%M%S}'


def _plainly(when: datetime, zone: Zone | None) -> str:
    if zone is None:
        return f";VALUE=DATE:{when:%Y%m%d}"
    if zone.meant == "UTC":
        return f":{when:%Y%m%dT%H%M%SZ}"
    return f";TZID={zone.meant}:{when:%Y%m%dT%H%M%S}"


def _lines(event: Event, uid: str, says: Says) -> list[str]:
    head = [
        "BEGIN:VEVENT",
        *([f"UID:{uid}"] if uid else []),
        "DTSTAMP:20260101T000000Z",
        f"SUMMARY:Event {event.number}",
    ]
    written = [
        *head,
        f"DTSTART{says(event.begins, event.zone)}",
        f"DTEND{says(event.begins + event.length, event.zone)}",
    ]
    written += [f"RRULE:{event.rule}"] if event.rule else []
    written += [f"EXDATE{says(start, event.zone)}" for start in event.out]
    written += [f"RDATE{says(start, event.zone)}" for start in event.more]
    written += [f"LOCATION:{event.place}"] if event.place else []
    written.append("END:VEVENT")
    for original, begins, length, zone, place in event.changes:
        written += [
            *head,
            f"RECURRENCE-ID{says(original, event.zone)}",
            f"DTSTART{says(begins, zone)}",
            f"DTEND{says(begins + length, zone)}",
        ]
        written += [*([f"LOCATION:{place}"] if place else []), "END:VEVENT"]
    return written
