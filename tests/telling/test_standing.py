"""``coopcal notify`` shows who was told of what, and what waits, and tries it now."""

import json
from typing import Any

import pytest
from tests.support.receiving import Receiver
from tests.telling.site import Site

MOVED = ("2036-10-24 14:00/17:30", "2036-10-25 14:30/17:30")


def shown(site: Site, *arguments: str, code: int = 0, **variables: str) -> str:
    done = site.run("notify", *arguments, **variables)
    assert done.returncode == code, done.stderr
    return done.stdout


def state(site: Site) -> Any:
    done = site.run("notify", "--format", "json")
    (one,) = json.loads(done.stdout)
    assert done.returncode == int(one["state"] in ("waits", "gone"))
    return one


def place(receiver: Receiver) -> str:
    """Return what a line about a receiver begins with."""
    return f"coopcal.yaml:7: 127.0.0.1:{receiver.port}: "


def test_it_tells_of_whom_something_waits_since_when_and_why(site: Site, receiver: Receiver) -> None:
    """And tells them at once, though their time has not come, as the same notification."""
    assert shown(site) == f"{place(receiver)}is new, and is told from the next publish on\n"
    site.compile()
    assert shown(site) == f"{place(receiver)}was told of everything\n"

    receiver.status(503)
    site.edit(*MOVED)
    told = site.compile()
    assert told.startswith(
        f"coopcal.yaml, line 7: 127.0.0.1:{receiver.port} could not be told of 1 change: it answers with the status 503"
    )
    text = shown(site, code=1)
    assert text.startswith(f"{place(receiver)}1 change waits, since 20")
    assert "; it failed once: it answers with the status 503; tried again after 20" in text
    waits = state(site)
    assert (waits["line"], waits["host"], waits["changes"], waits["failed"]) == (7, "127.0.0.1", 1, 1)
    assert waits["why"] == "it answers with the status 503"
    assert waits["since"] < waits["next"]

    receiver.status(500)
    assert "it failed 2 times, the last time: it answers with the status 500" in shown(site, "--send", code=1)
    receiver.status(204)
    done = site.run("notify", "--send")
    assert (done.returncode, done.stdout) == (0, f"{place(receiver)}was told of everything\n")
    assert done.stderr == f"Told 127.0.0.1:{receiver.port} of 1 change.\n"
    assert len(set(receiver.ids)) == 1
    assert shown(site, "--send") == f"{place(receiver)}was told of everything\n"
    assert len(receiver.came) == 3


def test_what_was_not_tried_yet_waits_for_the_next_publish(site: Site, receiver: Receiver) -> None:
    site.compile()
    site.edit(*MOVED)
    site.compile("--no-notify")
    assert "; told with the next publish, or now by --send" in shown(site, code=1)
    assert receiver.came == []
    assert shown(site, "--send") == f"{place(receiver)}was told of everything\n"
    assert len(receiver.came) == 1


def test_who_wants_nothing_any_more_is_shown(site: Site, receiver: Receiver) -> None:
    site.compile()
    receiver.status(410)
    site.edit(*MOVED)
    assert site.compile().startswith(
        f"coopcal.yaml, line 7: 127.0.0.1:{receiver.port} wants to be told nothing any more (410)"
    )
    assert shown(site, code=1) == f"{place(receiver)}wants to be told nothing any more (410); take it out\n"


@pytest.mark.parametrize("secret", ["", "guess"])
def test_without_the_secret_it_shows_and_sends_nothing(site: Site, receiver: Receiver, secret: str) -> None:
    site.compile()
    site.edit(*MOVED)
    site.compile("--no-notify")
    assert "1 change waits" in shown(site, code=1, COOPCAL_NOTIFY_SECRET=secret)
    done = site.run("notify", "--send", COOPCAL_NOTIFY_SECRET=secret)
    assert done.returncode == 2
    assert "COOPCAL_NOTIFY_SECRET" in done.stderr
    assert "guess" not in done.stderr
    assert receiver.came == []


def test_it_ends_in_words_whatever_there_is(site: Site, receiver: Receiver) -> None:
    site.compile()
    site.state_file.write_text("[", encoding="utf-8")
    assert shown(site) == f"{place(receiver)}is new, and is told from the next publish on\n"
    site.notify()
    assert shown(site) == "coopcal.yaml names nobody who is told (notify).\n"
    (site.root / "coopcal.yaml").write_text("title: [", encoding="utf-8")
    assert "coopcal check" in site.run("notify").stderr


def test_a_state_of_before_goes_on(site: Site, receiver: Receiver) -> None:
    """One that knows no last answer, or holds one that is none."""
    site.compile()
    receiver.status(503)
    site.edit(*MOVED)
    site.compile()
    noted = json.loads(site.state_file.read_text(encoding="utf-8"))
    (account,) = noted["accounts"].values()
    for answer in (None, "", "[", '{"said": "{x.__class__}", "with": {}}'):
        account["waiting"].pop("answer", None)
        if answer is not None:
            account["waiting"]["answer"] = answer
        site.state_file.write_text(json.dumps(noted), encoding="utf-8")
        assert "it failed once: ?; tried" in shown(site, code=1)
