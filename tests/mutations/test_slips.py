"""A slip of the hand in a file that was right: the first problem names the line, and says what to write."""

import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from tests.support.slips import KINDS, slips

from coopcal.build import check

REPOSITORY = Path(__file__).parents[2]
NOW = datetime(2026, 11, 25, tzinfo=UTC)
COUNT, SEED, ENOUGH = 100, 2026, 95


def sources() -> dict[str, str]:
    """Give the repository's own sources by path."""
    paths = [
        REPOSITORY / "coopcal.yaml",
        *sorted(REPOSITORY.glob("calendars/**/*.yaml")),
        *sorted(REPOSITORY.glob("feeds/*.yaml")),
    ]
    return {path.relative_to(REPOSITORY).as_posix(): path.read_text(encoding="utf-8") for path in paths}


def missed(count: int, seed: int) -> tuple[list[str], Counter[str]]:
    """Give what the first problem does not tell as it should, in words, and how often each kind was tried."""
    known = set(check(REPOSITORY, NOW, out=REPOSITORY / "none").problems)
    wrong, tried = [], Counter[str]()
    for kind, path, slip in slips(sources(), count, seed):
        tried[kind] += 1
        found = check(REPOSITORY, NOW, out=REPOSITORY / "none", instead={path: slip.text}).problems
        new = [each for each in found if each not in known]
        if not new:
            wrong.append(f"{kind}: {path}:{slip.lines[0]}: nothing was said")
            continue
        first = new[0]
        said = f"{first.message} {first.mend or ''}"
        right = first.place.path == path and first.place.line in slip.lines
        if not right or not any(each in said for each in slip.wanted):
            wrong.append(
                f"{kind}: {path}:{slip.lines[0]} wants {slip.wanted[0]!r}; "
                f"{first.place.path}:{first.place.line} says {said!r} [{first.code}]\n"
                f"      {slip.text.splitlines()[slip.lines[0] - 1]!r}"
            )
    return wrong, tried


def test_the_first_problem_names_the_line_and_the_mend() -> None:
    """For at least 95 of 100 slips, of every kind."""
    wrong, tried = missed(COUNT, SEED)
    told = (
        f"{COUNT - len(wrong)} of {COUNT} slips of {len(tried)} kinds are told in their line, with the mend"
    )
    sys.stdout.write("\n".join((told, *wrong)) + "\n")

    assert set(tried) == set(KINDS)
    assert len(wrong) <= COUNT - ENOUGH, "\n".join(wrong)
