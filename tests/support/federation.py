"""Several organisations made by chance from a seed, and what they published before: much of it clashes."""

import json
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from random import Random
from typing import Any

from coopcal.compile.diff.facts import seen_by
from coopcal.definitions.catalogue import decode
from coopcal.definitions.source.origin import Contents
from coopcal.definitions.source.reader import read_origin
from coopcal.model.identity import uid
from coopcal.model.problem import Problem
from coopcal.model.published import Published, PublishedEvent, PublishedTransient, Stamp
from coopcal.model.site import Catalogue

Lines = dict[str, Any]

ORGANISATIONS = ("bakery", "brewery", "dairy", "mill", "orchard")
FORMER = ("old-bakery", "old-mill", "dairy", "mill")
EVENTS = ("fair", "fairs", "ball", "walk", "fair-2025", "fair-2026", "school")
TITLES = ("Fair", "Ball", "Walk in May", "Fair 2025", "Ball on Sunday")
DAYS = ("2025-09-12", "2026-03-14", "2026-05-31", "2026-06-20", "2026-09-12", "2026-09-13", "2027-05-02")
CLOCKS = ("", " 10:00/12:00", " 10:00", " 14:00/15:00")
UIDS = ("x1", "x2", "fair.bakery@example.coop", "ball.mill@example.coop", "walk.old-mill@example.coop")
TAGS = ("market", "markets", "dance")
SERIES = ("fairs", "fair", "balls")
BEFORE = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Federation:
    """What the sources say, what is wrong with them by themselves, and what was published before."""

    catalogue: Catalogue
    problems: tuple[Problem, ...]
    previous: Published | None

    @property
    def complete(self) -> "Federation":
        """The same, as if everything could be read: then what is missing is told, too."""
        organisations = tuple(replace(one, complete=True) for one in self.catalogue.organisations)
        catalogue = replace(self.catalogue, organisations=organisations, unread=frozenset())
        return replace(self, catalogue=catalogue)


def federation(seed: int) -> Federation:
    """Return organisations, and what was published of them before some were edited."""
    chance = Random(seed)
    written = {name: _organisation(chance) for name in ORGANISATIONS if chance.random() < 0.8}
    before = _published(chance, written) if chance.random() < 0.8 else None
    for _ in range(chance.randint(0, 8) if before else 0):
        _edit(chance, written)
    feeds = {name: _feed(chance) for name in ("town", "country", "bakery") if chance.random() < 0.4}
    catalogue, problems = decoded(written, feeds)
    return Federation(catalogue, problems, before)


def decoded(written: dict[str, Lines], feeds: dict[str, Lines]) -> tuple[Catalogue, tuple[Problem, ...]]:
    """Return what the sources say that are written so, and what is wrong with them."""
    files = {
        "coopcal.yaml": "title: Example\nuid_domain: example.coop\nlanguages: [en, fr]\ntimezone: Europe/Brussels\n",
        "calendars/table.csv": "title,when\n",
        **{f"calendars/{name}.yaml": _yaml(lines) for name, lines in written.items()},
        **{f"feeds/{name}.yaml": _yaml(lines) for name, lines in feeds.items()},
    }
    tree, problems = read_origin(Contents({path: text.encode() for path, text in files.items()}))
    catalogue, more = decode(tree)

    assert catalogue is not None
    return catalogue, (*problems, *more)


def _yaml(lines: Lines) -> str:
    """Return the text of a file: a line a key, and a line an event."""
    text = [f"{key}: {json.dumps(value)}" for key, value in lines.items() if key != "events"]
    events = [f"  - {json.dumps(event)}" for event in lines.get("events", ())]
    return "\n".join([*text, *(["events:", *events] if events else [])]) + "\n"


def _organisation(chance: Random) -> Lines:
    lines: Lines = {"name": "Somebody", "country": "BE"}
    for key, words, odds in (
        ("formerly", FORMER, 0.3),
        ("removed", EVENTS, 0.2),
        ("declined", tuple(f"{one}/{event}" for one in ORGANISATIONS for event in EVENTS[:3]), 0.4),
        ("part_of", (*ORGANISATIONS, "nobody"), 0.3),
        ("accepts", ORGANISATIONS, 0.2),
    ):
        if chance.random() < odds:
            lines[key] = chance.sample(words, chance.randint(1, 2))
    if chance.random() < 0.1:
        lines["closed"] = {"on": "2026-01-01", "see": chance.choice((*ORGANISATIONS, "nobody"))}
    names = chance.choices(EVENTS, k=chance.randint(0, 5))
    unique = names if chance.random() < 0.1 else list(dict.fromkeys(names))
    return lines | {"events": [_event(chance, name) for name in unique]}


def _event(chance: Random, name: str) -> Lines:
    event: Lines = {"id": name, "title": chance.choice(TITLES), "when": _when(chance)}
    for key, value, odds in (
        ("where", {"city": chance.choice(("Ghent", "Paris")), "country": chance.choice(("BE", "FR"))}, 0.5),
        ("partners", chance.sample((*ORGANISATIONS, "nobody"), 2), 0.4),
        ("tags", chance.sample(TAGS, 1), 0.4),
        ("series", chance.choice(SERIES), 0.3),
        ("uid", chance.choice(UIDS), 0.2),
        ("formerly", chance.sample(EVENTS, 1), 0.2),
        ("note", "Not for everybody", 0.1),
        ("visibility", "members", 0.15),
        ("draft", "true", 0.1),
        ("corrected", "true", 0.1),
        ("reason", "Rain", 0.1),
        ("documents", [{"label": "Table", "file": "calendars/table.csv"}], 0.1),
    ):
        if chance.random() < odds:
            event[key] = value
    if chance.random() < 0.2:
        event["sessions"] = [
            {"id": session, "title": chance.choice(TITLES), "when": event["when"]}
            for session in chance.sample(("opening", "talk", "dance"), 2)
        ]
    elif chance.random() < 0.2:
        change = {chance.choice(DAYS[:4]): {"when": chance.choice(DAYS), "note": "Moved"}}
        event["repeats"] = {"every": "week", "until": "2026-06-30", "changes": change}
    elif chance.random() < 0.2:
        event["when"] = [event["when"], _when(chance)]
    return event


def _when(chance: Random) -> str:
    return chance.choice(DAYS) + chance.choice(CLOCKS)


def _feed(chance: Random) -> Lines:
    select: Lines = {}
    for key, words, odds in (
        ("organisations", (*ORGANISATIONS, "nobody"), 0.5),
        ("tags_any", (*TAGS, "marked"), 0.4),
        ("tags_none", TAGS, 0.2),
        ("countries", ("BE", "FR", "IT"), 0.3),
        ("roles", ("organiser", "partner", "host"), 0.3),
    ):
        if chance.random() < odds:
            select[key] = chance.sample(words, 1)
    lines: Lines = {"title": "Feed"}
    if select:
        lines["select"] = select
    if chance.random() < 0.3:
        lines["formerly"] = chance.sample(("town-fair", "old-mill", "mill"), 1)
    if chance.random() < 0.3:
        lines["show"] = {"cancelled": "hide", "sessions": "text", "imprecise": "pages"}
    return lines


def _edit(chance: Random, written: dict[str, Lines]) -> None:
    """Make one of the edits by which what was published is missed, found elsewhere or new."""
    if not written:
        return
    name = chance.choice(sorted(written))
    events = written[name]["events"]
    edit = chance.choice(("add", "remove", "drop", "rename", "move", "pin", "date", "call", "call", "gone"))
    other = chance.choice(ORGANISATIONS)
    event = chance.choice(events) if events else None
    if edit == "add":
        events.append(_event(chance, chance.choice(EVENTS)))
    elif edit in ("call", "gone") and other not in written:
        written[other] = written.pop(name)
        if edit == "call":
            written[other].setdefault("formerly", []).append(name)
    elif event is None:
        return
    elif edit in ("remove", "drop"):
        events.remove(event)
        if edit == "remove":
            written[name].setdefault("removed", []).append(event["id"])
    elif edit == "rename":
        if chance.random() < 0.5:
            event["formerly"] = [event["id"]]
        event["id"] = chance.choice(EVENTS)
    elif edit == "move" and other in written:
        events.remove(event)
        if chance.random() < 0.8:
            event.setdefault("uid", f"{event['id']}.{name}@example.coop")
        written[other]["events"].append(event)
    elif edit == "pin":
        event["uid"] = chance.choice(UIDS)
    elif edit == "date":
        event["when"] = _when(chance)


def _published(chance: Random, written: dict[str, Lines]) -> Published:
    """Return what a site of these organisations remembers."""
    catalogue, _ = decoded(written, {})
    stamp = Stamp(BEFORE, "0")
    events = {
        uid(event, catalogue.by_id[event.organisation], "example.coop"): PublishedEvent(
            event.key, *event.days
        )
        for event in catalogue.events()
        if event.is_public and not event.draft
    }
    day = date.fromisoformat(chance.choice(DAYS))
    long_ago = PublishedEvent("bakery/long-ago", day, day)
    return Published(
        "example.coop" if chance.random() < 0.9 else "example.org",
        BEFORE,
        {**events, "x1": long_ago, "notice": PublishedTransient(long_ago.first, long_ago.last)},
        dict.fromkeys((*written, "all", "town-fair"), stamp),
        organisations=frozenset(written),
        removed=frozenset({"bakery/long-ago", "mill/walk"} if chance.random() < 0.5 else ()),
        facts=seen_by(catalogue, BEFORE) if chance.random() < 0.5 else None,
    )
