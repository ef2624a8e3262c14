"""What clients read out of the bytes is what the sources say: through ical.js and through icalendar."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import icalendar
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.support import lint
from tests.support.node import ask
from tests.support.sweep import sized
from tests.support.trees import NOW

from coopcal import zones
from coopcal.compile.pipeline import check, compile_site
from coopcal.compile.render.rendering import Surroundings
from coopcal.model.entry import Entry
from coopcal.model.event import Recurring
from coopcal.model.feed import ShowImprecise
from coopcal.model.when import Deadline, Imprecise, Timed, days_of
from coopcal.selection.choice import select
from coopcal.selection.plan import plan
from coopcal.selection.until import Turns
from coopcal.selection.visible import public_events
from coopcal.site.reader import open_site

REPOSITORY = Path(__file__).parents[1]
TREES = [*sorted(path / "source" for path in (REPOSITORY / "tests/golden/feeds").iterdir()), REPOSITORY]

Span = tuple[str, str]
"""Start and end: dates, or instants in UTC."""


def written(event: Entry, imprecise: ShowImprecise) -> Span:
    """Return when an event stands in a calendar, from the model alone."""
    match event.details.when:
        case Timed(start=start, usual_end=end):
            return start.astimezone(UTC).isoformat(), end.astimezone(UTC).isoformat()
        case Deadline(at):
            end = at.astimezone(UTC)
            return (end - timedelta(minutes=15)).isoformat(), end.isoformat()
        case when:
            first, last = days_of(when)
            long = imprecise is ShowImprecise.AUTO and (last - first).days > 30
            if isinstance(when, Imprecise) and (long or imprecise is ShowImprecise.FIRST_DAY):
                last = first
            return first.isoformat(), (last + timedelta(days=1)).isoformat()


def expected(root: Path) -> dict[str, dict[str, Span]]:
    """Return UID and span of every event in every feed, from the model; series are compared in tests/conformance."""
    catalogue = check(root, NOW).catalogue
    assert catalogue is not None
    around, events = Surroundings(catalogue), public_events(catalogue, Turns(NOW))
    return {
        feed.id: {
            around.uid(event): written(event, feed.show.imprecise)
            for event in select(feed, catalogue, events, Turns(NOW)).events
            if not isinstance(event, Recurring)
        }
        for feed in plan(catalogue)
        if feed.closed is None
    }


def by_icalendar(content: bytes) -> dict[str, dict[str, Any]]:
    """Read a feed with icalendar, whose zones come from the VTIMEZONEs of the feed or its own tables."""
    return {
        str(event["UID"]): {
            "span": (_iso(event["DTSTART"].dt), _iso(event["DTEND"].dt)),
            "summary": str(event["SUMMARY"]),
            "description": str(event["DESCRIPTION"]) if "DESCRIPTION" in event else None,
            "location": str(event["LOCATION"]) if "LOCATION" in event else None,
        }
        for event in icalendar.Calendar.from_ical(content).walk("VEVENT")
    }


def _iso(value: date | datetime) -> str:
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value.isoformat()


def by_ical_js(answer: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Return what ical.js read, in the same shape."""
    assert "error" not in answer, answer
    return {
        event["uid"]: {
            "span": (event["start"], event["end"])
            if event["all_day"]
            else tuple(
                datetime.fromtimestamp(event[key], UTC).isoformat() for key in ("start_utc", "end_utc")
            ),
            **{name: event[name] for name in ("summary", "description", "location")},
        }
        for event in answer["events"]
    }


@pytest.mark.node
@pytest.mark.parametrize("root", TREES, ids=[*(path.parent.name for path in TREES[:-1]), "ours"])
def test_two_readers_find_what_the_sources_say(root: Path, tmp_path: Path) -> None:
    """UIDs, starts and ends are those of the model; titles, descriptions and places are read alike by both."""
    compile_site(root, tmp_path / "site", NOW, first=True)
    feeds = {
        name: feed.bodies["identity"].content for name, feed in open_site(tmp_path / "site").feeds.items()
    }
    wanted = expected(root)
    answers = ask([{"ask": "events", "ics": feeds[name].decode()} for name in wanted])
    compared = 0
    for (name, spans), answer in zip(wanted.items(), answers, strict=True):
        ours, theirs = (
            {uid: event for uid, event in read.items() if uid in spans}
            for read in (by_icalendar(feeds[name]), by_ical_js(answer))
        )

        assert {uid: read["span"] for uid, read in ours.items()} == spans, name
        assert theirs == ours, name
        compared += len(spans)

    assert compared > 5


ZONES = st.sampled_from(
    [
        "Europe/Brussels",
        "Africa/Casablanca",
        "America/Sao_Paulo",
        "Asia/Gaza",
        "Asia/Kolkata",
        "Australia/Lord_Howe",
        "Pacific/Apia",
        "UTC",
    ]
)
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Cn"]), min_size=1, max_size=120)
STARTS = st.datetimes(datetime(1995, 1, 1), datetime(2049, 6, 1)).map(  # noqa: DTZ001 - local times
    lambda moment: moment.replace(second=0, microsecond=0)
)


@st.composite
def event(draw: st.DrawFn) -> dict[str, object]:
    """Make an event as staff write it; a local time that exists twice is written with its offset."""
    start = draw(STARTS)
    made: dict[str, object] = {
        "id": f"e{draw(st.integers(0, 10**9))}",
        "title": draw(TEXTS.filter(lambda text: text.strip() != "")),
    }
    if draw(st.booleans()):
        made["description"] = draw(TEXTS.filter(lambda text: text.strip() != ""))
    timezone = draw(ZONES)
    end = start + timedelta(minutes=draw(st.integers(5, 4000)))
    if draw(st.booleans()):
        made["when"] = f"{start.date()}/{end.date() + timedelta(days=1)}"
    elif all(len(zones.localise(each, timezone)) == 1 for each in (start, end)):
        made |= {"when": f"{start:%Y-%m-%d %H:%M}/{end:%Y-%m-%d %H:%M}", "timezone": timezone}
    else:
        made |= {"when": f"{start.date()} ??:??"}
    return made


@pytest.mark.node
@settings(
    max_examples=sized(60, sample=8),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(events=st.lists(event(), min_size=1, max_size=20, unique_by=lambda made: made["id"]))
def test_any_event_is_read_back_as_it_was_written(
    events: list[dict[str, object]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Whatever the zone, the date and the text: JSON is YAML, so the sources are written as that."""
    root = tmp_path_factory.mktemp("tree")
    (root / "calendars").mkdir()
    (root / "coopcal.yaml").write_text("uid_domain: example.coop\ntimezone: UTC\n", encoding="utf-8")
    organisation = {"name": "Bakery", "events": events}
    (root / "calendars/bakery.yaml").write_text(
        json.dumps(organisation, ensure_ascii=False), encoding="utf-8"
    )
    outcome = compile_site(root, root / "_site", NOW)

    assert outcome.published, outcome.problems
    content = open_site(root / "_site").feeds["bakery"].bodies["identity"].content
    ours, (answer,) = by_icalendar(content), ask([{"ask": "events", "ics": content.decode()}])

    assert lint.faults(content) == []
    assert {uid: read["span"] for uid, read in ours.items()} == expected(root)["bakery"]
    assert by_ical_js(answer) == ours
    titles = {f"{made['id']}.bakery@example.coop": " ".join(str(made["title"]).split()) for made in events}
    assert {uid: read["summary"] for uid, read in ours.items()} == titles


def test_midnights_are_days_and_not_instants() -> None:
    """The helper above tells dates from instants, so that it cannot take one for the other."""
    assert _iso(date(2026, 3, 1)) != _iso(datetime.combine(date(2026, 3, 1), time(0), UTC))
