"""The calendar programs that a feed is looked at for, and how each of them asks."""

from collections.abc import Mapping
from enum import StrEnum


class Client(StrEnum):
    """A calendar program."""

    GOOGLE = "google"
    OUTLOOK = "outlook"
    APPLE = "apple"
    THUNDERBIRD = "thunderbird"
    NEXTCLOUD = "nextcloud"
    ICSX5 = "icsx5"
    EVOLUTION = "evolution"


ALL = tuple(Client)
ONLINE = (Client.GOOGLE, Client.OUTLOOK, Client.NEXTCLOUD)
"""Those whose servers fetch feeds: they reach what the whole internet reaches."""


def all_but(*left_out: Client) -> tuple[Client, ...]:
    """Return all others."""
    return tuple(client for client in ALL if client not in left_out)


NAMES: Mapping[Client, str] = {
    Client.GOOGLE: "Google Calendar",
    Client.OUTLOOK: "Outlook",
    Client.APPLE: "Apple Calendar",
    Client.THUNDERBIRD: "Thunderbird",
    Client.NEXTCLOUD: "Nextcloud",
    Client.ICSX5: "ICSx5",
    Client.EVOLUTION: "Evolution, GNOME Calendar",
}

_TAKES = "text/calendar, */*;q=0.5"

ASKS: Mapping[Client, Mapping[str, str]] = {
    Client.GOOGLE: {"User-Agent": "Google-Calendar-Importer"},
    Client.OUTLOOK: {
        "User-Agent": "Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0.4771; Pro)",
        "Accept": _TAKES,
    },
    Client.APPLE: {"User-Agent": "iOS/18.0 (22A3354) dataaccessd/1.0", "Accept": "*/*"},
    Client.THUNDERBIRD: {
        "User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Thunderbird/140.0",
        "Accept": _TAKES,
    },
    Client.NEXTCLOUD: {"User-Agent": "Nextcloud Webcal Service", "Accept": _TAKES},
    Client.ICSX5: {"User-Agent": "ICSx5/2.3 (ical4j/4.0 okhttp/4.12 Android/14)", "Accept": _TAKES},
    Client.EVOLUTION: {"User-Agent": "Evolution/3.52", "Accept": "*/*"},
}
"""What each says of itself and of what it takes; Google says nothing of what it takes (docs/clients.md, 4.7)."""
