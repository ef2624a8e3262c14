"""How two clients keep a subscribed feed: which of a new feed's events they take over, and which they do not."""

import re
from dataclasses import dataclass, field

_EVENT = re.compile(rb"BEGIN:VEVENT\r\n.*?END:VEVENT\r\n", re.DOTALL)


def events_by_uid(feed: bytes) -> dict[str, list[bytes]]:
    """Return the VEVENTs of each UID, in the order of the feed."""
    by_uid: dict[str, list[bytes]] = {}
    for event in _EVENT.findall(feed):
        by_uid.setdefault(value(event, "UID"), []).append(event)
    return by_uid


def value(event: bytes, name: str) -> str:
    """Return the value of a property; "" where there is none."""
    match = re.search(rb"\r\n" + name.encode() + rb"(?:;[^:\r\n]*)?:([^\r\n]*)", event.replace(b"\r\n ", b""))
    return match[1].decode() if match else ""


@dataclass
class Client:
    """A subscriber: what is stored by UID, and the head of the calendar (its zones)."""

    stored: dict[str, list[bytes]] = field(default_factory=dict)
    head: bytes = b""

    def takes(self, old: list[bytes], new: list[bytes]) -> bool:
        """Return whether what is stored of a UID is replaced."""
        raise NotImplementedError

    def refresh(self, feed: bytes) -> None:
        """Take over a feed; what is gone from it is deleted (clients.md 2.11)."""
        self.head = (
            feed[: feed.index(b"BEGIN:VEVENT")]
            if b"BEGIN:VEVENT" in feed
            else feed[: -len(b"END:VCALENDAR\r\n")]
        )
        events = events_by_uid(feed)
        self.stored = {
            uid: new if uid not in self.stored or self.takes(self.stored[uid], new) else self.stored[uid]
            for uid, new in events.items()
        }

    def shown(self) -> bytes:
        """Return what the client now holds, as a calendar."""
        return (
            self.head + b"".join(b"".join(events) for events in self.stored.values()) + b"END:VCALENDAR\r\n"
        )


class Evolution(Client):
    """Compares DTSTAMP, LAST-MODIFIED and SEQUENCE of the first VEVENT of a UID alone (clients.md 2.5)."""

    def takes(self, old: list[bytes], new: list[bytes]) -> bool:
        """Return whether any of the three differs."""
        names = ("DTSTAMP", "LAST-MODIFIED", "SEQUENCE")
        return [value(old[0], name) for name in names] != [value(new[0], name) for name in names]


class ICSx5(Client):
    """Skips a UID whose LAST-MODIFIED is not newer than the stored one (clients.md 2.4)."""

    def takes(self, old: list[bytes], new: list[bytes]) -> bool:
        """Return whether the first VEVENT is newer; one without a time always is."""
        before, after = value(old[0], "LAST-MODIFIED"), value(new[0], "LAST-MODIFIED")
        return not before or not after or after > before
