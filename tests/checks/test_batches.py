"""However organisations are parted into batches, they are told the same."""

import pickle
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.support.federation import Federation, federation
from tests.support.sweep import sized

from coopcal.checks import check, check_batch, conclude, overview_of
from coopcal.checks.rule import WideRule
from coopcal.checks.rules import RULES
from coopcal.compile.checker import read
from coopcal.model.organisation import Organisation
from coopcal.model.problem import Problem
from coopcal.selection.plan import plan

REPOSITORY = Path(__file__).parents[2]
TREES = [
    REPOSITORY,
    REPOSITORY / "tests/golden/check/sixty/source",
    *REPOSITORY.glob("tests/golden/feeds/*/source"),
]
TODAY = date(2026, 6, 1)

Batches = list[tuple[Organisation, ...]]


def partings(organisations: tuple[Organisation, ...]) -> Iterator[Batches]:
    """Return each by itself, from the last to the first; two halves; and every second one apart."""
    half = len(organisations) // 2
    yield [(one,) for one in reversed(organisations)]
    yield [organisations[:half], organisations[half:]]
    yield [organisations[1::2], organisations[::2]]


def told(case: Federation, batches: Batches) -> Counter[Problem]:
    """Return what is told of batches that know nothing of each other but what can be sent to another process."""
    overview = pickle.dumps(overview_of(case.catalogue, plan(case.catalogue), case.previous, TODAY))
    results = [pickle.dumps(check_batch(pickle.loads(overview), batch)) for batch in batches]
    parts = [pickle.loads(result) for result in results]
    concluded = conclude(pickle.loads(overview), [gathered for _, gathered in parts])
    return Counter([*concluded, *(problem for problems, _ in parts for problem in problems)])


def check_partings(case: Federation) -> Counter[Problem]:
    """Hold every parting against all at once, and return what is told of these."""
    at_once = Counter(check(case.catalogue, plan(case.catalogue), case.previous, TODAY))
    for batches in partings(case.catalogue.organisations):
        assert told(case, batches) == at_once
    return at_once


@pytest.mark.parametrize("root", TREES, ids=lambda root: root.parent.name)
def test_what_is_told_of_a_tree_is_the_same_in_any_batches(root: Path) -> None:
    """Of the example, and of every golden one, before anything is published."""
    catalogue = read(root).catalogue
    if catalogue is not None:
        check_partings(Federation(catalogue, (), None))


def test_what_is_told_of_any_federation_is_the_same_in_any_batches() -> None:
    """Of organisations that clash, before and after they were published; all rules across them have something to tell.

    But those that look at the site itself, at private feeds, at those of others, or at holidays, of which these have none.
    """
    codes: Counter[str] = Counter()
    for seed in range(sized(2000, sample=150)):
        case = federation(seed)
        codes.update(problem.code for problem in check_partings(case))
        codes.update(problem.code for problem in check_partings(case.complete))

    assert {rule.name for rule in RULES if isinstance(rule, WideRule)} - codes.keys() == {
        "address-changed",
        "image-without-alt",
        "not-fetched",
        "own-feed-private",
        "public-holiday",
        "unknown-check",
    }


def test_what_is_gathered_of_an_organisation_depends_on_no_other_in_its_batch() -> None:
    """So that it may be kept, and holds for as long as the organisation and the overview stand."""
    for seed in range(50):
        case = federation(seed)
        overview = overview_of(case.catalogue, plan(case.catalogue), case.previous, TODAY)
        _, together = check_batch(overview, case.catalogue.organisations)
        for one in case.catalogue.organisations:
            _, alone = check_batch(overview, [one])

            assert {rule: values.get(one.id) for rule, values in together.items()} == {
                rule: values.get(one.id) for rule, values in alone.items()
            }
            assert {identifier for values in alone.values() for identifier in values} <= {one.id}


def test_what_is_gathered_holds_plain_values() -> None:
    """No event, and nothing else that a rule could look into later."""
    gathered = [check_batch(*_at_once(federation(seed)))[1] for seed in range(50)]

    assert {type(value) for value in _leaves(gathered)} <= {str, int, float, bool, date, type(None)}


def _at_once(case: Federation) -> tuple[Any, tuple[Organisation, ...]]:
    overview = overview_of(case.catalogue, plan(case.catalogue), case.previous, TODAY)
    return overview, case.catalogue.organisations


def _leaves(value: object) -> Iterator[object]:
    """Return what values are made of in the end."""
    if is_dataclass(value) and type(value).__module__.startswith(("coopcal.checks", "coopcal.model.problem")):
        value = [getattr(value, field.name) for field in fields(value)]
    if isinstance(value, Mapping):
        value = list(value.items())
    if isinstance(value, tuple | list | frozenset):
        for item in value:
            yield from _leaves(item)
    else:
        yield value


def test_an_overview_holds_no_events() -> None:
    case = federation(1)
    overview, organisations = _at_once(case)

    assert any(one.events for one in organisations)
    assert [one for one in overview.catalogue.organisations if one.events or one.named] == []
