"""Dates and times as people type them are understood, or not at all."""

from datetime import date, timedelta

import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from coopcal.authoring.typed_dates import SPOKEN, when_typed

TODAY = date(2026, 11, 26)

TIMES = {
    "{}-{} Uhr": "de", "von {} bis {} Uhr": "de", "{}h-{}h": "fr", "de {}h à {}h": "fr", "dalle {} alle {}": "it",
    "ore {} - {}": "it", "de {} a {}": "es", "das {}h às {}h": "pt", "from {} to {}": "en", "{}:00-{}:00": "en", "{}:00 – {}:00": "en",
    "{}.00-{}.00 Uhr": "de", "{}h00 / {}h00": "fr", ", {}:00/{}:00": "en",
}  # fmt: skip


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("05.06.2027 16:00-23:00", "2027-06-05 16:00/23:00"),
        ("5 June 2027 4pm-11pm", "2027-06-05 16:00/23:00"),
        ("5. Juni 2027, 16-23 Uhr", "2027-06-05 16:00/23:00"),
        ("5 June 2027 11-1pm", "2027-06-05 11:00/13:00"),
        ("June 5, 2027 4-11 p.m.", "2027-06-05 16:00/23:00"),
        ("June 5-7, 2027", "2027-06-05/2027-06-07"),
        ("5.-7. Juni 2027", "2027-06-05/2027-06-07"),
        ("vom 5. bis 7.6.2027", "2027-06-05/2027-06-07"),
        ("dal 5 al 7 giugno 2027", "2027-06-05/2027-06-07"),
        ("del 5 al 7 de junio de 2027", "2027-06-05/2027-06-07"),
        ("du 30 mai au 2 juin 2027", "2027-05-30/2027-06-02"),
        ("5.6. 16 Uhr", "2027-06-05 16:00"),
        ("27.11.", "2026-11-27"),
        ("25.11.", "2027-11-25"),
        ("Sat 5 June 2027 22:00-1:00", "2027-06-05 22:00/2027-06-06 01:00"),
        ("5 June 2027 20:00 bis 24 Uhr", "2027-06-05 20:00/2027-06-06 00:00"),
        ("5.6.2027 18:00 - 6.6.2027 02:00", "2027-06-05 18:00/2027-06-06 02:00"),
        ("2027-06-05, 4 pm", "2027-06-05 16:00"),
        ("5 June 2027 at noon", "2027-06-05 12:00"),
        ("bis 30. Juni 2027, 12 Uhr", "until 2027-06-30 12:00"),
        ("Freitag, 5. Juni 2027", "Fri 2027-06-05"),
        ("1er mai 2027", "2027-05-01"),
        ("6/25/2027", "2027-06-25"),
        ("25/6/2027", "2027-06-25"),
    ],
)
def test_what_people_type(said: str, written: str) -> None:
    """A wrong weekday stays, so that it is told."""
    assert when_typed(said, ("de", "it"), TODAY) == written


@pytest.mark.parametrize(
    "said",
    [
        "5/6/2027", "31.2.2027", "5 June 2027 room 7", "5 June 2027 25:00", "5 June 2027 13pm", "tomorrow", "soon", "", "?", "5", "27",
        "7-5 June 2027", "5 June 2027 10 11 12", "5 Brumaire 2027", "half past five", "1 2 3 4",
    ],
)  # fmt: skip
def test_what_could_be_anything_is_not_guessed(said: str) -> None:
    assert when_typed(said, ("en",), TODAY) is None


@given(
    st.dates(date(2025, 1, 1), date(2035, 12, 31)),
    st.sampled_from(SPOKEN),
    st.sampled_from(["full", "long", "medium", "figures"]),
    st.sampled_from(sorted(TIMES)),
    st.integers(0, 22),
    st.integers(1, 12),
)
def test_dates_of_all_languages_with_times_of_all(
    day: date, language: str, style: str, times: str, begins: int, hours: int
) -> None:
    """As Babel writes them, and in figures with the day first; over midnight it ends on the next day."""
    said = f"{day.day}.{day.month}.{day.year}" if style == "figures" else format_date(day, style, language)
    ends = (begins + hours) % 24
    end = day + timedelta(days=ends <= begins)
    after = f"{ends:02}:00" if end == day else f"{end} {ends:02}:00"
    plain = when_typed(said, (), TODAY)

    assert plain == str(day)
    assert when_typed(f"{said} {times.format(begins, ends)}", (), TODAY) == f"{day} {begins:02}:00/{after}"


@given(st.text(alphabet="0123456789 .:/-,hJunibsàpm", max_size=24))
def test_nothing_that_is_typed_ends_in_an_error(said: str) -> None:
    """What is understood begins with a day, or with the weekday or the word before one."""
    found = when_typed(said, ("de",), TODAY)

    assert found is None or date.fromisoformat(found.split(" ")[found[0].isalpha()][:10])
