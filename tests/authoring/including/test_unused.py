"""Copies that no feed merges in any more are told of, and taken out by a fetch: what was fetched, and nothing else."""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.support.copies import include
from tests.support.fetching import Feed, calendar, event, feed_of_others
from tests.support.trees import NOW, compiled

from coopcal.authoring.including.fetch import take_out
from coopcal.authoring.including.sources import merged_in
from coopcal.cli import main
from coopcal.cli.fetcher import Fetcher
from coopcal.cli.reach import Reach
from coopcal.compile.pipeline import check
from coopcal.model.message import msg
from coopcal.model.problem import Problem


@pytest.fixture
def feed(tmp_path: Path) -> Iterator[Feed]:
    """Return a feed that was fetched into a tree."""
    with feed_of_others(tmp_path / "tree") as made:
        made.gives(calendar(event("a@x"))).fetch()
        yield made


def written(feed: Feed, text: str, name: str = "valley") -> None:
    (feed.root / f"feeds/{name}.yaml").write_text(text, encoding="utf-8")


def files(feed: Feed) -> set[str]:
    found = (path for path in (feed.root / "included").rglob("*") if path.is_file() and path.name[0] != ".")
    return {path.relative_to(feed.root / "included").as_posix() for path in found}


def notes(feed: Feed) -> list[Problem]:
    return [each for each in check(feed.root, NOW).problems if each.code == "copy-not-used"]


def fetched(feed: Feed, *arguments: str) -> str:
    allowed = ["--allow-network", "127.0.0.0/8", "--allow-port", str(feed.listener.port)]
    command = ["--root", str(feed.root), "--language", "en", "fetch", *allowed, *arguments]
    result = CliRunner().invoke(main, command)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_what_no_feed_merges_in_any_more_is_told_and_taken_out(feed: Feed) -> None:
    name = feed.files.name
    assert notes(feed) == []
    written(feed, "title: Valley\n")
    (note,) = notes(feed)
    assert note.position.path == f"included/bakery/{name}.json"
    assert feed.url in note.message
    assert note in compiled(feed.root, first=True).problems

    said = f"{feed.url}: no feed merges it in any more, so its copy was taken out\n"
    assert fetched(feed) == said
    assert files(feed) == set()
    assert not (feed.root / "included/bakery").exists()
    assert notes(feed) == []
    assert fetched(feed) == "No feed merges in a feed of others.\n"
    compiled(feed.root, NOW + timedelta(minutes=1))


def test_several_are_told_at_once_and_in_json(feed: Feed) -> None:
    url = feed.url.replace("events", "new")
    feed.gives(calendar(event("b@x")), path="/new.ics")
    written(feed, "title: Other\n" + include((url, "bakery")), "other")
    feed.fetch()
    written(feed, "title: Valley\n")
    written(feed, "title: Other\n", "other")
    (note,) = notes(feed)
    assert "2 copies" in note.message
    told = json.loads(fetched(feed, "--format", "json"))
    assert {(each["url"], each["result"]) for each in told} == {(feed.url, "removed"), (url, "removed")}


def test_where_an_address_is_another_the_old_copy_goes(feed: Feed) -> None:
    feed.gives(calendar(event("b@x")), path="/new.ics")
    written(feed, "title: Valley\n" + include((feed.url.replace("events", "new"), "bakery")))
    fetched(feed)
    assert {name.rpartition(".")[2] for name in files(feed)} == {"ics", "json", "yaml"}
    assert len(files(feed)) == 3
    assert "b@x" in feed.files.events.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "spoil",
    [
        lambda feed: written(feed, "title: [\n"),
        lambda feed: written(feed, "title: Valley\ninclude: {url: 5}\n"),
        lambda feed: written(feed, "title: Valley\ninclude:\n  - {url: nowhere, organisation: bakery}\n"),
        lambda feed: written(feed, "title: Valley\nincludes:\n  - {url: x}\n"),
        lambda feed: written(feed, ""),
        lambda feed: (feed.root / "feeds/valley.yaml").rename(feed.root / "feeds/valley.yml"),
    ],
    ids=["broken", "no list", "bad address", "mistyped key", "empty", "mistyped name"],
)
def test_while_a_feed_cannot_be_read_nothing_is_taken_out(
    feed: Feed, spoil: Callable[[Feed], object]
) -> None:
    before = files(feed)
    spoil(feed)
    found = merged_in(feed.root)
    assert found is not None
    assert found.unused == ()
    fetched(feed)
    assert files(feed) == before


def test_what_somebody_else_put_there_stays(feed: Feed) -> None:
    """Files that are not as they were fetched, that have no record, or whose record names another address; and what a link leads to."""
    files_of = feed.files
    folder = files_of.record.parent
    files_of.calendar.write_bytes(b"mine")
    for name in ("notes.txt", "mine.yaml", "mine.ics"):
        (folder / name).write_text("mine", encoding="utf-8")
    (folder / "other.json").write_text(json.dumps({"url": feed.url}), encoding="utf-8")
    (folder / "odd.json").write_text("[" * 100_000, encoding="utf-8")
    written(feed, "title: Valley\n")
    fetched(feed)
    name = files_of.name
    assert files(feed) == {
        f"bakery/{one}"
        for one in (f"{name}.ics", "notes.txt", "mine.yaml", "mine.ics", "other.json", "odd.json")
    }
    assert notes(feed) == []


def test_nothing_is_deleted_where_a_link_leads_out(feed: Feed, tmp_path: Path) -> None:
    written(feed, "title: Valley\n")
    found = merged_in(feed.root)
    assert found is not None
    (feed.root / "included/bakery").rename(tmp_path / "outside")
    (feed.root / "included/bakery").symlink_to(tmp_path / "outside")
    assert take_out(feed.root, found.unused) == ()
    assert len(list((tmp_path / "outside").iterdir())) == 3


def test_a_server_takes_them_out_too(feed: Feed, capsys: pytest.CaptureFixture[str]) -> None:
    reach = Reach(1.0, "127.0.0.0/8", str(feed.listener.port))
    fetcher = Fetcher(feed.root, reach.ask, msg("x"), 1.0, lambda _: True, "en")
    assert not fetcher.look(NOW)
    written(feed, "title: Valley\n")
    assert not fetcher.look(NOW)
    assert files(feed) == set()
    assert f"no feed merges in {feed.url} any more" in capsys.readouterr().err
