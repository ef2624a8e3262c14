"""Events that are probably one, written twice."""

from coopcal.checks.rule import Rule
from coopcal.checks.view import View
from coopcal.model.happening import Happening, Session
from coopcal.model.message import msg
from coopcal.model.problem import Code, Problems, Severity
from coopcal.model.when import Deadline, Timed, days_of

EVENTS_ALIKE = Code(
    "events-alike",
    "Two events with the same title and date are probably one, written twice; calendars may fold them into one.",
    Severity.WARNING,
    switchable=True,
)

Names = set[str]


class _Alike:
    """The first event of a title and date, of each starting time; the first without a time stands for all."""

    def __init__(self) -> None:
        self._first: Happening | None = None
        self._timeless: Happening | None = None
        self._by_start: dict[object, Happening] = {}

    def meet(self, event: Happening) -> Happening | None:
        """Return the event that this one is like, and remember this one."""
        start = _start(event)
        other = self._first if start is None else self._by_start.get(start) or self._timeless
        self._first = self._first or event
        if start is None:
            self._timeless = self._timeless or event
        else:
            self._by_start.setdefault(start, event)
        return other


def check(view: View, problems: Problems) -> None:
    """No two events have the same title at the same time, unless they are in different cities.

    Sessions are held against others of their event only. vdirsyncer makes one of events that differ in nothing
    but the UID (clients.md 9.5).
    """
    met: dict[object, _Alike] = {}
    for event in view.events:
        around = (event.organisation, *event.path[:-1]) if isinstance(event, Session) else ()
        titles = {" ".join(title.casefold().split()) for _, title in event.details.title.by_language}
        others = [
            met.setdefault((around, title, days_of(event.details.when)), _Alike()).meet(event)
            for title in sorted(titles)
        ]
        other = next((event for event in others if event is not None), None)
        if other is None or other.key == event.key or _elsewhere(event, other):
            continue
        message = msg(
            "This event has the title and the date of the one in {path}, line {line}",
            path=other.details.position.path,
            line=other.details.position.line,
        )
        mend = msg(
            "if they are one, keep one and name the other organisation in it; else tell them apart in the title"
        )
        problems.tell(event.details.position, EVENTS_ALIKE, message, mend)


def _start(event: Happening) -> object | None:
    match event.details.when:
        case Timed(start=start):
            return start.timestamp()
        case Deadline(at=at):
            return ("until", at.timestamp())
        case _:
            return None


def _elsewhere(event: Happening, other: Happening) -> bool:
    """Return whether both name cities, and not one of them is the same in any language."""
    here, there = _cities(event), _cities(other)
    return bool(here and there) and here.isdisjoint(there)


def _cities(event: Happening) -> Names:
    return {
        name.casefold()
        for location in event.details.locations
        if location.city
        for _, name in location.city.by_language
    }


RULE = Rule((EVENTS_ALIKE,), check)
