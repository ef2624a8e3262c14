"""Other formats of feeds, over HTTP."""

import csv
import gzip
import io
import json
from datetime import UTC, datetime

import pytest
from icalendar import Calendar
from markdown_it import MarkdownIt
from tests.support.trees import compiled, lay
from werkzeug.test import Client

from coopcal.site.reader import LiveSite
from coopcal.web import create_app

BODY = """\
name: The Bakery
country: BE
events:
  - {id: gone, title: Gone, when: 2026-03-01}
  - id: evening
    title: {en: "Evening, *open*", fr: Soirée}
    when: 2026-06-30 19:00/21:00
    where: {name: The shop, city: Ghent, country: BE, geo: {lat: 51.05, lon: 3.72}}
    description: {en: "Come [here](https://bakery.example.coop/).", fr: Venez.}
    tags: [education]
    repeats: {every: week, count: 3, changes: {2026-07-07: {status: cancelled, reason: Ill}}}
  - {id: sums, title: "=SUM(A1)", when: 2026-08-01, registration: {places: 0}}
  - {id: entry, title: Entry, when: until 2026-08-03 12:00}
  - {id: some, title: Some time, when: 2026-09}
  - {id: board, title: Secret, when: 2026-07-03 09:00/10:00, visibility: members}
"""


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Client:
    """Return a client of a small site in June 2026."""
    root = lay(tmp_path_factory.mktemp("formats"), {"calendars/bakery.yaml": BODY})
    compiled(root)
    return Client(create_app(LiveSite(root / "_site"), lambda: datetime(2026, 6, 10, 12, 30, tzinfo=UTC)))


def test_json_holds_every_occurrence_with_words(reader: Client) -> None:
    """In order, in the language asked for; what is not known is left out."""
    answer = reader.get("/feeds/bakery.fr.json")
    document = json.loads(answer.data)
    evening = document["occurrences"][1]

    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert (document["version"], document["feed"], document["language"]) == (1, "bakery", "fr")
    assert [each["first_day"] for each in document["occurrences"]] == [
        "2026-03-01", "2026-06-30", "2026-07-07", "2026-07-14", "2026-08-01", "2026-08-03", "2026-09-01",
    ]  # fmt: skip
    assert evening["title"] == "Soirée"
    assert evening["when"] == "mardi 30 juin 2026, 19:00–21:00"
    assert evening["start"] == "2026-06-30T19:00:00+02:00"
    assert evening["url"] == "https://calendars.example.coop/fr/events/bakery/evening/2026-06-30/"
    assert evening["places"][0]["lat"] == 51.05
    assert document["occurrences"][2]["status"] == "cancelled"
    assert document["occurrences"][4]["registration"] == {"places": 0}
    assert "Secret" not in answer.text


def test_csv_is_for_spreadsheets(reader: Client) -> None:
    """With a byte order mark; a formula is harmless."""
    answer = reader.get("/feeds/bakery.csv?future=P2M")
    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))

    assert answer.data.startswith(b"\xef\xbb\xbf")
    assert [row["title"] for row in rows] == [
        "Gone",
        "Evening, *open*",
        "Evening, *open*",
        "Evening, *open*",
        "'=SUM(A1)",
        "Entry",
    ]
    assert (rows[1]["start"], rows[1]["end"], rows[1]["city"]) == ("19:00", "21:00", "Ghent")
    assert (rows[5]["start"], rows[5]["end"]) == ("", "12:00")


def test_a_digest_says_what_comes_next(reader: Client) -> None:
    """Nothing that is past; what is cancelled says so."""
    text = reader.get("/feeds/bakery.txt").data.decode()

    assert "Gone" not in text
    assert "Cancelled: Evening" in text
    assert text.startswith(
        "The Bakery\n==========\n\nJune 2026\n---------\n\nTuesday 30 June 2026, 19:00–21:00\nEvening, *open*\n"
    )
    assert reader.get("/feeds/bakery.txt?limit=1").data.decode().count("https://") == 2


def test_markdown_shows_titles_as_they_are(reader: Client) -> None:
    """Signs of Markdown in a title are no markup."""
    html = MarkdownIt("commonmark").render(reader.get("/feeds/bakery.md").data.decode())

    assert (
        '<a href="https://calendars.example.coop/events/bakery/evening/2026-06-30/">Evening, *open*</a>'
        in html
    )
    assert "<h2>July 2026</h2>" in html


def test_jcal_is_the_feed(reader: Client) -> None:
    """Read back, it is the same calendar."""
    answer = reader.get("/feeds/bakery.jcal")

    def said(calendar: Calendar) -> list[tuple[object, ...]]:
        names = ("DTSTART", "DTEND", "RRULE", "RECURRENCE-ID", "SUMMARY", "DESCRIPTION", "GEO")
        return [
            tuple(event[name].to_ical() for name in names if name in event)
            for event in calendar.walk("VEVENT")
        ]

    assert answer.headers["Content-Type"] == "application/calendar+json"
    assert said(Calendar.from_jcal(json.loads(answer.data))) == said(
        Calendar.from_ical(reader.get("/feeds/bakery.ics").data)
    )
    assert len(json.loads(reader.get("/feeds/bakery.jcal?tag=education").data)[2]) < len(
        json.loads(answer.data)[2]
    )


@pytest.mark.parametrize("ending", ["json", "csv", "txt", "md", "jcal"])
def test_formats_are_narrowed_and_conditional_like_feeds(reader: Client, ending: str) -> None:
    """400 for a name that is none, 304 for what is known, compressed for who asks."""
    plain = reader.get(f"/feeds/all.{ending}?limit=2")
    squeezed = reader.get(f"/feeds/all.{ending}?limit=2&utm_source=x", headers={"Accept-Encoding": "gzip"})
    again = reader.get(f"/feeds/all.{ending}?limit=2", headers={"If-None-Match": plain.headers["ETag"]})

    assert gzip.decompress(squeezed.data) == plain.data
    assert again.status_code == 304
    assert plain.headers["Last-Modified"] == "Wed, 10 Jun 2026 12:00:00 GMT"
    assert "max-age" in plain.headers["Cache-Control"]
    assert reader.get(f"/feeds/all.{ending}?limits=2").status_code == 400
    assert reader.get(f"/feeds/none.{ending}").status_code == 404
    assert reader.get(f"/feeds/all.xx.{ending}").status_code == 404
    assert reader.head(f"/feeds/all.{ending}").status_code == 200
