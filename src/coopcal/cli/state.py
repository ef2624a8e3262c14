"""What the pages of a site whose sources are watched are told of the last compile."""

from pathlib import Path

from coopcal.authoring.report import quoted
from coopcal.cli.compiling import held_sentences, of_compile
from coopcal.compile.pipeline import Outcome
from coopcal.model.message import msg
from coopcal.model.problem import Problem, has_errors
from coopcal.text.messages import say
from coopcal.web.watch import STATE, State, Told


def put_state(file: Path, outcome: Outcome | str, language: str) -> None:
    """Write what came of a compile, or why it could not run, in a language; readers see the state before or this one."""
    aside = file.with_suffix(".new")
    aside.write_bytes(STATE.dumps(State, _state(outcome, language)))
    aside.replace(file)


def _state(outcome: Outcome | str, language: str) -> State:
    if isinstance(outcome, str):
        failed = say(msg("The sources could not be compiled: {reason}.", reason=outcome), language)
        return State(said=(failed,), published=False, language=language)
    sentences = tuple(_told(problem, outcome, language) for problem in of_compile(outcome.problems))
    return State(
        sentences,
        tuple(f"{say(sentence, language)}." for sentence in held_sentences(outcome)),
        published=outcome.published and not has_errors(outcome.problems),
        language=language,
    )


def _told(problem: Problem, outcome: Outcome, language: str) -> Told:
    place = problem.position
    source, caret = quoted(problem, outcome.texts.get(place.path, "").split("\n"))
    return Told(
        place.path,
        place.line,
        place.column,
        problem.severity.value,
        problem.code,
        say(problem.message, language),
        say(problem.mend, language) if problem.mend else None,
        source,
        "".join(caret),
    )
