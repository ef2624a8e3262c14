"""Feeds of ours are well everywhere: the real server, behind a real nginx that speaks TLS, by the real command."""

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.doctor.servers import HOST
from tests.support.certificates import Authority
from tests.support.command import invoked, serving
from tests.support.nginx import nginx
from tests.support.ports import free_port
from tests.support.trees import lay

from coopcal.doctor.client import ALL

PAGE = (Path(__file__).parents[2] / "docs/doctor.md").read_text(encoding="utf-8").partition("## Faults")[0]

CHOIR = """\
name: The Mill
country: BE
events:
  - id: choir
    title: Choir
    when: 2026-06-02 19:00/21:00
    repeats: {every: week, except: [2026-06-16], changes: {2026-06-23: {title: Concert}}}
  - id: fair
    title: Fair & dance, with "everybody"
    when: 2026-10-24/2026-10-26
    where: {name: The mill, city: Ghent, country: BE}
"""


@pytest.fixture(scope="module")
def connected(
    tmp_path_factory: pytest.TempPathFactory, authority: Authority
) -> Iterator[tuple[Path, list[str]]]:
    """Return a tree that is served, and the options with which the command gets there."""
    root, work = (
        lay(tmp_path_factory.mktemp("root"), {"calendars/mill.yaml": CHOIR}),
        tmp_path_factory.mktemp("nginx"),
    )
    certificate, key = authority.certify(HOST)
    for file in (certificate, key):
        file.chmod(0o644)
    port = free_port()
    with serving(root, SOURCE_DATE_EPOCH="1780315200") as (client, _):
        told = (
            f"server {{\nlisten 80;\nserver_name {HOST};\nreturn 301 https://$host$request_uri;\n}}\n"
            f"server {{\nlisten 127.0.0.1:{port} ssl;\nserver_name {HOST};\n"
            f"ssl_certificate {certificate};\nssl_certificate_key {key};\n"
            f"location / {{\nproxy_pass {client.base_url};\nproxy_set_header Host $host;\n}}\n}}\n"
        )
        with nginx(told, work) as address:
            there = address.removeprefix("http://")
            yield (
                root,
                [
                    "--ca",
                    str(authority.file),
                    "--connect",
                    f"443=127.0.0.1:{port}",
                    "--connect",
                    f"80={there}",
                ],
            )


@pytest.mark.parametrize("feed", ["all", "bakery", "mill.fr"])
def test_all_is_well(connected: tuple[Path, list[str]], feed: str) -> None:
    root, options = connected
    done = invoked(root, "doctor", f"https://{HOST}/feeds/{feed}.ics", "--format", "json", *options)

    told = json.loads(done.stdout)
    assert told["faults"] == []
    assert set(told["verdicts"].values()) == {"works"}
    assert done.returncode == 0, done.stderr


def test_it_is_told_in_words(connected: tuple[Path, list[str]]) -> None:
    root, options = connected
    done = invoked(
        root, "--language", "de", "doctor", f"https://{HOST}/feeds/none.ics", "--as", "apple", *options
    )

    assert done.returncode == 1
    assert "Apple Calendar             funktioniert nicht\n" in done.stdout
    assert "Unter dieser Adresse ist nichts (404). [not-found]" in done.stdout
    assert "Google" not in done.stdout


def test_programs_are_told_what_the_page_says(connected: tuple[Path, list[str]]) -> None:
    """Keys and codes are the same in every language; sentences are in that which is spoken."""
    root, options = connected
    address = f"https://{HOST}/feeds/none.ics"
    told = [
        json.loads(
            invoked(root, "--language", language, "doctor", address, "--format", "json", *options).stdout
        )
        for language in ("en", "fr")
    ]
    keys = {
        key
        for row in re.findall(r"^\| ((?:`\w+`(?:, )?)+) \|", PAGE, re.MULTILINE)
        for key in re.findall(r"\w+", row)
    }

    assert told[0].keys() == told[1].keys()
    assert told[0]["faults"][0].keys() == keys
    assert [told[0]["faults"][0][key] for key in ("code", "harm", "rules")] == [
        "not-found",
        "fatal",
        ["4.13"],
    ]
    assert [one["faults"][0]["message"] for one in told] == [
        "There is nothing at this address (404).",
        "Il n’y a rien à cette adresse (404).",
    ]
    assert told[0]["verdicts"] == dict.fromkeys(map(str, ALL), "does-not-work")


def test_where_our_server_is_not_trusted(connected: tuple[Path, list[str]]) -> None:
    """Without the authority, nothing is fetched."""
    root, options = connected
    done = invoked(root, "doctor", f"https://{HOST}/feeds/all.ics", *options[2:])

    assert done.returncode == 1
    assert "[certificate-unknown-issuer]" in done.stdout


@pytest.mark.parametrize(
    "address",
    [
        "",
        "file:///etc/passwd",
        "ftp://example.coop/a.ics",
        "https://",
        "https://exa mple/a.ics",
        "example.coop/a.ics",
        "https://[::1",
    ],
)
def test_what_is_no_address_is_not_looked_at(tmp_path: Path, address: str) -> None:
    done = invoked(tmp_path, "doctor", address)

    assert (done.returncode, done.stdout) == (2, "")
    assert "is no address of the web, and no file" in done.stderr


@pytest.mark.parametrize(
    "options",
    [["--connect", "443"], ["--connect", "443=host:99999"], ["--ca", os.devnull], ["--as", "lotus"]],
)
def test_options_that_cannot_be_followed(tmp_path: Path, options: list[str]) -> None:
    done = invoked(tmp_path, "doctor", "https://example.coop/a.ics", *options)

    assert (done.returncode, done.stdout) == (2, "")


def test_names_and_passwords_are_not_printed(tmp_path: Path) -> None:
    address = f"http://me:word@{HOST}/a.ics"
    done = invoked(
        tmp_path, "doctor", address, "--connect", f"80=127.0.0.1:{free_port()}", "--format", "json"
    )

    told = json.loads(done.stdout)
    assert "no-connection" in {fault["code"] for fault in told["faults"]}
    assert told["address"] == f"http://{HOST}/a.ics"
    assert "me:word" not in done.stdout + done.stderr
