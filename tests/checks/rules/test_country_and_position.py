"""Positions far from the country of their place."""

from pathlib import Path

from tests.support.checking import problems_of

from coopcal.model.problem import Problem


def told(folder: Path, event: str, code: str) -> list[Problem]:
    text = f"name: The Bakery\nevents:\n  - {{id: a, title: A, {event}}}\n"
    return [each for each in problems_of(folder, {"calendars/bakery.yaml": text}) if each.code == code]


def test_a_position_far_from_the_country(tmp_path: Path) -> None:
    """With what was probably meant: the two swapped, or another sign."""

    def mends(folder: str, country: str, geo: str) -> list[str | None]:
        where = f"when: 2026-09-12, where: {{city: X, country: {country}, geo: {geo}}}"
        return [each.mend for each in told(tmp_path / folder, where, "country-and-position")]

    assert mends("1", "BE", "{lat: 3.72, lon: 51.05}") == ["did you mean geo: {lat: 51.05, lon: 3.72}?"]
    assert mends("2", "US", "{lat: 40.7, lon: 74.0}") == ["did you mean geo: {lat: 40.7, lon: -74.0}?"]
    assert mends("3", "AU", "{lat: 33.9, lon: 151.2}") == ["did you mean geo: {lat: -33.9, lon: 151.2}?"]
    assert mends("4", "BE", "{lat: -40, lon: 100}") == [
        "look the position up again: lat is degrees north, lon degrees east"
    ]
    for number, right in enumerate(
        ("BE, {lat: 51.05, lon: 3.72}", "IN, {lat: 34.1, lon: 77.6}", "CN, {lat: 39.5, lon: 76.0}")
    ):
        country, geo = right.split(", ", 1)

        assert mends(f"right-{number}", country, geo) == []
