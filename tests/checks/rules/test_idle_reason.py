"""Reasons that no calendar shows."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.support.checking import lay, problems_of

from coopcal.compile.pipeline import compile_site
from coopcal.site.reader import open_site

FILE = "calendars/bakery.yaml"


HEAD = "name: The Bakery\ncountry: BE\n"


NOW = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)


FAIR = "{id: fair, title: Fair, when: %s%s}"


def written(*events: str, head: str = "") -> dict[str, str]:
    return {FILE: HEAD + head + "events:\n" + "".join(f"  - {each}\n" for each in events)}


def told(folder: Path, code: str, now: dict[str, str], before: dict[str, str] | None = None) -> list[str]:
    found = problems_of(folder, now, before, NOW)
    return [f"{each.message} | {each.mend}" for each in found if each.code == code]


@pytest.mark.parametrize(
    ("when", "line"),
    [
        ("2026-09-12", "moved_from: 2026-09-12"), ("2026-09-12/2026-09-13", "moved_from: 2026-09-12/2026-09-13"),
        ("2026-09-12 14:00/17:30", "moved_from: 2026-09-12 14:00/17:30"), ("2026-09-12 22:00", "moved_from: 2026-09-12 22:00"),
        ("2026-09-12 22:00/2026-09-13 02:00", "moved_from: 2026-09-12 22:00/2026-09-13 02:00"),
    ],
)  # fmt: skip
def test_the_reason_of_a_move_gets_the_line_that_shows_it(when: str, line: str, tmp_path: Path) -> None:
    """Written as it is told, it takes the note away, and calendars and pages show the reason."""
    moved = ", reason: Flooded"
    before = written(FAIR % (when, ""))

    (found,) = told(tmp_path / "1", "idle-reason", written(FAIR % ("2026-10-20", moved)), before)
    said, _, mend = found.partition(" | ")
    mended = written(FAIR % ("2026-10-20", f"{moved}, {mend}"))

    assert said.startswith("“fair” was published for 2026-09-12, and its reason is shown in no calendar")
    assert mend == line
    assert told(tmp_path / "2", "idle-reason", mended, before) == []
    root = lay(tmp_path / "site", mended)
    assert compile_site(root, root / "_site", NOW).published
    site = open_site(root / "_site")
    assert b"Flooded" in site.feeds["bakery"].bodies["identity"].content


@pytest.mark.parametrize(
    ("keys", "is_told"),
    [
        ("", True), (", status: tentative", True), (", status: cancelled", False), (", status: postponed", False), (", moved_from: 2026-08-01", False),
        (", repeats: {every: week, count: 4, changes: {2026-09-19: {status: cancelled}}}", True),
    ],
)  # fmt: skip
def test_a_reason_of_nothing_is_told(*, keys: str, is_told: bool, tmp_path: Path) -> None:
    """Of what is neither off nor moved."""
    found = told(tmp_path, "idle-reason", written(FAIR % ("2026-09-12", f", reason: Flooded{keys}")))

    assert bool(found) is is_told


@pytest.mark.parametrize(
    ("change", "is_told"),
    [("title: Other, reason: Flooded", True), ("when: 2026-09-20, reason: Flooded", False), ("status: cancelled, reason: Flooded", False)],
)  # fmt: skip
def test_a_reason_of_a_date_of_a_series(*, change: str, is_told: bool, tmp_path: Path) -> None:
    """One that is moved says so by itself."""
    event = FAIR % (
        "2026-09-12",
        f", repeats: {{every: week, count: 4, changes: {{2026-09-19: {{{change}}}}}}}",
    )

    assert bool(told(tmp_path, "idle-reason", written(event))) is is_told
