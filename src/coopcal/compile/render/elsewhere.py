"""What is told of the time of an event in the other zones that it names."""

from coopcal import recurrence
from coopcal.model.event import Event
from coopcal.model.when import timezone_of
from coopcal.text import dates
from coopcal.text.words import FALLBACK
from coopcal.views.elsewhere import told, told_of_all
from coopcal.zones.shift import shifted


def also_in(event: Event) -> tuple[str, ...]:
    """Return the zones that an event names, without those that people call as its own or as another of them."""
    own = timezone_of(event.details.when)
    named = {dates.timezone_name(zone, FALLBACK): zone for zone in reversed(event.details.also_in)}
    if own is not None:
        named.pop(dates.timezone_name(own, FALLBACK), None)
    return tuple(zone for zone in event.details.also_in if zone in named.values())


def lines(event: Event, language: str) -> list[str]:
    """Return what is told of an event in the zones that it names, a line for each; of a series, what holds for it."""
    if event.recurrence is None:
        said = [told(event.details.when, zone, language) for zone in also_in(event)]
    else:
        changed = frozenset(change.day for change in event.recurrence.changes)
        last = event.recurrence.last or recurrence.years_after(
            recurrence.first_day(event), recurrence.FORESEEN
        )
        days = recurrence.standing_days(event, event.recurrence, changed, last)
        whens = [shifted(event.details.when, day) for day in days]
        said = [told_of_all(whens, zone, language) for zone in also_in(event)]
    return [line for line in said if line]
