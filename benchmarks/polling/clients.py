"""How calendar programs ask for the feeds that they subscribe to.

What is known of each stands in clients.md, in the sections that ``source`` names. Where nothing is known there, a program sends no
conditional requests. Shares, gzip and the hours in which a program runs are assumptions.
"""

from dataclasses import dataclass

DAY = 86_400.0
HOUR = 3_600.0


@dataclass(frozen=True)
class Client:
    """A kind of calendar program.

    ``share`` is how many of a hundred subscribers use it. ``intervals`` are weights and hours between two requests.
    ``awake`` is how many hours a day it runs. ``together`` says that one request serves all subscribers of an address.
    ``conditional`` says that it sends If-None-Match or If-Modified-Since, ``compressed`` that it takes gzip.
    ``locations`` is in how many places of the CDN its requests arrive; None where they arrive near its users.
    """

    name: str
    share: float
    intervals: tuple[tuple[float, float], ...]
    awake: int
    together: bool
    conditional: bool
    compressed: bool
    locations: int | None
    source: str


CLIENTS = (
    Client(
        "Google Calendar",
        share=40,
        intervals=((2, 6), (1, 12), (1, 24)),
        awake=24,
        together=True,
        conditional=False,
        compressed=False,
        locations=3,
        source="3: 4 to 7 hours measured, else 8 to 24, one copy of an address for all accounts; 4.11: nothing known",
    ),
    Client(
        "Outlook on the web, new Outlook",
        share=20,
        intervals=((3, 3), (1, 24)),
        awake=24,
        together=False,
        conditional=False,
        compressed=False,
        locations=4,
        source="3: about 3 hours, may take more than 24; 4.11: nothing known; 4.10: may not take gzip",
    ),
    Client(
        "Outlook, classic",
        share=8,
        intervals=((1, 6),),
        awake=10,
        together=False,
        conditional=False,
        compressed=False,
        locations=None,
        source="3: not before X-PUBLISHED-TTL, six hours; 4.11: nothing known",
    ),
    Client(
        "Apple Calendar",
        share=24,
        intervals=((50, 168), (30, 24), (15, 1), (5, 0.25)),
        awake=16,
        together=False,
        conditional=True,
        compressed=True,
        locations=None,
        source="3: users choose 5 minutes to a week, a week is offered; 4.11: by date",
    ),
    Client(
        "Nextcloud",
        share=3,
        intervals=((1, 6),),
        awake=24,
        together=False,
        conditional=False,
        compressed=True,
        locations=None,
        source="3: takes REFRESH-INTERVAL, six hours; 4.11: none in the version read",
    ),
    Client(
        "Thunderbird",
        share=3,
        intervals=((1, 0.5),),
        awake=8,
        together=False,
        conditional=True,
        compressed=True,
        locations=None,
        source="3: users choose, half an hour assumed; 4.11: by ETag",
    ),
    Client(
        "Evolution, GNOME Calendar",
        share=1,
        intervals=((1, 0.5),),
        awake=8,
        together=False,
        conditional=True,
        compressed=True,
        locations=None,
        source="3: users choose, half an hour assumed; 4.11: by ETag",
    ),
    Client(
        "ICSx5",
        share=1,
        intervals=((1, 24),),
        awake=24,
        together=False,
        conditional=True,
        compressed=True,
        locations=None,
        source="3: users choose, a day assumed; 4.11: by ETag and by date",
    ),
)
