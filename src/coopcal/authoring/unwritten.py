"""What ``check`` would say of files that are not written yet."""

from collections.abc import Iterable, Mapping

from coopcal.authoring.edit import values_of
from coopcal.authoring.fix import mend
from coopcal.authoring.text import Value, block
from coopcal.definitions.catalogue import decode
from coopcal.definitions.source.node import Listing
from coopcal.definitions.source.node import Mapping as Keys
from coopcal.definitions.source.origin import Contents
from coopcal.definitions.source.parse import parse
from coopcal.definitions.source.reader import read_origin
from coopcal.model.event import Event
from coopcal.model.problem import Problem, Severity, on_other_lines
from coopcal.model.site import Catalogue

_PLACEHOLDER = {"id": "event", "title": "Event", "when": "2026"}
"""What an event says while only one of its keys is asked for."""


def try_files(files: Mapping[str, str]) -> tuple[Catalogue | None, tuple[Problem, ...]]:
    """Read files as a tree of their own."""
    tree, problems = read_origin(Contents({path: text.encode() for path, text in files.items()}))
    catalogue, more = decode(tree)
    return catalogue, (*problems, *on_other_lines(more, problems))


def errors_of(files: Mapping[str, str], path: str) -> tuple[Problem, ...]:
    """Return the errors of one of the files."""
    return tuple(
        problem
        for problem in try_files(files)[1]
        if problem.position.path == path and problem.severity is Severity.ERROR
    )


def meant(files: Mapping[str, str], path: str, key: str) -> Value | None:
    """Return what a key of one of the files says when all that is certain is mended; None where errors are left."""
    after = {**files, path: _mended(files, path)}
    root = parse(after[path], path)[0]
    node = root.get(key) if isinstance(root, Keys) else None
    return None if node is None or errors_of(after, path) else values_of(node)


def _mended(files: Mapping[str, str], path: str) -> str:
    mending = mend(
        lambda instead: try_files({**files, **instead})[1],
        files.__getitem__,
        lambda problem: problem.position.path == path,
    )
    return mending.after.get(path, files[path])


class EventTrial:
    """One event of an organisation, tried beside what the site and the organisation say, without its other events."""

    def __init__(self, site: str, organisation: str, node: Keys) -> None:
        """Take the text of the site, the organisation's id and what its own file says."""
        self._site = site
        self._path = f"calendars/{organisation}.yaml"
        around = {name.text: values_of(content) for name, content in node.entries if name.text != "events"}
        self._around = block(around)

    def __call__(self, keys: Mapping[str, Value]) -> tuple[Event | None, tuple[Problem, ...]]:
        """Return the event that these keys make, and the errors in them; what is not asked yet is not missed."""
        catalogue, problems = try_files(self._files(keys))
        own_problems = [
            problem
            for problem in problems
            if problem.position.path == self._path and self._is_of_event(problem)
        ]
        one = catalogue.organisations[0] if catalogue and catalogue.organisations else None
        return (one.events[0] if one and one.events else None), tuple(_errors(own_problems))

    def faults(self, keys: Mapping[str, Value]) -> dict[str, Problem]:
        """Return the first error of each key that has some."""
        files = self._files(keys)
        event = _event_in(files[self._path], self._path)
        lines = [(name.position.line, name.text) for name, _ in event.entries] if event else []
        faults: dict[str, Problem] = {}
        for problem in errors_of(files, self._path):
            names = [name for line, name in lines if line <= problem.position.line]
            if names and self._is_of_event(problem):
                faults.setdefault(names[-1], problem)
        return faults

    def meant(self, keys: Mapping[str, Value], key: str) -> Value | None:
        """Return what a key says when all that is certain is mended; None where errors are left."""
        files = self._files(keys)
        files[self._path] = _mended(files, self._path)
        event = _event_in(files[self._path], self._path)
        node = event.get(key) if event else None
        wrong = any(self._is_of_event(problem) for problem in errors_of(files, self._path))
        return None if node is None or wrong else values_of(node)

    def _files(self, keys: Mapping[str, Value]) -> dict[str, str]:
        text = "\n".join([*self._around, "events:", *_item({**_PLACEHOLDER, **keys})]) + "\n"
        return {"coopcal.yaml": self._site, self._path: text}

    def _is_of_event(self, problem: Problem) -> bool:
        return problem.position.line > len(self._around)


def _event_in(text: str, path: str) -> Keys | None:
    root = parse(text, path)[0]
    events = root.get("events") if isinstance(root, Keys) else None
    event = events.items[0] if isinstance(events, Listing) else None
    return event if isinstance(event, Keys) else None


def _item(event: Mapping[str, Value]) -> Iterable[str]:
    first, *others = block(event, 4)
    return [f"  - {first[4:]}", *others]


def _errors(problems: Iterable[Problem]) -> Iterable[Problem]:
    return (problem for problem in problems if problem.severity is Severity.ERROR)
