"""Trying out what was made of a component: whether the decoder takes it, and which dates it makes of it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from coopcal.authoring.text import Value
from coopcal.definitions.context import Context
from coopcal.definitions.declared.record import NOTHING
from coopcal.definitions.event import event
from coopcal.definitions.source.node import Listing, Node, Scalar
from coopcal.definitions.source.node import Mapping as Keys
from coopcal.model.event import Event
from coopcal.model.organisation import Organisation
from coopcal.model.problem import Position, Problem, Problems, Severity
from coopcal.model.site import SiteSettings
from coopcal.model.when import Timed, When, days_of
from coopcal.recurrence import occurrences

Times = Counter[tuple[int | str, int | str]]


class Trial:
    """Decodes events of an organisation of a site as if they stood in its file."""

    def __init__(self, root: Path, settings: SiteSettings, organisation: Organisation) -> None:
        """Take what events inherit from."""
        self._context = Context(
            root=root,
            folder="calendars",
            settings=settings,
            organisation=organisation.id,
            language=organisation.languages[0],
            timezone=organisation.timezone,
            usual_length=settings.usual_length,
            places={},
            contacts={},
            problems=Problems(),
        )

    @property
    def usual_length(self) -> timedelta:
        """How long calendars show what has no end."""
        return self._context.usual_length

    @property
    def timezone(self) -> str:
        """The zone of what names none."""
        return self._context.timezone or self._context.settings.timezone

    def decoded(self, values: Mapping[str, Value]) -> tuple[Event | None, list[tuple[str, int, Problem]]]:
        """Return an event, and its errors with the key that they stand under and the number of the item of its list."""
        nodes = _Nodes()
        problems = Problems()
        decoded = event(nodes.of({"id": "x", **values}), NOTHING, replace(self._context, problems=problems))
        errors = [problem for problem in problems.found if problem.severity is Severity.ERROR]
        return decoded if not errors else None, [
            (*nodes.keys[error.position.line], error) for error in errors
        ]


class _Nodes:
    """Makes nodes of values; the line of each place tells the key, and the item of a list, that it stands under."""

    def __init__(self) -> None:
        self.keys: dict[int, tuple[str, int]] = {1: ("", 0)}

    def of(self, values: Mapping[str, Value]) -> Keys:
        entries = []
        for key, value in values.items():
            place = self._place(key, 0)
            if isinstance(value, str | Mapping):
                entries.append((Scalar(key, place), _node(value, place)))
            else:
                items = [_node(item, self._place(key, number)) for number, item in enumerate(value)]
                entries.append((Scalar(key, place), Listing(tuple(items), place)))
        return Keys(tuple(entries), Position(""))

    def _place(self, key: str, number: int) -> Position:
        line = len(self.keys) + 1
        self.keys[line] = (key, number)
        return Position("", line)


def _node(value: Value, position: Position) -> Node:
    if isinstance(value, str):
        return Scalar(value, position)
    if isinstance(value, Mapping):
        return Keys(
            tuple((Scalar(key, position), _node(item, position)) for key, item in value.items()), position
        )
    return Listing(tuple(_node(item, position) for item in value), position)


def times(decoded: Event, first: date, last: date) -> Times:
    """Return the start and end of all that takes place of an event, from its first day on up to a last one."""
    return Counter(
        _time(occurrence.details.when)
        for happening in (decoded, *decoded.dates)
        for occurrence in occurrences(happening, first, last)
    )


def _time(when: When) -> tuple[int | str, int | str]:
    if isinstance(when, Timed):
        return int(when.start.timestamp()), int(when.usual_end.timestamp())
    first, last = days_of(when)
    return first.isoformat(), (last + timedelta(days=1)).isoformat()
