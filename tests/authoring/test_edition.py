"""The next edition: every event that there is in the examples can be copied, and nothing of it is lost unsaid."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from tests.support.trees import NOW

from coopcal.authoring.edit import append_events, source_of, values_of
from coopcal.authoring.edition import LEFT, Edition, Wanted, next_edition
from coopcal.authoring.moved_dates import days_in, first_day, in_years, items_of, moved, with_year, written_of
from coopcal.authoring.text import Value
from coopcal.authoring.unwritten import EventTrial
from coopcal.cli.new.next_edition import Last
from coopcal.compile.pipeline import check
from coopcal.definitions.source.node import Listing
from coopcal.definitions.source.reader import read_tree
from coopcal.definitions.source.tree import SITE_FILE, OrganisationFiles
from coopcal.model.problem import Severity

REPOSITORY = Path(__file__).parents[2]
TREES = [
    REPOSITORY,
    REPOSITORY / "tests/golden/diff/before",
    *sorted(REPOSITORY.glob("tests/golden/feeds/*/source")),
]
A_YEAR = 364
"""Days after which all weekdays are the same."""


def events_of(files: OrganisationFiles) -> Iterator[Last]:
    for file in (files.main, *files.events):
        listed = file.node.get("events") if file else None
        for node in listed.items if isinstance(listed, Listing) else ():
            keys = values_of(node)
            if file and isinstance(keys, dict):
                yield Last(file, keys)


def copied(last: Last, trial: EventTrial) -> Edition:
    """Return an event's next edition, a year later, on a day that goes with its repetition."""
    when = written_of(items_of(last.keys["when"])[0])
    day = first_day(when)
    if day is None:
        return last.edition(str(with_year(when, int(trial({"when": when})[0].days[0].year), 2029)), trial)
    said = str(day + timedelta(days=A_YEAR))
    edition = last.edition(said, trial)
    _, problems = trial(edition.keys)
    if problems and problems[0].code == "first-date-not-in-rule":  # the mend is what people type then
        mended = str(problems[0].mend).removeprefix("when: ")
        edition = last.edition(str(days_in(mended)[0]), trial)
    return edition


def paths(value: Value, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Return the way to each text of a value; items of lists are not counted, and days are not told apart, which move."""
    match value:
        case str():
            yield path
        case dict():
            for key, each in value.items():
                yield from paths(each, (*path, "a day" if first_day(key) else key))
        case _:
            for each in value:
                yield from paths(each, path)


@pytest.mark.parametrize("root", TREES, ids=lambda root: root.parent.name)
def test_every_event_is_copied_and_checks_clean_with_all_keys_carried_or_named(root: Path) -> None:
    """All copies stand in the files at once, and bring no error."""
    before = check(root, NOW)
    tree, _ = read_tree(root)
    edited: dict[str, str] = {}
    count = 0
    for files in tree.organisations:
        trial = EventTrial(before.texts[SITE_FILE], files.id, files.main.node)
        for last in events_of(files):
            edition = copied(last, trial)
            told = " ".join(edition.told)
            there = set(paths(edition.keys))
            for path in set(paths(last.keys)) - {("id",)} - there:
                assert (
                    any(".".join(path[:end]) in told for end in range(1, len(path) + 1)) or path[-1] in told
                ), (
                    path,
                    told,
                )
            assert set(LEFT).isdisjoint(edition.keys)
            file = last.file.path
            source = source_of(file, edited.get(file, before.texts[file]))
            text = append_events(source, [{"id": f"{last.keys['id']}-next", **edition.keys}])

            assert isinstance(text, str)
            edited[file] = text
            count += 1
    after = check(root, NOW, instead=edited)
    known = {(each.code, each.message) for each in before.problems}
    new = [each for each in after.problems if (each.code, each.message) not in known]

    assert count > 0
    assert [each for each in new if each.severity is Severity.ERROR] == []


LAST: dict[str, Value] = {"id": "school-2026", "title": "School 2026/27", "when": "2026-09-12 10:00/17:00"}


@pytest.mark.parametrize(
    ("keys", "said", "alone", "expected"),
    [
        ({}, "2027-09-11", True, {"when": "2027-09-11 10:00/17:00", "title": "School 2027/28"}),
        ({}, "2027-09-11 9:00/12:00", False, {"when": "2027-09-11 9:00/12:00"}),
        ({"when": "Sat 2026-09-12 10:00/PT90M"}, "2027-09-11", True, {"when": "2027-09-11 10:00/PT90M"}),
        (
            {"when": "2026-09-12 22:00/2026-09-13 01:00"}, "2027-09-11", True,
            {"when": "2027-09-11 22:00/2027-09-12 01:00"},
        ),
        ({"when": "until 2026-09-12 12:00"}, "2027-09-11", True, {"when": "until 2027-09-11 12:00"}),
        ({"when": "2026-09-12 ??:??"}, "2027-09-11", True, {"when": "2027-09-11 ??:??"}),
        (
            {"when": "2026-09-12/2026-09-14", "hours": {"2026-09-13": "10:00/18:00", "Sat": "9:00/12:00"}}, "2027-09-11", True,
            {"when": "2027-09-11/2027-09-13", "hours": {"2027-09-12": "10:00/18:00", "Sat": "9:00/12:00"}},
        ),
        ({"when": "2026-09-12?"}, "2027-09-11", True, {"when": "2027-09-11"}),
        ({"when": "autumn 2026"}, "2027-09-11", True, {"when": "2027-09-11"}),
        (
            {"when": ["2026-09-01 18:00/20:00", "2026-09-08 18:00/20:00", {"when": "2026-09-19 10:00/16:00", "status": "cancelled"}]},
            "2027-08-31", True,
            {"when": ["2027-08-31 18:00/20:00", "2027-09-07 18:00/20:00", {"when": "2027-09-18 10:00/16:00"}]},
        ),
        (
            {"when": ["2026-09-01 18:00/20:00", "2026-09-08 18:00/20:00", "2026-09-19 10:00/16:00"]}, "2027-09-02 19:00/21:00", False,
            {"when": ["2027-09-02 19:00/21:00", "2027-09-09 19:00/21:00", "2027-09-20 10:00/16:00"]},
        ),
        (
            {"repeats": {"every": "week", "until": "2027-06-30", "except": ["2026-12-26", "summer"], "also": ["2026-10-01"]}},
            "2027-09-11", True,
            {"repeats": {"every": "week", "until": "2028-06-30", "except": ["summer"]}},
        ),
        ({"repeats": {"every": "week", "count": "10"}}, "2027-09-11", True, {"repeats": {"every": "week", "count": "10"}}),
        (
            {"repeats": {"rule": "FREQ=WEEKLY;UNTIL=20270630"}}, "2027-09-11", True,
            {"repeats": {"rule": "FREQ=WEEKLY;UNTIL=20280630"}},
        ),
        ({"repeats": {"every": "week"}}, "2027", False, {"repeats": None}),
        (
            {"sessions": [{"id": "a", "when": "2026-09-12 11:00/12:00", "note": "x"}]}, "2027-09-11", True,
            {"sessions": [{"id": "a", "when": "11:00/12:00"}]},
        ),
        (
            {"when": "2026-09-12/2026-09-13", "sessions": [{"id": "a-2026", "when": "2026-09-13 11:00"}]}, "2027-09-11", True,
            {"sessions": [{"id": "a-2027", "when": "2027-09-12 11:00"}]},
        ),
        ({"registration": {"url": "https://a.coop/", "closes": "2026-09-01", "free": "2", "places": "40"}}, "2027-09-11", True,
         {"registration": {"url": "https://a.coop/", "places": "40"}}),
        ({"registration": {"full": "true"}}, "2027-09-11", True, {"registration": None}),
    ],
)  # fmt: skip
def test_what_is_carried(keys: dict[str, Value], said: str, alone: bool, expected: dict[str, Value]) -> None:  # noqa: FBT001
    """None where a key is left out."""
    wanted = Wanted(said, first_day(said), int(said[:4]), alone)
    edition = next_edition({**LAST, **keys}, wanted)

    assert {name: edition.keys.get(name) for name in expected} == expected


def test_what_was_so_of_the_last_one_alone_is_named() -> None:
    """At every level; and what names the old year, or has a number in its title, is to be looked at."""
    last = {
        **LAST,
        "title": "12th school 2026",
        "status": "cancelled",
        "note": "x",
        "description": "As in 2026",
        "sessions": [{"id": "a", "when": "11:00", "documents": []}],
    }
    told = next_edition(last, Wanted("2027-09-11", first_day("2027-09-11"), 2027, day_alone=True)).told

    assert (
        "This was so of the last edition alone, and was left out: status, note, sessions.documents." in told
    )
    assert "The year 2026 stands in description; look whether it still holds." in told
    assert "The title has a number in it; look whether it still holds: 12th school 2027." in told


def test_days_are_moved() -> None:
    """Weekdays and offsets, which were those of the old day, are taken out; the end of a year stays one."""
    assert moved("Sat 2026-10-24 02:30+02:00/Sun 2026-10-25 04:00", 7) == "2026-10-31 02:30/2026-11-01 04:00"
    assert str(in_years(first_day("2026-12-31"), 370)) == "2027-12-31"
    assert str(in_years(first_day("2028-02-29"), 365)) == "2029-02-28"
    assert str(in_years(first_day("2026-06-30"), 90)) == "2026-09-28"
    assert with_year({"de": "2026/27, 2026–2027, 20261"}, 2026, 2029) == {"de": "2029/30, 2029–2030, 20261"}
