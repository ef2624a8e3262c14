"""The shape of ``site.json``, which others read, too: it stays what it is."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from coopcal import zones
from coopcal.model.published import Published
from coopcal.model.when import Timed
from coopcal.site.layout import FORMAT, SiteError
from coopcal.site.lines import Rows, rows_json, with_rows
from coopcal.site.memory import facts_row, frame_json, of_json, published_row

CLOSES = datetime(2026, 12, 1, tzinfo=UTC)
STAMP = ["2026-06-01T08:00:00Z", "0123456789abcdef"]
TITLE = {"fr": "Cours", "en": "Course"}
MEMORY: dict[str, Any] = {
    "format": FORMAT,
    "good_until": "2026-12-01T00:00:00Z",
    "uid_domain": "example.coop",
    "compiled_at": "2026-06-01T08:00:00Z",
    "events": {
        "course.bakery@example.coop": {
            "role": "event",
            "key": "bakery/course",
            "first": "2026-09-01",
            "last": "2026-09-01",
            "stamps": {"en": STAMP},
        },
        "moved-20260901.course.bakery@example.coop": {
            "role": "transient",
            "first": "2026-09-01",
            "last": "2026-09-01",
        },
    },
    "feeds": {"all": STAMP, "bakery": STAMP},
    "archives": {"all/2025": STAMP},
    "translations": {"all/fr": STAMP},
    "organisations": ["bakery", "mill"],
    "removed": ["mill/fair"],
    "facts": {
        "until": "2027-06-01",
        "events": {
            "a": {
                "role": "series",
                "key": "bakery/course",
                "organisation": "bakery",
                "page": "/events/bakery/course/",
                "feeds": ["all"],
                "recurrence": {
                    "rule": ["MONTHLY", 1, [[1, 2], [3]]],
                    "last": "2026-12-22",
                    "exception_dates": ["2026-10-13"],
                    "overrides": {
                        "2026-11-10": {"title": TITLE, "when": ["day", "2026-11-11"], "status": "cancelled"}
                    },
                },
                "title": TITLE,
                "when": ["timed", "2026-10-25T02:30*", None, "Europe/Brussels"],
                "places": {"en": "Shop, Ghent"},
                "place_mark": "00000000",
                "details": {"links": "00000001", "description": "00000002"},
            },
            "b": {"role": "busy-time", "organisation": "mill", "title": TITLE, "when": ["days", "2026-09-01", "2026-09-02"]},
            "c": {
                "role": "event",
                "key": "mill/papers",
                "organisation": "mill",
                "page": "/events/mill/papers/",
                "groups": ["members"],
                "title": TITLE,
                "when": ["until", "2026-09-01T12:00", "Asia/Tokyo"],
            },
            "d": {
                "role": "further-date",
                "key": "mill/papers+20270901",
                "organisation": "mill",
                "page": "/events/mill/papers/",
                "of": "mill/papers",
                "title": TITLE,
                "when": [
                    "imprecise",
                    ["season", 2027, None, None, "autumn", False, True],
                    ["season", 2027, None, None, "autumn", False, True],
                    "2027-09-01",
                    "2027-11-30",
                ],
            },
            "e": {
                "role": "stretch",
                "key": "bakery/course+20270105",
                "organisation": "bakery",
                "page": "/events/bakery/course/",
                "of": "bakery/course",
                "recurrence": {"rule": ["MONTHLY"]},
                "title": TITLE,
                "when": ["day", "2027-01-05"],
            },
        },
        "organisations": {"bakery": {"title": TITLE, "former": ["bread"], "closes": "2027-01-01"}},
        "feeds": {"all": {"title": TITLE}},
    },
    "log": [
        {
            "at": "2026-06-01T08:00:00Z",
            "uid": "a",
            "key": "bakery/course",
            "organisation": "bakery",
            "page": "/events/bakery/course/",
            "title": TITLE,
            "when": ["timed", "2026-09-01T19:00", "2026-09-01T21:00", "Europe/Brussels"],
            "differences": [
                {"kind": "moved", "old": {"when": ["day", "2026-09-01"]}, "new": {"when": ["day", "2026-09-02"]}},
                {"kind": "retitled", "old": {"text": {"en": "Talk"}}, "new": {"text": TITLE}, "day": "2026-09-08", "onward": True},
                {"kind": "excluded", "new": {"days": ["2026-09-08"]}, "reason": TITLE, "past": True},
                {"kind": "texts", "new": {"names": ["links"]}},
                {"kind": "closes", "new": {"day": "2027-01-01"}},
                {"kind": "enters", "new": "all"},
            ],
            "after": ["all"],
        }
    ],
    "changes": {"all/": STAMP, "all/fr": STAMP},
}  # fmt: skip


def written(published: Published) -> bytes:
    """Write all that was published."""
    facts = published.facts.events if published.facts else {}
    rows = Rows(
        {uid: published_row(event) for uid, event in published.events.items()},
        {uid: facts_row(event) for uid, event in facts.items()},
    )
    return with_rows(frame_json(published, CLOSES), [rows_json(rows)])


def test_what_was_published_is_read_and_written_again() -> None:
    """Byte for byte; languages and details in their order, all else in the order of its keys."""
    content = json.dumps(MEMORY, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"

    assert written(of_json(content)) == content
    for name in ("feeds", "changes"):
        turned = MEMORY | {name: dict(reversed(MEMORY[name].items()))}
        assert written(of_json(json.dumps(turned).encode())) == content


def test_times_are_in_their_zones() -> None:
    """The second of two equal times is; without an end that is stated, the usual one is not known."""
    facts = of_json(json.dumps(MEMORY).encode()).facts
    assert facts is not None
    when = facts.events["a"].shown.when

    assert isinstance(when, Timed)
    assert (when.start.tzinfo, when.start.fold) == (zones.zone("Europe/Brussels"), 1)
    assert (when.end, when.usual_end) == (None, when.start)


def test_keys_that_older_sites_have_or_lack_are_no_damage() -> None:
    """Empty ones were written out, and there was a time before facts and the log."""
    older = {key: value for key, value in MEMORY.items() if key not in ("facts", "log", "changes")}
    of_json(json.dumps(older | {"facts": None, "removed": [], "good_until": None}).encode())


@pytest.mark.parametrize(
    ("values", "named"),
    [
        ({"compiled_at": "2026-06-01"}, "compiled_at"),
        ({"feeds": {"all": STAMP[:1]}}, "feeds: digest is missing"),
        ({"feeds": {"all": ["soon", ""]}}, "feeds: Stamp.modified"),
        ({"archives": {"all": STAMP}}, "archives"),
        ({"log": [{"at": STAMP[0]}]}, "log"),
        ({"facts": {"until": "2027-06-01", "events": {"a": {"organisation": "mill", "title": {}}}}}, "title"),
        ({"facts": {"until": "2027-06-01", "events": {"a": "event"}}}, "events: 'event' is no dict"),
        ({"facts": {"until": "2027-06-01", "events": {"a": {"role": "guest"}}}}, "role is 'guest'"),
        ({"format": 99}, "format 99|format is 99"),
    ],
)
def test_damage_is_told_with_the_field(values: Any, named: str) -> None:
    with pytest.raises(SiteError, match=named):
        of_json(json.dumps(MEMORY | values).encode())
