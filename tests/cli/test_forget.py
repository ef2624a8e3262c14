"""``coopcal forget``: a person's name, found in all that coopcal keeps, and taken out of it."""

import shlex
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.support.clients import events_by_uid, value
from tests.support.lint import faults
from tests.support.trees import NOW, SITE, compiled, lay
from werkzeug.test import Client

from coopcal.cli import main
from coopcal.site.reader import LiveSite
from coopcal.web import create_app

CALENDAR = """\
name: The Bakery
country: BE
contacts:
  office: {name: María Rossi, email: maria.rossi@bakery.example, phone: "+32 9 123 45 67"}
  shop:
    name: Maria Rossi
    email: shop@bakery.example
# ask Maria Rossi
events:
  - id: open   # by maria rossi
    title: {en: Talk by Maria Rossi, fr: "Parole à Maria Rossi"}
    when: 2026-09-12
    contact: office
    partners: [{name: Maria Rossi}, {name: The Choir}]
    description: |
      With MARIA
      ROSSI, of the mill.
  - id: other
    title: Other
    when: 2026-09-13
    contact:
      name: Maria Rossi
    links:
      - label: Maria Rossi
        url: https://example.org/
    note: ask maria rossi
  - {id: board, title: Board with Maria Rossi, when: 2026-09-14, visibility: members}
"""
HOLDING = f"{SITE}on_error: hold\n"


def forget(root: Path, *arguments: str, now: str = "2026-06-10T12:00:00Z") -> Result:
    return CliRunner().invoke(
        main, ["--root", str(root), "--language", "en", "forget", *arguments, "--now", now]
    )


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a tree whose site was compiled three times, so that it has older versions and a log."""
    root = lay(tmp_path / "sources", {"coopcal.yaml": HOLDING, "calendars/bakery.yaml": CALENDAR})
    for day in (1, 2, 3):
        lay(
            root,
            {"coopcal.yaml": HOLDING, "calendars/bakery.yaml": CALENDAR.replace("Talk by", f"Talk {day} by")},
        )
        compiled(root, NOW.replace(day=day))
    return root


def holding(root: Path, *words: bytes) -> list[str]:
    """Return the files, of any kind, in which a word stands as it is, in any capitals."""
    return [
        str(path.relative_to(root))
        for path in sorted(root.rglob("*"))
        if path.is_file() and any(word in path.read_bytes().lower() for word in words)
    ]


def test_each_place_is_told_and_nothing_is_changed(root: Path) -> None:
    """Sources by line and column; older versions, the good sources and what compiles keep."""
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    told = forget(root, "maria  ROSSI")

    assert told.exit_code == 1
    lines = [line.split(": ")[0] for line in told.stdout.splitlines() if line.startswith("calendars/")]
    assert lines[:3] == [
        "calendars/bakery.yaml:4:18",
        "calendars/bakery.yaml:6:11",
        "calendars/bakery.yaml:8:7",
    ]
    assert len(lines) == 12
    assert told.stdout.count("(an older version of the site)") == 2
    assert told.stdout.count("(the site that is served)") == 1
    assert "(what compiles keep for the next one)" in told.stdout
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before


def test_applied_it_stands_nowhere_any_more(root: Path) -> None:
    """Neither in feeds, in the log of what changed, nor in anything that is private; the edit is shown."""
    told = forget(root, "Maria Rossi", "--apply")

    assert told.exit_code == 0, told.output
    assert "-    name: Maria Rossi\n" in told.stdout
    assert holding(root, b"maria rossi", "maría rossi".encode(), b"maria\\n") == []
    text = (root / "calendars/bakery.yaml").read_text(encoding="utf-8")
    assert "rossi" not in text.lower().replace("maria.rossi@bakery.example", "")
    assert "shop@bakery.example" in text
    assert forget(root, "Maria Rossi").exit_code == 0


def test_nothing_else_of_the_site_is_lost(root: Path) -> None:
    """UIDs stay, stamps go on, and feeds are right in form."""
    client = Client(create_app(LiveSite(root / "_site"), lambda: NOW))
    before = events_by_uid(client.get("/feeds/all.ics").data)
    log = client.get("/feeds/all/changes.atom").text
    assert "Rossi" in log

    assert forget(root, "Maria Rossi", "--apply").exit_code == 0

    client = Client(create_app(LiveSite(root / "_site"), lambda: NOW))
    feed = client.get("/feeds/all.ics").data
    after = events_by_uid(feed)
    assert faults(feed) == []
    assert after.keys() == before.keys()
    opening = "open.bakery@example.coop"
    assert int(value(after[opening][0], "SEQUENCE")) > int(value(before[opening][0], "SEQUENCE"))
    assert value(after[opening][0], "SUMMARY") == "The Bakery: Talk 3 by …"
    assert "Rossi" not in client.get("/feeds/all/changes.atom").text
    assert "Rossi" not in client.get("/site.json").text


@pytest.mark.parametrize(
    "text",
    ["maria.rossi@bakery.example", "+32 (0)9/123.45.67".replace("(0)", ""), "MARIA.ROSSI", "MARÍA ROSSI"],
)
def test_addresses_and_telephone_numbers_are_found_however_they_are_written(root: Path, text: str) -> None:
    assert forget(root, text).exit_code == 1
    assert forget(root, text, "--apply").exit_code == 0
    assert forget(root, text).exit_code == 0


def test_what_was_ended_in_the_midst_goes_on(root: Path) -> None:
    """Sources are edited first: older versions and what was kept go when it is done again."""
    lay(
        root,
        {
            "coopcal.yaml": HOLDING,
            "calendars/bakery.yaml": "name: The Bakery\ncountry: BE\nremoved: [open, other, board]\n",
        },
    )
    compiled(root, NOW.replace(day=9))

    assert forget(root, "Maria Rossi").exit_code == 1
    assert forget(root, "Maria Rossi", "--apply").exit_code == 0
    assert holding(root, b"rossi") == []


def test_what_cannot_be_taken_out_is_left_and_told(root: Path) -> None:
    """An id is for ever, and a picture is for its keeper."""
    lay(
        root,
        {
            "coopcal.yaml": HOLDING,
            "calendars/bakery.yaml": CALENDAR,
            "calendars/mill.yaml": "name: The Mill\ncountry: BE\nevents: [{id: rossi-talk, title: Talk, when: 2026-09-12}]\n",
        },
    )
    told = forget(root, "rossi-talk", "--apply")

    assert told.exit_code == 1, told.output
    assert "calendars/mill.yaml:3:15" in told.stdout
    assert "1. edit the places above by hand" in told.stdout


def test_sources_with_errors_are_left_as_they_are(root: Path) -> None:
    """As the site could not be compiled of them."""
    lay(
        root,
        {
            "coopcal.yaml": HOLDING,
            "calendars/bakery.yaml": CALENDAR,
            "calendars/mill.yaml": "name: The Mill\nevents: [{id: x, wehn: 2026-09-12}]\n",
        },
    )
    before = (root / "calendars/bakery.yaml").read_bytes()
    told = forget(root, "Maria Rossi", "--apply")

    assert told.exit_code == 2
    assert "mend the errors first" in told.stderr
    assert (root / "calendars/bakery.yaml").read_bytes() == before


def test_published_files_and_the_state_folder_are_looked_into(root: Path, tmp_path: Path) -> None:
    """Folders in the tree are found by their listing; files of others in none of them."""
    publish = ["--root", str(root), "publish", "--now", "2026-06-04T12:00:00Z"]
    assert CliRunner().invoke(main, [*publish, str(root / "public")]).exit_code == 0
    assert CliRunner().invoke(main, [*publish, str(tmp_path / "elsewhere")]).exit_code == 0
    (tmp_path / "state").mkdir()
    (tmp_path / "state/counts").write_bytes(b"\0\xffMaria Rossi\0")
    told = forget(
        root,
        "Maria Rossi",
        "--apply",
        "--published",
        str(tmp_path / "elsewhere"),
        "--state",
        str(tmp_path / "state"),
    )

    assert told.exit_code == 1
    assert told.stdout.count("publish into this folder again") == 2
    assert f"{tmp_path / 'state'}: 1 file (the state folder)" in told.stdout
    assert (
        CliRunner().invoke(main, [*publish[:-1], "2026-06-11T12:00:00Z", str(root / "public")]).exit_code == 0
    )
    assert holding(root / "public", b"maria rossi") == []


def steps(told: Result) -> list[str]:
    """Return the steps that are left, which are numbered in order."""
    lines = told.stdout.partition("What is left to you, in this order:\n")[2].splitlines()
    assert [line.split(". ")[0] for line in lines] == [f"{number}" for number in range(1, len(lines) + 1)]
    return [line.partition(". ")[2] for line in lines]


def beginnings(told: Result) -> list[str]:
    return [" ".join(step.split()[:3]) for step in steps(told)]


def test_what_is_left_is_told_in_the_order_in_which_it_is_done(root: Path) -> None:
    """What is edited is committed first, and the history comes after what is published; each command works as it stands."""
    publish = ("--root", str(root), "publish", "--now", "2026-06-04T12:00:00Z", str(root / "our site"))
    assert CliRunner().invoke(main, publish).exit_code == 0
    subprocess.run(["git", "init", "-q", str(root)], check=True)
    subprocess.run(["git", "-C", root, "add", "calendars", "coopcal.yaml"], check=True)
    told = forget(root, "Maria Rossi", "--apply")

    assert beginnings(told) == [
        "commit the edit,",
        "a “coopcal serve”",
        "publish again into",
        "publish again into",
        "empty the cache",
        "Git keeps what",
        "take it out",
    ]
    commit, _, again, *_ = steps(told)
    who = ["-c", "user.name=Staff", "-c", "user.email=staff@example.coop"]
    command = commit.partition(": git ")[2]
    assert command == "commit -m … -- calendars/bakery.yaml"
    subprocess.run(["git", "-C", root, *who, *shlex.split(command)], check=True, capture_output=True)
    command = again.partition(": coopcal ")[2]
    done = CliRunner().invoke(
        main, ["--root", str(root), *shlex.split(command), "--now", "2026-06-11T12:00:00Z"]
    )
    assert done.exit_code == 0, done.output
    assert holding(root / "our site", b"maria rossi") == []
    assert "in this order" not in forget(root, "Maria Rossi", "--apply").stdout


def test_what_is_left_depends_on_what_there_is(root: Path, tmp_path: Path) -> None:
    """A document that cannot be edited comes first; without Git nothing is committed, without a site one is made."""
    (root / "calendars/minutes.txt").write_bytes(b"Maria Rossi spoke.\n")
    other = lay(tmp_path / "other", {"calendars/bakery.yaml": CALENDAR})

    assert beginnings(forget(root, "Maria Rossi", "--apply"))[:2] == ["edit the places", "a “coopcal serve”"]
    assert beginnings(forget(other, "Maria Rossi", "--apply"))[0] == "make the site"
    assert "in this order" not in forget(root, "Maria Rossi").stdout


def test_the_history_is_told_of(root: Path) -> None:
    subprocess.run(["git", "init", "-q", str(root)], check=True)

    assert "git filter-repo" in forget(root, "Maria Rossi").stdout


@pytest.mark.parametrize("text", ["", "é", " a b ", "--"])
def test_a_text_that_is_everywhere_is_refused(root: Path, text: str) -> None:
    assert (
        forget(root, "--", text).exit_code == 2 if text.startswith("-") else forget(root, text).exit_code == 2
    )


def test_what_is_nowhere_is_not_found(root: Path) -> None:
    told = forget(root, "Nobody Known")

    assert (told.exit_code, told.stdout) == (0, "“Nobody Known” is nowhere in what coopcal keeps here.\n")


def test_what_is_not_written_here_is_told_and_left(root: Path) -> None:
    """A document beside the calendars, in whichever encoding: byte for byte."""
    (root / "calendars/minutes.txt").write_bytes(b"Maria Rossi spoke.\n")
    (root / "calendars/scan.pdf").write_bytes(b"%PDF \xff\xfe Maria Rossi\n")
    copy = root / "included/bakery/elsewhere.yaml"
    copy.parent.mkdir(parents=True)
    copy.write_text("# Maria Rossi\n")
    told = forget(root, "Maria Rossi", "--apply")

    assert copy.read_text() == "# Maria Rossi\n"
    assert told.exit_code == 1
    assert "calendars/minutes.txt:1:1: Maria Rossi spoke." in told.stdout
    assert "calendars/scan.pdf\n" in told.stdout
    assert (root / "calendars/minutes.txt").read_bytes() == b"Maria Rossi spoke.\n"


CONTACTS = """\
name: {organisation}
country: BE
{of_organisation}
contacts:
  desk: {desk}
events:
  - id: open
    title: Open
    when: 2026-09-12
    contact: {contact}
"""


@pytest.mark.parametrize(
    ("written", "text", "others"),
    [
        ({"contact": "{name: Maria Rossi, email: m@mill.example}"}, "maria rossi", ["m@mill.example"]),
        ({"contact": "{name: Maria Rossi, phone: +32 9 123 45 68}"}, "maria rossi", ["+32 9 123 45 68"]),
        ({"desk": "{email: m@mill.example, name: Maria Rossi}"}, "maria rossi", ["m@mill.example"]),
        ({"desk": "{name: Maria Rossi, email: m@mill.example}"}, "m@mill.example", ["Maria Rossi"]),
        (
            {"desk": "{name: Maria Rossi, email: maria.rossi@mill.example, phone: +32 9 123 45 67}"},
            "+3291234567",
            ["Maria Rossi", "maria.rossi@mill.example"],
        ),
        ({"organisation": "Maria Rossi", "of_organisation": "email: m@mill.example"}, "rossi", ["m@mill.example"]),
        ({"of_organisation": "email: m@mill.example\nphone: '+32 9 123 45 68'"}, "m@mill.example", ["+32 9 123 45 68"]),
        ({"contact": "{name: Maria Rossi}", "desk": "{email: d@mill.example}"}, "maria rossi", []),
    ],
)  # fmt: skip
@pytest.mark.parametrize("apply", [(), ("--apply",)])
def test_what_else_stands_in_the_same_contact_is_told(
    tmp_path: Path, written: dict[str, str], text: str, others: list[str], apply: tuple[str, ...]
) -> None:
    """Whether it is taken out now or looked for; of another contact nothing."""
    usual = {
        "organisation": "The Mill",
        "of_organisation": "",
        "desk": "{phone: '+32 2 543 10 33'}",
        "contact": "desk",
    }
    calendar = CONTACTS
    for name, given in (usual | written).items():
        calendar = calendar.replace(f"{{{name}}}", given)
    root = lay(tmp_path, {"calendars/mill.yaml": calendar})

    told = [line for line in forget(root, text, *apply).stdout.splitlines() if "look for those" in line]
    assert told == [f"In the same contact stand {', '.join(others)}: look for those, too."] * bool(others)


def test_texts_with_dots_are_told_to_be_read_again(root: Path) -> None:
    """As they are now, and those alone."""
    lines = forget(root, "Maria Rossi", "--apply").stdout.splitlines()

    at = lines.index("“…” stands for it within these texts, which may be public: read them again.")
    told = [line for line in lines[at + 1 :] if line.startswith("calendars/")]
    source = (root / "calendars/bakery.yaml").read_text(encoding="utf-8").splitlines()
    assert told
    for line in told:
        _, number, column, text = line.split(":", 3)
        assert source[int(number) - 1].strip() == text.strip()
        assert source[int(number) - 1][int(column) - 1] == "…"
    assert len(told) == sum("…" in line for line in source)
    assert "read them again" not in forget(root, "Maria Rossi", "--apply").stdout
