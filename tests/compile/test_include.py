"""Feeds of others in the feeds that merge them in: whose UID is whose, what stays out, and what is told of it."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar
from tests.support.copies import URL, copy, event, include, record
from tests.support.trees import BAKERY, NOW, compiled, lay
from werkzeug.test import Client

from coopcal.compile.again import compile_again
from coopcal.compile.pipeline import check, compile_site
from coopcal.model.problem import Severity
from coopcal.site.reader import LiveSite
from coopcal.web import create_app

OTHER = "https://other.example.net/all.ics"
THIRD = "https://third.example.net/all.ics"
CINEMA = "name: The Cinema\ncountry: BE\nevents:\n  - {id: film, title: Film, when: 2026-09-30}\n"


def tree(root: Path, feed: str, *files: tuple[str, str]) -> Path:
    return lay(
        root, {"calendars/cinema.yaml": CINEMA, "feeds/valley.yaml": f"title: Valley\n{feed}", **dict(files)}
    )


def visitor(root: Path) -> Client:
    return Client(create_app(LiveSite(root / "_site"), lambda: NOW))


def uids(root: Path, feed: str) -> list[str]:
    answer = visitor(root).get(f"/feeds/{feed}.ics")
    assert answer.status_code == 200
    events = Calendar.from_ical(answer.data).walk("VEVENT")
    return [str(each["UID"]) for each in events]


def titles(root: Path, feed: str) -> list[str]:
    client = visitor(root)
    found: Any = client.get(f"/feeds/{feed}.json").json
    return [each["title"] for each in found["occurrences"]]


def test_events_of_others_stand_in_the_feed_that_merges_them_in(tmp_path: Path) -> None:
    """Beside what it selects, with the UIDs that they came with, on pages and in search, and in the feeds of whom they are."""
    feed = "select: {organisations: [cinema]}\n" + include((URL, "bakery"))
    root = tree(tmp_path, feed, copy(event("fair-0a1b2c3d", "fair@example.org")))
    compiled(root, first=True)

    assert uids(root, "valley") == ["fair@example.org", "film.cinema@example.coop"]
    assert "fair@example.org" in uids(root, "bakery")
    assert "fair@example.org" in uids(root, "all")
    assert "fair@example.org" not in uids(root, "cinema")
    client = visitor(root)
    assert b"Event fair-0a1b2c3d" in client.get("/events/bakery/fair--0a1b2c3d/").data
    assert b"Event fair-0a1b2c3d" in client.get("/search/?q=fair").data


def test_without_the_line_nothing_of_a_copy_is_there(tmp_path: Path) -> None:
    kept = copy(event("fair-0a1b2c3d", "fair@example.org"))
    root = tree(tmp_path, include((URL, "bakery")), kept)
    compiled(root, first=True)
    assert "fair@example.org" in uids(root, "valley")

    tree(tmp_path, "", kept)
    compiled(root)
    assert "fair@example.org" not in uids(root, "valley")
    tree(tmp_path, include((OTHER, "bakery")), kept)
    compiled(root)
    assert "fair@example.org" not in uids(root, "valley")


def test_of_the_same_uid_staff_come_first_then_the_order_of_the_lines(tmp_path: Path) -> None:
    """Wherever staff pin it, and however it is written there; of others, whose comes first is there once."""
    pinned = CINEMA + '  - {id: pinned, title: Pinned, when: 2026-10-01, uid: "pinned@example.org"}\n'
    one = copy(
        event("a-00000001", "pinned@example.org"), event("b-00000002", "both@example.org", "2026-09-21")
    )
    two = copy(
        event("b-00000002", "both@example.org", "2026-09-22"),
        event("c-00000003", "alone@example.org", "2026-09-23"),
        organisation="cinema",
        url=OTHER,
    )
    for order, day in (
        (((URL, "bakery"), (OTHER, "cinema")), "21"),
        (((OTHER, "cinema"), (URL, "bakery")), "22"),
    ):
        root = tree(tmp_path / day, include(*order), one, two, ("calendars/cinema.yaml", pinned))
        compiled(root, first=True)

        found = uids(root, "valley")
        assert sorted(found) == sorted(set(found))
        assert {"pinned@example.org", "both@example.org", "alone@example.org"} <= set(found)
        text = visitor(root).get("/feeds/valley.ics").text
        assert "UID:both@example.org\r\n" in text
        assert f"DTSTART;VALUE=DATE:202609{day}" in text
        assert "SUMMARY:The Cinema: Pinned" in text


def test_a_uid_that_staff_pin_later_is_theirs_from_then_on(tmp_path: Path) -> None:
    """Though another organisation has it, whose files alone have changed."""
    root = tree(tmp_path, include((URL, "bakery")), copy(event("a-00000001", "shared@example.org")))
    compiled(root, first=True)
    compiled(root, NOW + timedelta(minutes=1))
    assert titles(root, "valley").count("Event a-00000001") == 1

    pinned = CINEMA + "  - {id: shared, title: Shared, when: 2026-10-01, uid: shared@example.org}\n"
    (root / "calendars/cinema.yaml").write_text(pinned, encoding="utf-8")
    compiled(root, NOW + timedelta(minutes=2))

    assert "Event a-00000001" not in titles(root, "valley")
    assert "Shared" in titles(root, "valley")
    assert uids(root, "valley").count("shared@example.org") == 1


@pytest.mark.parametrize(
    "uid", ["fair.bakery@example.coop", "x@EXAMPLE.coop", "open-day.bakery@example.coop"]
)
def test_nobody_else_has_uids_of_this_site(tmp_path: Path, uid: str) -> None:
    root = tree(
        tmp_path,
        include((URL, "bakery")),
        copy(event("a-00000001", uid), event("b-00000002", "b@example.org")),
    )
    told = [each for each in compiled(root, first=True).problems if each.code == "left-out-of-include"]

    assert "Event a-00000001" not in titles(root, "valley")
    assert "Event b-00000002" in titles(root, "valley")
    assert [each.severity for each in told] == [Severity.NOTE]


def test_what_others_do_stops_nothing(tmp_path: Path) -> None:
    """Neither what cannot be read, nor what is odd, nor what is gone again."""
    odd = event("a-00000001", "a@example.org", title="x" * 400)
    bad = event("b-00000002", "b@example.org", "2026-02-30")
    good = event("c-00000003", "c@example.org", "2020-01-01")
    root = tree(
        tmp_path, include((URL, "bakery")), copy(odd, bad, good, event("d-00000004", "d@example.org"))
    )
    outcome = compiled(root, first=True)
    assert "d@example.org" in uids(root, "valley")
    assert {each.severity for each in outcome.problems} <= {Severity.NOTE}

    tree(root, include((URL, "bakery")), copy(good))
    outcome = compiled(root, NOW + timedelta(days=1))
    assert outcome.published
    assert {each.severity for each in outcome.problems} <= {Severity.NOTE}
    assert "d@example.org" not in uids(root, "valley")

    for text in ("events: [", "\x00", "- a\n", "events: {}\n", "", "events:\n  - x\n  - [y]\n  - {id: z}\n"):
        (root / copy()[0]).write_text(text, encoding="utf-8")
        assert compiled(root, NOW + timedelta(days=2)).published


def test_only_a_private_feed_merges_in_what_is_not_for_all(tmp_path: Path) -> None:
    """What a private feed merges in is seen by its groups; where a public one does so, too, by everybody."""
    private = ("feeds/board.yaml", "title: Board\nfor: {groups: [members]}\n" + include((URL, "bakery")))
    kept = copy(event("secret-00000001", "secret@example.org"))
    root = tree(tmp_path, "", private, kept)
    compiled(root, first=True)
    assert "secret@example.org" not in uids(root, "all")
    assert "secret@example.org" not in uids(root, "bakery")
    assert not [
        path
        for path in (root / "_site").rglob("public/**/*")
        if path.is_file() and b"secret-0" in path.read_bytes()
    ]

    tree(root, include((URL, "bakery")), private, kept)
    compiled(root, NOW + timedelta(minutes=1))
    assert "secret@example.org" in uids(root, "all")


def test_a_stamp_is_ours_and_changes_with_the_event_alone(tmp_path: Path) -> None:
    """What its calendar says of SEQUENCE and LAST-MODIFIED is not taken over."""
    one, two = event("a-00000001", "a@example.org"), event("b-00000002", "b@example.org")
    root = tree(tmp_path, include((URL, "bakery")), copy(one, two))
    compiled(root, first=True)
    tree(root, include((URL, "bakery")), copy(one.replace("Event", "Other"), two))
    compiled(root, NOW + timedelta(days=1))

    client = visitor(root)
    events = {
        str(each["UID"]): each
        for each in Calendar.from_ical(client.get("/feeds/valley.ics").data).walk("VEVENT")
    }
    assert events["a@example.org"]["LAST-MODIFIED"].dt == NOW + timedelta(days=1)
    assert events["b@example.org"]["LAST-MODIFIED"].dt == NOW


def test_a_compile_sees_what_changed_in_a_copy(tmp_path: Path) -> None:
    """Nothing that was kept of the last compile stands for a copy that is another by now."""
    root = tree(tmp_path, include((URL, "bakery")), copy(event("a-00000001", "a@example.org")))
    compiled(root, first=True)
    assert compile_again(root, root / "_site", NOW + timedelta(minutes=1)) is not None

    tree(root, include((URL, "bakery")), copy(event("b-00000002", "b@example.org")))

    assert compile_again(root, root / "_site", NOW + timedelta(minutes=2)) is None
    compiled(root, NOW + timedelta(minutes=2))
    assert "b@example.org" in uids(root, "valley")
    assert "a@example.org" not in uids(root, "valley")


def test_events_are_held_with_their_organisation(tmp_path: Path) -> None:
    """Where staff's files have errors, what others hold goes on."""
    site = "title: T\nuid_domain: example.coop\non_error: hold\ntimezone: Europe/Brussels\n"
    root = tree(
        tmp_path, include((URL, "bakery")), copy(event("a-00000001", "a@example.org")), ("coopcal.yaml", site)
    )
    compiled(root, first=True)
    (root / "calendars/bakery.yaml").write_text(
        BAKERY + "  - {id: x, title: X, when: never}\n", encoding="utf-8"
    )
    tree_path, text = copy(event("b-00000002", "b@example.org"))
    (root / tree_path).write_text(text, encoding="utf-8")

    assert compile_site(root, root / "_site", NOW + timedelta(minutes=1)).published
    assert "b@example.org" in uids(root, "valley")
    assert "open-day.bakery@example.coop" in uids(root, "valley")


WHY = {"said": "its server answers {code} ({reason})", "with": {"code": 503, "reason": "Service Unavailable"}}


@pytest.mark.parametrize(
    ("said", "code", "words"),
    [
        (None, "not-fetched", "was not fetched yet"),
        ({"seen": "2026-06-01T08:00:00Z"}, None, ""),
        ({"seen": "2026-05-30T08:00:00Z"}, None, ""),
        ({"seen": "2026-05-28T08:00:00Z"}, "copy-is-old", "its last good copy is 4 days old"),
        ({"seen": "2026-05-31T08:00:00Z", "why": WHY}, "fetch-fails", "its server answers 503 (Service Unavailable); its last good copy is 1 day old"),
        ({"why": WHY}, "fetch-fails", "there is no copy of it"),
        ({"why": 5, "seen": []}, "not-fetched", "was not fetched yet"),
        ({"why": {"said": "{no} {code.__class__}", "with": {}}}, "not-fetched", ""),
    ],
)  # fmt: skip
def test_a_note_tells_what_became_of_a_feed_of_others(
    tmp_path: Path, said: dict[str, object] | None, code: str | None, words: str
) -> None:
    """At its line, with the age of the copy."""
    root = tree(tmp_path, include((URL, "bakery")), copy(), *([record(**said)] if said is not None else []))

    told = [each for each in check(root, NOW).problems if each.position.path == "feeds/valley.yaml"]

    assert [each.code for each in told] == ([code] if code else [])
    assert all(words in each.message and each.severity is Severity.NOTE for each in told)
    assert all(each.position.line == 3 for each in told)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ('{url: "https://user:word@example.org/x.ics", organisation: bakery}', "bad-url"),
        ('{url: "https://word@example.org/x.ics", organisation: bakery}', "bad-url"),
        ('{url: "file:///etc/passwd", organisation: bakery}', "bad-url"),
        ('{url: "ftp://example.org/x.ics", organisation: bakery}', "bad-url"),
        ('{url: "https://example.org/x.ics", organisation: nobody}', "unknown-organisation"),
        ('{url: "https://example.org/x.ics"}', "missing-key"),
        ("{organisation: bakery}", "missing-key"),
        ('"https://example.org/x.ics"', "not-keys"),
        ('{url: "webcal://example.org/x.ics", organisation: bakery}', None),
        ('{url: "http://example.org/x.ics", organisation: bakery}', None),
    ],
)
def test_what_is_merged_in_is_an_address_of_an_organisation_that_is_there(
    tmp_path: Path, line: str, code: str | None
) -> None:
    found = check(tree(tmp_path, f"include:\n  - {line}\n"), NOW).problems

    assert [each.code for each in found if each.severity is Severity.ERROR] == ([code] if code else [])
