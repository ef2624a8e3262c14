"""What is believed of what proxies say: where one's own say it, and of no visitor."""

from typing import Any

import pytest
from tests.support.trees import NOW, compiled, lay
from werkzeug.test import Client

from coopcal.site.reader import LiveSite
from coopcal.web import create_app
from coopcal.web.proxies import Proxies, Said, said

VISITOR = "203.0.113.9"
FORGED = "198.51.100.66"


def behind(count: int, *, appends: bool, forged: bool) -> dict[str, str]:
    """Return the headers that arrive from a visitor through so many proxies; the outermost adds to what he sent, or sets it."""
    sent = {
        "x-forwarded-for": FORGED,
        "x-forwarded-proto": "gopher, https",
        "x-forwarded-host": "evil.example",
    }
    headers = dict(sent) if forged else {}
    peers = [VISITOR, *(f"10.0.0.{number}" for number in range(count - 1))]
    for hop, peer in enumerate(peers[:count]):
        values = {
            "x-forwarded-for": peer,
            "x-forwarded-proto": "https" if hop == 0 else "http",
            "x-forwarded-host": "calendars.example.coop" if hop == 0 else "inner",
        }
        for name, value in values.items():
            keeps = name in headers and (hop > 0 or appends)
            headers[name] = f"{headers[name]}, {value}" if keeps else value
    return headers


@pytest.mark.parametrize("count", [1, 2, 3])
@pytest.mark.parametrize("appends", [True, False])
@pytest.mark.parametrize("forged", [True, False])
def test_the_right_number_of_proxies_tells_who_asks(count: int, *, appends: bool, forged: bool) -> None:
    headers = behind(count, appends=appends, forged=forged)

    assert said(count, "127.0.0.1", lambda name: headers.get(name, "")) == Said(
        VISITOR, "https", "calendars.example.coop"
    )


@pytest.mark.parametrize("count", [1, 2, 3])
@pytest.mark.parametrize("told", [0, 1, 2, 3, 4, 10])
def test_a_wrong_number_lets_no_visitor_forge_where_the_outermost_sets_what_it_says(
    count: int, told: int
) -> None:
    """As the examples for nginx and Caddy do; too few lead to an inner proxy, too many to nothing."""
    headers = behind(count, appends=False, forged=True)
    believed = said(told, "127.0.0.1", lambda name: headers.get(name, ""))

    assert FORGED not in believed
    assert "evil.example" not in believed
    if told > count or told == 0:
        assert believed == Said()


@pytest.mark.parametrize("told", [0, 1, 2])
def test_whoever_comes_from_the_internet_is_no_proxy(told: int) -> None:
    headers = {"x-forwarded-for": f"{FORGED}, {FORGED}", "x-forwarded-proto": "https,https"}

    assert said(told, "8.8.8.8", lambda name: headers.get(name, "")) == Said()


@pytest.mark.parametrize(
    ("value", "address"),
    [
        ("203.0.113.9:4711", "203.0.113.9"),
        ("[2001:db8::1]:443", "2001:db8::1"),
        ("2001:db8::1", "2001:db8::1"),
        ("unknown", ""),
        ("203.0.113.9\r\nX: y", ""),
        ("<script>", ""),
    ],
)
def test_an_address_is_one_or_nothing(value: str, address: str) -> None:
    assert said(1, "127.0.0.1", lambda _: value).address == address


@pytest.mark.parametrize("host", ["a b", "evil.example/x", "a\r\nb", "", "x" * 300, "a@b"])
def test_a_host_is_one_or_nothing(host: str) -> None:
    assert said(1, "127.0.0.1", lambda _: host).host == ""


@pytest.mark.parametrize("number", [0, 1])
def test_no_header_of_the_kind_reaches_the_application(number: int) -> None:
    seen: dict[str, Any] = {}

    def app(environ: dict[str, Any], _: object) -> list[bytes]:
        seen.update(environ)
        return []

    names = (
        "Forwarded",
        "X-Forwarded-For",
        "X-Forwarded-Prefix",
        "X-Forwarded-Host",
        "X-Real-IP",
        "X-Forwarded-Proto",
    )
    environ = {f"HTTP_{name.upper().replace('-', '_')}": "https" for name in names}
    list(
        Proxies(app, number)(
            {**environ, "REMOTE_ADDR": "127.0.0.1", "wsgi.url_scheme": "http"}, lambda *_: None
        )
    )

    assert not [key for key in seen if key.startswith("HTTP_") and key != "HTTP_HOST"]
    assert seen["wsgi.url_scheme"] == ("https" if number else "http")


def test_no_answer_depends_on_what_is_said(tmp_path_factory: pytest.TempPathFactory) -> None:
    """But for what needs it: links begin with ``base_url``, whatever a prefix or host is said to be."""
    root = lay(tmp_path_factory.mktemp("site"))
    compiled(root)
    client = Client(Proxies(create_app(LiveSite(root / "_site"), lambda: NOW), 1))
    headers = {
        "X-Forwarded-Prefix": "/evil",
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-Proto": "https",
    }
    for path in ("/", "/feeds/all.ics", "/feeds/all", "/organisations/bakery/", "/nothing/"):
        told, plain = client.get(path, headers=headers), client.get(path)

        assert (told.status, told.data) == (plain.status, plain.data)
        assert told.headers.get("Location") == plain.headers.get("Location")
        assert b"evil" not in told.data
