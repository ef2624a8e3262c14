"""Checks of small trees: the smallest site and the smallest organisation, with files replaced or added."""

from datetime import UTC, datetime
from pathlib import Path

from tests.support.pictures import content
from tests.support.trees import NOW

from coopcal.compile.pipeline import check, compile_site
from coopcal.model.problem import Problem, Severity

SMALLEST = {
    "coopcal.yaml": (
        "title: Example\nuid_domain: example.coop\nlanguages: [en, fr]\ntimezone: Europe/Brussels\n"
    ),
    "calendars/bakery.yaml": "name: The Bakery\ncountry: BE\n",
}

BEFORE = datetime(2026, 1, 1, tzinfo=UTC)
"""When the site before was compiled."""


def lay(root: Path, files: dict[str, str]) -> Path:
    """Write the smallest tree, with files replaced or added, and return its root."""
    for path, text in {**SMALLEST, **files}.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content(path, text))
    return root


def events(*lines: str, head: str = "") -> dict[str, str]:
    """Return the file of an organisation with these events, each the inside of a mapping; ``head`` stands before them."""
    listed = "".join(f"  - {{{line}}}\n" for line in lines)
    return {"calendars/bakery.yaml": f"name: The Bakery\n{head}events:\n{listed}"}


def problems_of(
    folder: Path, files: dict[str, str], before: dict[str, str] | None = None, now: datetime = NOW
) -> list[Problem]:
    """Check the smallest tree with these files; ``before`` are those of the site that was published before."""
    out = folder / "site"
    if before is not None:
        outcome = compile_site(lay(folder / "before", before), out, BEFORE)

        assert outcome.published, [
            problem for problem in outcome.problems if problem.severity is Severity.ERROR
        ]
    return list(check(lay(folder / "now", files), now, out=out).problems)


def places(problems: list[Problem], code: str) -> list[tuple[str, int, int, int]]:
    """Return where problems of a code stand: path, line, column, end column."""
    return [
        (problem.position.path, problem.position.line, problem.position.column, problem.position.end_column)
        for problem in problems
        if problem.code == code
    ]
