"""What is made of a value once."""

from coopcal.model.by_identity import ByIdentity


def test_each_value_is_asked_for_once() -> None:
    """The same value gives the same object again; one that is equal, but another, gives its own."""
    asked: list[list[int]] = []

    def made(value: list[int]) -> list[int]:
        asked.append(value)
        return [*value, 0]

    once = ByIdentity(made)
    first, equal = [1], [1]

    assert once(first) is once(first)
    assert once(equal) is not once(first)
    assert len(asked) == 2


def test_a_value_that_nobody_else_keeps_is_taken_for_no_other() -> None:
    """Values that are gone leave their place in memory to others, so they are kept."""
    once: ByIdentity[list[int], int] = ByIdentity(lambda value: value[0])

    assert [once([number]) for number in range(1000)] == list(range(1000))
