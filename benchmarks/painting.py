"""How soon the first page is seen in a browser; needs Chromium and Playwright, which the tests bring.

The largest contentful paint is the browser's own figure, over fresh visits with an empty cache; the limit is a page that
holds one line of text, from the same server, whose paint the browser reports alike.
"""

from pathlib import Path

from benchmarks.compiling import coopcal
from benchmarks.result import Role, Row, Section
from benchmarks.servers import free_port, running

try:
    from playwright.sync_api import Browser, sync_playwright
except ImportError:
    sync_playwright = None  # type: ignore[assignment]

ROOT = Path(__file__).parent.parent
CHROMIUM = Path("/usr/bin/chromium")
PAINT = """
() => new Promise((done) => {
  new PerformanceObserver((list) => done(list.getEntries().at(-1).startTime))
    .observe({ type: "largest-contentful-paint", buffered: true });
})
"""


def is_possible() -> bool:
    """Return whether there is a browser, and what speaks to it."""
    return sync_playwright is not None and CHROMIUM.exists()


def painting(visits: int, folder: Path) -> Section:
    """Visit the repository's own site."""
    port = free_port()
    command = coopcal(ROOT, "serve", "--port", str(port), "--out", folder / "own")
    with running(command, port), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        rows = tuple(
            Row(name, role, _paints(browser, f"http://127.0.0.1:{port}{path}", visits))
            for name, role, path in (
                ("home page", Role.OURS, "/"),
                ("a line of text", Role.LIMIT, "/healthz"),
            )
        )
        browser.close()
    return Section("Largest contentful paint in Chromium, empty cache", "ms", rows)


def _paints(browser: "Browser", address: str, visits: int) -> tuple[float, ...]:
    taken = []
    for _ in range(visits):
        context = browser.new_context()
        page = context.new_page()
        page.goto(address)
        taken.append(float(page.evaluate(PAINT)))
        context.close()
    return tuple(taken)
