"""What changed, said in a language."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from coopcal.model.change import Difference, EventChange, Value
from coopcal.model.recurrence import Rule
from coopcal.model.text import Text
from coopcal.model.when import Deadline, Timed, When
from coopcal.text import dates, recurring
from coopcal.text.words import joined, word

MOST_DAYS = 5
"""Days, or events, that are told one by one; of more, how many."""


_SAID = {"rhythm": "rhythm_said", "repeats": "repeats_said"}
"""Kinds that are told in another sentence where it is said how something recurs."""


def sentences(
    change: EventChange, language: str, *, fallback: str, feed: str | None = None, here: str | None = None
) -> list[str]:
    """Say what changed of an event, to a reader of one ``feed`` or to anybody; the same of several dates once.

    ``here`` is the zone (IANA) in which the reader's calendar is at home: times elsewhere say whose they are.
    """
    differences = change.differences if feed is None else change.told_in(feed)
    days: dict[Difference, list[date]] = {}
    for difference in differences:
        if difference.day is not None:
            days.setdefault(replace(difference, day=None), []).append(difference.day)
    return [
        say(difference, language, fallback, days=days.get(replace(difference, day=None), ()), here=here)
        for difference in differences
        if difference.day is None or days[replace(difference, day=None)][0] == difference.day
    ]


def say(
    difference: Difference,
    language: str,
    fallback: str,
    noun: str = "",
    *,
    days: Sequence[date] = (),
    here: str | None = None,
) -> str:
    """Say a difference; ``noun`` tells an organisation from a feed, ``days`` are all those of which it is so."""
    sentence = _say(difference, language, fallback, noun, here)
    if difference.reason:
        sentence = f"{sentence} ({difference.reason.say(language, fallback)})"
    if difference.day is None:
        return sentence
    if difference.onward:
        return word("change_onward", language, day=dates.day(difference.day, language), said=sentence)
    return word("change_on", language, day=_listed([*days] or [difference.day], language), said=sentence)


def say_of_many(titles: Sequence[str], change: str, language: str) -> str:
    """Say of several events what changed of each in the same way."""
    names = [*titles[:MOST_DAYS]]
    if len(titles) > MOST_DAYS:
        names.append(word("change_more", language, count=str(len(titles) - MOST_DAYS)))
    return word("change_many", language, count=str(len(titles)), titles="; ".join(names), said=change)


def _say(difference: Difference, language: str, fallback: str, noun: str, here: str | None) -> str:
    say = dates.as_date if difference.kind in ("moved", "moved_series") else dates.when
    old, new = (_value(value, language, fallback, here, say) for value in (difference.old, difference.new))
    if difference.past:
        several = isinstance(difference.new, tuple) and len(difference.new) > 1
        new = word("change_past_dates" if several else "change_past", language, when=new)
    kind = _SAID.get(difference.kind, difference.kind) if new else difference.kind
    match kind:
        case "zone":
            named = [dates.timezone_name(zone, language) for zone in (old, new)]
            old, new = named if named[0] != named[1] else (old, new)
        case "cancelled" | "postponed":
            sentence = word(kind, language)
            return f"{sentence} ({new})" if new else sentence
        case "texts":
            assert isinstance(difference.new, tuple)
            names = [word(f"detail_{name}", language) for name in difference.new]
            return word("change_texts", language, new=joined(names, language))
        case "retitled" if old == new:
            return word("change_texts", language, new=word("detail_translations", language))
        case "place" if not old:
            kind = "place_added"
        case "place" if not new:
            kind = "place_gone"
        case "shorter" if not old:
            kind = "ends"
        case "new" | "gone":
            kind = f"{kind}_{noun}"
    return word(f"change_{kind}", language, old=old, new=new)


def _value(
    value: Value, language: str, fallback: str, here: str | None, say: Callable[[When, str], str]
) -> str:
    match value:
        case None:
            return ""
        case str():
            return value
        case Text():
            return value.say(language, fallback)
        case Rule():
            said = recurring.said(value, language)
            return said[:1].lower() + said[1:]
        case date():
            return dates.day(value, language)
        case tuple():
            return _listed([day for day in value if isinstance(day, date)], language)
        case Timed(start=moment, timezone=timezone) | Deadline(at=moment, timezone=timezone) if (
            here and dates.is_local_elsewhere(moment, here)
        ):
            return dates.zoned(say(value, language), timezone, language)
        case _:
            return say(value, language)


def _listed(days: list[date], language: str) -> str:
    words = [dates.day(day, language) for day in days[:MOST_DAYS]]
    if len(days) > MOST_DAYS:
        words.append(word("change_more", language, count=str(len(days) - MOST_DAYS)))
    return "; ".join(words)
