"""The peer of compile.py: YAML into feeds with PyYAML's C loader and icalendar's components, and nothing more.

Usage: peer.py ROOT OUT
"""

import sys
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import yaml
from icalendar import Calendar, Event

ZONE = ZoneInfo("Europe/Brussels")
STAMP = datetime(2026, 1, 1, tzinfo=UTC)


def event(organisation: str, source: dict[str, object]) -> Event:
    """Build an event."""
    made = Event()
    begins, ends = str(source["when"]).split("/")
    start = datetime.fromisoformat(begins)
    hour, minute = map(int, ends.split(":"))
    place = source["where"]
    made.add("uid", f"{source['id']}.{organisation}@example.coop")
    made.add("dtstamp", STAMP)
    made.add("dtstart", start.replace(tzinfo=ZONE))
    made.add("dtend", start.replace(hour=hour, minute=minute, tzinfo=ZONE))
    made.add("summary", source["title"])
    made.add("description", source["description"])
    made.add("location", ", ".join(map(str, place.values())) if isinstance(place, dict) else place)
    made.add("categories", source["tags"])
    return made


def write(path: Path, events: list[Event]) -> None:
    """Write a feed."""
    calendar = Calendar()
    calendar.add("prodid", "-//peer//peer//EN")
    calendar.add("version", "2.0")
    for each in events:
        calendar.add_component(each)
    calendar.add_missing_timezones()
    path.write_bytes(calendar.to_ical())


def main(root: Path, out: Path) -> None:
    """Read every organisation; write its feed, and the combined one."""
    out.mkdir()
    everything = []
    for path in sorted((root / "calendars").iterdir()):
        source = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        events = [event(path.stem, each) for each in source["events"]]
        write(out / f"{path.stem}.ics", events)
        everything += events
    write(out / "all.ics", everything)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
