"""Source trees for tests: paths and texts, laid into a folder."""

from datetime import UTC, datetime
from pathlib import Path
from textwrap import dedent

from tests.support.pictures import content

from coopcal.compile.pipeline import Outcome, compile_site
from coopcal.model.problem import Severity

NOW = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)

SITE = """\
title: {en: Example, fr: Exemple}
uid_domain: example.coop
base_url: https://calendars.example.coop
languages: [en, fr]
timezone: Europe/Brussels
"""

BAKERY = """\
name: The Bakery
country: BE
colour: "#aa3311"
url: https://bakery.example.coop/
events:
  - id: open-day
    title: {en: Open day, fr: Portes ouvertes}
    when: 2026-09-12
    where: {name: The shop, city: Ghent, country: BE}
    description: |
      Come and *taste*, see [our page](https://bakery.example.coop/open).
    tags: [open-doors]
  - id: assembly
    title: General assembly
    when: 2026-10-24 14:00/17:30
    where: {city: Ghent, country: BE, geo: {lat: 51.05, lon: 3.72}}
  - id: board
    title: Secret board meeting
    when: 2026-10-25 09:00/10:00
    visibility: members
"""


def lay(root: Path, files: dict[str, str] | None = None) -> Path:
    """Write the example site, with files replaced or added, and return its root."""
    for path, text in {"coopcal.yaml": SITE, "calendars/bakery.yaml": BAKERY, **(files or {})}.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content(path, dedent(text)))
    return root


def compiled(root: Path, now: datetime = NOW, **options: bool | str) -> Outcome:
    """Compile a tree into its ``_site``; its sources have no errors."""
    outcome = compile_site(root, root / "_site", now, **options)
    errors = [problem for problem in outcome.problems if problem.severity is Severity.ERROR]

    assert errors == []
    return outcome
