"""Rows that name weekdays and no date: “Tuesday”, “jeden Dienstag”, “first Monday of the month”."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from coopcal.authoring.importing.spelling import folded, weekday_names
from coopcal.model.recurrence import WEEKDAYS

_SAID = (
    "every each on jeden jeder jede am immer tous toutes les le chaque todos todas los las el cada ogni il la tutti tutte i "
    "os as o a das do and und et y e of the im month monat du mois del mes mese de mensile feira feiras weekly wochentlich"
)
_EVERY = frozenset(_SAID.split())
_ORDINALS = {
    "first": 1, "1st": 1, "1": 1, "erster": 1, "ersten": 1, "premier": 1, "1er": 1, "primer": 1, "primero": 1, "primo": 1, "primeiro": 1, "primeira": 1,
    "second": 2, "2nd": 2, "2": 2, "zweiter": 2, "zweiten": 2, "deuxieme": 2, "2e": 2, "segundo": 2, "segunda": 2, "secondo": 2,
    "third": 3, "3rd": 3, "3": 3, "dritter": 3, "dritten": 3, "troisieme": 3, "3e": 3, "tercer": 3, "terzo": 3, "terceiro": 3, "terceira": 3,
    "fourth": 4, "4th": 4, "4": 4, "vierter": 4, "vierten": 4, "quatrieme": 4, "4e": 4, "cuarto": 4, "quarto": 4, "quarta": 4,
    "last": -1, "letzter": -1, "letzten": -1, "dernier": -1, "ultimo": -1, "ultima": -1,
}  # fmt: skip
_WEEKDAYS = {
    "weekdays": range(5),
    "werktags": range(5),
    "daily": range(7),
    "taglich": range(7),
    "weekends": range(5, 7),
}
_PARTS = re.compile(r"[\s,;/&+.-]+")


@dataclass(frozen=True, slots=True)
class Weekly:
    """Weekdays (Monday is 0) of each week, or those of each month that ``nth`` counts (-1 is the last)."""

    days: tuple[int, ...]
    nth: tuple[int, ...] = ()

    def first(self, begin: date) -> date:
        """Return the first of its dates on a day or after it."""
        return next(day for day in (begin + timedelta(days=more) for more in range(80)) if self._is(day))

    def _is(self, day: date) -> bool:
        if day.weekday() not in self.days:
            return False
        is_last = (day + timedelta(days=7)).month != day.month
        return not self.nth or (day.day - 1) // 7 + 1 in self.nth or (is_last and -1 in self.nth)

    @property
    def rule(self) -> str:
        """Its RRULE."""
        if not self.nth:
            return "FREQ=WEEKLY;BYDAY=" + ",".join(WEEKDAYS[day] for day in self.days)
        return "FREQ=MONTHLY;BYDAY=" + ",".join(f"{nth}{WEEKDAYS[self.days[0]]}" for nth in self.nth)


def weekly_of(text: str) -> Weekly | None:
    """Read weekdays that a text names; None where it says anything else."""
    days, nth = set[int](), set[int]()
    for word in filter(None, _PARTS.split(folded(text))):
        names = (word, f"{word.removesuffix('s')}-feira")
        if any(name in weekday_names() for name in names):
            days.update(weekday_names()[name] for name in names if name in weekday_names())
        elif word in _WEEKDAYS:
            days.update(_WEEKDAYS[word])
        elif word in _ORDINALS:
            nth.add(_ORDINALS[word])
        elif word not in _EVERY:
            return None
    if not days or (nth and len(days) > 1):
        return None
    return Weekly(tuple(sorted(days)), tuple(sorted(nth)))
