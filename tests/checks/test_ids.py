"""Ids and UIDs: each stands for one thing, for ever."""

from pathlib import Path

from tests.support.checking import places, problems_of


def events(*lines: str, head: str = "") -> dict[str, str]:
    listed = "".join(f"  - {{{line}}}\n" for line in lines)
    return {"calendars/bakery.yaml": f"name: The Bakery\n{head}events:\n{listed}"}


FAIR = "id: fair, title: Fair, when: 2026-09-12"


def test_a_former_id_is_no_id_of_today(tmp_path: Path) -> None:
    """Of organisations and feeds alike, which share one set of ids."""
    files = {
        "calendars/bakery.yaml": "name: B\nformerly: [brewery, bakery]\n",
        "calendars/brewery.yaml": "name: C\n",
        "feeds/some.yaml": "formerly: [all, brewery]\n",
    }
    found = problems_of(tmp_path, files)

    assert places(found, "former-id-in-use") == [
        ("calendars/bakery.yaml", 2, 12, 19),
        ("calendars/bakery.yaml", 2, 21, 27),
        ("feeds/some.yaml", 1, 12, 15),
        ("feeds/some.yaml", 1, 17, 24),
    ]


def test_a_former_id_belongs_to_one(tmp_path: Path) -> None:
    """An organisation and the file of its own feed are one."""
    files = {
        "calendars/bakery.yaml": "name: B\nformerly: [bread]\n",
        "feeds/bakery.yaml": "formerly: [bread]\n",
        "feeds/some.yaml": "formerly: [bread]\n",
    }

    assert places(problems_of(tmp_path, files), "former-id-in-use") == [("feeds/some.yaml", 1, 12, 17)]


def test_a_former_id_of_an_event_is_in_use_nowhere_beside_it(tmp_path: Path) -> None:
    """Neither as an id nor as another's former id; each event is marked at its id."""
    files = events(
        FAIR,
        "id: ball, title: Ball, when: 2026-09-13, formerly: fair",
        "id: walk, title: Walk, when: 2026-09-14, formerly: [ramble, walk]",
        "id: run, title: Run, when: 2026-09-15, formerly: [ramble]",
    )

    assert places(problems_of(tmp_path, files), "former-id-in-use") == [
        ("calendars/bakery.yaml", 4, 10, 14),
        ("calendars/bakery.yaml", 5, 10, 14),
        ("calendars/bakery.yaml", 6, 10, 13),
    ]


def test_what_is_removed_is_not_there(tmp_path: Path) -> None:
    """Nor is it what another event was formerly."""
    files = events(
        FAIR, "id: ball, title: Ball, when: 2026-09-13, formerly: dance", head="removed: [fair, dance]\n"
    )

    assert places(problems_of(tmp_path, files), "removed-yet-there") == [
        ("calendars/bakery.yaml", 2, 11, 15),
        ("calendars/bakery.yaml", 2, 17, 22),
    ]


def test_what_is_removed_was_published(tmp_path: Path) -> None:
    """Said only where it is known what was published."""
    files = events(FAIR, head="removed: [bal, walk]\n")
    before = events(FAIR, "id: walk, title: Walk, when: 2026-09-14")

    assert places(problems_of(tmp_path / "one", files), "never-published") == []
    assert places(problems_of(tmp_path / "two", files, before), "never-published") == [
        ("calendars/bakery.yaml", 2, 11, 14)
    ]


def test_the_id_of_a_removed_event_is_not_used_again(tmp_path: Path) -> None:
    """Even when it is no longer said to be removed."""
    before = events("id: ball, title: Ball, when: 2026-09-13", head="removed: [fair]\n")
    files = events(FAIR, "id: ball, title: Ball, when: 2026-09-13")

    assert places(problems_of(tmp_path, files, before), "id-used-again") == [
        ("calendars/bakery.yaml", 3, 10, 14)
    ]


def test_no_two_events_share_a_uid(tmp_path: Path) -> None:
    """Return whether pinned, or made of what was formerly."""
    files = events(
        f"{FAIR}, uid: x1",
        "id: ball, title: Ball, when: 2026-09-13, uid: x1",
        "id: walk, title: Walk, when: 2026-09-14, uid: run.bakery@example.coop",
        "id: run, title: Run, when: 2026-09-15",
    )

    assert places(problems_of(tmp_path, files), "duplicate-uid") == [
        ("calendars/bakery.yaml", 4, 10, 14),
        ("calendars/bakery.yaml", 6, 10, 13),
    ]


def test_a_published_uid_stays(tmp_path: Path) -> None:
    """The line that pins it is the mend."""
    found = problems_of(tmp_path, events(f"{FAIR}, uid: x1"), events(FAIR))

    assert places(found, "uid-changed") == [("calendars/bakery.yaml", 3, 10, 14)]
    assert [each.mend for each in found if each.code == "uid-changed"] == ["uid: fair.bakery@example.coop"]


def test_the_domain_in_uids_stays(tmp_path: Path) -> None:
    """One problem for the site, not one for each event."""
    site = "title: Example\nuid_domain: other.coop\n"
    found = problems_of(tmp_path, {"coopcal.yaml": site, **events(FAIR)}, events(FAIR))

    assert [(each.code, each.mend) for each in found if each.severity == "error"] == [
        ("uid-domain-changed", "uid_domain: example.coop")
    ]
    assert places(found, "uid-domain-changed") == [("coopcal.yaml", 2, 13, 23)]
