"""Days, spans of days and times of day, as people write them in tables in six languages."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopcal.authoring.importing.date_order import Order
from coopcal.authoring.importing.periods import Period, period_of
from coopcal.authoring.importing.times_of_day import clocks_of
from coopcal.authoring.importing.weekly import weekly_of


def said(text: str, order: Order = Order.DAY_FIRST) -> str | None:
    """Return what a text is read as, as ``when`` says it; what stands behind, after a bar."""
    found = period_of(text, order)
    if found is None:
        return None
    when = found.said if found.said and not found.counted else f"{found.first}"
    if found.last != found.first:
        when += f"/{found.last}"
    return when + (f"|{found.behind}" if found.behind else "")


@pytest.mark.parametrize(
    "text",
    [
        "June 5-7, 2026", "June 5–7, 2026", "June 5 - 7 2026", "5-7 June 2026", "5–7 June 2026", "5th – 7th June 2026", "Fri 5 – Sun 7 June 2026",
        "Friday, June 5 – Sunday, June 7, 2026", "from June 5 to June 7, 2026", "June 5 through 7, 2026", "5 June to 7 June 2026",
        "5.–7. Juni 2026", "5. - 7. Juni 2026", "vom 5. bis 7. Juni 2026", "Fr, 5. bis So, 7. Juni 2026", "5.6.–7.6.2026", "5.–7.6.2026", "05.06.2026 - 07.06.2026",
        "du 5 au 7 juin 2026", "5-7 juin 2026", "du vendredi 5 au dimanche 7 juin 2026", "5/6/2026 – 7/6/2026", "5-7/6/2026", "05/06 - 07/06/2026",
        "del 5 al 7 de junio de 2026", "5 a 7 de junio de 2026", "del viernes 5 al domingo 7 de junio de 2026", "5-7 de junio de 2026",
        "dal 5 al 7 giugno 2026", "5–7 giugno 2026", "da venerdì 5 a domenica 7 giugno 2026", "dal 5 giugno al 7 giugno 2026",
        "de 5 a 7 de junho de 2026", "5 a 7 de junho de 2026", "5–7 de junho de 2026",
        "2026-06-05/2026-06-07", "2026-06-05 – 2026-06-07", "2026-06-05 to 2026-06-07",
    ],
)  # fmt: skip
def test_spans_of_days(text: str) -> None:
    """In English, German, French, Spanish, Italian and Portuguese, in words and in figures."""
    assert said(text) == "2026-06-05/2026-06-07"


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("March 31 - April 3, 2026", "2026-03-31/2026-04-03"), ("30 juin – 2 juillet 2026", "2026-06-30/2026-07-02"),
        ("Dec 30, 2026 – Jan 2, 2027", "2026-12-30/2027-01-02"), ("31.12.2026 - 2.1.2027", "2026-12-31/2027-01-02"),
        ("dall'8 al 10 giugno 2026", "2026-06-08/2026-06-10"), ("5 & 6 June 2026", "2026-06-05/2026-06-06"), ("5. und 6. Juni 2026", "2026-06-05/2026-06-06"),
        ("5 et 6 juin 2026", "2026-06-05/2026-06-06"), ("5 y 6 de junio de 2026", "2026-06-05/2026-06-06"), ("5 e 6 giugno 2026", "2026-06-05/2026-06-06"),
        ("Herbst 2027", "autumn 2027"), ("im Herbst 2027", "autumn 2027"), ("autumn 2027", "autumn 2027"), ("fall 2027", "autumn 2027"),
        ("automne 2027", "autumn 2027"), ("à l’automne 2027", "autumn 2027"), ("otoño de 2027", "autumn 2027"), ("autunno 2027", "autumn 2027"),
        ("outono de 2027", "autumn 2027"), ("Frühling 2027", "spring 2027"), ("été 2027", "summer 2027"), ("Winter 2026/27", "winter 2026"),
        ("June 2026", "2026-06"), ("Juni 2026", "2026-06"), ("juin 2026", "2026-06"), ("junio de 2026", "2026-06"), ("2026-06", "2026-06"), ("06/2026", "2026-06"),
        ("May–June 2026", "2026-05/2026-06"), ("Q3 2026", "2026-07/2026-09"), ("3. Quartal 2026", "2026-07/2026-09"), ("2026", "2026"),
        ("mar 3 mar 2026", "2026-03-03"), ("Mar 3, 2026", "2026-03-03"), ("mar. 3 mars 2026", "2026-03-03"), ("1er juin 2026", "2026-06-01"),
        ("1º de junho de 2026", "2026-06-01"), ("l'8 giugno 2026", "2026-06-08"), ("5-Jun-2026", "2026-06-05"), ("Samstag, den 5. Juni 2027", "2027-06-05"),
        ("46000", "2025-12-09"), ("46000.75", "2025-12-09"), ("46000,999999", "2025-12-10"),
        ("5 June 2026 19:00", "2026-06-05|19:00"), ("5 June 19:00", None), ("5. Juni 20 Uhr", None), ("5. Juni", None), ("June 5-7", None),
        ("5 and 12 June 2026", None), ("7-5 June 2026", None), ("31 June 2026", None), ("12345", None), ("99999", None), ("TBA", None), ("Hall 2026 B", None),
    ],
)  # fmt: skip
def test_what_else_is_written(text: str, when: str | None) -> None:
    """Spans over months, seasons, months, quarters, numbers of spreadsheets; and what is no day of a year."""
    assert said(text) == when


DAYS = st.dates(date(1990, 1, 1), date(2099, 12, 1))
FORMS = (
    "{0:%Y-%m-%d}",
    "{0:%d.%m.%Y}",
    "{0.day}/{0.month}/{0.year}",
    "{0:%d %B %Y}",
    "{0:%B} {0.day}, {0.year}",
    "{0:%a, %d %b %Y}",
    "{0:%Y%m%d}",
)


@given(DAYS, st.sampled_from(FORMS))
def test_every_day_in_every_form(day: date, form: str) -> None:
    """It is read back."""
    assert period_of(form.format(day), Order.DAY_FIRST) == Period(day, day)


@given(
    DAYS,
    st.integers(1, 40),
    st.sampled_from(FORMS[:6]),
    st.sampled_from((" - ", " – ", " to ", " bis ", " au ", " al ")),
)
def test_every_span_in_every_form(first: date, days: int, form: str, to: str) -> None:
    """Both ends whole."""
    last = first + timedelta(days=days)
    text = form.format(first) + to + form.format(last)

    assert period_of(text, Order.DAY_FIRST) == Period(first, last, several=True)


@given(st.text(max_size=40), st.sampled_from(Order))
def test_no_text_is_too_odd(text: str, order: Order) -> None:
    """It is read, or it is not."""
    period_of(text, order)
    clocks_of(text)
    weekly_of(text)


def clock(text: str) -> str | None:
    """Return what a text is read as: from, to, and offsets."""
    found = clocks_of(text)
    if found is None:
        return None
    return "/".join(
        ("24:00" if each.midnight else f"{each.at:%H:%M}") + each.offset
        for each in (found.start, found.end)
        if each
    )


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("19:00", "19:00"), ("19h", "19:00"), ("19h30", "19:30"), ("19 h 30", "19:30"), ("7 pm", "19:00"), ("7:30 p.m.", "19:30"), ("12:00:00 AM", "00:00"),
        ("19.30 Uhr", "19:30"), ("um 19 Uhr", "19:00"), ("9 Uhr 30", "09:30"), ("ab 16:00", "16:00"), ("à 19h30", "19:30"), ("a las 19:00", "19:00"),
        ("alle 19", "19:00"), ("dalle ore 19", "19:00"), ("às 19h", "19:00"), ("noon", "12:00"), ("midi", "12:00"), ("24:00", "24:00"),
        ("19:00-21:00", "19:00/21:00"), ("19:00 – 21:00", "19:00/21:00"), ("7-9 pm", "19:00/21:00"), ("11-1 pm", "11:00/13:00"), ("7 pm - 9 pm", "19:00/21:00"),
        ("7:30 to 9:15pm", "19:30/21:15"), ("19 bis 21 Uhr", "19:00/21:00"), ("von 19 bis 21 Uhr", "19:00/21:00"), ("de 19h à 21h", "19:00/21:00"),
        ("dalle 19 alle 21", "19:00/21:00"), ("das 19h às 21h", "19:00/21:00"), ("16-23", "16:00/23:00"), ("20:00 - 24:00", "20:00/24:00"),
        ("T10:00:00Z", "10:00Z"), ("10:00 UTC", "10:00Z"), ("T10:00:00.000-04:00", "10:00-0400"), ("10:00:00-04:00", "10:00-0400"), ("10:00+02:00", "10:00+0200"), ("7:00 PM CEST", "19:00+0200"), ("19:00 (MEZ)", "19:00+0100"), ("10 am PDT", "10:00-0700"),
        ("0.75", "18:00"), ("0,5", "12:00"), ("0.30", "00:30"), ("0.791666667", "19:00"),
        ("abends", None), ("ganztägig", None), ("25:00", None), ("13 pm", None), ("7-25", None), ("", None), ("soon", None),
    ],
)  # fmt: skip
def test_times(text: str, times: str | None) -> None:
    """In six languages, from and to, with offsets, and as parts of a day."""
    assert clock(text) == times


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Tuesday", "FREQ=WEEKLY;BYDAY=TU"), ("Tuesdays", "FREQ=WEEKLY;BYDAY=TU"), ("Mon, Wed & Fri", "FREQ=WEEKLY;BYDAY=MO,WE,FR"),
        ("jeden Dienstag", "FREQ=WEEKLY;BYDAY=TU"), ("dienstags", "FREQ=WEEKLY;BYDAY=TU"), ("tous les mardis", "FREQ=WEEKLY;BYDAY=TU"),
        ("ogni martedì", "FREQ=WEEKLY;BYDAY=TU"), ("cada martes", "FREQ=WEEKLY;BYDAY=TU"), ("todas as terças-feiras", "FREQ=WEEKLY;BYDAY=TU"),
        ("first Monday of the month", "FREQ=MONTHLY;BYDAY=1MO"), ("letzter Freitag im Monat", "FREQ=MONTHLY;BYDAY=-1FR"),
        ("weekdays", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"), ("soon", None), ("Tuesday or so", None), ("", None), ("first and third Monday", "FREQ=MONTHLY;BYDAY=1MO,3MO"), ("first Monday and Tuesday", None),
    ],
)  # fmt: skip
def test_weekdays_without_a_date(text: str, rule: str | None) -> None:
    """Of each week, or the one of each month."""
    found = weekly_of(text)

    assert (found and found.rule) == rule
