"""Rules that are told of organisations alone that meet others, or themselves."""

from coopcal.checks import MEETINGS, WIDE


def test_a_rule_of_meetings_does_not_look_back() -> None:
    """What was published since concerns it not, so that it need not be asked twice."""
    assert set(MEETINGS) == {"duplicate-uid", "events-alike"}
    assert [rule.name for rule in WIDE if rule.meetings and rule.looks_back] == []
