"""Simulate calendar programs that ask for feeds through a CDN: ``python -m benchmarks.polling --help``."""

import argparse
import sys
from dataclasses import replace

from benchmarks.polling.caches import Rules
from benchmarks.polling.clients import HOUR
from benchmarks.polling.report import Prices, Run, assumptions, by_age, by_client, totals
from benchmarks.polling.simulation import World, simulate

from coopcal.web.headers import FEED_CACHING

SUBSCRIBERS = (10_000, 1_000_000, 100_000_000)
AGES = (60, 300, 900, 3_600)
"""Seconds of max-age that are held against each other."""


def main(arguments: list[str]) -> None:
    """Simulate what is asked for, and print it."""
    options = _options(arguments)
    rules = Rules.of(options.caching, options.kept * HOUR)
    worlds = [
        World(
            subscribers,
            rules,
            options.seed,
            options.locations,
            options.changes,
            options.body,
            options.compressed,
            options.headers,
            options.sample,
        )
        for subscribers in options.subscribers
    ]
    runs = [Run(world, *simulate(world)) for world in worlds]
    middle = worlds[len(worlds) // 2]
    others = [replace(middle, rules=replace(rules, max_age=seconds)) for seconds in AGES]
    prices = Prices(options.request_price, options.gigabyte_price)
    tables = [
        assumptions(),
        totals(runs, prices),
        by_client(runs[-1]),
        by_age([Run(world, *simulate(world)) for world in others]),
    ]
    sys.stdout.write("\n".join(tables))


def _options(arguments: list[str]) -> argparse.Namespace:
    usual = World(0, Rules(0, 0, 0))
    parser = argparse.ArgumentParser(prog="python -m benchmarks.polling", description=__doc__)

    def option(name: str, default: float, what: str) -> None:
        parser.add_argument(f"--{name}", type=type(default), default=default, help=f"{what}  [{default}]")

    parser.add_argument(
        "--subscribers",
        type=lambda text: [int(number) for number in text.split(",")],
        default=SUBSCRIBERS,
        help=f"how many, with commas  [{','.join(map(str, SUBSCRIBERS))}]",
    )
    parser.add_argument(
        "--caching", default=FEED_CACHING, help="the Cache-Control of feeds  [what coopcal sends]"
    )
    option("seed", usual.seed, "the seed of all chance")
    option("locations", usual.locations, "places of the CDN near users")
    option("kept", 24.0, "hours for which the CDN keeps what nobody asks for")
    option("changes", usual.changes, "changes of a feed in a day")
    option("body", usual.body, "bytes of a feed")
    option("compressed", usual.compressed, "bytes of it in gzip")
    option("headers", usual.headers, "bytes of the headers of an answer")
    option("sample", usual.sample, "subscribers who are simulated of feeds of about the same rank")
    option("request-price", 0.01, "what ten thousand requests cost")
    option("gigabyte-price", 0.05, "what a gigabyte costs that is sent")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main(sys.argv[1:])
