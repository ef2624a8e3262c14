"""A site of a former format is the site before: nothing that it published is lost.

``former-1/site`` and ``former-2/site`` were compiled of ``former-1/source`` by the last coopcal of format 1 and of format 2,
on 1 May 2026 with “Evening of bread” and on 20 May with “Bread in the evening”.
"""

import json
import re
import shutil
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from coopcal.compile.pipeline import Outcome, compile_site
from coopcal.model.facts import (
    BusyTimeFacts,
    EventFacts,
    FurtherDateFacts,
    RecurrenceFacts,
    SeriesFacts,
    Shown,
    StretchFacts,
    VisibleFacts,
)
from coopcal.model.published import PublishedEvent, PublishedTransient
from coopcal.model.recurrence import Frequency, Rule
from coopcal.model.text import Text
from coopcal.model.when import DayOnly
from coopcal.site.layout import SiteError
from coopcal.site.memory import of_json
from coopcal.site.reader import Site, open_site

HERE = Path(__file__).parent
FORMATS = (1, 2)
NOW = datetime(2026, 6, 10, 12, tzinfo=UTC)

TITLE = Text((("en", "A"),))
SHOWN = Shown(TITLE, DayOnly(date(2026, 6, 9)))
SHARED = {
    "key": "bakery/a",
    "organisation": "bakery",
    "page": "/a/",
    "title": {"en": "A"},
    "when": ["day", "2026-06-09"],
}
FACTS: dict[str, Any] = {"key": "bakery/a", "organisation": "bakery", "page": "/a/", "shown": SHOWN}
DAILY = Rule(Frequency.DAILY)


@pytest.fixture(params=FORMATS)
def number(request: pytest.FixtureRequest) -> int:
    """Return the number of a former format."""
    former: int = request.param
    return former


@pytest.fixture
def root(tmp_path: Path, number: int) -> Path:
    """Return the root of the sources, with what was published of them."""
    shutil.copytree(HERE / "former-1/source", tmp_path, dirs_exist_ok=True)
    shutil.copytree(HERE / f"former-{number}/site", tmp_path / "_site")
    return tmp_path


def edit(root: Path, file: str, old: str, new: str) -> None:
    text = (root / file).read_text(encoding="utf-8")
    assert old in text
    (root / file).write_text(text.replace(old, new), encoding="utf-8")


def codes(outcome: Outcome) -> list[str]:
    return [problem.code for problem in outcome.problems]


def bodies(site: Site) -> dict[str, bytes]:
    """Return the feeds, translations and archives of a site by their addresses."""
    entries = [*site.feeds.values(), *site.translations.values(), *site.archives.values()]
    return {
        f"{entry.id}/{entry.year}/{entry.translation}": entry.bodies["identity"].content for entry in entries
    }


SERIES = re.compile(rb"BEGIN:VEVENT\r\nUID:evening(?:(?!BEGIN:VEVENT).)*?END:VEVENT\r\n", re.DOTALL)
"""What tells in words how it recurs, as a former coopcal did not."""


def once(feeds: dict[str, bytes]) -> dict[str, bytes]:
    """Return feeds without the series that is in some of them."""
    assert any(SERIES.search(body) for body in feeds.values())
    return {name: SERIES.sub(b"", body) for name, body in feeds.items()}


def former_bodies(root: Path) -> dict[str, bytes]:
    """Return what ``bodies`` does, of a site of a former format."""
    version = next((root / "_site/versions").iterdir())
    rows = json.loads((version / "public/index.json").read_bytes())["feeds"]
    pack = (version / "public/feeds.pack").read_bytes()
    former = {}
    for row in rows:
        if not row.get("changes"):
            match row["bodies"]["identity"]:
                case [int(offset), int(length), _]:
                    pass
                case [str(), int(length), *place]:
                    offset = place[0] if place else 0
            name = f"{row['id']}/{row.get('year')}/{row.get('translation')}"
            former[name] = pack[offset : offset + length]
    return former


def test_it_is_not_served_and_says_that_it_must_be_compiled_anew(root: Path, number: int) -> None:
    """A server that is newer than its site says what to do."""
    with pytest.raises(
        SiteError, match=f"has format {number}, and this coopcal serves format 3: compile it anew"
    ):
        open_site(root / "_site")


def test_what_did_not_change_keeps_its_bytes_and_stamps(root: Path) -> None:
    """DTSTAMP, LAST-MODIFIED and SEQUENCE among them, and when each feed was last changed."""
    former = former_bodies(root)

    assert codes(compile_site(root, root / "_site", NOW)) == []
    site = open_site(root / "_site")
    assert once(bodies(site)) == once(former)
    assert former.keys() == bodies(site).keys()
    assert b"LAST-MODIFIED:20260520T080000Z" in former["all/None/None"]


def test_the_log_goes_on(root: Path) -> None:
    """With the entry that the former coopcal wrote, and a new one before it."""
    edit(root, "calendars/bakery.yaml", "10:00/16:00", "11:00/16:00")
    compile_site(root, root / "_site", NOW)
    changes = open_site(root / "_site").changes["all", None].bodies["identity"].content.decode()

    assert changes.count("<entry>") == 2
    assert changes.index("Open day") < changes.index("Bread in the evening")
    assert "<updated>2026-05-20T08:00:00Z</updated>" in changes


@pytest.mark.parametrize(
    ("former", "now"),
    [
        (SHARED, EventFacts(**FACTS)),
        (SHARED | {"of": "", "continues": False, "rule": None, "changes": {}}, EventFacts(**FACTS)),
        (
            SHARED | {"rule": ["DAILY"], "excluded": ["2026-06-10"]},
            SeriesFacts(**FACTS, recurrence=RecurrenceFacts(DAILY, exception_dates=(date(2026, 6, 10),))),
        ),
        (
            SHARED
            | {
                "rule": ["DAILY"],
                "ends": "2026-06-30",
                "changes": {"2026-06-11": {"title": {"en": "A"}, "when": ["day", "2026-06-12"]}},
            },
            SeriesFacts(
                **FACTS,
                recurrence=RecurrenceFacts(
                    DAILY,
                    date(2026, 6, 30),
                    overrides=((date(2026, 6, 11), Shown(TITLE, DayOnly(date(2026, 6, 12)))),),
                ),
            ),
        ),
        (SHARED | {"of": "bakery/b"}, FurtherDateFacts(**FACTS, of="bakery/b")),
        (
            SHARED | {"of": "bakery/b", "continues": True, "rule": ["DAILY"]},
            StretchFacts(**FACTS, of="bakery/b", recurrence=RecurrenceFacts(DAILY)),
        ),
        (
            {name: value for name, value in SHARED.items() if name not in ("key", "page")},
            BusyTimeFacts(organisation="bakery", shown=SHOWN),
        ),
    ],
)
def test_roles_of_events_are_told_by_what_is_empty(former: dict[str, Any], now: VisibleFacts) -> None:
    """What is seen of events had one shape, whatever they were."""
    facts = {"until": "2027-12-31", "events": {"a": former}}
    memory = {
        "format": 1,
        "uid_domain": "example.coop",
        "compiled_at": "2026-05-20T08:00:00Z",
        "facts": facts,
    }

    read = of_json(json.dumps(memory).encode()).facts

    assert read is not None
    assert read.events == {"a": now}


def test_what_comes_and_goes_by_itself_had_no_key() -> None:
    """Of what was published, events alone had one."""
    day = {"first": "2026-06-09", "last": "2026-06-09"}
    events = {"a": day | {"key": "bakery/a"}, "b": day, "c": day | {"key": ""}}
    memory = {
        "format": 1,
        "uid_domain": "example.coop",
        "compiled_at": "2026-05-20T08:00:00Z",
        "events": events,
    }

    published = of_json(json.dumps(memory).encode())

    transient = PublishedTransient(date(2026, 6, 9), date(2026, 6, 9))
    assert published.events == {
        "a": PublishedEvent("bakery/a", date(2026, 6, 9), date(2026, 6, 9)),
        "b": transient,
        "c": transient,
    }
    assert published.with_keys.keys() == {"a"}


def test_addresses_and_ids_are_remembered(root: Path) -> None:
    """A language that is gone is still answered, and an event that is gone is told."""
    edit(root, "coopcal.yaml", "languages: [en, fr]", "languages: [en]")
    text = (root / "calendars/bakery.yaml").read_text(encoding="utf-8")
    start = text.index("  - id: open-day")
    gone = text[:start] + text[text.index("  - id: evening") :]
    (root / "calendars/bakery.yaml").write_text(gone, encoding="utf-8")

    assert "gone" in "".join(codes(compile_site(root, root / "_site", NOW)))
    edit(root, "calendars/bakery.yaml", "country: BE\n", "country: BE\nremoved: [open-day]\n")
    assert compile_site(root, root / "_site", NOW).published
    site = open_site(root / "_site")
    assert {("all", "fr"), ("bakery", "fr")} <= site.translations.keys()
    assert {("all", 2025), ("bakery", 2025)} <= site.archives.keys()
    assert site.removed == {"bakery/open-day"}


def test_what_was_last_good_is_held(root: Path) -> None:
    """The sources that the former coopcal kept stand in for those with errors."""
    edit(root, "calendars/bakery.yaml", "2025-09-13", "2025-09-31")
    former = former_bodies(root)

    outcome = compile_site(root, root / "_site", NOW)

    assert [held.organisation for held in outcome.held] == ["bakery"]
    assert once(bodies(open_site(root / "_site"))) == once(former)


def test_a_damaged_one_is_not_taken_for_what_was_published(root: Path) -> None:
    """Its seal is held as before."""
    version = next((root / "_site/versions").iterdir())
    memory = (version / "public/site.json").read_bytes()
    (version / "public/site.json").write_bytes(memory.replace(b"2026-05-20", b"2026-05-21"))

    outcome = compile_site(root, root / "_site", NOW)

    assert (outcome.published, codes(outcome)) == (False, ["no-previous-site"])
