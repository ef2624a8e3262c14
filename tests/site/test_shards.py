"""A site in shards: the same to whoever reads it, and an edit writes those alone in which something differs."""

import json
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from tests.support.sealed import version
from tests.support.trees import NOW, lay

from coopcal.compile.pipeline import compile_site
from coopcal.compile.previous import named
from coopcal.site import layout
from coopcal.site.index import FeedEntry
from coopcal.site.layout import FORMER_ROWS, Shards, SiteError, feeds_file, pack_file, records_file, rows_file
from coopcal.site.memory import of_json
from coopcal.site.reader import Site, open_site

CASES = sorted(path for path in (Path(__file__).parents[1] / "golden/feeds").glob("*/source"))
NAMES = ("bakery", "choir", "dairy", "garden", "mill", "school", "theatre")
ORGANISATION = """\
name: The {name}
country: BE
events:
  - {{id: walk, title: Walk of the {name}, when: 2026-09-0{number} 10:00/12:00, repeats: {{every: week, count: 3, changes: {{2026-09-{next:02}: {{title: Longer}}}}}}}}
  - {{id: fair, title: Fair of the {name}, when: 2026-08-1{number}}}
"""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the root of a tree of seven organisations that was compiled into four shards."""
    monkeypatch.setattr(layout, "LARGEST_SHARD", 2)
    files = {
        f"calendars/{name}.yaml": ORGANISATION.format(name=name.title(), number=number, next=number + 7)
        for number, name in enumerate(NAMES, 1)
    }
    lay(tmp_path, files)
    compile_site(tmp_path, tmp_path / "_site", NOW, first=True)
    return tmp_path


def edit(root: Path, name: str, old: str, new: str) -> None:
    file = root / f"calendars/{name}.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def told(site: Site) -> dict[str, Any]:
    """Return all that can be seen of a site, but for where it lies."""
    entries: dict[str, Mapping[Any, FeedEntry]] = {
        "feeds": site.feeds,
        "archives": site.archives,
        "translations": site.translations,
        "changes": site.changes,
    }
    return {
        "bodies": {
            (kind, name): {coding: body.content for coding, body in entry.bodies.items()}
            for kind, by_address in entries.items()
            for name, entry in by_address.items()
        },
        "in order": [list(by_address) for by_address in entries.values()],
        "selected": {name: entry.events for name, entry in site.feeds.items()},
        "parts": [entry.parts for entry in site.feeds.values()],
        "events": site.events,
        "site.json": site.site_json,
        "organisations": site.organisations,
        "removed": site.removed,
        "documents": list(site.documents),
    }


def files(root: Path) -> Iterator[str]:
    folder = version(root)
    return (str(path.relative_to(folder)) for path in sorted(folder.rglob("*")) if path.is_file())


def test_organisations_alone_decide_how_many_shards_there_are() -> None:
    counts = {number: Shards.among(number).count for number in (0, 1, 32, 33, 64, 65, 200, 2_000, 10**6)}

    assert counts == {0: 1, 1: 1, 32: 1, 33: 2, 64: 2, 65: 4, 200: 8, 2_000: 64, 10**6: 64}


def test_a_shard_is_the_same_on_any_machine() -> None:
    """That of an organisation holds its own feeds, too; others are told by their addresses."""
    eight = Shards(8)

    assert [eight.of(name) for name in NAMES] == [5, 6, 3, 0, 1, 6, 3]
    assert eight.of_feed("sweets", 2026, None, changes=False, owner="bakery") == eight.of("bakery")
    addresses = [("all", None, None), ("all", 2026, None), ("all", None, "fr")]
    assert [eight.of_feed(*address, changes=False, owner=None) for address in addresses] == [4, 0, 2]


@pytest.mark.parametrize("source", CASES, ids=lambda path: path.parent.name)
def test_a_site_is_the_same_in_any_number_of_shards(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sites = []
    for each in (32, 1, 0.05):
        monkeypatch.setattr(layout, "LARGEST_SHARD", each)
        root = tmp_path / str(each)
        shutil.copytree(source, root)
        compile_site(root, root / "_site", NOW, first=True)
        sites.append(told(open_site(root / "_site")))

    assert sites[0] == sites[1] == sites[2]


def test_an_edit_writes_the_shards_alone_in_which_something_differs(root: Path) -> None:
    """Those of the organisation, and of other feeds that show it; all else are links to what was written before."""
    before = version(root)
    edit(root, "mill", "Fair of", "Feast of")
    compile_site(root, root / "_site", NOW)
    own = Shards(4).of("mill")
    written = {name for name in files(root) if not (version(root) / name).samefile(before / name)}

    assert {file(own) for file in (records_file, rows_file, feeds_file, pack_file)} <= written
    for number in {0, 1, 2, 3} - {own}:
        assert not {records_file(number), rows_file(number)} & written
    linked = {feeds_file(number) for number in range(4)} - written
    assert linked
    assert {name.replace(".json", ".pack") for name in linked}.isdisjoint(written)
    assert layout.SCHEMA not in written


def test_kept_sources_are_links_where_they_are_the_same(root: Path) -> None:
    with (root / "coopcal.yaml").open("a", encoding="utf-8") as file:
        file.write("on_error: hold\n")
    compile_site(root, root / "_site", NOW)
    before = version(root)
    edit(root, "mill", "Fair of", "Feast of")
    compile_site(root, root / "_site", NOW)
    kept = [name for name in files(root) if name.startswith("private/")]
    written = [name for name in kept if not (version(root) / name).samefile(before / name)]

    assert len(kept) == len(NAMES)
    assert written == ["private/mill/calendars/mill.yaml"]


def test_a_byte_that_differs_in_any_file_is_noticed(root: Path) -> None:
    """A site that is opened with it all the same gives out nothing else than before, or says that it is damaged."""
    whole = told(open_site(root / "_site"))
    noticed = []
    for name in files(root):
        file = version(root) / name
        content = file.read_bytes()
        for place in (0, len(content) // 3, len(content) - 1) if content else ():
            file.write_bytes(content[:place] + bytes([content[place] ^ 4]) + content[place + 1 :])
            try:
                assert told(open_site(root / "_site")) == whole, name
            except SiteError:
                noticed.append(name)
        file.write_bytes(content)

    assert {name for name in files(root) if (version(root) / name).stat().st_size} == set(noticed)
    assert told(open_site(root / "_site")) == whole


def test_what_is_sealed_is_written_anew(root: Path) -> None:
    """So that damage to one version leaves the others what they are."""
    before = version(root)
    edit(root, "mill", "Fair of", "Feast of")
    compile_site(root, root / "_site", NOW)

    for name in (layout.INDEX, layout.SHARDS, layout.SITE, layout.MANIFEST):
        assert not (version(root) / name).samefile(before / name)


def test_where_there_can_be_no_links_files_are_written(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(18, "Invalid cross-device link")

    before = version(root)
    edit(root, "mill", "Fair of", "Feast of")
    monkeypatch.setattr("os.link", refuse)
    compile_site(root, root / "_site", NOW)

    assert open_site(root / "_site").version != before.name
    assert all((version(root) / name).stat().st_nlink == 1 for name in files(root))


def test_what_is_damaged_is_no_model(root: Path) -> None:
    """Though nothing was edited: the same shards are written again."""
    for name in (records_file(0), rows_file(1), pack_file(2), feeds_file(3)):
        file = version(root) / name
        file.write_bytes(file.read_bytes()[:-1] + b" ")
    compile_site(root, root / "other", NOW, first=True)

    compile_site(root, root / "_site", NOW, first=True)

    assert told(open_site(root / "_site")) == told(open_site(root / "other"))


def test_rows_of_an_organisation_that_is_gone_stand_by_themselves(root: Path) -> None:
    """And go on to be part of ``site.json``, in the order of all."""
    (root / "calendars/choir.yaml").unlink()
    (root / "feeds").mkdir()
    (root / "feeds/singing.yaml").write_text("title: Singing\nformerly: [choir]\n", encoding="utf-8")
    compile_site(root, root / "_site", NOW)
    former = json.loads((version(root) / FORMER_ROWS).read_bytes())
    memory = json.loads(open_site(root / "_site").site_json)

    assert {entry["key"] for entry in former["events"].values()} == {"choir/fair", "choir/walk"}
    assert list(memory["events"]) == sorted(memory["events"])
    assert len(memory["events"]) == 2 * len(NAMES)
    assert len(memory["facts"]["events"]) == 2 * len(NAMES) - 2


def test_the_frame_alone_is_not_taken_for_what_was_published(root: Path, tmp_path: Path) -> None:
    """It holds no event; the public files of a version are what was published, if none of them is another."""
    public = version(root) / "public"
    with pytest.raises(SiteError, match="damaged"):
        of_json((public / "site.json").read_bytes())
    copied = shutil.copytree(public, tmp_path / "copied/public")
    assert named(str(copied)) == of_json(open_site(root / "_site").site_json)
    rows = tmp_path / "copied" / rows_file(0)
    rows.write_bytes(rows.read_bytes().replace(b"2026", b"2027"))

    with pytest.raises(SiteError, match="damaged"):
        named(str(copied))
