"""What the server remembers is bounded, whatever it is asked for."""

import gc
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.support.trees import NOW
from werkzeug.test import Client

from coopcal.site.reader import LiveSite
from coopcal.web import create_app
from coopcal.web.delivery import Cache, Delivery, delivery, stored

LONG = 20_000  # characters of what is asked
TIMES = 140  # more than what the standard library keeps of addresses
MOST = TIMES * LONG // 2  # bytes that may stay, of requests that are many times as long in all


def growth(act: Callable[[int], object], times: int) -> int:
    """Return how many bytes stay after something was done so many times."""
    tracemalloc.start()
    try:
        for number in range(min(times, TIMES)):  # what is made only once, and what is kept of the last ones
            act(-number - 1)
        gc.collect()
        before = tracemalloc.get_traced_memory()[0]
        for number in range(times):
            act(number)
        gc.collect()
        return tracemalloc.get_traced_memory()[0] - before
    finally:
        tracemalloc.stop()


def sent(content: bytes) -> Delivery:
    """Return what is sent of a body, with some headers."""
    return delivery({"identity": stored(content)}, (("Content-Type", "text/plain"),), (), None)


@pytest.mark.parametrize("body", [0, 100, 5_000])
@pytest.mark.parametrize("asked", [10, 20_000])
def test_a_cache_takes_no_more_than_it_may(body: int, asked: int) -> None:
    """Keys and what belongs to an entry count too: far more is asked for than it may hold."""
    cache = Cache(most=1_000_000)

    def ask(number: int) -> None:
        content = b"x" * body + str(number).encode()
        cache.get((number, "a" * asked), lambda: sent(content))

    assert growth(ask, 3_000) <= 1_200_000


def test_a_cache_knows_what_it_was_asked() -> None:
    cache = Cache()
    first, other = sent(b"a"), sent(b"b")

    assert cache.get(("a", None), lambda: first) is first
    assert cache.get(("a", None), lambda: other) is first
    assert cache.get(("a", "None"), lambda: other) is other


@pytest.mark.sweep(cases=1)
@pytest.mark.parametrize(
    "path",
    ["/feeds/bakery.ics", "/feeds/bakery.csv", "/feeds/bakery/subscribe/"],
)
def test_no_part_of_a_request_is_kept(root: Path, path: str) -> None:
    """Addresses and headers without end, each another one."""
    client = Client(create_app(LiveSite(root / "_site"), lambda: NOW))

    def ask(number: int) -> None:
        said = ",".join(f"{number}x{each}".ljust(60, "y") for each in range(40)) + "z" * LONG
        names = (
            "Accept-Encoding",
            "Accept-Language",
            "If-None-Match",
            "If-Modified-Since",
            "User-Agent",
            "Cookie",
        )
        client.get(path, query_string={"tag": said, "organisation": said}, headers=dict.fromkeys(names, said))

    assert growth(ask, TIMES) <= MOST
