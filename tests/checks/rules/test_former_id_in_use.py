"""Former ids: each leads to one thing."""

from pathlib import Path

from tests.support.checking import events, places, problems_of

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
