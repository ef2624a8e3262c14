"""What ``check`` would say of files that are not written yet."""

from collections.abc import Iterable, Mapping

from coopcal.authoring.edit import values_of
from coopcal.authoring.text import Value, block
from coopcal.decode import decode
from coopcal.model.event import Event
from coopcal.model.problem import Problem, Severity, on_other_lines
from coopcal.model.site import Catalogue
from coopcal.source.node import Mapping as Keys
from coopcal.source.origin import Contents
from coopcal.source.tree import read_origin

_PLACEHOLDER = {"id": "event", "title": "Event", "when": "2026"}
"""What an event says while only one of its keys is asked for."""


def try_files(files: Mapping[str, str]) -> tuple[Catalogue | None, tuple[Problem, ...]]:
    """Read files as a tree of their own."""
    tree, problems = read_origin(Contents({path: text.encode() for path, text in files.items()}))
    catalogue, more = decode(tree)
    return catalogue, (*problems, *on_other_lines(more, problems))


def errors_of(files: Mapping[str, str], path: str) -> tuple[Problem, ...]:
    """Give the errors of one of the files."""
    return tuple(
        each for each in try_files(files)[1] if each.place.path == path and each.severity is Severity.ERROR
    )


class EventTrial:
    """One event of an organisation, tried beside what the site and the organisation say, without its other events."""

    def __init__(self, site: str, organisation: str, node: Keys) -> None:
        """Take the text of the site, the organisation's id and what its own file says."""
        self._site = site
        self._path = f"calendars/{organisation}.yaml"
        around = {name.text: values_of(each) for name, each in node.entries if name.text != "events"}
        self._around = block(around)

    def __call__(self, keys: Mapping[str, Value]) -> tuple[Event | None, tuple[Problem, ...]]:
        """Give the event that these keys make, and the errors in them; what is not asked yet is not missed."""
        event = {**_PLACEHOLDER, **keys}
        text = "\n".join([*self._around, "events:", *_item(event)]) + "\n"
        catalogue, problems = try_files({"coopcal.yaml": self._site, self._path: text})
        found = [each for each in problems if each.place.path == self._path and self._is_of_event(each)]
        one = catalogue.organisations[0] if catalogue and catalogue.organisations else None
        return (one.events[0] if one and one.events else None), tuple(_errors(found))

    def _is_of_event(self, problem: Problem) -> bool:
        return problem.place.line > len(self._around)


def _item(event: Mapping[str, Value]) -> Iterable[str]:
    first, *others = block(event, 4)
    return [f"  - {first[4:]}", *others]


def _errors(problems: Iterable[Problem]) -> Iterable[Problem]:
    return (each for each in problems if each.severity is Severity.ERROR)
