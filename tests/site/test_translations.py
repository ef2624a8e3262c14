"""A feed in every language of its site, at an address of its own."""

from datetime import timedelta
from pathlib import Path

import icalendar
from tests.support import lint
from tests.support.trees import BAKERY, NOW, SITE, compiled, lay
from werkzeug.test import Client

from coopcal.site.reader import LiveSite, open_site
from coopcal.web import create_app


def content(root: Path, feed: str, language: str) -> bytes:
    found = open_site(root / "_site").translations[feed, language].bodies["identity"].content
    assert lint.faults(found) == []
    return found


def summaries(feed: bytes) -> dict[str, str]:
    return {
        str(each["UID"]): str(each["SUMMARY"]) for each in icalendar.Calendar.from_ical(feed).walk("VEVENT")
    }


def test_a_translation_has_the_same_events_in_other_words(tmp_path: Path) -> None:
    """Same UIDs, so that whoever changes the language sees no event twice; its SOURCE is its own address."""
    root = lay(tmp_path)
    compiled(root)
    english, french = content(root, "bakery", "en"), content(root, "bakery", "fr")

    assert summaries(french).keys() == summaries(english).keys()
    assert summaries(english)["open-day.bakery@example.coop"] == "Open day"
    assert summaries(french)["open-day.bakery@example.coop"] == "Portes ouvertes"
    assert b"/feeds/bakery.fr.ics" in french.replace(b"\r\n ", b"")
    assert b"/feeds/bakery.ics" in english.replace(b"\r\n ", b"")


def test_feeds_side_by_side_have_each_language_alone_too(tmp_path: Path) -> None:
    """The feed says both; an address with a language says one."""
    both = "title: Both\nshow: {language: [en, fr]}\n"
    root = lay(tmp_path, {"feeds/both.yaml": both})
    compiled(root)
    uid = "open-day.bakery@example.coop"

    assert "Portes ouvertes" in summaries(content(root, "both", "fr"))[uid]
    assert "Open day" not in summaries(content(root, "both", "fr"))[uid]
    assert "Portes ouvertes" not in summaries(content(root, "both", "en"))[uid]


def test_a_translation_keeps_its_address_when_the_site_drops_the_language(tmp_path: Path) -> None:
    """Whoever has subscribed goes on to get events; and so when the default changes."""
    root = lay(tmp_path)
    compiled(root)
    one = BAKERY.replace("{en: Open day, fr: Portes ouvertes}", "Portes ouvertes")
    files = {
        "coopcal.yaml": SITE.replace("languages: [en, fr]", "languages: [fr]"),
        "calendars/bakery.yaml": one.replace("country: BE\ncolour", "country: BE\nlanguages: [fr]\ncolour"),
    }
    lay(root, files)
    compiled(root, NOW + timedelta(hours=1))

    assert summaries(content(root, "all", "en")).keys() == summaries(content(root, "all", "fr")).keys()


def test_only_what_is_said_in_another_way_is_stamped_anew(tmp_path: Path) -> None:
    """A French word changes the French feed and no byte of the English one."""
    root = lay(tmp_path)
    compiled(root)
    before = {language: content(root, "all", language) for language in ("en", "fr")}
    lay(root, {"calendars/bakery.yaml": BAKERY.replace("Portes ouvertes", "Journée portes ouvertes")})
    compiled(root, NOW + timedelta(hours=1))

    assert content(root, "all", "en") == before["en"]
    assert content(root, "all", "fr") != before["fr"]


def test_translations_are_served_as_feeds_are(tmp_path: Path) -> None:
    """With a name of their own, validators, and under former ids; a language that is none is not found."""
    mill = "name: The Mill\nformerly: [watermill]\ncountry: BE\n"
    root = lay(tmp_path, {"calendars/mill.yaml": mill})
    compiled(root)
    client = Client(create_app(LiveSite(root / "_site"), lambda: NOW))
    french = client.get("/feeds/bakery.fr.ics")
    again = client.get("/feeds/bakery.fr.ics", headers={"If-None-Match": french.headers["ETag"]})

    assert french.status_code == 200
    assert french.headers["Content-Disposition"] == 'inline; filename="bakery.fr.ics"'
    assert again.status_code == 304
    assert client.get("/feeds/bakery.en.ics").data == client.get("/feeds/bakery.ics").data
    assert client.get("/feeds/watermill.fr.ics").data == client.get("/feeds/mill.fr.ics").data
    page = client.get("/feeds/bakery/").text
    assert '<a href="/feeds/bakery.fr.ics" hreflang="fr" lang="fr">français</a>' in page
    assert '<a href="/feeds/bakery.en.ics" hreflang="en" lang="en">English</a>' in page
    assert [client.get(f"/feeds/bakery.{each}.ics").status_code for each in ("de", "x", "FR")] == [
        404,
        404,
        404,
    ]
