"""Compiled in portions of some organisations, a site is what it is when all are compiled together."""

import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from tests.support.trees import NOW, lay

from coopcal.checks.overview import profile
from coopcal.compile.assemble import assemble, assembly
from coopcal.compile.checker import Checker
from coopcal.compile.cut import cut, holders_of
from coopcal.compile.inputs import Inputs
from coopcal.compile.join import Joined, join
from coopcal.compile.organisations import portion
from coopcal.compile.pipeline import compile_site
from coopcal.compile.prepared import Standing
from coopcal.compile.previous import finder
from coopcal.model.published import Published

ROOT = Path(__file__).parent.parent
CASES = [path / "source" for path in sorted((ROOT / "golden/feeds").iterdir()) if path.is_dir()]
EVENT = "  - {{id: {id}, title: {title}, when: 2026-0{month}-12 10:00/12:00{more}}}\n"


def inputs_of(root: Path, out: Path) -> Inputs:
    """Return what a compile of sources is made of, a week after the one before."""
    now = NOW + timedelta(days=7)
    checked = Checker(root, now, finder(out, None, first=True)).check()
    assert checked.catalogue is not None, checked.problems
    return Inputs.of(checked.catalogue, checked.plans, checked.published, now, {})


def _none() -> Published:
    raise AssertionError


def content_of(joined: Joined, inputs: Inputs) -> list[object]:
    """Return the content of a site, with what can be gone through once as it is."""
    feeds = assembly(joined, inputs, Standing())
    content = assemble(joined, inputs, lambda _: Path("files"), feeds, Standing())
    return [
        *feeds,
        *(records and records() for records in content.records),
        *(rows and rows() for rows in content.rows),
        content.published(),
        replace(content, feeds=(), records=(), rows=(), published=_none),
    ]


def inputs_of_batch(inputs: Inputs, names: list[str], before: Published | None) -> Inputs:
    """Return the inputs of some organisations, of a site whose catalogue holds no events."""
    organisations = inputs.catalogue.organisations
    profiles = replace(inputs.catalogue, organisations=tuple(map(profile, organisations)))
    known = Inputs.of(profiles, inputs.plans, inputs.before, inputs.now, {})
    return known.of_some([one for one in organisations if one.id in names], before or known.before)


def assert_no_cut_matters(inputs: Inputs) -> None:
    """Compile all organisations together, each by itself, and in two halves: the content is the same."""
    names = [one.id for one in inputs.catalogue.organisations]
    whole = content_of(join([portion(inputs)], inputs), inputs)
    for batches in ([names], [[name] for name in names], [names[1::2], names[::2], []]):
        organisations = inputs.catalogue.organisations
        parts = cut(inputs.before, organisations, holders_of(inputs.catalogue), batches)
        portions = [
            portion(inputs_of_batch(inputs, names, parts.part(number)))
            for number, names in enumerate(batches)
        ]
        content = content_of(join(portions, inputs, parts.gone), inputs)

        assert content == whole, batches


@pytest.mark.parametrize("source", CASES, ids=lambda path: path.parent.name)
def test_an_example_is_the_same_in_any_portions(source: Path, tmp_path: Path) -> None:
    """First by itself, then after an organisation's events were others."""
    root = tmp_path / "source"
    shutil.copytree(source, root)
    assert_no_cut_matters(inputs_of(root, tmp_path / "site"))
    compile_site(root, tmp_path / "site", NOW, first=True)
    for file in sorted(root.glob("calendars/**/*.yaml"))[::2]:
        text = file.read_text(encoding="utf-8")
        file.write_text(
            text.replace("title: ", "title: New ").replace("title: New {", "title: {"), encoding="utf-8"
        )
    assert_no_cut_matters(inputs_of(root, tmp_path / "site"))


def test_events_that_go_move_and_are_renamed_are_told_the_same(tmp_path: Path) -> None:
    """Of an organisation that is gone, of one with another id, and of an event that is another's now."""
    files = {
        f"calendars/{name}.yaml": f"name: {name.title()}\nevents:\n"
        + EVENT.format(id="one", title="One", month=7, more="")
        + EVENT.format(id="two", title="Two", month=8, more=f", uid: two-{name}")
        for name in ("bakery", "choir", "dairy", "school")
    }
    lay(tmp_path, files)
    compile_site(tmp_path, tmp_path / "_site", NOW, first=True)
    calendars = tmp_path / "calendars"
    (calendars / "choir.yaml").unlink()
    (calendars / "dairy.yaml").rename(calendars / "creamery.yaml")
    with (calendars / "creamery.yaml").open("a") as file:
        file.write(
            EVENT.format(
                id="three", title="Two", month=8, more=", uid: two-choir, organisers: [bakery, creamery]"
            )
        )
        file.write("formerly: [dairy]\n")
    school = (calendars / "school.yaml").read_text()
    (calendars / "school.yaml").write_text(
        school.replace("title: One", "title: Another") + "removed: [two]\n"
    )
    assert_no_cut_matters(inputs_of(tmp_path, tmp_path / "_site"))
