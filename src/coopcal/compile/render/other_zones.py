"""The time of an event as clocks show it in the zones that it names (``also_in``)."""

from coopcal import recurrence
from coopcal.model.event import Recurrence
from coopcal.model.happening import Details
from coopcal.model.when import timezone_of
from coopcal.text import dates
from coopcal.text.words import FALLBACK
from coopcal.views.occurrence import told, told_of_all
from coopcal.zones.shift import day_of, shifted


def also_in(details: Details) -> tuple[str, ...]:
    """Return the zones that are named, without those that people call as its own or as another of them."""
    if not details.also_in:
        return ()
    own = timezone_of(details.when)
    named = {dates.timezone_name(zone, FALLBACK): zone for zone in reversed(details.also_in)}
    if own is not None:
        named.pop(dates.timezone_name(own, FALLBACK), None)
    return tuple(zone for zone in details.also_in if zone in named.values())


def lines(details: Details, repeated: Recurrence | None, language: str) -> list[str]:
    """Return when it is in the zones that it names, a line for each; of what is ``repeated``, what holds for all dates."""
    named = also_in(details)
    if not named:
        return []
    if repeated is None:
        told_times = [told(details.when, zone, language) for zone in named]
    else:
        overridden = frozenset(override.day for override in repeated.overrides)
        last = repeated.last or recurrence.years_after(day_of(details.when), recurrence.FORESEEN)
        days = recurrence.standing_days(details.when, repeated, overridden, last)
        whens = [shifted(details.when, day) for day in days]
        told_times = [told_of_all(whens, zone, language) for zone in named]
    return [line for line in told_times if line]
