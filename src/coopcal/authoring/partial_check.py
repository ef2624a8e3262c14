"""What is wrong with the sources once some files say something else: these files are looked at, and no others."""

from collections.abc import Mapping, Sequence

from coopcal.compile.checker import Checker
from coopcal.compile.examine import Checked
from coopcal.compile.mends import Trial, read_back
from coopcal.definitions.source.tree import SourceTree
from coopcal.model.problem import Problem


class Touched:
    """Looks at the files that are touched by reading and decoding them; what rules told of any file stays as it was told."""

    def __init__(self, checker: Checker, checked: Checked) -> None:
        """Take the sources as they were checked whole."""
        self._checker = checker
        self._checked = checked
        self._decoded = checker.decipher()
        self._of_rules: dict[str, list[Problem]] = {}
        self._mendable: dict[str, tuple[list[Problem], str, tuple[Problem, ...]]] = {}

    def problems(self, instead: Mapping[str, str]) -> Sequence[Problem]:
        """Return the problems of the sources with other texts, by path."""
        now = self._checker.decipher(instead) if instead else self._decoded
        problems = [problem for problem in self._checked.problems if problem.position.path not in instead]
        for path in instead:
            problems += self._told_by_rules(path)
            problems += self._with_mends(path, now.problems, now.tree)
        return problems

    def _told_by_rules(self, path: str) -> list[Problem]:
        """Return the problems of a file that neither reading nor decoding told."""
        if path not in self._of_rules:
            own = _of_file(path, self._decoded.problems)
            decoded = {
                (problem.code, problem.message)
                for problem in read_back(own, Trial(self._checked.tree, self._checker.nodes))
            }
            self._of_rules[path] = [
                problem
                for problem in _of_file(path, self._checked.problems)
                if (problem.code, problem.message) not in decoded
            ]
        return self._of_rules[path]

    def _with_mends(self, path: str, problems: Sequence[Problem], tree: SourceTree) -> tuple[Problem, ...]:
        """Return the problems of a file with the mends that stand; they are tried anew only where the file is another."""
        own, text = _of_file(path, problems), tree.texts.get(path, "")
        before = self._mendable.get(path)
        if before is None or before[:2] != (own, text):
            before = self._mendable[path] = (own, text, read_back(own, Trial(tree, self._checker.nodes)))
        return before[2]


def _of_file(path: str, problems: Sequence[Problem]) -> list[Problem]:
    return [problem for problem in problems if problem.position.path == path]
