"""Publishing to a real cluster of object storage: nodes die, publishers are killed, and two are at it at once.

What is there afterwards is read by a client of another maker.
"""

import hashlib
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from tests.support import swift, waiting
from tests.support.command import serving
from tests.support.programs import skip_or_fail
from tests.support.sweep import sized
from tests.support.swift import Cluster
from tests.support.trees import BAKERY, NOW, SITE, lay

PUBLISHER = Path(__file__).with_name("publisher.py")
REPOSITORY = Path(__file__).parents[3]

MANY = int(os.environ.get("OBJECTS", sized(1_500, sample=300)))
"""Pages of a site while which is published a node dies; OBJECTS=10000 takes a quarter of an hour."""

LONGEST = 1200
"""Seconds that a publisher may take."""


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    run = tmp_path_factory.mktemp("swift")
    skip_or_fail(swift.why_not(run))
    with swift.cluster(run / "run") as cluster:
        yield cluster


def start(cluster: Cluster, address: str, root: Path, pages: int, hours: int = 0) -> subprocess.Popen[str]:
    instant = (NOW + timedelta(hours=hours)).isoformat()
    command = [sys.executable, PUBLISHER, address, root, str(pages), instant]
    environment = {**os.environ, **cluster.environment, "PYTHONPATH": os.pathsep.join(["src", "."])}
    return subprocess.Popen(
        command, cwd=REPOSITORY, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def ended(process: subprocess.Popen[str]) -> tuple[int, int, bool]:
    """Return the number of the generation, how many files were sent, and whether another publisher goes on."""
    out, err = process.communicate(timeout=LONGEST)
    assert process.returncode == 0, err
    number, sent, newer = out.split()
    return int(number), int(sent), newer == "True"


def stored(reader: Any, bucket: str) -> list[str]:
    """Return the keys of a bucket."""
    pages = reader.get_paginator("list_objects_v2").paginate(Bucket=bucket)
    return [one["Key"] for page in pages for one in page.get("Contents", ())]


def until(reader: Any, bucket: str, count: int, process: subprocess.Popen[str]) -> None:
    """Wait until a publisher has stored so much, and is still at it."""
    while len(stored(reader, bucket)) < count:
        assert process.poll() is None, process.communicate()[1]
        time.sleep(0.5)


def read(reader: Any, bucket: str, key: str) -> bytes:
    content: bytes = reader.get_object(Bucket=bucket, Key=f"site/{key}")["Body"].read()
    return content


def whole(reader: Any, bucket: str, number: int) -> dict[str, Any]:
    """Hold that a generation is the newest one, that each of its keys is as it is to be, and return its files by path."""
    newest = json.loads(read(reader, bucket, f"_site/generations/{number:010}.json"))
    assert read(reader, bucket, f"_site/generations/{number:010}.done") == b""
    listed = read(reader, bucket, f"_site/listings/{newest['listing']}.json")
    assert read(reader, bucket, "publication.json") == listed
    files: dict[str, Any] = json.loads(listed)["files"]

    def right(path: str) -> None:
        digest, length, media_type, caching = files[path]
        there = reader.get_object(Bucket=bucket, Key=f"site/{path}")
        assert hashlib.sha256(there["Body"].read()).hexdigest() == digest, path
        assert (there["ContentLength"], there["ContentType"], there["CacheControl"]) == (
            length,
            media_type,
            caching,
        )
        assert "ContentEncoding" not in there

    def kept(part: tuple[str, int]) -> None:
        assert hashlib.sha256(read(reader, bucket, f"_site/files/{part[0]}")).hexdigest() == part[0]

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(right, files))
        list(pool.map(kept, newest["site"].values()))
    return files


@pytest.mark.sweep
def test_a_node_dies_half_way_and_every_key_is_right(tmp_path: Path) -> None:
    skip_or_fail(swift.why_not(tmp_path))
    with swift.cluster(tmp_path / "swift") as cluster:
        reader = cluster.reader()
        reader.create_bucket(Bucket="dies")
        root = lay(tmp_path / "tree")
        publisher = start(cluster, "s3://dies/site", root, MANY)
        until(reader, "dies", MANY // 2, publisher)
        cluster.kill(1)

        number, sent, newer = ended(publisher)

        files = whole(reader, "dies", 1)
        assert (number, newer) == (1, False)
        assert len(files) > MANY
        assert sent > MANY
        again = start(cluster, "s3://dies/site", root, MANY)
        assert ended(again) == (1, 0, False), "the same once more sends nothing"


def test_two_publishers_at_once_leave_one_whole_generation(cluster: Cluster, tmp_path: Path) -> None:
    """One of them is first, and the other one compiles on top of it; or both are on their way in the end."""
    reader = cluster.reader()
    reader.create_bucket(Bucket="two")
    roots = [
        lay(tmp_path / name, {"coopcal.yaml": SITE.replace("Example,", f"{name},")})
        for name in ("one", "other")
    ]
    publishers = [start(cluster, "s3://two/site", root, 120, hours) for hours, root in enumerate(roots)]

    outcomes = [ended(publisher) for publisher in publishers]

    assert {number for number, _, _ in outcomes} == {1, 2}
    files = whole(reader, "two", 2)
    last = [number for number, _, _ in outcomes].index(2)
    page = read(reader, "two", "pages/7/index.html").decode()
    assert page == f"<p>{('one', 'other')[last]} 7"
    public = {key.removeprefix("site/") for key in stored(reader, "two")}
    assert {key for key in public if not key.startswith("_site/")} == {*files, "publication.json"}


def test_a_publisher_that_was_killed_ends_at_the_next_start_and_sends_the_rest(
    cluster: Cluster, tmp_path: Path
) -> None:
    reader = cluster.reader()
    reader.create_bucket(Bucket="killed")
    root = lay(tmp_path, {"calendars/bakery.yaml": BAKERY})
    publisher = start(cluster, "s3://killed/site", root, 150)
    until(reader, "killed", 80, publisher)
    publisher.kill()
    publisher.communicate()
    there = len(stored(reader, "killed"))

    number, sent, newer = ended(start(cluster, "s3://killed/site", root, 150))

    assert (number, newer) == (1, False)
    files = whole(reader, "killed", 1)
    assert sent <= len(files) + 1 - (
        there - len(set(stored(reader, "killed")) - {f"site/{path}" for path in files})
    )


def served(client: httpx.Client) -> str:
    return client.get("/feeds/bakery.ics").raise_for_status().text


def test_a_node_without_sources_serves_what_is_published(cluster: Cluster, tmp_path: Path) -> None:
    """It follows what is published, and goes on with the last site while the bucket does not answer, also as it starts."""
    cluster.reader().create_bucket(Bucket="followed")
    root, node = lay(tmp_path / "tree"), tmp_path / "node"
    node.mkdir()
    ended(start(cluster, "s3://followed/site", root, 1))
    options = ["--site", "s3://followed/site", "--every", "1"]

    with serving(node, *options, **cluster.environment) as (client, process):
        assert "Open day" in served(client)
        lay(root, {"calendars/bakery.yaml": BAKERY.replace("Open day", "Day of open doors")})
        ended(start(cluster, "s3://followed/site", root, 1, hours=1))
        waiting.until(lambda: "Day of open doors" in served(client))
        with cluster.unreachable():
            waiting.until(lambda: client.get("/readyz").json()["trouble"] is not None)
            assert "Day of open doors" in served(client)
        waiting.until(lambda: client.get("/readyz").json()["trouble"] is None)
        process.terminate()
        said = process.stdout.read()

    assert said.count("the site before is still served") == 1
    assert said.count("s3://followed/site answers again") == 1
    with cluster.unreachable(), serving(node, *options, **cluster.environment) as (client, _):
        assert "Day of open doors" in served(client)
    assert [path.name for path in node.iterdir()] == ["_site"]


def published(cluster: Cluster, root: Path, address: str, minutes: int, *options: str) -> str:
    """Run ``coopcal publish``, and return what it says."""
    now = (NOW + timedelta(minutes=minutes)).isoformat()
    command = [
        sys.executable,
        "-m",
        "coopcal",
        "--root",
        str(root),
        "publish",
        address,
        "--now",
        now,
        *options,
    ]
    environment = {**os.environ, **cluster.environment, "LANG": "C.UTF-8"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_command_publishes_the_public_site_from_one_machine_and_another(
    cluster: Cluster, tmp_path: Path
) -> None:
    reader = cluster.reader()
    reader.create_bucket(Bucket="command")
    one, other = lay(tmp_path / "one"), lay(tmp_path / "other")

    first = published(cluster, one, "s3://command/site", 0)
    assert re.match(r"Published \d+ files \([\d.]+ MB\) to s3://command/site: \d+ sent, 0 deleted\.", first)
    assert "Left out, as it takes a server" in first
    assert {"index.html", "feeds/bakery.ics", "site.json"} <= whole(reader, "command", 1).keys()

    again = published(cluster, one, "s3://command/site", 20)
    assert again == "s3://command/site is as it is to be: nothing was sent.\n"

    lay(other, {"calendars/bakery.yaml": BAKERY.replace("Open day", "Day of open doors")})
    published(cluster, other, "s3://command/site", 120)
    whole(reader, "command", 2)
    stamps = re.findall(r"LAST-MODIFIED:(\S+)", read(reader, "command", "feeds/bakery.ics").decode())
    assert sorted(stamps) == ["20260601T120000Z", "20260601T140000Z"], "one event has changed"


def test_a_former_bucket_leads_on(cluster: Cluster, tmp_path: Path) -> None:
    """Where the site was published until now: feeds have the bytes of the new place, pages lead there, and nothing else is left."""
    reader = cluster.reader()
    for bucket in ("former", "present"):
        reader.create_bucket(Bucket=bucket)
    line = next(line for line in SITE.splitlines() if line.startswith("base_url: "))
    old = line.removeprefix("base_url: ")
    root = lay(tmp_path)
    published(cluster, root, "s3://former/site", 0)
    moved = SITE.replace(line, f"base_url: https://new.example.coop\nalso_at: [{old}]")
    lay(root, {"coopcal.yaml": moved})
    published(cluster, root, "s3://present/site", 1)

    said = published(cluster, root, "s3://former/site", 2, "--forward")

    assert "to s3://former/site: " in said
    files, present = whole(reader, "former", 2), whole(reader, "present", 1)
    feeds = [path for path in files if path.endswith(".ics")]
    assert {"feeds/all.ics", "feeds/bakery.ics"} <= set(feeds)
    for path in feeds:
        assert files[path] == present[path], path
    page = read(reader, "former", "events/bakery/open-day/index.html").decode()
    address = "https://new.example.coop/events/bakery/open-day/"
    assert f'<meta http-equiv="refresh" content="0; url={address}">' in page
    assert f'<link rel="canonical" href="{address}">' in page
    public = {key.removeprefix("site/") for key in stored(reader, "former")}
    assert {key for key in public if not key.startswith("_site/")} >= {*files, "publication.json"}
    again = published(cluster, root, "s3://former/site", 2, "--forward")
    assert "nothing was sent" in again
