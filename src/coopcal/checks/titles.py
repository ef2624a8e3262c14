"""Titles of events, and what they say of dates: weekdays, months and years."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from coopcal.checks.texts import Written, place_of
from coopcal.model.happening import Happening, Status
from coopcal.model.problem import Position
from coopcal.text.late import Table

NEAR = 2
"""Years that a title copied from another edition is off at most; what is farther is a name, such as “Agenda 2030”."""

LATE, EARLY = 11, 1
"""From this month on a title may speak of the coming year, and in that one still of the past one."""

WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")

Asked = tuple[str, str]
"""What is named, ``days`` or ``months``, and a language (BCP 47)."""

Names = tuple[Mapping[str, int], bool]
"""Full names, in small letters, with their numbers, and whether a language writes them small; Monday is 0, January is 1."""

KNOWN: Table[Asked, Names] = Table("checks.calendar_names", "names")
"""Those that were asked for."""

_OF_A_YEAR = (
    "account", "budget", "report", "result", "review", "plan", "fiscal", "financial", "programme",
    "program", "strateg", "vision", "goal", "target", "agenda", "season", "survey", "since",
    "class", "compte", "bilan", "rapport", "exercice", "clôture", "résultat", "depuis", "saison",
    "promotion", "cuenta", "presupuesto", "informe", "ejercicio", "resultado", "balance", "desde", "bilanci",
    "rendicont", "relazion", "esercizio", "consuntiv", "conta", "orçamento", "relatório", "exercício", "balanço",
    "haushalt", "jahresabschluss", "bericht", "bilanz", "ergebnis", "geschäftsjahr", "seit",
)  # fmt: skip
"""Beginnings of words in titles whose year, or month, is that which they tell of, not when they are told."""


class Title(NamedTuple):
    """A title of an event in one language (BCP 47), its position, and the words in it, all small."""

    event: Written
    text: str
    language: str
    position: Position
    words: frozenset[str]


def titles(written: Iterable[Written], whole: Callable[[Happening], Happening]) -> Iterator[Title]:
    """Return the titles that are held against the dates of their events; ``whole`` gives what a date is of.

    Left out are those of dates that have the title of their event, and of what is put off or moved.
    """
    for event in written:
        parent = whole(event.of)
        is_parent = parent is event.of and event.override is None
        if not is_parent and parent.details.title == event.details.title:
            continue
        if event.details.moved_from is not None or event.details.status is Status.POSTPONED:
            continue
        for number, (language, text) in enumerate(event.details.title.by_language):
            words = frozenset(WORD.findall(text.casefold()))
            yield Title(event, text, language, place_of(event.details.title, number, event), words)


def is_in_another_year(year: int, days: tuple[date, date]) -> bool:
    """Return whether days, from the first to the last, lie in another year, but near enough to be another edition."""
    first, last = days
    since = first.year - (first.month == EARLY)
    until = last.year + (last.month >= LATE)
    return since - NEAR <= year < since or until < year <= until + NEAR


def tells_of_a_year(title: str) -> bool:
    """Return whether a title names a year, or a month, that it tells of: “Accounts 2025”."""
    words = re.findall(r"\w+", title.casefold())
    return any(word.startswith(stem) for word in words for stem in _OF_A_YEAR)


def named(title: Title, kind: str) -> set[tuple[str, int]]:
    """Return the weekdays or months that stand in a title, as written there, with their numbers.

    Where a language writes them small, one with a capital inside a title is another name: Santo Domingo.
    """
    names, small = KNOWN.get(kind, title.language)
    if names.keys().isdisjoint(title.words):
        return set()
    return {
        (match[0], names[match[0].casefold()])
        for match in WORD.finditer(title.text)
        if match[0].casefold() in names and not (small and match.start() > 0 and match[0][0].isupper())
    }
