"""A calendar of others: what takes place in it, and what takes place once it was imported and compiled."""

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import icalendar
import recurring_ical_events
from tests.support.checking import lay
from tests.support.trees import NOW

from coopcal.authoring.importing.losses import Loss
from coopcal.authoring.importing.run import Given, Wish, import_events
from coopcal.compile.pipeline import compile_site
from coopcal.site.reader import open_site

YEARS = 20
"""Years around the dates of a calendar that are compared."""

FEED = "show: {cancelled: mark, organisation: none}\nwindow: everything\n"
_SIGN = re.compile(r"\+(?:\d{8}(?:T\d{4})?|[a-z0-9-]+)$")

Row = tuple[str, int | str, int | str, str, str]


@dataclass
class Compared:
    """What came of a calendar: dates that are equal, those that are not by UID, what was told; ``unread``: why it is refused, by the parser or, where it holds no component, by the import."""

    path: Path
    equal: int = 0
    events: int = 0
    missing: list[Row] = field(default_factory=list)
    extra: list[Row] = field(default_factory=list)
    losses: list[Loss] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    unread: str = ""


def compared(path: Path, folder: Path) -> Compared:
    """Import a calendar into the smallest tree, compile it, and compare what takes place."""
    comparison = Compared(path)
    root = lay(folder, {"feeds/bakery.yaml": FEED})
    data = path.read_bytes()
    out = folder / "_site"
    outcome = import_events(root, "bakery", Given(data, path.name), NOW, out=out, wish=Wish())
    if outcome.refusal is not None and b"BEGIN:V" not in data.upper():
        comparison.unread = str(outcome.refusal)
        return comparison
    assert outcome.refusal is None, (path, outcome.refusal)
    comparison.losses = list(outcome.losses)
    comparison.left_out = [f"{step.id}: {step.said}" for step in outcome.steps if step.kind == "left-out"]
    assert compile_site(root, out, NOW).published, path
    feed = open_site(out).feeds["bakery"].bodies["identity"].content
    try:
        calendars = icalendar.Calendar.from_ical(_with_usual_names(data, comparison.losses), multiple=True)
    except (ValueError, IndexError, KeyError, AttributeError, TypeError) as error:
        comparison.unread = repr(error)[:100]
        return comparison
    calendars = [_calendar(calendar) for calendar in calendars]
    try:
        _compare(calendars, feed, comparison)
    except (ValueError, KeyError, AttributeError, TypeError) as error:
        comparison.unread = repr(error)[:100]
    return comparison


def _with_usual_names(data: bytes, losses: list[Loss]) -> bytes:
    """Return a calendar with the names of zones that the parser knows for those that coopcal has read as such."""
    for loss in losses:
        if loss.code == "zone-name" and (name := re.search("read as (.+)", loss.why)):
            data = re.sub(
                rb'(TZID[=:]"?)' + re.escape(loss.what.encode()), rb"\g<1>" + name[1].encode(), data
            )
    return data


def _compare(calendars: list[icalendar.Calendar], feed: bytes, comparison: Compared) -> None:
    starts = [day for one in calendars for event in one.walk("VEVENT") if (day := _day(event))]
    first = min(starts, default=date(2020, 1, 1)) - timedelta(days=366)
    last = date(min(first.year + YEARS, 2200), 1, 1)
    before = Counter[Row]()
    for calendar in calendars:
        home = ZoneInfo(str(calendar.get("X-WR-TIMEZONE", "Europe/Brussels")))
        before += _rows(calendar, first, last, home)
    refused = {loss.uid for loss in comparison.losses if loss.code == "bad-uid"}
    before = Counter(
        {("" if row[0] in refused else row[0], *row[1:]): count for row, count in before.items()}
    )
    after = _rows(icalendar.Calendar.from_ical(feed), first, last, ZoneInfo("Europe/Brussels"))
    comparison.events = len({row[0] for row in before})
    comparison.equal = sum((before & after).values())
    comparison.missing = list((before - after).elements())
    comparison.extra = list((after - before).elements())


def _calendar(component: icalendar.Component) -> icalendar.Calendar:
    if isinstance(component, icalendar.Calendar):
        around = component
    else:
        around = icalendar.Calendar()
        around.add_component(component)
    around.subcomponents = [part for part in around.subcomponents if part.name != "VEVENT" or _begins(part)]
    return around


def _begins(event: icalendar.Event) -> bool:
    """Return whether the parser knows when an event begins; it fails on a calendar in which one does not."""
    try:
        return (
            "DTSTART" in event and not isinstance(event["DTSTART"], list) and event["DTSTART"].dt is not None
        )
    except (ValueError, AttributeError):
        return False


def _day(event: icalendar.Event) -> date | None:
    property_ = event.get("DTSTART")
    value = None if property_ is None or isinstance(property_, list) else property_.dt
    if isinstance(value, datetime):
        value = value.date()
    return value if isinstance(value, date) and 1801 < value.year < 2190 else None


def _rows(calendar: icalendar.Calendar, first: date, last: date, home: ZoneInfo) -> Counter[Row]:
    events = recurring_ical_events.of(calendar, skip_bad_series=True).between(first, last)
    return Counter(
        row for event in events if (row := _row(event, home)) and _begin(row, first) and not _begin(row, last)
    )


def _begin(row: Row, day: date) -> bool:
    if isinstance(row[1], str):
        return row[1] >= day.isoformat()
    return row[1] >= int(datetime.combine(day, time(0), UTC).timestamp())


def _row(event: icalendar.Event, home: ZoneInfo) -> Row | None:
    if "DTSTART" not in event:
        return None
    summary = " ".join(str(event.get("SUMMARY", "")).split()).removeprefix("Cancelled: ")
    status = str(event.get("STATUS", "CONFIRMED")).upper()
    uid = _SIGN.sub("", str(event.get("UID", "")))
    uid = "" if uid.endswith(".bakery@example.coop") else uid
    return uid, _moment(event["DTSTART"].dt, home), _moment(event["DTEND"].dt, home), status, summary


def _moment(value: date | datetime, home: ZoneInfo) -> int | str:
    if not isinstance(value, datetime):
        return value.isoformat()
    return int((value if value.tzinfo else value.replace(tzinfo=home)).timestamp())
