"""Links that the site must show, such as a privacy notice: in the footer of every page, in its language."""

from pathlib import Path

import pytest
from lxml import html
from tests.support.trees import NOW, SITE, compiled, lay
from werkzeug.test import Client

from coopcal.site.reader import LiveSite
from coopcal.web import check, create_app

LEGAL = f"""{SITE}legal:
  - {{label: {{en: Privacy, fr: Confidentialité}}, url: "https://example.coop/privacy"}}
  - {{label: Imprint, url: "mailto:office@example.coop"}}
"""
SHUT = "title: Shut\nclosed: {on: 2020-01-01, see: all}\n"
PAGES = (
    "/", "/feeds/all/", "/feeds/all/subscribe/", "/feeds/all/embedding/", "/feeds/all/2026-09/", "/feeds/all/2026-W37/", "/feeds/all/2026/",
    "/feeds/all/archive/", "/organisations/bakery/", "/events/bakery/open-day/", "/search/?q=open", "/builder/", "/help/", "/help/google/",
    "/check/", "/nothing/", "/events/bakery/nothing/", "/feeds/shut/", "/feeds/all/?past=0&nothing=x",
)  # fmt: skip
"""Pages of each kind, and those of errors: what is not there, is gone, or is asked wrongly."""


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Client:
    root = lay(tmp_path_factory.mktemp("legal"), {"coopcal.yaml": LEGAL, "feeds/shut.yaml": SHUT})
    compiled(root)
    pages = check.pages(lambda *_: None)  # nothing is pasted here
    return Client(create_app(LiveSite(Path(root / "_site")), lambda: NOW, [pages]))


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(("language", "label"), [("", "Privacy"), ("/fr", "Confidentialité")])
def test_they_stand_in_the_footer_of_every_page(client: Client, path: str, language: str, label: str) -> None:
    answer = client.get(f"{language}{path}")
    footer = html.fromstring(answer.text).xpath("//footer[contains(@class, 'site')]")

    assert answer.mimetype == "text/html"
    assert len(footer) == 1
    found = {link.get("href"): link.text_content() for link in footer[0].xpath(".//a")}
    assert found["https://example.coop/privacy"] == label
    assert found["mailto:office@example.coop"] == "Imprint"
