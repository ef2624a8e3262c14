"""Links are asked for on a real server."""

import contextlib
import os
import shutil
import socket
import ssl
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from tests.support.web import serving

from coopcal.authoring.links import Limits, probe
from coopcal.model.link import Finding


def test_what_answers_is_well() -> None:
    """So is what wants a password, or is for programs alone; HEAD is enough where it is answered."""
    answers = {
        "/": (200, ""),
        "/a?b=c": (204, ""),
        "/password": (401, ""),
        "/robots": (403, ""),
        "/often": (429, ""),
    }
    with serving(answers) as web:
        assert probe([web.root + path for path in answers] + [web.root, f"{web.root}/"]) == {}
        assert web.asked.count(("HEAD", "/")) == 2
        assert {method for method, _ in web.asked} == {"HEAD"}
        assert web.agents == {"coopcal"}


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (404, "there is no such page (404)"),
        (410, "the page was taken away for good (410)"),
        (500, "its server fails (500), perhaps only for now"),
        (503, "its server fails (503), perhaps only for now"),
    ],
)
def test_what_is_dead_is_told_after_get(status: int, said: str) -> None:
    """Some servers refuse HEAD."""
    with serving({"/dead": (status, "")}) as web:
        assert probe([f"{web.root}/dead"]) == {f"{web.root}/dead": Finding(said)}
        assert web.asked == [("HEAD", "/dead"), ("GET", "/dead")]


@pytest.mark.parametrize("status", [0, 404, 405, 500, 501])
def test_a_server_that_knows_only_get_is_well(status: int) -> None:
    """Also one that closes the connection upon HEAD."""
    with serving({"HEAD /": (status, ""), "GET /": (200, "")}) as web:
        assert probe([f"{web.root}/"]) == {}


def test_redirects_are_followed_up_to_a_limit() -> None:
    """To a dead end, in circles, to an application."""
    answers = {
        "/to-well": (301, "well"),
        "/well": (200, ""),
        "/to-dead": (302, "/dead"),
        "/circle": (307, "/circle"),
        "/app": (303, "zoommtg://room"),
    }
    with serving(answers) as web:
        found = probe([web.root + path for path in answers])

        assert found == {
            f"{web.root}/to-dead": Finding("there is no such page (404)"),
            f"{web.root}/circle": Finding("it is passed on more than 10 times"),
        }
        assert web.asked.count(("HEAD", "/circle")) == 11


NOWHERE = (
    "http://[::1", "http://[", "http://", "http:///x", "https://:80/", "http://a b/", "http://host:99999/", "http://host:x/",
    "//[", "http://[x]/", "http://%00/", "http://\x7f/",
)  # fmt: skip


@pytest.mark.parametrize("onward", [each for each in NOWHERE if each not in ("http://", "http:///x")])
def test_a_redirect_to_no_address_is_told_and_what_comes_after_is_looked_at(onward: str) -> None:
    with serving({"/on": (302, onward), "/dead": (404, "")}) as web:
        found = probe([f"{web.root}/on", f"{web.root}/dead"], Limits(all=20))

    assert found[f"{web.root}/on"] == Finding("it is passed on to what is no web address")
    assert found[f"{web.root}/dead"] == Finding("there is no such page (404)")


@pytest.mark.parametrize("address", [each for each in NOWHERE if not each.startswith("//")])
def test_what_is_no_address_is_told(address: str) -> None:
    assert probe([address], Limits(all=20)) == {address: Finding("it is no web address")}


@pytest.mark.parametrize(
    "said", [b"HTTP/1.1 100 Continue\r\n\r\n", b"H", b"X: y\r\n"], ids=["continues", "a line", "headers"]
)
def test_a_server_that_says_something_without_end_has_no_more_time(said: bytes) -> None:
    """Each of its bytes comes in time; all of them never do."""
    stopped = threading.Event()

    def speak(listening: socket.socket) -> None:
        while not stopped.is_set():
            with contextlib.suppress(OSError):
                accepted, _ = listening.accept()
                with accepted:
                    while not stopped.wait(0.01):
                        accepted.sendall(said)

    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.1)
        thread = threading.Thread(target=speak, args=(listening,))
        thread.start()
        address = f"http://127.0.0.1:{listening.getsockname()[1]}/"
        try:
            found = probe([address], Limits(answer=0.5, all=20))
        finally:
            stopped.set()
            thread.join()

    assert found[address].said in (
        "no answer comes within 0.5 seconds",
        "what answers there is no web server",
    )


def test_no_address_is_asked_for_twice_and_no_host_by_two_at_once() -> None:
    """One request after the other, also where another host leads there."""
    with (
        serving({f"/{number}": (200, "") for number in range(20)}) as web,
        serving({f"/{number}": (302, f"{web.root}/{number}") for number in range(20)}) as other,
    ):
        local = other.root.replace("127.0.0.1", "localhost")

        assert probe([f"{web.root}/{number}" for number in range(20)] * 2) == {}
        assert len(web.asked) == 20

        both = [f"{root}/{number}" for number in range(20) for root in (web.root, local)]

        assert probe(both) == {}
        assert len(web.asked) == 60
        assert web.at_once == 1


def test_machines_that_are_not_there() -> None:
    """By their names (RFC 6761), and by their ports; a server that is none; one that never answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        closed = f"http://127.0.0.1:{free.getsockname()[1]}/"
    with serving({"/": (1, "")}) as web:
        found = probe([closed, f"{web.root}/"], Limits(answer=0.2))

        assert found == {
            closed: Finding("no server answers there"),
            f"{web.root}/": Finding("no answer comes within 0.2 seconds"),
        }
    (unknown,) = probe(["http://nobody.invalid/"]).values()
    assert unknown.said in (
        "there is no machine of that name",
        "names of machines cannot be looked up now; is this one online?",
    )
    (unknown,) = probe([f"http://{'a' * 64}.coop/"]).values()
    assert unknown == Finding("there is no machine of that name")


def test_time_is_bounded() -> None:
    """What was not looked at by then is told to be so, and nothing waits for it."""
    with serving({"/slow": (1, ""), "/next": (200, "")}) as web:
        began = time.monotonic()
        found = probe([f"{web.root}/slow", f"{web.root}/next"], Limits(answer=50, all=0.3))

        assert time.monotonic() - began < 25
        late = Finding("there was no time left after 0.3 seconds", sure=False)
        assert found == {f"{web.root}/slow": late, f"{web.root}/next": late}

        # Nor does the end of the program.
        script = f"from coopcal.authoring.links import Limits, probe; probe(['{web.root}/slow'], Limits(answer=50, all=0.1))"
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
        subprocess.run([sys.executable, "-c", script], check=True, timeout=40, env=environment)


def test_addresses_with_letters_of_all_languages() -> None:
    """Paths are written in percent signs on the way; what is so already stays."""
    with serving({"/f%C3%AAte?q=%C3%A9": (200, ""), "/a%20b": (200, "")}) as web:
        assert probe([f"{web.root}/fête?q=é", f"{web.root}/a%20b"]) == {}


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl makes the certificate")
def test_a_certificate_that_nobody_vouches_for(tmp_path: Path) -> None:
    """And a server that speaks no TLS."""
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    make = f"openssl req -x509 -newkey rsa:2048 -nodes -keyout {key} -out {certificate} -days 2 -subj /CN=127.0.0.1"
    subprocess.run(make.split(), check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with serving({"/": (200, "")}, tls=context) as web:
        (finding,) = probe([f"{web.root}/"]).values()

        assert finding.said.startswith("its certificate is not valid (self")
    with serving({"/": (200, "")}) as web:
        address = web.root.replace("http:", "https:")

        assert probe([address]) == {address: Finding("no secure connection can be made")}
