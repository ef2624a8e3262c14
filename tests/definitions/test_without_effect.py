"""Keys that do nothing yet."""

from pathlib import Path

import pytest
from tests.support.checking import problems_of

FACE = {
    "also_at": "[https://old.example.coop]", "description": "{en: All events, fr: Tout}", "colour": '"#aa3311"',
    "logo": "{file: logo.png, alt: L}", "image": "{url: https://example.org/i.png, alt: I}",
}  # fmt: skip


@pytest.mark.parametrize("key", FACE)
def test_keys_of_the_site_that_do_nothing_yet_are_noted_once(tmp_path: Path, key: str) -> None:
    """They are no unknown keys, and what is wrong in them is told."""
    site = f"title: T\nuid_domain: example.coop\n{key}: {FACE[key]}\n"

    found = problems_of(tmp_path, {"coopcal.yaml": site})

    assert [each for each in found if each.severity == "error"] == []
    assert [(each.position.line, each.severity) for each in found if each.code == "no-effect-yet"] == [
        (3, "note")
    ]


@pytest.mark.parametrize(
    ("line", "code"),
    [("colour: red", "bad-colour"), ("image: [x]", "not-keys"), ("logo: {alt: L}", "file-or-url")],
)  # fmt: skip
def test_what_is_wrong_in_them_is_told(tmp_path: Path, line: str, code: str) -> None:
    """As elsewhere."""
    site = f"title: T\nuid_domain: example.coop\n{line}\n"

    found = problems_of(tmp_path, {"coopcal.yaml": site})

    assert [each.code for each in found if each.severity == "error"] == [code]


def test_legal_links_and_an_organisation_have_theirs(tmp_path: Path) -> None:
    """What is in every footer has an effect; image and description of an organisation have none yet."""
    site = "title: T\nuid_domain: example.coop\nlegal: [{label: Privacy, url: https://example.coop/}]\n"
    own = "name: The Bakery\ndescription: We bake.\nimage: https://example.org/i.png\n"

    found = problems_of(tmp_path, {"coopcal.yaml": site, "calendars/bakery.yaml": own})

    assert [(each.position.path, each.position.line) for each in found if each.code == "no-effect-yet"] == [
        ("calendars/bakery.yaml", 2), ("calendars/bakery.yaml", 3),
    ]  # fmt: skip
