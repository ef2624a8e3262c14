"""What the pages of a site whose sources are watched are told of the last compile."""

from pathlib import Path

from coopcal.build import Outcome
from coopcal.cli.compile import held_sentences
from coopcal.model.problem import Place, Problem, has_errors
from coopcal.report import excerpt
from coopcal.web.watch import State, Told


def put_state(file: Path, outcome: Outcome | str) -> None:
    """Write what came of a compile, or why it could not run; readers see the state before or this one."""
    aside = file.with_suffix(".new")
    aside.write_text(_state(outcome).as_json(), encoding="utf-8")
    aside.replace(file)


def _state(outcome: Outcome | str) -> State:
    if isinstance(outcome, str):
        return State(said=(f"The sources could not be compiled: {outcome}.",), published=False)
    told = tuple(_told(problem, outcome) for problem in outcome.problems)
    return State(
        told,
        tuple(f"{each}." for each in held_sentences(outcome)),
        published=outcome.published and not has_errors(outcome.problems),
    )


def _told(problem: Problem, outcome: Outcome) -> Told:
    place = problem.place
    source, caret = _excerpt(place, outcome.texts.get(place.path, "").split("\n"))
    return Told(
        place.path,
        place.line,
        place.column,
        problem.severity.value,
        problem.code,
        problem.message,
        problem.mend,
        source,
        caret,
    )


def _excerpt(place: Place, lines: list[str]) -> tuple[str, str]:
    """Give the source line and the mark under it; nothing where there is no such line."""
    if place.line > len(lines) or not lines[place.line - 1].strip():
        return "", ""
    source, caret = excerpt(lines[place.line - 1], place)
    return source, "".join(caret)
