"""Tables of others: headings, what parts cells, encodings, days and times."""

import re
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.support.checking import lay
from tests.support.importing import FILE, imported
from tests.support.sweep import sized

from coopcal.authoring.importing.columns import COLUMNS
from coopcal.authoring.importing.date_order import Order, order_of
from coopcal.authoring.importing.periods import period_of
from coopcal.authoring.importing.run import Outcome
from coopcal.authoring.importing.tables import Table

GOOGLE = (
    "Subject,Start Date,Start Time,End Date,End Time,All Day Event,Description,Location,Private\n"
    'Assembly,05/30/2026,10:00:00 AM,05/30/2026,1:00:00 PM,False,"Agenda, and\nmore",The Mill,False\n'
    "Holiday,06/01/2026,,06/02/2026,,True,,,True\n"
)
OUTLOOK = (
    '"Betreff";"Beginnt am";"Beginnt um";"Endet am";"Endet um";"Ganztägiges Ereignis";"Kategorien";"Privat";"Erinnerung Ein/Aus"\r\n'
    '"Versammlung";"30.5.2026";"19:00:00";"30.5.2026";"21:30:00";"Aus";"Bildung;Fest";"Aus";"Ein"\r\n'
)


def table(folder: Path, data: bytes, **options: object) -> tuple[str, Outcome]:
    """Return the file of the bakery after the import of a table, from its events on, and what came of it."""
    root = lay(folder, {FILE: "name: The Bakery\n"})
    outcome = imported(root, data, "x.csv", Table(**options))
    return (root / FILE).read_text(encoding="utf-8").removeprefix("name: The Bakery\nevents:\n"), outcome


def test_googles(tmp_path: Path) -> None:
    """Months stand first, as one of the dates tells."""
    text, outcome = table(tmp_path, GOOGLE.encode())

    assert text == (
        "  - id: assembly\n    title: Assembly\n    when: 2026-05-30 10:00/13:00\n    where: The Mill\n"
        "    description: |\n      Agenda, and\\\n      more\n"
        "\n  - id: holiday\n    title: Holiday\n    when: 2026-06-01/2026-06-02\n    visibility: members\n"
    )
    assert {each.code for each in outcome.losses} == {"not-public"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_outlooks(tmp_path: Path, encoding: str) -> None:
    """In German, with semicolons, in each encoding; a column that is not known is told."""
    text, outcome = table(tmp_path, OUTLOOK.encode(encoding))

    assert text == (
        "  - id: versammlung\n    title: Versammlung\n    when: 2026-05-30 19:00/21:30\n    tags: [bildung, fest]\n"
    )
    assert [(each.line, each.code) for each in outcome.losses if each.code != "encoding"] == [(1, "column")]


def test_columns_of_times(tmp_path: Path) -> None:
    """“Start” and “End” are times where they hold nothing else; the guide for spreadsheets shows this table."""
    page = (Path(__file__).parents[3] / "docs/coming-from.md").read_text(encoding="utf-8")
    rows, yaml = page.split("This table\n\n```\n")[1].split(
        "```\n\nbecomes\n\n```yaml calendars/bakery.yaml\n"
    )
    text, _ = table(tmp_path, rows.encode())

    assert text.replace("\n\n", "\n") == yaml.split("```")[0].split("events:\n")[1]


def test_own_headings(tmp_path: Path) -> None:
    """They are named; the first lines may hold something else."""
    data = b"Our year\n\nQuoi\tQuand\tAnimation\nF\xc3\xaate\t3 avril 2026 \xc3\xa0 19h30\tAna\n"
    text, _ = table(tmp_path, data, columns={"Quoi": "title", "Quand": "start", "Animation": "contact"})

    assert text == "  - id: fete\n    title: Fête\n    when: 2026-04-03 19:30\n    contact: {name: Ana}\n"


@pytest.mark.parametrize(
    ("data", "asked"),
    [
        (b"Subject,Start Date\nParty,3/4/2026\n", "--dates day-first or --dates month-first"),
        (
            b"Subject,Start Date\nParty,13/4/2026\nWalk,4/13/2026\n",
            "--dates day-first or --dates month-first",
        ),
        (b"What else,Start Date\nParty,2026-04-03\n", '--column "Heading=title"'),
        (b"nothing\n", "neither a calendar"),
        (b"", "neither a calendar"),
    ],
)
def test_what_is_not_certain_is_asked(tmp_path: Path, data: bytes, asked: str) -> None:
    """Nothing is written then."""
    text, outcome = table(tmp_path, data)

    assert outcome.refusal is not None
    assert asked in outcome.refusal
    assert text == "name: The Bakery\n"


@pytest.mark.parametrize(
    ("order", "day"), [(Order.DAY_FIRST, "2026-04-03"), (Order.MONTH_FIRST, "2026-03-04")]
)
def test_the_answer_is_taken(tmp_path: Path, order: Order, day: str) -> None:
    """As said."""
    text, _ = table(tmp_path, b"Subject,Start Date\nParty,3/4/2026\n", order=order)

    assert f"when: {day}\n" in text


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("2026-04-03", "2026-04-03"), ("2026/4/3", "2026-04-03"), ("20260403", "2026-04-03"), ("3.4.2026", "2026-04-03"),
        ("03/04/26", "2026-04-03"), ("3. April 2026", "2026-04-03"), ("Fri, April 3, 2026", "2026-04-03"), ("3 avril 2026", "2026-04-03"),
        ("vendredi 3 avr. 2026", "2026-04-03"), ("3 de abril de 2026", "2026-04-03"), ("31/2/2026", None), ("soon", None), ("", None),
    ],
)  # fmt: skip
def test_days(said: str, day: str | None) -> None:
    """As people write them."""
    found = period_of(said, Order.DAY_FIRST)

    assert (found and found.first.isoformat()) == day


def test_the_order_is_told_by_the_dates_themselves() -> None:
    """Or not at all."""
    assert order_of(["3/4/2026", "13/4/2026"]) is Order.DAY_FIRST
    assert order_of(["3/4/2026", "4/13/2026"]) is Order.MONTH_FIRST
    assert order_of(["3.4.2026"]) is Order.DAY_FIRST
    assert order_of(["4/4/2026", "2026-04-03"]) is Order.DAY_FIRST
    assert order_of(["3/4/2026"]) is Order.UNKNOWN


def test_a_row_without_a_day_is_told_by_its_line(tmp_path: Path) -> None:
    """All others come over."""
    text, outcome = table(tmp_path, b'Subject,Start Date\n"Par\nty",2026-04-03\nWalk,soon\n')

    assert "title: Par ty\n" in text
    assert [(each.line, each.code) for each in outcome.losses] == [(4, "no-start")]


ROW = "Fest;5.6.2027;16:00;23:00;Laden"


@pytest.mark.parametrize(
    "headings",
    [
        "Event;Date;From;To;Location", "Name;Day;Starts;Ends;Venue", "What;When;Start time;End time;Where", "Event Name;Event Start Date;Event Start Time;Event End Time;Event Venue Name",
        "Titel;Datum;Von;Bis;Ort", "Was;Wann;Beginn;Ende;Wo", "Veranstaltung;Tag;Uhrzeit;Bis;Veranstaltungsort",
        "Titre;Date;De;À;Lieu", "Quoi;Quand;Heure de début;Heure de fin;Où", "Événement;Jour;Début;Fin;Endroit",
        "Titolo;Data;Dalle;Alle;Luogo", "Cosa;Quando;Inizio;Fine;Dove", "Evento;Giorno;Ora di inizio;Ora di fine;Sede",
        "Título;Fecha;Desde;Hasta;Lugar", "Qué;Cuándo;Hora de inicio;Hora de fin;Dónde", "Asunto;Día;Comienzo;Fin;Ubicación",
        "Asunto;Fecha de comienzo;Comienzo;Finalización;Ubicación", "Title;Date (dd.mm.yyyy);Start (24h);End time (local);Place (room)",
        "Título;Data;Das;Às;Local", "O que;Quando;Início;Fim;Onde", "Assunto;Dia;Hora de início;Hora de término;Lugar",
    ],
)  # fmt: skip
def test_headings_in_six_languages(tmp_path: Path, headings: str) -> None:
    """A day, from and to, where; no column is left."""
    text, outcome = table(tmp_path, f"{headings}\n{ROW}\n".encode())

    assert text == "  - id: fest\n    title: Fest\n    when: 2027-06-05 16:00/23:00\n    where: Laden\n"
    assert outcome.losses == []


@pytest.mark.parametrize(
    ("row", "when"),
    [
        ("5.6.2027;;;;", "2027-06-05"), ("5.6.2027;;6.6.2027;;ja", "2027-06-05/2027-06-06"), ("5.6.2027;0:00;6.6.2027;0:00;ja", "2027-06-05"),
        ("5.6.2027;0:00;8.6.2027;0:00;ja", "2027-06-05/2027-06-07"), ("5.6.2027;0:00;5.6.2027;0:00;ja", "2027-06-05"),
        ("5.6.2027;0:00;6.6.2027;23:59;ja", "2027-06-05/2027-06-06"), ("5.6.2027;20:00;6.6.2027;0:00;", "2027-06-05 20:00/2027-06-06 00:00"),
        ("5.6.2027;20:00;;2:00;", "2027-06-05 20:00/2027-06-06 02:00"), ("5.6.2027;20:00;;24:00;", "2027-06-05 20:00/2027-06-06 00:00"),
        ("5.6.2027;7-9 pm;;;", "2027-06-05 19:00/21:00"), ("5.6.2027;ab 19 Uhr;;;", "2027-06-05 19:00"), ("5.–7.6.2027;;;;", "2027-06-05/2027-06-07"),
        ("5.6.2027 19:00-21:00;;;;", "2027-06-05 19:00/21:00"), ("2027-06-05T17:00:00Z;;2027-06-05T19:00Z;;", "2027-06-05 19:00/21:00"),
        ("46000;0.75;46001;0.5;", "2025-12-09 18:00/2025-12-10 12:00"), ("46000.75;;46000.875;;", "2025-12-09 18:00/21:00"), ("46000;;46002;;ja", "2025-12-09/2025-12-11"),
        ("Herbst 2027;;;;", "autumn 2027"), ("Juni 2027;;;;", "2027-06"), ("5.6.2027;ganztägig;;;", "2027-06-05"), ("5.6.2027;toute la journée;;;", "2027-06-05"),
        ("5.6.2027;19.00.00;5.6.2027;21.00.00;", "2027-06-05 19:00/21:00"), ("5.6.2027;0.00.00;6.6.2027;0.00.00;ja", "2027-06-05"),
        ("5.6.2027;7:30p;;9p;", "2027-06-05 19:30/21:00"), ("5.6.2027;h. 20,30;;;", "2027-06-05 20:30"), ("5.6.2027;1900;;2100;", "2027-06-05 19:00/21:00"),
        ("5.6.2027;0800-1700;;;", "2027-06-05 08:00/17:00"), ("5.6.2027 19h bis 6.6.2027 1h;;;;", "2027-06-05 19:00/2027-06-06 01:00"),
        ("5.6.2027 10:00 AM - 5.6.2027 4:00 PM;;;;", "2027-06-05 10:00/16:00"), ("2027-06-05T19:00/2027-06-05T21:00;;;;", "2027-06-05 19:00/21:00"),
        ("20270605T190000;;20270605T210000;;", "2027-06-05 19:00/21:00"), ("20270605T170000Z;;20270605T1900Z;;", "2027-06-05 19:00/21:00"),
        ("5.6.2027;1:00 PM to 3:00 PM EDT;;;", "2027-06-05 19:00/21:00"), ("Jänner 2027;;;;", "2027-01"),
        ("5.6.2027;TBA;;;", "2027-06-05 ??:??"), ("5.6.2027;soir;7.6.2027;;", "2027-06-05/2027-06-07"),
    ],
)  # fmt: skip
def test_when_a_row_takes_place(tmp_path: Path, row: str, when: str) -> None:
    """Whole days to the last one included, whichever way it is written; times; what is not known stays so."""
    usual = "1.2.2027;10:00;;11:00;"
    data = f"Titel;Datum;Von;Enddatum;Bis;Ganztägig\nA;{usual}\nB;{row}\nC;{usual}\n"
    text, _ = table(tmp_path, data.encode(), order=Order.DAY_FIRST)

    assert [line[10:] for line in text.splitlines() if "when:" in line] == [
        "2027-02-01 10:00/11:00",
        when,
        "2027-02-01 10:00/11:00",
    ]


@pytest.mark.parametrize(
    ("heading", "when", "codes"),
    [
        ("Start (UTC)", "2027-06-05 12:00", []),
        ("Start (New York)", "2027-06-05 10:00", ["zone-name"]),
        ("Start (UTC-04:00)", "2027-06-05 16:00", ["zone-name"]),
        ("Start (hh:mm)", "2027-06-05 10:00", []),
        ("Start (Mars)", "2027-06-05", ["column"]),
    ],
)
def test_a_zone_in_a_heading_is_that_of_its_column(
    tmp_path: Path, heading: str, when: str, codes: list[str]
) -> None:
    """What is in brackets and not understood may be a zone, so such a column is not read, and that is told."""
    text, outcome = table(tmp_path, f"Title,Date,{heading}\nA,2027-06-05,10:00\n".encode())

    assert f"    when: {when}\n" in text
    assert ("timezone: America/New_York" in text) == ("New York" in heading)
    assert [each.code for each in outcome.losses if each.code != "no-end"] == codes


def test_headings_once_more_are_no_row_and_lines_are_counted_from_the_mark_of_excel(tmp_path: Path) -> None:
    """Tables that were put together have their headings twice."""
    data = "sep=;\r\nTitel;Datum;Uhrzeit\r\nA;5.6.2027;abends\r\nTitel; Datum ;Uhrzeit\r\nB;5.6.2027;\r\nSumme;;\r\n"
    text, outcome = table(tmp_path, data.encode())

    assert text.count("id:") == 2
    assert [(each.line, each.code) for each in outcome.losses] == [(3, "time-word"), (6, "no-start")]


@pytest.mark.parametrize(
    ("heading", "said", "expected"),
    [
        ("Status", "draft", "    draft: true\n"), ("Status", "Entwurf", "    draft: true\n"), ("Status", "live", ""), ("Status", "completed", ""),
        ("Vertraulichkeit", "Persönlich", "    visibility: members\n"), ("Vertraulichkeit", "Normal", ""), ("Riservatezza", "Privato", "    visibility: members\n"),
        ("Critère de diffusion", "Confidentiel", "    visibility: members\n"), ("Confidencialidade", "Particular", "    visibility: members\n"),
    ],
)  # fmt: skip
def test_what_is_not_to_be_seen_is_not_published(
    tmp_path: Path, heading: str, said: str, expected: str
) -> None:
    """What is not published where it comes from, or not for all, in the words of programs."""
    text, outcome = table(tmp_path, f"Title,Date,{heading}\nA,2027-06-05,{said}\n".encode())

    assert text == f"  - id: a\n    title: A\n    when: 2027-06-05\n{expected}"
    assert {each.code for each in outcome.losses} <= {"not-public"}


def test_what_was_read_in_its_own_way_is_told_by_row(tmp_path: Path) -> None:
    """Words in a column of times, numbers of spreadsheets, ends that are none, times of what has no day."""
    data = "Titel;Datum;Von;Bis;Dauer\nA;46000;0,5;;\nB;5.6.2027;abends;;\nC;5.6.2027;10:00;irgendwann;\nD;Herbst 2027;10:00;;\nE;5.6.2027;10:00;;viel\n"
    _, outcome = table(tmp_path, data.encode())

    assert [(each.line, each.code) for each in outcome.losses if each.code != "no-end"] == [
        (2, "serial"), (2, "serial"), (3, "time-word"), (4, "bad-value"), (5, "bad-value"), (6, "bad-value"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("0", "    shows_as: free\n"), ("1", "    status: tentative\n"), ("2", ""), ("3", "    shows_as: free\n"), ("4", ""),
        ("Frei", "    shows_as: free\n"), ("Mit Vorbehalt", "    status: tentative\n"), ("Occupé", ""), ("Libero", "    shows_as: free\n"),
    ],
)  # fmt: skip
def test_what_a_time_is_shown_as(tmp_path: Path, said: str, expected: str) -> None:
    """The codes of Outlook, and its words."""
    text, outcome = table(
        tmp_path,
        f"Subject;Start Date;Start Time;End Time;Show time as\nA;5.6.2027;10:00;11:00;{said}\n".encode(),
    )

    assert text == f"  - id: a\n    title: A\n    when: 2027-06-05 10:00/11:00\n{expected}"
    assert outcome.losses == []


@pytest.mark.parametrize(
    ("headings", "title", "told"),
    [
        ("Titel;Titolo", "{de: Eins, it: Due}", []), ("Titel (it);Titel", "{de: Due, it: Eins}", []), ("Titolo;Titel", "{de: Due, it: Eins}", []),
        ("Titel;Italienisch Titel", "Eins", ["column"]), ("Titel;Titel Italienisch", "{de: Eins, it: Due}", []), ("Titel;Name", "Eins", ["column"]),
        ("Titel;Título", "Eins", ["column"]), ("title_de;title_it", "{de: Eins, it: Due}", []),
    ],
)  # fmt: skip
def test_titles_in_two_languages(tmp_path: Path, headings: str, title: str, told: list[str]) -> None:
    """By what their headings say, or the language that they are in; what is not known is told."""
    root = lay(tmp_path, {FILE: "name: The Bakery\nlanguages: [de, it]\n"})
    outcome = imported(root, f"{headings};Datum\nEins;Due;5.6.2027\n".encode(), "x.csv")

    assert f"    title: {title}\n" in (root / FILE).read_text(encoding="utf-8")
    assert [each.code for each in outcome.losses] == told


def test_every_column_that_is_not_read_is_told(tmp_path: Path) -> None:
    """Those that are not known, and those of which there is one already."""
    data = b"Title;Date;Day;Colour;Start date;Contact;Kontakt\nA;2027-06-05;Saturday;red;2027-06-06;Ana;Ben\n"
    text, outcome = table(tmp_path, data)

    assert text == "  - id: a\n    title: A\n    when: 2027-06-05\n    contact: {name: Ana}\n"
    assert [each.what for each in outcome.losses] == ["Day", "Colour", "Start date", "Kontakt"]


def test_places_tags_and_links_in_several_columns(tmp_path: Path) -> None:
    """They come together; what is in the place already is not said twice."""
    data = b"Title;Date;Duration;Category;Tags;Room;Venue;Address;City;URL;Website\nA;2027-06-05 10:00;1h30;Fair;Food, Drink;2nd floor;Town Hall Ghent;Main St 1;Ghent;https://a.example/;https://b.example/\n"
    text, outcome = table(tmp_path, data)

    assert text == (
        "  - id: a\n    title: A\n    when: 2027-06-05 10:00/11:30\n    where: 2nd floor, Town Hall Ghent, Main St 1\n    tags: [fair, food, drink]\n"
        "    links:\n      - {label: Web page, url: https://a.example/}\n      - {label: Web page, url: https://b.example/}\n"
    )
    assert outcome.losses == []


@pytest.mark.parametrize(
    "day",
    [
        "31.12.9999",
        "0001-01-01",
        "1.1.1800 - 2.1.1800",
        "Herbst 2200",
        "2199-12-31 - 2200-01-01",
    ],
)
def test_days_of_no_usual_year_are_told(tmp_path: Path, day: str) -> None:
    """Their rows alone are left out."""
    text, outcome = table(tmp_path, f"Title;Date;To\nA;{day};\nB;5.6.2027;31.12.9999\n".encode())

    assert text == "  - id: b\n    title: B\n    when: 2027-06-05\n"
    assert [each.code for each in outcome.losses] in (["odd-year", "bad-value"], ["no-start", "bad-value"])


CELLS = (
    "", "x", "2026-06-05", "5.6.2026", "46000.75", "0.5", "Herbst 2027", "5–7 June 2026", "19:00", "7-9 pm", "24:00", "ganztägig", "abends", "Tuesday", "-", "1", "true",
    "2026-06-05T10:00:00Z", "31.12.9999", "0000-00-00", "99:99", "'=x", "1h30", "11111111111111111111111", "12/31/9999 - 1/1/0001", "2199-12-31 24:00", "20000.9999999",
)  # fmt: skip
HEADINGS = st.sampled_from(
    [word for each in COLUMNS.values() for words in each.values() for word in words.split()]
    + ["Foo", "Titel (it)", "first_day", "last_day"]
)


@settings(
    max_examples=sized(150, sample=18),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.data())
def test_any_columns_and_cells(tmp_path: Path, data: st.DataObject) -> None:
    """In any order: read, asked or told; never a crash."""
    headings = data.draw(st.permutations(["title", "start", *data.draw(st.lists(HEADINGS, max_size=5))]))
    rows = [
        data.draw(st.lists(st.sampled_from(CELLS), min_size=len(headings), max_size=len(headings)))
        for _ in range(3)
    ]
    content = "\n".join(";".join(row) for row in (headings, *rows)).encode()
    shutil.rmtree(tmp_path / "tree", ignore_errors=True)
    _, outcome = table(
        tmp_path / "tree",
        content,
        order=data.draw(st.sampled_from((None, Order.DAY_FIRST, Order.MONTH_FIRST))),
    )

    assert (
        outcome.refusal is not None
        or outcome.steps
        or outcome.losses
        or not any("".join(row) for row in rows)
    )


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("31.6.2027", "June 2027 has 30 days, so the row was left out; mend its day"),
        ("12.13.2027", "there is no month 13, so the row was left out; mend its day"),
        ("29/2/2027", "February 2027 has 28 days, so the row was left out; mend its day"),
        ("2027-04-31", "April 2027 has 30 days, so the row was left out; mend its day"),
        ("31. September 2027", "September 2027 has 30 days, so the row was left out; mend its day"),
        ("So 31.9.2027 19:00", "September 2027 has 30 days, so the row was left out; mend its day"),
        ("November 31, 2027", "November 2027 has 30 days, so the row was left out; mend its day"),
        ("0.5.2027", "no month has a day 0, so the row was left out; mend its day"),
    ],
)
def test_an_impossible_day_is_its_rows_alone(said: str, why: str, tmp_path: Path) -> None:
    """It is told with the reason; all others come over."""
    text, outcome = table(tmp_path, f'Titel;Datum\nFest;3.4.2027\nMarkt;"{said}"\n'.encode())

    assert "when: 2027-04-03\n" in text
    assert [(each.line, each.code, each.what, each.why) for each in outcome.losses] == [
        (3, "no-start", said, why)
    ]


@given(
    st.lists(
        st.builds("{}.{}.{}".format, st.integers(1, 31), st.integers(1, 31), st.integers(2000, 2099)),
        min_size=1,
    )
)
def test_dates_with_dots_begin_with_the_day(dates: list[str]) -> None:
    """Whichever of them are in no calendar."""
    assert order_of(dates) is Order.DAY_FIRST


@pytest.mark.parametrize(
    ("headings", "cell", "day"),
    [
        ("Titolo;Quando", "07/09/2026", "2026-09-07"), ("Titre;Date", "07/09/2026", "2026-09-07"), ("Título;Fecha", "07/09/2026", "2026-09-07"),
        ("Título;Data", "07/09/2026", "2026-09-07"), ("Titel;Datum", "07/09/2026", "2026-09-07"), ("Title;Date", "07/09/2026", None),
        ("Subject;Start Date", "07/09/2026", None), ("Title;Date", "Mon 07/09/2026", "2026-09-07"), ("Title;Date", "Thu, 07/09/2026", "2026-07-09"),
        ("Title;Date", "Fri 07/09/2026", None), ("Titolo;Quando", "giovedì 07/09/2026", "2026-07-09"), ("Name;Date", "07/09/2026", None),
    ],
)  # fmt: skip
def test_headings_and_weekdays_tell_which_stands_first(
    headings: str, cell: str, day: str | None, tmp_path: Path
) -> None:
    """Those of a language other than English, and a weekday on which the date falls in one way alone."""
    text, _ = table(tmp_path, f'{headings}\nFest;"{cell}"\n'.encode())

    assert (f"when: {day}\n" in text) is (day is not None)


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ("17.10.2027;ab 9 Uhr;", ["2027-10-17 09:00"]), ("17.10.2027;9:00;abends", ["abends", "2027-10-17 09:00"]),
        ("17.10.2027 9:00;;", ["2027-10-17 09:00"]), ("2027-10-17T09:00;;", ["2027-10-17 09:00"]), ("17.10.2027;9:00;8:00", []),
        ("17.10.2027;02:30;03:00", []), ("31.10.2027;02:30;", ["2027-10-31 02:30"]), ("28.3.2027;02:30;", ["2027-03-28 02:30"]),
        ("17.10.1899;9:00;", ["1899-10-17 09:00"]), ("17.10.2027;;9:00", []), ("20271017;;x", ["x"]), ("20271017T0900Z;;", ["2027-10-17 09:00Z"]),
    ],
)  # fmt: skip
def test_nothing_told_of_a_table_is_in_the_form_of_calendars(
    cells: str, told: list[str], tmp_path: Path
) -> None:
    """Days and moments are told as people write them."""
    _, outcome = table(tmp_path, f"Titel;Datum;Uhrzeit;Ende\nFest;{cells}\n".encode())

    assert [loss.what for loss in outcome.losses] == told
    assert not [
        loss for loss in outcome.losses if re.search(r"\d{8}|T\d{6}|TZID|DTSTART|DTEND", str(loss.why))
    ]
