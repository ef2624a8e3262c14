"""Titles that name a month or a year in which the event is not."""

import re

from coopcal.checks.rule import Rule
from coopcal.checks.titles import Title, is_in_another_year, named, tells_of_a_year
from coopcal.checks.view import View
from coopcal.model.message import msg
from coopcal.model.problem import Code, Problems, Severity

DATE_IN_TITLE = Code(
    "date-in-title",
    "The title names a month or a year that the event is not in, as one that was copied from another does. A note: a year that the event tells of, as in “Accounts 2025”, is not looked at.",
    Severity.NOTE,
    switchable=True,
)

MONTHS = 12

_YEAR = re.compile(r"(?<![\w./+–-])(?:19|20)\d\d(?![\w/+–-]|\.\d|,\d)")

_AMBIGUOUS = frozenset({"march", "may", "mars", "mayo"})
"""Names of months that are other words, too: they count before a year alone."""


def check(view: View, problems: Problems) -> None:
    """A title names no month or year that its event is not in."""
    for title in view.titles:
        _look_at_month(title, problems)
        _look_at_year(title, problems)


def _look_at_month(title: Title, problems: Problems) -> None:
    """The one month in a title is one that the event touches; “14 March” names a day that others know, too."""
    months = named(title, "months")
    if len(months) != 1:
        return
    ((word, number),) = months
    first, last = title.event.days
    before_year = re.search(rf"{re.escape(word)},?\s+(?:de\s+|del\s+|di\s+)?(?:19|20)\d\d", title.text)
    by_a_day = re.search(
        rf"\d\w{{0,2}}\.?\s+(?:de\s+|of\s+)?{re.escape(word)}|{re.escape(word)}\s+\d\d?\b", title.text
    )
    if by_a_day or (word.casefold() in _AMBIGUOUS and not before_year) or tells_of_a_year(title.text):
        return
    touched = (last.year - first.year) * MONTHS + last.month - first.month + 1
    if touched < MONTHS and number not in {
        (first.month - 1 + after) % MONTHS + 1 for after in range(touched)
    }:
        message = msg("The title says “{word}”, and the date is {first}", word=word, first=first)
        problems.tell(title.position, DATE_IN_TITLE, message, msg("mend the title, or the date"))


def _look_at_year(title: Title, problems: Problems) -> None:
    """The one year in a title is one that the event touches, or far from it."""
    text, event = title.text, title.event
    years = _YEAR.findall(text) if "20" in text or "19" in text else ()
    if len(years) == 1 and is_in_another_year(int(years[0]), event.days) and not tells_of_a_year(text):
        message = msg("The title says “{year}”, and the date is {date}", year=years[0], date=event.days[0])
        problems.tell(title.position, DATE_IN_TITLE, message, msg("mend the title, or the date"))


RULE = Rule((DATE_IN_TITLE,), check)
