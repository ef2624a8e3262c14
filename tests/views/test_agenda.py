"""What takes place when, from a compiled site alone."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from tests.support.trees import compiled, lay

from coopcal.site.reader import open_site
from coopcal.views.agenda import Agenda
from coopcal.views.occurrences import between, coming, gone

BODY = """\
name: The Bakery
country: BE
events:
  - id: evening
    title: {en: Evening, fr: Soirée}
    when: 2026-10-20 19:00/21:00
    repeats:
      every: week
      count: 4
      except: [2026-10-27]
      also: [2026-10-28]
      changes: {2026-11-03: {when: 2026-11-04 18:00/19:00, title: Early}}
  - {id: fair, title: Fair, when: 2026-10-24/2026-10-25}
  - {id: some, title: Some time, when: 2026-10}
  - {id: entry, title: Entry, when: until 2026-10-21 12:00}
  - {id: gone, title: Gone, when: 2026-10-22, status: cancelled}
"""


@pytest.fixture(scope="module")
def agenda(tmp_path_factory: pytest.TempPathFactory) -> Agenda:
    """Return the agenda of a small site."""
    root = lay(tmp_path_factory.mktemp("agenda"), {"calendars/bakery.yaml": BODY})
    compiled(root)
    return Agenda(open_site(root / "_site"))


def test_occurrences_stand_in_order_each_with_its_page(agenda: Agenda) -> None:
    """A series with its changed and further dates; times on the wall stay when the clocks change."""
    found = [
        (each.address.removeprefix("/events/bakery/"), each.words("en", "Europe/Brussels"))
        for each in agenda.of_feed("bakery")
    ]

    assert found == [
        ("some/", "Some time in October 2026"),
        ("evening/2026-10-20/", "Tuesday 20 October 2026, 19:00–21:00"),
        ("entry/", "by Wednesday 21 October 2026, 12:00"),
        ("gone/", "Thursday 22 October 2026"),
        ("fair/", "Saturday 24 October 2026 – Sunday 25 October 2026"),
        ("evening/2026-10-28/", "Wednesday 28 October 2026, 19:00–21:00"),
        ("evening/2026-11-03/", "Wednesday 4 November 2026, 18:00–19:00"),
        ("evening/2026-11-10/", "Tuesday 10 November 2026, 19:00–21:00"),
    ]


def test_days_end_where_the_organisation_is(agenda: Agenda) -> None:
    """The fair ends with the day on which the clocks are put back: at 23:00 UTC."""
    fair = agenda.at("/events/bakery/fair/")
    assert fair is not None

    assert fair.begins == datetime(2026, 10, 23, 22, tzinfo=UTC)
    assert fair.ends == datetime(2026, 10, 25, 23, tzinfo=UTC)
    found = agenda.of_feed("bakery")
    assert fair in coming(found, datetime(2026, 10, 25, 22, 59, tzinfo=UTC))
    assert gone(found, fair.ends)[0].address == "/events/bakery/fair/"


def test_a_date_has_an_address_of_its_own(agenda: Agenda) -> None:
    """By its original day, wherever it was moved to; a day that is none has none."""
    moved, usual = (
        agenda.at("/events/bakery/evening/2026-11-03/"),
        agenda.at("/events/bakery/evening/2026-11-10/"),
    )
    assert moved is not None
    assert usual is not None

    assert (moved.first, moved.details.title) == (date(2026, 11, 4), {"en": "Early"})
    assert (usual.first, usual.words("fr", "Europe/Brussels")) == (
        date(2026, 11, 10),
        "mardi 10 novembre 2026, 19:00–21:00",
    )
    assert agenda.at("/events/bakery/evening/2026-10-27/") is None
    assert agenda.at("/events/bakery/none/") is None
    assert agenda.at("/") is None


def test_what_touches_a_stretch_of_days_is_found(agenda: Agenda) -> None:
    """Both ends included."""
    found = between(agenda.of_feed("bakery"), date(2026, 10, 25), date(2026, 10, 28))

    assert [each.address.rsplit("/", 3)[1:3] for each in found] == [
        ["bakery", "some"],
        ["bakery", "fair"],
        ["evening", "2026-10-28"],
    ]


def test_feeds_hold_what_they_select(agenda: Agenda) -> None:
    """``all`` has the same as the only organisation."""
    assert agenda.of_feed("all") == agenda.of_feed("bakery")


def test_a_series_of_which_no_date_is_as_usual(tmp_path: Path) -> None:
    """One that begins beyond what is told is there with its first date; one that differs each time, with its overrides."""
    far = "{id: far, title: Far, when: 2031-08-05, repeats: {every: year, count: 3}}"
    changes = "{2026-08-05: {title: A}, 2026-09-05: {title: B}}"
    other = f"{{id: other, title: Other, when: 2026-08-05, repeats: {{every: month, count: 2, changes: {changes}}}}}"
    body = f"name: The Bakery\ncountry: BE\nevents: [{far}, {other}]\n"
    root = lay(tmp_path, {"calendars/bakery.yaml": body})
    compiled(root)
    known = Agenda(open_site(root / "_site"))

    assert [
        (occurrence.address.removeprefix("/events/bakery/"), occurrence.recurs)
        for occurrence in known.of_feed("bakery")
    ] == [("other/2026-08-05/", True), ("other/2026-09-05/", True), ("far/", False)]
    assert known.recurs(known.by_address["/events/bakery/other/"])
    assert not known.recurs(known.by_address["/events/bakery/far/"])


def test_an_override_leads_to_its_entry(agenda: Agenda) -> None:
    """Anything else is an entry itself."""
    series = agenda.by_address["/events/bakery/evening/"]
    override = agenda.by_address["/events/bakery/evening/2026-11-03/"]

    assert agenda.entry_of(override) is series
    assert agenda.entry_of(series) is series
    assert [type(entry).__name__ for entry in agenda.entries_of(override)] == [
        "SeriesRecord",
        "FurtherDateRecord",
    ]
