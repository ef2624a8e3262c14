"""How an event recurs, said in one line."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from coopcal.authoring.text import Value
from coopcal.authoring.typed_dates import when_typed
from coopcal.authoring.unwritten import EventTrial
from coopcal.cli.answers import NONE, folded
from coopcal.cli.language import echo
from coopcal.cli.new import questions as ask
from coopcal.cli.new.ask_when import in_words, written_in
from coopcal.cli.new.asker import Asker, words_of
from coopcal.cli.new.rule_in_words import in_words as rule_in_words
from coopcal.definitions.codes.series import FIRST_DATE_NOT_IN_RULE
from coopcal.definitions.repeats.spoken import in_english, without_lead
from coopcal.definitions.repeats.words import numbers
from coopcal.model.event import Event
from coopcal.model.message import msg
from coopcal.model.problem import Problem

_UNTIL = r"(?:until|till|bis(?:\s+(?:zum|am))?|jusqu['’](?:au|à)|hasta(?:\s+el)?|fino\s+al?|até(?:\s+a)?)"
_TIMES = r"(?:times|x|×|mal|fois|veces|volte|vezes)"
_COUNT = re.compile(
    rf"(?:,?\s*|^)\b(?P<count>\d+|{'|'.join(numbers())})\s*{_TIMES}(?![^\W\d]),?\s*", re.IGNORECASE
)
_END = re.compile(rf",?\s+{_UNTIL}\s+(?P<until>.+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Repetition:
    """Asks how an event recurs; a first date that does not go with the answer is put right where that is agreed to."""

    asker: Asker
    trial: EventTrial
    today: date

    def ask(self, given: str | None, keys: Mapping[str, Value]) -> dict[str, Value]:
        """Return what the event says then."""
        while True:
            answer = self.asker.answer(
                ask.REPEATS,
                given,
                trial=lambda answer: words_of(
                    problem for problem in self._problems(answer, keys) if not self._asks(problem)
                ),
                meaning=lambda answer: "" if is_none(answer) else None,
            )
            if not answer:
                return dict(keys)
            with_repeats = {**keys, "repeats": repeats_of(answer, self.today)}
            dates = [problem for problem in self._problems(answer, keys) if self._asks(problem)]
            event = self.trial(with_repeats)[0]
            if not dates and event is None:
                return with_repeats
            if not dates:
                right = self._is_right(event)
                if right is True:
                    return with_repeats
                given = right if isinstance(right, str) and self._is_answer(right, keys) else None
                continue
            with_repeats["when"] = written_in(dates[0]) or ""
            event = self.trial(with_repeats)[0]
            if event and (words := rule_in_words(event)):
                self.asker.tell(words)
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
                return with_repeats
            given = None

    def _is_right(self, event: Event | None) -> bool | str:
        """Say in words how often it is then, and ask whether that is meant; in a script it is."""
        words = rule_in_words(event) if event else None
        if words is None:
            return True
        if not self.asker.talks:
            echo(msg("Repeats: {words}", words=words))
        return self.asker.confirm(msg("{words}: is that right? (Enter: yes; or write it again)", words=words))

    def _is_answer(self, answer: str, keys: Mapping[str, Value]) -> bool:
        """Return whether what was written in place of a yes or no is another answer; what is wrong with it is told."""
        wrong = [problem for problem in self._problems(answer, keys) if not self._asks(problem)]
        for line in words_of(wrong):
            self.asker.tell(line, fg="red")
        return not wrong or is_none(answer)

    def _problems(self, answer: str, keys: Mapping[str, Value]) -> tuple[Problem, ...]:
        return self.trial({**keys, "repeats": repeats_of(answer, self.today)})[1]

    def _asks(self, problem: Problem) -> bool:
        """Return whether a problem is one of the first date, which can be asked about."""
        return problem.code == FIRST_DATE_NOT_IN_RULE and self.asker.talks and written_in(problem) is not None


def is_none(answer: str) -> bool:
    """Return whether an answer says that it does not recur."""
    return folded(answer) in NONE


def repeats_of(answer: str, today: date) -> dict[str, Value]:
    """Read how an event recurs, as it is written: in English, which every file knows.

    What is not understood is left to be told by ``check``.
    """
    rest, ending = answer.strip(), dict[str, Value]()
    if until := _END.search(rest):
        rest = rest[: until.start()]
        ending = {"until": when_typed(until["until"], (), today) or until["until"]}
    elif count := _COUNT.search(rest):
        rest = " ".join(filter(None, (rest[: count.start()].strip(), rest[count.end() :].strip())))
        number = count["count"].lower()
        ending = {"count": str(numbers().get(number, number))}
    spoken = in_english(rest)
    if spoken is None:
        return {"every": without_lead(rest or answer), **ending}
    return {"every": spoken.every, **({"on": spoken.on} if spoken.on else {}), **ending}
