"""Redirects lead to paths of this server, whatever a request says its host is."""

from urllib.parse import urljoin, urlsplit

import pytest
from werkzeug.test import Client

from coopcal.web.headers import by_path

REDIRECTED = (
    "/feeds/all",
    "/feeds//all/",
    "//feeds/all",
    "/organisations/bakery",
    "/organisations/watermill/",
    "/events/bakery/open-day",
    "/builder",
    "/fr/builder",
    "/en/builder/",
    "/en/",
    "/en",
    "/check",
    "/embed/all/list.en",
    "/builder/?tag=b,a&evil=//evil.example",
    "/feeds/all/subscribe/?tag=b,a",
    "/feeds/all/?past=0",
)
HOSTS = (
    {"Host": "evil.example"},
    {"Host": "evil.example:99999"},
    {"Host": "[::1"},
    {"Host": "evil.example/x?y#z"},
    {"Host": "user:pw@evil.example"},
    {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "gopher", "Forwarded": "host=evil.example"},
)


@pytest.mark.parametrize("lines", HOSTS, ids=lambda lines: " ".join(lines.values()))
@pytest.mark.parametrize("path", REDIRECTED)
def test_no_answer_names_the_host_of_the_request(client: Client, path: str, lines: dict[str, str]) -> None:
    """Neither where it leads nor what it says; and what is redirected for one host is for every other."""
    usual = client.get(path)
    answer = client.get(path, headers=lines)

    assert answer.status_code == usual.status_code
    assert answer.headers.get("Location") == usual.headers.get("Location")
    assert answer.data == usual.data
    assert "evil" not in answer.get_data(as_text=True).replace("evil=//evil.example", "")


@pytest.mark.parametrize("path", REDIRECTED)
def test_where_it_leads_is_a_path_of_this_server(client: Client, path: str) -> None:
    answer = client.get(path)
    leads = answer.headers.get("Location", "/")

    assert leads.startswith("/")
    assert urlsplit(urljoin("https://here.example/a/b", leads)).netloc == "here.example"


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://evil.example/feeds/all/?a=b", "/feeds/all/?a=b"),
        ("//evil.example/x", "/x"),
        ("///evil.example/x", "/evil.example/x"),
        ("/\\evil.example", "/evil.example"),
        ("\\\\evil.example", "/evil.example"),
        ("/x//y", "/x//y"),
        ("/x?see=http://y/", "/x?see=http://y/"),
        ("http://[::1/x", "/x"),
        ("https://evil.example", "/"),
    ],
)
def test_an_address_is_cut_to_its_path(address: str, expected: str) -> None:
    assert by_path(address) == expected
