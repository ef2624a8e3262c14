"""Tags are shown by the titles that the site gives them, in the language of the page."""

import json
from pathlib import Path

import pytest
from lxml import html
from tests.support.trees import NOW, SITE, compiled, lay
from werkzeug.test import Client

from coopcal.site.reader import LiveSite
from coopcal.web import create_app

TAGS = "tags:\n  open-doors: {en: Open doors, fr: Portes ouvertes, ar: أبواب مفتوحة}\n  fair: <b>Fair</b>\n"
MILL = "name: The Mill\ncountry: BE\nevents:\n  - {id: fair, title: Fair, when: 2026-07-01, tags: [fair]}\n"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Client:
    """Return a client of a site whose tags have titles."""
    site = SITE.replace("[en, fr]", "[en, fr, ar]") + TAGS
    root = lay(tmp_path_factory.mktemp("tags"), {"coopcal.yaml": site, "calendars/mill.yaml": MILL})
    compiled(root)
    return Client(create_app(LiveSite(root / "_site"), lambda: NOW))


@pytest.mark.parametrize(
    ("prefix", "title"), [("", "Open doors"), ("/fr", "Portes ouvertes"), ("/ar", "أبواب مفتوحة")]
)
def test_tags_are_called_by_their_titles(client: Client, prefix: str, title: str) -> None:
    """In the builder and in search; a title is text, whatever is in it."""
    builder = html.fromstring(client.get(f"{prefix}/builder/?tag=open-doors").data)
    search = html.fromstring(client.get(f"{prefix}/search/").data)

    boxes = {
        box.get("value"): box.getparent().text_content() for box in builder.xpath("//input[@name='tag']")
    }
    assert title in boxes["open-doors"]
    assert "<b>Fair</b>" in boxes["fair"]
    assert title in search.xpath("string(//fieldset[.//@name='tag'])")
    assert f"title: {json.dumps(title, ensure_ascii=False)}" in builder.xpath("string(//*[@id='code-file'])")


def test_a_tag_without_a_title_is_called_as_it_is(tmp_path: Path) -> None:
    """Where the site names no tags."""
    compiled(lay(tmp_path, {"calendars/mill.yaml": MILL}))
    client = Client(create_app(LiveSite(tmp_path / "_site"), lambda: NOW))

    search = html.fromstring(client.get("/fr/search/").data)
    assert "open-doors" in search.xpath("string(//fieldset[.//@name='tag'])")


@pytest.mark.parametrize("feed", ["all", "mill", "bakery"])
def test_a_tag_that_is_chosen_is_called_by_its_title_where_one_subscribes(client: Client, feed: str) -> None:
    """Also to the calendar of an organisation, and where nothing has the tag."""
    panel = html.fromstring(client.get(f"/fr/feeds/{feed}/subscribe/?tag=open-doors").data)
    [box] = panel.xpath("//input[@type='checkbox' and @name='tag' and @value='open-doors']/..")

    assert box.text_content().strip() == "Portes ouvertes"
