"""Addresses of receivers that the operator keeps: sources name them, and nothing that coopcal shows or keeps tells them."""

import json
from pathlib import Path

import pytest
from tests.support.receiving import Receiver, receiving
from tests.telling.site import Site

from coopcal.model.message import Message
from coopcal.telling.addresses import addresses_of

MOVED = ("2036-10-24 14:00/17:30", "2036-10-25 14:30/17:30")
CANARY = "kanary-hook"


def kept(receiver: Receiver) -> dict[str, str]:
    return {"COOPCAL_NOTIFY_ADDRESSES": f"board={receiver.url}/{CANARY} news=https://{CANARY}.example/"}


def test_it_is_told_and_its_address_is_nowhere(site: Site, receiver: Receiver) -> None:
    """Whatever is answered: in no word of any command, and in no byte beside the site."""
    site.notify("{name: board, format: text}")
    said = list[str]()

    def run(*arguments: str) -> str:
        done = site.run(*arguments, **kept(receiver))
        said.extend((done.stdout, done.stderr))
        return done.stdout + done.stderr

    run("compile")
    for status, more in ((302, {"Location": f"https://{CANARY}.example/"}), (503, {}), (204, {})):
        receiver.status(status, **more)
        site.edit(*MOVED) if status == 302 else site.make_due()
        run("--quiet", "compile")
        for style in ("text", "json"):
            run("notify", "--format", style)
            run("config", "--format", style)
        run("compile")
    receiver.status(410)
    site.edit(MOVED[1], MOVED[0])
    run("compile")
    run("notify")
    listed = json.loads(run("notify", "--format", "json"))

    assert [(one["name"], one["host"]) for one in listed] == [("board", None)]
    assert {came.path for came in receiver.came} == {f"/hook/{CANARY}"}
    assert (
        "coopcal.yaml, line 7: board could not be told of 1 change: it answers with the status 503"
        in "".join(said)
    )
    assert "coopcal.yaml:7: board: was told of everything" in "".join(said)
    files = [path for path in site.root.rglob("*") if path.is_file()]
    for secret in (CANARY, f":{receiver.port}"):
        assert secret not in "".join(said)
        assert not [path for path in files if secret.encode() in path.read_bytes()]


def test_a_settings_file_keeps_them_too(site: Site, receiver: Receiver, tmp_path: Path) -> None:
    site.notify("{name: board}")
    file = tmp_path / "settings.toml"
    file.write_text(f"notify_addresses = {json.dumps(kept(receiver)['COOPCAL_NOTIFY_ADDRESSES'])}\n", "utf-8")
    site.compile(COOPCAL_CONFIG=str(file))
    site.edit(*MOVED)

    assert site.compile(COOPCAL_CONFIG=str(file)) == "Told board of 1 change.\n"


def test_one_that_is_missing_is_told_and_what_waits_is_kept(site: Site, receiver: Receiver) -> None:
    """Those whose address is known are told all the same."""
    with receiving() as other:
        site.port = f"{receiver.port},{other.port}"
        site.notify(f"{{url: {other.url}}}", "{name: board}")
        receiver.status(503)
        site.compile(**kept(receiver))
        site.edit(*MOVED)
        site.compile(**kept(receiver))
        known = site.state
        lacking = site.compile()
        shown = site.run("notify")
        assert site.state == known
        site.make_due()
        receiver.status(204)
        told = site.compile(**kept(receiver))

    why = "COOPCAL_NOTIFY_ADDRESSES gives no address of that name here"
    assert lacking == f"coopcal.yaml, line 8: nobody is told at “board”: {why}\n"
    assert f"coopcal.yaml:8: board: {why}\n" in shown.stdout
    assert told == "Told board of 1 change.\n"
    assert len(set(receiver.ids)) == len(other.came) == 1


WRONG = {
    "an address by itself": f"https://{CANARY}.example/",
    "no address": f"board={CANARY}",
    "another scheme": f"board=ftp://{CANARY}.example/",
    "a name that is none": f"Board_{CANARY}=https://chat.example/",
    "a password": f"board=https://me:{CANARY}@chat.example/",
    "two addresses": f"board=https://{CANARY}.example/a board=https://{CANARY}.example/b",
    "a comma between": f"board=https://a.example/,news=https://b.example/ {CANARY}",
}


@pytest.mark.parametrize("written", WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_told_without_a_word_of_it(site: Site, receiver: Receiver, written: str) -> None:
    """The site stands, and nobody is told."""
    assert isinstance(addresses_of(written), Message)
    site.notify(f"{{url: {receiver.url}}}", "{name: board}")
    site.compile()
    site.edit(*MOVED)
    variables = {"COOPCAL_NOTIFY_ADDRESSES": written}
    said = [site.compile(**variables)]
    for arguments in (("notify",), ("notify", "--send"), ("config",)):
        done = site.run(*arguments, **variables)
        said.append(done.stdout + done.stderr)

    assert all("nobody is told of changes (notify): COOPCAL_NOTIFY_ADDRESSES: " in one for one in said)
    assert CANARY not in "".join(said)
    assert receiver.came == []
