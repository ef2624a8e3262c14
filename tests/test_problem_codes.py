"""Each code that ``docs/problems.md`` cannot show in an example is told of something that is really so."""

import os
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.support.checking import BEFORE, SMALLEST, lay, problems_of
from tests.support.copies import URL, copy, include, record
from tests.support.trees import NOW
from tests.test_problem_docs import DECLARED, SHOWN

from coopcal.checks import holidays
from coopcal.compile.checker import Choice
from coopcal.compile.pipeline import check, compile_site
from coopcal.model.link import Finding
from coopcal.model.message import msg
from coopcal.model.problem import Problem

BAKERY = "calendars/bakery.yaml"
SITE = SMALLEST["coopcal.yaml"]
PAST, COMING = "2026-03-01", "2026-09-12"
DAYS = [NOW.date() + timedelta(days=number) for number in range(501)]

Problems = Iterable[Problem]


def events(when: str, more: str = "", name: str = "fair") -> str:
    return (
        f"name: The Bakery\ncountry: BE\nevents:\n  - id: {name}\n    title: Fair\n    when: {when}\n{more}"
    )


def of_organisation(text: str, before: str | None = None) -> Callable[[Path], Problems]:
    """Return what checks this text of the organisation, after that of the site before."""
    return lambda folder: problems_of(folder, {BAKERY: text}, {BAKERY: before} if before else None)


def of_files(files: dict[str, str], before: dict[str, str]) -> Callable[[Path], Problems]:
    return lambda folder: problems_of(folder, files, before)


def checked(folder: Path, make: Callable[[Path], object]) -> Problems:
    """Check the smallest tree after something else was made in it, below ``calendars``."""
    root = lay(folder / "tree", {})
    make(root / "calendars/other.yaml")
    return check(root, NOW).problems


def compiled_again(
    folder: Path, files: dict[str, str], damage: Callable[[Path], object] = Path.resolve
) -> Problems:
    """Compile the smallest tree with an event twice, damage what came of it, and compile it with other files."""
    root = lay(folder / "tree", {BAKERY: events(COMING)})
    for now in (BEFORE, datetime(2026, 2, 1, tzinfo=UTC)):
        assert compile_site(root, root / "_site", now, first=True).published
    damage(root / "_site")
    return compile_site(lay(root, files), root / "_site", NOW).problems


def without_manifests(site: Path) -> None:
    for manifest in site.glob("versions/*/manifest.json"):
        manifest.write_bytes(b"{}")


def with_links(finding: Finding) -> Callable[[Path], Problems]:
    """Return what checks a link of which this is found."""
    files = {BAKERY: events(COMING, "    links: [{label: Programme, url: https://bakery.coop/}]\n")}

    def told(folder: Path) -> Problems:
        choice = Choice(probe=lambda links: dict.fromkeys(links, finding))
        return check(lay(folder, files), NOW, choice=choice).problems

    return told


def trimmed(folder: Path) -> Problems:
    text = events(PAST, f"    description: {'Bread. ' * 1000}\n")
    many = "".join(
        text[text.index("  - id") :].replace("id: fair", f"id: fair-{number}") for number in range(200)
    )
    root = lay(folder, {BAKERY: "name: The Bakery\ncountry: BE\nevents:\n" + many})
    return compile_site(root, root / "_site", NOW, first=True).problems


def without_library(folder: Path) -> Problems:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(holidays, "installed", lambda: False)
        return problems_of(folder, {"coopcal.yaml": SITE + "checks: {public-holiday: note}\n"})


def with_large_file(folder: Path) -> Problems:
    root = lay(folder, {BAKERY: events(COMING, "    documents: [{label: Agenda, file: agenda.pdf}]\n")})
    with (root / "calendars/agenda.pdf").open("wb") as file:
        file.truncate(20_000_001)
    return check(root, NOW).problems


def with_text_for_logo(folder: Path) -> Problems:
    root = lay(folder, {BAKERY: "name: The Bakery\nlogo: {file: logo.png, alt: The Bakery}\n"})
    (root / "calendars/logo.png").write_text("The Bakery", encoding="utf-8")
    return check(root, NOW).problems


def with_copy(**said: object) -> Callable[[Path], Problems]:
    """Return what checks a feed of others of whose copy this is recorded."""
    feed = {"feeds/valley.yaml": "title: Valley\n" + include((URL, "bakery"))}
    files = {BAKERY: "name: The Bakery\n", **feed, **dict((copy(), record(**said)))}
    return lambda folder: check(lay(folder, files), NOW).problems


TOLD: dict[str, Callable[[Path], Problems]] = {
    "address-changed": of_files(
        {"coopcal.yaml": f"{SITE}base_url: https://new.example.coop\n"},
        {"coopcal.yaml": f"{SITE}base_url: https://old.example.coop\n"},
    ),
    "bad-picture": with_text_for_logo,
    "cannot-hold": lambda folder: compiled_again(
        folder, {BAKERY: events("2026-02-31"), "coopcal.yaml": SITE + "on_error: hold\n"}
    ),
    "control-character": of_organisation("name: The \x07Bakery\n"),
    "copy-is-old": with_copy(seen="2026-05-28T08:00:00Z"),
    "copy-not-used": of_files({record()[0]: f'{{"url": "{URL}"}}'}, {}),
    "dead-link": with_links(Finding(msg("no such page"))),
    "edition-under-old-id": of_organisation(events("2027-03-01"), events(PAST)),
    "event-gone": of_organisation("name: The Bakery\n", events(COMING)),
    "feed-gone": of_files({}, {"feeds/few.yaml": "title: Few\n"}),
    "feed-trimmed": trimmed,
    "fetch-fails": with_copy(why={"said": "no server answers there", "with": {}}),
    "file-too-large": with_large_file,
    "holidays-not-installed": without_library,
    "id-used-again": of_organisation(
        events(COMING),
        events(COMING, "removed: [fair]\n", "open-day"),
    ),
    "link-leaves-tree": lambda folder: checked(folder, lambda path: path.symlink_to("/etc/hostname")),
    "link-loop": lambda folder: checked(folder, lambda path: path.symlink_to(path.name)),
    "links-not-checked": with_links(Finding(msg("this machine is not online"), sure=False)),
    "long-description": of_organisation(events(COMING, f"    description: {'Bread. ' * 1000}\n")),
    "never-published": of_organisation(events(COMING, "removed: [ball]\n"), events(COMING)),
    "new-yet-past": of_organisation(
        events(COMING) + events(PAST, name="ball").partition("events:\n")[2], events(COMING)
    ),
    "no-file": lambda folder: checked(folder, os.mkfifo),
    "no-previous-site": lambda folder: compiled_again(folder, {}, without_manifests),
    "no-site": lambda folder: check(folder, NOW).problems,
    "not-utf8": lambda folder: checked(folder, lambda path: path.write_bytes(b"name: Caf\xe9\n")),
    "nothing-to-correct": of_organisation(events(COMING, "    corrected: true\n"), events(COMING)),
    "older-site": lambda folder: compiled_again(folder, {}, lambda site: (site / "current").unlink()),
    "organisation-gone": of_files(
        {"calendars/mill.yaml": "name: The Mill\n"}, {"calendars/shop.yaml": "name: The Shop\n"}
    ),
    "too-large": lambda folder: checked(folder, lambda path: path.write_bytes(b"#" * 5_000_001)),
    "too-many-dates": of_organisation(events(f"[{', '.join(str(day) for day in DAYS)}]")),
    "uid-changed": of_organisation(events(COMING, "    uid: other@example.coop\n"), events(COMING)),
    "uid-domain-changed": of_files({"coopcal.yaml": SITE.replace("example.coop", "other.coop")}, {}),
    "unreadable": lambda folder: checked(folder, lambda path: path.symlink_to("gone")),
}
"""What tells each of them."""


def test_what_the_page_does_not_show_is_told_here() -> None:
    """Every declared code is told of something: there, or here."""
    assert {*TOLD, *SHOWN} == set(DECLARED)


@pytest.mark.parametrize("code", TOLD)
def test_what_cannot_be_shown_is_told(code: str, tmp_path: Path) -> None:
    """By the whole of a check or a compile."""
    assert code in {problem.code for problem in TOLD[code](tmp_path)}
