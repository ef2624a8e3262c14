"""Who is told of what a publish changes: once, by real commands, at real servers."""

import hashlib
import hmac
import json
import os
import signal
import subprocess
import time
from base64 import b64decode, b64encode
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.support.certificates import Authority
from tests.support.command import serving
from tests.support.receiving import Came, Receiver, receiving
from tests.support.waiting import PATIENCE
from tests.telling.site import CANARY, SECRET, Site

MOVED = ("2036-10-24 14:00/17:30", "2036-10-25 14:30/17:30")
WORDS = "Moved from Friday 24 October 2036, 14:00–17:30 to Saturday 25 October 2036, 14:30–17:30"


def is_signed(came: Came) -> bool:
    """Verify as a receiver does that was written by others."""
    key = b64decode(SECRET.removeprefix("whsec_"))
    content = f"{came.id}.{came.headers['webhook-timestamp']}.".encode() + came.body
    expected = b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode()
    age = abs(time.time() - int(came.headers["webhook-timestamp"]))
    return age < 60 and f"v1,{expected}" in came.headers["webhook-signature"].split()


def test_what_a_compile_changes_is_told_once_and_nothing_else(site: Site, receiver: Receiver) -> None:
    """Not the first publish, nor one that changes nothing; and of hidden events no word."""
    assert site.compile() == ""
    site.edit(*MOVED)
    site.edit(f"{CANARY} board", f"{CANARY} council")
    told = site.compile()
    again = site.compile()

    assert (told, again) == (f"Told 127.0.0.1:{receiver.port} of 1 change.\n", "")
    (came,) = receiver.came
    assert is_signed(came)
    assert came.headers["content-type"] == "application/json"
    assert (came.path, came.headers["user-agent"]) == ("/hook", "coopcal")
    data = came.values["data"]
    assert came.values["type"] == "coopcal.changes"
    assert data["site"] == {"title": "The valley", "url": "https://calendars.example.coop", "uid_domain": "example.coop"}  # fmt: skip
    assert came.events == [("bakery/assembly", [WORDS])]
    assert data["events"][0]["url"] == "https://calendars.example.coop/events/bakery/assembly/"
    assert data["organisations"] == {"bakery": "The Bakery"}
    assert (data["feeds_touched"], data["more"], data["language"]) == (["all", "bakery"], 0, "en")
    assert data["changes"] == "https://calendars.example.coop/feeds/all/changes.atom"
    assert CANARY not in came.body.decode() + site.state_file.read_text(encoding="utf-8")
    assert f"{receiver.port}" not in site.state_file.read_text(encoding="utf-8")


def test_what_is_told_is_what_diff_tells(site: Site, receiver: Receiver) -> None:
    """The events of a notification have the keys and values of ``diff --format json``, and two more."""
    site.compile()
    site.edit(*MOVED)
    site.edit("title: Open day", "title: Open door\n    status: cancelled\n    reason: Rain")
    shown = json.loads(site.run("diff", "--format", "json").stdout)
    site.compile()

    told = receiver.came[0].values["data"]["events"]
    assert [{key: one[key] for key in one if key not in ("at", "url")} for one in told] == shown["events"]


@pytest.mark.parametrize(
    ("arguments", "variables", "said"),
    [
        (["--no-notify"], {}, ""),
        ([], {"COOPCAL_NOTIFY_SECRET": ""}, "Nobody is told of changes (notify), as COOPCAL_NOTIFY_SECRET is not set here.\n"),
        ([], {"COOPCAL_NOTIFY_SECRET": "guess"}, "openssl rand -base64 32"),
        ([], {"COOPCAL_ALLOW_NETWORK": ""}, "is not in a network that is allowed"),
        ([], {"COOPCAL_ALLOW_PORT": ""}, " is not asked (--allow-port "),
    ],
)  # fmt: skip
def test_nobody_is_told_unasked(
    site: Site, receiver: Receiver, arguments: list[str], variables: Mapping[str, str], said: str
) -> None:
    """Without the secret, which is on the machine that publishes alone; or where the operator does not allow it."""
    site.compile()
    site.edit(*MOVED)
    told = site.compile(*arguments, **variables)

    assert said in told
    assert "guess" not in told
    assert receiver.came == []


def test_what_nobody_was_told_of_is_told_with_the_next_publish(site: Site, receiver: Receiver) -> None:
    """As where a process was killed after a site stood, and before anybody was told of it."""
    site.compile()
    site.edit(*MOVED)
    site.compile("--no-notify")
    site.edit("title: Open day", "title: Open door")
    site.compile()

    (came,) = receiver.came
    assert came.events == [
        ("bakery/assembly", [WORDS]),
        ("bakery/open-day", ["New title: Open door (before: Open day)"]),
    ]


def test_somebody_new_is_told_of_the_publish_that_names_them(site: Site, receiver: Receiver) -> None:
    """And of nothing that was published before."""
    site.notify()
    site.compile()
    site.edit("title: Open day", "title: Open door")
    site.compile()
    site.notify(f"{{url: {receiver.url}}}")
    site.edit(*MOVED)
    site.compile()

    assert [came.events for came in receiver.came] == [[("bakery/assembly", [WORDS])]]


def test_a_publish_without_a_local_site_tells_what_it_changes(
    site: Site, receiver: Receiver, tmp_path: Path
) -> None:
    """As on a machine that is thrown away: what was published is known from there alone; the files stand before it is told."""
    target = tmp_path / "public"
    stands = list[bool]()

    def looking() -> tuple[int, Mapping[str, str]]:
        stands.append("25 October" in (target / "events/bakery/assembly/index.html").read_text("utf-8"))
        return 200, {}

    receiver.answering = looking
    assert site.run("publish", str(target)).returncode == 0
    assert receiver.came == []
    site.root.joinpath("_site").rename(tmp_path / "thrown-away")
    site.edit(*MOVED)
    done = site.run("publish", str(target))

    assert f"Told 127.0.0.1:{receiver.port} of 1 change." in done.stderr
    assert [came.events for came in receiver.came] == [[("bakery/assembly", [WORDS])]]
    assert stands == [True]


@pytest.mark.parametrize("status", [302, 307, 404, 500])
def test_who_does_not_take_it_is_told_again_later(site: Site, receiver: Receiver, status: int) -> None:
    """The same under the same id, when it is due; what came since, after that; and nobody is led elsewhere."""
    with receiving() as elsewhere:
        receiver.status(status, Location=elsewhere.url, X="\x1b[31m")
        site.compile()
        site.edit(*MOVED)
        failed = site.compile()
        site.edit("title: Open day", "title: Open door")
        early = site.compile()
        site.make_due()
        receiver.status(204)
        late = site.compile()

        assert f"127.0.0.1:{receiver.port} could not be told of 1 change: it {'leads elsewhere' if status < 400 else 'answers'}" in failed  # fmt: skip
        assert str(status) in failed
        assert early.startswith(
            f"127.0.0.1:{receiver.port} (2 changes): not told yet, and tried again after 20"
        )
        assert late == f"Told 127.0.0.1:{receiver.port} of 1 change.\n" * 2
        first, second, third = receiver.came
        assert first.id == second.id != third.id
        assert first.body == second.body
        assert [came.events[0][0] for came in (second, third)] == ["bakery/assembly", "bakery/open-day"]
        assert all(map(is_signed, receiver.came))
        assert elsewhere.came == []
    assert "\x1b" not in failed


def test_a_publish_says_in_one_line_for_whom_something_waits(site: Site, receiver: Receiver) -> None:
    """Of all whose time has not come, and with the earliest; nothing when quiet, nor of whom nothing waits."""
    with receiving() as other:
        site.port = f"{receiver.port},{other.port}"
        site.notify(
            *(
                f"{{url: {url}{more}}}"
                for url in (receiver.url, other.url)
                for more in ("", ", organisations: [mill]")
            )
        )
        receiver.status(503, Retry_After="36000")
        other.status(503)
        site.compile()
        site.edit(*MOVED)
        site.compile()
        until = min(one["waiting"]["next"] for one in site.state["accounts"].values() if "waiting" in one)
        nothing_new, quiet = site.compile(), site.run("--quiet", "compile").stderr
        site.edit(MOVED[1], MOVED[0])
        back = site.compile()

        hosts = [f"127.0.0.1:{one.port}" for one in (receiver, other)]
        instant = f"{datetime.fromisoformat(until):%Y-%m-%d %H:%M} UTC"
        expected = "{} ({count}), {} ({count}): not told yet, and the first of them is tried again after {instant}; “coopcal notify” tells why.\n"
        assert nothing_new == expected.format(*hosts, count="1 change", instant=instant)
        assert back == expected.format(*hosts, count="2 changes", instant=instant)
        assert quiet == ""
        assert (len(receiver.came), len(other.came)) == (1, 1)


def test_who_is_silent_delays_a_publish_for_seconds_only(site: Site, receiver: Receiver) -> None:
    """Also where there are many of them, of whom each would take five; the site stands all the same."""
    site.notify(*(f"{{url: {receiver.url}/{number}}}" for number in range(30)))
    receiver.answering = lambda: None
    site.compile()
    site.edit(*MOVED)
    begun = time.monotonic()
    told = site.compile()
    took = time.monotonic() - begun

    assert took < 75
    assert "is silent for more than 5 seconds" in told
    assert 8 <= len(receiver.came) < 30
    receiver.status(204)
    site.make_due()
    everybody = {f"/hook/{number}" for number in range(30)}
    for _ in range(10):  # a loaded machine tells the rest in another round
        site.compile()
        if {came.path for came in receiver.came} == everybody:
            break
    assert {came.path for came in receiver.came} == everybody
    assert len(set(receiver.ids)) == 30


def test_who_wants_nothing_more_is_left_alone(site: Site, receiver: Receiver) -> None:
    receiver.status(410)
    site.compile()
    site.edit(*MOVED)
    told = site.compile()
    site.edit("title: Open day", "title: Open door")
    later = site.compile()

    assert f"127.0.0.1:{receiver.port} wants to be told nothing any more (410)" in told
    assert (later, len(receiver.came)) == ("", 1)


def test_it_is_given_up_after_days(site: Site, receiver: Receiver) -> None:
    """The pauses get longer, and what comes after that is told anew."""
    receiver.status(500)
    site.compile()
    site.edit(*MOVED)
    pauses, said = list[timedelta](), ""
    while "given up" not in said:
        said = site.compile()
        waiting = next(iter(site.state["accounts"].values())).get("waiting")
        if waiting:
            pauses.append(datetime.fromisoformat(waiting["next"]) - datetime.now(UTC))
            site.make_due()
    receiver.status(204)
    site.edit("title: Open day", "title: Open door")
    site.compile()

    assert pauses == sorted(pauses)
    assert timedelta(days=3) < sum(pauses, timedelta()) < timedelta(days=4)
    assert len(receiver.came) == len(pauses) + 2
    assert len(set(receiver.ids)) == 2
    assert receiver.came[-1].events[0][0] == "bakery/open-day"


def test_who_asks_for_patience_is_left_alone_for_that_long(site: Site, receiver: Receiver) -> None:
    receiver.status(429, Retry_After="7200")
    site.compile()
    site.edit(*MOVED)
    site.compile()

    waiting = next(iter(site.state["accounts"].values()))["waiting"]
    pause = datetime.fromisoformat(waiting["next"]) - datetime.now(UTC)
    assert timedelta(minutes=118) < pause <= timedelta(minutes=120)


def test_a_process_that_is_killed_while_it_tells_loses_nothing(site: Site, receiver: Receiver) -> None:
    """And tells nothing under two ids."""
    receiver.answering = lambda: None
    site.compile()
    site.edit(*MOVED)
    with subprocess.Popen(site.command("compile"), env={**os.environ, **site.variables}) as process:
        assert receiver.arrived.wait(60)
        process.send_signal(signal.SIGKILL)
    receiver.status(204)
    site.edit("title: Open day", "title: Open door")
    site.compile()
    site.compile()

    by_id = {came.id: came.events for came in receiver.came}
    assert len(receiver.came) == 3
    assert [events[0][0] for events in by_id.values()] == ["bakery/assembly", "bakery/open-day"]


def test_what_is_hidden_meanwhile_is_not_told_any_more(site: Site, receiver: Receiver) -> None:
    """Not even by a notification that was made before."""
    receiver.status(500)
    site.compile()
    site.edit("title: Open day", "title: Open door")
    site.edit(*MOVED)
    site.compile()
    site.edit("title: Open door", "title: Open door\n    visibility: members")
    site.make_due()
    receiver.status(204)
    site.compile()

    first, second = receiver.came
    assert first.id == second.id
    assert [[key for key, _ in came.events] for came in receiver.came] == [
        ["bakery/open-day", "bakery/assembly"],
        ["bakery/assembly"],
    ]


def test_nobody_is_told_where_it_cannot_be_noted(site: Site, receiver: Receiver) -> None:
    """As on a full disk; and the site stands."""
    site.compile()
    blocking = site.root / "_site/notify.json.new"
    blocking.mkdir()
    site.edit(*MOVED)
    told = site.compile()
    blocking.rmdir()

    assert "nobody is told of changes, as " in told
    assert receiver.came == []
    site.compile()
    assert len(receiver.came) == 1


@pytest.mark.parametrize("content", [b"", b"{", b'{"accounts":{"a":1}}', b"\xff", b"[" * 100_000])
def test_a_damaged_state_is_begun_anew(site: Site, receiver: Receiver, content: bytes) -> None:
    site.compile()
    site.state_file.write_bytes(content)
    damaged = site.compile()
    site.edit(*MOVED)
    site.compile()

    assert "notify.json was damaged, and is begun anew" in damaged
    assert [came.events[0][0] for came in receiver.came] == ["bakery/assembly"]


def test_each_is_told_of_what_concerns_it_in_its_language(site: Site, receiver: Receiver) -> None:
    url = receiver.url
    site.notify(
        f"{{url: {url}/mill, organisations: [mill], language: fr}}",
        f"{{url: {url}/all, feeds: [all], language: it}}",
        f"{{url: {url}/bakery, feeds: [bakery]}}",
    )
    site.compile()
    site.edit("title: Grinding", "title: Milling", "mill")
    site.compile()
    site.edit(*MOVED)
    site.compile()

    told = {came.path: [words for _, words in came.events] for came in receiver.came}
    assert len(receiver.came) == 4
    assert told["/hook/mill"] == [["Nouveau titre : Milling (avant : Grinding)"]]
    assert told["/hook/bakery"] == [[WORDS]]
    assert told["/hook/all"][0][0].startswith("Spostato: prima venerdì 24 ottobre 2036")


def test_over_https_the_certificate_counts(site: Site, tmp_path: Path) -> None:
    authority = Authority.made(tmp_path / "tls")
    with receiving(authority.context("127.0.0.1")) as receiver:
        site.port = receiver.port
        site.notify(f"{{url: {receiver.url}}}")
        site.compile()
        site.edit(*MOVED)
        refused = site.compile()
        site.make_due()
        site.compile(SSL_CERT_FILE=str(authority.file))

        assert "its certificate is not valid" in refused
        assert [came.events for came in receiver.came] == [[("bakery/assembly", [WORDS])]]
        assert is_signed(receiver.came[0])


def test_a_server_tells_when_it_starts_and_again_when_it_is_due(site: Site, receiver: Receiver) -> None:
    """And tells nobody as a preview."""
    receiver.status(500)
    site.compile()
    site.edit(*MOVED)
    with serving(site.root, "--watch", **site.variables) as (client, _):
        assert "25 October" in client.get("/events/bakery/assembly/").text
    assert receiver.came == []
    begun = time.monotonic()
    with serving(site.root, **site.variables):
        assert receiver.arrived.wait(PATIENCE)
    took = time.monotonic() - begun
    soon = datetime.now(UTC) + timedelta(seconds=5 + 4 * took)  # once the next one has surely come
    site.make_due(f"{soon:%Y-%m-%dT%H:%M:%SZ}")
    receiver.arrived.clear()
    receiver.status(204)
    with serving(site.root, **site.variables) as (client, _):
        assert client.get("/readyz").status_code == 200
        early = len(receiver.came)
        assert receiver.arrived.wait(PATIENCE + 5 + 4 * took)

    assert early == 1
    assert len(set(receiver.ids)) == 1
    assert all(came.events == [("bakery/assembly", [WORDS])] for came in receiver.came)
