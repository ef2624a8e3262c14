"""Months and weeks on a wall."""

from datetime import date

import pytest
from tests.support.trees import compiled, lay

from coopcal.site.reader import open_site
from coopcal.views import months as grid
from coopcal.views.agenda import Agenda

BODY = """\
name: The Mill
events:
  - {id: fair, title: Fair, when: 2027-04-30/2027-05-02}
  - {id: night, title: Night, when: 2027-05-31 22:00/2027-06-01 02:00}
  - {id: some, title: Some time, when: 2027-05}
  - {id: spring, title: In spring, when: spring 2027}
"""


@pytest.fixture(scope="module")
def agenda(tmp_path_factory: pytest.TempPathFactory) -> Agenda:
    """Return what is on around May 2027."""
    root = lay(tmp_path_factory.mktemp("may"), {"calendars/bakery.yaml": BODY})
    compiled(root)
    return Agenda(open_site(root / "_site"))


@pytest.mark.parametrize(("first", "begins"), [(0, date(2027, 4, 26)), (6, date(2027, 4, 25))])
def test_weeks_begin_where_people_begin_them(agenda: Agenda, first: int, begins: date) -> None:
    """On Monday or on Sunday; they are whole, and together hold the month once."""
    month = grid.month(agenda.of_feed("all"), 2027, 5, first)

    assert month.weeks[0].days[0].day == begins
    assert {len(week.days) for week in month.weeks} == {7}
    assert [day.day for day in month.days] == [date(2027, 5, number) for number in range(1, 32)]
    assert month.weeks[1].number == 18


def test_what_takes_days_is_on_each_of_them(agenda: Agenda) -> None:
    """Also over the ends of the month, and over midnight; what is imprecise stands apart."""
    month = grid.month(agenda.of_feed("all"), 2027, 5, 0)
    placed = {
        day.day: [(each.shown.event.path[0], each.continues) for each in day.placed]
        for week in month.weeks
        for day in week.days
        if day.placed
    }

    assert placed == {
        date(2027, 4, 30): [("fair", False)],
        date(2027, 5, 1): [("fair", True)],
        date(2027, 5, 2): [("fair", True)],
        date(2027, 5, 31): [("night", False)],
        date(2027, 6, 1): [("night", True)],
    }
    assert {each.event.path[0] for each in month.imprecise} == {"some", "spring"}


def test_an_empty_month_is_empty(agenda: Agenda) -> None:
    """And a week has its seven days."""
    days = [date(2027, 8, number) for number in range(2, 9)]

    assert grid.month(agenda.of_feed("all"), 2027, 8, 0).is_empty
    assert not grid.month(agenda.of_feed("all"), 2027, 5, 0).is_empty
    assert [day.day for day in grid.week(agenda.of_feed("all"), days).days] == days
