"""Compiled in batches by several workers, a site and what is told of its sources are as when all is compiled in one."""

import gc
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from threading import Event

import pytest
from tests.support.trees import NOW, lay

from coopcal.compile.batches.crew import Crew
from coopcal.compile.batches.divide import LARGE, are_large, divided
from coopcal.compile.pipeline import Outcome, compile_site
from coopcal.definitions.source.tree import OrganisationName
from coopcal.site import collector_at_rest

GOLDEN = Path(__file__).parent.parent / "golden"
CASES = sorted(path for path in (GOLDEN / "feeds").iterdir() if path.is_dir())
BROKEN = {
    "calendars/bakery.yaml": "name: The Bakery\nevents:\n  - {id: one, title: One, when: 2026-13-01}\n  - {id: two, titel: Two, when: 2026-07-01}\n",
    "calendars/choir.yaml": "name: The Choir\npart_of: [bakery, nobody]\nevents:\n  - {id: one, title: One, when: Monday 2026-07-01, tags: [a, a]}\n",
    "calendars/dairy/organisation.yaml": "name: The Dairy\ncountry: BE\n",
    "calendars/dairy/2026.yaml": "events:\n  - {id: one, title: Christmas party, when: 2026-12-25}\n\t- bad\n",
    "calendars/Bad_Name.yaml": "name: Bad\n",
    "calendars/empty.yaml": "",
    "calendars/list.csv": "title,when\n",
    "feeds/both.yaml": "title: Both\nselect: {organisations: [bakery, chair]}\nlanguage: en\n",
}


@pytest.fixture
def crew() -> Iterator[Crew]:
    with ExitStack() as stack:
        yield Crew([stack.enter_context(ThreadPoolExecutor(1)) for _ in range(3)])


def assert_same(one: Outcome, other: Outcome) -> None:
    """Compare what came of two compiles; of texts, those that a problem is told of."""
    assert one.problems == other.problems
    assert (one.published, one.version, one.good_until) == (other.published, other.version, other.good_until)
    assert (one.feeds, one.events, one.held) == (other.feeds, other.events, other.held)
    paths = {problem.position.path for problem in one.problems}
    assert {path: one.texts.get(path) for path in paths} == {path: other.texts.get(path) for path in paths}


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_an_example_is_the_same_in_batches(case: Path, tmp_path: Path, crew: Crew) -> None:
    """Its version is named by all that it holds; a second compile with other titles gives the same, too."""
    for name in ("one", "other"):
        shutil.copytree(case / "source", tmp_path / name)
    roots = [tmp_path / "one", tmp_path / "other"]
    for number in range(2):
        whole = compile_site(roots[0], roots[0] / "_site", NOW, first=True)
        assert_same(compile_site(roots[1], roots[1] / "_site", NOW, first=True, crew=crew), whole)
        assert whole.published or number
        for root in roots:
            for file in sorted(root.glob("calendars/**/*.yaml")):
                text = file.read_text(encoding="utf-8")
                file.write_text(
                    text.replace("title: ", "title: New ").replace("title: New {en: ", "title: {en: New ")
                )


def test_shards_are_the_same_whoever_writes_them(tmp_path: Path, crew: Crew) -> None:
    """Where there are as many as workers, these write them: at first, over a site, and after one whose time was another."""
    files = {
        f"calendars/org-{number}.yaml": f"name: Org {number}\nevents:\n"
        f"  - {{id: one, title: One, when: 2026-07-{number % 28 + 1:02}, partners: [org-{number * 7 % 70}]}}\n"
        f"  - {{id: two, title: Two, when: 2024-07-01}}\n"
        for number in range(70)
    }
    files["feeds/both.yaml"] = "title: Both\nselect: {organisations: [org-1, org-2]}\n"
    roots = [lay(tmp_path / name, files) for name in ("one", "other")]
    for days in range(3):
        now = NOW + timedelta(days=days)
        for root in roots:
            file = root / f"calendars/org-{days}.yaml"
            file.write_text(
                file.read_text(encoding="utf-8").replace("title: ", "title: New "), encoding="utf-8"
            )
            shutil.rmtree(root / ".coopcal", ignore_errors=True)
        whole = compile_site(roots[0], roots[0] / "_site", now, first=True)
        assert_same(compile_site(roots[1], roots[1] / "_site", now, first=True, crew=crew), whole)
        assert whole.published
        written = [root / "_site/versions" / str(whole.version) for root in roots]
        assert files_in(written[0]) == files_in(written[1])
    assert len(list((written[0] / "public/feeds").glob("*.pack"))) > crew.size


def files_in(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.mark.parametrize("left_out", [None, *BROKEN])
def test_what_is_wrong_is_told_the_same_in_batches(left_out: str | None, tmp_path: Path, crew: Crew) -> None:
    """Of files, names, folders, feeds and what lies across organisations; with any one of them mended."""
    files = {path: text for path, text in BROKEN.items() if path != left_out}
    roots = [lay(tmp_path / name, files) for name in ("one", "other")]
    whole = compile_site(roots[0], roots[0] / "_site", NOW, first=True)

    assert_same(compile_site(roots[1], roots[1] / "_site", NOW, first=True, crew=crew), whole)
    assert not whole.published


def test_sixty_mistakes_are_told_the_same_in_batches(tmp_path: Path, crew: Crew) -> None:
    """With the mends that were tried."""
    root = tmp_path / "site"
    shutil.copytree(GOLDEN / "check/sixty/source", root)
    whole = compile_site(root, root / "_site", NOW, first=True)

    assert_same(compile_site(root, root / "_site", NOW, first=True, crew=crew), whole)
    assert len(whole.problems) > 60


def test_what_was_last_good_is_held_in_batches(tmp_path: Path, crew: Crew) -> None:
    """An organisation with errors stays as it was, while the others go on."""
    roots = [tmp_path / "one", tmp_path / "other"]
    good = {"calendars/choir.yaml": "name: The Choir\nevents:\n  - {id: one, title: One, when: 2026-07-01}\n"}
    site = "title: T\nuid_domain: example.coop\nlanguages: [en]\ntimezone: Europe/Brussels\non_error: hold\n"
    bad = {"calendars/choir.yaml": good["calendars/choir.yaml"].replace("07-01", "13-01")}
    for files in (good, bad, good):
        for root in roots:
            lay(root, {"coopcal.yaml": site, **files})
        whole = compile_site(roots[0], roots[0] / "_site", NOW, first=True)
        assert_same(compile_site(roots[1], roots[1] / "_site", NOW, first=True, crew=crew), whole)
        assert whole.published
        assert bool(whole.held) == (files is bad)


def test_work_is_dealt_to_whoever_is_free(crew: Crew) -> None:
    """So one that takes long keeps nobody waiting; the first error ends it."""
    last = Event()

    def work(number: int) -> int:
        if number == 0:
            assert last.wait(60)
        if number == 9:
            last.set()
        if number > 9:
            raise ValueError(number)
        return number

    assert sorted(crew.deal(work, [(number,) for number in range(10)])) == list(range(10))
    with pytest.raises(ValueError, match="10"):
        list(crew.deal(work, [(number,) for number in range(1, 11)]))


@pytest.mark.parametrize("count", [1, 2, 5, 40])
def test_batches_are_of_about_the_same_size(count: int) -> None:
    """In order, none empty, and none larger than its share and one organisation more."""
    names = [OrganisationName(f"org-{number}", folder=False) for number in range(30)]
    sizes = [1 + number * number % 17 for number in range(30)]
    batches = divided(names, sizes, count)

    assert [one for batch in batches for one in batch] == names
    assert all(batches)
    assert len(batches) <= count
    by_name = dict(zip(names, sizes, strict=True))
    assert max(sum(map(by_name.__getitem__, batch)) for batch in batches) <= sum(sizes) / count + max(sizes)


def test_sources_are_large_by_all_their_files_together(tmp_path: Path) -> None:
    """Each counts, in folders of organisations, too, and whatever no organisation is read from does not."""
    calendars = tmp_path / "calendars"
    (calendars / "dairy").mkdir(parents=True)
    assert not are_large(tmp_path)

    (calendars / "bakery.yaml").write_bytes(b"#" * (LARGE // 2))
    (calendars / "dairy" / "2026.yaml").write_bytes(b"#" * (LARGE // 2 - 1))
    (calendars / "dairy" / "photo.jpg").write_bytes(b"#" * LARGE)
    assert not are_large(tmp_path)

    (calendars / "gone.yaml").symlink_to("nowhere.yaml")
    assert are_large(tmp_path)


def test_what_was_compiled_goes_without_the_collector(tmp_path: Path) -> None:
    """It is at rest while much is compiled: no cycle may hold an organisation that is done, or large sources fill the memory."""
    events = "".join(
        f"  - {{id: e-{number}, title: E, when: 2026-07-01, tags: [a, a]}}\n" for number in range(40)
    )
    root = lay(
        tmp_path, {f"calendars/{name}.yaml": f"name: {name}\nevents:\n{events}" for name in ("a", "b")}
    )
    compile_site(root, root / "_site", NOW, first=True)
    gc.collect()
    with collector_at_rest():
        assert compile_site(root, root / "_site", NOW + timedelta(days=1)).published
        left = gc.collect()

    assert left < 40
