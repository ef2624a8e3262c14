"""``coopcal serve``, the program: a preview publishes nothing and leaves nothing, and all end with their terminal."""

import contextlib
import os
import pty
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner
from tests.support.ports import free_port
from tests.support.snapshot import snapshot
from tests.support.trees import SITE, lay
from tests.support.waiting import PATIENCE, until

from coopcal.cli import main

FILE = "calendars/bakery.yaml"
BAKERY = """\
name: The Bakery
country: BE
events:
  - id: assembly
    title: General assembly
    when: 2096-10-24 14:00/17:30
"""
MISTYPED = BAKERY.replace("id: assembly", "id: assembyl").replace("General", "Mistyped")
MENDED = BAKERY.replace("General", "Annual")
BROKEN = BAKERY.replace("2096-10-24", "2096-02-31")


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def are_gone(group: int) -> bool:
    """Return whether no process of a group is left."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return True
    return False


def command(root: Path, port: int, *options: str) -> list[str]:
    return [sys.executable, "-m", "coopcal", "--root", str(root), "serve", "--port", str(port), *options]


@contextlib.contextmanager
def previewing(root: Path, port: int, place: Path) -> Iterator[subprocess.Popen[str]]:
    """Run a preview whose temporary files lie in a place; it ends with the block at the latest."""
    place.mkdir(exist_ok=True)
    with subprocess.Popen(
        command(root, port, "--watch"),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "TMPDIR": str(place)},
        start_new_session=True,
    ) as process:
        assert process.stdout is not None
        try:
            assert process.stdout.readline().startswith("coopcal serves on")
            yield process
        finally:
            process.terminate()
            process.wait(PATIENCE)


def shows(port: int, title: str) -> bool:
    return f"SUMMARY:{title}" in httpx.get(f"http://127.0.0.1:{port}/feeds/bakery.ics", timeout=PATIENCE).text


def test_an_id_mistyped_for_a_moment_is_forgotten(tmp_path: Path) -> None:
    """The site that is published keeps every byte, and nothing is missed when the id is mended."""
    root, port = lay(tmp_path / "tree", {FILE: BAKERY}), free_port()
    assert CliRunner().invoke(main, ["--root", str(root), "compile"]).exit_code == 0
    before = snapshot(root / "_site")
    with previewing(root, port, tmp_path / "place"):
        until(lambda: shows(port, "General assembly"))
        (root / FILE).write_text(MISTYPED.replace("country: BE", "country: BE\nremoved: [assembly]"))
        until(lambda: shows(port, "Mistyped assembly"))
        (root / FILE).write_text(MENDED)
        until(lambda: shows(port, "Annual assembly"))

    assert snapshot(root / "_site") == before
    assert list((tmp_path / "place").iterdir()) == []
    again = CliRunner().invoke(main, ["--root", str(root), "compile"])
    assert (again.exit_code, again.stderr) == (0, "")


def test_a_preview_of_broken_sources_shows_the_published_site(tmp_path: Path) -> None:
    """With what is wrong over it; the published site is not touched, nor is one made where there is none."""
    root, port = lay(tmp_path / "tree", {FILE: BAKERY}), free_port()
    assert CliRunner().invoke(main, ["--root", str(root), "compile"]).exit_code == 0
    before = snapshot(root / "_site")
    (root / FILE).write_text(BROKEN)
    with previewing(root, port, tmp_path / "place"):
        page = httpx.get(f"http://127.0.0.1:{port}/organisations/bakery/", timeout=PATIENCE)

    assert "General assembly" in page.text
    assert "February 2096 has 29 days" in page.text
    assert snapshot(root / "_site") == before


def test_a_killed_preview_frees_its_port_and_leaves_nothing_for_long(tmp_path: Path) -> None:
    """Its processes end; the next preview takes away what it left, and nothing of one that goes on."""
    root, place = lay(tmp_path / "tree", {FILE: BAKERY}), tmp_path / "place"
    port, other, third = free_port(), free_port(), free_port()
    with previewing(root, port, place) as killed:
        killed.kill()
        killed.wait(PATIENCE)
        until(lambda: are_gone(killed.pid) and is_free(port))
        (left,) = place.iterdir()
        assert left.stat().st_mode & 0o077 == 0
    with previewing(root, other, place):
        (mine,) = place.iterdir()
        assert mine != left
        with previewing(root, third, place):
            assert len(list(place.iterdir())) == 2
        assert list(place.iterdir()) == [mine]
        (root / FILE).write_text(MENDED)
        until(lambda: shows(other, "Annual assembly"))


@pytest.mark.sweep(cases=2)
@pytest.mark.parametrize("options", [["--watch"], []], ids=["watch", "serve"])
@pytest.mark.parametrize("shell", [False, True], ids=["alone", "in-a-shell"])
def test_a_closed_terminal_ends_the_server(tmp_path: Path, options: list[str], shell: bool) -> None:  # noqa: FBT001
    """It and its children end, the port is free, and nothing is left in the temporary folder."""
    root, port, place = lay(tmp_path / "tree", {FILE: BAKERY}), free_port(), tmp_path / "place"
    place.mkdir()
    words = command(root, port, *options)
    if shell:
        words = ["/bin/sh", "-c", '"$@"; exit 0', "sh", *words]
    pid, terminal = pty.fork()
    if pid == 0:
        os.execve(words[0], words, {**os.environ, "TMPDIR": str(place)})
    try:
        said = b""
        while b"coopcal serves on" not in said:
            said += os.read(terminal, 1000)
        assert not is_free(port)
        os.close(terminal)
        until(lambda: os.waitpid(pid, os.WNOHANG)[0] == pid)
        until(lambda: are_gone(pid))

        assert is_free(port)
        assert list(place.iterdir()) == []
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(pid, signal.SIGKILL)


def test_a_server_that_was_started_to_outlive_its_terminal_goes_on(tmp_path: Path) -> None:
    """As ``nohup`` does it, by ignoring the signal."""
    root, port = lay(tmp_path / "tree", {FILE: BAKERY}), free_port()
    words = ["/bin/sh", "-c", 'trap "" HUP; exec "$@"', "sh", *command(root, port)]
    with subprocess.Popen(
        words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, start_new_session=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("coopcal serves on")
        os.killpg(process.pid, signal.SIGHUP)
        time.sleep(1.5)
        answers = shows(port, "General assembly")
        process.terminate()
        process.wait(PATIENCE)

    assert answers
    assert are_gone(process.pid)


@pytest.mark.sweep(cases=1)
@pytest.mark.parametrize("base_url", [None, "https://calendars.example.coop"])
def test_links_of_a_preview_begin_with_its_own_address(base_url: str | None, tmp_path: Path) -> None:
    """Whatever its port is, where the site names no address; what is published is as it was."""
    line = "base_url: https://calendars.example.coop\n"
    assert line in SITE
    settings = SITE.replace(line, f"base_url: {base_url}\n" if base_url else "")
    root, port = lay(tmp_path / "tree", {FILE: BAKERY, "coopcal.yaml": settings}), free_port()
    expected, others = base_url or f"http://127.0.0.1:{port}", "127.0.0.1:8000"
    with previewing(root, port, tmp_path / "place"):
        at = f"http://127.0.0.1:{port}"
        pages = [httpx.get(f"{at}{path}", timeout=PATIENCE).text for path in ("/", "/feeds/bakery/", "/sitemap-1.xml", "/feeds/bakery.ics")]  # fmt: skip
        assert f"URL:{expected}/" in pages[3].replace("\r\n ", "")
        for page in pages:
            assert others not in page
        assert f"{expected}/feeds/bakery" in pages[1]
        assert f"{expected}/" in pages[2]
        (root / FILE).write_text(MENDED)
        until(lambda: shows(port, "Annual assembly"))
        assert f"{expected}/feeds/bakery" in httpx.get(f"{at}/feeds/bakery/", timeout=PATIENCE).text


def test_what_a_thread_of_the_server_needs_is_imported_before_its_worker_is_forked() -> None:
    """A module that a thread imports while the worker is forked stays locked in that: it would wait for ever."""
    code = (
        "import socket, sys, coopcal.cli.server\n"
        "before = set(sys.modules)\n"
        "try: socket.create_connection(('127.0.0.1', 9), 1)\n"
        "except OSError: pass\n"
        "'localhost'.encode('idna')\n"
        "print(sorted(set(sys.modules) - before))\n"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert result.stdout == "[]\n"
