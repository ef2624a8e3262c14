"""Mends read back: each is put in place, and is shown only where its problem is gone then and no other has come."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from coopcal.checks.rules import CODES
from coopcal.compile.mends.edits import written
from coopcal.compile.mends.invisible import without_invisible
from coopcal.compile.mends.placing import placed
from coopcal.compile.mends.repairs import repairs
from coopcal.compile.mends.trial import Trial
from coopcal.definitions.codes.dates import WHICH_ZONE
from coopcal.definitions.codes.syntax import (
    BACKSLASH,
    COLON_IN_BRACKETS,
    INDENTATION,
    NO_BLANK_AFTER_COLON,
    NO_BLANK_AFTER_DASH,
    NO_COLON,
    ODD_START,
    QUOTE_INSIDE,
    SECOND_COLON,
    TAB,
    UNCLOSED_BRACKET,
    UNCLOSED_QUOTE,
    YAML_ALIAS,
)
from coopcal.definitions.codes.values import MISSING_KEY
from coopcal.definitions.source.parse import parse
from coopcal.model.message import Message, msg
from coopcal.model.problem import Fix, Offer, Problem, Severity, in_order

TRIES = 200
"""Mends that are tried at most in a file."""

CHARACTERS = 1_000_000
"""Characters that are read for it at most in a file."""

LONGEST = 50_000
"""Characters of a text, with one event alone, in which mends are tried; one that is longer was not written by hand."""

EACH = 8
"""Mends of one problem that are tried at most."""

OF_SYNTAX = frozenset(
    {
        BACKSLASH,
        COLON_IN_BRACKETS,
        INDENTATION,
        NO_BLANK_AFTER_COLON,
        NO_BLANK_AFTER_DASH,
        NO_COLON,
        ODD_START,
        QUOTE_INSIDE,
        SECOND_COLON,
        TAB,
        UNCLOSED_BRACKET,
        UNCLOSED_QUOTE,
        YAML_ALIAS,
    }
)
"""What keeps a file from being read, and may have another cause than the parser saw."""

GUESSES = 30
"""What may be wrong with a file that cannot be read: so much is tried."""

NEAR = 2
"""Lines below a mend in which what cannot be read comes of it, and not of another slip."""

OF_RULES = frozenset(CODES)
"""What is told of more than one file can say, so that no reading of the file shows whether a mend takes it away."""

UNKNOWN = 1_000_000
"""More problems than any file tells: where it cannot be read yet."""

OF_RECORDS = frozenset({MISSING_KEY})
"""What is told at the first line of a record, whichever of its lines is meant."""

HIDDEN = frozenset({WHICH_ZONE})
"""What is wrong with what stands around a text, and comes to light as the text can be read."""

_MOVING = frozenset({"line"})
"""Values of messages that change as lines are put in."""

Identity = tuple[int, str, str]


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What a mend brings: the problems that go with it, and how many are told only now in a file that was unreadable."""

    gone: Counter[Identity]
    told: int


@dataclass(frozen=True, slots=True)
class _Tried:
    """A problem with the mends that stand, and what goes with the first of them."""

    problem: Problem
    own: Identity
    gone: Counter[Identity] = field(default_factory=Counter)


def read_back(problems: Sequence[Problem], trial: Trial) -> tuple[Problem, ...]:
    """Return problems with the mends that mend them; what goes with the mend of another is held back."""
    reader = _Reader(trial)
    tried = [reader.tried(problem) for problem in problems]
    following = _following(tried)
    return in_order(one.problem for number, one in enumerate(tried) if number not in following)


class _Reader:
    def __init__(self, trial: Trial) -> None:
        self._trial = trial
        self._left: defaultdict[str, int] = defaultdict(lambda: TRIES)
        self._characters: defaultdict[str, int] = defaultdict(lambda: CHARACTERS)

    def tried(self, problem: Problem) -> _Tried:
        own = _identity(problem)
        path = problem.position.path
        if problem.severity is Severity.NOTE or problem.code in OF_RULES:
            return _Tried(problem, own)
        text = self._trial.text(path, problem.position.line) if self._left[path] > 0 else ""
        if text is None:
            return _Tried(problem, own)
        if len(text) > LONGEST or not self._may_try(path, text):
            return _Tried(_offering(problem, []), own)
        if not self._is_known(problem, text):
            return _Tried(problem, own)
        lines = text.split("\n")
        standing = self._standing(problem, without_invisible(problem, lines), text)[:1]
        if not standing and problem.code in OF_SYNTAX and parse(text, path)[0] is None:
            standing = self._standing(problem, (problem, *islice(repairs(problem, lines), GUESSES)), text)
        if not standing:
            standing = self._standing(problem, (problem,), text)
        if not standing:
            return _Tried(_offering(problem, []), own)
        best, best_guess, first_offer = standing[0]
        others = (
            offer.edits
            for _, guess, offer in standing
            if guess.code == best_guess.code and guess is not best_guess
        )
        # Where another guess mends it otherwise, it could be that, too.
        fix = None if any(edits != first_offer.edits for edits in others) else best_guess.fix
        # What goes with the first is held back, so that another has to take it away, too.
        offers = [
            offer
            for outcome, guess, offer in standing
            if guess is best_guess and not best.gone - outcome.gone
        ]
        best_guess = replace(best_guess, fix=fix)
        return _Tried(_offering(best_guess, offers if best_guess.offers else offers[:1]), own, best.gone)

    def _standing(
        self, problem: Problem, guesses: Iterable[Problem], text: str
    ) -> list[tuple[_Outcome, Problem, Offer]]:
        """Return the mends that stand, of a problem or of what it may be in truth; those that leave the least to be told."""
        standing = [
            (outcome, guess, offer)
            for guess in guesses
            for offer in self._offers(guess, text)
            if (outcome := self._outcome(problem, offer, text, own=guess is problem)) is not None
        ]
        fewest = min((outcome.told for outcome, _, _ in standing), default=0)
        return [mend for mend in standing if mend[0].told == fewest]

    def _may_try(self, path: str, text: str) -> bool:
        """Count one more reading of a text of a file; whether it is within bounds."""
        self._left[path] -= 1
        self._characters[path] -= len(text)
        return self._left[path] >= 0 and self._characters[path] >= 0

    def _offers(self, problem: Problem, text: str) -> Sequence[Offer]:
        if problem.offers:
            return problem.offers[:EACH]
        if isinstance(problem.fix, Fix):
            return (Offer((problem.fix,), problem.mend or ""),)
        if problem.mend is None or isinstance(problem.mend, Message):
            return ()
        return placed(problem.mend, problem.position, text)[:EACH]

    def _is_known(self, problem: Problem, text: str) -> bool:
        """Return whether reading and decoding alone tell the problem; what rules tell is not tried here."""
        return _identity(problem) in self._before(problem.position.path, text)

    def _before(self, path: str, text: str) -> Counter[Identity]:
        return Counter(_identity(problem) for problem in self._trial.problems(path, text))

    def _outcome(self, problem: Problem, offer: Offer, text: str, *, own: bool) -> _Outcome | None:
        """Return what a mend brings; None where its problem stays, another comes, or no more is tried."""
        path = problem.position.path
        if not self._may_try(path, text):
            return None
        mended = written(text, offer.edits)
        if mended == text:
            return None
        left = [_moved_back(other, offer) for other in self._trial.problems(path, mended)]
        before, after = self._before(path, text), Counter(_identity(other) for other in left)
        own_identity = _identity(problem)
        if after[own_identity] >= before[own_identity]:
            return None
        new = [
            other
            for other in left
            if after[_identity(other)] > before[_identity(other)]
            and other.severity is not Severity.NOTE
            and other.code not in HIDDEN
        ]
        if not new:
            return _Outcome(before - after, 0)
        if parse(text, path)[0] is not None:
            return None
        # What could not be read is told only now, unless it stands in the line that was mended, or in the one that it goes on.
        touched = {line for edit in offer.edits for line in _lines_of(edit)}
        near = touched | {line - 1 for line in touched}
        if any(other.position.line in near and other.code not in OF_RECORDS for other in new):
            return None
        if parse(mended, path)[0] is None:
            further = own and all(other.position.line > max(touched) + NEAR for other in new)
            return _Outcome(Counter(), UNKNOWN) if further else None
        return _Outcome(before - after, len(new))


def _offering(problem: Problem, offers: list[Offer]) -> Problem:
    """Return a problem with the mends that stand, or with its advice where none does."""
    if not offers:
        return replace(_without_line(problem), offers=(), fix=None)
    fix = problem.fix if any(offer.edits == (problem.fix,) for offer in offers) else None
    mend = problem.mend
    if problem.offers and len(offers) < len(problem.offers):
        mend = offers[0].said
        if len(offers) > 1:
            mend = msg("{first}   (or {second})", first=offers[0].said, second=offers[1].said)
    return replace(problem, mend=mend, offers=tuple(offers), fix=fix)


def _without_line(problem: Problem) -> Problem:
    """Return a problem without a line that would not mend it: with its advice, or the line as an example."""
    mend = problem.advice
    if mend is None and problem.mend is not None and not problem.offers and not isinstance(problem.fix, Fix):
        mend = problem.mend
        if not isinstance(mend, Message):
            mend = msg("write it in this form: {line}", line=mend)
    return replace(problem, mend=mend)


def _following(tried: Sequence[_Tried]) -> set[int]:
    """Return the numbers of problems that go with the mend of another in their file; of two that go with each other the first is told."""
    by_identity: dict[tuple[str, Identity], list[int]] = {}
    for number, one in enumerate(tried):
        by_identity.setdefault((one.problem.position.path, one.own), []).append(number)
    following = set()
    for at, cause in enumerate(tried):
        for gone in cause.gone:
            for number in by_identity.get((cause.problem.position.path, gone), ()):
                mutual = cause.own in tried[number].gone and number < at
                if gone != cause.own and not mutual:
                    following.add(number)
    return following


def _identity(problem: Problem) -> Identity:
    message = problem.message
    if not isinstance(message, Message):
        return problem.position.line, problem.code, message
    values = sorted((name, str(value)) for name, value in message.values.items() if name not in _MOVING)
    return problem.position.line, problem.code, f"{message.template} {values}"


def _moved_back(problem: Problem, offer: Offer) -> Problem:
    """Return a problem with the line that it had before lines were put in above it."""
    more = sum(edit.text.count("\n") for edit in offer.edits if edit.position.line < problem.position.line)
    if not more:
        return problem
    return replace(problem, position=problem.position._replace(line=problem.position.line - more))


def _lines_of(edit: Fix) -> range:
    return range(edit.position.line, edit.position.line + edit.text.count("\n") + 1)
