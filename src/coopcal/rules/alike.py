"""Events that are probably one, written twice."""

from datetime import date

from coopcal.model.problem import Place, Problems
from coopcal.model.published import Published
from coopcal.model.site import Catalogue
from coopcal.model.when import days_of


def alike(catalogue: Catalogue, previous: Published | None, today: date, problems: Problems) -> None:
    """Two events differ in title or days.

    vdirsyncer folds events that differ in nothing but the UID into one (clients.md 9.5).
    """
    del previous, today
    seen: dict[tuple[str, date, date], Place] = {}
    for event in catalogue.events():
        first, last = days_of(event.when)
        title = " ".join(event.title.say(event.language).casefold().split())
        key = (title, first, last)
        other = seen.get(key)
        if other is not None and other != event.place and len(event.path) == 1:
            problems.warn(
                event.place,
                "events-alike",
                f"This event has the title and the date of the one in {other.path}, line {other.line}",
                "if they are one, keep one and name the other organisation in it; else tell them apart in the title",
            )
        seen.setdefault(key, event.place)
