"""What rules conclude of organisations together, held against a look at all of their events."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from tests.support.federation import Federation, federation
from tests.support.sweep import sized

from coopcal.checks import check
from coopcal.model.happening import Happening
from coopcal.model.identity import uid
from coopcal.model.problem import Position, Problem
from coopcal.selection.plan import plan

TODAY = date(2026, 6, 1)
SEEDS = range(sized(2000, sample=200))


def told(case: Federation, code: str) -> list[Problem]:
    problems = check(case.catalogue, plan(case.catalogue), case.previous, TODAY)
    return [problem for problem in problems if problem.code == code]


def with_uids(case: Federation) -> list[tuple[str, Happening]]:
    return [
        (uid(event, case.catalogue.by_id[event.organisation], "example.coop"), event)
        for event in case.catalogue.events()
    ]


def cases() -> Iterator[Federation]:
    """Return federations that have published something."""
    return (case for seed in SEEDS if (case := federation(seed).complete).previous is not None)


def places(problems: list[Problem]) -> Counter[Position]:
    return Counter(problem.position for problem in problems)


def test_a_uid_of_two_events_is_told_at_each_but_the_first() -> None:
    count = 0
    for seed in SEEDS:
        case, first = federation(seed), dict[str, Happening]()
        pairs = [(event, first.setdefault(name, event)) for name, event in with_uids(case)]
        again = [event for event, other in pairs if other is not event and other.key != event.key]
        count += sum(event.organisation != first[name].organisation for name, event in with_uids(case))

        assert places(told(case, "duplicate-uid")) == Counter(event.details.position for event in again)
    assert count > 0


def test_a_uid_is_changed_where_the_one_before_is_in_no_organisation() -> None:
    count = 0
    for case in cases():
        previous, present = case.previous, {name for name, _ in with_uids(case)}
        if previous is None or previous.uid_domain != "example.coop":
            continue
        known = {event.key: name for name, event in previous.with_keys.items()}
        new = [
            event
            for name, event in with_uids(case)
            if event.key in known and name not in previous.events and event.key not in previous.removed
        ]
        changed = [event for event in new if known[event.key] not in present]
        count += len(new) - len(changed)

        assert places(told(case, "uid-changed")) == Counter(event.details.position for event in changed)
    assert count > 0


def names_of(case: Federation) -> set[str]:
    """Return every key that an event or session has or had, under every id of its organisation."""
    names = set()
    for one in case.catalogue.organisations:
        for owner in (one.id, *(former.id for former in one.formerly)):
            for event in one.events:
                for outer in (event.path[-1], *event.former_ids):
                    names.add(f"{owner}/{outer}")
                    for session in event.details.sessions:
                        inners = (session.path[-1], *session.former_ids)
                        names |= {f"{owner}/{outer}/{inner}" for inner in inners}
    return names


def test_an_event_is_gone_where_it_is_in_no_organisation() -> None:
    moved = 0
    for case in cases():
        present, names = {name for name, _ in with_uids(case)}, names_of(case)
        gone = set()
        for name, event in case.previous.with_keys.items() if case.previous else ():
            owner, _, inner = event.key.partition("/")
            owner = {
                former.id: one.id for one in case.catalogue.organisations for former in one.formerly
            }.get(owner, owner)
            one = case.catalogue.organisation(owner)
            listed = {reference.id for reference in one.removed} if one else set()
            is_out = one is None or one.closed or {inner, inner.partition("/")[0]} & listed
            is_removed = case.previous and not case.previous.removed.isdisjoint(
                (event.key, "/".join(event.key.split("/")[:2]))
            )
            if is_out or is_removed or "+" in event.key or event.key in names:
                continue
            if name in present:
                moved += 1
                continue
            gone.add((owner, inner))
        gone -= {
            (owner, inner) for owner, inner in gone if "/" in inner and (owner, inner.split("/")[0]) in gone
        }
        problems = told(case, "event-gone")
        removals = [
            proposal for problem in problems for proposal in problem.proposals if proposal.key == "removed"
        ]

        assert Counter((proposal.path, proposal.id) for proposal in removals) == Counter(
            (f"calendars/{owner}.yaml", inner) for owner, inner in gone
        )
    assert moved > 0
