"""The files of ``deploy/`` as they stand there, run by the programs that they are for, on free ports of loopback."""

import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from ssl import SSLContext, create_default_context
from typing import Any

import httpx
from tests.support.ports import free_port
from tests.support.programs import skip_or_fail
from tests.support.running import running

DEPLOY = Path(__file__).parents[2] / "deploy"
NAME = "calendars.example.coop"


@dataclass(frozen=True)
class Front:
    """A server in front of the application: what it answers in clear and in secret, and the folder with its logs."""

    plain: str
    secret: str
    context: SSLContext
    work: Path

    def get(self, path: str, scheme: str = "https", method: str = "GET", **headers: str) -> httpx.Response:
        """Ask for a path under the name of the site, and follow nothing."""
        address = self.secret if scheme == "https" else self.plain
        told: dict[str, Any] = {
            "Host": NAME,
            **{name.replace("_", "-"): value for name, value in headers.items()},
        }
        with httpx.Client(verify=self.context, timeout=30) as client:
            request = client.build_request(
                method, f"{address}{path}", headers=told, extensions={"sni_hostname": NAME}
            )
            return client.send(request)

    def logged(self, wanted: str) -> str:
        """Return all that stands in logs, once what is wanted does; they are written after answers."""
        end = time.monotonic() + 10
        while True:
            told = "".join(path.read_text(encoding="utf-8") for path in sorted(self.work.glob("*.log")))
            if wanted in told or time.monotonic() > end:
                return told
            time.sleep(0.1)


def certificate(work: Path) -> tuple[Path, Path]:
    """Return a certificate for the name of the site that is its own authority, and its key."""
    chain, key = work / "chain.pem", work / "key.pem"
    subject = ["-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME},IP:127.0.0.1"]
    command = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-nodes",
    ]
    subprocess.run([*command, "-keyout", key, "-out", chain, *subject], check=True, capture_output=True)
    return chain, key


@contextmanager
def nginx(upstream: int, work: Path, below: tuple[str, str] | None = None) -> Iterator[Front]:
    """Run nginx with ``deploy/nginx.conf`` before an application at a port; ``below`` is a line and what stands for it."""
    program = shutil.which("nginx")
    skip_or_fail(None if program else "nginx is not installed here (Debian: apt install nginx-light)")
    chain, key = certificate(work)
    plain, secret = free_port(), free_port()
    told = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    if below:
        assert below[0] in told
        told = told.replace(*below)
    told = re.sub(r".*listen \[::\].*\n", "", told)
    replacements = {
        "listen 80;": f"listen 127.0.0.1:{plain};",
        "listen 443 ssl": f"listen 127.0.0.1:{secret} ssl",
        "127.0.0.1:8000": f"127.0.0.1:{upstream}",
        f"/etc/letsencrypt/live/{NAME}/fullchain.pem": str(chain),
        f"/etc/letsencrypt/live/{NAME}/privkey.pem": str(key),
        "/var/cache/nginx/coopcal": f"{work}/cache",
        "/var/log/nginx/": f"{work}/",
    }
    for old, new in replacements.items():
        assert old in told, old
        told = told.replace(old, new)
    paths = "\n".join(
        f"{name}_temp_path {work}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (work / "nginx.conf").write_text(
        f"{'user root; ' if os.geteuid() == 0 else ''}daemon off; pid {work}/pid; error_log {work}/error.log info;\n"
        f"events {{}}\nhttp {{ access_log {work}/access.log; {paths}\n{told}\n}}\n",
        encoding="utf-8",
    )
    command = [program or "", "-p", work, "-c", work / "nginx.conf", "-e", work / "error.log"]
    with running(command, secret, work / "error.log"):
        yield Front(
            f"http://127.0.0.1:{plain}",
            f"https://127.0.0.1:{secret}",
            create_default_context(cafile=str(chain)),
            work,
        )


@contextmanager
def caddy(upstream: int, work: Path) -> Iterator[Front]:
    """Run Caddy with ``deploy/Caddyfile`` before an application at a port, and an authority of its own."""
    program = shutil.which("caddy")
    skip_or_fail(None if program else "Caddy is not installed here (Debian: apt install caddy)")
    chain, key = certificate(work)
    plain, secret = free_port(), free_port()
    told = (DEPLOY / "Caddyfile").read_text(encoding="utf-8")
    replacements = {
        "{\n\tlog default {\n": (
            f"{{\n\tadmin off\n\thttp_port {plain}\n\thttps_port {secret}\n\tdefault_bind 127.0.0.1\n"
            f"\tlog default {{\n\t\toutput file {work}/caddy.log\n"
        ),
        f"\n{NAME} {{\n": f"\n{NAME} {{\n\ttls {chain} {key}\n",
        "127.0.0.1:8000": f"127.0.0.1:{upstream}",
    }
    for old, new in replacements.items():
        assert old in told, old
        told = told.replace(old, new)
    (work / "Caddyfile").write_text(told, encoding="utf-8")
    command = [program or "", "run", "--config", str(work / "Caddyfile"), "--adapter", "caddyfile"]
    own = {"HOME": str(work), "XDG_DATA_HOME": str(work), "XDG_CONFIG_HOME": str(work)}
    with running(command, secret, environment={**os.environ, **own}):
        yield Front(
            f"http://127.0.0.1:{plain}",
            f"https://127.0.0.1:{secret}",
            create_default_context(cafile=str(chain)),
            work,
        )
