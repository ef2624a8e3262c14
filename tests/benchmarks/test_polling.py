"""The simulation of calendar programs: its laws, and that docs/scale.md shows what it prints."""

import math
import random
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from benchmarks.polling.__main__ import main
from benchmarks.polling.caches import Cache, How, Origin, Rules
from benchmarks.polling.clients import CLIENTS, DAY, HOUR, Client
from benchmarks.polling.sample import feeds, polls
from benchmarks.polling.simulation import World, simulate
from hypothesis import given
from hypothesis import strategies as st

from coopcal.web.headers import FEED_CACHING

DOCS = Path(__file__).parents[2] / "docs"
RULES = Rules(max_age=900, stale=3_600, kept=DAY)
SMALL = World(3_000, RULES, sample=300)


def close(one: float, other: float) -> bool:
    return math.isclose(one, other, rel_tol=1e-9)


def test_the_page_shows_what_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    main(["--seed", "1"])

    printed = capsys.readouterr().out.split("\n\n")
    page = (DOCS / "scale.md").read_text(encoding="utf-8")
    assert [table for table in printed if table.strip() not in page] == []
    assert len(printed) == 4


def test_caches_keep_what_the_product_says_that_they_may() -> None:
    assert Rules.of(FEED_CACHING, DAY) == RULES
    assert Rules.of("no-cache", DAY) == Rules(0, 0, DAY)


def test_a_copy_is_fresh_then_stale_then_looked_after_and_in_the_end_gone() -> None:
    """The feed changes after an hour: who asks first after that still sees it as it was."""
    origin = Origin([3_600])
    cache = Cache(RULES, origin)

    seen = [
        (copy.how, copy.version) for copy in map(cache.ask, [0, 899, 3_700, 3_701, 9_000, 9_000 + 2 * DAY])
    ]

    assert seen == [
        (How.MISSED, 0),
        (How.FRESH, 0),
        (How.STALE, 0),
        (How.FRESH, 1),
        (How.WAITED, 1),
        (How.MISSED, 1),
    ]
    assert origin.asked == [(0, False), (3_700, False), (9_000, True), (9_000 + 2 * DAY, False)]


@given(
    st.lists(st.integers(0, 20_000), max_size=60).map(sorted),
    st.tuples(st.integers(0, 5_000), st.integers(0, 5_000)).map(sorted),
    st.integers(0, 5_000),
)
def test_a_longer_max_age_never_has_the_origin_asked_more_often(
    times: list[int], ages: list[int], stale: int
) -> None:
    asked = []
    for age in ages:
        origin = Origin([])
        cache = Cache(Rules(age, stale, kept=6_000), origin)
        for now in times:
            cache.ask(now)
        asked.append(len(origin.asked))

    assert asked[1] <= asked[0]


def test_a_longer_max_age_never_has_the_origin_asked_more_often_of_a_whole_site() -> None:
    asked = [
        simulate(replace(SMALL, rules=replace(RULES, max_age=age)))[0].origin.requests
        for age in (0, 60, 900, 3_600, DAY)
    ]

    assert all(longer < shorter for shorter, longer in pairwise(asked))


def test_no_request_is_lost_or_counted_twice() -> None:
    plain, shielded = simulate(SMALL)

    for outcome in (plain, shielded):
        clients = outcome.clients
        assert close(sum(outcome.how.values()), clients.requests)
        assert close(sum(clients.hours), clients.requests)
        assert min(outcome.how.values()) > 0
    passed_on = plain.how[How.STALE] + plain.how[How.WAITED] + plain.how[How.MISSED]
    assert close(passed_on, plain.origin.requests)
    assert plain.origin.not_modified < plain.origin.requests
    assert close(plain.clients.requests, shielded.clients.requests)
    assert shielded.origin.requests < plain.origin.requests


def test_without_caches_each_request_reaches_the_origin() -> None:
    plain, shielded = simulate(replace(SMALL, rules=Rules(0, 0, DAY), sample=3_000))

    assert close(plain.origin.requests, plain.clients.requests)
    assert close(shielded.origin.requests, plain.clients.requests)
    assert plain.behind == shielded.behind == 0


def test_no_answer_is_further_behind_than_the_rules_allow() -> None:
    plain, shielded = simulate(SMALL)

    assert 900 < plain.behind <= 4_500
    assert 900 < shielded.behind <= 4_500


def test_an_answer_304_is_its_headers_alone() -> None:
    world = replace(SMALL, headers=0, body=1, compressed=1)

    for outcome in simulate(world):
        for traffic in (outcome.clients, outcome.origin):
            assert close(traffic.bytes, traffic.requests - traffic.not_modified)


def test_only_programs_that_ask_on_condition_are_answered_304() -> None:
    plain, _ = simulate(SMALL)

    for client in CLIENTS:
        assert (plain.by_client[client.name].not_modified > 0) == client.conditional


def test_a_seed_gives_the_same_again_and_another_seed_something_else() -> None:
    assert simulate(SMALL) == simulate(SMALL)
    assert simulate(SMALL)[0] != simulate(replace(SMALL, seed=2))[0]


def test_a_sample_tells_what_all_would() -> None:
    world = World(20_000, RULES)
    every, some = (simulate(replace(world, sample=size)) for size in (1_000_000, 1_000))

    for all_of_them, sampled in zip(every, some, strict=True):
        share = sampled.subscribers / all_of_them.subscribers
        for traffic in ("clients", "origin"):
            exact, guess = getattr(all_of_them, traffic), getattr(sampled, traffic)
            assert guess.requests / share == pytest.approx(exact.requests, rel=0.1)
            assert guess.bytes / share == pytest.approx(exact.bytes, rel=0.15)


def test_a_sample_stands_for_all_subscribers_and_organisations() -> None:
    sampled = feeds(1_000_000, 2_000, random.Random(1))

    assert sum(feed.weight for feed in sampled) == pytest.approx(30_000)
    assert sum(feed.weight * feed.subscribers for feed in sampled) == pytest.approx(1_000_000, rel=0.05)
    assert len(sampled) < 10_000


@pytest.mark.parametrize("client", CLIENTS, ids=lambda client: client.name)
def test_a_program_asks_while_it_runs_and_at_its_intervals(client: Client) -> None:
    """What it would have asked in its sleep, it asks within ten minutes of waking."""
    asked = [now for now, _ in polls(client, 0, 30 * DAY, random.Random(1))]

    assert asked == sorted(asked)
    assert len({int(now % DAY // HOUR) for now in asked}) <= client.awake + 1
    shortest = min(hours for _, hours in client.intervals) * HOUR
    assert all(later - earlier > 0.9 * shortest - 600 for earlier, later in pairwise(asked))


def test_shares_of_clients_come_to_a_hundred() -> None:
    assert sum(client.share for client in CLIENTS) == 100
