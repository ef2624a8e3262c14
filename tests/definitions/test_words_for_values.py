"""Values, yes and no, and languages in six languages: the mend is the English word, and certain where it has one meaning."""

from pathlib import Path

import pytest
from babel import Locale
from tests.support.checking import problems_of

from coopcal.model.problem import Fix, Problem

SITE = "title: Example\nuid_domain: example.coop\nlanguages: [de, it]\ntimezone: Europe/Rome\ngroups: [members, board]\n"
BASE = """\
name: The Bakery
country: IT
events:
  - id: fest
    title: {de: Sommerfest, it: Festa}
    when: 2027-06-08 16:00/23:00
    where: Shop
"""


def told(folder: Path, lines: str, base: str = BASE) -> list[Problem]:
    """Return what is told of an event with more lines."""
    files = {"coopcal.yaml": SITE, "calendars/bakery.yaml": base + lines}
    return [each for each in problems_of(folder, files) if each.severity != "note"]


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        *((f"status: {word}", "cancelled") for word in ("abgesagt", "entfällt", "annullato", "Annulée", "cancelado", "cancelada", "canceled")),
        *((f"status: {word}", "postponed") for word in ("vertagt", "rinviato", "reportée", "aplazado", "adiado")),
        *((f"status: {word}", "tentative") for word in ("geplant", "provvisorio", "provisoire", "provisional")),
        *((f"status: {word}", "confirmed") for word in ("bestätigt", "confermato", "confirmé", "confirmada")),
        *((f"shows_as: {word}", "free") for word in ("frei", "libero", "libre", "livre")),
        *((f"shows_as: {word}", "busy") for word in ("belegt", "occupato", "occupé", "ocupado")),
        *((f"draft: {word}", "true") for word in ("ja", "sì", "si", "oui", "sí", "sim", "Ja")),
        *((f"draft: {word}", "false") for word in ("nein", "non", "não")),
    ],
)  # fmt: skip
def test_a_word_of_one_meaning_is_certain(tmp_path: Path, line: str, meant: str) -> None:
    """It is put in place by ``--fix``."""
    [problem] = told(tmp_path, f"    {line}\n")

    assert problem.mend == f"did you mean “{meant}”?"
    assert isinstance(problem.fix, Fix)
    assert problem.fix.text == meant


@pytest.mark.parametrize(
    ("word", "meant", "day"),
    [
        *((word, "odd", "2027-06-08") for word in ("ungerade", "dispari", "impaires", "impar", "ungerade Wochen")),
        *((word, "even", "2027-06-15") for word in ("gerade", "pari", "paires", "pares", "settimane pari")),
    ],
)  # fmt: skip
def test_odd_and_even_weeks(tmp_path: Path, word: str, meant: str, day: str) -> None:
    """One is never taken for the other."""
    base = BASE.replace("2027-06-08", day)
    [problem] = told(tmp_path, f"    repeats: {{every: week, weeks: {word}, until: 2027-12-31}}\n", base)

    assert problem.mend == f"did you mean “{meant}”?"
    assert isinstance(problem.fix, Fix)


@pytest.mark.parametrize("word", ["verschoben", "spostato", "déplacé", "nicht abgesagt", "x"])
def test_a_word_of_more_meanings_is_not_certain(tmp_path: Path, word: str) -> None:
    """What is put off may have a new date, too."""
    [problem] = told(tmp_path, f"    status: {word}\n")

    assert problem.fix is None


@pytest.mark.parametrize(
    ("line", "mend"),
    [
        ("für: members", "did you mean “visibility”?"),
        ("nur_für: members", "did you mean “visibility”?"),
        ("per: soci", "visibility: members"),
        ("für: alle", "visibility: public"),
        ("réservé_à: membres", "visibility: members"),
        ("sichtbarkeit: board", "did you mean “visibility”?"),
        ("intern: ja", "write for whom it is, such as: visibility: members"),
        ("privat: true", "write for whom it is, such as: visibility: members"),
        ("private: sì", "write for whom it is, such as: visibility: members"),
        ("intern: Schlüssel bei Anna", "did you mean “note”?"),
        ("intern: board", "did you mean “visibility”?   (or did you mean “note”?)"),
        ("entwurf: true", "did you mean “draft”?"),
        ("visibility: Mitglieder", "did you mean “members”?"),
        ("visibility: soci", "did you mean “members”?"),
        ("visibility: öffentlich", "did you mean “public”?"),
        ("visibility: intern", "did you mean “members”?"),
        ("visibility: Vorstand", "did you mean “board”?"),
        ("online: {url: https://meet.example.org/, for: Mitglieder}", "did you mean “members”?"),
    ],
)
def test_who_may_see_something_is_never_certain(tmp_path: Path, line: str, mend: str) -> None:
    """What is meant is said, and nothing is done without being asked."""
    [problem] = told(tmp_path, f"    {line}\n")

    assert problem.mend == mend
    assert problem.fix is None


@pytest.mark.parametrize("in_language", ["de", "it", "fr", "es", "pt", "en"])
def test_languages_are_known_by_name_in_each_language(tmp_path: Path, in_language: str) -> None:
    """As Babel names them."""
    for code in ("de", "it", "fr", "es", "pt", "en", "lld", "sl"):
        name = Locale(in_language).languages.get(code)
        if name is None or code == "lld":
            continue
        [problem] = told(tmp_path / code, f"    languages: [{name}]\n")

        assert isinstance(problem.fix, Fix), name
        assert problem.fix.text == code


@pytest.mark.parametrize(
    ("keys", "meant"),
    [("{DE: Fest, IT: Festa}", ["de", "it"]), ("{De: Fest, it: Festa}", ["de"]), ("{de-at: Fest, it_IT: Festa}", ["de-AT", "it-IT"]),
     ("{tedesco: Fest, italienisch: Festa}", ["de", "it"])],
)  # fmt: skip
def test_languages_of_a_text_are_put_right(tmp_path: Path, keys: str, meant: list[str]) -> None:
    """In capitals, with an underscore, or by name."""
    found = told(tmp_path, "", BASE.replace("{de: Sommerfest, it: Festa}", keys))

    assert [each.fix.text if isinstance(each.fix, Fix) else None for each in found] == meant


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("absage: true", "status: cancelled"),
        ("abgesagt: ja", "status: cancelled"),
        ("annullato: sì", "status: cancelled"),
        ("zweite_einberufung: 2027-06-09 18:00", "did you mean “second_call”?"),
        ("seconda_convocazione: 2027-06-09 18:00", "did you mean “second_call”?"),
        ("deuxième_convocation: 2027-06-09 18:00", "did you mean “second_call”?"),
        ("segunda convocatoria: 2027-06-09 18:00", "did you mean “second_call”?"),
    ],
)
def test_words_for_keys(tmp_path: Path, line: str, meant: str) -> None:
    """A key that says with yes what another one says with a word, and the second call of an assembly."""
    [problem] = told(tmp_path, f"    {line}\n")

    assert problem.mend == meant


def test_online_is_no_place(tmp_path: Path) -> None:
    """It has an address of its own."""
    [problem] = told(tmp_path, "", BASE.replace("where: Shop", "where: online"))

    assert problem.mend == "write the address under “online”, such as: online: https://meet.example.org/room"


@pytest.mark.parametrize("days", ["1.8.2027 - 31.8.2027", "2027-08-xx/2027-08-31", "2027-08-31/2027-08-01"])
def test_a_break_that_cannot_be_read_is_known_by_its_name(tmp_path: Path, days: str) -> None:
    """Its days are told, and nothing where it is used."""
    base = BASE.replace("events:", f"breaks:\n  sommer: {days}\nevents:")
    found = told(tmp_path, "    repeats: {every: week, until: 2027-12-31, except: [sommer]}\n", base)

    assert [each.position.line for each in found] == [4]


@pytest.mark.parametrize(
    ("title", "mend"),
    [
        ("„Sommerfest: Auftakt“", 'title: "Sommerfest: Auftakt"'),
        ("«Festa: inizio»", 'title: "Festa: inizio"'),
        ("»Sommerfest: Auftakt«", 'title: "Sommerfest: Auftakt"'),
        ("„Fest“: der „Auftakt“", 'title: "„Fest“: der „Auftakt“"'),
        ("{de: Fest #1, it: Festa #1}", 'de: "Fest #1", it: "Festa #1"'),
        ("{de: Fest, it: Festa #1}", 'it: "Festa #1"'),
        ("{de: Brot, Wein: Fest, it: Fiera}", 'de: "Brot, Wein: Fest"'),
    ],
)
def test_text_that_needs_quotes(tmp_path: Path, title: str, mend: str) -> None:
    """Typographic quotes around it are none of the text; signs in it are told for what they are."""
    [problem] = told(tmp_path, "", BASE.replace("{de: Sommerfest, it: Festa}", title))

    assert problem.mend == mend
