"""The face of organisations and of the site: on pages, in style sheets, and in what others show of links to pages."""

import json
import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from tests.support import pictures
from tests.support.trees import BAKERY, NOW, SITE, compiled, lay
from werkzeug.test import Client

from coopcal.site.reader import LiveSite
from coopcal.web import create_app
from coopcal.web.brand import letters

BASE = "https://calendars.example.coop"
OWN = """\
description: {en: 'All *events* of the valley "and" more.', fr: Tout ce qui a lieu.}
logo: {file: logo.svg, alt: The valley}
colour: "#ffd000"
image: {file: files/valley.png, alt: Hills}
"""
FACE = """\
logo: {file: files/logo.svg, alt: A loaf}
image: {file: files/stall.png, alt: {en: A stall, fr: Un étal}}
description: "We [bake](https://bakery.example.coop/) for the *whole* valley."
"""
FAIR = "  - {id: fair, title: Fair, when: 2026-09-13, image: {file: files/fair.webp, alt: Wheels}}\n"
MILL = "name: The Old Mill\ncountry: BE\nevents:\n  - {id: grind, title: Grinding, when: 2026-09-14}\n"
FILES = {
    "logo.svg": pictures.svg(64, 32), "files/valley.png": pictures.png(1200, 630),
    "calendars/files/logo.svg": pictures.svg(40, 40), "calendars/files/stall.png": pictures.png(600, 315),
    "calendars/files/fair.webp": pictures.webp(800, 600),
}  # fmt: skip
WHOSE = {
    "/": ("/site/image.png", "1200", "630", "Hills"),
    "/search/": ("/site/image.png", "1200", "630", "Hills"),
    "/feeds/all/": ("/site/image.png", "1200", "630", "Hills"),
    "/feeds/mill/": ("/site/image.png", "1200", "630", "Hills"),
    "/events/mill/grind/": ("/site/image.png", "1200", "630", "Hills"),
    "/organisations/bakery/": ("/organisations/bakery/image.png", "600", "315", "A stall"),
    "/fr/organisations/bakery/": ("/organisations/bakery/image.png", "600", "315", "Un étal"),
    "/feeds/bakery/": ("/organisations/bakery/image.png", "600", "315", "A stall"),
    "/feeds/bakery/2026-09/": ("/organisations/bakery/image.png", "600", "315", "A stall"),
    "/events/bakery/open-day/": ("/organisations/bakery/image.png", "600", "315", "A stall"),
    "/events/bakery/fair/": ("/events/bakery/fair/fair.webp", "800", "600", "Wheels"),
}
"""Pages, and the picture that a link to each is shown with."""


def client_of(root: Path, files: dict[str, str], beside: dict[str, bytes] | None = None) -> Client:
    """Return who asks for the pages of a tree with these files."""
    lay(root, files)
    for path, content in (beside or {}).items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content)
    compiled(root)
    return Client(create_app(LiveSite(root / "_site"), lambda: NOW))


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Client:
    """Return who asks for the pages of a site with a face, of an organisation with one and of one without."""
    files = {
        "coopcal.yaml": SITE + OWN,
        "calendars/bakery.yaml": BAKERY.replace("events:\n", f"{FACE}events:\n{FAIR}"),
        "calendars/mill.yaml": MILL,
    }
    return client_of(tmp_path_factory.mktemp("brand"), files, FILES)


def said(page: str) -> dict[str, str]:
    """Return what a page says of itself, for others to show."""
    return {
        name: unescape(text)
        for name, text in re.findall(r'<meta (?:property|name)="([^"]+)" content="([^"]*)">', page)
    }


@pytest.mark.parametrize("path", WHOSE)
def test_a_link_is_shown_with_the_nearest_picture(client: Client, path: str) -> None:
    meta = said(client.get(path).text)
    address, width, height, words = WHOSE[path]

    assert meta["og:image"] == BASE + address
    assert (meta["og:image:width"], meta["og:image:height"]) == (width, height)
    assert meta["og:image:alt"] == words
    assert meta["twitter:card"] == "summary_large_image"
    with client.get(address) as picture:
        assert picture.status_code == 200
        assert picture.content_type.startswith("image/")


def test_what_a_page_is_about_is_said_plainly_in_its_language(client: Client) -> None:
    of_site, of_bakery = said(client.get("/").text), said(client.get("/organisations/bakery/").text)

    assert of_site["description"] == of_site["og:description"] == 'All events of the valley "and" more.'
    assert said(client.get("/fr/").text)["description"] == "Tout ce qui a lieu."
    assert of_bakery["description"] == "We bake (https://bakery.example.coop/) for the whole valley."


def test_a_drawing_is_no_picture_of_a_link_as_no_service_shows_it(tmp_path: Path) -> None:
    own = "logo: {file: logo.svg, alt: A}\n"
    meta = said(client_of(tmp_path, {"coopcal.yaml": SITE + own}, {"logo.svg": pictures.svg()}).get("/").text)

    assert "og:image" not in meta
    assert meta["twitter:card"] == "summary"


def test_a_logo_is_a_small_picture_of_a_link(tmp_path: Path) -> None:
    own = "logo: {file: logo.png, alt: A}\n"
    meta = said(client_of(tmp_path, {"coopcal.yaml": SITE + own}, {"logo.png": pictures.png()}).get("/").text)

    assert (meta["og:image"], meta["twitter:card"]) == (f"{BASE}/site/logo.png", "summary")


def test_a_site_without_a_face_says_none(tmp_path: Path) -> None:
    page = client_of(tmp_path, {}).get("/").text

    assert "og:image" not in said(page)
    assert "<img" not in page
    assert said(page)["description"] == "Events of Example, for your own calendar."


PICTURES = (
    "/site/logo.svg", "/site/image.png", "/organisations/bakery/logo.svg", "/organisations/bakery/image.png",
    "/events/bakery/fair/fair.webp",
)  # fmt: skip


@pytest.mark.parametrize("path", PICTURES)
def test_nothing_in_a_picture_runs_and_no_browser_guesses_what_it_is(client: Client, path: str) -> None:
    with client.get(path) as picture:
        assert picture.headers["Content-Security-Policy"].startswith("default-src 'none'; ")
        assert picture.headers["Content-Security-Policy"].endswith("; sandbox")
        assert picture.headers["X-Content-Type-Options"] == "nosniff"
        assert picture.content_type.startswith(
            {"svg": "image/svg+xml", "png": "image/png", "webp": "image/webp"}[path.rsplit(".", 1)[-1]]
        )
        assert picture.headers["Cache-Control"].startswith("public, max-age=")


@pytest.mark.parametrize(
    "path", ["/site/", "/site/logo.png", "/organisations/mill/logo.svg", "/organisations/bakery/other.svg"]
)
def test_what_is_no_picture_of_theirs_is_not_there(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def rules(client: Client, path: str = "/") -> tuple[str, str]:
    """Return the style sheet of colours: what holds, and what holds on dark pages instead."""
    (sheet,) = re.findall(r'href="(/colours\.[0-9a-f]+\.css)"', client.get(path).text)
    answer = client.get(sheet)
    assert answer.content_type.startswith("text/css")
    light, _, dark = answer.text.partition("@media screen and (prefers-color-scheme: dark)")
    return light, dark


def test_each_organisation_has_its_colours_and_the_site_has_its_own(client: Client) -> None:
    light, dark = rules(client)

    assert ".o-bakery { --organisation: #aa3311; --organisation-ink: #ffffff; --organisation-soft: " in light
    assert "--organisation-fill: #aa3311; --organisation-fill-ink: #ffffff;" in light
    assert ":root { --house: #846a00; --house-ink: #ffffff; --house-soft: " in light
    assert ":root { --house: #ffd000; --house-ink: #111614; " in dark
    assert all(
        f".o-{one} {{ --organisation: #" in part for one in ("bakery", "mill") for part in (light, dark)
    )


def test_those_of_one_colour_share_a_rule_so_that_a_federation_has_a_small_sheet(tmp_path: Path) -> None:
    files = {f"calendars/member-{number}.yaml": f"name: Member {number}\n" for number in range(300)}
    light, dark = rules(client_of(tmp_path, files))

    assert light.count("{") <= 14
    assert len(light + dark) < 40 * 300
    assert all(f".o-member-{number}" in light for number in range(300))


def test_an_organisation_without_a_logo_has_letters_and_one_with_it_has_its_logo(client: Client) -> None:
    """On its poster; the words beside say whose it is."""
    mill = client.get("/feeds/mill/poster/").text
    bakery = client.get("/feeds/bakery/poster/").text

    assert '<span class="monogram o-mill" aria-hidden="true">OM</span>' in mill
    assert (
        '<img class="logo" src="/organisations/bakery/logo.svg" alt="" decoding="async" width="40" height="40">'
        in bakery
    )
    assert 'class="poster a4 branded o-bakery"' in bakery


def test_the_header_has_the_logo_of_the_site(client: Client) -> None:
    assert (
        '<img class="logo" src="/site/logo.svg" alt="" decoding="async" width="64" height="32">'
        in client.get("/").text
    )


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/feeds/bakery/",
        "/feeds/bakery/poster/",
        "/organisations/bakery/",
        "/events/bakery/fair/",
        "/search/",
    ],
)
def test_words_are_shown_before_pictures_are_ready(client: Client, path: str) -> None:
    """A picture that is decoded with the first paint holds all of it back."""
    pictures = re.findall(r"<img[^>]*>", client.get(path).text)

    assert pictures
    assert [
        each for each in pictures if 'decoding="async"' not in each and 'loading="lazy"' not in each
    ] == []


def test_a_logo_elsewhere_is_not_told_who_reads_the_page(tmp_path: Path) -> None:
    own = "logo: {url: 'https://elsewhere.example/logo.png?a=1&b=2', alt: A}\n"
    page = client_of(tmp_path, {"coopcal.yaml": SITE + own}).get("/").text

    (logo,) = re.findall(r'<img class="logo"[^>]*>', page)
    assert 'src="https://elsewhere.example/logo.png?a=1&amp;b=2"' in logo
    assert 'referrerpolicy="no-referrer"' in logo
    assert said(page)["og:image"] == "https://elsewhere.example/logo.png?a=1&b=2"


def organisers(page: str) -> list[dict[str, Any]]:
    (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    told: list[dict[str, Any]] = json.loads(data)["organizer"]
    return told


def test_search_engines_are_told_the_logo_of_an_organiser(client: Client) -> None:
    (bakery,) = organisers(client.get("/events/bakery/fair/").text)
    (mill,) = organisers(client.get("/events/mill/grind/").text)

    assert bakery["logo"] == f"{BASE}/organisations/bakery/logo.svg"
    assert "logo" not in mill


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Millbrook Bakery", "MB"),
        ("CICOPA", "C"),
        ("ICA", "ICA"),
        ("the Valley of Mills", "VM"),
        ("The Old Mill", "OM"),
        ("La", "L"),
        ("Bread of the valley", "BV"),
        ("bread and roses", "BA"),
        ("École coopérative", "ÉC"),
        ("Éole", "É"),
        ("ßtrand", "S"),
        ("3 Mills", "3M"),
        ("“Quoted” (name)", "QN"),
        ("تعاونية القرية", "تا"),
        ("共同組合", "共"),
        ("--", ""),
        ("", ""),
    ],
)
def test_letters_of_a_name(name: str, expected: str) -> None:
    assert letters(name) == expected
