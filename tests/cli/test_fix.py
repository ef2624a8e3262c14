"""``coopcal check --fix``: what is certain is mended in its place, nothing else changes, and all of it is shown."""

import shutil
import stat
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.support.terminal import coopcal
from tests.support.trees import BAKERY, NOW, compiled, lay

from coopcal.cli import main
from coopcal.compile.pipeline import check

SIXTY = Path(__file__).parents[1] / "golden/check/sixty"


def fix(root: Path, *arguments: str) -> Result:
    now = "2026-06-01T12:00:00Z"
    return CliRunner().invoke(main, ["--root", str(root), "check", "--now", now, "--fix", *arguments])


def small(root: Path, event: str, top: str = "country: BE\n") -> Path:
    site = "title: Example\nuid_domain: example.coop\nlanguages: [en, fr]\ntimezone: Europe/Brussels\ntags: [market]\n"
    lay(root, {"coopcal.yaml": site})
    text = f"name: The Bakery\n{top}events:\n  - id: fair   # ours\n    title: Fair\n{event}"
    (root / "calendars/bakery.yaml").write_text(text, encoding="utf-8")
    return root / "calendars/bakery.yaml"


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("when: 14.3.2026", "when: 2026-03-14"),
        ("when: 2026-03-14 18h30", "when: 2026-03-14 18:30"),
        ("when: 2026-03-14 6 pm", "when: 2026-03-14 18:00"),
        ("when: 2026-03-14 09:00–17:30", "when: 2026-03-14 09:00/17:30"),
        ("when: 14.3.2026 18h30–20h", "when: 2026-03-14 18:30/20:00"),
        ("when: 2026\n    where: Room # 5", 'when: 2026\n    where: "Room # 5"'),
        ("when: 2026\n    hashtag: #FAIR", 'when: 2026\n    hashtag: "#FAIR"'),
        ("when: 2026\n    where: {name: Hall, Ghent}", 'when: 2026\n    where: {name: "Hall, Ghent"}'),
        ("when: 2026\n    where: “The hall”", 'when: 2026\n    where: "The hall"'),
        ("when: 2026\n    description: Bread: and more", 'when: 2026\n    description: "Bread: and more"'),
        ("when: 2026\n    where:Ghent", "when: 2026\n    where: Ghent"),
        ("when:\u00a02026\n    where: Ghent", "when: 2026\n    where: Ghent"),
        (
            "when: 2026\n   \u00a0where: Ghent\n    shows_as: free",
            "when: 2026\n    where: Ghent\n    shows_as: free",
        ),
        ("wehn: 2026", "when: 2026"),
        ("when: 2026\n    wher: Ghent", "when: 2026\n    where: Ghent"),
        ("wher: 2026", None),
        ("where: Ghent\n    wher: 2026", None),
        ("date: 2026", "when: 2026"),
        ("when: 2026\n    status: canceled", "when: 2026\n    status: cancelled"),
        ("when: 2026\n    tags: [markets]", "when: 2026\n    tags: [market]"),
        (
            "when: 2026\n    where: {city: Lyon, country: France}",
            "when: 2026\n    where: {city: Lyon, country: FR}",
        ),
        (
            "when: 2026\n    online: www.example.org/room",
            "when: 2026\n    online: https://www.example.org/room",
        ),
        ("when: 2026\n    timezone: 'Europe/Brusels'", "when: 2026\n    timezone: 'Europe/Brussels'"),
        ("when: 2026\n\twhere: Ghent", None),
        ("when: 3/4/2026", None),
        ("when: 2026-02-31", None),
        ("when: 2026\n    url: https://example.org/", None),
        ("when: 2026\n    hashtag: # to be said", None),
        ("when: 2026\n    where: {name: Hall, country: Frnce}", None),
    ],
)
def test_what_is_certain_is_mended_and_nothing_else(tmp_path: Path, wrong: str, right: str | None) -> None:
    """One place, its bytes alone; what could mean another thing stays as it is."""
    file = small(tmp_path, f"    {wrong}\n")
    before = file.read_text(encoding="utf-8")
    done = fix(tmp_path)
    after = file.read_text(encoding="utf-8")

    assert after == (before if right is None else before.replace(wrong, right))
    assert done.exit_code == (1 if right is None else 0), done.output
    fix(tmp_path)

    assert file.read_text(encoding="utf-8") == after


def test_changes_are_shown_as_a_diff_with_their_codes(tmp_path: Path) -> None:
    """And --dry-run shows the same, and writes nothing."""
    file = small(tmp_path, "    when: 14.3.2026\n    status: canceled\n")
    before = file.read_text(encoding="utf-8")
    tried = fix(tmp_path, "--dry-run")

    assert file.read_text(encoding="utf-8") == before

    done = fix(tmp_path)
    shown = """\
# calendars/bakery.yaml: bad-date, unknown-word
--- a/calendars/bakery.yaml
+++ b/calendars/bakery.yaml
@@ -5,3 +5,3 @@
     title: Fair
-    when: 14.3.2026
-    status: canceled
+    when: 2026-03-14
+    status: cancelled
"""

    assert tried.output.startswith(shown + "Nothing was written (--dry-run).\n")
    assert done.output.startswith(shown)


def test_marks_line_ends_mode_and_a_missing_last_line_end_stay(tmp_path: Path) -> None:
    """As an editor of another system left them."""
    file = small(tmp_path, "")
    before = b"\xef\xbb\xbfname: The Bakery\r\ncountry: UK\r\n# no line end"
    file.write_bytes(before)
    file.chmod(0o640)

    assert fix(tmp_path).exit_code == 0
    assert file.read_bytes() == before.replace(b"UK", b"GB")
    assert stat.S_IMODE(file.stat().st_mode) == 0o640


def test_a_tree_of_every_mistake_gets_better_and_never_worse(tmp_path: Path) -> None:
    """No error that was not there; what is left is what people have to decide; a second run does nothing."""
    root = tmp_path / "source"
    shutil.copytree(SIXTY / "source", root)
    before = check(root, NOW).problems
    fix(root)
    after = check(root, NOW).problems
    texts = {each: each.read_bytes() for each in root.rglob("*.yaml")}
    known = {(each.position.path.removesuffix(".yml"), each.code) for each in before}
    new = [each for each in after if (each.position.path.removesuffix(".yaml"), each.code) not in known
           and (each.position.path, each.code) not in known]  # fmt: skip

    assert len([each for each in after if each.severity == "error"]) <= len(before) - 20
    assert [each for each in new if each.severity == "error"] == []
    assert not [each for each in after if each.fix is not None and each.code.startswith("bad-t")]
    assert (root / "calendars/ending.yaml").is_file()
    fix(root)

    assert {each: each.read_bytes() for each in root.rglob("*.yaml")} == texts


def test_what_is_gone_is_removed_only_when_somebody_says_so(tmp_path: Path) -> None:
    """In a pipe not at all; with --yes it is written down."""
    root = lay(tmp_path)
    compiled(root)
    gone = BAKERY.replace(BAKERY[BAKERY.index("  - id: assembly") : BAKERY.index("  - id: board")], "")
    file = root / "calendars/bakery.yaml"
    file.write_text(gone, encoding="utf-8")

    assert fix(root).exit_code == 1
    assert file.read_text(encoding="utf-8") == gone
    assert fix(root, "--yes").exit_code == 0
    assert file.read_text(encoding="utf-8") == gone.replace("events:\n", "removed: [assembly]\nevents:\n")


def test_what_was_probably_renamed_gets_its_former_id(tmp_path: Path) -> None:
    """An event on the same days, not published before."""
    root = lay(tmp_path)
    compiled(root)
    renamed = BAKERY.replace("id: assembly", "id: gathering")
    file = root / "calendars/bakery.yaml"
    file.write_text(renamed, encoding="utf-8")

    assert fix(root, "--yes").exit_code == 0
    assert file.read_text(encoding="utf-8") == renamed.replace(
        "id: gathering\n", "id: gathering\n    formerly: [assembly]\n"
    )


def test_a_path_limits_what_is_mended(tmp_path: Path) -> None:
    """Other files stay as they are."""
    file = small(tmp_path, "    when: 14.3.2026\n")
    other = tmp_path / "calendars/mill.yaml"
    other.write_text("name: Mill\ncountry: UK\n", encoding="utf-8")
    before = file.read_bytes()
    fix(tmp_path, str(other))

    assert (file.read_bytes(), other.read_text(encoding="utf-8")) == (before, "name: Mill\ncountry: GB\n")


@pytest.mark.parametrize("mark", ["\u200b", "\u00ad", "\ufeff", "\u2060"])
def test_what_stands_in_braces_never_becomes_a_text(tmp_path: Path, mark: str) -> None:
    """What nobody sees is taken out, and nothing else is done."""
    file = small(tmp_path, "    when: 2026-03-14\n")
    text = file.read_text(encoding="utf-8")
    file.write_text(
        text.replace("title: Fair", f"title: {mark}{{en: Summer fair, fr: Fête d'été}}"), encoding="utf-8"
    )

    assert fix(tmp_path).exit_code == 0
    assert file.read_text(encoding="utf-8") == text.replace(
        "title: Fair", "title: {en: Summer fair, fr: Fête d'été}"
    )


@pytest.mark.parametrize("blanks", [3, 5])
def test_a_blank_too_few_or_too_many_is_mended(tmp_path: Path, blanks: int) -> None:
    """Where no other place for the line would do."""
    file = small(tmp_path, f"    when: 2026-03-14\n{' ' * blanks}where: Ghent\n    hashtag: fair\n")
    text = file.read_text(encoding="utf-8")

    assert fix(tmp_path).exit_code == 0
    assert file.read_text(encoding="utf-8") == text.replace(f"\n{' ' * blanks}where", "\n    where")


def test_a_terminal_takes_yes_and_no_in_any_language(tmp_path: Path) -> None:
    """What is neither is asked again; Enter says no."""
    root = lay(tmp_path)
    compiled(root)
    file = root / "calendars/bakery.yaml"
    gone = BAKERY.replace(BAKERY[BAKERY.index("  - id: assembly") : BAKERY.index("  - id: board")], "")
    for answers, after in (
        (("\n",), gone),
        (("maybe\n", "Nein\n"), gone),
        (("perhaps\n", "sì\n"), gone.replace("events:\n", "removed: [assembly]\nevents:\n")),
    ):
        file.write_text(gone, encoding="utf-8")
        terminal = coopcal(root, "check", "--fix", "--now", "2026-06-01T12:00:00Z")
        for answer in answers:
            terminal.until("[y/N]:")
            terminal.type(answer)
        terminal.end()

        assert file.read_text(encoding="utf-8") == after


@pytest.mark.parametrize(("key", "code"), [("\x03", 130), ("\x04", 2)])
def test_who_leaves_at_a_question_writes_nothing_and_is_told_no_more_than_needed(
    tmp_path: Path, key: str, code: int
) -> None:
    """By Ctrl-C, as shells tell it; or by the end of input, which is no answer."""
    root = lay(tmp_path)
    compiled(root)
    file = root / "calendars/bakery.yaml"
    gone = BAKERY.replace(BAKERY[BAKERY.index("  - id: assembly") : BAKERY.index("  - id: board")], "")
    file.write_text(gone, encoding="utf-8")
    terminal = coopcal(root, "check", "--fix", "--now", "2026-06-01T12:00:00Z")
    terminal.until("[y/N]:")
    asked = len(terminal.said)

    assert terminal.leave(key) == code
    assert file.read_text(encoding="utf-8") == gone
    said = terminal.said[asked:].replace("^C", "").replace("^D", "").split()
    assert said == ([] if code == 130 else ["coopcal:", "the", "question", "was", "not", "answered"])
