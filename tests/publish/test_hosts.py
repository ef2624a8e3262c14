"""What hosts of files are told: the headers that the application sends, and where former pages are now."""

import json
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.publish.conftest import Publication, sources
from tests.support.trees import NOW, compiled, lay

from coopcal.publish.addresses import Addresses
from coopcal.publish.hosts import redirects_file
from coopcal.publish.hosts.files import AnyHost, Host, host_files
from coopcal.publish.hosts.headers_file import LONGEST_LINE, MOST_RULES
from coopcal.publish.hosts.headers_file import headers_file as written_headers
from coopcal.publish.hosts.kinds import DISPOSITION, EVERYWHERE, KINDS, VARYING
from coopcal.publish.hosts.redirects_file import redirects_file as written_redirects
from coopcal.site.reader import LiveSite
from coopcal.views.agenda import Agenda
from coopcal.web import create_app, search_index
from coopcal.web.app import Front
from coopcal.web.headers import PAGE_CACHING
from coopcal.web.links import path_of

CHECKED = (*(name for name in VARYING if name != DISPOSITION), *(name for name, _ in EVERYWHERE))
Sent = dict[str, str]


def addresses(publication: Publication) -> Iterator[str]:
    """Return the addresses of published files below the root of the site."""
    for path in publication.rendered.files:
        yield f"/{path}".removesuffix("index.html")


def making_files(publication: Publication) -> Front:
    """Return the application as it answers for pages that are to be files."""
    live = LiveSite(publication.out)
    known = Addresses(Agenda(live.current()), NOW)

    def where(asked: str) -> str:
        standing = known.standing(asked)
        return standing.address if standing else ""

    return create_app(live, lambda: NOW, [search_index.add], where)


def answers(publication: Publication) -> dict[str, Sent]:
    """Return what the application sends beside each file that it answers with at the same address; what moved is not among them.

    It is asked once, and what it says is kept beside the files.
    """
    kept = publication.folder.with_name("answers.json")
    if kept.exists():
        told: dict[str, Sent] = json.loads(kept.read_text(encoding="utf-8"))
        return told
    app, found = making_files(publication), {}
    for address in addresses(publication):
        answer = app.plain(address)
        if answer.status == 200 and "Location" not in answer.headers:
            found[address] = {"Cache-Control": PAGE_CACHING, **answer.headers}
    part = kept.with_suffix(f".{os.getpid()}")
    part.write_text(json.dumps(found), encoding="utf-8")
    part.replace(kept)
    return found


def rules(text: str) -> list[tuple[str, Sent]]:
    """Read a ``_headers`` file."""
    found: list[tuple[str, Sent]] = []
    for line in text.splitlines():
        if line.startswith("/"):
            found.append((line, {}))
        else:
            name, _, value = line.strip().partition(": ")
            assert name not in found[-1][1]
            found[-1][1][name] = value
    return found


def cloudflare(pattern: str) -> str:
    """Return the regular expression that Cloudflare Pages makes of a pattern."""
    whole = ".*".join(re.escape(part) for part in pattern.split("*"))
    return re.sub(r":[A-Za-z]\w*", "[^/]+", whole)


def netlify(pattern: str) -> str:
    """Return the regular expression that Netlify makes of a pattern: slashes at the end are not told apart."""
    made = ""
    for part in filter(None, pattern.split("/")):
        if part.startswith(":"):
            made += "/[^/]+/?"
        elif part == "*":
            made = f"{made.removesuffix('/?')}(?:|/|/.*)" if made else "/?.*"
        else:
            made += (
                "/"
                + ".*".join(re.escape(literal) for literal in part.split("*"))
                + ("" if "*" in part else "/?")
            )
    return made or "/"


def sent_by(made: Callable[[str], str], text: str, address: str, joined: Callable[[str, str], str]) -> Sent:
    """Return what a host sends with an address by a file of rules."""
    sent: Sent = {}
    for pattern, headers in rules(text):
        if re.fullmatch(made(pattern), address):
            for name, value in headers.items():
                sent[name] = joined(sent[name], value) if name in sent else value
    return sent


@pytest.fixture(scope="module")
def at_root(publish: Callable[[str], Publication]) -> Publication:
    return publish("https://calendars.example.coop")


@pytest.fixture(scope="module")
def served(at_root: Publication) -> dict[str, Sent]:
    return answers(at_root)


def test_each_kind_of_address_has_the_headers_that_the_application_sends(
    publication: Publication,
) -> None:
    """At the root of a host and below a path."""
    base, languages = path_of(publication.address), ("fr",)
    expressions = [(kind, kind.expression(base, languages)) for kind in KINDS]
    found = answers(publication)

    assert len(found) > 0.7 * len(publication.rendered.files)
    for address, sent in found.items():
        kind = next(kind for kind, expression in expressions if re.fullmatch(expression, f"{base}{address}"))
        wanted = {**kind.headers, **dict(EVERYWHERE)}
        assert {name: wanted.get(name) for name in CHECKED} == {name: sent.get(name) for name in CHECKED}, (
            address
        )


def test_cloudflare_sends_what_the_application_sends(served: dict[str, Sent]) -> None:
    """But for what does no harm: oEmbed is for no robots there, and only pages have a policy."""
    text = written_headers(("fr",), ["txt"])
    for address, sent in served.items():
        by_host = sent_by(cloudflare, text, address, lambda one, other: f"{one}, {other}")
        for name in CHECKED:
            if name == "X-Robots-Tag" and address.endswith("/oembed.json"):
                continue
            if (
                address.startswith("/embed/")
                and address.endswith(".html")
                and name == "Content-Security-Policy"
            ):
                continue
            if name == "Cache-Control" and sent[name] == PAGE_CACHING:
                assert by_host.get(name) in (None, PAGE_CACHING), address
            elif name == "Content-Security-Policy" and not sent["Content-Type"].startswith("text/html"):
                assert by_host.get(name) in (None, sent[name]), address
            else:
                assert by_host.get(name) == sent.get(name), (address, name)
        if "Content-Type" in by_host:
            assert by_host["Content-Type"] == sent["Content-Type"], address


def test_feeds_have_their_type_whatever_a_host_knows_of_it(served: dict[str, Sent]) -> None:
    text = written_headers(("fr",), [])
    for host in (cloudflare, netlify):
        for address, sent in served.items():
            if sent["Content-Type"].startswith(
                ("text/calendar", "application/calendar+json", "text/markdown")
            ):
                assert (
                    sent_by(host, text, address, lambda _, last: last)["Content-Type"] == sent["Content-Type"]
                )


def test_netlify_opens_feeds_and_lets_frames_alone_be_framed(served: dict[str, Sent]) -> None:
    text = written_headers(("fr",), ["txt"])
    for address, sent in served.items():
        by_host = sent_by(netlify, text, address, lambda _, last: last)
        if sent.get("Access-Control-Allow-Origin"):
            assert by_host["Access-Control-Allow-Origin"] == "*", address
        elif not address.startswith("/embed/"):
            assert "Access-Control-Allow-Origin" not in by_host, address
        if sent["Content-Type"].startswith("text/html") and not address.endswith(".html"):
            assert by_host["Content-Security-Policy"] == sent["Content-Security-Policy"], address


@pytest.mark.parametrize("languages", [(), ("fr",), tuple(f"x{number}" for number in range(90))])
def test_headers_are_within_what_hosts_read(languages: tuple[str, ...]) -> None:
    text = written_headers(languages, ["pdf", "txt", "odt"])

    assert len(rules(text)) <= MOST_RULES
    assert max(map(len, text.splitlines())) <= LONGEST_LINE
    assert all(pattern.count("*") <= 1 for pattern, _ in rules(text))
    assert "/events/*.pdf" in text


def test_former_pages_are_named_within_what_hosts_read(at_root: Publication) -> None:
    text = written_redirects(at_root.rendered.moved, "")
    many = written_redirects({f"/events/mill/{number}/": "/events/mill/fair/" for number in range(5_000)}, "")

    assert "/feeds/bazaars/ /feeds/markets/ 301\n" in text
    assert "/fr/events/mill/market/ /fr/events/mill/fair/ 301\n" in text
    assert len(text.splitlines()) == len(at_root.rendered.moved)
    assert len(many.splitlines()) <= redirects_file.MOST
    assert len(many.encode()) <= redirects_file.LARGEST


@pytest.mark.parametrize(
    ("host", "at_its_root", "below_a_path"),
    [
        ("any", {".nojekyll", "_headers", "_redirects"}, {".nojekyll"}),
        ("github-pages", {".nojekyll", "CNAME"}, {".nojekyll", "CNAME"}),
        ("gitlab-pages", {"_redirects"}, {"_redirects"}),
        ("netlify", {"_headers", "_redirects"}, set()),
        ("cloudflare-pages", {"_headers", "_redirects"}, set()),
    ],
)
def test_each_host_gets_what_it_reads(
    publication: Publication, host: Host | AnyHost, at_its_root: set[str], below_a_path: set[str]
) -> None:
    made = host_files(publication.out, publication.rendered.files, publication.rendered.moved, host)

    assert {file.path for file in made} == (below_a_path if path_of(publication.address) else at_its_root)


@pytest.mark.parametrize(
    ("address", "named"),
    [
        ("https://calendars.example.coop", b"calendars.example.coop"),
        ("https://events.valley.coop", b"events.valley.coop"),
        ("https://valley.github.io", None),
        ("https://mill.github.io/calendar", None),
        ("http://127.0.0.1:8080", None),
        ("http://localhost:8080", None),
    ],
)
def test_a_domain_of_ones_own_is_told_to_github(tmp_path: Path, address: str, named: bytes | None) -> None:
    """GitHub's own is not."""
    root = lay(tmp_path, sources(address))
    compiled(root)
    files = {file.path: file.content for file in host_files(root / "_site", (), {}, "github-pages")}

    assert files.get("CNAME") == named
