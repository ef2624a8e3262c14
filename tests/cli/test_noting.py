"""What a real server notes of requests: its log, its numbers, and that nothing secret is in either."""

import hashlib
import json
import os
import re
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from tests.support.command import coopcal, serving
from tests.support.ports import free_port
from tests.support.running import running
from tests.support.trees import BAKERY, compiled, lay
from tests.support.waiting import PATIENCE

from coopcal.cli.noting import Noting, counted, counter
from coopcal.counting.counts import FAILED, PUBLISHED
from coopcal.counting.ledger import FILE, Ledger
from coopcal.site.layout import SiteError
from coopcal.site.tokens import known_by

TOKEN = "metrics-token-0123456789"
SECRET = "c2VjcmV0LXRva2VuLTAx"
GOOGLE, APPLE = "Google-Calendar-Importer", "iOS/18.0 (22A3354) dataaccessd/1.0"
BEARER = {"Authorization": f"Bearer {TOKEN}"}
SAMPLE = re.compile(
    r'(?P<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(?P<labels>(?:[a-z_]+="(?:[^"\\\n]|\\[\\"n])*",?)*)\})? (?P<value>\S+)'
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return lay(tmp_path / "tree")


def samples(text: str) -> dict[str, float]:
    """Return what is written in the text format, version 0.0.4; each metric is told of before, once, and nothing twice."""
    kinds: dict[str, str] = {}
    read: dict[str, float] = {}
    for line in text.splitlines():
        if line.startswith("# TYPE "):
            _, _, name, kind = line.split()
            assert name not in kinds
            kinds[name] = kind
        elif not line.startswith("# HELP "):
            sample = SAMPLE.fullmatch(line)
            assert sample, line
            base = re.sub(r"_(?:bucket|sum|count)$", "", sample["name"])
            assert kinds.get(sample["name"]) or kinds[base] == "histogram"
            key = f"{sample['name']}{{{sample['labels'] or ''}}}"
            assert key not in read
            read[key] = float(sample["value"])
    assert text.endswith("\n")
    return read


def metrics(client: httpx.Client) -> dict[str, float]:
    answer = client.get("/metrics", headers=BEARER)
    assert answer.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-store"
    return samples(answer.text)


def fetch(client: httpx.Client, agent: str, path: str = "/feeds/all.ics", **headers: str) -> int:
    return client.get(path, headers={"User-Agent": agent, **headers}).status_code


def test_numbers_tell_what_was_asked_and_nobody_s_secrets(root: Path, tmp_path: Path) -> None:
    """Feeds are answered before any thread is asked, and counted all the same; HEAD and what is not there are no fetches."""
    with serving(root, "--state", str(tmp_path / "state"), COOPCAL_METRICS_TOKEN=TOKEN) as (client, _):
        etag = client.get("/feeds/all.ics", headers={"User-Agent": GOOGLE}).headers["ETag"]
        statuses = [fetch(client, GOOGLE, **{"If-None-Match": etag}) for _ in range(3)]
        statuses += [
            fetch(client, APPLE, "/feeds/bakery.fr.ics?tag=open-doors"),
            fetch(client, APPLE, "/feeds/no.ics"),
        ]
        statuses += [
            fetch(client, APPLE, f"/private/{SECRET}/board.ics"),
            client.head("/feeds/all.ics").status_code,
        ]
        through = fetch(client, APPLE, **{"CDN-Loop": "example"})
        client.post("/check/", data={"text": "name: x", "kind": "organisation"})
        told = metrics(client)
        text = client.get("/metrics", headers=BEARER).text

    assert [*statuses, through] == [304, 304, 304, 200, 404, 404, 200, 200]
    assert told['coopcal_feed_fetches_total{feed="all",family="google"}'] == 4
    assert told['coopcal_feed_fetches_total{feed="all",family="cdn"}'] == 1
    assert told['coopcal_feed_fetches_total{feed="bakery",family="apple"}'] == 1
    assert {key: value for key, value in told.items() if key.startswith("coopcal_fetches_total")} == {
        'coopcal_fetches_total{family="apple"}': 1,
        'coopcal_fetches_total{family="cdn"}': 1,
        'coopcal_fetches_total{family="google"}': 4,
    }
    assert told['coopcal_requests_total{kind="feed",status="2xx"}'] == 4
    assert told['coopcal_requests_total{kind="feed",status="3xx"}'] == 3
    assert told['coopcal_requests_total{kind="feed",status="4xx"}'] == 1
    assert told['coopcal_requests_total{kind="private",status="4xx"}'] == 1
    assert told['coopcal_requests_total{kind="check",status="2xx"}'] == 1
    assert told['coopcal_request_duration_seconds_bucket{kind="feed",le="+Inf"}'] == 8
    assert told['coopcal_request_duration_seconds_count{kind="feed"}'] == 8
    assert told["coopcal_site_ready{}"] == 1
    assert SECRET not in text
    assert "board" not in text


@pytest.mark.parametrize(
    ("variables", "statuses"),
    [({}, [404] * 5), ({"COOPCAL_METRICS_TOKEN": TOKEN}, [401, 401, 401, 401, 200])],
)
def test_numbers_are_for_those_who_know_the_token(
    root: Path, variables: dict[str, str], statuses: list[int]
) -> None:
    said = ["Bearer other", f"Basic {TOKEN}", "Bearer"]
    with serving(root, **variables) as (client, _):
        answers = [client.get("/metrics")]
        answers += [client.get("/metrics", headers={"Authorization": one}) for one in said]
        answers.append(client.get("/metrics", headers=BEARER))

    assert [one.status_code for one in answers] == statuses
    for one in answers:
        assert ("WWW-Authenticate" in one.headers) == (one.status_code == 401)


@pytest.fixture
def several(root: Path, tmp_path: Path) -> Iterator[httpx.Client]:
    """Serve ``wsgi.py`` by several processes."""
    compiled(root)
    port = free_port()
    command = [str(Path(sys.executable).with_name("granian")), "--interface", "wsgi", "--workers", "3"]
    own = {
        "COOPCAL_SITE": str(root / "_site"),
        "COOPCAL_STATE": str(tmp_path / "state"),
        "COOPCAL_METRICS_TOKEN": TOKEN,
    }
    command += ["--port", str(port), "wsgi:app"]
    with (
        running(command, port, environment=os.environ | own) as address,
        httpx.Client(base_url=address, timeout=60) as client,
    ):
        yield client


def test_several_processes_are_told_as_one(several: httpx.Client) -> None:
    """Each request on a connection of its own, so that all of them answer some; what one told never goes back."""

    def ask(_: int) -> int:
        return httpx.get(
            f"{several.base_url}/feeds/all.ics", headers={"User-Agent": GOOGLE}, timeout=PATIENCE
        ).status_code

    with ThreadPoolExecutor(8) as threads:
        statuses = list(threads.map(ask, range(60)))
    name, told = 'coopcal_feed_fetches_total{feed="all",family="google"}', [0.0]
    until = time.monotonic() + 90
    while told[-1] < 60 and time.monotonic() < until:
        told.append(metrics(several).get(name, 0.0))
        time.sleep(0.2)

    assert set(statuses) == {200}
    assert told == sorted(told)
    assert told[-1] == 60


def visited(root: Path, client: httpx.Client) -> None:
    """Look at a feed as the doctor does, then fetch it as programs do, and hold that these alone are told of."""
    done = coopcal(root, "doctor", f"{client.base_url}/feeds/all.ics", "--format", "json")
    assert json.loads(done.stdout)["status"] == 200
    fetch(client, GOOGLE, **{"CDN-Loop": "example", "Coopcal-Doctor": "1"})
    fetch(client, APPLE)
    feeds: dict[str, float] = {}
    until = time.monotonic() + 90
    while not feeds and time.monotonic() < until:
        feeds = {key: value for key, value in metrics(client).items() if "fetches_total{" in key}
        time.sleep(0.2)

    assert feeds == {
        'coopcal_fetches_total{family="apple"}': 1,
        'coopcal_feed_fetches_total{feed="all",family="apple"}': 1,
    }


def test_a_visit_of_the_doctor_is_no_fetch_of_the_programs_whose_names_it_gives(root: Path) -> None:
    with serving(root, COOPCAL_METRICS_TOKEN=TOKEN) as (client, _):
        visited(root, client)
        told = metrics(client)

    assert told['coopcal_requests_total{kind="feed",status="2xx"}'] > 10


def test_a_visit_of_the_doctor_is_no_fetch_by_wsgi_either(root: Path, several: httpx.Client) -> None:
    visited(root, several)


def lines(process: subprocess.Popen[str]) -> list[str]:
    process.terminate()
    process.wait(PATIENCE)
    assert process.stdout is not None
    return process.stdout.read().splitlines()


def test_the_log_has_a_line_a_request_without_secrets(root: Path) -> None:
    with serving(root, "--log", "json") as (client, process):
        fetch(client, APPLE)
        client.get(f"/private/{SECRET}/board.ics?key={SECRET}", headers={"Referer": SECRET, "Cookie": SECRET})
        client.get(f"/search/?q={SECRET}")
        client.get("/nothing%0Ahere%1b[31m/", headers={"User-Agent": "evil\tagent"})
        client.post("/check/", data={"text": SECRET, "kind": "organisation"})
        client.request("BREW", "/")
        told = lines(process)
    read = [json.loads(line) for line in told]

    assert [(one["method"], one["path"], one["status"], one["family"]) for one in read] == [
        ("GET", "/feeds/all.ics", 200, "apple"),
        ("GET", "/private/***", 400, "other"),
        ("GET", "/search/", 200, "other"),
        ("GET", "/nothing%0Ahere%1B%5B31m/", 404, "other"),
        ("POST", "/check/", 200, "other"),
        ("BREW", "/", 405, "other"),
    ]
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", one["time"]) for one in read)
    assert all(one["ms"] > 0 and one["bytes"] > 0 for one in read)
    assert all(set(one) == {"time", "method", "path", "status", "bytes", "ms", "family"} for one in read)
    assert SECRET not in "\n".join(told)
    assert "127.0.0.1" not in "\n".join(told)


def test_the_log_tells_addresses_where_it_is_asked_to_and_is_text_where_it_is(root: Path) -> None:
    with serving(root, "--log", "text", "--log-clients", "yes") as (client, process):
        fetch(client, GOOGLE)
        told = lines(process)

    assert len(told) == 1
    assert re.fullmatch(r"\S+Z GET /feeds/all\.ics 200 \d+ [\d.]+ google 127\.0\.0\.1", told[0])


def test_a_log_that_nobody_reads_keeps_nobody_waiting(root: Path) -> None:
    """The pipe is full after 65 kB; feeds are answered on."""
    with serving(root, "--log", "json") as (client, process):
        statuses = {fetch(client, GOOGLE) for _ in range(2_000)}
        process.kill()

    assert statuses == {200}


def read_all(folder: Path) -> int:
    return sum(Ledger(folder).all().fetches.values()) if (folder / FILE).exists() else 0


def test_a_server_that_ends_writes_what_it_counted(root: Path, tmp_path: Path) -> None:
    with serving(root, "--state", str(tmp_path / "state")) as (client, process):
        for _ in range(5):
            fetch(client, GOOGLE)
        process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE)

    assert read_all(tmp_path / "state") == 5


@pytest.mark.parametrize("kind", ["damaged", "a folder in its place"])
def test_a_state_that_cannot_be_written_harms_no_answer_and_is_said_once(
    root: Path, tmp_path: Path, kind: str
) -> None:
    state = tmp_path / "state"
    state.mkdir()
    if kind == "damaged":
        (state / FILE).write_bytes(b"no database " * 1_000)
    else:
        (state / FILE).mkdir()
    with serving(root, "--state", str(state), COOPCAL_METRICS_TOKEN=TOKEN) as (client, process):
        statuses = [fetch(client, GOOGLE) for _ in range(20)]
        numbers = [client.get("/metrics", headers=BEARER).status_code for _ in range(3)]
        ready = client.get("/readyz").status_code
        told = lines(process)

    assert statuses == [200] * 20
    assert numbers == [503] * 3
    assert ready == 200
    assert len([line for line in told if "counts cannot be kept" in line]) == 1


def workers(process: subprocess.Popen[str]) -> list[int]:
    """Return the processes that a server has started."""
    tasks = Path(f"/proc/{process.pid}/task").glob("*/children")
    return [int(pid) for task in tasks for pid in task.read_text(encoding="ascii").split()]


def eventually(is_so: Callable[[], bool]) -> bool:
    """Wait until something is so, for longer than a minute, after which counts are written again."""
    until = time.monotonic() + 90
    while not is_so() and time.monotonic() < until:
        time.sleep(0.1)
    return is_so()


def test_a_server_that_is_killed_loses_no_more_than_was_not_written_yet(root: Path, tmp_path: Path) -> None:
    state = tmp_path / "state"
    with serving(root, "--state", str(state)) as (client, process):
        for _ in range(5):
            fetch(client, GOOGLE)
        written = eventually(lambda: read_all(state) == 5)
        fetch(client, GOOGLE)  # written at once only where an hour ends just now
        for pid in workers(process):
            os.kill(pid, signal.SIGKILL)
        process.kill()
        process.wait(PATIENCE)

    assert written
    assert read_all(state) in (5, 6)


def test_on_a_full_disk_all_is_answered_and_counts_wait_until_there_is_room(
    root: Path, tmp_path: Path
) -> None:
    """The system lets no file of the server grow meanwhile."""
    state = tmp_path / "state"
    name = 'coopcal_fetches_total{family="google"}'
    with serving(root, "--state", str(state), COOPCAL_METRICS_TOKEN=TOKEN) as (client, process):
        fetch(client, GOOGLE)
        before = metrics(client)[name]
        limits = {pid: resource.prlimit(pid, resource.RLIMIT_FSIZE) for pid in workers(process)}
        for pid, (_, hard) in limits.items():
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (0, hard))
        statuses = {fetch(client, GOOGLE) for _ in range(20)}
        meanwhile = [client.get("/metrics", headers=BEARER).status_code for _ in range(3)]
        pages = client.get("/feeds/all/health/").status_code
        for pid, limit in limits.items():
            resource.prlimit(pid, resource.RLIMIT_FSIZE, limit)
        after = metrics(client)[name]
        said = [line for line in lines(process) if "counts cannot be kept" in line]

    assert limits
    assert statuses == {200}
    assert set(meanwhile) <= {200, 503}
    assert pages == 200
    assert (before, after) == (1, 21)
    assert len(said) == 1


def failing(_: datetime) -> bool:
    raise SiteError("the disk is full")


def test_what_comes_of_compiles_is_counted(tmp_path: Path) -> None:
    now = datetime.now(UTC)
    happened = counter(Noting(tmp_path))
    for published in (True, True, False):
        assert counted(lambda _, published=published: published, happened)(now) is published  # type: ignore[misc]
    with pytest.raises(SiteError):
        counted(failing, happened)(now)
    events = Ledger(tmp_path).all().events

    assert (events[PUBLISHED], events[FAILED]) == (2, 2)


def test_a_compile_that_time_asks_for_is_among_the_numbers(tmp_path: Path) -> None:
    """The site is compiled as of a day before that of an event, which is over, so the server compiles it again at once."""
    state = tmp_path / "state"
    waiting = BAKERY.replace("tags: [open-doors]", "publish_from: 2026-07-01")
    root = lay(tmp_path / "tree", {"calendars/bakery.yaml": waiting})
    with serving(root, "--state", str(state), SOURCE_DATE_EPOCH="1780300800"):
        assert eventually(lambda: (state / FILE).exists() and Ledger(state).all().events[PUBLISHED] >= 1)


def test_a_visit_of_the_doctor_is_no_use_of_a_secret_address(tmp_path: Path) -> None:
    """Of two addresses that open, that which was asked for by a program has a last use."""
    root = lay(tmp_path / "tree", {"feeds/elders.yaml": "title: Elders\nfor: {groups: [members]}\n"})
    state = tmp_path / "state"
    with serving(root, "--state", str(state)) as (client, process):
        visited, used = (
            coopcal(root, "token", "issue", "elders").stdout.strip().split("/")[-2] for _ in range(2)
        )
        statuses = [
            client.get(f"/private/{token}/elders.ics", headers=headers).status_code
            for token, headers in ((visited, {"Coopcal-Doctor": "1"}), (used, {}))
        ]
        process.terminate()
        process.wait(PATIENCE)

    assert statuses == [200, 200]
    assert Ledger(state).uses().keys() == {known_by(hashlib.sha256(used.encode()).hexdigest())}


def test_of_a_private_feed_its_last_use_is_kept_and_nothing_that_opens_or_names_it(tmp_path: Path) -> None:
    """Neither numbers, nor the page that tells who fetches, nor the file of counts has its token or its id."""
    root = lay(tmp_path / "tree", {"feeds/board-of-elders.yaml": "title: Elders\nfor: {groups: [members]}\n"})
    state = tmp_path / "state"
    with serving(root, "--state", str(state), COOPCAL_METRICS_TOKEN=TOKEN) as (client, process):
        address = coopcal(root, "token", "issue", "board-of-elders").stdout.strip()
        token = address.split("/")[-2]
        opened = client.get(f"/private/{token}/board-of-elders.ics").status_code
        numbers = client.get("/metrics", headers=BEARER).text
        told = [client.get(f"/feeds/{feed}/health.json") for feed in ("all", "board-of-elders")]
        process.terminate()
        process.wait(PATIENCE)
    kept = b"".join(path.read_bytes() for path in state.iterdir())

    assert opened == 200
    assert [answer.status_code for answer in told] == [200, 404]
    assert 'coopcal_requests_total{kind="private",status="2xx"} 1\n' in numbers
    assert [
        known
        for known in Ledger(state).uses()
        if hashlib.sha256(token.encode()).hexdigest().startswith(known)
    ]
    for said in (numbers.encode(), told[0].content, kept):
        assert token.encode() not in said
        assert b"elders" not in said.lower()


def test_the_compile_of_a_start_is_counted(root: Path, tmp_path: Path) -> None:
    """Whatever comes of it, in every start: one that is started again and again with errors is seen."""
    options = ("--state", str(tmp_path / "state"), "--fetch-every", "0")
    told = []
    for text in ("title: T\nuid_domain: example.coop\n", "title: [\n", "title: [\n"):
        (root / "coopcal.yaml").write_text(text, encoding="utf-8")
        with serving(root, *options, COOPCAL_METRICS_TOKEN=TOKEN) as (client, _):
            numbers = metrics(client)
        told.append(
            tuple(numbers.get(f'coopcal_compiles_total{{outcome="{one}"}}') for one in (PUBLISHED, FAILED))
        )
    assert [tuple(one or 0 for one in each) for each in told] == [(1, 0), (1, 1), (1, 2)]
