"""Taking a text out of the source files, each as far as it stays one that can be compiled."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from coopcal.authoring.forgetting.edits import GONE, without, without_one
from coopcal.authoring.forgetting.found import Line
from coopcal.authoring.forgetting.needle import Needle
from coopcal.compile.checker import Checker
from coopcal.model.problem import Problem, Severity

TRIED = 40
"""Places of a file that are tried one by one."""


@dataclass(frozen=True, slots=True)
class Edits:
    """Source files as they were and as they would be, by path; what is wrong with them before any edit."""

    before: Mapping[str, str]
    after: Mapping[str, str]
    errors: tuple[Problem, ...] = ()

    def shortened(self) -> Iterator[Line]:
        """Yield the lines, as they would be, in which dots would stand within a longer text."""
        for path, text in self.after.items():
            before = {*self.before[path].splitlines()}
            for number, line in enumerate(text.splitlines(), 1):
                if GONE in line and line not in before:
                    yield Line(path, number, line.index(GONE) + 1, line)


def edits(checker: Checker, paths: Collection[str], needle: Needle) -> Edits:
    """Return how files would be edited: no edit brings an error that was not there before, and a file that has none is left."""
    checked = checker.check()
    errors = tuple(problem for problem in checked.problems if problem.severity is Severity.ERROR)
    before = {path: checked.texts[path] for path in sorted(paths) if path in checked.texts}
    if errors:
        return Edits(before, {}, errors)
    after: dict[str, str] = {}
    for keys in (True, False):
        tried = {path: without(text, needle, keys=keys) for path, text in before.items() if path not in after}
        after |= _without_errors(checker, after, tried)
    for path in before.keys() - after.keys():
        text = _place_by_place(checker, after, path, before[path], needle)
        if text != before[path]:
            after[path] = text
    return Edits(before, dict(sorted(after.items())))


def _place_by_place(checker: Checker, sure: Mapping[str, str], path: str, text: str, needle: Needle) -> str:
    """Return a file without a text in those places from which it can be taken; the last ones come first, and no more than so many are tried."""
    left = 0
    for _ in range(TRIED):
        spans = [*needle.spans(text)]
        if len(spans) <= left:
            break
        ways = (without_one(text, spans[-1 - left], keys=keys) for keys in (True, False))
        found = next((way for way in ways if _without_errors(checker, sure, {path: way})), None)
        text, left = (text, left + 1) if found is None else (found, left)
    return text


def _without_errors(checker: Checker, sure: Mapping[str, str], tried: dict[str, str]) -> dict[str, str]:
    """Return those of some edited files that bring no error, beside others of which that is sure."""
    while tried:
        problems = checker.check({**sure, **tried}).problems
        wrong = Counter(problem.position.path for problem in problems if problem.severity is Severity.ERROR)
        if not wrong:
            return tried
        blamed = tried.keys() & wrong.keys() or tried.keys()
        tried = {path: text for path, text in tried.items() if path not in blamed}
    return {}
