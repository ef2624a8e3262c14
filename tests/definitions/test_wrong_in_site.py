"""Values of keys of the site that are wrong."""

from pathlib import Path

import pytest
from tests.support.checking import problems_of


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
    site = f"title: T\nuid_domain: example.coop\n{line}\n"

    found = problems_of(tmp_path, {"coopcal.yaml": site})

    assert [each.code for each in found if each.severity == "error"] == [code]
