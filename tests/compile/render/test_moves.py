"""A word at the old date says in a whole sentence to which date something was moved, and a format from which."""

from html import unescape
from pathlib import Path

import icalendar
import pytest
from tests.support.trees import NOW, compiled, lay
from werkzeug.test import Client

from coopcal.site.reader import LiveSite
from coopcal.text.catalogues import LANGUAGES
from coopcal.web import create_app

SITE = f"title: T\nuid_domain: example.coop\nlanguages: [{', '.join(['en', *sorted({*LANGUAGES} - {'en'})])}]\ntimezone: Europe/Brussels\n"
SAID = {
    "a deadline": (
        "until 2027-05-10 12:00",
        {
            "en": "Moved to Monday 10 May 2027, 12:00", "fr": "Déplacé au lundi 10 mai 2027, 12:00",
            "es": "Trasladada al lunes, 10 de mayo de 2027, 12:00", "it": "Spostato a lunedì 10 maggio 2027, 12:00",
            "pt": "Mudado para segunda-feira, 10 de maio de 2027, 12:00", "de": "Verlegt auf Montag, 10. Mai 2027, 12:00",
        },
    ),
    "a season": (
        "autumn 2027",
        {
            "en": "Moved; new date: autumn 2027", "fr": "Déplacé ; nouvelle date : automne 2027",
            "es": "Cambio de fecha; nueva fecha: otoño de 2027", "it": "Spostato; nuova data: autunno 2027",
            "pt": "Mudou de data; nova data: outono de 2027", "de": "Verlegt; neues Datum: Herbst 2027",
        },
    ),
    "months": (
        "2027-06/2027-07",
        {
            "en": "Moved; new date: June 2027 – July 2027", "fr": "Déplacé ; nouvelle date : juin 2027 – juillet 2027",
            "es": "Cambio de fecha; nueva fecha: junio de 2027 – julio de 2027",
            "it": "Spostato; nuova data: giugno 2027 – luglio 2027",
            "pt": "Mudou de data; nova data: junho de 2027 – julho de 2027",
            "de": "Verlegt; neues Datum: Juni 2027 – Juli 2027",
        },
    ),
    "whole days": (
        "2027-05-08/2027-05-09",
        {
            "en": "Moved to Saturday 8 May 2027", "fr": "Déplacé au samedi 8 mai 2027",
            "es": "Trasladada al sábado, 8 de mayo de 2027", "it": "Spostato a sabato 8 maggio 2027",
            "pt": "Mudado para sábado, 8 de maio de 2027", "de": "Verlegt auf Samstag, 8. Mai 2027",
        },
    ),
    "elsewhere": (
        "2027-05-08 10:00/11:00, timezone: Asia/Tokyo",
        {
            "en": "Moved to Saturday 8 May 2027, 10:00 (Japan Time)",
            "fr": "Déplacé au samedi 8 mai 2027, 10:00 (heure du Japon)",
            "es": "Trasladada al sábado, 8 de mayo de 2027, 10:00 (hora de Japón)",
            "it": "Spostato a sabato 8 maggio 2027, 10:00 (Ora del Giappone)",
            "pt": "Mudado para sábado, 8 de maio de 2027, 10:00 (Hora do Japão)",
            "de": "Verlegt auf Samstag, 8. Mai 2027, 10:00 (Japanische Zeit)",
        },
    ),
}  # fmt: skip


def client(root: Path, keys: str) -> Client:
    """Compile a site of one event, and open it."""
    text = f"name: The Bakery\ncountry: BE\nevents:\n  - {{id: fair, title: Fair, {keys}}}\n"
    outcome = compiled(lay(root, {"coopcal.yaml": SITE, "calendars/bakery.yaml": text}))
    assert outcome.published, outcome.problems
    return Client(create_app(LiveSite(root / "_site"), clock=lambda: NOW))


@pytest.mark.parametrize("kind", SAID)
def test_the_title_at_the_old_date_is_a_sentence_in_each_language(tmp_path: Path, kind: str) -> None:
    """No “moved to until”, no article before what is no day; and whose time it is."""
    when, said = SAID[kind]
    found = client(tmp_path, f"when: {when}, moved_from: 2027-05-05, reason: Heat")
    for language, sentence in said.items():
        feed = icalendar.Calendar.from_ical(found.get(f"/feeds/bakery.{language}.ics").data)
        old = next(each for each in feed.walk("VEVENT") if "+moved" in str(each["UID"]))
        title = str(old["SUMMARY"]).removesuffix("Fair").rstrip().removesuffix(":").rstrip()
        assert title == sentence
        assert str(old["DESCRIPTION"]).startswith(sentence.split(" (")[0])


@pytest.mark.parametrize(
    ("old", "said"),
    [
        ("2027-05-05", "Moved from Wednesday 5 May 2027."),
        ("until 2027-05-05 12:00", "Moved from Wednesday 5 May 2027, 12:00."),
        ("2027-05", "Moved from May 2027."),
    ],
)
def test_formats_and_the_page_say_from_which_date_before_the_reason(
    tmp_path: Path, old: str, said: str
) -> None:
    """A reason alone would tell nobody what it is for."""
    when = "until 2027-05-10 12:00" if old.startswith("until") else "2027-05-10"
    found = client(tmp_path, f"when: {when}, moved_from: {old}, reason: Heat")
    for ending in ("atom", "rss", "upcoming.rss"):
        told = unescape(found.get(f"/feeds/bakery.{ending}").text)
        assert f"<p>{said.removesuffix('.')}</p><p>Heat</p>" in told, ending
    assert f"{said} Heat" in found.get("/events/bakery/fair/").text
