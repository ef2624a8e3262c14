"""Timed events and openings that fall on public holidays to come."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from coopcal.checks import holidays
from coopcal.checks.overview import Overview
from coopcal.checks.rule import WideRule
from coopcal.checks.view import View
from coopcal.model.event import Recurring
from coopcal.model.happening import Happening
from coopcal.model.message import Message, Name, listed, msg, plural, with_weekday
from coopcal.model.organisation import Organisation
from coopcal.model.problem import Code, Problems, Severity
from coopcal.model.text import Text
from coopcal.model.when import Timed, When, WholeDays
from coopcal.recurrence import days
from coopcal.zones.countries import countries
from coopcal.zones.shift import day_of

PUBLIC_HOLIDAY = Code(
    "public-holiday",
    "A timed event, or an opening, falls on a public holiday of the country of its place, or else of its organisation.",
    Severity.NOTE,
    switchable=True,
)

HOLIDAYS_NOT_INSTALLED = Code(
    "holidays-not-installed",
    'The site asks for `public-holiday` under `checks`, and what knows the holidays is not installed: `pip install "coopcal[holidays]"`.',
    Severity.NOTE,
)

AHEAD = timedelta(days=366)
"""How far ahead the dates of a series are looked at."""

LONGEST = 62
"""Days of an opening that are looked at."""

NAMED = 5
"""Holidays that are named of a series."""


@dataclass(slots=True)
class _Reporter:
    """Tells of an event, its dates and its sessions, of each day once."""

    view: View
    one: Organisation
    problems: Problems
    days: set[date] = field(default_factory=set)

    def look_at(self, event: Happening) -> None:
        """Tell of the holidays that an event falls on."""
        country = next(
            (location.country for location in event.details.locations if location.country), self.one.country
        )
        if country is None or event.details.is_off:
            return
        met = {
            day: name
            for day in self._days(event, country)
            if (name := self._known(country, day.year).get(day)) and not _names(event.details.title, name)
        }
        new = {day: name for day, name in met.items() if day not in self.days}
        self.days.update(new)
        if new:
            self._tell(event, new, country)

    def _days(self, event: Happening, country: str) -> Iterator[date]:
        """Return the days to come on which an event has times of day; of a series those of the next year's holidays."""
        today, when = self.view.today, event.details.when
        if not isinstance(event, Recurring):
            yield from (day for day in _timed_days(when) if day >= today)
            return
        if next(_timed_days(when), None) is None:
            return
        recurrence = event.recurrence
        apart, given = recurrence.days_apart, days(recurrence.rule, day_of(when))
        last = min(today + AHEAD, recurrence.last or date.max)
        for year in range(today.year, last.year + 1):
            for day in self._known(country, year):
                if max(today, day_of(when)) <= day <= last and day in given and day not in apart:
                    yield day

    def _known(self, country: str, year: int) -> Mapping[date, str]:
        return holidays.holidays_of(country, year, self.view.overview.catalogue.settings.languages)

    def _tell(self, event: Happening, met: dict[date, str], country: str) -> None:
        words = {
            "event": event.path[-1],
            "country": Name(countries().get(country, country), "country", country),
            "holidays": listed([_holiday(day, met[day]) for day in sorted(met)[:NAMED]]),
        }
        if len(met) > NAMED:
            message = plural(
                "“{event}” falls on public holidays of {country}: {holidays} and {count} more",
                "“{event}” falls on public holidays of {country}: {holidays} and {count} more",
                len(met) - NAMED,
                **words,
            )
        elif len(met) > 1:
            message = msg("“{event}” falls on public holidays of {country}: {holidays}", **words)
        else:
            message = msg("“{event}” falls on a public holiday of {country}: {holidays}", **words)
        if not isinstance(event, Recurring):
            mend = msg("nothing need be done, if it takes place all the same; else write another date")
        else:
            days = ", ".join(str(day) for day in sorted(met))
            mend = (
                msg(
                    "add under “except”: {days}   (nothing need be done, if it takes place all the same)",
                    days=days,
                )
                if event.recurrence.exception_dates
                else msg(
                    "except: [{days}]   (nothing need be done, if it takes place all the same)", days=days
                )
            )
        self.problems.tell(event.details.position, PUBLIC_HOLIDAY, message, mend)


def check(view: View, problems: Problems) -> None:
    """What has times of day is held against the holidays of its country: that of its place, else its organisation's.

    Whole days without hours may be the festivity itself. A date with something written under ``changes`` has been
    looked at. Without the library nothing is said.
    """
    switch = view.overview.switches.get(PUBLIC_HOLIDAY)
    if not holidays.installed() or (switch is not None and switch.severity is None):
        return
    for one in view.batch:
        for event in one.events:
            reporter = _Reporter(view, one, problems)
            for part in (event, *event.dates, *event.details.sessions):
                reporter.look_at(part)


def conclude(_gathered: Mapping[str, None], overview: Overview, problems: Problems) -> None:
    """A site that asks for this check has the library that it needs."""
    switch = overview.switches.get(PUBLIC_HOLIDAY)
    if switch is not None and switch.severity is not None and not holidays.installed():
        message = msg("Nobody knows the public holidays here: the library that lists them is not installed")
        mend = msg('pip install "coopcal[holidays]"')
        problems.tell(switch.position, HOLIDAYS_NOT_INSTALLED, message, mend)


def _holiday(day: date, name: str) -> Message:
    return msg("{day} ({holiday})", day=with_weekday(day), holiday=name)


def _names(title: Text, holiday: str) -> bool:
    """Return whether a title names a holiday, as that of a festivity does."""
    return any(holiday.casefold() in text.casefold() for _, text in title.by_language)


def _timed_days(when: When) -> Iterator[date]:
    """Return the day on which it begins, or those on which it is open."""
    match when:
        case Timed(start=start):
            yield start.date()
        case WholeDays(first, last, hours) if hours:
            for number in range(min((last - first).days + 1, LONGEST)):
                day = first + timedelta(days=number)
                if any(
                    opening.day in (None, day) and opening.weekday in (None, day.weekday())
                    for opening in hours
                ):
                    yield day
        case _:
            return


RULE = WideRule((PUBLIC_HOLIDAY, HOLIDAYS_NOT_INSTALLED), conclude, check=check)
