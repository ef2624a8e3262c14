"""``site.json`` as it was before events had roles."""

from typing import Any

RECURRENCE = {"rule": "rule", "ends": "last", "excluded": "exception_dates", "changes": "overrides"}
"""What is told of a recurrence now, by what it was called beside the other facts of an event."""


def with_roles(memory: Any) -> Any:
    """Return what a ``site.json`` holds, with a role for events that have none; values that are no memory as they are."""
    match memory:
        case {"events": dict(events)}:
            memory = memory | {"events": {uid: _published(entry) for uid, entry in events.items()}}
    match memory:
        case {"facts": {"events": dict(events)} as facts}:
            seen = {uid: _seen(event) for uid, event in events.items()}
            memory = memory | {"facts": facts | {"events": seen}}
    return memory


def _published(entry: Any) -> Any:
    if not isinstance(entry, dict) or "role" in entry:
        return entry
    return {"role": "event" if entry.get("key") else "transient", **entry}


def _seen(event: Any) -> Any:
    if not isinstance(event, dict) or "role" in event:
        return event
    if not event.get("key"):
        return {"role": "busy-time", **event}
    if not event.get("rule"):
        return {"role": "further-date" if event.get("of") else "event", **event}
    recurrence = {name: event[former] for former, name in RECURRENCE.items() if former in event}
    return {"role": "stretch" if event.get("continues") else "series", **event, "recurrence": recurrence}
