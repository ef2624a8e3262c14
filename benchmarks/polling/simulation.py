"""Days of requests for a sample of feeds, answered by the caches of a CDN and by the origin behind them."""

import random
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import itemgetter

from benchmarks.polling.caches import Cache, How, Origin, Rules
from benchmarks.polling.clients import CLIENTS, DAY, HOUR
from benchmarks.polling.sample import Group, Poller, Sampled, feeds, groups, pollers, polls

WARM, MEASURED = 1, 2
"""Days that fill the caches, and days that are counted."""

PAST = 8 * DAY
"""How long before the first day a feed's changes are known: clients that ask once a week have a version from then."""

Poll = tuple[float, float, Poller]
"""When a client asks, when it asked before, and which it is."""


@dataclass(frozen=True)
class World:
    """What is assumed.

    ``locations`` are places of the CDN near users, ``changes`` those of a feed in a day, ``body``, ``compressed`` and ``headers`` the
    bytes of a feed, of it in gzip, and of the headers of an answer. Of feeds of about the same rank, some ``sample`` subscribers
    are simulated.
    """

    subscribers: int
    rules: Rules
    seed: int = 1
    locations: int = 20
    changes: float = 0.5
    body: int = 39_000
    compressed: int = 10_000
    headers: int = 800
    sample: int = 2_000

    def bytes_of(self, *, compressed: bool, not_modified: bool) -> int:
        """Return the bytes of an answer."""
        if not_modified:
            return self.headers
        return self.headers + (self.compressed if compressed else self.body)


@dataclass
class Traffic:
    """Answers in all measured days: how many, how many of them 304, their bytes, and how many in each hour of the day."""

    requests: float = 0.0
    not_modified: float = 0.0
    bytes: float = 0.0
    hours: list[float] = field(default_factory=lambda: [0.0] * 24)

    def add(self, now: float, number: float, size: int, *, not_modified: bool) -> None:
        """Count so many answers alike."""
        self.requests += number
        self.bytes += number * size
        self.hours[int(now % DAY // HOUR)] += number
        if not_modified:
            self.not_modified += number

    def __add__(self, other: "Traffic") -> "Traffic":
        """Return both together."""
        return Traffic(
            self.requests + other.requests,
            self.not_modified + other.not_modified,
            self.bytes + other.bytes,
            [one + another for one, another in zip(self.hours, other.hours, strict=True)],
        )

    @property
    def peak(self) -> float:
        """Return the requests of the busiest hour as a multiple of those of an hour in the mean."""
        return max(self.hours) * 24 / self.requests if self.requests else 0.0


@dataclass
class Outcome:
    """What a simulation counted.

    ``how`` says how the CDN answered, ``by_client`` what each kind of client was answered, ``origin`` what the origin was asked.
    ``behind`` is the greatest number of seconds by which an answer was behind what was published.
    """

    subscribers: float = 0.0
    by_client: dict[str, Traffic] = field(
        default_factory=lambda: {client.name: Traffic() for client in CLIENTS}
    )
    how: dict[How, float] = field(default_factory=lambda: dict.fromkeys(How, 0.0))
    origin: Traffic = field(default_factory=Traffic)
    behind: float = 0.0

    @property
    def clients(self) -> Traffic:
        """Return what all clients were answered."""
        return sum(self.by_client.values(), Traffic())


def simulate(world: World) -> tuple[Outcome, Outcome]:
    """Return what is asked of a CDN and of its origin, without a shield and with one.

    With a shield, all places of the CDN ask one cache, and that alone asks the origin.
    """
    plain, shielded = Outcome(), Outcome()
    chance = random.Random(world.seed)
    for feed in feeds(world.subscribers, world.sample, chance):
        asked, changes = _requests(feed, world, chance)
        for outcome in (plain, shielded):
            outcome.subscribers += feed.subscribers * feed.weight
            caches = Caches(changes, feed.weight, world.rules, shield=outcome is shielded)
            replay(asked, changes, caches, world, outcome)
    return plain, shielded


def _requests(feed: Sampled, world: World, chance: random.Random) -> tuple[list[Poll], list[float]]:
    """Return all requests for a feed in their order, and the instants of its changes."""
    end = (WARM + MEASURED) * DAY
    changes = []
    changed = -PAST + chance.expovariate(world.changes / DAY)
    while changed < end:
        changes.append(changed)
        changed += chance.expovariate(world.changes / DAY)
    asked = [
        (now, before, poller)
        for group in groups(feed, world.locations, world.sample, chance)
        for poller in pollers(group, chance)
        for now, before in polls(group.client, 0.0, end, chance)
    ]
    asked.sort(key=itemgetter(0))
    return asked, changes


def replay(
    asked: Sequence[Poll], changes: Sequence[float], caches: "Caches", world: World, outcome: Outcome
) -> None:
    """Answer requests for a feed, and count the answers of the measured days."""
    versions: dict[Poller, int] = {}
    for now, before, poller in asked:
        group = poller.group
        had = versions[poller] if poller in versions else bisect_right(changes, before)
        copy = caches.edge(poller.location, group).ask(now)
        versions[poller] = copy.version
        if now < WARM * DAY:
            continue
        not_modified = group.client.conditional and copy.version == had
        size = world.bytes_of(compressed=group.client.compressed, not_modified=not_modified)
        number, passed_on = caches.weight * group.weight, caches.weight * group.spread
        outcome.by_client[group.client.name].add(now, number, size, not_modified=not_modified)
        outcome.behind = max(outcome.behind, now - copy.since)
        if copy.how is How.FRESH:
            outcome.how[How.FRESH] += number
        else:
            outcome.how[copy.how] += passed_on
            outcome.how[How.FRESH] += number - passed_on
    for origin, stands_for, compressed in caches.origins:
        for now, not_modified in origin.asked:
            if now >= WARM * DAY:
                size = world.bytes_of(compressed=compressed, not_modified=not_modified)
                outcome.origin.add(now, stands_for, size, not_modified=not_modified)


class Caches:
    """All caches of a feed, which stands for ``weight`` feeds, made as they are asked; gzip and the feed as it is are copies by themselves (Vary)."""

    def __init__(self, changes: Sequence[float], weight: float, rules: Rules, *, shield: bool) -> None:
        self.origins: list[tuple[Origin, float, bool]] = []
        self.weight = weight
        self._changes, self._rules, self._shield = changes, rules, shield
        self._edges: dict[tuple[str, bool], Cache] = {}
        self._shields: dict[bool, Cache] = {}

    def edge(self, location: str, group: Group) -> Cache:
        """Return the cache that a client asks."""
        compressed = group.client.compressed
        found = self._edges.get((location, compressed))
        if found is None:
            behind = self._behind(compressed) if self._shield else self._origin(group.spread, compressed)
            found = self._edges[location, compressed] = Cache(self._rules, behind)
        return found

    def _behind(self, compressed: bool) -> Cache:  # noqa: FBT001 - it is a key
        if compressed not in self._shields:
            self._shields[compressed] = Cache(self._rules, self._origin(1.0, compressed))
        return self._shields[compressed]

    def _origin(self, spread: float, compressed: bool) -> Origin:  # noqa: FBT001 - it is a key
        origin = Origin(self._changes)
        self.origins.append((origin, self.weight * spread, compressed))
        return origin
