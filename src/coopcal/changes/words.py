"""What changed, said in a language."""

from datetime import date

from coopcal.emit import dates
from coopcal.emit.words import joined, word
from coopcal.model.change import Difference, EventChange, Value
from coopcal.model.text import Text

MOST_DAYS = 5
"""Days that are told one by one; of more, how many."""


def sentences(change: EventChange, language: str, *, fallback: str, feed: str | None = None) -> list[str]:
    """Say what changed of an event, to a reader of one ``feed`` or to anybody."""
    told = change.differences if feed is None else change.told_in(feed)
    return [say(each, language, fallback) for each in told]


def say(difference: Difference, language: str, fallback: str, noun: str = "") -> str:
    """Say a difference; ``noun`` tells an organisation from a feed."""
    said = _say(difference, language, fallback, noun)
    if difference.day is None:
        return said
    key = "change_onward" if difference.onward else "change_on"
    return word(key, language, day=dates.day(difference.day, language), said=said)


def _say(difference: Difference, language: str, fallback: str, noun: str) -> str:
    old, new = (_value(each, language, fallback) for each in (difference.old, difference.new))
    kind = difference.kind
    match kind:
        case "cancelled" | "postponed":
            said = word(kind, language)
            return f"{said} ({new})" if new else said
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


def _value(value: Value, language: str, fallback: str) -> str:
    match value:
        case None:
            return ""
        case str():
            return value
        case Text():
            return value.say(language, fallback)
        case date():
            return dates.day(value, language)
        case tuple():
            return _listed([each for each in value if isinstance(each, date)], language)
        case _:
            return dates.when(value, language)


def _listed(days: list[date], language: str) -> str:
    said = [dates.day(day, language) for day in days[:MOST_DAYS]]
    if len(days) > MOST_DAYS:
        said.append(word("change_more", language, count=str(len(days) - MOST_DAYS)))
    return "; ".join(said)
