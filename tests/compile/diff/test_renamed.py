"""An organisation or a feed that is renamed: its events are as they were, and the log calls it as it is called now."""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import pytest
from tests.support.command import coopcal
from tests.support.trees import NOW, compiled, lay

from coopcal.compile.diff.compare import compare
from coopcal.compile.diff.facts import seen_by
from coopcal.compile.pipeline import check
from coopcal.model.facts import Facts, HappeningFacts
from coopcal.model.site import Catalogue
from coopcal.site.memory import of_json
from coopcal.site.reader import open_site

BAKERY = """\
name: The Bakery
country: BE
timezone: Europe/Brussels
accepts: all
places: {shop: {name: The shop, city: Ghent, country: BE}}
contacts: {office: {name: Office, email: office@bakery.example}}
events:
  - {id: fair, title: Fair, when: 2026-10-09/2026-10-10, where: shop, contact: office, hosts: [mill], sessions: [{id: opening, title: Opening, when: 2026-10-09 10:00/11:00, partners: [mill]}]}
  - {id: talks, title: Talks, when: [2026-10-13 19:00/21:00, 2026-11-10 19:00/21:00], participants: [mill]}
  - id: course
    title: Course
    when: 2026-09-01 19:00/21:00
    partners: [mill]
    repeats:
      every: week
      until: 2026-12-22
      also: [2026-10-01 19:00/21:00]
      changes:
        2026-09-15: {status: cancelled, reason: Ill}
        2026-09-22: {partners: []}
        from 2026-11-03: {when: 18:00/20:00}
  - {id: meeting, title: Meeting, when: 2026-09-03 19:00/21:00, visibility: [members], public_shows: busy}
"""
MILL = """\
name: The Mill
country: BE
timezone: Europe/Brussels
part_of: bakery
events:
  - {id: open-day, title: Open day, when: 2026-09-12, organisers: [bakery], partners: [mill, {name: Outsider}]}
"""
SOME = "title: Some\nselect: {organisations: [bakery], with_parts: true}\n"
SOURCES = {"calendars/bakery.yaml": BAKERY, "calendars/mill.yaml": MILL, "feeds/some.yaml": SOME}


def _rename(root: Path, old: str, new: str, *, former: tuple[str, ...] = ()) -> None:
    """Rename an organisation or a feed, wherever it is named."""
    for path in (*root.glob("calendars/*.yaml"), *root.glob("feeds/*.yaml")):
        text = path.read_text(encoding="utf-8")
        for mark in ("[", " ", "- "):
            for end in ("]", ",", "\n"):
                text = text.replace(f"{mark}{old}{end}", f"{mark}{new}{end}")
        if path.stem == old:
            path.unlink()
            kept = "".join(
                line for line in text.splitlines(keepends=True) if not line.startswith("formerly:")
            )
            text = f"formerly: [{', '.join((*former, old))}]\n{kept}"
        path.with_stem(new if path.stem == old else path.stem).write_text(text, encoding="utf-8")


RENAMINGS = {
    "an organisation": {"bakery": "bakers"},
    "one that takes part": {"mill": "millers"},
    "both": {"mill": "millers", "bakery": "bakers"},
    "a feed": {"some": "few"},
}


def _catalogue(root: Path) -> Catalogue:
    checked = check(root, NOW)
    assert checked.catalogue is not None
    assert checked.sound, checked.problems
    return checked.catalogue


def _published(root: Path) -> Facts:
    facts = of_json(open_site(root / "_site").site_json).facts
    assert facts is not None
    return facts


@pytest.mark.parametrize("audience", [frozenset[str](), frozenset(["members"])], ids=["public", "members"])
@pytest.mark.parametrize("renaming", RENAMINGS.values(), ids=RENAMINGS)
def test_nothing_is_told_of_what_is_only_called_otherwise(
    renaming: Mapping[str, str], audience: frozenset[str], tmp_path: Path
) -> None:
    """Neither of sources held against others, nor in the log; renamed again, neither; what changes besides is told."""
    root = lay(tmp_path, SOURCES)
    before = seen_by(_catalogue(root), NOW, audience)
    compiled(root, NOW)
    for old, new in renaming.items():
        _rename(root, old, new)
    after = seen_by(_catalogue(root), NOW, audience)
    compiled(root, NOW + timedelta(hours=1))

    assert not compare(before, after).events
    assert of_json(open_site(root / "_site").site_json).log == ()
    for old, new in renaming.items():
        _rename(root, new, f"{new}-again", former=(old,))
    compiled(root, NOW + timedelta(hours=2))
    assert of_json(open_site(root / "_site").site_json).log == ()
    for path in root.glob("calendars/*.yaml"):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("{name: Outsider}", "{name: Stranger}"), encoding="utf-8")
    compiled(root, NOW + timedelta(hours=3))
    (entry,) = of_json(open_site(root / "_site").site_json).log
    assert [one.new for one in entry.change.differences] == [("people",)]


def test_a_site_that_was_compiled_before_is_told_nothing_of_what_was_renamed_then(tmp_path: Path) -> None:
    """It holds marks by the ids of that time alone."""
    root = lay(tmp_path, SOURCES)
    _rename(root, "bakery", "bakers")
    facts = seen_by(_catalogue(root), NOW)
    happenings = [one for one in facts.events.values() if isinstance(one, HappeningFacts)]
    both = {mark for one in happenings if " " in (mark := dict(one.shown.details)["people"])}
    assert both
    compiled(root, NOW)
    site = open_site(root / "_site").site_json.decode()
    for mark in both:
        assert f'"{mark}"' in site
        site = site.replace(f'"{mark}"', f'"{mark.split()[1]}"')
    before = of_json(site.encode()).facts
    assert before is not None
    assert before != _published(root)

    assert not compare(before, _published(root)).events


def test_the_log_calls_what_was_renamed_as_it_is_called_now(tmp_path: Path) -> None:
    """So that it is told under its name, in its feed, and once with what changes after that."""
    root = lay(tmp_path, SOURCES)
    compiled(root, NOW)
    mill = root / "calendars/mill.yaml"
    text = mill.read_text(encoding="utf-8").replace("organisers: [bakery], ", "")
    mill.write_text(text, encoding="utf-8")
    compiled(root, NOW + timedelta(hours=1))
    _rename(root, "bakery", "bakers")
    _rename(root, "mill", "millers")
    _rename(root, "some", "few")
    compiled(root, NOW + timedelta(hours=2))

    (entry,) = of_json(open_site(root / "_site").site_json).log
    assert entry.change.organisation == "millers"
    assert entry.change.feeds == ("all", "bakers", "few", "millers")
    assert "leaves bakers" in [f"{one.kind} {one.old}" for one in entry.change.differences]
    told = coopcal(root, "--language", "en", "diff", "--since-last", "--now", "2026-06-02T00:00Z").stdout
    assert "The Mill\n  Open day\n" in told
    assert not any(f" {old}" in told.replace(":", "") for old in ("bakery", "mill,", "some"))
