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


@pytest.mark.parametrize(
    ("host", "shown"),
    [
        ("[2001:4860:4860::8888]", "[2001:4860:4860::8888]"),
        ("[2001:4860:4860:0:0:0:0:8888]:8443", "[2001:4860:4860:0:0:0:0:8888]:8443"),
        ("[::FFFF:192.0.2.1]", "[::ffff:192.0.2.1]"),
        ("[::1]:8000", "[::1]:8000"),
        *((host, None) for host in ("[]", "[::1", "::1", "[::1]x", "[1.2.3.4]", "[hooks.example]", "[fe80::1%25eth0]", "[fe80::1%eth0]", "[v1.fe80]", "[1::2::3]", "[::1]:0", "[::1]:99999", "[12345::]")),
    ],
)  # fmt: skip
def test_an_address_may_have_a_host_of_ipv6(tmp_path: Path, host: str, shown: str | None) -> None:
    """In brackets (RFC 3986, 3.2.2), of no single network card; whether it is asked, the guard decides. So do former addresses of the site."""
    receiver = problems_of(tmp_path, {"coopcal.yaml": f"{SITE}  - {{url: 'https://{host}/'}}\n"})
    text = f"title: T\nuid_domain: example.coop\nbase_url: https://e.coop\nalso_at: ['https://{host}/']\n"
    former = problems_of(tmp_path, {"coopcal.yaml": text})
    (tmp_path / "coopcal.yaml").write_text(text, encoding="utf-8")
    settings = site_settings(tmp_path)

    for found in (receiver, former):
        assert [each.code for each in found if each.severity == "error"] == ([] if shown else ["bad-url"])
    if shown:
        assert Receiver(f"https://{host}/").shown == shown
        assert settings is not None
        assert settings.former == (f"https://{host}",)


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
