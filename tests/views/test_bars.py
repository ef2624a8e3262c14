"""What takes several days lies in a lane of its week, over all of its days there; nothing is lost that has no room."""

import random
from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from tests.support.trees import compiled, lay

from coopcal.site.reader import open_site
from coopcal.views import months as grid
from coopcal.views.agenda import Agenda
from coopcal.views.occurrence import Occurrence


@pytest.fixture(scope="module")
def dates(tmp_path_factory: pytest.TempPathFactory) -> Sequence[Occurrence]:
    """Return many dates around June 2026 that take from one to thirty days, and some nights."""
    chance = random.Random(17)
    events = []
    for number in range(160):
        first = date(2026, 5, 10) + timedelta(days=chance.randrange(60))
        last = first + timedelta(days=chance.choice([0, 0, 0, 1, 2, 5, 30]))
        when = (
            f"{first} 22:00/{first + timedelta(days=1)} 02:00"
            if number % 9 == 0
            else f"{first}/{last}"
            if last > first
            else f"{first}"
        )
        events.append(f"  - {{id: e{number}, title: Event {number}, when: {when}}}\n")
    root = lay(
        tmp_path_factory.mktemp("bars"),
        {"calendars/mill.yaml": f"name: The Mill\nevents:\n{''.join(events)}"},
    )
    compiled(root)
    return Agenda(open_site(root / "_site")).listed("mill")


@pytest.mark.parametrize("first_weekday", [0, 6])
@pytest.mark.parametrize("most", [1, 2, 3, 5, 40])
def test_bars_lie_over_their_days(dates: Sequence[Occurrence], first_weekday: int, most: int) -> None:
    for week in grid.month(dates, 2026, 6, first_weekday).weeks:
        cells = grid.cells(week, most)
        lanes: dict[str, list[tuple[int, int]]] = {}
        for number, cell in enumerate(cells):
            day, bars = cell.day, [bar for bar in cell.bars if bar]
            shown = [bar.shown for bar in bars] + [placed.shown for placed in cell.single]
            assert len(shown) + cell.more == len(day.placed)
            assert len(shown) <= max(most, len(bars))
            assert len({one.address for one in shown}) == len(shown)
            assert {one.address for one in shown} <= {placed.shown.address for placed in day.placed}
            for lane, bar in enumerate(cell.bars):
                if bar:
                    lanes.setdefault(bar.shown.address, []).append((lane, number))
                    assert (bar.begins, bar.ends) == (bar.shown.first == day.day, bar.shown.last == day.day)
                    assert bar.leads == (bar.begins or number == 0)
                    assert bar.days == min((bar.shown.last - day.day).days + 1, 7 - number)
        for address, places in lanes.items():
            one = next(one for one in dates if one.address == address)
            assert len({lane for lane, _ in places}) == 1
            assert [week.days[number].day for _, number in places] == [
                cell.day.day for cell in cells if one.first <= cell.day.day <= one.last
            ]


def test_the_longest_come_first_and_lanes_are_taken_again(dates: Sequence[Occurrence]) -> None:
    """No lane is left free above one that is taken on all days of a week."""
    for week in grid.month(dates, 2026, 6, 0).weeks:
        cells = grid.cells(week, 40)
        used = max((len(cell.bars) for cell in cells), default=0)
        assert used <= grid.BARS
        assert all(any(len(cell.bars) > lane and cell.bars[lane] for cell in cells) for lane in range(used))
