"""A member of staff who edits calendars day after day, by chance from a seed."""

import copy
from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

import yaml

Organisation = dict[str, Any]

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class Editor:
    """Keeps organisations as what their YAML says, and makes an edit at a time; ``text`` gives a file."""

    def __init__(self, seed: int) -> None:
        self._chance = Random(seed)
        self._number = 0
        self._former: list[dict[str, Organisation]] = []
        self.organisations: dict[str, Organisation] = {
            name: {"name": name.title(), "country": "BE", "timezone": zone, "events": []}
            for name, zone in (
                ("bakery", "Europe/Brussels"),
                ("mill", "Europe/Brussels"),
                ("farm", "Europe/Brussels"),
            )
        }

    def texts(self) -> Iterator[tuple[str, str]]:
        """Return the files and what they say."""
        for name, organisation in self.organisations.items():
            yield f"calendars/{name}.yaml", yaml.safe_dump(organisation, allow_unicode=True, sort_keys=False)

    def edit(self, today: date) -> str:
        """Make an edit on a day, and tell which."""
        self._former.append(copy.deepcopy(self.organisations))
        name = self._chance.choice(sorted(self.organisations))
        organisation = self.organisations[name]
        events = organisation["events"]
        kinds = [
            "add",
            "add series",
            "title",
            "text",
            "move",
            "status",
            "override",
            "override",
            "no override",
            "except",
            "remove",
        ]
        kind = self._chance.choice(kinds) if len(events) > 3 else self._chance.choice(kinds[:2])
        event = self._chance.choice(events) if events else {}
        match kind:
            case "add" | "add series":
                events.append(self._new(today, series=kind == "add series"))
            case "title":
                event["title"] = self._chance.choice(
                    ("Open day", "Fête", "Meeting; with, signs", "Another title")
                )
            case "text":
                event["description"] = "Words " * self._chance.randint(1, 30)
            case "move":
                day = today + timedelta(days=self._chance.randint(1, 50))
                if "repeats" not in event:
                    event["when"] = f"{day} 10:00/12:00"
            case "status":
                event["status"] = self._chance.choice(("confirmed", "cancelled", "postponed", "tentative"))
            case "override" if "repeats" in event:
                event["repeats"].setdefault("changes", {})[self._date_of(event)] = self._change()
            case "no override" if "repeats" in event:
                event["repeats"].pop("changes", None)
            case "except" if "repeats" in event:
                event["repeats"].setdefault("except", []).append(self._date_of(event))
            case "remove" if events:
                events.remove(event)
                organisation.setdefault("removed", []).append(event["id"])
            case _:
                event["tags"] = [self._chance.choice(("assembly", "market", "education"))]
        return f"{name}: {kind}"

    def undo(self) -> None:
        """Take back the edits since the last one that was published."""
        self.organisations = self._former.pop()

    def _new(self, today: date, *, series: bool) -> Organisation:
        self._number += 1
        first = today + timedelta(days=self._chance.randint(1, 40))
        clock = self._chance.choice(("", " 19:00/21:00", " 09:30", " 10:00/PT45M"))
        event: Organisation = {
            "id": f"event-{self._number}",
            "title": f"Event {self._number}",
            "when": f"{first}{clock}",
        }
        if self._chance.random() < 0.3:
            event["organisers"] = sorted(self._chance.sample(sorted(self.organisations), 2))
        if series:
            event["repeats"] = {"every": "week", "on": WEEKDAYS[first.weekday()], "count": "20"}
        return event

    def _date_of(self, event: Organisation) -> str:
        first = date.fromisoformat(event["when"][:10])
        return str(first + timedelta(days=7 * self._chance.randint(0, 19)))

    def _change(self) -> Organisation:
        return self._chance.choice(
            (
                {"status": "cancelled", "reason": "The hall is flooded"},
                {"title": "Quite another"},
                {"description": "This month's agenda"},
                {"where": "Elsewhere"},
            )
        ).copy()
