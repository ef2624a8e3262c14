"""Links that stand in an event twice."""

from pathlib import Path

from tests.support.checking import problems_of

from coopcal.model.problem import Problem


def told(folder: Path, event: str, code: str) -> list[Problem]:
    text = f"name: The Bakery\nevents:\n  - {{id: a, title: A, {event}}}\n"
    return [each for each in problems_of(folder, {"calendars/bakery.yaml": text}) if each.code == code]


def test_a_link_that_stands_twice(tmp_path: Path) -> None:
    """In the links, or as the address for registration, too."""
    links = (
        "when: 2026-09-12, links: [{label: B, url: https://b.example/}, {label: C, url: https://b.example/}]"
    )
    (twice,) = told(tmp_path / "1", links, "same-link-twice")

    assert (twice.position.line, twice.position.column) == (3, 102)
    assert twice.message == "The link stands in this event twice, as “B” too"

    both = "when: 2026-09-12, registration: {url: https://b.example/}, links: [{label: B, url: https://b.example/}]"
    (twice,) = told(tmp_path / "2", both, "same-link-twice")

    assert twice.message == "The link stands in this event twice, as registration too"
