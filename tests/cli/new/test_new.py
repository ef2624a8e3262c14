"""``coopcal new``: in a pipe and at a terminal, valid starts, every other byte as it was, and nothing half-written."""

import os
import re
import stat
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.support.ports import free_port
from tests.support.terminal import coopcal
from tests.support.trees import BAKERY, SITE, compiled, lay

from coopcal.cli import main
from coopcal.definitions.catalogue import decode
from coopcal.definitions.source.reader import read_tree
from coopcal.model.event import Event, Series
from coopcal.text.catalogues import LANGUAGES

NOW = "2026-06-01T12:00:00Z"


def new(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["--root", str(root), "new", *arguments, "--now", NOW])


def all_bytes(root: Path) -> dict[str, bytes]:
    return {str(each.relative_to(root)): each.read_bytes() for each in root.rglob("*") if each.is_file()}


def event_of(root: Path, organisation: str, identifier: str) -> Event:
    catalogue, problems = decode(read_tree(root)[0])

    assert problems == ()
    one = catalogue.organisation(organisation)
    return next(each for each in one.events if each.path == (identifier,))


def test_a_site_an_organisation_an_event_and_a_feed(tmp_path: Path) -> None:
    """Each is valid at once, and says what comes next."""
    site = new(tmp_path, "site", "--title", "Our events", "--uid-domain", "example.coop", "--country", "BE")
    organisation = new(tmp_path, "organisation", "--name", "La Boulangerie d'été", "--country", "BE")
    event = new(tmp_path, "event", "--title", "Open day", "--when", "2026-09-12 10:00/17:00")
    feed = new(tmp_path, "feed", "--title", "Bread", "--organisation", "la-boulangerie-d-ete", "--with-parts")

    assert [each.exit_code for each in (site, organisation, event, feed)] == [0, 0, 0, 0], site.output
    assert "timezone: Europe/Brussels\n" in (tmp_path / "coopcal.yaml").read_text(encoding="utf-8")
    assert "Saturday 12 September 2026, 10:00–17:00 (Europe/Brussels)" in event.output
    assert "Next: coopcal new event --organisation la-boulangerie-d-ete\n" in organisation.output
    assert event_of(tmp_path, "la-boulangerie-d-ete", "open-day-2026").details.title.say("en") == "Open day"
    assert [
        (tmp_path / path)
        .read_text(encoding="utf-8")
        .split("\n")[0]
        .removeprefix("# yaml-language-server: $schema=")
        for path in ("coopcal.yaml", "calendars/la-boulangerie-d-ete.yaml", "feeds/bread.yaml")
    ] == ["./schema.json#/$defs/site", "../schema.json#/$defs/organisation", "../schema.json#/$defs/feed"]
    assert (tmp_path / "schema.json").is_file()
    assert "with_parts: true" in (tmp_path / "feeds/bread.yaml").read_text(encoding="utf-8")
    assert CliRunner().invoke(main, ["--root", str(tmp_path), "check", "--now", NOW]).exit_code == 0


@pytest.mark.parametrize(
    ("options", "told"), [((), True), (("--timezone", "UTC"), False), (("--country", "BE"), False)]
)
def test_that_times_are_in_utc_is_told_where_nobody_said_so(
    options: tuple[str, ...], *, told: bool, tmp_path: Path
) -> None:
    created = new(
        tmp_path, "site", "--yes", "--title", "Our events", "--uid-domain", "example.coop", *options
    )

    assert created.exit_code == 0
    assert ("Times are in UTC" in created.output) == told


def test_an_id_is_proposed_of_any_name(tmp_path: Path) -> None:
    """A taken one gets a number; of a name in another script none can be made, and it is asked for."""
    root = lay(tmp_path)
    made = [
        new(root, "organisation", "--name", name).exit_code
        for name in ("Große Mühle", "The Bakery", "Bakery")
    ]
    asked = new(root, "organisation", "--name", "\u65e5\u672c")

    assert made == [0, 0, 0]
    assert sorted(each.stem for each in (root / "calendars").iterdir()) == [
        "bakery", "bakery-2", "grosse-muhle", "the-bakery",
    ]  # fmt: skip
    assert (asked.exit_code, asked.output.strip().split("\n")[-1]) == (
        2,
        "Error: There is no terminal to ask at, so these are needed: ID",
    )


def test_a_site_brings_what_its_server_needs(tmp_path: Path) -> None:
    """A unit and a proxy's configuration with the site's name."""
    done = new(tmp_path, "site", "--title", "T", "--uid-domain", "example.coop", "--host", "server")

    assert done.exit_code == 0, done.output
    nginx = (tmp_path / "server/nginx.conf").read_text(encoding="utf-8")
    assert "server_name calendars.example.coop;" in nginx


PAGES = "https://mill.github.io/calendar"


@pytest.mark.parametrize(
    ("host", "path"),
    [("github-pages", ".github/workflows/calendar.yml"), ("gitlab-pages", ".gitlab-ci.yml")],
)
def test_a_site_brings_what_publishes_it_on_pages(tmp_path: Path, host: str, path: str) -> None:
    """And says where it is published; what is published into a folder is no source."""
    options = ("--title", "T", "--uid-domain", "example.coop", "--host", host, "--base-url", PAGES)
    done = new(tmp_path, "site", *options)

    assert done.exit_code == 0, done.output
    assert (tmp_path / path).is_file()
    assert PAGES in (tmp_path / "README.md").read_text(encoding="utf-8")
    settings = (tmp_path / "coopcal.yaml").read_text(encoding="utf-8")
    assert f"base_url: {PAGES}\npublished: {PAGES}\n" in settings
    assert "/public/" in (tmp_path / ".gitignore").read_text(encoding="utf-8").splitlines()
    checked = CliRunner().invoke(main, ["--root", str(tmp_path), "check", "--now", NOW])
    assert checked.exit_code == 0, checked.output


def test_a_site_on_pages_speaks_the_language_of_the_terminal(tmp_path: Path) -> None:
    options = ("--title", "T", "--uid-domain", "example.coop", "--host", "github-pages", "--base-url", PAGES)
    for language in LANGUAGES:
        root = tmp_path / language
        root.mkdir()
        CliRunner().invoke(main, ["--root", str(root), "--language", language, "new", "site", *options])

    assert (
        len({(tmp_path / language / "README.md").read_text(encoding="utf-8") for language in LANGUAGES}) == 6
    )


def test_a_repository_tells_its_address_on_github_pages_and_keeps_its_readme(tmp_path: Path) -> None:
    git = ["git", "-C", str(tmp_path)]
    subprocess.run([*git, "init", "--quiet"], check=True)
    subprocess.run([*git, "remote", "add", "origin", "git@github.com:Mill/calendar.git"], check=True)
    (tmp_path / "README.md").write_text("ours\n", encoding="utf-8")
    done = new(tmp_path, "site", "--title", "T", "--uid-domain", "example.coop", "--host", "github-pages")

    assert done.exit_code == 0, done.output
    assert f"published: {PAGES}\n" in (tmp_path / "coopcal.yaml").read_text(encoding="utf-8")
    assert (tmp_path / "README.md").read_text(encoding="utf-8") == "ours\n"


def test_a_site_on_pages_needs_its_address(tmp_path: Path) -> None:
    done = new(tmp_path, "site", "--title", "T", "--uid-domain", "example.coop", "--host", "gitlab-pages")

    assert done.exit_code == 2
    assert "--base-url" in done.output
    assert all_bytes(tmp_path) == {}


def test_no_file_is_overwritten(tmp_path: Path) -> None:
    """The one that is there is named, and nothing at all is written."""
    (tmp_path / "README.md").write_text("mine\n", encoding="utf-8")
    done = new(tmp_path, "site", "--title", "T", "--uid-domain", "example.coop", "--host", "server")

    assert (done.exit_code, all_bytes(tmp_path)) == (1, {"README.md": b"mine\n"})
    assert "README.md is there already" in done.output
    assert new(lay(tmp_path / "site"), "site").exit_code == 1


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (None, ["/_site/", "/.venv/", "/included/.lock"]),
        ("", ["/_site/", "/.venv/", "/included/.lock"]),
        ("*.swp", ["*.swp", "/_site/", "/.venv/", "/included/.lock"]),
        ("_site\n/.venv\n", ["_site", "/.venv", "/included/.lock"]),
        ("!_site/\n", ["!_site/", "/.venv/", "/included/.lock"]),
    ],
)
def test_what_is_compiled_is_ignored_by_git(tmp_path: Path, before: str | None, after: list[str]) -> None:
    """What a ``.gitignore`` says stays as it is, and nothing is said twice."""
    file = tmp_path / ".gitignore"
    if before is not None:
        file.write_text(before, encoding="utf-8")
    done = new(tmp_path, "site", "--title", "T", "--uid-domain", "example.coop", "--host", "server")
    text = file.read_text(encoding="utf-8")

    assert done.exit_code == 0, done.output
    assert text.startswith(before or "#")
    assert [line for line in text.splitlines() if line and not line.startswith("#")] == after


def test_git_keeps_no_compiled_site(tmp_path: Path) -> None:
    """Asked of git itself, after a compile."""
    new(tmp_path, "site", "--title", "T", "--uid-domain", "example.coop")
    compiled(tmp_path)
    git = ["git", "-C", str(tmp_path)]
    subprocess.run([*git, "init", "--quiet"], check=True)
    subprocess.run([*git, "add", "."], check=True)
    kept = subprocess.run([*git, "ls-files"], check=True, capture_output=True, text=True).stdout.split()

    assert "coopcal.yaml" in kept
    assert not [each for each in kept if each.startswith("_site")]


@pytest.mark.parametrize(
    "command",
    [
        ("check",),
        ("compile",),
        ("serve", "--port", str(free_port())),
        ("diff",),
        ("import", "-", "--organisation", "x"),
        ("new", "organisation"),
        ("new", "event"),
        ("new", "feed"),
    ],
)
def test_where_there_is_no_site_each_command_says_how_to_begin(
    tmp_path: Path, command: tuple[str, ...]
) -> None:
    """Nobody is told to write YAML, and nothing is made; around a site or in one, the way there is told."""
    folders = [tmp_path / name for name in ("empty", "its site/calendars", "around")]
    for folder in folders:
        folder.mkdir(parents=True)
    lay(tmp_path / "its site")
    lay(tmp_path / "around/one")
    said = []
    for folder in folders:
        before = sorted(folder.iterdir())
        done = CliRunner().invoke(main, ["--root", str(folder), *command])
        said.append(done.output)

        assert done.exit_code in (1, 2)
        assert sorted(folder.iterdir()) == before
    assert "mend: begin one with “coopcal new site”" in said[0]
    assert "mend: cd " in said[1]
    assert "its site' " in said[1]
    assert f"mend: cd {tmp_path / 'around/one'}   (or" in said[2]
    assert "uid_domain" not in "".join(said)


def test_what_is_missing_is_named_and_nobody_is_waited_for(tmp_path: Path) -> None:
    """In a pipe, all missing options at once."""
    done = new(tmp_path, "site")

    assert done.exit_code == 2
    assert "these are needed: --title, --uid-domain" in done.output
    assert new(tmp_path, "event").exit_code == 2
    assert "--title" in new(lay(tmp_path), "event", "--when", "2026-09-12").output


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--title", "Fair", "--when", "14.3.2027"), "mend: when: 2027-03-14"),
        (("--title", "Fair", "--when", "Mon 2027-03-14"), "is a Sunday"),
        (
            ("--title", "Fair", "--when", "2027-03-14", "--id", "open-day"),
            "stands in calendars/bakery.yaml, line 6",
        ),
        (("--title", "Fair", "--when", "2027-03-14", "--id", "Open Day"), "mend: open-day"),
        (
            ("--title", "Fair", "--when", "2027-03-14", "--online", "the room"),
            "“the room” is no web address.",
        ),
        (("--title", "Fair", "--when", "2027-03-14", "--repeats", "every wek"), "did you mean “week”?"),
        (("--title", "Fair", "--when", "2027-03-14", "--file", "other.yaml"), "is no file of “bakery”"),
        (("--like", "nothing", "--when", "2027-03-14"), "there is no event “nothing”"),
    ],
)
def test_a_wrong_answer_is_told_with_its_mend(tmp_path: Path, arguments: tuple[str, ...], told: str) -> None:
    """By the words of ``check``; nothing is written."""
    root = lay(tmp_path)
    before = all_bytes(root)
    done = new(root, "event", *arguments)

    assert (done.exit_code, all_bytes(root)) == (1, before)
    assert told in done.output


GROUPS = {"coopcal.yaml": f"{SITE}groups: [board, staff]\n"}


@pytest.mark.parametrize(
    ("given", "written"),
    [
        (("--visibility", "board"), "visibility: board"),
        (("--visibility", "board", "--visibility", "staff"), "visibility: [board, staff]"),
        (("--visibility", "members, board"), "visibility: [members, board]"),
    ],
)
@pytest.mark.parametrize(
    "more",
    [(), ("--repeats", "every week until 2027-06-30"), ("--like", "open-day")],
    ids=["", "repeats", "like"],
)
def test_an_event_for_groups(
    tmp_path: Path, given: tuple[str, ...], written: str, more: tuple[str, ...]
) -> None:
    """It is hidden from all others at once, whatever else it is."""
    root = lay(tmp_path, GROUPS)
    done = new(root, "event", "--title", "Council", "--when", "2027-03-14", "--id", "council", *given, *more)

    assert done.exit_code == 0, done.output
    (line,) = re.findall(
        r"^ +(visibility: .*)$",
        (root / "calendars/bakery.yaml").read_text().partition("id: council")[2],
        re.MULTILINE,
    )[:1]
    assert line == written
    assert not event_of(root, "bakery", "council").is_public


@pytest.mark.parametrize(
    ("given", "written"),
    [
        (("--for", "board"), "for: {groups: [board]}"),
        (("--for", "board", "--for", "members"), "for: {groups: [board, members]}"),
    ],
)
def test_a_feed_for_groups(tmp_path: Path, given: tuple[str, ...], written: str) -> None:
    """It is private, and its next step is to make addresses of it."""
    root = lay(tmp_path, GROUPS)
    done = new(root, "feed", "council", "--title", "Council", "--tag", "x", *given)

    assert done.exit_code == 0, done.output
    lines = (root / "feeds/council.yaml").read_text(encoding="utf-8").splitlines()
    assert lines[1:4] == ["title: Council", written, "select: {organisations: all, tags: {any: [x]}}"]
    assert "coopcal token issue council" in done.output
    assert "/feeds/council.ics" not in done.output
    catalogue, problems = decode(read_tree(root)[0])
    assert [feed.id for feed in catalogue.private_feeds] == ["council"]
    assert problems == ()


@pytest.mark.parametrize("what", ["event", "feed"])
@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("bord", "did you mean “board”?"),
        ("nobody", "groups: [members, board, staff, nobody]"),
        ("public, board", "mend:"),
    ],
)
def test_a_group_that_is_unknown_is_told_with_its_mend(
    tmp_path: Path, what: str, given: str, told: str
) -> None:
    """Nothing is written, and nothing becomes public."""
    root = lay(tmp_path, GROUPS)
    before = all_bytes(root)
    options = {"event": ("--when", "2027-03-14", "--visibility"), "feed": ("--for",)}[what]
    done = new(root, what, "--title", "Council", *options, given)

    assert (done.exit_code, all_bytes(root)) == (1, before)
    assert told in done.output


def test_an_id_that_was_published_is_not_used_again(tmp_path: Path) -> None:
    """Though its event stands nowhere any more."""
    root = lay(tmp_path)
    compiled(root)
    gone = BAKERY.replace("  - id: assembly\n", "  - id: gathering\n    formerly: [assembly]\n")
    lay(root, {"calendars/bakery.yaml": gone})
    done = new(root, "event", "--title", "Assembly", "--when", "2027-03-14", "--id", "assembly")

    assert done.exit_code == 1
    assert "The id “assembly” is a former id of “gathering”." in done.output


def test_every_other_byte_stays(tmp_path: Path) -> None:
    """Marks, line ends, comments and the mode, too."""
    root = lay(tmp_path)
    file = root / "calendars/bakery.yaml"
    before = b"\xef\xbb\xbf# Ours.\r\n" + BAKERY.replace("\n", "\r\n").encode() + b"# The end.\r\n"
    file.write_bytes(before)
    file.chmod(0o640)
    done = new(
        root, "event", "--title", "Fair: #1", "--when", "2027-03-14", "--tag", "market", "--tag", "bread"
    )
    after = file.read_bytes()
    added = b'  - id: fair-1-2027\r\n    title: "Fair: #1"\r\n    when: 2027-03-14\r\n    tags: [market, bread]\r\n'

    assert done.exit_code == 0, done.output
    assert after == before.replace(b"# The end.", added + b"# The end.")
    assert stat.S_IMODE(file.stat().st_mode) == 0o640


def test_repeats_are_said_in_one_line(tmp_path: Path) -> None:
    """An event that recurs has no year in its id."""
    root = lay(tmp_path)
    done = new(
        root, "event", "--title", "Evening", "--when", "2026-09-08 19:00/21:00",
        "--repeats", "every month on second Tuesday until 2027-06-30",
    )  # fmt: skip

    assert done.exit_code == 0, done.output
    assert "repeats: {every: month, on: second Tuesday, until: 2027-06-30}" in (
        root / "calendars/bakery.yaml"
    ).read_text(encoding="utf-8")
    assert isinstance(event_of(root, "bakery", "evening"), Series)


EDITION = """\
name: The Bakery
country: BE
events:
  - id: school-2026     # the first
    title: {en: School 2026, fr: École 2026}
    when: 2026-09-12
    status: cancelled
    reason: The hall is flooded
    note: Ask Ana.
    uid: abc@example.org
    where: Ghent
    hashtag: SCHOOL2026
    links: [{label: Programme, url: "https://example.org/2026"}]
    registration: {url: "https://example.org/register", closes: 2026-09-01, full: true}
    documents: [{label: Agenda, url: "https://example.org/a.pdf"}]
    sessions:
      - {id: opening, title: Opening, when: 2026-09-12 10:00/11:00}
"""


def test_the_next_edition_takes_over_what_editions_share(tmp_path: Path) -> None:
    """The year moves on; what was so of the last one alone is left out or flagged; both are one series."""
    root = lay(tmp_path, {"calendars/bakery.yaml": EDITION})
    done = new(root, "event", "--like", "school-2026", "--when", "2027-09-11")
    written = (root / "calendars/bakery.yaml").read_text(encoding="utf-8")
    added = written.split("\n\n", 1)[1]

    assert done.exit_code == 0, done.output
    assert written.startswith(
        EDITION.split("    title", maxsplit=1)[0].rstrip() + "\n    series: school\n    title"
    )
    assert (
        added
        == """\
  - id: school-2027
    title: {en: School 2027, fr: École 2027}
    when: 2027-09-11
    where: Ghent
    hashtag: SCHOOL2027
    links: [{label: Programme, url: https://example.org/2026}]
    registration: {url: https://example.org/register}
    sessions: [{id: opening, title: Opening, when: 10:00/11:00}]
    series: school
"""
    )
    assert "Look at it: The year 2026 stands in links; look whether it still holds." in done.output
    assert (
        "left out: status, reason, note, uid, registration.closes, registration.full, documents."
        in done.output
    )
    assert "Both editions are now in the series “school”." in done.output


def test_an_event_goes_into_the_file_of_its_time(tmp_path: Path) -> None:
    """Of a folder's files: that of the year, else the one whose events lie nearest, else the one asked for."""
    root = lay(tmp_path)
    (root / "calendars/bakery.yaml").unlink()
    folder = {"organisation.yaml": "name: The Bakery\ncountry: BE\n"}
    for name, day in (("old", "2020-01-01"), ("recent", "2025-01-01")):
        folder[f"{name}.yaml"] = f"events:\n  - {{id: {name}, title: An {name} one, when: {day}}}\n"
    lay(
        root / ".",
        {f"calendars/mill/{name}": text for name, text in folder.items()} | {"calendars/bakery.yaml": BAKERY},
    )
    for title, arguments, file in (
        ("First", ("--when", "2020-05-01"), "old.yaml"),
        ("Second", ("--when", "2027-05-01"), "recent.yaml"),
        ("Third", ("--when", "2027-05-01", "--file", "old.yaml"), "old.yaml"),
    ):
        done = new(root, "event", "--organisation", "mill", "--title", title, *arguments)

        assert done.exit_code == 0, done.output
        assert f"title: {title}\n" in (root / "calendars/mill" / file).read_text(encoding="utf-8")


def test_a_full_disk_and_a_folder_that_may_not_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is half-written, and no file is left aside."""
    root = lay(tmp_path)
    before = all_bytes(root)

    def full(_: int) -> None:
        raise OSError(28, "the disk is full")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        event = new(root, "event", "--title", "Fair", "--when", "2027-03-14")
        organisation = new(root, "organisation", "--name", "Mill", "--folder")

    assert (event.exit_code, organisation.exit_code) == (2, 2)
    assert "the disk is full" in event.output
    assert all_bytes(root) == before
    assert not (root / "calendars/mill").exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder_is_told(tmp_path: Path) -> None:
    """With exit code 2."""
    root = lay(tmp_path)
    (root / "calendars").chmod(0o555)
    done = new(root, "event", "--title", "Fair", "--when", "2027-03-14")
    (root / "calendars").chmod(0o755)

    assert done.exit_code == 2
    assert "Nothing was written." in done.output


def test_questions_at_a_terminal(tmp_path: Path) -> None:
    """A wrong answer is told with its mend and asked again; the day is said with its weekday, and may be taken back."""
    root = lay(tmp_path)
    terminal = coopcal(root, "new", "event", "--now", NOW)
    for wanted, answer in (
        ("called in English", "?\n"),
        ("What people read in their calendars", ""),
        ("called in English", "Summer fair\n"),
        ("called in French", "\n"),
        ("When", "1/7/2027\n"),
        ("could be two days", ""),
        ("When", "12.7.2027 10:00-17:00\n"),
        ("Monday 12 July 2027, 10:00–17:00 (Europe/Brussels): is that right?", "n\n"),
        ("When", "2027-07-10 10:00/17:00\n"),
        ("Saturday 10 July 2027, 10:00–17:00 (Europe/Brussels): is that right?", "y\n"),
        ("Where is it", "The meadow\n"),
        ("online", "\n"),
        ("about, in English", "\n"),
        ("Tags", "\n"),
        ("repeat", "\n"),
        ("Its short name", "open-day\n"),
        ("stands in calendars/bakery.yaml", "\n"),
    ):
        terminal.until(wanted)
        terminal.type(answer)

    assert terminal.end() == 0
    assert "Checked: all is well." in terminal.said
    assert (root / "calendars/bakery.yaml").read_text(encoding="utf-8") == BAKERY + (
        "  - id: summer-fair-2027\n    title: Summer fair\n    when: 2027-07-10 10:00/17:00\n    where: The meadow\n"
    )


@pytest.mark.sweep(cases=1)
@pytest.mark.parametrize("key", ["\x03", "\x04"])
def test_leaving_in_the_middle_writes_nothing(tmp_path: Path, key: str) -> None:
    """By Ctrl-C, or by the end of input."""
    root = lay(tmp_path, {"coopcal.yaml": SITE})
    before = all_bytes(root)
    terminal = coopcal(root, "new", "event", "--organisation", "bakery", "--now", NOW)
    terminal.until("called in English")
    terminal.type("Fair\n")
    terminal.until("called in French")
    terminal.type("\n")
    terminal.until("When")

    assert terminal.leave(key) == (130 if key == "\x03" else 2)
    assert re.search(r"Nothing was written\.\s*$", terminal.said)
    assert all_bytes(root) == before
