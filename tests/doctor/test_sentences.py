"""What is told of a feed: values of it stand in quotes, numbers as in each language, lines with the event that they are of."""

import json
import re
from pathlib import Path
from string import Formatter

import pytest
from tests.doctor.servers import FEED, LINES
from tests.support.command import invoked

from coopcal.doctor.caller import Limits
from coopcal.doctor.fault import Faults, Kind
from coopcal.doctor.lint.identity import UID_TWICE
from coopcal.doctor.report import as_text
from coopcal.doctor.verdict import KINDS, of_file
from coopcal.model.message import lasting
from coopcal.text.catalogues import LANGUAGES
from coopcal.text.messages import say

PLAIN = {
    *("address", "status", "size", "count", "time", "day", "date", "client", "got", "wanted", "what", "port"),
}
"""What is filled in and is no text of the feed: addresses, numbers, days, programs, words of our own."""

TWICE = LINES.replace("UID:open-day.bakery", "UID:assembly.bakery").replace("\n", "\r\n").encode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_values_of_a_feed_stand_in_quotes(language: str) -> None:
    faults = Faults()
    for kind in KINDS:
        faults.tell(kind, **{name: f"<{name}>" for name in _names(kind)})
    bare = [
        (fault.kind.code, name)
        for fault in faults.found
        for name in _names(fault.kind) - PLAIN
        if not re.search(rf"[“„«]\s?(METHOD:)?<{name}>\s?[”“»]", say(fault.said, language))
    ]

    assert bare == []
    assert len(faults.found) == len(KINDS)


def _names(kind: Kind) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(kind.said.template) if name}


@pytest.mark.parametrize("value", ["a\x1b[2Jb", "a\nb", "\u202eabc", "x" * 5_000])
def test_what_others_wrote_is_one_short_line_that_steers_no_terminal(value: str) -> None:
    faults = Faults()
    faults.tell(UID_TWICE, uid=value)

    assert faults.found[0].said.isprintable()
    assert len(faults.found[0].said) < 200


@pytest.mark.parametrize(
    ("seconds", "language", "wanted"),
    [
        (0.04, "en", "less than 0.1 seconds"),
        (0.04, "fr", "moins de 0,1 seconde"),
        (1.25, "de", "1,2 Sekunden"),
        (1.0, "es", "1 segundo"),
        (12.6, "it", "13 secondi"),
        (60, "pt", "60 segundos"),
        (600, "de", "10 Minuten"),
    ],
)
def test_how_long_something_lasts(seconds: float, language: str, wanted: str) -> None:
    assert say(lasting(seconds), language) == wanted


def test_lines_are_told_with_their_events() -> None:
    without = TWICE.replace(b"SUMMARY:Open day\r\n", b"")
    told, other = (as_text(of_file("a.ics", body, Limits()), "en") for body in (TWICE, without))

    assert "Lines: 64 (“Open day”)\n" in told
    assert "Lines: 64 (without a title)\n" in other
    assert "\n  3 entries in " in as_text(of_file("a.ics", FEED, Limits()), "en")


def test_a_title_of_others_steers_no_terminal() -> None:
    told = as_text(of_file("a.ics", TWICE.replace(b"Open day", b"Open\x1b[2Jday"), Limits()), "en")

    assert "(“Open<U+001B>[2Jday”)" in told
    assert "\x1b" not in told


def test_a_file_is_looked_at(tmp_path: Path) -> None:
    file = tmp_path / "a.ics"
    file.write_bytes(TWICE)
    in_words, in_json = (
        invoked(tmp_path, "doctor", str(file), *options) for options in ([], ["--format", "json"])
    )
    told = json.loads(in_json.stdout)

    assert in_words.stdout.startswith(f"{file}\n  A file, looked at as if a server sent it as it is\n")
    assert (in_words.returncode, in_json.returncode) == (1, 1)
    assert [fault["code"] for fault in told["faults"]] == ["uid-twice"]
    assert (told["faults"][0]["lines"], told["faults"][0]["titles"]) == ([64], ["Open day"])
    assert (told["address"], told["file"], told["status"]) == (None, str(file), None)
    file.write_bytes(FEED)
    assert invoked(tmp_path, "doctor", str(file)).returncode == 0


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        (b"", {"empty-answer"}),
        (b"\0" * 500, {"no-calendar"}),
        (b"<!doctype html><title>x</title>", {"page-for-calendar"}),
        (FEED[:-700], {"far-too-large"}),
    ],
)
def test_files_that_are_none(body: bytes, wanted: set[str]) -> None:
    limits = Limits(largest=len(FEED) - 1_000)

    assert {str(fault.kind.code) for fault in of_file("a.ics", body, limits).faults} == wanted


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    done = invoked(tmp_path, "doctor", str(tmp_path))

    assert (done.returncode, done.stdout) == (2, "")
    assert str(tmp_path) in done.stderr
