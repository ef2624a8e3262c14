"""What Apache and Caddy are told, read as they read it: neither runs here."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.publish.conftest import Publication
from tests.publish.test_hosts import CHECKED, Sent, answers

from coopcal.publish.hosts.rules import USUAL_ROOT, Server, rules_for
from coopcal.web.links import path_of


def by_apache(text: str, path: str) -> Sent:
    """Return what ``Header`` sets for a path, of the kind that the last ``SetEnvIf`` that fits says."""
    kinds = [
        name
        for pattern, name in re.findall(r'^SetEnvIf Request_URI "(.*)" coopcal=(\w+)$', text, re.MULTILINE)
        if re.search(pattern, path)
    ]
    lines = re.findall(
        r'^Header (?:always )?set (\S+) "(.*?)"(?: "expr=reqenv\(\'coopcal\'\) == \'(\w+)\'")?$',
        text,
        re.MULTILINE,
    )
    return {name: value for name, value, kind in lines if not kind or [kind] == kinds[-1:]}


def by_caddy(text: str, path: str) -> Sent:
    """Return what ``header`` sets for a path, one after the other."""
    matching = {
        name
        for name, pattern in re.findall(r"@(\w+) path_regexp \w+ `(.*)`$", text, re.MULTILINE)
        if re.search(pattern, path)
    }
    lines = re.findall(r"^\t\theader (?:@(\w+) )?([A-Z]\S+) `(.*)`$", text, re.MULTILINE)
    return {name: value for kind, name, value in lines if not kind or kind in matching}


READERS: dict[Server, Callable[[str, str], Sent]] = {"apache": by_apache, "caddy": by_caddy}


@pytest.mark.parametrize("server", READERS)
def test_each_address_is_sent_as_the_application_sends_it(publication: Publication, server: Server) -> None:
    text, base = rules_for(server, publication.out, publication.folder), path_of(publication.address)
    for address, sent in answers(publication).items():
        told = READERS[server](text, f"{base}{address}")
        assert {name: told.get(name) for name in CHECKED} == {name: sent.get(name) for name in CHECKED}, (
            address
        )


def test_apache_leads_former_pages_on_within_its_folder(publication: Publication) -> None:
    text, base = rules_for("apache", publication.out, publication.folder), path_of(publication.address)
    found = re.findall(r'^RewriteRule "(.*)" "(.*)" \[R=308,L\]$', text, re.MULTILINE)

    def leads(path: str) -> str:
        pattern, to = next((pattern, to) for pattern, to in found if re.search(pattern, path))
        return re.sub(pattern, re.sub(r"\$(\d)", r"\\\1", to), path)

    assert leads("fr/events/mill/market/opening/") == f"{base}/fr/events/mill/fair/opening/"
    assert leads("feeds/bazaars/archive/") == f"{base}/feeds/markets/archive/"


def test_the_root_of_the_host_is_above_the_folder_by_its_path(publication: Publication) -> None:
    base = path_of(publication.address)

    assert "root /srv/www;" in rules_for("nginx", publication.out, Path(f"/srv/www{base}"))
    assert f"root {USUAL_ROOT if base else '/srv/files'};" in rules_for(
        "nginx", publication.out, Path("/srv/files")
    )
