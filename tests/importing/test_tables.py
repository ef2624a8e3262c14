"""Tables of others: headings, what parts cells, encodings, days and times."""

from pathlib import Path

import pytest
from tests.support.checking import lay
from tests.support.importing import FILE, imported

from coopcal.importing.days import Order, day_of, order_of
from coopcal.importing.run import Outcome
from coopcal.importing.tables import Table

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
    """Give the file of the bakery after the import of a table, from its events on, and what came of it."""
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
    page = (Path(__file__).parents[2] / "docs/coming-from.md").read_text(encoding="utf-8")
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
    found, _ = day_of(said, Order.DAY_FIRST)

    assert (found and found.isoformat()) == day


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
