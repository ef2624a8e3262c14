"""Pages and addresses for machines."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.support.trees import NOW, compiled, lay
from werkzeug.test import Client

from coopcal.definitions.schema import written
from coopcal.site.reader import LiveSite
from coopcal.web import create_app

PAGES = ["/", "/organisations/bakery/", "/feeds/all/", "/events/bakery/assembly/"]


@pytest.mark.parametrize("path", PAGES)
def test_pages_say_their_language_and_run_nothing_but_our_own(client: Client, path: str) -> None:
    """Strict headers, and 304 to whoever has the page already."""
    answer = client.get(path)
    again = client.get(path, headers={"If-None-Match": answer.headers["ETag"]})

    assert answer.status_code == 200
    assert '<html lang="en">' in answer.text
    assert (
        re.sub(r'<script (src="/static/|type="application/ld\+json")', "", answer.text).count("<script") == 0
    )
    assert "style=" not in answer.text
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert again.status_code == 304


def test_the_first_page_leads_to_subscribing_and_says_what_is_next(client: Client) -> None:
    """Nothing that is not public."""
    text = client.get("/").text

    assert 'href="/feeds/bakery/subscribe/" aria-label="Subscribe to The Bakery"' in text
    assert "General assembly" in text
    assert "Secret" not in text


def test_the_style_sheet_may_be_kept_for_ever(client: Client) -> None:
    """Its address changes with it."""
    address = client.get("/").text.split('href="/static/')[1].split('"')[0]
    answer = client.get(f"/static/{address}")

    assert answer.headers["Content-Type"].startswith("text/css")
    assert "immutable" in answer.headers["Cache-Control"]


def test_a_page_address_without_its_slash_leads_on(client: Client) -> None:
    """308 keeps the method."""
    assert client.get("/events/bakery/assembly").status_code == 308


@pytest.mark.parametrize(
    "path",
    [
        "/nothing",
        "/events/bakery/board/",
        "/events/bakery/none/",
        "/%00",
        "/feeds/none/",
        "/organisations/none/",
    ],
)
def test_what_is_not_there_is_404(client: Client, path: str) -> None:
    """An event that is not public is as if it were not there."""
    assert client.get(path).status_code == 404


def test_other_methods_are_405(client: Client) -> None:
    """With Allow."""
    answer = client.open("/", method="PROPFIND")

    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


def test_robots_may_read_feeds(client: Client) -> None:
    """Google refuses feeds that robots.txt does not allow (4.16)."""
    assert client.get("/robots.txt").text == (
        "User-agent: *\nAllow: /\nSitemap: https://calendars.example.coop/sitemap.xml\n"
    )


def test_readyz_says_when_the_site_is_past_its_time(root: Path) -> None:
    """The example waits for nothing, so it is never past."""
    late = Client(create_app(LiveSite(root / "_site"), lambda: datetime(2100, 1, 1, tzinfo=UTC)))
    said = late.get("/readyz").json

    assert said is not None
    assert said["ready"] is True
    assert said["past_good_until"] is (said["good_until"] is not None)


def test_without_a_site_everything_but_healthz_is_503(tmp_path: Path) -> None:
    """Never 200: an empty answer would wipe calendars (4.13)."""
    client = Client(create_app(LiveSite(tmp_path)))

    assert client.get("/healthz").status_code == 200
    for path in ("/feeds/all.ics", "/", "/readyz", "/site.json", "/schema.json"):
        assert client.get(path).status_code == 503, path


def test_the_schema_of_the_files_is_there_for_editors(client: Client) -> None:
    """As the site was compiled with it; editors in browsers read it from elsewhere, and ask again with what they have."""
    answer = client.get("/schema.json")
    again = client.get("/schema.json", headers={"If-None-Match": answer.headers["ETag"]})

    assert answer.text == written()
    assert answer.mimetype == "application/schema+json"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cache-Control"].startswith("public, max-age=3600")
    assert (again.status_code, again.text) == (304, "")
    assert again.headers["Access-Control-Allow-Origin"] == "*"


def test_the_language_is_in_the_address(client: Client) -> None:
    """The first language has no prefix; no page depends on what a browser would like best."""
    french = client.get("/fr/events/bakery/open-day/", headers={"Accept-Language": "en"})

    assert '<html lang="fr">' in french.text
    assert "<h1>Portes ouvertes</h1>" in french.text
    assert "Quand" in french.text
    assert 'href="/fr/organisations/bakery/"' in french.text
    assert 'hreflang="en" href="https://calendars.example.coop/events/bakery/open-day/"' in french.text
    assert 'rel="canonical" href="https://calendars.example.coop/fr/events/bakery/open-day/"' in french.text
    assert "Accept-Language" not in french.headers.get("Vary", "")


def test_the_prefix_of_the_first_language_leads_to_the_address_without(client: Client) -> None:
    """With its parameters; a language that the site does not have is not there."""
    answer = client.get("/en/feeds/all/?past=no")

    assert (answer.status_code, answer.headers["Location"]) == (308, "/feeds/all/?past=no")
    assert client.get("/de/").status_code == 404
    assert "Rien" in client.get("/fr/nothing").text or "rien" in client.get("/fr/nothing").text


def test_the_page_of_a_feed_tells_how_it_is(client: Client) -> None:
    """When it changed and when it was published, in the feed's zone and the page's language."""
    text = client.get("/fr/feeds/all/").text

    assert "<summary>À propos de ce calendrier</summary>" in text
    assert re.search(r'<dt>Dernière publication</dt><dd><time datetime="2026-[^"]+">\w+ 1?\d', text)


def test_a_language_that_is_written_from_right_to_left_is_shown_so(tmp_path: Path) -> None:
    """In pages and frames."""
    site = "title: {en: Example, ar: مثال}\nuid_domain: example.coop\nbase_url: https://example.coop\nlanguages: [en, ar]\ntimezone: Africa/Cairo\n"
    root = lay(tmp_path, {"coopcal.yaml": site})
    compiled(root)
    client = Client(create_app(LiveSite(root / "_site"), lambda: NOW))

    assert '<html lang="ar" dir="rtl">' in client.get("/ar/").text
    assert '<html lang="ar" dir="rtl"' in client.get("/embed/all/list.ar/").text
    assert '<html lang="en">' in client.get("/").text
    assert "Saturday 12 September 2026" in client.get("/ar/").text


def test_an_organisation_does_not_show_what_it_declined(tmp_path: Path) -> None:
    """As its own feed does not."""
    union = "name: The Union\ndeclined: [bakery/open-day]\n"
    bakery = """
        name: The Bakery
        events:
          - {id: open-day, title: Open day, when: 2026-07-04, partners: [union]}
          - {id: fair, title: Fair, when: 2026-07-05, partners: [union]}
        """
    root = lay(tmp_path, {"calendars/bakery.yaml": bakery, "calendars/union.yaml": union})
    compiled(root)
    text = Client(create_app(LiveSite(root / "_site"), lambda: NOW)).get("/organisations/union/").text

    assert "Fair" in text
    assert "Open day" not in text
