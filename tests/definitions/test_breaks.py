"""Breaks."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.support.checking import problems_of

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
    ("breaks", "is_told"),
    [
        ("2025-07-01/2025-08-31", True), ("2026-07-01/2026-08-31", False), ("[2025-07-01/2025-08-31, 2026-07-01/2026-08-31]", False),
        ("[2024-07-01/2024-08-31, 2025-07-01/2025-08-31]", True), ("2027-07-01/2027-08-31", True),
    ],
)  # fmt: skip
@pytest.mark.parametrize("form", ["summer", "{date: summer, reason: Rest}"])
def test_a_break_that_meets_no_date_is_told(*, form: str, breaks: str, is_told: bool, tmp_path: Path) -> None:
    """Unless another of its ranges does."""
    event = FAIR % ("2026-06-09", f", repeats: {{every: week, until: 2026-12-15, except: [{form}]}}")

    assert (
        bool(told(tmp_path, "empty-break", written(event, head=f"breaks: {{summer: {breaks}}}\n"))) is is_told
    )
