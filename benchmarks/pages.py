"""How soon the first page is seen, and what a narrowed feed costs; needs Chromium.

    make benchmark-pages

The repository's own site is served on loopback by ``coopcal serve``. The largest contentful paint is the browser's own
figure, over fresh visits with an empty cache; the peer is a page that holds one line of text, from the same server,
whose paint the browser reports alike. Narrowed feeds are asked of 10,000 events: each address for the first time, and
again; the peer is the whole feed, which is only read from a file.
"""

import http.client
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.corpus import lay
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parent.parent
CHROMIUM = "/usr/bin/chromium"
VISITS = 40
EVENTS = 10_000
PAINT = """
() => new Promise((done) => {
  new PerformanceObserver((list) => done(list.getEntries().at(-1).startTime))
    .observe({ type: "largest-contentful-paint", buffered: true });
})
"""


def main() -> None:
    """Measure, and print two tables."""
    with tempfile.TemporaryDirectory() as folder:
        with _serving(ROOT, Path(folder) / "own") as port, sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
            )
            first, plain = (_paints(browser, f"http://127.0.0.1:{port}{path}") for path in ("/", "/healthz"))
            browser.close()
        sys.stdout.write("              median ms   19 of 20 ms   worst ms\n")
        for name, taken in (("first page", first), ("one line", plain)):
            middle, most = statistics.median(taken), statistics.quantiles(taken, n=20)[-1]
            sys.stdout.write(f"{name:<11}   {middle:9.0f}   {most:11.0f}   {max(taken):8.0f}\n")
        root = Path(folder) / "many"
        lay(root, EVENTS)
        with _serving(root, root / "_site") as port:
            _narrow(port)


def _paints(browser: Browser, address: str) -> list[float]:
    taken = []
    for _ in range(VISITS):
        context = browser.new_context()
        page = context.new_page()
        page.goto(address)
        taken.append(float(page.evaluate(PAINT)))
        context.close()
    return taken


def _narrow(port: int) -> None:
    addresses = [
        f"/feeds/all.ics?tag=hall-{hall}&past=P{months}M" for hall in range(8) for months in range(1, 13)
    ]
    connection = http.client.HTTPConnection("127.0.0.1", port)
    _ask(connection, ["/feeds/all.ics?limit=1"])
    cold, warm = _ask(connection, addresses), _ask(connection, addresses)
    whole = _ask(connection, ["/feeds/all.ics"] * len(addresses))
    sys.stdout.write("\n              answers/s   times the whole feed's\n")
    for name, taken in (("narrowed", cold), ("again", warm), ("whole", whole)):
        rate = len(addresses) / taken
        sys.stdout.write(f"{name:<11}   {rate:9.0f}   {whole / taken:22.2f}\n")


def _ask(connection: http.client.HTTPConnection, addresses: Iterable[str]) -> float:
    began = time.perf_counter()
    for address in addresses:
        connection.request("GET", address)
        answer = connection.getresponse()
        answer.read()
        if answer.status != http.client.OK:
            sys.exit(f"{address} is {answer.status}")
    return time.perf_counter() - began


@contextmanager
def _serving(root: Path, out: Path) -> Iterator[int]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    command: list[str | Path] = [sys.executable, "-m", "coopcal", "--root", root, "--quiet", "serve"]
    command += ["--port", str(port), "--out", out]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + 60
        while time.monotonic() < until:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield port
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    main()
