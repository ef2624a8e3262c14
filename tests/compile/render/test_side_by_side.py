"""A feed in two languages side by side says all that coopcal adds in both."""

import re
from collections import Counter
from pathlib import Path
from string import Formatter

import icalendar
import pytest
from tests.support.trees import SITE, compiled, lay

from coopcal.site.reader import open_site
from coopcal.text import dates, words
from coopcal.text.catalogues import LANGUAGES
from coopcal.text.words import words_of

BOTH = ("de", "it")
FORMS = {"labelled", "heading"}
"""How a language puts a label before what it says: a line has the form of one language."""

ELSEWHERE = {"before", "repeated_until", "further", "further_until", "held", "moved_from"} | {
    "free_of_charge",
    "lasts_until",
    "lasts_until_clock",
    "no_price",
    "time_to_follow",
    "was_moved",
}
"""Said on pages and in formats alone; so is what changed."""

OF_ADDRESSES = {"moved_site", "moved_site_to", "moved_site_private", "rotated", "rotated_ask"}
"""Said of where a feed is found, in one that has moved or has another secret address; the tests of these hold it."""

BAKERY = """\
name: {de: Die Bäckerei, it: Il forno}
country: BE
events:
  - id: everything
    title: {de: Fest, it: Festa}
    when: 2026-06-16 09:00/10:00
    timezone: Asia/Tokyo
    also_in: [America/New_York, America/Argentina/Buenos_Aires]
    where: {city: Kyoto, country: JP, access: {de: Klingeln, it: Suonare}}
    organisers: [bakery, mill]
    hosts: [mill]
    partners: [mill, {name: {de: Freunde, it: Amici}}]
    participants: [mill]
    status: tentative
    languages: [fr, en]
    contact: {name: {de: Büro, it: Ufficio}, email: office@bakery.example}
    practical:
      arrival: {de: Um acht, it: Alle otto}
      bring: {de: Schürze, it: Grembiule}
      food: {de: Suppe, it: Minestra}
      childcare: {de: Ja, it: Sì}
      accessibility: {de: Ohne Stufen, it: Senza gradini}
    registration:
      {url: "https://bakery.example/", opens: 2026-05-01, closes: 2026-06-01 12:00, places: 4, waiting_list: true,
       price: [{for: {de: Alle, it: Tutti}, price: {de: frei, it: gratis}}, {for: Gäste, price: 5 €}]}
    online: {url: "https://meet.example/", for: members}
  - {id: full, title: A, when: 2026-06-17, registration: {full: true, price: {de: frei, it: gratis}}}
  - {id: waiting, title: B, when: 2026-06-18, registration: {full: true, waiting_list: true}}
  - {id: left, title: R, when: 2026-06-18, registration: {places: 9, free: 2}}
  - {id: one-left, title: S, when: 2026-06-18, registration: {places: 9, free: 1}}
  - {id: anywhere, title: T, when: until 2026-06-18 23:59 AoE}
  - {id: calls, title: U, when: 2026-06-18 10:00/12:00, second_call: 2026-06-19 10:00}
  - {id: often, title: V, when: 2026-06-18, repeats: {every: week, count: 2}, registration: {closes: 2026-06-11}}
  - {id: off, title: C, when: 2026-06-19, status: cancelled, reason: {de: Flut, it: Piena}}
  - {id: off-too, title: D, when: 2026-06-20, status: cancelled}
  - {id: later, title: E, when: 2026-06-21, status: postponed}
  - {id: day, title: F, when: "2026-06-22 ??:??"}
  - {id: month, title: G, when: 2026-07~}
  - {id: uncertain, title: H, when: 2026?}
  - {id: spring, title: I, when: spring 2027}
  - {id: summer, title: J, when: summer 2027}
  - {id: seasons, title: K, when: 2027-23/2028-24}
  - {id: entry, title: L, when: until 2026-06-23 12:00, online: "https://meet.example/"}
  - {id: hours, title: M, when: 2026-06-24/2026-06-26, hours: {friday: 10:00/18:00, 2026-06-24: 09:00/12:00}}
  - {id: open, title: N, when: 2026-06-27, hours: 10:00/18:00}
  - id: weekly
    title: O
    when: 2026-06-02 19:00/21:00
    also_in: [America/New_York, Asia/Tokyo]
    repeats:
      every: week
      until: 2026-12-22
      except: [{date: 2026-07-07, reason: {de: Ferien, it: Vacanze}}, {date: 2026-08-04/2026-08-18, reason: Umbau}]
      changes: {2026-06-09: {when: 2026-06-10 19:00/21:00}}
    sessions: [{id: tea, title: {de: Tee, it: Tè}, when: 19:00/19:15}]
  - {id: south, title: W, when: 2026-06-28 09:00/10:00, timezone: Africa/Algiers}
  - {id: vague, title: X, when: autumn 2026, moved_from: 2026-06-28}
  - {id: late, title: P, when: 2026-06-28 03:00/04:00, also_in: [America/New_York], repeats: {every: week, count: 3}}
  - id: assembly
    title: Q
    when: 2026-06-29 19:00/21:00
    sessions: [{id: vote, title: {de: Wahl, it: Voto}, when: until 2026-06-29 20:00}]
"""
TREE = {
    "coopcal.yaml": SITE.replace("[en, fr]", "[de, it]") + "tags: {fest: {de: Feste, it: Feste}}\n",
    "calendars/bakery.yaml": BAKERY.replace("    status: tentative\n", "    status: tentative\n    tags: [fest]\n"),
    "calendars/mill.yaml": "name: {de: Die Mühle, it: Il mulino}\ncountry: BE\n",
    "feeds/both.yaml": "title: {de: Beide, it: Entrambi}\nshow: {language: [de, it], sessions: text, cancelled: mark, deadlines: entries}\n",
    "feeds/first.yaml": "show: {language: [de, it], imprecise: first-day, organisation: category}\n",
    "feeds/old.yaml": "title: {de: Alt, it: Vecchio}\nshow: {language: [de, it]}\nclosed: {on: 2026-05-01, see: both}\n",
    "feeds/gone.yaml": "show: {language: [de, it]}\nclosed: {on: 2026-05-01}\n",
    "feeds/soon.yaml": "show: {language: [de, it]}\nclosed: {on: 2026-06-20, see: both}\n",
    "feeds/going.yaml": "show: {language: [de, it]}\nclosed: {on: 2026-06-20}\n",
}  # fmt: skip
FEEDS = ("both", "first", "old", "gone", "soon", "going")


def texts(root: Path) -> dict[str, str]:
    """Return all texts of each feed side by side, as people read them."""
    compiled(lay(root, TREE))
    feeds = open_site(root / "_site").feeds
    return {
        name: "\n".join(
            str(value)
            for event in icalendar.Calendar.from_ical(feeds[name].bodies["identity"].content).walk("VEVENT")
            for field in ("SUMMARY", "DESCRIPTION", "LOCATION", "CATEGORIES", "CONTACT")
            for value in [event.get(field, "")]
            if not isinstance(value, icalendar.prop.vCategory)
        )
        for name in FEEDS
    }


def test_every_word_stands_in_both_languages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    """Each word is put into the catalogue with its key on it; what the feeds then hold of one they hold of the other."""
    tables = {language: dict(words_of(language)) for language in LANGUAGES}
    for language in BOTH:
        for key, sentence in words_of(language).items():
            gaps = "".join(f"{{{name}}}" for _, name, _, _ in Formatter().parse(sentence) if name)
            if key not in FORMS:
                tables[language][key] = f"⟦{language} {key}⟧{gaps}"
    monkeypatch.setattr(words, "words_of", tables.__getitem__)
    dates.timezone_name.cache_clear()
    request.addfinalizer(dates.timezone_name.cache_clear)
    met = set[str]()
    for name, text in texts(tmp_path).items():
        german, italian = (Counter(re.findall(rf"⟦{language} (\w+)⟧", text)) for language in BOTH)
        met |= german.keys()
        assert german == italian, name

    expected = {key for key in words_of("de") if not key.startswith(("change_", "detail_", "recurs_"))}
    assert {
        key for key in met if not key.startswith("recurs_")
    } == expected - FORMS - ELSEWHERE - OF_ADDRESSES


def test_every_date_and_country_stands_in_both_languages(tmp_path: Path) -> None:
    """Days, months and countries come from elsewhere than words do."""
    for name, text in texts(tmp_path).items():
        found = []
        for language in BOTH:
            known = dates.locale(language)
            names = {*known.days["format"]["wide"].values(), *known.months["format"]["wide"].values()}
            names |= {known.territories[code] for code in ("JP",)}
            names |= {dates.timezone_name(zone, language) for zone in ("Asia/Tokyo", "America/New_York")}
            found.append(len(re.findall(rf"(?i)\b(?:{'|'.join(names)})\b", text)))
        assert found[0] == found[1], name
        assert found[0] > 20 or name in ("old", "gone")


def test_what_is_the_same_in_both_stands_once(tmp_path: Path) -> None:
    """A word, an address, a text that is not translated."""
    lines = texts(tmp_path)["both"].splitlines()

    assert "Online: für Mitglieder / per i soci" in lines
    assert "Veranstaltet von: Die Bäckerei und Die Mühle / Organizzato da: Il forno e Il mulino" in lines
    assert "Anmeldung / Prenotazione: https://bakery.example/" in lines
    assert "Abgesagt / Annullato: Die Bäckerei / Il forno: C" in lines
    assert "Abgesagt: Flut / Annullato: Piena" in lines
    assert "- 19:00–19:15: Tee / Tè" in lines
    assert "Kyoto, Japan / Giappone" in lines
    assert "Kontakt / Contatto: Büro / Ufficio, office@bakery.example" in lines


SIGNED = """\
name: {de: NAMEDE, it: NAMEIT}
country: BE
events:
  - {id: closes, title: {de: TITLEDE, it: TITLEIT}, when: 2026-06-17, registration: {closes: 2026-06-10}}
  - {id: closes-at, title: {de: TITLEDE, it: TITLEIT}, when: 2026-06-18, registration: {closes: 2026-06-10 12:00}}
  - {id: moved, title: {de: TITLEDE, it: TITLEIT}, when: 2026-06-20, moved_from: 2026-06-19, reason: {de: WHYDE, it: WHYIT}}
  - {id: off, title: {de: TITLEDE, it: TITLEIT}, when: 2026-06-21, status: cancelled, reason: {de: WHYDE, it: WHYIT}}
  - {id: vague, title: {de: TITLEDE, it: TITLEIT}, when: 2026-09~}
  - {id: second, title: {de: TITLEDE, it: TITLEIT}, when: 2026-06-22 18:00/20:00, second_call: 2026-06-23 18:00}
  - id: weekly
    title: {de: TITLEDE, it: TITLEIT}
    when: 2026-06-02 19:00/21:00
    registration: {closes: 2026-06-01}
    repeats:
      every: week
      count: 8
      except: [{date: 2026-06-30, reason: {de: WHYDE, it: WHYIT}}]
      changes: {2026-06-09: {when: 2026-06-10 19:00/21:00}, 2026-06-16: {status: cancelled, reason: {de: WHYDE, it: WHYIT}}}
  - id: several
    title: {de: TITLEDE, it: TITLEIT}
    when: [2026-07-01, 2026-07-02]
    registration: {closes: 2026-06-25}
"""


@pytest.mark.parametrize("organisation", ["none", "prefix"])
def test_no_text_of_their_own_stands_twice_on_a_line(organisation: str, tmp_path: Path) -> None:
    """What an entry says around a title, an organisation's name or a reason holds that of its own language alone."""
    show = f"{{language: [de, it], deadlines: entries, cancelled: tell, imprecise: first-day, organisation: {organisation}}}"
    files = {"coopcal.yaml": TREE["coopcal.yaml"], "calendars/bakery.yaml": SIGNED}
    compiled(lay(tmp_path, files | {"feeds/both.yaml": f"title: {{de: FEEDDE, it: FEEDIT}}\nshow: {show}\n",
                                    "feeds/old.yaml": f"title: {{de: FEEDDE, it: FEEDIT}}\nshow: {show}\nclosed: {{on: 2026-05-01}}\n"}))  # fmt: skip
    feeds = open_site(tmp_path / "_site").feeds
    events = [
        event
        for name in ("both", "old")
        for event in icalendar.Calendar.from_ical(feeds[name].bodies["identity"].content).walk("VEVENT")
    ]
    assert len(events) > 12
    for event in events:
        titles = Counter(re.findall(r"[A-Z]{4,5}(?:DE|IT)\b", str(event["SUMMARY"])))
        assert {"TITLEDE", "TITLEIT"} <= titles.keys() or {"FEEDDE", "FEEDIT"} <= titles.keys()
        for line in (str(event["SUMMARY"]), *str(event.get("DESCRIPTION", "")).splitlines()):
            assert set(Counter(re.findall(r"[A-Z]{3,5}(?:DE|IT)\b", line)).values()) <= {1}, line


def test_the_end_of_registration_says_each_title_in_its_language(tmp_path: Path) -> None:
    """Each language stands once, whole."""
    files = {"coopcal.yaml": TREE["coopcal.yaml"], "calendars/bakery.yaml": SIGNED}
    compiled(lay(tmp_path, files | {"feeds/both.yaml": TREE["feeds/both.yaml"]}))
    content = open_site(tmp_path / "_site").feeds["both"].bodies["identity"].content

    summaries = {str(each["SUMMARY"]) for each in icalendar.Calendar.from_ical(content).walk("VEVENT")}
    assert "Anmeldeschluss: NAMEDE: TITLEDE / Chiusura delle prenotazioni: NAMEIT: TITLEIT" in summaries
