"""Stamps of feeds are written one by one, and read where they are asked for."""

from datetime import UTC, datetime

from coopcal.model.published import Published, Stamp
from coopcal.site.memory import frame_json
from coopcal.site.stamps import StampRows

OLD = Stamp(datetime(2026, 1, 1, tzinfo=UTC), "old")
NEW = Stamp(datetime(2026, 2, 3, 4, 5, 6, tzinfo=UTC), "new")


def test_they_are_read_as_they_were_written() -> None:
    stamps = {("bakery", 2026): OLD, ("bakery", 2025): NEW}

    assert dict(StampRows.of(stamps)) == stamps
    assert StampRows.of(stamps).get(("choir", 2026)) is None


def test_others_come_in_place_of_those_that_have_their_names() -> None:
    stamps = StampRows.of({"bakery": OLD, "choir": OLD})

    assert dict(stamps.with_others({"choir": NEW, "orchard": NEW})) == {
        "bakery": OLD,
        "choir": NEW,
        "orchard": NEW,
    }
    assert dict(stamps) == {"bakery": OLD, "choir": OLD}


def test_they_are_written_in_the_order_of_their_names() -> None:
    stamps = StampRows.of({("b", "fr"): NEW, ("a", "en"): OLD})

    assert stamps.written() == (
        b'{"a/en":["2026-01-01T00:00:00Z","old"],"b/fr":["2026-02-03T04:05:06Z","new"]}'
    )


def test_a_frame_has_the_same_bytes_whether_they_were_written_before_or_not() -> None:
    """And what has none leaves their field out."""
    plain = Published("example.coop", NEW.modified, feeds={"b": NEW, "a": OLD}, archives={("a", 2026): OLD})
    rows = Published(
        "example.coop",
        NEW.modified,
        feeds=StampRows.of({"a": OLD}).with_others({"b": NEW}),
        archives=StampRows.of(plain.archives),
        changes=StampRows.of({}),
    )

    assert frame_json(rows, None) == frame_json(plain, None)
    assert b'"feeds":{"a":["2026-01-01T00:00:00Z","old"],"b":[' in frame_json(plain, None)
    assert b"changes" not in frame_json(rows, None)
