"""How an event recurs, said in one line."""

import re
from datetime import date

from coopcal.authoring.text import Value
from coopcal.authoring.typed import SPOKEN, when_typed
from coopcal.cli.new.words import NONE, folded
from coopcal.decode.repeats.words import ordinals, units
from coopcal.decode.when.names import weekdays

_EVERY = r"(?:every|each|jede[nrs]?|alle|chaque|tous\s+les|toutes\s+les|cada|todos\s+los|todas\s+las|ogni|tutti\s+i|tutte\s+le|todos\s+os|todas\s+as|a\s+cada|toda|todo)"
_ON = r"(?:on(?:\s+the)?|(?:jeweils\s+)?am|le|la|il|el|los|las|en|em|na|no)"
_UNTIL = r"(?:until|till|bis(?:\s+zum)?|jusqu['’](?:au|à)|hasta(?:\s+el)?|fino\s+al?|até(?:\s+a)?)"
_TIMES = r"(?:times|mal|fois|veces|volte|vezes)"
_OF = r"(?:of|im|in|du|de|del|do|di)"
_THE = r"(?:the|dem|jedem|every|each|le|el|il|cada|ogni|chaque|o)"
_REPEATS = re.compile(
    rf"(?:{_EVERY}\s+)?(?P<every>.+?)(?:\s+{_ON}\s+(?P<on>.+?))?"
    rf"(?:,?\s+{_UNTIL}\s+(?P<until>.+)|,?\s+(?P<count>\d+)\s+{_TIMES})?",
    re.IGNORECASE,
)
_OF_MONTH = re.compile(rf"(?P<on>.+?)\s+{_OF}\s+(?:{_THE}\s+)?(?P<unit>\S+)", re.IGNORECASE)


def is_none(said: str) -> bool:
    """Whether an answer says that it does not recur."""
    return folded(said) in NONE


def repeats_of(said: str, today: date) -> dict[str, Value]:
    """Read how an event recurs; what is not understood is left to be told by ``check``."""
    match = _REPEATS.fullmatch(said.strip())
    if match is None:
        return {"every": said}
    found: dict[str, Value] = {key: value for key, value in match.groupdict().items() if value}
    every = str(found["every"])
    if "on" not in found and every.lower() not in units():
        if all(word in weekdays(SPOKEN) for word in re.split(r"[\s,&]+", every.lower()) if word not in _AND):
            found = {"every": "week", "on": every, **_but(found, "every")}
        elif (of := _OF_MONTH.fullmatch(every)) and of["unit"].lower() in units() and _is_place(of["on"]):
            found = {"every": of["unit"], "on": of["on"], **_but(found, "every")}
    if until := found.get("until"):
        found["until"] = when_typed(str(until), (), today) or until
    return found


_AND = frozenset(["and", "et", "y", "e", "und"])


def _is_place(said: str) -> bool:
    """Whether a text names a weekday with its place in the month."""
    words = said.lower().split()
    return len(words) > 1 and words[0] in ordinals() and words[-1] in weekdays(SPOKEN)


def _but(keys: dict[str, Value], name: str) -> dict[str, Value]:
    return {key: value for key, value in keys.items() if key != name}
