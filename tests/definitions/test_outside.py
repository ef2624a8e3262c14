"""Sessions outside the days of their event."""

from pathlib import Path

import pytest
from tests.support.checking import places, problems_of

HEAD = "name: The Bakery\ncountry: BE\nevents:\n  - id: one\n    title: One\n"


@pytest.mark.parametrize(
    ("keys", "sessions", "mends"),
    [
        ("when: 2026-09-14 15:00/17:00", ["14:00/14:30", "14:30/15:30"], ["when: 15:00/15:30", "when: 15:30/16:30"]),
        ("when: 2026-09-14 15:00/17:00", ["15:00/16:00", "16:30/17:30"], [None]),
        ("when: 2026-09-14 15:00", ["14:00/14:30", "20:00"], []),
        ("when: 2026-09-14 15:00/17:00\n    moved_from: 2026-09-14 14:00/16:00", ["14:30/15:00", "15:00/16:00"], ["when: 15:30/16:00"]),
        ("when: 2026-09-21 14:00/16:00", ["2026-09-14 14:00/14:30", "2026-09-14 15:00/PT1H"],
         ["when: 2026-09-21 14:00/14:30", "when: 2026-09-21 15:00/16:00"]),
        ("when: 2026-09-21/2026-09-22", ["2026-09-14 14:00/14:30", "2026-09-15"], ["when: 2026-09-21 14:00/14:30", "when: 2026-09-22"]),
        ("when: 2026-09-21", ["2026-09-14 22:00/2026-09-15 01:00"], [None]),
        ("when: 2026-09-14 15:00/17:00", ["15:00/16:00", "16:00/17:00"], []),
        ("when: 2026-09-14 15:00/17:00", ["2026-09-14"], []),
        ("when: 2026-09", ["2026-09-14", "2026-10-02"], [None]),
    ],
)  # fmt: skip
def test_sessions_that_are_left_behind_are_told(
    tmp_path: Path, keys: str, sessions: list[str], mends: list[str | None]
) -> None:
    """With each line as it would be if the session had moved along, where that is told; with it nothing is left to say."""
    lines = [f"      - {{id: s{at}, title: S, when: {when}}}\n" for at, when in enumerate(sessions)]
    text = HEAD + f"    {keys}\n    sessions:\n" + "".join(lines)

    found = [
        each
        for each in problems_of(tmp_path / "a", {"calendars/bakery.yaml": text})
        if each.code == "session-outside"
    ]

    assert [each.mend for each in found] == mends
    if mends and all(mends):
        mended = text.splitlines()
        for each in found:
            line = mended[each.position.line - 1]
            mended[each.position.line - 1] = line[: line.index("when: ")] + f"{each.mend}}}"
        again = problems_of(tmp_path / "b", {"calendars/bakery.yaml": "\n".join(mended) + "\n"})
        assert places(again, "session-outside") == []
        assert [each for each in again if each.severity == "error"] == []
