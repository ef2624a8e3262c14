"""Tables of what was simulated, as docs/scale.md shows them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from benchmarks.polling.caches import How
from benchmarks.polling.clients import CLIENTS, DAY, Client
from benchmarks.polling.sample import ORGANISATIONS
from benchmarks.polling.simulation import MEASURED, Outcome, Traffic, World

MONTH = 30 * DAY
TEN_THOUSAND = 10_000
GIGABYTE = 1e9
MEGABYTE = 1e6


@dataclass(frozen=True)
class Prices:
    """What ten thousand requests cost, and a gigabyte that is sent."""

    requests: float
    gigabyte: float


@dataclass(frozen=True)
class Run:
    """What was simulated of a number of subscribers, without a shield and with one."""

    world: World
    plain: Outcome
    shielded: Outcome

    def in_second(self, number: float) -> float:
        """Return what is so much in all measured days, in a second, of all subscribers."""
        return number * self.world.subscribers / self.plain.subscribers / (MEASURED * DAY)


Value = Callable[[Run], str]


def totals(runs: Sequence[Run], prices: Prices) -> str:
    """Return what is asked and sent in all, of the CDN and of the origin."""
    rows: list[tuple[str, Value]] = [
        ("organisations, a feed each", lambda run: _number(run.world.subscribers * ORGANISATIONS)),
        ("**calendar programs ask**, a second", _rate(_clients)),
        ("in the busiest hour, a second", _busiest(_clients)),
        ("of these answers 304", _not_modified(_clients)),
        ("megabytes a second", _of_second(lambda run: run.plain.clients.bytes / MEGABYTE)),
        ("**a month**: requests, in ten thousands", lambda run: _number(_requests(run))),
        ("gigabytes", lambda run: _number(_gigabytes(run))),
        (
            f"cost at {prices.requests:g} for ten thousand requests and {prices.gigabyte:g} for a gigabyte",
            lambda run: _number(_requests(run) * prices.requests + _gigabytes(run) * prices.gigabyte),
        ),
        *[
            (f"**answered by the CDN** {how.value}" if how is How.FRESH else how.value, _how(how))
            for how in How
        ],
        *_of_origin("without a shield", lambda run: run.plain.origin),
        *_of_origin("with a shield", lambda run: run.shielded.origin),
        ("answers are behind at most, minutes", _behind),
    ]
    head = ["", *(f"{run.world.subscribers:,} subscribers" for run in runs)]
    lines = [[name, *(value(run) for run in runs)] for name, value in rows]
    return _table(head, lines)


def assumptions() -> str:
    """Return the table of what is assumed of clients."""
    head = ["", "of 100 subscribers", "asks", "runs, hours a day", "304", "gzip", "clients.md"]
    return _table(head, [_assumed(client) for client in CLIENTS])


def by_client(run: Run) -> str:
    """Return what each kind of client has a part in."""
    head = [
        f"{run.world.subscribers:,} subscribers",
        "of all requests",
        "requests of a subscriber, a day",
        "of its answers 304",
        "of all bytes",
    ]
    lines = []
    for client in CLIENTS:
        traffic = run.plain.by_client[client.name]
        users = run.world.subscribers * client.share / 100
        lines.append(
            [
                client.name,
                _percent(traffic.requests, run.plain.clients.requests),
                _number(run.in_second(traffic.requests) * DAY / users),
                _percent(traffic.not_modified, traffic.requests),
                _percent(traffic.bytes, run.plain.clients.bytes),
            ]
        )
    return _table(head, lines)


def by_age(runs: Sequence[Run]) -> str:
    """Return what other values of max-age would come to."""
    head = [
        f"{runs[0].world.subscribers:,} subscribers: `max-age`",
        "answered by the CDN from a copy that was fresh",
        "reaches the origin, a second",
        "with a shield",
        "behind at most, minutes",
    ]
    plain, shielded = _rate(lambda run: run.plain.origin), _rate(lambda run: run.shielded.origin)
    lines = [
        [f"{run.world.rules.max_age:g}", _how(How.FRESH)(run), plain(run), shielded(run), _behind(run)]
        for run in runs
    ]
    return _table(head, lines)


def _assumed(client: Client) -> list[str]:
    total = sum(weight for weight, _ in client.intervals)
    every = ", ".join(
        f"every {hours:g} h" + (f" ({weight / total:.0%})" if len(client.intervals) > 1 else "")
        for weight, hours in client.intervals
    )
    together = ", once for all subscribers of a feed" if client.together else ""
    return [
        client.name,
        f"{client.share:g}",
        every + together,
        str(client.awake),
        "yes" if client.conditional else "no",
        "yes" if client.compressed else "no",
        client.source,
    ]


def _of_origin(which: str, origin: Callable[[Run], Traffic]) -> list[tuple[str, Value]]:
    return [
        (f"**reaches the origin, {which}**, a second", _rate(origin)),
        ("in the busiest hour, a second", _busiest(origin)),
        ("of these answers 304", _not_modified(origin)),
        (
            "requests a month, in ten thousands",
            lambda run: _number(run.in_second(origin(run).requests) * MONTH / TEN_THOUSAND),
        ),
        (
            "gigabytes a month",
            lambda run: _number(run.in_second(origin(run).bytes) * MONTH / GIGABYTE),
        ),
    ]


def _behind(run: Run) -> str:
    return _number(run.shielded.behind / 60)


def _clients(run: Run) -> Traffic:
    return run.plain.clients


def _rate(traffic: Callable[[Run], Traffic]) -> Value:
    return _of_second(lambda run: traffic(run).requests)


def _busiest(traffic: Callable[[Run], Traffic]) -> Value:
    return _of_second(lambda run: traffic(run).requests * traffic(run).peak)


def _not_modified(traffic: Callable[[Run], Traffic]) -> Value:
    return lambda run: _percent(traffic(run).not_modified, traffic(run).requests)


def _how(how: How) -> Value:
    return lambda run: _percent(run.plain.how[how], run.plain.clients.requests)


def _of_second(number: Callable[[Run], float]) -> Value:
    return lambda run: _number(run.in_second(number(run)))


def _requests(run: Run) -> float:
    return run.in_second(run.plain.clients.requests) * MONTH / TEN_THOUSAND


def _gigabytes(run: Run) -> float:
    return run.in_second(run.plain.clients.bytes) * MONTH / GIGABYTE


def _percent(part: float, whole: float) -> str:
    return f"{part / whole:.0%}" if whole else "–"


def _number(value: float) -> str:
    """Return a number in two digits, as no assumption bears more; whole numbers of organisations are as they are."""
    return f"{float(f'{value:.2g}'):,.10g}"


def _table(head: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    aligned = "|".join(["---", *["--:"] * (len(head) - 1)])
    rows = [f"| {' | '.join(line)} |" for line in (head, *lines)]
    return "\n".join([rows[0], f"|{aligned}|", *rows[1:]]) + "\n"
