"""Named ranges of dates in which nothing takes place."""

from coopcal.decode import fields as read
from coopcal.decode.record import items
from coopcal.decode.when import parse_day
from coopcal.model.problem import Place, Problems
from coopcal.source.node import Mapping, Node, Scalar


def check_breaks(node: Node, problems: Problems) -> None:
    """Hold that breaks are days, or ranges of days, by name."""
    if not isinstance(node, Mapping):
        problems.error(node.place, "not-keys", "Breaks are written by name", "summer: 2026-07-01/2026-08-31")
        return
    for key, value in node.entries:
        read.identifier(key, problems)
        for item in items(value):
            found = read.scalar(item, problems, "a range of days")
            if found is not None:
                _range(found, problems)


def _range(node: Scalar, problems: Problems) -> None:
    days = []
    at = 0
    for part in node.text.split("/"):
        place = node.place
        if place.end_column - place.column == len(node.text):
            place = Place(place.path, place.line, place.column + at, place.column + at + max(len(part), 1))
        days.append(parse_day(Scalar(part, place), problems))
        at += len(part) + 1
    if len(days) > 2:  # noqa: PLR2004 - from and to
        problems.error(
            node.place, "bad-date", f"“{node.text}” is no range of days", "write it as 2026-07-01/2026-08-31"
        )
    first, last = days[0], days[-1]
    if first and last and last < first:
        problems.error(node.place, "ends-before-start", "It ends before it starts", f"{last}/{first}")
