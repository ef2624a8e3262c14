"""A real OpenStack Swift cluster of three nodes on loopback, which speaks the protocol of S3, too."""

import contextlib
import os
import subprocess
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import boto3
import httpx
from botocore.config import Config
from tests.support.ports import free_port

CACHE = Path(__file__).parents[1] / ".cache/swift"
"""The environment of its own that Swift is installed in; ``make swift`` does so."""

NODES = 3
SERVICES = ("account", "container", "object")
ACCESS, SECRET = "test:tester", "testing"

ETC = """\
[swift-hash]
swift_hash_path_suffix = coopcal
swift_hash_path_prefix = coopcal
[storage-policy:0]
name = gold
default = yes
"""

SERVER = """\
[DEFAULT]
bind_ip = 127.0.0.1
bind_port = {port}
workers = 0
devices = {run}/node{node}
mount_check = false
disable_fallocate = true
swift_dir = {run}/etc
user = {user}
recon_cache_path = {run}/cache
log_level = CRITICAL
[pipeline:main]
pipeline = {service}-server
[app:{service}-server]
use = egg:swift#{service}
container_update_timeout = 10
"""

PROXY = """\
[DEFAULT]
bind_ip = 127.0.0.1
bind_port = {port}
workers = 0
swift_dir = {run}/etc
user = {user}
log_level = CRITICAL
[pipeline:main]
pipeline = catch_errors gatekeeper healthcheck cache listing_formats bulk s3api tempauth copy slo versioned_writes proxy-server
[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
conn_timeout = 2
[filter:catch_errors]
use = egg:swift#catch_errors
[filter:gatekeeper]
use = egg:swift#gatekeeper
[filter:healthcheck]
use = egg:swift#healthcheck
[filter:cache]
use = egg:swift#memcache
memcache_servers = 127.0.0.1:{nobody}
[filter:listing_formats]
use = egg:swift#listing_formats
[filter:bulk]
use = egg:swift#bulk
[filter:s3api]
use = egg:swift#s3api
location = us-east-1
s3_acl = false
[filter:tempauth]
use = egg:swift#tempauth
user_test_tester = testing .admin
[filter:copy]
use = egg:swift#copy
[filter:slo]
use = egg:swift#slo
[filter:versioned_writes]
use = egg:swift#versioned_writes
"""


def why_not(folder: Path) -> str | None:
    """Return why the cluster cannot run with its files in a folder, None where it can."""
    if not (CACHE / "bin/swift-proxy-server").exists():
        return "Swift is not installed: make swift"
    probe = folder / "attributes"
    probe.touch()
    try:
        os.setxattr(probe, "user.coopcal", b"there")
    except OSError:
        return f"the file system of {folder} keeps no attributes of users, which Swift needs"
    finally:
        probe.unlink()
    return None


@dataclass(frozen=True)
class Program:
    """A server of a cluster: its name, its file of settings, and its environment."""

    name: str
    conf: Path
    environment: Mapping[str, str]

    def start(self) -> subprocess.Popen[bytes]:
        """Start it; what it has to say goes into a file beside its settings."""
        with self.conf.with_suffix(".log").open("ab") as log:
            return subprocess.Popen(
                [CACHE / "bin" / self.name, self.conf, "-v"], stdout=log, stderr=log, env=self.environment
            )


class Cluster:
    """A cluster: where it answers, and the programs of each node."""

    def __init__(self, port: int, proxy: Program, nodes: list[list[Program]]) -> None:
        self.port = port
        self._proxy = proxy
        self._front = proxy.start()
        self._running = [_started(node) for node in nodes]

    @property
    def environment(self) -> Mapping[str, str]:
        """What tells a program to publish there."""
        return {
            "AWS_ENDPOINT_URL": f"http://127.0.0.1:{self.port}",
            "AWS_ACCESS_KEY_ID": ACCESS,
            "AWS_SECRET_ACCESS_KEY": SECRET,
            "AWS_REGION": "us-east-1",
        }

    def kill(self, node: int) -> None:
        """Kill all that a node runs. What it missed it would be told by replicators, which do not run here."""
        _kill(self._running[node])

    @contextlib.contextmanager
    def unreachable(self) -> Iterator[None]:
        """Answer nobody until the end of the block."""
        _kill([self._front])
        try:
            yield
        finally:
            self._front = self._proxy.start()
            _wait([self.port])

    def stop(self) -> None:
        """Kill all."""
        _kill([self._front, *(process for node in self._running for process in node)])

    def reader(self) -> Any:
        """Return a client of another maker."""
        return boto3.client(
            "s3",
            endpoint_url=f"http://127.0.0.1:{self.port}",
            aws_access_key_id=ACCESS,
            aws_secret_access_key=SECRET,
            region_name="us-east-1",
            config=Config(
                s3={"addressing_style": "path"}, retries={"total_max_attempts": 5}, max_pool_connections=16
            ),
        )


def _started(programs: Iterable[Program]) -> list[subprocess.Popen[bytes]]:
    return [program.start() for program in programs]


def _kill(processes: Iterable[subprocess.Popen[bytes]]) -> None:
    for process in processes:
        process.kill()
        process.wait(10)


@contextlib.contextmanager
def cluster(run: Path) -> Iterator[Cluster]:
    """Run a cluster with its files in a folder until the block ends."""
    etc = run / "etc"
    etc.mkdir(parents=True)
    (run / "cache").mkdir()
    (etc / "swift.conf").write_text(ETC, encoding="utf-8")
    environment = {**os.environ, "SWIFT_CONF_DIR": str(etc)}
    places = {"run": run, "user": subprocess.check_output(["id", "-un"], text=True).strip()}
    ports = {(service, node): free_port() for service in SERVICES for node in range(NODES)}

    def program(name: str, file: str, settings: str) -> Program:
        (etc / file).write_text(settings, encoding="utf-8")
        return Program(name, etc / file, environment)

    for service in SERVICES:
        _ring(etc, service, [ports[service, node] for node in range(NODES)])
    nodes = []
    for node in range(NODES):
        (run / f"node{node}/d{node}").mkdir(parents=True)
        settings = {
            service: SERVER.format(port=ports[service, node], node=node, service=service, **places)
            for service in SERVICES
        }
        nodes.append(
            [program(f"swift-{one}-server", f"{one}{node}.conf", text) for one, text in settings.items()]
        )
    port = free_port()
    proxy = program("swift-proxy-server", "proxy.conf", PROXY.format(port=port, nobody=free_port(), **places))
    running = Cluster(port, proxy, nodes)
    try:
        _wait([*ports.values(), port])
        yield running
    finally:
        running.stop()


def _ring(etc: Path, service: str, ports: list[int]) -> None:
    """Write where the three replicas of everything are: one on each node."""
    devices = [(f"r1z{node + 1}-127.0.0.1:{port}/d{node}", "1") for node, port in enumerate(ports)]
    for words in (
        ["create", "6", str(NODES), "1"],
        ["add", *(word for one in devices for word in one)],
        ["rebalance"],
    ):
        command = [CACHE / "bin/swift-ring-builder", etc / f"{service}.builder", *words]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        assert done.returncode == 0, done.stdout + done.stderr


def _wait(ports: list[int]) -> None:
    """Wait until every server answers."""
    until = time.monotonic() + 60
    for port in ports:
        while not _answers(port):
            assert time.monotonic() < until, f"nothing answers on port {port}"
            time.sleep(0.1)


def _answers(port: int) -> bool:
    try:
        httpx.get(f"http://127.0.0.1:{port}/healthcheck", timeout=5)
    except httpx.HTTPError:
        return False
    return True
