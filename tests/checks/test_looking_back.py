"""What a rule tells that does not look back depends on nothing that was published before."""

from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from tests.support.edits import NAMES, SITE, organisation
from tests.support.trees import NOW, lay

from coopcal.checks import overview_of
from coopcal.checks.overview import Overview
from coopcal.checks.rule import WideRule
from coopcal.checks.rules import RULES
from coopcal.checks.view import View
from coopcal.compile.checker import read
from coopcal.model.problem import Problems
from coopcal.model.published import Published
from coopcal.selection.plan import plan

GOLDEN = Path(__file__).parent.parent / "golden"
TREES = [
    GOLDEN / "check/sixty/source",
    *sorted(path / "source" for path in (GOLDEN / "feeds").iterdir() if path.is_dir()),
]


class LookedBackError(AssertionError):
    """A rule asked what was published before."""


class Forgetful(Overview):
    """An overview that does not bear to be asked what was published before."""

    def __getattribute__(self, name: str) -> object:
        """Return anything else."""
        if name in ("previous", "private_before"):
            raise LookedBackError
        return super().__getattribute__(name)


def forgetful(root: Path) -> View | None:
    """Return all events of a tree, with an overview that is forgetful."""
    catalogue = read(root).catalogue
    if catalogue is None:
        return None
    known = Published(catalogue.settings.uid_domain, NOW)
    whole = overview_of(catalogue, plan(catalogue), known, NOW.date())
    overview = Forgetful(whole.catalogue, whole.plans, None, whole.today, whole.switchable, {})
    return View(overview, catalogue.organisations)


def looks_back(number: int, view: View) -> bool:
    """Return whether a rule asks what was published before, of any of these events."""
    rule = RULES[number]
    try:
        rule.check(replace(view), Problems())
        if isinstance(rule, WideRule):
            rule.conclude(rule.gather(replace(view)), view.overview, Problems())
    except LookedBackError:
        return True
    return False


@pytest.mark.parametrize("number", range(len(RULES)), ids=[str(rule.codes[0]) for rule in RULES])
def test_what_looks_back_says_so(number: int, tmp_path: Path) -> None:
    """In the examples, in sixty mistakes, and in events that were made up."""
    files = {f"calendars/{name}.yaml": organisation(Random(name), name) for name in NAMES}
    files["calendars/idle.yaml"] = (
        "name: Idle\nevents: [{id: one, title: One, when: 2026-09-09, reason: Snow}]\n"
    )
    made_up = lay(tmp_path, {"coopcal.yaml": SITE, **files})
    views = [view for root in (*TREES, made_up) if (view := forgetful(root))]

    assert any(looks_back(number, view) for view in views) == RULES[number].looks_back
