"""Events that are over, before the first publication."""

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


def ahead(count: int) -> list[str]:
    return [f"{{id: e{number}, title: T{number}, when: 2026-08-{number + 1:02}}}" for number in range(count)]


@pytest.mark.parametrize(
    ("coming", "past", "notes"), [(3, 1, 1), (2, 1, 0), (6, 2, 2), (5, 2, 0), (0, 1, 0), (6, 0, 0)]
)
def test_the_few_that_are_over_are_asked_about_before_the_first_publication(
    coming: int, past: int, notes: int, tmp_path: Path
) -> None:
    """Among many that are to come; an archive is not."""
    over = [f"{{id: p{number}, title: P{number}, when: 2025-09-0{number + 1}}}" for number in range(past)]

    found = told(tmp_path, "new-yet-past", written(*ahead(coming), *over))

    assert len(found) == notes
    if notes:
        assert found[0] == (
            "“p0” lies in the past, on 2025-09-01, while nearly all others are still to come"
            " | is the year right? Did you mean 2026-09-01?"
        )
