"""How an event recurs, in words: how often, on which days, how many dates, and until when."""

from coopcal.cli.language import speaking
from coopcal.model.event import Event, Series
from coopcal.model.message import WEEKDAYS, Message, listed, msg, plural
from coopcal.model.recurrence import Frequency, Rule, Weekday
from coopcal.recurrence import days_until
from coopcal.text.dates import day as say_day


def in_words(event: Event) -> Message | None:
    """Say how an event recurs; None where it does not."""
    if not isinstance(event, Series):
        return None
    recurrence = event.recurrence
    often = _often(recurrence.rule)
    if recurrence.last is None:
        return msg("{often}, without an end", often=often)
    dates = days_until(event.details.when, recurrence, recurrence.last)
    return plural(
        "{often}, {count} date until {last}",
        "{often}, {count} dates until {last}",
        len(dates),
        often=often,
        last=say_day(dates[-1] if dates else recurrence.last, speaking()),
    )


def _often(rule: Rule) -> Message:
    days = [*map(_weekday, rule.weekdays), *map(_day_of_month, rule.month_days)]
    match rule.frequency:
        case Frequency.DAILY:
            return plural("Every day", "Every {count} days", rule.interval)
        case Frequency.WEEKLY:
            return plural(
                "Every week: {days}", "Every {count} weeks: {days}", rule.interval, days=listed(days)
            )
        case Frequency.MONTHLY:
            return plural(
                "Every month: {days}", "Every {count} months: {days}", rule.interval, days=listed(days)
            )
        case Frequency.YEARLY:
            return plural("Every year", "Every {count} years", rule.interval)


def _weekday(day: Weekday) -> Message:
    if day.nth == 0:
        return WEEKDAYS[day.weekday]
    if day.nth == -1:
        return msg("{weekday} (the last one in the month)", weekday=WEEKDAYS[day.weekday])
    return msg("{weekday} (number {number} in the month)", weekday=WEEKDAYS[day.weekday], number=day.nth)


def _day_of_month(day: int) -> Message:
    return msg("the last day") if day == -1 else msg("day {day}", day=day)
