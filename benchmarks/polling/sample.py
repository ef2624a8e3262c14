"""A sample of the feeds of a large site: few of those that many subscribe to, more of the others, each with a weight."""

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.polling.clients import CLIENTS, DAY, HOUR, Client

ORGANISATIONS = 0.03
"""Organisations, and feeds, to a subscriber: three to a hundred."""


@dataclass(frozen=True)
class Sampled:
    """A feed, how many subscribe to it, and how many feeds it stands for."""

    subscribers: int
    weight: float


@dataclass(frozen=True)
class Group:
    """Clients of one kind and one feed, at some of the CDN's locations.

    ``number`` are simulated. Each stands for ``weight`` clients, each location for ``spread`` locations.
    """

    client: Client
    number: int
    weight: float
    locations: tuple[str, ...]
    spread: float


@dataclass(frozen=True, eq=False)
class Poller:
    """A client that is simulated, and where its requests arrive."""

    group: Group
    location: str


def feeds(subscribers: int, size: int, chance: random.Random) -> list[Sampled]:
    """Return a sample of the feeds that so many subscribe to: the second has half as many as the first, the third a third (Zipf).

    Of each band of ranks, from one power of two to the next, there are feeds of some ``size`` subscribers.
    """
    count = max(1, round(subscribers * ORGANISATIONS))
    first = subscribers / _harmonic(count)
    sampled = []
    begin = 1
    while begin <= count:
        end = min(2 * begin, count + 1)
        taken = min(end - begin, max(1, math.floor(size / min(first / begin, size))))
        step = (end - begin) / taken
        offset = chance.random()
        for number in range(taken):
            rank = math.floor(begin + (number + offset) * step)
            sampled.append(Sampled(math.floor(first / rank + chance.random()), step))
        begin = end
    return sampled


def groups(feed: Sampled, everywhere: int, size: int, chance: random.Random) -> Iterator[Group]:
    """Yield the clients of a feed by kind, at ``everywhere`` locations; where they are many, some ``size`` of them, at few."""
    share = min(1.0, size / max(1, feed.subscribers))
    for client, users in _by_kind(feed.subscribers, size, chance):
        askers = min(users, 1) if client.together else users
        locations = everywhere if client.locations is None else client.locations
        place = "near" if client.locations is None else client.name
        some = locations if client.together else math.ceil(locations * share)
        there = math.floor(askers * some / locations + chance.random())
        number = min(there, math.ceil(askers * share))
        if number:
            spread = locations / some
            names = tuple(f"{place} {index}" for index in range(some))
            yield Group(client, number, spread * there / number, names, spread)


def pollers(group: Group, chance: random.Random) -> list[Poller]:
    """Return the clients of a group, each at a location."""
    return [Poller(group, chance.choice(group.locations)) for _ in range(group.number)]


def polls(client: Client, begin: float, end: float, chance: random.Random) -> Iterator[tuple[float, float]]:
    """Yield when a client asks, with the instant at which it asked before.

    What falls into the hours in which it does not run is done within ten minutes of its next start.
    """
    weights, hours = zip(*client.intervals, strict=True)
    interval = chance.choices(hours, weights)[0] * HOUR
    starts = (6 + 4 * chance.random()) * HOUR
    before = begin - chance.random() * interval
    now = _awake(client, before + interval, starts, chance)
    while now < end:
        yield now, before
        before, now = now, _awake(client, now + interval * (0.9 + 0.2 * chance.random()), starts, chance)


def _awake(client: Client, now: float, starts: float, chance: random.Random) -> float:
    since = (now - starts) % DAY
    if since < client.awake * HOUR:
        return now
    return now - since + DAY + chance.random() * 600


def _by_kind(subscribers: int, size: int, chance: random.Random) -> Iterator[tuple[Client, int]]:
    if subscribers > size:
        for client in CLIENTS:
            yield client, math.floor(subscribers * client.share / 100 + chance.random())
        return
    drawn = chance.choices(CLIENTS, [client.share for client in CLIENTS], k=subscribers)
    for client in CLIENTS:
        yield client, drawn.count(client)


def _harmonic(count: int) -> float:
    """Return 1 + 1/2 + … + 1/count."""
    if count < 1_000:
        return sum(1 / number for number in range(1, count + 1))
    return math.log(count) + 0.5772156649015329 + 1 / (2 * count)
