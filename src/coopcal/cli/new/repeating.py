"""How an event recurs, said in one line."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from coopcal.authoring.text import Value
from coopcal.authoring.trial import EventTrial
from coopcal.authoring.typed import SPOKEN, when_typed
from coopcal.cli.answers import NONE, folded
from coopcal.cli.new import questions as ask
from coopcal.cli.new.asking import Asker, words_of
from coopcal.cli.new.telling import in_words, written_in
from coopcal.decode.repeats.words import ordinals, units
from coopcal.decode.when.names import weekday_name, weekdays
from coopcal.model.message import msg
from coopcal.model.problem import Problem

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


@dataclass(frozen=True, slots=True)
class Repetition:
    """Asks how an event recurs; a first date that does not go with the answer is put right where that is agreed to."""

    asker: Asker
    trial: EventTrial
    languages: tuple[str, ...]
    today: date

    def ask(self, given: str | None, keys: Mapping[str, Value]) -> dict[str, Value]:
        """Give what the event says then."""
        while True:
            said = self.asker.answer(
                ask.REPEATS,
                given,
                trial=lambda said: words_of(
                    each for each in self._problems(said, keys) if not self._asks(each)
                ),
                meaning=lambda said: "" if is_none(said) else None,
            )
            if not said:
                return dict(keys)
            told = {**keys, "repeats": repeats_of(said, self.today, self.languages)}
            dates = [each for each in self._problems(said, keys) if self._asks(each)]
            if not dates:
                return told
            told["when"] = written_in(dates[0]) or ""
            event = self.trial(told)[0]
            if (
                event
                and self.asker.confirm(
                    msg(
                        "The first date that goes with it is {words}: is that right? (Enter: yes)",
                        words=in_words(event),
                    )
                )
                is True
            ):
                return told
            given = None

    def _problems(self, said: str, keys: Mapping[str, Value]) -> tuple[Problem, ...]:
        return self.trial({**keys, "repeats": repeats_of(said, self.today, self.languages)})[1]

    def _asks(self, problem: Problem) -> bool:
        """Whether a problem is one of the first date, which can be asked about."""
        return (
            problem.code == "first-date-not-in-rule" and self.asker.talks and written_in(problem) is not None
        )


def is_none(said: str) -> bool:
    """Whether an answer says that it does not recur."""
    return folded(said) in NONE


def repeats_of(said: str, today: date, languages: tuple[str, ...]) -> dict[str, Value]:
    """Read how an event recurs; what is not understood is left to be told by ``check``.

    Weekdays that none of the ``languages`` of its file knows are written in English, which every file knows.
    """
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
    if on := found.get("on"):
        found["on"] = _WORD.sub(lambda word: _weekday(word[0], languages), str(on))
    if until := found.get("until"):
        found["until"] = when_typed(str(until), (), today) or until
    return found


_WORD = re.compile(r"[^\W\d]+(?:-feira)?")
_AND = frozenset(["and", "et", "y", "e", "und"])


def _weekday(word: str, languages: tuple[str, ...]) -> str:
    """Give a word as it is, or a weekday's English name where its own is not known."""
    number = weekdays(SPOKEN).get(word.lower())
    return word if number is None or word.lower() in weekdays(languages) else weekday_name(number, word)


def _is_place(said: str) -> bool:
    """Whether a text names a weekday with its place in the month."""
    words = said.lower().split()
    return len(words) > 1 and words[0] in ordinals() and words[-1] in weekdays(SPOKEN)


def _but(keys: dict[str, Value], name: str) -> dict[str, Value]:
    return {key: value for key, value in keys.items() if key != name}
