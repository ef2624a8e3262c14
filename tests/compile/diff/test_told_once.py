"""What is told once, though it changes much; what is past; and what is compared with."""

import json
import subprocess
from pathlib import Path

import pytest
from tests.support.checking import lay
from tests.support.diffs import BEFORE, MORE, NOW, apart, diff, tree
from tests.support.trees import compiled

from coopcal.cli.instant import Instant
from coopcal.site.reader import open_site

COURSE = """\
name: The Bakery
country: BE
places: {shop: {name: The shop, city: Ghent}}
events:
  - id: course
    title: Course
    when:
      - 2026-09-01 18:00/20:00
      - {when: 2026-09-08 18:00/20:00, where: shop}
      - {when: 2026-09-15 18:00/20:00, where: shop}
      - {when: 2026-09-22 18:00/20:00, where: shop}
"""


def told(folder: Path, before: str, after: str, *options: str) -> str:
    """Tell what changes of an organisation, without the first line."""
    root = lay(folder, {"calendars/bakery.yaml": before})
    compiled(root, Instant().convert(NOW, None, None))
    lay(root, {"calendars/bakery.yaml": after})
    return apart(diff(root, *options))[1]


def test_the_same_of_several_dates_is_one_sentence(tmp_path: Path) -> None:
    """A place that dates of a course share."""
    after = COURSE.replace("The shop", "The mill")

    assert told(tmp_path, COURSE, after) == (
        "The Bakery\n  Course\n    Tuesday 8 September 2026; Tuesday 15 September 2026; Tuesday 22 September 2026: "
        "Another place: before The shop, Ghent, now The mill, Ghent\n    In the calendars: all, bakery\n"
    )


def test_another_rule_is_told_in_words(tmp_path: Path) -> None:
    """As it was and as it is, also in the log of changes; one that words do not tell only by that it is another."""
    head = "name: The Bakery\nevents:\n  - id: open\n    title: Open\n    when: 2026-09-01 18:00/20:00\n"
    weekly, odd = (
        "    repeats: {every: week}\n",
        "    repeats: {rule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TU;WKST=TU'}\n",
    )
    monthly = "    repeats: {every: month, on: first Tuesday}\n"

    rule = "every Tuesday (before: the first Tuesday of every month)"
    assert f"Repeats otherwise: {rule}\n" in told(tmp_path / "rule", head + monthly, head + weekly)
    assert "Repeats now: every Tuesday\n" in told(tmp_path / "now", head, head + weekly)
    assert "Does not repeat any more\n" in told(tmp_path / "once", head + weekly, head)
    assert "Repeats on other dates than before\n" in told(tmp_path / "odd", head + weekly, head + odd)
    other = head.replace("id: open", "id: other") + weekly
    assert "    Repeats: every Tuesday\n" in told(
        tmp_path / "new", head, head + other.partition("events:\n")[2]
    )
    compiled(tmp_path / "rule", Instant().convert("2026-06-02T12:00:00Z", None, None))
    changes = open_site(tmp_path / "rule/_site").changes["bakery", None].bodies["identity"].content.decode()
    assert f"Repeats otherwise: {rule}" in changes


@pytest.mark.parametrize(("count", "sentences"), [(1, 1), (2, 2), (3, 1), (12, 1)])
def test_one_changed_place_is_one_sentence_of_three_events_and_more(
    tmp_path: Path, count: int, sentences: int
) -> None:
    """However many are there; those that are told together are named, five of them at most."""
    events = "".join(
        f"  - {{id: e{number}, title: Event {number}, when: 2026-09-{number + 1:02}, where: shop}}\n"
        for number in range(count)
    )
    before = f"name: The Bakery\nplaces: {{shop: {{name: The shop}}}}\nevents:\n{events}"
    said = told(tmp_path, before, before.replace("The shop", "The mill"))

    assert said.count("Another place: before The shop, now The mill") == sentences
    assert ("12 events (Event 0; Event 1; Event 2; Event 3; Event 4; 7 more): " in said) is (count == 12)


def test_a_series_that_began_long_ago_is_not_past(tmp_path: Path) -> None:
    """While it goes on; one that has ended is."""
    series = "  - {id: walk, title: Walk, when: 2025-01-01, repeats: {every: month, count: %d}}\n"
    head = "name: The Bakery\nevents:\n"
    goes_on = told(tmp_path / "1", head + "  []\n", head + series % 24)
    ended = told(tmp_path / "2", head + "  []\n", head + series % 12)

    assert "    New: Wednesday 1 January 2025\n" in goes_on
    assert "    New: Wednesday 1 January 2025, which is past\n" in ended


def test_no_word_of_the_past_is_kept_in_the_log(tmp_path: Path) -> None:
    """What is past is so on the day of the question alone."""
    root = lay(tmp_path, {"calendars/bakery.yaml": "name: The Bakery\nevents: []\n"})
    compiled(root, Instant().convert(NOW, None, None))
    lay(root, {"calendars/bakery.yaml": "name: The Bakery\nevents: [{id: a, title: A, when: 2025-01-01}]\n"})
    compiled(root, Instant().convert("2026-06-02T12:00:00Z", None, None))
    version = (root / "_site/current").read_text().strip()
    log = json.loads((root / "_site/versions" / version / "public/site.json").read_text())["log"]

    assert [each["differences"][0]["kind"] for each in log] == ["added"]
    assert "past" not in log[0]["differences"][0]


def test_the_first_line_says_what_is_compared_with(tmp_path: Path) -> None:
    """The last site and its moment on the site's clocks, a revision, other sources; in JSON, too, and where nothing changes."""
    root = tree(tmp_path / "tree")
    compiled(root, Instant().convert(NOW, None, None))
    for words in (
        ["init", "-q"],
        ["add", "."],
        ["-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "-qm", "one"],
    ):
        subprocess.run(["git", "-C", root, *words], check=True)

    def line(*arguments: str) -> str:
        done = diff(root, *arguments)
        assert done.exit_code == 0, done.stderr
        return done.stdout.split("\n")[0]

    assert line() == "Compared with the site of Monday 1 June 2026, 14:00 (_site)"
    assert (
        line("--language", "de") == "Verglichen mit der Veröffentlichung: Montag, 1. Juni 2026, 14:00 (_site)"
    )
    assert line("HEAD") == "Compared with the revision “HEAD”"
    assert line(str(BEFORE)) == f"Compared with the sources in {BEFORE}"
    assert line(str(root / "_site")).endswith(f"({root / '_site'})")
    assert line("--format", "markdown").startswith("Compared with the site of Monday 1 June 2026")
    assert json.loads(diff(root, "--format", "json").stdout)["compared_with"] == line()


def test_a_feed_is_told_of_only_where_it_changes_itself(tmp_path: Path) -> None:
    """No list of its events follows what was told of these."""
    root = tree(tmp_path / "tree")
    compiled(root, Instant().convert(NOW, None, None))
    MORE[0].make(root)
    said = diff(root, "--format", "markdown").stdout

    assert "Calendars" not in said.replace("In the calendars", "")


ELSEWHERE = [
    ("when: 2026-09-01 09:00/10:00, where: {city: Kyoto, country: JP}", "Tuesday 1 September 2026, 09:00–10:00 (Japan Time)"),
    ("when: until 2026-09-01 23:59 AoE", "by Tuesday 1 September 2026, 23:59 (anywhere on earth)"),
    ("when: 2026-09-01 09:00/10:00, timezone: Africa/Tunis", "Tuesday 1 September 2026, 09:00–10:00 (Tunisian Time)"),
    ("when: 2026-09-01 09:00/10:00, timezone: Europe/Paris", "Tuesday 1 September 2026, 09:00–10:00"),
    ("when: 2026-09-01 09:00/10:00", "Tuesday 1 September 2026, 09:00–10:00"),
]  # fmt: skip


@pytest.mark.parametrize(("keys", "said"), ELSEWHERE)
def test_what_is_new_elsewhere_says_whose_time_it_is(tmp_path: Path, keys: str, said: str) -> None:
    """As lists do; nothing of what is at home."""
    head = "name: The Bakery\ncountry: BE\nevents:\n  - {id: fair, title: Fair, when: 2026-10-01}\n"
    after = f"{head}  - {{id: visit, title: Visit, {keys}}}\n"
    (tmp_path / "t").mkdir()

    assert f"    New: {said}\n" in told(tmp_path / "t", head, after)
    words = json.loads(diff(tmp_path / "t", "--format", "json").stdout)["events"][0]["words"]
    assert words == [f"New: {said}"]


def test_a_zone_is_called_as_people_call_it(tmp_path: Path) -> None:
    """And a deadline, or what is imprecise, stands in its sentence."""
    text = "name: The Bakery\ncountry: BE\nevents:\n  - {{id: fair, title: Fair, when: {when}}}\n".format

    assert (
        "    Moved from Tuesday 1 September 2026, 10:00 to Wednesday 2 September 2026, 23:59 (anywhere on earth)\n"
        "    Another time zone: before Central European Time, now anywhere on earth\n"
    ) in told(tmp_path / "a", text(when="until 2026-09-01 10:00"), text(when="until 2026-09-02 23:59 AoE"))
    assert "    Moved from September 2026 to autumn 2026\n" in told(
        tmp_path / "b", text(when="2026-09"), text(when="autumn 2026")
    )
