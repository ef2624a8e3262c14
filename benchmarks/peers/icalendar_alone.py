"""YAML into feeds with PyYAML's C loader and icalendar's components, and nothing more.

It writes one feed for each organisation and a combined one, in the first language alone; without checks, stamps,
compression, pages or archives: the floor of what the libraries cost.

Usage: icalendar_alone.py ROOT OUT
"""

import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml
from icalendar import Calendar, Event

ZONE = ZoneInfo("Europe/Brussels")
STAMP = datetime(2026, 1, 1, tzinfo=UTC)


def events_of(organisation: str, source: Mapping[str, Any]) -> Iterator[Event]:
    """Build an event, and its sessions."""
    day, times = str(source["when"]).split(" ")
    made = _event(f"{source['id']}.{organisation}", source["title"], day, times)
    made.add("description", _first(source["description"]))
    made.add("location", ", ".join(source["where"].values()))
    made.add("categories", source["tags"])
    if "repeats" in source:
        last = datetime.combine(source["repeats"]["until"], time(23), ZONE)
        made.add("rrule", {"freq": "weekly", "until": last.astimezone(UTC)})
    yield made
    for session in source.get("sessions", ()):
        uid = f"{session['id']}.{source['id']}.{organisation}"
        yield _event(uid, session["title"], day, session["when"])


def _event(uid: str, title: object, day: str, times: str) -> Event:
    begin, end = (time.fromisoformat(moment) for moment in times.split("/"))
    made = Event()
    made.add("uid", f"{uid}@example.coop")
    made.add("dtstamp", STAMP)
    made.add("dtstart", datetime.combine(date.fromisoformat(day), begin, ZONE))
    made.add("dtend", datetime.combine(date.fromisoformat(day), end, ZONE))
    made.add("summary", _first(title))
    return made


def _first(text: object) -> str:
    return str(next(iter(text.values()))) if isinstance(text, dict) else str(text)


def write(path: Path, events: list[Event]) -> None:
    """Write a feed."""
    calendar = Calendar()
    calendar.add("prodid", "-//peer//peer//EN")
    calendar.add("version", "2.0")
    for event in events:
        calendar.add_component(event)
    calendar.add_missing_timezones()
    path.write_bytes(calendar.to_ical())


def main(root: Path, out: Path) -> None:
    """Read every organisation; write its feed, and the combined one."""
    out.mkdir()
    everything = []
    for path in sorted((root / "calendars").iterdir()):
        source = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        events = [made for event in source["events"] for made in events_of(path.stem, event)]
        write(out / f"{path.stem}.ics", events)
        everything += events
    write(out / "all.ics", everything)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
