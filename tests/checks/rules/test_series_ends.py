"""Series that end soon."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.support.checking import problems_of

FILE = "calendars/bakery.yaml"


HEAD = "name: The Bakery\ncountry: BE\n"


NOW = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)


def written(*events: str, head: str = "") -> dict[str, str]:
    return {FILE: HEAD + head + "events:\n" + "".join(f"  - {each}\n" for each in events)}


def told(folder: Path, code: str, now: dict[str, str], before: dict[str, str] | None = None) -> list[str]:
    found = problems_of(folder, now, before, NOW)
    return [f"{each.message} | {each.mend}" for each in found if each.code == code]


@pytest.mark.parametrize(
    ("other", "is_told"),
    [
        ("{id: yoga-2027, title: More yoga, when: 2026-09-01, repeats: {every: week, count: 9}}", False),
        ("{id: stretching, title: Yoga, when: 2026-09-01, repeats: {every: week, count: 9}}", False),
        ("{id: stretching, title: More, series: yoga, when: 2026-09-01}", False), ("{id: ball, title: Ball, when: 2026-09-01}", True),
        ("{id: yoga-2025, title: More yoga, when: 2026-05-01}", True),
    ],
)  # fmt: skip
def test_a_series_whose_next_edition_is_there_does_not_end(
    *, other: str, is_told: bool, tmp_path: Path
) -> None:
    """One of its series, title or id but for the year."""
    ends = "{id: yoga-2026, title: Yoga, series: yoga, when: 2026-05-05 19:00/20:00, repeats: {every: week, until: 2026-06-16}}"

    assert bool(told(tmp_path, "series-ends", written(ends, other))) is is_told
