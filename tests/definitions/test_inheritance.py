"""What a date, a stretch, a session or an event does not say it takes over: no key cuts off the value of another.

The keys are those that the records declare, so that a new one is held by itself, with its example as the value.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, replace
from pathlib import Path

import pytest
from tests.support.checking import lay
from tests.support.sweep import some
from tests.support.trees import NOW

from coopcal.compile.pipeline import check
from coopcal.definitions.declared.key import Key, Record
from coopcal.definitions.event_keys import DEFAULTS, INHERITED, SESSION
from coopcal.definitions.repeats.keys import ALSO, CHANGE
from coopcal.model.event import Event, Override, Recurring, Series
from coopcal.model.happening import Details, Happening, Session
from coopcal.model.when import Deadline, Timed, WholeDays, days_of

USUAL = {
    "title": "As usual", "timezone": "America/Los_Angeles", "where": "[hall]", "online": "https://example.org/usual",
    "organisers": "[one]", "hosts": "[{name: Host}]", "partners": "[{name: Partner}]", "participants": "[{name: Participant}]",
    "description": "Usual.", "tags": "[usual]", "links": "[{label: Usual, url: https://example.org/u}]",
    "documents": "[{label: Usual, url: https://example.org/d}]", "registration": "{url: https://example.org/r}",
    "practical": "{bring: Bread}", "languages": "[fr]", "contact": "office", "hashtag": "Usual",
    "image": "{url: https://example.org/u.png, alt: Usual}", "status": "tentative", "reason": "As usual.",
    "visibility": "members", "shows_as": "free", "note": "Usual.", "series": "usual", "public_shows": "busy",
}  # fmt: skip
"""What the event says of itself."""

APART = {
    "title": "Another", "timezone": "Asia/Tokyo", "where": "Hall B", "organisers": "[two]", "hosts": "[two]", "partners": "[two]",
    "participants": "[two]", "links": "[{label: Other, url: https://example.org/o}]",
    "documents": "[{label: Other, url: https://example.org/o}]", "registration": "{url: https://example.org/o}", "contact": "shop",
    "image": "{url: https://example.org/o.png, alt: Other}", "status": "cancelled", "shows_as": "busy", "moved_from": "2026-05-05",
    "sessions": "[{id: other, title: Other, when: 19:30/20:00}]", "hours": "12:00/14:00",
    "visibility": "board", "public_shows": "nothing", "languages": "[nl]",
}  # fmt: skip
"""What one date says of itself; of other keys, the example."""

DEPEND = {name: {name, "sessions"} for name in INHERITED} | {
    "when": {
        "when",
        "sessions",
        "moved_from",
        "second_call",
        "shows_as",
    },  # sessions and the move are of the date that it was
    "hours": {"when"},  # is a part of it
    "timezone": {"when", "sessions"},  # in which the same times on the wall are read
    "where": {"locations", "sessions"},
    "organisers": {"parties", "sessions"},
    "hosts": {"parties", "sessions"},
    "partners": {"parties", "sessions"},
    "participants": {"parties", "sessions"},
    "languages": {"spoken", "sessions"},
    "note": set(),  # is never published
    "formerly": {"former_ids", "oldest_path"},
    "visibility": {"visibility", "sessions"},
    "public_shows": {"public_shows_busy"},
}
"""The fields of an event that a key may change; of other keys, the one of its name.

What sessions take over from their event is in ``sessions``, too.
"""

TIMED, DAYS = "2026-06-09 19:00/21:00", "2026-06-09"
FIXED = {"id", "when", "sessions", "repeats"}
"""The keys that make the frame in which the others are tried."""


Written = Happening | Override


@dataclass(frozen=True)
class Frame:
    """A way in which an event and what is of it are written, and which event of the model that is."""

    record: Record
    lines: Callable[[str, list[str]], list[str]]
    found: Callable[[Event], Written]
    without: frozenset[str] = frozenset()
    """Keys that are of one date alone."""


def block(keys: dict[str, str], indent: int) -> list[str]:
    """Write keys, one on each line."""
    return [f"{' ' * indent}{name}: {value}" for name, value in keys.items()]


def _session(event: Event) -> Session:
    return event.details.sessions[-1]


def _override(happening: Happening) -> Override:
    assert isinstance(happening, Recurring)
    return happening.recurrence.overrides[0]


def _later_override(event: Event) -> Override:
    return _override(event.dates[0])


def _repeats(*inner: str) -> list[str]:
    return ["    repeats:", "      every: week", "      count: 6", *inner]


def under(key: str, body: list[str], indent: int) -> list[str]:
    """Write what stands under a key."""
    return [f"{' ' * indent}{key}:", *body]


FRAMES = {
    "change": Frame(
        CHANGE,
        lambda when, own: [f"    when: {when}", *_repeats("      changes:", "        2026-06-16:", *own)],
        _override,
    ),
    "change in a stretch": Frame(
        CHANGE,
        lambda when, own: [
            f"    when: {when}",
            *_repeats(
                "      changes:", "        2026-06-23:", "          note: x", "        from 2026-06-16:", *own
            ),
        ],
        _later_override,
        frozenset({"moved_from", "second_call"}),
    ),
    "stretch": Frame(
        CHANGE,
        lambda when, own: [
            f"    when: {when}",
            *_repeats("      changes:", "        from 2026-06-16:", *own),
        ],
        lambda event: event.dates[0],
        frozenset({"second_call"}),
    ),
    "further date": Frame(
        ALSO,
        lambda when, own: [
            f"    when: {when}",
            *_repeats("      also:", f"        - when: {when.replace('-09', '-11')}", *own),
        ],
        lambda event: event.dates[0],
    ),
    "second of a list": Frame(
        ALSO,
        lambda when, own: [
            "    when:",
            f"        - {when}",
            f"        - when: {when.replace('-09', '-11')}",
            *own,
        ],
        lambda event: event.dates[0],
    ),
    "first of a list": Frame(
        ALSO,
        lambda when, own: ["    when:", f"        - when: {when}", *own, "        - 2026-07-11 19:00/21:00"],
        lambda event: replace(event, dates=(), whole_title=None),
    ),
}
"""Each takes the ``when`` of the event and the lines of the one date, which are indented by ten."""

SESSIONS = [
    "    sessions:",
    "      - {id: taking, title: Taking all}",
    "      - {id: own, title: Own, where: Own room, timezone: Asia/Tokyo, status: tentative, contact: shop, tags: [own]}",
]
HEAD = """\
name: One
country: BE
places:
  hall: {name: The hall}
contacts:
  office: {name: Office}
  shop: {name: Shop}
"""
SITE = "title: T\nuid_domain: example.org\ntimezone: Europe/Brussels\ngroups: [board]\n"


def read_events(root: Path, text: str, head: str = HEAD) -> dict[str, Event]:
    """Return the events of a file, each sound."""
    files = {"coopcal.yaml": SITE, "calendars/one.yaml": head + text, "calendars/two.yaml": "name: Two\n"}
    checked = check(lay(root, files), NOW)
    assert [str(each) for each in checked.problems if each.severity == "error"] == []
    assert checked.catalogue is not None
    one = next(each for each in checked.catalogue.organisations if each.id == "one")
    return {event.path[0]: event for event in one.events}


def differing(one: Written, other: Written) -> set[str]:
    """Return the names of the fields in which two differ, but for where these stand in the file."""
    own = {each.name for each in fields(one)} & {each.name for each in fields(other)}
    shown = {each.name for each in fields(Details) if each.compare} - {"position", "parties", "sessions"}
    told = {
        name
        for name in own - {"details", "path", "oldest_path"}
        if getattr(one, name) != getattr(other, name)
    }
    told |= {name for name in shown if getattr(one.details, name) != getattr(other.details, name)}
    if [replace(party, position=None) for party in one.details.parties] != [
        replace(party, position=None) for party in other.details.parties
    ]:
        told.add("parties")
    if len(one.details.sessions) != len(other.details.sessions) or any(
        map(differing, one.details.sessions, other.details.sessions)
    ):
        told.add("sessions")
    return told


def values(key: Key) -> tuple[str, str]:
    """Return what the event says under a key and what one date does."""
    return USUAL.get(key.name, ""), APART.get(key.name, key.example)


def tried(record: Record) -> Iterator[Key]:
    """Return the keys that are tried one by one."""
    return (key for key in record.keys if key.name not in FIXED - {"sessions"})


def usual(when: str) -> dict[str, str]:
    """Return what the event says; opening hours go with whole days."""
    return USUAL | ({"hours": "10:00/18:00"} if when == DAYS else {})


@pytest.mark.parametrize("when", [TIMED, DAYS], ids=["timed", "days"])
@pytest.mark.parametrize("name", FRAMES)
def test_a_key_of_one_date_leaves_the_values_of_all_others(tmp_path: Path, name: str, when: str) -> None:
    """Whatever one date says, all else is as it is of a date that says nothing."""
    frame = FRAMES[name]
    text = ["events:"]
    without = frame.without | {"hours" if when == TIMED else "timezone"}
    keys = [key for key in tried(frame.record) if key.name not in without]
    for at, own in enumerate([{}, *({key.name: values(key)[1]} for key in keys)]):
        plain = {} if own else {"note": "x"}
        text += [f"  - id: e{at}", *block(usual(when), 4), *SESSIONS]
        text += frame.lines(when, block(own or plain, 10))

    events = read_events(tmp_path, "\n".join(text) + "\n")

    as_usual = frame.found(events["e0"])
    for at, key in enumerate(keys, 1):
        told = differing(as_usual, frame.found(events[f"e{at}"]))
        may = DEPEND.get(key.name, {key.name})
        assert told <= may, key.name
        assert told or not may, f"{key.name} has no effect"
        for before, after in zip(
            as_usual.details.sessions, frame.found(events[f"e{at}"]).details.sessions, strict=False
        ):
            assert key.name == "sessions" or differing(before, after) <= may - {"sessions"}, key.name


@pytest.mark.sweep
@pytest.mark.parametrize("when", [TIMED, DAYS], ids=["timed", "days"])
def test_two_keys_of_one_date_hold_as_each_alone(tmp_path: Path, when: str) -> None:
    """What both say is there, and nothing else."""
    frame = FRAMES["change"]
    without = {"hours", "timezone", "where"} if when == TIMED else {"timezone"}
    keys = [key for key in tried(frame.record) if key.name not in without]
    pairs = some([(one, other) for at, one in enumerate(keys) for other in keys[at + 1 :]], sample=60)
    text = ["events:"]
    for at, both in enumerate(pairs):
        own = {key.name: values(key)[1] for key in both}
        text += [f"  - id: e{at}", *block(usual(when), 4), *SESSIONS, *frame.lines(when, block(own, 10))]
    for key in keys:
        own = {key.name: values(key)[1]}
        text += [f"  - id: {key.name.replace('_', '-')}", *block(usual(when), 4), *SESSIONS]
        text += frame.lines(when, block(own, 10))

    events = read_events(tmp_path, "\n".join(text) + "\n")

    for at, (one, other) in enumerate(pairs):
        found = frame.found(events[f"e{at}"])
        for key, beside in ((one, other), (other, one)):
            alone = frame.found(events[key.name.replace("_", "-")])
            assert differing(alone, found) <= DEPEND.get(beside.name, {beside.name}), (one.name, other.name)


@pytest.mark.parametrize("when", [TIMED, DAYS], ids=["timed", "days"])
def test_a_key_of_an_event_leaves_the_values_of_all_others_in_the_defaults(tmp_path: Path, when: str) -> None:
    """Whatever an event says, all else is as the organisation has it."""
    keys = [key for key in tried(DEFAULTS) if key.name != ("hours" if when == TIMED else "timezone")]
    text = ["defaults:", *block(usual(when), 2), "events:", f"  - {{id: e0, title: As usual, when: {when}}}"]
    for at, key in enumerate(keys, 1):
        own = {"title": "As usual", "when": when, key.name: values(key)[1]}
        text += [f"  - id: e{at}", *block(own, 4)]

    events = read_events(tmp_path, "\n".join(text) + "\n")

    for at, key in enumerate(keys, 1):
        told, may = differing(events["e0"], events[f"e{at}"]), DEPEND.get(key.name, {key.name})
        assert told <= may, key.name
        assert told or not may, f"{key.name} has no effect"


def test_a_key_of_a_session_leaves_the_values_of_all_others(tmp_path: Path) -> None:
    """Whatever a session says, all else is as it is of one that says nothing; what is inherited, as of its event."""
    keys = [key for key in tried(SESSION) if key.name not in {"hours", "id", "visibility"}]
    text = ["events:", "  - id: event", *block(usual(TIMED), 4), f"    when: {TIMED}", "    sessions:"]
    text += ["      - {id: s0, title: As usual, when: 19:00/21:00}"]
    for at, key in enumerate(keys, 1):
        own = {"title": "As usual", "when": "19:00/21:00", key.name: values(key)[1]}
        text += [f"      - id: s{at}", *block(own, 8)]

    event = read_events(tmp_path, "\n".join(text) + "\n")["event"]

    sessions = {session.path[1]: session for session in event.details.sessions}
    assert differing(event, sessions["s0"]) <= {
        "description", "links", "documents", "registration", "practical", "hashtag", "image", "series", "public_shows_busy",
        "sessions",
    }  # fmt: skip
    for at, key in enumerate(keys, 1):
        told, may = differing(sessions["s0"], sessions[f"s{at}"]), DEPEND.get(key.name, {key.name})
        assert told <= may, key.name
        assert told or not may, f"{key.name} has no effect"
    assert {key.name for key in SESSION.keys} >= set(INHERITED)


PLACES = """\
places:
  hall: {name: The hall}
  tokyo: {name: Tokyo hall, timezone: Asia/Tokyo}
  kyoto: {name: Kyoto hall, country: JP}
  vegas: {name: Vegas hall, country: US, timezone: America/Los_Angeles}
"""
LOS_ANGELES = "timezone: America/Los_Angeles"
ZONES = [
    (LOS_ANGELES, "where: Hall B", "America/Los_Angeles"),
    (LOS_ANGELES, "where: hall", "America/Los_Angeles"),
    (LOS_ANGELES, "where: []", "America/Los_Angeles"),
    (LOS_ANGELES, "where: {name: Hall B, country: US}", "America/Los_Angeles"),  # one of the zones there
    (LOS_ANGELES, "online: https://example.org/", "America/Los_Angeles"),
    (LOS_ANGELES, "where: kyoto", "Asia/Tokyo"),
    (LOS_ANGELES, "where: tokyo", "Asia/Tokyo"),
    (LOS_ANGELES, "timezone: Asia/Tokyo", "Asia/Tokyo"),
    (LOS_ANGELES, "{where: kyoto, timezone: Europe/Rome}", "Europe/Rome"),
    ("where: vegas", "where: Hall B", "America/Los_Angeles"),
    ("where: vegas", "{where: {city: Las Vegas, country: US}}", "America/Los_Angeles"),
    ("where: kyoto", "where: Hall B", "Asia/Tokyo"),
    ("where: kyoto", "where: {name: Fair, country: FR}", "Europe/Paris"),
    (f"{LOS_ANGELES}\n    where: tokyo", "where: tokyo", "America/Los_Angeles"),  # it tells nothing new
    ("note: x", "where: Hall B", "Europe/Brussels"),
]
"""What an event says, what a date of it, and the zone of that date; the organisation's is Europe/Brussels."""


def zone_frames(own: str) -> dict[str, tuple[list[str], Callable[[Event], Written]]]:
    """Return the ways in which a date of an event may say something, and where that date is then."""
    own = own.removeprefix("{").removesuffix("}") if not own.startswith(("where: {", "where: [")) else own
    first, second = "2026-06-09 15:00/16:00", "2026-06-16 15:00/16:00"
    changes = "    repeats: {every: week, count: 6, changes: {"
    return {
        "change": ([f"    when: {first}", f"{changes}2026-06-16: {{ {own} }}}}}}"], _override),
        "change with when": (
            ["    when: 2026-06-09 12:00/13:00", f"{changes}2026-06-16: {{when: 15:00/16:00, {own} }}}}}}"],
            _override,
        ),
        "stretch": (
            [f"    when: {first}", f"{changes}from 2026-06-16: {{ {own} }}}}}}"],
            lambda event: event.dates[0],
        ),
        "change in a stretch": (
            [
                f"    when: {first}",
                f"{changes}from 2026-06-16: {{ {own} }}, 2026-06-23: {{where: Hall C}}}}}}",
            ],
            _later_override,
        ),
        "further date": (
            [
                f"    when: {first}",
                f"    repeats: {{every: week, count: 1, also: [{{when: {second}, {own} }}]}}",
            ],
            lambda event: event.dates[0],
        ),
        "second of a list": (
            [f"    when: [{first}, {{when: {second}, {own} }}]"],
            lambda event: event.dates[0],
        ),
        "first of a list": ([f"    when: [{{when: {second}, {own} }}, {first}]"], lambda event: event),
        "session": (
            [f"    when: {first}", f"    sessions: [{{id: s, title: S, when: 15:00/16:00, {own} }}]"],
            _session,
        ),
    }


def test_a_place_that_tells_no_zone_changes_none(tmp_path: Path) -> None:
    """The event's zone is kept, wherever it is from, unless the date's own place or zone tells another."""
    text, expected = ["events:"], {}
    for at, (event, own, zone) in enumerate(ZONES):
        for number, (name, (lines, found)) in enumerate(zone_frames(own).items()):
            text += [f"  - id: e{at}-{number}", "    title: Call", f"    {event}", *lines]
            expected[f"e{at}-{number}"] = (event, own, name, found, zone)
    head = HEAD.replace("places:\n  hall: {name: The hall}\n", PLACES)

    events = read_events(tmp_path, "\n".join(text) + "\n", head)

    for identifier, (event, own, name, found, zone) in expected.items():
        when = found(events[identifier]).details.when
        assert isinstance(when, Timed), (event, own, name)
        assert (when.timezone, f"{when.start:%H:%M}") == (zone, "15:00"), (event, own, name)


def test_a_zone_that_two_places_could_have_is_asked_for_on_a_date(tmp_path: Path) -> None:
    """A country with several zones, none of which is the event's: what is meant is asked for, there."""
    text = (
        "name: One\nevents:\n  - id: a\n    title: A\n    when: 2026-06-09 15:00/16:00\n"
        "    repeats: {every: week, count: 2, changes: {2026-06-16: {where: {city: Boise, country: US}}}}\n"
    )
    problems = check(lay(tmp_path, {"calendars/one.yaml": text}), NOW).problems

    assert [(each.code, each.position.line) for each in problems if each.severity == "error"] == [
        ("which-zone", 6)
    ]


def test_times_that_clocks_skip_in_the_zone_of_a_date_are_told(tmp_path: Path) -> None:
    """A date whose place tells another zone has the usual times there, which must exist."""
    text = (
        "name: One\nevents:\n  - id: a\n    title: A\n    when: 2026-03-01 02:30/04:00\n    timezone: Asia/Tokyo\n"
        "    repeats: {every: week, count: 6, changes: {2026-03-29: {where: {city: Rome, country: IT}}}}\n"
    )
    problems = check(lay(tmp_path, {"calendars/one.yaml": text}), NOW).problems

    assert [each.code for each in problems if each.severity == "error"] == ["no-such-time"]


def test_opening_hours_hold_for_all_days_of_a_list(tmp_path: Path) -> None:
    """What is told by weekday too; those of one date hold for that one."""
    text = """\
events:
  - {id: a, title: A, when: [2026-06-09, 2026-06-11/2026-06-12], hours: 10:00/18:00}
  - {id: b, title: B, when: [2026-06-09, 2026-06-11], hours: {2026-06-09: 10:00/18:00, Thursday: 9:00/12:00}}
  - {id: c, title: C, when: [2026-06-09, 2026-06-11 19:00/20:00], hours: 10:00/18:00}
"""
    events = read_events(tmp_path, text)

    def opens(identifier: str) -> list[object]:
        when = events[identifier].dates[0].details.when
        return [f"{each.opens:%H:%M}" for each in when.hours] if isinstance(when, WholeDays) else []

    assert [opens(identifier) for identifier in "abc"] == [["10:00"], ["09:00"], []]


def test_a_season_of_a_date_is_that_of_the_place_of_its_event(tmp_path: Path) -> None:
    """A room without a country does not move it to the other half of the earth."""
    text = "events:\n  - {id: a, title: A, where: {city: Mendoza, country: AR}, when: [2026-05-05, {when: autumn 2027, where: Hall B}]}\n"

    when = read_events(tmp_path, text)["a"].dates[0].details.when

    assert not isinstance(when, Timed | Deadline | WholeDays)
    assert str(days_of(when)[0]) == "2027-03-01"


def test_the_sessions_of_a_date_take_over_what_it_says(tmp_path: Path) -> None:
    """Where they do not say it themselves; what is written for one month takes over what its event says."""
    text = """\
events:
  - id: a
    title: A
    when: 2026-06-09 12:00/14:00
    where: hall
    visibility: members
    sessions:
      - {id: x, title: X, when: 12:00/13:00}
      - {id: y, title: Y, when: 2026-06-09 13:00/14:00, where: Own room}
    repeats:
      every: week
      count: 6
      changes:
        2026-06-16: {where: {name: Fair, country: JP}}
        2026-06-23: {status: cancelled}
        2026-06-30: {sessions: [{id: z, title: Z, when: 12:30/13:00}]}
"""
    event = read_events(tmp_path, text)["a"]
    assert isinstance(event, Series)
    moved, off, own = (override.details.sessions for override in event.recurrence.overrides)

    assert [
        str(each.details.locations[0].name and each.details.locations[0].name.say("en")) for each in moved
    ] == [
        "Fair",
        "Own room",
    ]
    assert [each.details.when.start.isoformat() for each in moved if isinstance(each.details.when, Timed)] == [
        "2026-06-16T12:00:00+09:00", "2026-06-16T13:00:00+09:00",
    ]  # fmt: skip
    assert [each.details.status for each in off] == ["cancelled", "cancelled"]
    assert [
        (each.details.locations[0].name and each.details.locations[0].name.say("en"), each.visibility)
        for each in own
    ] == [("The hall", frozenset({"members"}))]


@pytest.mark.parametrize(
    ("own", "zone"),
    [
        ("where: kyoto", "Asia/Tokyo"),
        ("where: tokyo", "Asia/Tokyo"),
        ("where: {name: Mill, timezone: Asia/Kathmandu}", "Asia/Kathmandu"),
        ("where: Hall B", "America/New_York"),
        ("where: []", "America/New_York"),
        ("where: {city: Boston, country: US}", "America/New_York"),
        ("where: kyoto\n    timezone: Europe/Rome", "Europe/Rome"),
        ("note: x", "America/New_York"),
    ],
)
@pytest.mark.parametrize("usual", ["", ", where: [{name: Fair, country: FR}]"])
def test_a_zone_of_the_defaults_gives_way_to_the_place_that_an_event_tells(
    tmp_path: Path, own: str, zone: str, usual: str
) -> None:
    """The hour would be that of another continent, silently; a place that tells no zone changes none."""
    head = HEAD.replace("places:\n  hall: {name: The hall}\n", PLACES)
    head += f"defaults: {{timezone: America/New_York{usual}}}\n"
    sessions = "    sessions: [{id: s, title: S, when: 15:15/15:30}]\n"
    text = f"events:\n  - id: a\n    title: A\n    when: 2026-06-09 15:00/16:00\n    {own}\n{sessions}"

    event = read_events(tmp_path, text, head)["a"]
    for when in (event.details.when, event.details.sessions[0].details.when):
        assert isinstance(when, Timed)
        assert (when.timezone, when.start.hour) == (zone, 15)
