"""A group that the site does not have: what is meant, or how the site gets it."""

from pathlib import Path

import pytest
from tests.support.checking import problems_of
from tests.support.trees import SITE

from coopcal.text.messages import say

HEAD = "name: The Bakery\ncountry: BE\nevents:\n  - id: one\n    title: One\n    when: 2026-09-12\n"
MANY = ", ".join(f"g{number}" for number in range(20))


def mends(root: Path, group: str, groups: str = "") -> list[str]:
    files = {
        "coopcal.yaml": SITE + (f"groups: [{groups}]\n" if groups else ""),
        "calendars/bakery.yaml": f"{HEAD}    visibility: {group}\n",
    }
    found = [each for each in problems_of(root, files) if each.severity == "error"]
    assert {each.code for each in found} <= {"unknown-group"}
    return [say(each.mend, "en") for each in found if each.mend]


@pytest.mark.parametrize(
    ("group", "groups", "mend"),
    [
        ("board", "", "known here: public, members; or add it to coopcal.yaml: groups: [members, board]"),
        (
            "editors",
            "board",
            "known here: public, members, board; or add it to coopcal.yaml: groups: [members, board, editors]",
        ),
        ("boad", "board", "did you mean “board”?"),
        ("editors", MANY, f"add it to coopcal.yaml: groups: [members, {MANY}, editors]"),
        ("The editors!", "", "known here: public, members"),
        ("The editors!", MANY, "add it under “groups” in coopcal.yaml"),
    ],
)
def test_the_mend_tells_how_to_make_a_group(tmp_path: Path, group: str, groups: str, mend: str) -> None:
    """With all that the site has already, as the line takes the place of the one that is there."""
    assert mends(tmp_path, group, groups) == [mend]


def test_whoever_does_as_it_says_has_the_group(tmp_path: Path) -> None:
    (mend,) = mends(tmp_path / "before", "editors", "board")

    assert mends(tmp_path / "after", "editors", mend.rpartition("[")[2].rstrip("]")) == []
