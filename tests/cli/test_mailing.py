"""``coopcal diff --since-last``: for a mailing, what was published since the last one."""

import json
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.support.command import invoked
from tests.support.trees import compiled, lay

SITE = "title: The valley\nuid_domain: example.coop\nbase_url: https://calendars.example.coop\ntimezone: Europe/Brussels\n"
BAKERY = """name: The Bakery
country: BE
events:
  - id: open-day
    title: Open day
    when: 2036-09-12
  - id: assembly
    title: General assembly
    when: 2036-10-24
"""
NOW = datetime.now(UTC).replace(microsecond=0) - timedelta(days=10)
HEAD = "Since the last mailing, "
NOTHING = "Nothing changed for subscribers.\n"

Publish = Callable[..., None]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return lay(tmp_path / "site", {"coopcal.yaml": SITE, "calendars/bakery.yaml": BAKERY})


@pytest.fixture
def publish(root: Path) -> Publish:
    """Return what edits the bakery and publishes, a day later each time."""
    instants = iter(NOW + timedelta(hours=number) for number in range(100))

    def edit_and_compile(*edits: tuple[str, str]) -> None:
        path = root / "calendars/bakery.yaml"
        text = path.read_text(encoding="utf-8")
        for old, new in edits:
            assert old in text
            text = text.replace(old, new)
        path.write_text(text, encoding="utf-8")
        compiled(root, next(instants))

    edit_and_compile()
    return edit_and_compile


def since_last(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    done = invoked(root, "--language", "en", "diff", "--since-last", *arguments)
    assert done.returncode == 0, done.stderr
    return done


def body(root: Path, *arguments: str) -> str:
    """Return what is told below the first line."""
    return since_last(root, *arguments).stdout.split("\n\n", 1)[1]


def test_it_tells_since_the_mark_and_the_mark_moves_only_when_asked(root: Path, publish: Publish) -> None:
    publish(("2036-10-24", "2036-10-25"))
    before = since_last(root)
    marked = since_last(root, "--mark")
    none = since_last(root)
    publish(("title: Open day", "title: Open door"))
    later, again = body(root, "--format", "markdown"), body(root, "--format", "markdown")

    assert before.stdout.split("\n", 1)[1] == marked.stdout.split("\n", 1)[1]
    assert before.stdout.startswith("Since ")
    assert "Moved from Friday 24 October 2036 to Saturday 25 October 2036" in before.stdout
    assert "--mark" in before.stderr
    assert none.stdout.startswith(HEAD)
    assert none.stdout.endswith(f"\n\n{NOTHING}")
    assert later == again
    assert later.startswith(
        "### The Bakery\n\n- **Open door**\n  - New title: Open door (before: Open day)\n"
    )
    assert "Moved" not in later
    assert list(json.loads((root / "_site/mailing.json").read_bytes())) == ["at", "until"]


ADDED = "  - id: fair\n    title: Fair\n    when: 2036-05-01\n"


@pytest.mark.parametrize(
    ("steps", "told"),
    [
        ([("2036-10-24", "2036-10-25"), ("2036-10-25", "2036-10-26")], ["Moved from Friday 24 October 2036 to Sunday 26 October 2036"]),
        ([("2036-10-24", "2036-10-25"), ("2036-10-25", "2036-10-24")], []),
        ([("title: Open day", "title: Door"), ("title: Door", "title: Gate"), ("title: Gate", "title: Open day")], []),
        ([("when: 2036-09-12", "when: 2036-09-12\n    status: cancelled"), ("\n    status: cancelled", "")], []),
        ([("when: 2036-09-12", "when: 2036-09-12\n    status: cancelled"), ("2036-09-12", "2036-09-13")],
         ["Cancelled", "Moved from Friday 12 September 2036 to Saturday 13 September 2036"]),
        ([("events:\n", f"events:\n{ADDED}"), ("2036-05-01", "2036-05-02")], ["New: Friday 2 May 2036"]),
        ([("events:\n", f"events:\n{ADDED}"), ("title: Fair", "title: Market\n    status: cancelled")], ["New: Thursday 1 May 2036", "Cancelled"]),
        ([("events:\n", f"events:\n{ADDED}"), (ADDED, "") ], []),
        ([("2036-10-24", "2036-10-25"), ("title: General assembly", "title: Meeting")],
         ["Moved from Friday 24 October 2036 to Saturday 25 October 2036", "New title: Meeting (before: General assembly)"]),
        ([("title: Open day", "title: Open day\n    tags: [a]"), ("tags: [a]", "tags: [b]")], ["Changed: subjects"]),
    ],
)  # fmt: skip
def test_what_was_changed_twice_is_told_once(
    root: Path, publish: Publish, steps: list[tuple[str, str]], told: list[str]
) -> None:
    """How it was and how it is; and nothing of what came and went again."""
    removed = "removed: [fair]\nevents:\n"
    for old, new in steps:
        publish(*([(old, new)] if new else [(old, ""), ("events:\n", removed)]))
    words = [
        line
        for event in json.loads(since_last(root, "--format", "json").stdout)["events"]
        for line in event["words"]
    ]

    assert words == told


def test_of_what_is_hidden_by_now_nothing_is_told(root: Path, publish: Publish) -> None:
    since_last(root, "--mark")
    publish(("2036-10-24", "2036-10-25"), ("title: Open day", "title: Open door"))
    publish(("title: General assembly", "title: General assembly\n    visibility: members"))

    assert "assembly" not in body(root)
    assert "Open door" in body(root)


@pytest.mark.parametrize("language", ["de", "es", "fr", "it", "pt"])
def test_it_is_told_in_other_languages(root: Path, publish: Publish, language: str) -> None:
    publish(("2036-10-24", "2036-10-25"))
    first = since_last(root, "--language", language).stdout
    since_last(root, "--mark")
    marked = since_last(root, "--language", language).stdout

    assert not first.startswith("Since")
    assert "Moved" not in first
    assert not marked.startswith("Since")
    assert marked.split("\n", 1)[0] != first.split("\n", 1)[0]


@pytest.mark.parametrize("arguments", [["--mark"], ["--since-last", "HEAD"], ["--since-last", "--audience", "members"]])  # fmt: skip
def test_what_does_not_go_together_is_refused(root: Path, arguments: list[str]) -> None:
    done = invoked(root, "--language", "en", "diff", *arguments)

    assert done.returncode == 2
    assert "--since-last goes with --mark" in done.stderr


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"until": "soon"}', b"\xff", b'{"until": 5}'])
def test_a_damaged_mark_is_told_with_its_mend(root: Path, publish: Publish, content: bytes) -> None:
    publish(("2036-10-24", "2036-10-25"))
    (root / "_site/mailing.json").write_bytes(content)
    done = invoked(root, "--language", "en", "diff", "--since-last")

    assert (done.returncode, done.stdout) == (2, "")
    assert "mailing.json cannot be read" in done.stderr
    assert "delete it to begin anew" in done.stderr


def test_without_a_site_there_is_nothing_to_tell(root: Path) -> None:
    done = invoked(root, "--language", "en", "diff", "--since-last")

    assert done.returncode == 2
    assert "no site has been compiled" in done.stderr
