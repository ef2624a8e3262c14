"""When an event is: asked, understood as people say it, said in words with its weekday, and asked again where that was not meant."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from coopcal.authoring.edition import Edition
from coopcal.authoring.typed_dates import when_typed
from coopcal.authoring.unwritten import EventTrial
from coopcal.cli.answers import as_printed
from coopcal.cli.language import echo, speaking
from coopcal.cli.new import questions as ask
from coopcal.cli.new.asker import Asker, words_of
from coopcal.definitions.codes.dates import WRONG_WEEKDAY
from coopcal.model.event import Event
from coopcal.model.message import msg, plural
from coopcal.model.problem import Problem
from coopcal.model.when import timezone_of
from coopcal.text.dates import when as say_when

_LED = "when: "
_PAST = msg("This lies in the past.")


@dataclass(frozen=True, slots=True)
class Told:
    """What an event says when its time is told, and the event that this makes."""

    edition: Edition
    event: Event


@dataclass(frozen=True, slots=True)
class TimeTeller:
    """Asks for a time. ``languages`` are those in which months and weekdays may be named, beside coopcal's own."""

    asker: Asker
    trial: EventTrial
    languages: tuple[str, ...]
    today: date

    def ask(self, given: str | None, at: Callable[[str], Edition]) -> Told | None:
        """Return the time; None where there is none to be had. ``at`` gives what the event says at a time."""
        while True:
            answer = self.asker.answer(
                ask.WHEN,
                given,
                needed=True,
                trial=lambda answer: self._words(answer, at),
                meaning=lambda answer: self._meant(answer, at) if self.asker.talks else None,
            )
            edition = at(answer) if answer is not None else None
            event = self.trial(edition.keys)[0] if edition else None
            if edition is None or event is None:
                return None
            words = in_words(event)
            is_past = event.days[-1] < self.today
            if not self.asker.talks:
                echo(msg("When: {words}", words=words))
                if is_past:
                    echo(_PAST)
                return Told(edition, event)
            if is_past:
                self.asker.tell(_PAST, fg="yellow")
            right = self.asker.confirm(
                msg("{words}: is that right? (Enter: yes; or write it again)", words=words)
            )
            if right is True:
                return Told(edition, event)
            given = None
            if isinstance(right, str):
                given = self._again(right, at)

    def _again(self, answer: str, at: Callable[[str], Edition]) -> str | None:
        """Take what was written in place of a yes or no for another answer, where it is one."""
        answer = as_printed(answer, ask.WHEN.key) or answer
        if not self._words(answer, at):
            return answer
        meant = self._meant(answer, at)
        if meant is not None and not self._words(meant, at):
            return meant
        for line in self._words(answer, at):
            self.asker.tell(line, fg="red")
        return None

    def _words(self, answer: str, at: Callable[[str], Edition]) -> list[str]:
        """Say what is wrong with an answer; in a script, too, how it is written."""
        problems = self._problems(answer, at)
        if problems and not self.asker.talks and not any(written_in(problem) for problem in problems):
            typed = when_typed(answer, self.languages, self.today)
            if typed and not self._problems(typed, at):
                return [*words_of(problems[:1])[:1], msg("mend: {mend}", mend=f"{_LED}{typed}")]
        return words_of(problems)

    def _problems(self, answer: str, at: Callable[[str], Edition]) -> tuple[Problem, ...]:
        return self.trial(at(answer).keys)[1]

    def _meant(self, answer: str, at: Callable[[str], Edition]) -> str | None:
        """Return the first reading that is right; else one that a person would understand, so that it is told what is wrong."""
        certain = self.trial.meant({"when": answer}, "when")
        typed = when_typed(answer, self.languages, self.today)
        readings = [candidate for candidate in (certain, typed) if isinstance(candidate, str)]
        readings += [
            line
            for reading in (answer, *readings)
            for problem in self._problems(reading, at)
            if (line := written_in(problem))
        ]
        chosen = next((reading for reading in readings if not self._problems(reading, at)), typed)
        for problem in self._problems(typed or answer, at):
            if chosen != typed and problem.code == WRONG_WEEKDAY:
                self.asker.tell(msg("{sentence}.", sentence=problem.message), fg="yellow")
        return chosen


def in_words(event: Event) -> str:
    """Say when an event is, with its weekday, its zone, and how many dates there are beside."""
    zone = timezone_of(event.details.when)
    first = say_when(event.details.when, speaking()) + (f" ({zone})" if zone else "")
    if not event.dates:
        return first
    return plural(
        "{first}, and {count} more date", "{first}, and {count} more dates", len(event.dates), first=first
    )


def written_in(problem: Problem) -> str | None:
    """Return the time that a mend writes, where there is one alone."""
    mend = problem.mend or ""
    return (
        mend.removeprefix(_LED) if mend.startswith(_LED) and "\n" not in mend and "   " not in mend else None
    )
