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
    page, french_page = client.get("/feeds/bakery/").text, client.get("/fr/feeds/bakery/").text
    assert 'value="https://calendars.example.coop/feeds/bakery.ics"' in page
    assert 'value="https://calendars.example.coop/feeds/bakery.fr.ics"' in french_page
    assert [client.get(f"/feeds/bakery.{each}.ics").status_code for each in ("de", "x", "FR")] == [
        404,
        404,
        404,
    ]


SPOKEN = """\
name: The Bakery
country: BE
timezone: Europe/Brussels
events:
  - id: both
    title: {en: In English, fr: En français}
    when: 2026-09-12
    where: {name: {fr: La halle}, city: Ghent}
  - id: default
    title: {de: Auf Deutsch, en: In English only}
    when: 2026-09-13
    description: {en: English text}
  - id: foreign
    title: {de: Nur Deutsch, it: Solo italiano}
    when: 2026-09-14 19:00/21:00
    timezone: Europe/London
  - id: online
    title: {fr: En ligne}
    when: 2026-09-15 19:00
    online: https://meet.example/room
    repeats: {every: week, count: 3}
"""


def lines_of(feed: bytes, name: str) -> list[str]:
    """Return the lines of a property, unfolded, in the order of the feed."""
    lines = feed.replace(b"\r\n ", b"").decode().split("\r\n")
    return [line for line in lines if line.startswith((f"{name}:", f"{name};")) and "NAME" not in line]


def test_a_text_falls_back_to_the_feeds_language_then_to_the_first_written(tmp_path: Path) -> None:
    """And says so (LANGUAGE, RFC 5545, 3.2.10)."""
    compiled(lay(tmp_path, {"calendars/bakery.yaml": SPOKEN}))
    feed = open_site(tmp_path / "_site").translations["bakery", "fr"].bodies["identity"].content

    assert lines_of(feed, "SUMMARY") == [
        "SUMMARY:En français",
        "SUMMARY;LANGUAGE=en:In English only",
        "SUMMARY;LANGUAGE=de:Nur Deutsch",
        "SUMMARY:En ligne",
    ]
    assert lines_of(feed, "LOCATION")[0].startswith("LOCATION:La halle")
    assert lines_of(feed, "DESCRIPTION")[1].startswith("DESCRIPTION;LANGUAGE=en:English text")


def test_feeds_side_by_side_name_no_language(tmp_path: Path) -> None:
    """A line in two languages has no one language."""
    feeds = {
        "feeds/bakery.yaml": "show: {language: [fr, en]}\n",
        "calendars/bakery.yaml": SPOKEN,
    }
    compiled(lay(tmp_path, feeds))
    feed = open_site(tmp_path / "_site").feeds["bakery"].bodies["identity"].content

    assert lines_of(feed, "SUMMARY")[:2] == ["SUMMARY:En français / In English", "SUMMARY:In English only"]


def test_the_local_time_is_told_online_and_elsewhere(tmp_path: Path) -> None:
    """In words of the feed's language; of a series the time of day alone."""
    compiled(lay(tmp_path, {"calendars/bakery.yaml": SPOKEN}))
    site = open_site(tmp_path / "_site")
    english = lines_of(site.feeds["bakery"].bodies["identity"].content, "DESCRIPTION")
    french = lines_of(site.translations["bakery", "fr"].bodies["identity"].content, "DESCRIPTION")

    assert "Time: Monday 14 September 2026\\, 19:00–21:00 (British Time)" in english[2]
    assert "Every Tuesday\\, 19:00 (Central European Time)\\, 3 times" in english[3]
    assert "Tous les mardis\\, 19:00 (heure d’Europe centrale)\\, 3 fois" in french[3]
    assert not [said for said in english[:2] if "Time:" in said]
