"""Certain mends, put into the files: a fix takes its own problem away, adds none, and changes nothing else."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from coopcal.authoring.edit import Refusal, add_to_event, set_key, source_of, values_of
from coopcal.authoring.text import Value
from coopcal.compile.mends import OF_RECORDS, written
from coopcal.definitions.source.node import Node, scalars
from coopcal.definitions.source.parse import parse
from coopcal.definitions.source.tree import ReadNodes
from coopcal.model.problem import Fix, Problem, Proposal, Severity

Look = Callable[[Mapping[str, str]], Sequence[Problem]]
"""Gives the problems of the sources with files as they would be, by path."""

ROUNDS = 50
"""Times that files are looked at again for what a fix brought to light."""

FOLLOWING = 6
"""Fixes that one value may need before it can be read."""

_BREAK = re.compile("\n")


@dataclass(slots=True)
class Mending:
    """The files as they were and as they will be, by path, and the problems that were taken away."""

    before: dict[str, str] = field(default_factory=dict)
    after: dict[str, str] = field(default_factory=dict)
    mended: list[Problem] = field(default_factory=list)


def mend(
    look: Look,
    read: Callable[[str], str],
    concerned: Callable[[Problem], bool],
    mending: Mending | None = None,
    read_nodes: ReadNodes = parse,
) -> Mending:
    """Mend what is certain, over and over until nothing more is; ``concerned`` tells of which problems."""
    return _Mender(look, read, concerned, mending or Mending(), read_nodes).mend()


def is_worse(before: Sequence[Problem], after: Sequence[Problem], mending: Mending) -> bool:
    """Return whether there are errors after mending that were not there before, in files that could be read before."""
    opened = {path for path, text in mending.before.items() if parse(_plain(text), path)[0] is None}
    known = _counted(_errors(before))
    return bool(_counted(error for error in _errors(after) if error.position.path not in opened) - known)


def accept(proposal: Proposal, text: str) -> str | Refusal:
    """Return a file with an id added to a list of its own or of one of its events."""
    source = source_of(proposal.path, text)
    if isinstance(source, Refusal):
        return source
    if proposal.event is not None:
        return add_to_event(source, proposal.event, proposal.key, [proposal.id])
    there = source.root.get(proposal.key)
    listed: Value = [] if there is None else values_of(there)
    before = [listed] if isinstance(listed, str) else list(listed)
    return set_key(source, proposal.key, [*before, proposal.id])


class _Mender:
    def __init__(
        self,
        look: Look,
        read: Callable[[str], str],
        concerned: Callable[[Problem], bool],
        mending: Mending,
        read_nodes: ReadNodes,
    ) -> None:
        self._look = look
        self._read = read
        self._wanted = concerned
        self._mending = mending
        self._nodes = read_nodes
        self._problems: Sequence[Problem] = ()
        self._refused: set[tuple[str, Fix]] = set()

    def mend(self) -> Mending:
        self._problems = self._look(self._mending.after)
        for _ in range(ROUNDS):
            mendable = [problem for problem in self._problems if self._may_be_mended(problem)]
            if not mendable:
                break
            self._attempt(_apart(mendable))
        return self._mending

    def _may_be_mended(self, problem: Problem) -> bool:
        fix = problem.fix
        if not isinstance(fix, Fix) or (problem.code, fix) in self._refused or not self._wanted(problem):
            return False
        return not _makes_text(self._text(fix.position.path), fix)

    def _text(self, path: str) -> str:
        text = self._mending.after.get(path)
        return self._mending.before.setdefault(path, self._read(path)) if text is None else text

    def _attempt(self, problems: list[Problem]) -> None:
        """Try fixes together; where that will not do, half of them at a time."""
        changed = self._changed(problems, self._mending.after)
        remaining = self._look({**self._mending.after, **changed})
        if self._better(problems, remaining, changed) and self._same_elsewhere(problems, changed):
            self._take(problems, changed, remaining)
        elif len(problems) > 1:
            half = len(problems) // 2
            self._attempt(problems[half:])  # from the end to the beginning: lines above stay where they are
            self._attempt(problems[:half])
        elif not self._follow(problems[0], changed, remaining):
            fix = problems[0].fix
            assert isinstance(fix, Fix), "only such are attempted"
            self._refused.add((problems[0].code, fix))

    def _follow(self, first: Problem, changed: Mapping[str, str], problems: Sequence[Problem]) -> bool:
        """Mend what a fix has brought to light in the same line; whether the line is well then."""
        done, text = [first], dict(changed)
        for _ in range(FOLLOWING):
            here = [
                problem
                for problem in problems
                if _on_one_line(problem, first) and isinstance(problem.fix, Fix)
            ]
            if not here:
                return False
            done.append(here[0])
            text |= self._changed(here[:1], {**self._mending.after, **text})
            problems = self._look({**self._mending.after, **text})
            if self._better([first], problems, text) and self._same_elsewhere([first], text):
                self._take(done, text, problems)
                return True
        return False

    def _take(
        self, problems: list[Problem], changed: Mapping[str, str], remaining: Sequence[Problem]
    ) -> None:
        self._mending.after |= changed
        self._mending.mended += problems
        self._problems = remaining

    def _changed(self, problems: list[Problem], files: Mapping[str, str]) -> dict[str, str]:
        changed: dict[str, str] = {}
        for problem in sorted(problems, key=lambda broken: broken.position, reverse=True):
            assert isinstance(problem.fix, Fix), "only such are attempted"
            path = problem.fix.position.path
            text = changed.get(path) or files.get(path) or self._text(path)
            changed[path] = written(text, [problem.fix])
        return changed

    def _better(self, fixed: list[Problem], remaining: Sequence[Problem], changed: Mapping[str, str]) -> bool:
        """Return whether all these problems are gone and no error came instead; a file that can be read now may show its own."""
        opened = {
            path
            for path in changed
            if self._root(path, self._mending.after.get(path) or self._mending.before[path]) is None
        }
        if any(self._root(path, changed[path]) is None for path in opened):
            return False
        lines = {(problem.position.path, problem.position.line) for problem in fixed}
        if any(
            (error.position.path, error.position.line) in lines and error.position.path in opened
            for error in _errors(remaining)
            if error.code not in OF_RECORDS
        ):
            return False
        before = _counted(error for error in _errors(self._problems) if error.position.path not in opened)
        after = _counted(error for error in _errors(remaining) if error.position.path not in opened)
        gone = _counted(problem for problem in fixed if problem.position.path not in opened)
        return not after - (before - gone)

    def _same_elsewhere(self, fixed: list[Problem], changed: Mapping[str, str]) -> bool:
        """Return whether every text on other lines is what it was; a fix may bring lines of its own along."""
        for path, text in changed.items():
            here = [problem for problem in fixed if problem.position.path == path]
            lines = {problem.position.line for problem in here}
            added = [
                problem.fix.position.line
                for problem in here
                if isinstance(problem.fix, Fix)
                for _ in _BREAK.findall(problem.fix.text)
            ]
            old = self._mending.after.get(path) or self._mending.before[path]
            before, after = self._root(path, old), self._root(path, text)
            if before is None:
                continue
            if after is None or _texts(before, lines) != _texts(after, lines, sorted(added)):
                return False
        return True

    def _root(self, path: str, text: str) -> Node | None:
        """Return what a file holds; None where it cannot be read."""
        return self._nodes(_plain(text), path)[0]


def _apart(problems: list[Problem]) -> list[Problem]:
    """Return the problems whose fixes do not touch one another; one of a file that cannot be read stands alone in it."""
    chosen: list[Problem] = []
    for problem in problems:
        mine = problem.fix
        assert isinstance(mine, Fix), "only such are attempted"
        if not any(_touch(mine, other.fix) for other in chosen if isinstance(other.fix, Fix)):
            chosen.append(problem)
    return chosen


def _touch(one: Fix, other: Fix) -> bool:
    first, second = one.position, other.position
    return (first.path, first.line) == (second.path, second.line) and (
        first.column <= second.end_column and second.column <= first.end_column
    )


def _makes_text(text: str, fix: Fix) -> bool:
    """Return whether a fix would put in quotes what is written between brackets: that is never certain."""
    lines = text.removeprefix("\ufeff").splitlines()
    line = lines[fix.position.line - 1] if fix.position.line <= len(lines) else ""
    replaced = line[fix.position.column - 1 : fix.position.end_column - 1].lstrip()
    return replaced.startswith(("{", "[")) and fix.text.startswith(("'", '"'))


def _on_one_line(one: Problem, other: Problem) -> bool:
    return (one.position.path, one.position.line) == (other.position.path, other.position.line)


def _counted(problems: Iterator[Problem]) -> Counter[tuple[str, str, str, str]]:
    return Counter(
        (problem.position.path, problem.code, problem.message, problem.severity.value) for problem in problems
    )


def _errors(problems: Sequence[Problem]) -> Iterator[Problem]:
    return (problem for problem in problems if problem.severity is Severity.ERROR)


def _texts(node: Node, lines: set[int], added: Sequence[int] = ()) -> list[tuple[int, str]]:
    """Return the texts of a file that stand on other lines.

    ``added`` names in order the lines above which there is one more now; lines are counted as they were.
    """
    texts = ((_counted_before(scalar.position.line, added), scalar.text) for scalar in scalars(node))
    return [(line, content) for line, content in texts if line not in lines]


def _counted_before(line: int, added: Sequence[int]) -> int:
    """Return the number that a line had before others came; that of a line that is new is the one below it."""
    for above in added:
        line = max(above, line - 1) if line > above else line
    return line


def _plain(text: str) -> str:
    """Return a text as files are read: without a mark, with plain line ends."""
    return re.sub("\r\n|\r", "\n", text.removeprefix("\ufeff"))
