"""How an event recurs, in words."""

from datetime import date

import pytest

from coopcal.model.recurrence import Frequency, Pause, Rhythm, Rule, Weekday
from coopcal.model.when import WholeDays
from coopcal.text.recurring import told

SATURDAYS = Rule(Frequency.WEEKLY, 1, (Weekday(5),))
FIRST = date(2027, 3, 6)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Every Saturday, until 18 December 2027; not in summer and at Christmas"),
        ("de", "Jeden Samstag, bis 18. Dezember 2027; nicht im Sommer und an Weihnachten"),
        ("es", "Todos los sábados, hasta el 18 de diciembre de 2027; excepto en verano y en Navidad"),
        ("fr", "Tous les samedis, jusqu’au 18 décembre 2027 ; sauf en été et à Noël"),
        ("it", "Ogni sabato, fino al 18 dicembre 2027; tranne in estate e a Natale"),
        ("pt", "Todos os sábados, até 18 de dezembro de 2027; exceto no verão e no Natal"),
    ],
)
def test_a_market_is_told_in_every_language(language: str, said: str) -> None:
    """With its breaks by their names."""
    breaks = (
        Pause("summer", date(2027, 7, 1), date(2027, 8, 31)),
        Pause("christmas", date(2027, 12, 5), date(2027, 12, 15)),
    )
    rhythm = Rhythm(SATURDAYS, FIRST, date(2027, 12, 18), count=30, pauses=breaks)

    assert told(rhythm, WholeDays(FIRST, FIRST), language) == said
