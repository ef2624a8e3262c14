"""A compile that knows the last one makes what one makes that knows nothing: after any edits, byte for byte."""

import shutil
import stat
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from tests.support.edits import EDIT, NAMES, SITE, organisation, restore, texts
from tests.support.sweep import some
from tests.support.trees import NOW, lay

from coopcal.checks import holidays, titles
from coopcal.compile.again import Unchanged, compile_again
from coopcal.compile.batches.crew import Crew, alone
from coopcal.compile.batches.prepare import check
from coopcal.compile.pipeline import Outcome, compile_site
from coopcal.compile.previous import finder
from coopcal.compile.render import vcalendar, vtimezone
from coopcal.compile.store import head, ledger, program, store
from coopcal.compile.store.store import Store
from coopcal.site import layout
from coopcal.text import dates

EDITS = 12
"""Edits of a run, one after another."""

LATER = (
    timedelta(seconds=1),
    timedelta(minutes=10),
    timedelta(hours=5),
    timedelta(days=9),
    timedelta(days=200),
)
"""How much later the next compile may be; some organisations' events are over by then, or a year ends."""


@pytest.fixture
def crew() -> Iterator[Crew]:
    with ExitStack() as stack:
        yield Crew([stack.enter_context(ThreadPoolExecutor(1)) for _ in range(2)])


PRIVATE = {
    "feeds/for-members.yaml": "title: For members\nfor: {groups: [members]}\n",
    "feeds/for-bakers.yaml": "title: For bakers\nfor: {organisations: [bakery, dairy]}\nselect: {tags: [open]}\nwindow: {past: 2 weeks, future: 2 weeks}\nclosed: {on: 2026-12-01}\n",
    "tokens.yaml": f"for-members:\n  - {{sha256: {'a1' * 32}, label: all, expires: 2026-06-20}}\n",
}


def federation(root: Path, chance: Random) -> Path:
    """Lay five organisations into a folder."""
    files = {f"calendars/{name}.yaml": organisation(chance, name) for name in NAMES}
    private = PRIVATE if chance.random() < 0.5 else {}
    return lay(root, {"coopcal.yaml": SITE, **files, **private})


def files(folder: Path) -> dict[Path, bytes]:
    """Return the files of a folder."""
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def told(outcome: Outcome | Unchanged) -> list[str]:
    """Return what is told of sources, in lines."""
    return [
        f"{one.position.path}:{one.position.line} {one.code} {one.message} | {one.mend}"
        for one in outcome.problems
    ]


def know_nothing() -> None:
    """Begin as a process does that has just started: what is made late is known from the store alone."""
    holidays.KNOWN.forget()
    vtimezone.KNOWN.forget()
    titles.KNOWN.forget()
    dates.COUNTRIES.forget()


class Pair:
    """A site that is compiled again and again, and its copy that is compiled anew each time, of the site before alone."""

    def __init__(self, root: Path, aside: Path) -> None:
        self.root, self.site = root, root / "_site"
        self._aside = aside
        self.unchanged = 0

    def compile(self, now: datetime, crew: Crew | None = None) -> Outcome:
        """Compile both, and compare them; where nothing has changed, a compile once more gives the same, too."""
        again = self._aside.with_name("again")
        if again.exists():
            shutil.rmtree(again)
        for part in ("_site", ".coopcal"):
            if (self.root / part).exists():
                shutil.copytree(self.root / part, again / part, copy_function=shutil.copy2)
        unchanged = compile_again(self.root, again / "_site", now)
        self.unchanged += unchanged is not None
        cold = self._aside / "cold/_site"
        shutil.rmtree(self._aside, ignore_errors=True)
        if self.site.exists():
            shutil.copytree(self.site, cold)
        fresh = compile_site(self.root, cold, now, first=True)
        know_nothing()
        made = compile_site(self.root, self.site, now, first=True, crew=crew)

        assert told(made) == told(fresh)
        assert replace(made, texts={}) == replace(fresh, texts={})
        assert {path: made.texts[path] for path in fresh.texts} == fresh.texts
        if made.published:
            version = f"versions/{made.version}"
            assert files(self.site / version) == files(cold / version)
        if unchanged is not None:
            assert told(unchanged) == told(made)
            assert (unchanged.version, unchanged.feeds, unchanged.events) == (
                made.version,
                made.feeds,
                made.events,
            )
            assert dict(unchanged.texts).items() <= dict(made.texts).items()
            assert files(again / "_site" / version) == files(cold / version)
            assert stat.S_IMODE((again / "_site" / version).stat().st_mode) == 0o755
        return made


@pytest.mark.parametrize("seed", some(range(200), sample=8))
def test_what_was_kept_is_never_seen(
    seed: int, tmp_path: Path, crew: Crew, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Edits of every kind, one after another, while the instant moves on; a third are compiled by several workers.

    Every other federation has a shard for each organisation, or for two, and every other one feeds that hold no more than
    some events.
    """
    chance, now = Random(seed), NOW
    monkeypatch.setattr(layout, "LARGEST_SHARD", chance.choice((1, 2, 32, 32)))
    monkeypatch.setattr(vcalendar, "LIMIT", chance.choice((3_500, 6_000, vcalendar.LIMIT, vcalendar.LIMIT)))
    pair = Pair(federation(tmp_path / "tree", chance), tmp_path / "aside")
    pair.compile(now)
    for _ in range(EDITS):
        before = texts(pair.root)
        for _ in range(chance.choice((0, 1, 1, 1, 2))):
            chance.choice(EDIT)(pair.root, chance)
        now += chance.choice(LATER[: 3 if chance.random() < 0.7 else None])
        made = pair.compile(now, crew if chance.random() < 0.3 else None)
        if not made.published and chance.random() < 0.8:
            restore(pair.root, before)


def ledger_of(root: Path) -> Path:
    return root / ".coopcal/_site/ledger"


def kept_of(root: Path) -> ledger.Ledger:
    """Return what stands in the store of a site."""
    folder = ledger_of(root).parent
    told = head.read(folder)
    kept = ledger.read(folder, told.body) if told else None
    assert kept is not None
    return kept


def units(root: Path) -> dict[str, datetime]:
    """Return when each organisation of a site was made that stands in its store."""
    return {name: unit.at for name, unit in kept_of(root).units.items()}


@pytest.mark.parametrize("edit", EDIT)
def test_each_kind_of_edit_by_itself(edit: Callable[[Path, Random], None], tmp_path: Path) -> None:
    """Twice over, each time on what was published."""
    for seed in range(3):
        chance, now = Random(seed), NOW
        pair = Pair(federation(tmp_path / f"tree-{seed}", chance), tmp_path / "aside")
        pair.compile(now)
        for _ in range(2):
            now += timedelta(hours=1)
            edit(pair.root, chance)
            pair.compile(now)


def test_only_what_was_changed_is_made_again(tmp_path: Path) -> None:
    """After one edit one organisation is made anew; after none, and ten minutes later, nothing is."""
    root, later = federation(tmp_path, Random(1)), NOW + timedelta(minutes=10)
    for now in (NOW, later):
        assert compile_site(root, root / "_site", now, first=True).published
    assert set(units(root).values()) == {NOW}
    file = root / "calendars/choir.yaml"
    file.write_text(file.read_text().replace("title: {en: ", "title: {en: New "))
    assert compile_site(root, root / "_site", later + timedelta(minutes=10)).published

    assert units(root) == dict.fromkeys(NAMES, NOW) | {"choir": later + timedelta(minutes=10)}


def test_of_a_feed_of_all_nothing_is_read_again_but_what_was_changed(tmp_path: Path) -> None:
    """What others show in it may be damaged in the store: it is taken from the feed as it stands."""
    root, later = federation(tmp_path, Random(1)), NOW + timedelta(minutes=10)
    compile_site(root, root / "_site", NOW, first=True)
    for name in NAMES[:-1]:
        shown = kept_of(root).units[name].portion.shown
        with (ledger_of(root).parent / shown.segment).open("r+b") as segment:
            segment.seek(shown.offset)
            segment.write(bytes(shown.length))
    file = root / f"calendars/{NAMES[-1]}.yaml"
    file.write_text(file.read_text().replace("title: {en: ", "title: {en: New "))
    compile_site(root, root / "_site", later)

    assert units(root) == dict.fromkeys(NAMES, NOW) | {NAMES[-1]: later}


def test_what_was_gathered_is_read_of_those_alone_that_meet_others(tmp_path: Path) -> None:
    """What was gathered of all others may be damaged; what two have in common is told all the same."""
    twin = "name: {}\nevents: [{{id: fair, title: Fair, when: 2027-05-01 10:00/12:00}}]\n"
    alone = {f"calendars/{name}.yaml": twin.format(name).replace("Fair", name) for name in NAMES[2:]}
    both = {f"calendars/{name}.yaml": twin.format(name) for name in NAMES[:2]}
    root = lay(tmp_path, {"coopcal.yaml": SITE, **alone, **both})
    first = compile_site(root, root / "_site", NOW, first=True)
    for name in NAMES[2:]:
        large = kept_of(root).units[name].gathered.large
        with (ledger_of(root).parent / large.segment).open("r+b") as segment:
            segment.seek(large.offset)
            segment.write(bytes(large.length))
    file = root / f"calendars/{NAMES[-1]}.yaml"
    file.write_text(file.read_text().replace("10:00", "11:00"))
    later = NOW + timedelta(minutes=10)
    made = compile_site(root, root / "_site", later)

    assert units(root) == dict.fromkeys(NAMES, NOW) | {NAMES[-1]: later}
    assert [one.code for one in first.problems].count("events-alike") == 1
    assert told(made) == told(first)


def test_what_an_organisation_is_called_concerns_all_others(tmp_path: Path) -> None:
    """As its name stands in their events, where these name it."""
    root, later = federation(tmp_path, Random(1)), NOW + timedelta(minutes=10)
    compile_site(root, root / "_site", NOW, first=True)
    file = root / "calendars/choir.yaml"
    file.write_text(file.read_text().replace("name: Choir", "name: The Choir"))
    compile_site(root, root / "_site", later)

    assert set(units(root).values()) == {later}


def test_a_site_and_its_store_may_be_taken_apart(tmp_path: Path) -> None:
    """Without the store, with that of another site, or after the site was put back from a copy, all is made anew."""
    root, later = federation(tmp_path, Random(2)), NOW + timedelta(minutes=10)
    compile_site(root, root / "_site", NOW, first=True)
    shutil.copytree(root / "_site", tmp_path / "copy")
    shutil.rmtree(root / ".coopcal")
    compile_site(root, root / "_site", later)
    assert set(units(root).values()) == {later}
    shutil.rmtree(root / "_site")
    (tmp_path / "copy").rename(root / "_site")
    compile_site(root, root / "_site", later + timedelta(minutes=1))

    assert set(units(root).values()) == {later + timedelta(minutes=1)}


@pytest.mark.parametrize("damage", [b"", b"nonsense", None])
def test_a_damaged_store_does_no_harm(tmp_path: Path, damage: bytes | None) -> None:
    """Of each of its files: emptied, overwritten, or cut off in the middle; the site is as without it."""
    chance = Random(3)
    pair = Pair(federation(tmp_path / "tree", chance), tmp_path / "aside")
    pair.compile(NOW)
    for number in range(4):
        files = sorted(ledger_of(pair.root).parent.iterdir())
        file = files[number % len(files)]
        content = file.read_bytes()
        file.write_bytes(content[: len(content) // 2] if damage is None else damage)
        pair.compile(NOW + timedelta(minutes=number + 1))


def test_a_store_of_another_program_is_void(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root, later = federation(tmp_path, Random(4)), NOW + timedelta(minutes=10)
    compile_site(root, root / "_site", NOW, first=True)
    monkeypatch.setattr(program, "digest", lambda: b"another program!")
    compile_site(root, root / "_site", later)

    assert set(units(root).values()) == {later}


def test_nobody_else_may_read_the_store(tmp_path: Path) -> None:
    """It holds words of events that are for members alone; no version control takes it up, and no backup."""
    root = federation(tmp_path, Random(5))
    compile_site(root, root / "_site", NOW, first=True)
    folder = root / ".coopcal"

    assert [path.stat().st_mode & 0o077 for path in (folder, folder / "_site")] == [0, 0]
    assert (folder / ".gitignore").read_text() == "*\n"
    assert (folder / "CACHEDIR.TAG").read_text().startswith("Signature: 8a477f597d28d172789f06886806bc55")


def test_where_no_store_can_be_made_a_site_is_compiled_all_the_same(tmp_path: Path) -> None:
    root = federation(tmp_path, Random(6))
    (root / ".coopcal").write_text("in the way")

    assert compile_site(root, root / "_site", NOW, first=True).published
    assert (root / ".coopcal").read_text() == "in the way"


def test_a_store_does_not_grow_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of what no unit needs any more, no more stays than what they need."""
    monkeypatch.setattr(store, "WASTE", 0)
    root = federation(tmp_path, Random(7))
    sizes = []
    for number in range(30):
        file = root / f"calendars/{NAMES[number % len(NAMES)]}.yaml"
        file.write_text(file.read_text().replace("title: {en: ", "title: {en: N "))
        now = NOW + timedelta(minutes=number)
        assert compile_site(root, root / "_site", now, first=True).published
        folder = ledger_of(root).parent
        sizes.append(
            sum(path.stat().st_size for path in folder.iterdir() if path.name not in ("head", "ledger"))
        )

    assert max(sizes) < 3 * sizes[0]
    assert len(set(units(root).values())) == len(NAMES)


@pytest.mark.parametrize("seed", some(range(40), sample=4))
def test_check_tells_the_same_with_a_store(seed: int, tmp_path: Path) -> None:
    """After edits of any kind, a check that looks into the store tells what one does that reads all."""
    chance = Random(seed)
    root = federation(tmp_path, chance)
    compile_site(root, root / "_site", NOW, first=True)
    find = finder(root / "_site", None, first=True)
    for _ in range(6):
        chance.choice(EDIT)(root, chance)
        now = NOW + chance.choice(LATER)
        with Store.there(root / "_site") as known:
            kept = check(root, now, find, alone(), known, lambda catalogue: catalogue)

        assert kept == check(root, now, find, alone(), None, lambda catalogue: catalogue)
