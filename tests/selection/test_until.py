"""Until when a site stands, of what the stages of a compile tell."""

from datetime import UTC, date, datetime, timedelta

from coopcal.selection.until import Turns

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)


def test_the_next_instant_is_told_and_what_is_over_is_not() -> None:
    turns = Turns(NOW)
    for days in (3, 0, -1, 2):
        turns.at(NOW + timedelta(days=days))

    assert turns.told_until == turns.good_until == NOW + timedelta(days=2)


def test_a_day_begins_in_its_time_zone() -> None:
    turns = Turns(NOW)
    turns.on(date(2026, 6, 1), "Europe/Brussels")
    turns.on(date(2026, 6, 2), "Europe/Brussels")

    assert turns.told_until == datetime(2026, 6, 1, 22, tzinfo=UTC)


def test_when_an_event_appears_is_told_nobody() -> None:
    """The site is compiled anew then all the same."""
    turns = Turns(NOW)
    turns.at(NOW + timedelta(days=2))
    turns.untold(NOW + timedelta(days=1))

    assert turns.told_until == NOW + timedelta(days=2)
    assert turns.good_until == NOW + timedelta(days=1)


def test_dates_that_are_not_all_told_are_told_from_the_next_new_year_on() -> None:
    turns = Turns(NOW)
    turns.with_dates_until(date(2027, 12, 31))
    assert turns.told_until is None
    turns.with_dates_until(date(2028, 1, 1))

    assert turns.told_until == datetime(2027, 1, 1, tzinfo=UTC)


def test_without_any_it_stands_for_ever() -> None:
    assert Turns(NOW).good_until is None
