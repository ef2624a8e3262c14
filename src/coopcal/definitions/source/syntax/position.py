"""Where on a line something stands."""

from coopcal.model.problem import Position


def place_at(path: str, line: int, column: int, width: int) -> Position:
    """Return the position of ``width`` characters, at least one; ``line`` and ``column`` count from 0."""
    return Position(path, line + 1, column + 1, column + 1 + max(width, 1))
