"""Keys: unknown, misspelt and missing ones."""

from pathlib import Path

import pytest
from tests.support.trees import BAKERY, NOW, lay

from coopcal.compile.pipeline import check
from coopcal.model.problem import Severity


@pytest.mark.parametrize(
    ("wrong", "right", "found"),
    [
        ("whn: 2026-09-12", "when: 2026-09-12", [("unknown-key", "did you mean “when”?")]),
        ("date: 2026-09-12", "when: 2026-09-12", [("unknown-key", "did you mean “when”?")]),
        ("tagz: [open-doors]", "tags: [open-doors]", [("unknown-key", "did you mean “tags”?")]),
        (
            "note: later",
            "when: 2026-09-12",
            [("missing-key", "add a line such as: when: 2026-03-14 09:00/17:30")],
        ),
    ],
)
def test_one_slip_is_one_problem(
    tmp_path: Path, wrong: str, right: str, found: list[tuple[str, str]]
) -> None:
    """A key that was meant, but misspelt, is not missed as well."""
    root = lay(tmp_path, {"calendars/bakery.yaml": BAKERY.replace(right, wrong)})
    errors = [each for each in check(root, NOW).problems if each.severity is Severity.ERROR]

    assert [(each.code, each.mend) for each in errors] == found
