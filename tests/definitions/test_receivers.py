"""``notify`` in coopcal.yaml: who is told, and what is wrong with it."""

from pathlib import Path

import pytest
from tests.support.checking import problems_of

from coopcal.definitions.site_file import site_settings
from coopcal.model.receiver import Receiver

SITE = "title: T\nuid_domain: example.coop\nnotify:\n"


@pytest.mark.parametrize(
    ("receiver", "code"),
    [
        ("{url: nowhere}", "bad-url"),
        ("{url: 'https://me:secret@hooks.example.org/'}", "bad-url"),
        ("{url: 'ftp://hooks.example.org/'}", "bad-url"),
        ("{format: text}", "missing-key"),
        ("{name: Board Chat}", "bad-id"),
        ("{name: board, url: 'https://hooks.example.org/'}", "bad-url"),
        ("{name: 'https://hooks.example.org/'}", "bad-id"),
        ("{url: 'https://hooks.example.org/', format: xml}", "unknown-word"),
        ("{url: 'https://hooks.example.org/', language: klingon}", "unknown-language"),
        ("{url: 'https://hooks.example.org/', organisations: [nobody]}", "unknown-organisation"),
        ("{url: 'https://hooks.example.org/', feeds: [nowhere]}", "unknown-feed"),
        ("{url: 'https://hooks.example.org/', secret: hush}", "unknown-key"),
        ("https://hooks.example.org/", "not-keys"),
    ],
)
def test_what_is_wrong_is_told_where_it_stands(tmp_path: Path, receiver: str, code: str) -> None:
    found = problems_of(tmp_path, {"coopcal.yaml": f"{SITE}  - {receiver}\n"})
    errors = [each for each in found if each.severity == "error"]

    assert [each.code for each in errors] == [code]
    assert (errors[0].position.path, errors[0].position.line) == ("coopcal.yaml", 4)


def test_the_settings_are_read_by_themselves(tmp_path: Path) -> None:
    """None where the file is missing, or cannot be read."""
    path = tmp_path / "coopcal.yaml"
    assert site_settings(tmp_path) is None
    path.write_text(
        f"{SITE}  - {{url: 'https://hooks.example.org/a', format: text, language: fr}}\n", "utf-8"
    )
    settings = site_settings(tmp_path)
    path.write_text("title: [", encoding="utf-8")

    assert settings is not None
    assert settings.notify == (Receiver("https://hooks.example.org/a", "text", "fr"),)
    assert site_settings(tmp_path) is None
