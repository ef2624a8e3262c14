"""Copies of feeds of others as they lie in a tree."""

import json
from collections.abc import Mapping

from coopcal.model.included import copy_name

URL = "https://calendar.example.org/events.ics"


def copy(*events: str, organisation: str = "bakery", url: str = URL) -> tuple[str, str]:
    """Return the path and the text of a copy with events, each given as the lines of its keys."""
    text = "".join(
        "  - " + "\n    ".join(line.strip() for line in event.strip().splitlines()) + "\n" for event in events
    )
    return f"included/{organisation}/{copy_name(url)}.yaml", f"events:\n{text}" if text else "events: []\n"


def record(organisation: str = "bakery", url: str = URL, **said: object) -> tuple[str, str]:
    """Return the path and the text of the record of a copy."""
    return f"included/{organisation}/{copy_name(url)}.json", json.dumps(said)


def include(*pairs: tuple[str, str]) -> str:
    """Return the lines of a feed that merges in feeds of others: addresses, and whose events they are."""
    return "include:\n" + "".join(f'  - {{url: "{url}", organisation: {owner}}}\n' for url, owner in pairs)


def event(identifier: str, uid: str, when: str = "2026-09-20", **keys: str) -> str:
    """Return the lines of an event."""
    said: Mapping[str, str] = {
        "id": identifier,
        "title": f"Event {identifier}",
        "when": when,
        **keys,
        "uid": uid,
    }
    return "\n".join(f"{key}: {value}" for key, value in said.items() if value)
