"""Titles and ids that contradict the date: a weekday, a month or a year that it is not in."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache

from babel import Locale, UnknownLocaleError

from coopcal.checks.view import View
from coopcal.definitions.free_id import id_of_year
from coopcal.model.event import Event, Status
from coopcal.model.message import msg, weekday_of
from coopcal.model.problem import Code, Place, Problems, Severity
from coopcal.model.when import Imprecise

DATE_IN_TITLE = Code(
    "date-in-title",
    "The title names a month or a year that the event is not in, as one that was copied from another does. A note: a year that the event tells of, as in “Accounts 2025”, is not looked at.",
    Severity.NOTE,
    switchable=True,
)
WEEKDAY_IN_TITLE = Code(
    "weekday-in-title",
    "The title names a weekday on which the event is not.",
    Severity.WARNING,
    switchable=True,
)
YEAR_IN_ID = Code(
    "year-in-id",
    "The id of an event that is not published yet has another year than its date, as one that was copied from last year's does. A note: the id of a published one stays as it is.",
    Severity.NOTE,
    switchable=True,
)

WEEK = 7
MONTHS = 12

NEAR = 2
"""Years that a title copied from another edition is off at most; what is farther is a name, such as “Agenda 2030”."""

LATE, EARLY = 11, 1
"""From this month on a title may speak of the coming year, and in that one still of the past one."""

_YEAR = re.compile(r"(?<![\w./+–-])(?:19|20)\d\d(?![\w/+–-]|\.\d|,\d)")
_YEAR_IN_ID = re.compile(r"(?<![a-z0-9])(?:19|20)\d\d(?![a-z0-9])")

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")

_AMBIGUOUS = frozenset({"march", "may", "mars", "mayo"})
"""Names of months that are other words, too: they count before a year alone."""

_OF_A_YEAR = (
    "account", "budget", "report", "result", "review", "plan", "fiscal", "financial", "programme",
    "program", "strateg", "vision", "goal", "target", "agenda", "season", "survey", "since",
    "class", "compte", "bilan", "rapport", "exercice", "clôture", "résultat", "depuis", "saison",
    "promotion", "cuenta", "presupuesto", "informe", "ejercicio", "resultado", "balance", "desde", "bilanci",
    "rendicont", "relazion", "esercizio", "consuntiv", "conta", "orçamento", "relatório", "exercício", "balanço",
    "haushalt", "jahresabschluss", "bericht", "bilanz", "ergebnis", "geschäftsjahr", "seit",
)  # fmt: skip
"""Beginnings of words in titles whose year, or month, is that which they tell of, not when they are told."""


def titles_and_dates(view: View, problems: Problems) -> None:
    """A title names no weekday, month or year that its event is not in."""
    for event in view.written:
        title = event.title
        whole = view.whole(event)
        if whole is not event and whole.title == title:
            continue  # the title is that of all dates
        if event.moved_from is not None or event.status is Status.POSTPONED:
            continue
        for number, (language, said) in enumerate(title.by_language):
            place = title.places[number] if number < len(title.places) else event.place
            _look_at_weekdays(event, said, language, place, problems)
            _look_at_months(event, said, language, place, problems)
            _look_at_years(event, said, place, problems)


def years_in_ids(view: View, problems: Problems) -> None:
    """An id that ends with a year is probably that of the edition of that year; a published one stays as it is."""
    published = {event.key for event in view.previous.events.values()} if view.previous else frozenset()
    for event in view.events:
        if len(event.path) > 1 or event.further or event.key in published:
            continue
        years = _YEAR_IN_ID.findall(event.path[-1])
        if len(years) != 1:
            continue
        if event.moved_from is None and _is_off(int(years[0]), event):
            first = event.days[0]
            message = msg(
                "“{event}” has the year {year_in_id} in its id, and lies in {year}",
                event=event.path[-1],
                year_in_id=years[0],
                year=first.year,
            )
            taken = view.taken(event.organisation)
            new = id_of_year(event.path[-1], int(years[0]), first.year, taken)
            mend = msg("id: {new}   (an event that was published keeps its id)", new=new)
            problems.tell(event.place, YEAR_IN_ID, message, mend)


def _tells_of_a_year(title: str) -> bool:
    words = re.findall(r"\w+", title.casefold())
    return any(word.startswith(stem) for word in words for stem in _OF_A_YEAR)


def _look_at_weekdays(event: Event, title: str, language: str, place: Place, problems: Problems) -> None:
    """The one weekday in a title is one that the event touches."""
    named = _named(title, "days", language)
    if len(named) != 1 or isinstance(event.when, Imprecise):
        return
    ((word, number),) = named
    days = {first.weekday() for first in _first_days(event)}
    if event.recurrence:
        days |= {each.weekday for each in event.recurrence.rule.weekdays}
    if number not in days:
        first = event.days[0]
        message = msg(
            "The title says “{word}”, and {day} is a {weekday}",
            word=word,
            day=first,
            weekday=weekday_of(first),
        )
        problems.tell(place, WEEKDAY_IN_TITLE, message, msg("mend the title, or the date"))


def _first_days(event: Event) -> list[date]:
    """Return the days of the first date of an event, a week of them at most."""
    first, last = event.days
    if event.recurrence:
        return [first]
    return [first + timedelta(days=number) for number in range(min((last - first).days + 1, WEEK))]


def _look_at_months(event: Event, title: str, language: str, place: Place, problems: Problems) -> None:
    """The one month in a title is one that the event touches; “14 March” names a day that others know, too."""
    named = _named(title, "months", language)
    if len(named) != 1:
        return
    ((word, number),) = named
    first, last = event.days
    before_year = re.search(rf"{re.escape(word)},?\s+(?:de\s+|del\s+|di\s+)?(?:19|20)\d\d", title)
    by_a_day = re.search(
        rf"\d\w{{0,2}}\.?\s+(?:de\s+|of\s+)?{re.escape(word)}|{re.escape(word)}\s+\d\d?\b", title
    )
    if by_a_day or (word.casefold() in _AMBIGUOUS and not before_year) or _tells_of_a_year(title):
        return
    touched = (last.year - first.year) * MONTHS + last.month - first.month + 1
    if touched < MONTHS and number not in {(first.month - 1 + each) % MONTHS + 1 for each in range(touched)}:
        message = msg("The title says “{word}”, and the date is {first}", word=word, first=first)
        problems.tell(place, DATE_IN_TITLE, message, msg("mend the title, or the date"))


def _look_at_years(event: Event, title: str, place: Place, problems: Problems) -> None:
    years = _YEAR.findall(title) if "20" in title or "19" in title else ()
    if len(years) == 1 and _is_off(int(years[0]), event) and not _tells_of_a_year(title):
        message = msg("The title says “{year}”, and the date is {date}", year=years[0], date=event.days[0])
        problems.tell(place, DATE_IN_TITLE, message, msg("mend the title, or the date"))


def _is_off(year: int, event: Event) -> bool:
    """Return whether an event lies in another year, but near enough to be another edition."""
    first, last = event.days
    since = first.year - (first.month == EARLY)
    until = last.year + (last.month >= LATE)
    return since - NEAR <= year < since or until < year <= until + NEAR


def _named(title: str, kind: str, language: str) -> set[tuple[str, int]]:
    """Return the weekdays or months that stand in a title, as written there, with their numbers.

    Where a language writes them small, one with a capital inside a title is another name: Santo Domingo.
    """
    names, small = _names(kind, language)
    if names.keys().isdisjoint(_WORD.findall(title.casefold())):
        return set()
    return {
        (match[0], names[match[0].casefold()])
        for match in _WORD.finditer(title)
        if match[0].casefold() in names and not (small and match.start() > 0 and match[0][0].isupper())
    }


@cache
def _names(kind: str, language: str) -> tuple[Mapping[str, int], bool]:
    """Return the full names in a language, and whether it writes them small; Monday is 0, January is 1."""
    try:
        tables = getattr(Locale.parse(language, sep="-"), kind)
    except (UnknownLocaleError, ValueError):
        return {}, False
    found = {
        name: number
        for context in ("format", "stand-alone")
        for number, name in tables[context]["wide"].items()
        if _WORD.fullmatch(name)
    }
    return {name.casefold(): number for name, number in found.items()}, all(
        name[0].islower() for name in found
    )
