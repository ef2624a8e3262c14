"""Dates and times in the words of people, in six languages: the mend is what they mean, and is read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.definitions.test_when import read, right

from coopcal.model.message import Message

DAY = "2027-06-05"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        (f"{DAY} 16-23", f"{DAY} 16:00/23:00"),
        (f"{DAY} 16/23", f"{DAY} 16:00/23:00"),
        (f"{DAY} 16–23 Uhr", f"{DAY} 16:00/23:00"),
        (f"{DAY} ab 16:00", f"{DAY} 16:00"),
        (f"{DAY} ab 16 Uhr", f"{DAY} 16:00"),
        (f"{DAY} von 16 bis 23 Uhr", f"{DAY} 16:00/23:00"),
        (f"{DAY} alle 16", f"{DAY} 16:00"),
        (f"{DAY} dalle ore 16:00 alle ore 23:00", f"{DAY} 16:00/23:00"),
        (f"{DAY} à 16h", f"{DAY} 16:00"),
        (f"{DAY} de 16h à 18h30", f"{DAY} 16:00/18:30"),
        (f"{DAY} from 4pm to 6pm", f"{DAY} 16:00/18:00"),
        (f"{DAY} 11am-1pm", f"{DAY} 11:00/13:00"),
        (f"{DAY} 4-6pm", f"{DAY} 16:00/18:00"),
        (f"{DAY} a las 16:00", f"{DAY} 16:00"),
        (f"{DAY} de 16:00 a 18:00", f"{DAY} 16:00/18:00"),
        (f"{DAY} das 16h às 18h", f"{DAY} 16:00/18:00"),
        (f"{DAY} 10h00/12h00", f"{DAY} 10:00/12:00"),
        (f"{DAY} 10h-12h", f"{DAY} 10:00/12:00"),
        (f"{DAY} 10:00/24:00", f"{DAY} 10:00/2027-06-06 00:00"),
        (f"{DAY} 24:00", "2027-06-06 00:00"),
        (f"{DAY} 22-2", f"{DAY} 22:00/2027-06-06 02:00"),
        (f"{DAY}, 18:00-20:00", f"{DAY} 18:00/20:00"),
        (f"{DAY} 16:00//18:00", f"{DAY} 16:00/18:00"),
        (f"{DAY} 1600", f"{DAY} 16:00"),
        (f"{DAY} ganztägig", DAY),
        (f"{DAY} tutto il giorno", DAY),
        ("20270605", DAY),
        ("5 juin 2027 de 16h à 18h30", f"{DAY} 16:00/18:30"),
        ("Samstag, 5. Juni 2027, 16.00 - 18.00 Uhr", f"{DAY} 16:00/18:00"),
        ("Sa 5.6.2027 von 16 bis 18 Uhr", f"{DAY} 16:00/18:00"),
        ("sabato 5 giugno 2027, dalle 16 alle 18", f"{DAY} 16:00/18:00"),
        ("sábado 5 de junio de 2027 a las 16:00", f"{DAY} 16:00"),
        ("sábado, 5 de junho de 2027, das 16h às 18h", f"{DAY} 16:00/18:00"),
        ("June 5, 2027 at 4 p.m.", f"{DAY} 16:00"),
        ("05.06.2027 16:00-23:00", f"{DAY} 16:00/23:00"),
        ("June 5-7, 2027", f"{DAY}/2027-06-07"),
        ("5–7 June 2027", f"{DAY}/2027-06-07"),
        ("vom 5. bis 7. Juni 2027", f"{DAY}/2027-06-07"),
        ("5.–7.6.2027", f"{DAY}/2027-06-07"),
        ("du 5 au 7 juin 2027", f"{DAY}/2027-06-07"),
        ("dal 5 al 7 giugno 2027", f"{DAY}/2027-06-07"),
        ("del 5 al 7 de junio de 2027", f"{DAY}/2027-06-07"),
        ("March 31 - April 3, 2027", "2027-03-31/2027-04-03"),
        ("30 dicembre - 2 gennaio 2028", "2027-12-30/2028-01-02"),
        ("2027-03-02 thru 03-05T09:00:00", "2027-03-02/2027-03-05"),
        ("Juni 2027", "2027-06"),
        ("bis 30. Juni 2027", "bis 2027-06-30 23:59"),
        ("2026-09-21 19:00/2025-09-21 20:00", "2026-09-21 19:00/2026-09-21 20:00"),
        ("2026-12-31 22:00/2026-01-01 02:00", "2026-12-31 22:00/2027-01-01 02:00"),
        ("2026-03-16/2025-03-18", "2026-03-16/2026-03-18"),
        ("2026-03-16/2026-03-14", "2026-03-14/2026-03-16"),
        ("TBA", None),
        (f"{DAY} abends", None),
        (f"{DAY} 16:00 or later", None),
        (f"{DAY} 16-23-24", None),
        ("5 or 6 June 2027", None),
    ],
)
def test_what_is_meant_is_proposed(text: str, meant: str | None) -> None:
    """As a line that is read; where not every word makes sense, nothing is guessed."""
    when, problems = read(text)
    (problem,) = problems.found

    assert when is None
    if meant is None:
        assert problem.offers == ()
    else:
        assert problem.mend == f"when: {meant}"
        assert right(meant)


@pytest.mark.parametrize(
    ("text", "moment", "clock"),
    [
        ("2027-04-14T10:00:00-05:00", "2027-04-14 17:00", "2027-04-14T10:00+02:00"),
        (
            "2027-04-14T10:00:00-05:00/2027-04-14T12:00:00-05:00",
            "2027-04-14 17:00/2027-04-14 19:00",
            "2027-04-14T10:00+02:00/2027-04-14T12:00+02:00",
        ),
        (
            "2027-04-15T10:00:00Z/2027-04-15T12:00:00Z",
            "2027-04-15 12:00/2027-04-15 14:00",
            "2027-04-15T10:00+02:00/2027-04-15T12:00+02:00",
        ),
        ("2027-04-15 23:30Z", "2027-04-16 01:30", "2027-04-15 23:30+02:00"),
    ],
)
def test_an_offset_of_another_zone_is_read_as_one(text: str, moment: str, clock: str) -> None:
    """Both sides: the same moment here, or the same time by our clocks; never a hyphen between times."""
    _, problems = read(text)
    (problem,) = problems.found

    assert (problem.code, problem.mend) == ("wrong-offset", f"when: {moment}   (or when: {clock})")
    assert right(moment)
    assert right(clock)


@given(
    st.from_regex(
        r"(?:(?:from|von|dalle|de|ab|bis|to|alle|à|juni|june|5|7|2027|2027-06-05|16|16:00|24:00|16h30|4pm|Uhr|noon|Z|-05:00)[ ,./–-]{0,2}){1,7}",
        fullmatch=True,
    )
    | st.text("0123456789-/:.hTZ+ –", max_size=40)
)
def test_no_line_is_proposed_that_is_not_read(text: str) -> None:
    """Whatever is typed."""
    _, problems = read(text)
    for problem in problems.found:
        for offer in problem.offers:
            assert right(offer.edits[0].text)
        assert problem.mend is None or bool(problem.offers) or isinstance(problem.mend, Message)
