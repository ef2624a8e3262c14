"""What we give out as jCal, JSON and CSV comes back whole: every kind of event, of whole sites."""

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.authoring.importing.test_cases import lay, run
from tests.support.sweep import sized
from tests.support.trees import NOW
from tests.test_golden_feeds import CASES
from werkzeug.test import Client

from coopcal.authoring.importing.run import Given, Outcome, Wish, import_events
from coopcal.compile.pipeline import compile_site
from coopcal.site.reader import LiveSite
from coopcal.web import create_app

SAME = (
    "uid",
    "title",
    "kind",
    "first_day",
    "last_day",
    "start",
    "end",
    "closes",
    "timezone",
    "where",
    "online",
    "status",
    "tags",
)
WHOLE = (
    *SAME,
    "places",
    "links",
    "documents",
    "registration",
    "practical",
    "languages",
    "contact",
    "hashtag",
    "series",
    "reason",
    "image",
)
OWN = ("name", "full_name", "country", "timezone", "languages", "formerly", "part_of")
FEEDS = [
    (case.name, path.stem if path.name != "organisation.yaml" else path.parent.name)
    for case in CASES
    for path in sorted((case / "source/calendars").rglob("*.yaml"))
    if re.search("^name:", path.read_text(encoding="utf-8"), re.MULTILINE)
]


def site(root: Path) -> Client:
    """Compile a site and serve it."""
    outcome = compile_site(root, root / "_site", NOW)

    assert outcome.published, outcome.problems
    return Client(create_app(LiveSite(root / "_site"), lambda: NOW))


def emptied(source: Path, root: Path) -> Path:
    """Copy a tree without its events."""
    shutil.copytree(source, root)
    shutil.rmtree(root / "feeds", ignore_errors=True)
    for path in sorted((root / "calendars").rglob("*.yaml")):
        said = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)
        kept = {name: value for name, value in said.items() if name in OWN}
        if kept.get("name"):
            path.write_text(yaml.safe_dump(kept, allow_unicode=True), encoding="utf-8")
        else:
            path.unlink()
    return root


def occurrences(client: Client, organisation: str, names: tuple[str, ...]) -> list[dict[str, Any]]:
    """Return what takes place of an organisation, in an order of its own."""
    found = json.loads(client.get(f"/feeds/{organisation}.json").data)["occurrences"]
    return sorted(
        (
            {
                name: each[name].split("+")[0] if name == "uid" else each[name]
                for name in names
                if name in each
            }
            for each in found
        ),
        key=lambda each: json.dumps(each, sort_keys=True),
    )


def through(tmp_path: Path, case: str, organisation: str, form: str) -> tuple[Client, Client, Outcome]:
    """Compile a case, import what it gives out into the empty tree, and compile that."""
    source = next(each for each in CASES if each.name == case) / "source"
    first = tmp_path / "first"
    shutil.copytree(source, first)
    before = site(first)
    root = emptied(source, tmp_path / "second")
    data = before.get(f"/feeds/{organisation}.{form}").data
    outcome = import_events(
        root, organisation, Given(data, f"x.{form}"), NOW, out=root / "_site", wish=Wish()
    )

    assert outcome.refusal is None
    return before, site(root), outcome


@pytest.mark.parametrize(("case", "organisation"), FEEDS)
def test_json(tmp_path: Path, case: str, organisation: str) -> None:
    """All that it says comes back, but for opening hours, which it says in words."""
    before, after, outcome = through(tmp_path, case, organisation, "json")

    assert {each.code for each in outcome.losses} <= {"as-list", "no-key", "not-public"}
    assert occurrences(after, organisation, WHOLE) == occurrences(before, organisation, WHOLE)


@pytest.mark.parametrize(("case", "organisation"), FEEDS)
def test_csv(tmp_path: Path, case: str, organisation: str) -> None:
    """All that a table has columns for."""
    before, after, outcome = through(tmp_path, case, organisation, "csv")

    assert {each.code for each in outcome.losses} <= {"as-list"}
    assert occurrences(after, organisation, SAME) == occurrences(before, organisation, SAME)


@pytest.mark.parametrize(("case", "organisation"), FEEDS)
def test_jcal(tmp_path: Path, case: str, organisation: str) -> None:
    """It says what the .ics says."""
    source = next(each for each in CASES if each.name == case) / "source"
    shutil.copytree(source, tmp_path / "first")
    before = site(tmp_path / "first")
    texts = []
    for form in ("ics", "jcal"):
        root = emptied(source, tmp_path / form)
        given = Given(before.get(f"/feeds/{organisation}.{form}").data, f"x.{form}")
        outcome = import_events(root, organisation, given, NOW, out=root / "_site", wish=Wish())
        texts.append(
            ({path.relative_to(root): path.read_text(encoding="utf-8") for path in sorted((root / "calendars").rglob("*.yaml"))},
             [(step.kind, step.id) for step in outcome.steps], sorted((each.code, each.what) for each in outcome.losses))
        )  # fmt: skip

    assert texts[0] == texts[1]


@pytest.mark.parametrize(
    ("data", "code", "said"),
    [
        (b"{", 2, "This JSON cannot be read"),
        (b"[" * 200_000, 2, "nested too deeply"),
        (b'{"a":' * 200_000, 2, "nested too deeply"),
        (b'{"a": ' + b"9" * 5000 + b"}", 2, "This JSON cannot be read"),
        (b'{"error": "log in"}', 2, "neither jCal nor a feed of coopcal"),
        (
            b'{"version": 1, "next": "https://x.coop/feeds/all.en.json?page=2", "occurrences": []}',
            2,
            "a part of a long feed",
        ),
        (b'{"version": 2, "occurrences": []}', 2, "of another version"),
        (b'{"version": 1, "occurrences": []}', 1, "Events: none."),
        (
            b'{"version": 1, "occurrences": [5, {"title": "x"}, {"kind": "timed", "start": "soon"}]}',
            1,
            "[no-start]",
        ),
        (
            b'{"version": 1, "occurrences": [{"title": "x", "links": ' + b"[" * 900 + b"]" * 900 + b"}]}",
            2,
            "nested too deeply",
        ),
        (
            b'{"version": 1, "occurrences": [{"title": "a\\ud800b", "kind": "days", "first_day": "2026-06-05"}]}',
            0,
            "Events: 1 new.",
        ),
        (
            b'{"version": 1, "occurrences": [{"title": "x", "kind": "days", "first_day": "9999-12-31", "last_day": "9999-12-31"}]}',
            1,
            "[no-start]",
        ),
        (
            b'{"version": 1, "occurrences": [{"title": "x", "kind": "timed", "start": "9999-12-31T23:59", "timezone": "Mars/Base"}]}',
            1,
            "[no-start]",
        ),
        (b'["vcalendar", [], []]', 1, "Events: none."),
        (b'["vcalendar", [5, ["x"]], [["vevent", [["summary", {}, "text", "x"]], []], 7]]', 1, "[no-start]"),
    ],
)
def test_json_that_is_none_of_ours(tmp_path: Path, data: bytes, code: int, said: str) -> None:
    """It is told, in words; nothing crashes."""
    root = lay(tmp_path / "tree")
    source = tmp_path / "x.json"
    source.write_bytes(data)
    done = run(root, source)

    assert done.exit_code == code
    assert said in done.output
    assert "fault" not in done.output


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12) | st.sampled_from(("vevent", "text", "date-time", "2026-06-05", "timed", "days", "2026-06-05T10:00:00")),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.sampled_from(WHOLE) | st.text(max_size=8), inner, max_size=6),
    max_leaves=25,
)  # fmt: skip


@settings(
    max_examples=sized(60, sample=8),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.one_of(
        JSON,
        st.lists(JSON).map(lambda found: {"version": 1, "occurrences": found}),
        st.lists(JSON).map(lambda found: ["vcalendar", [], found]),
    )
)
def test_any_json(tmp_path: Path, said: Any) -> None:
    """Read, or told; never a crash."""
    root = tmp_path / "tree"
    shutil.rmtree(root, ignore_errors=True)
    lay(root)
    given_ = Given(json.dumps(said).encode(), "x.json")

    assert import_events(root, "org", given_, NOW, out=root / "_site", wish=Wish()) is not None
