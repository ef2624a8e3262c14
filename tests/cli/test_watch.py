"""``coopcal serve --watch``: from a save to the open page, by every way in which editors write."""

import contextlib
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page, expect
from tests.support import browser
from tests.support.browser import browsing
from tests.support.ports import free_port
from tests.support.trees import lay
from tests.support.waiting import PATIENCE, until

from coopcal.cli.watcher import QUIET, Watcher

FILE = "calendars/bakery.yaml"
BAKERY = """\
name: The Bakery
country: BE
events:
  - id: assembly
    title: General assembly
    when: 2096-10-24 14:00/17:30
"""
RETITLED = BAKERY.replace("General assembly", "Annual assembly")
BROKEN = BAKERY.replace("2096-10-24", "2096-02-31")


@contextlib.contextmanager
def watching(root: Path, port: int | None = None) -> Iterator[str]:
    """Run ``coopcal serve --watch`` until the block ends; return its address."""
    port = port or free_port()
    command = [sys.executable, "-m", "coopcal", "--root", str(root), "serve", "--watch", "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        try:
            assert process.stdout.readline().startswith("coopcal serves on")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(PATIENCE)


def put(root: Path, path: str) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text("name: x\n", encoding="utf-8")


def in_place(file: Path, text: str) -> None:
    """VS Code: empties the file and writes it."""
    file.write_text("", encoding="utf-8")
    file.write_text(text, encoding="utf-8")


def renamed_over(file: Path, text: str) -> None:
    """JetBrains: writes aside, and renames over the file."""
    aside = file.with_name(f"{file.name}___jb_tmp___")
    aside.write_text(text, encoding="utf-8")
    aside.replace(file)


def moved_away(file: Path, text: str) -> None:
    """vim: tries whether it may write, moves the file away, writes a new one, and deletes the old."""
    probe, backup = file.with_name("4913"), file.with_name(f"{file.name}~")
    probe.touch()
    probe.unlink()
    file.rename(backup)
    file.write_text(text, encoding="utf-8")
    backup.unlink()


def deleted_and_created(file: Path, text: str) -> None:
    """A simple editor."""
    file.unlink()
    file.write_text(text, encoding="utf-8")


@contextlib.contextmanager
def counted(root: Path, compile_anew: Callable[[], None] = lambda: None) -> Iterator[list[float]]:
    """Watch a tree; return the times at which it was compiled."""
    times: list[float] = []

    def noted() -> bool:
        times.append(time.monotonic())
        compile_anew()
        return True

    watcher = Watcher(root, noted)
    watcher.compile()
    watcher.start()
    time.sleep(0.5)
    try:
        yield times
    finally:
        watcher.stop()


@pytest.mark.parametrize("save", [in_place, renamed_over, moved_away, deleted_and_created])
def test_each_save_is_one_compile(tmp_path: Path, save: Callable[[Path, str], None]) -> None:
    """However many events an editor makes of it; where this machine holds it up in the midst of a save, it saves anew."""
    root = lay(tmp_path, {FILE: BAKERY})
    with counted(root) as times:
        for _ in range(20):
            known = len(times)
            begun = time.monotonic()
            save(root / FILE, RETITLED)
            took = time.monotonic() - begun
            until(lambda: len(times) > known)  # noqa: B023 - it is called here alone
            time.sleep(1.5)
            if took < QUIET / 1000:
                break

    assert len(times) == known + 1


def test_a_save_during_a_compile_is_compiled_afterwards(tmp_path: Path) -> None:
    """And nothing is compiled a third time."""
    root = lay(tmp_path, {FILE: BAKERY})
    saved: list[str] = []

    def slow() -> None:
        if saved and len(saved) == 1:
            saved.append("meanwhile")
            renamed_over(root / FILE, RETITLED)
            time.sleep(0.3)

    with counted(root, slow) as times:
        saved.append("first")
        (root / "aside").write_text(BROKEN, encoding="utf-8")
        (root / "aside").replace(root / FILE)
        until(lambda: len(times) == 3)
        time.sleep(1.5)

    assert len(times) == 3


def test_folders_that_appear_later_are_watched_and_others_never(tmp_path: Path) -> None:
    """A document beside an organisation's files counts; the compiled site, git and editors' copies do not."""
    root = lay(tmp_path, {FILE: BAKERY})
    with counted(root) as times:
        put(root, "feeds/more.yaml")
        until(lambda: len(times) == 2)
        put(root, "calendars/mill/organisation.yaml")
        until(lambda: len(times) >= 3)
        time.sleep(1.5)
        before = len(times)
        put(root, "calendars/mill/files/agenda.pdf")
        until(lambda: len(times) > before)
        time.sleep(1.5)
        before = len(times)
        for path in ("_site/x", ".git/x", "notes.txt", "calendars/.bakery.yaml.swp"):
            put(root, path)
        time.sleep(1.5)

    assert len(times) == before


@pytest.fixture
def page(tmp_path: Path) -> Iterator[Page]:
    with browsing(tmp_path / "profile") as context:
        yield context.new_page()


def test_the_open_page_follows_the_sources(tmp_path: Path, page: Page) -> None:
    """An edit reloads it; an error is shown over the last good site, with its line; both go when mended."""
    root = lay(tmp_path / "tree", {FILE: BAKERY})
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(f"{message.location}: {message.text}"))
    panel = page.locator("#coopcal-problems")
    with watching(root) as address:
        page.goto(f"{address}/organisations/bakery/")
        expect(page.get_by_text("General assembly")).to_be_visible()
        expect(panel).to_be_empty()
        moved_away(root / FILE, RETITLED)
        expect(page.get_by_text("Annual assembly")).to_be_visible()
        renamed_over(root / FILE, BROKEN)
        expect(panel).to_contain_text("calendars/bakery.yaml:6:19")

        assert panel.get_attribute("role") == "alert"
        expect(page.get_by_text("Annual assembly")).to_be_visible()
        expect(panel.get_by_role("heading", level=3)).to_contain_text("February 2096 has 29 days")
        lines = panel.locator("pre").inner_text().split("\n")
        assert lines[0].strip() == "when: 2096-02-31 14:00/17:30"
        assert lines[0][lines[1].index("^") :].startswith("31 14:00")
        expect(panel).to_contain_text("Mend: when: 2096-02-29 14:00/17:30")
        page.keyboard.press("Escape")
        expect(panel.get_by_role("heading", level=3)).to_be_hidden()
        page.reload()
        expect(panel.get_by_role("heading", level=3)).to_be_visible()
        in_place(root / FILE, BAKERY)
        expect(panel).to_be_empty()
        expect(page.get_by_text("General assembly")).to_be_visible()

    assert [each for each in complaints if "favicon.ico" not in each] == []


def test_a_first_compile_that_fails_shows_what_is_wrong(tmp_path: Path, page: Page) -> None:
    """The site appears when it is mended."""
    root = lay(tmp_path / "tree", {FILE: BROKEN})
    with watching(root) as address:
        page.goto(address)
        expect(page.get_by_role("heading", level=3)).to_contain_text("February 2096 has 29 days")
        renamed_over(root / FILE, BAKERY)
        expect(page.get_by_role("heading", name="What’s on next")).to_be_visible()


def test_an_open_page_outlives_the_server(tmp_path: Path, page: Page) -> None:
    """It follows the server that is started in its place."""
    root, port = lay(tmp_path / "tree", {FILE: BAKERY}), free_port()
    with watching(root, port) as address:
        page.goto(f"{address}/organisations/bakery/")
        expect(page.get_by_text("General assembly")).to_be_visible()
    renamed_over(root / FILE, RETITLED)
    with watching(root, port):
        expect(page.get_by_text("Annual assembly")).to_be_visible()


def test_open_pages_take_no_thread_of_the_server(tmp_path: Path) -> None:
    """Twelve pages follow the sources of a server with four threads, and a feed is answered at once."""
    root = lay(tmp_path / "tree", {FILE: BAKERY})
    with browsing(tmp_path / "profile") as context, watching(root) as address:
        for page in [context.new_page() for _ in range(12)]:
            page.goto(address)
        took = []
        for _ in range(40):
            begun = time.monotonic()
            assert httpx.get(f"{address}/feeds/all.ics", timeout=PATIENCE).status_code == 200
            took.append(time.monotonic() - begun)

    assert sorted(took)[len(took) // 2] < 1


def test_only_a_watching_server_is_asked_for_news(tmp_path: Path) -> None:
    """The strict policy is widened by ``'self'`` for questions, on pages alone."""
    root = lay(tmp_path, {FILE: BAKERY})
    with watching(root) as address:
        page, feed = (
            httpx.get(address, timeout=PATIENCE),
            httpx.get(f"{address}/feeds/all.ics", timeout=PATIENCE),
        )

    policy = page.headers["Content-Security-Policy"]
    assert policy.endswith("; connect-src 'self'")
    assert page.headers["Cache-Control"] == "no-store"
    assert "connect-src" not in feed.headers["Content-Security-Policy"]
    assert re.search(
        r'<script src="/watch/watch\.[0-9a-f]{12}\.js" data-version="[0-9a-f]{40}" defer>', page.text
    )


def test_a_missing_browser_is_told_and_fails_in_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not skipped in silence."""
    nowhere = Path(os.devnull) / "chromium"
    monkeypatch.setenv("CI", "")
    with pytest.raises(pytest.skip.Exception, match="NOT tried"):
        browser.require(nowhere)
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="apt install chromium"):
        browser.require(nowhere)
