"""Keys that do nothing yet."""

from pathlib import Path

import pytest
from tests.support.checking import problems_of


def test_keys_of_the_site_that_do_nothing_yet_are_noted_once(tmp_path: Path) -> None:
    """They are no unknown keys, and what is wrong in them is told."""
    site = "title: T\nuid_domain: example.coop\nalso_at: [https://old.example.coop]\n"

    found = problems_of(tmp_path, {"coopcal.yaml": site})

    assert [each for each in found if each.severity == "error"] == []
    assert [(each.position.line, each.severity) for each in found if each.code == "no-effect-yet"] == [
        (3, "note")
    ]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("also_at: nowhere", "bad-url"),
        ("colour: red", "bad-colour"),
        ("image: [x]", "not-keys"),
        ("logo: {alt: L}", "file-or-url"),
    ],
)
def test_what_is_wrong_in_keys_of_the_site_is_told(tmp_path: Path, line: str, code: str) -> None:
    """In those that do nothing yet as in those of its face."""
    site = f"title: T\nuid_domain: example.coop\n{line}\n"

    found = problems_of(tmp_path, {"coopcal.yaml": site})

    assert [each.code for each in found if each.severity == "error"] == [code]
