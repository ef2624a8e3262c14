"""Damage is noticed: what is not what was written is neither served nor taken for what was published."""

import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.support.sealed import sealed_anew, version
from tests.support.sweep import sized
from tests.support.trees import BAKERY, NOW, SITE, compiled, lay
from werkzeug.test import Client

from coopcal.compile.pipeline import compile_site
from coopcal.compile.previous import named
from coopcal.site import layout
from coopcal.site.layout import FORMER_ROWS, NoSite, SiteError, feeds_file, pack_file, records_file, rows_file
from coopcal.site.memory import of_json
from coopcal.site.reader import LiveSite, open_site
from coopcal.web import create_app

HOLD = f"{SITE}on_error: hold\n"
LATER = NOW + timedelta(days=1)
WITH_PLAN = BAKERY.replace("tags: [open-doors]", "documents: [{label: Plan, file: plan.pdf}]")
SERVED = (
    layout.MANIFEST,
    layout.INDEX,
    layout.SITE,
    layout.SHARDS,
    records_file(0),
    feeds_file(0),
    pack_file(0),
    layout.SCHEMA,
)
IN_MEMORY = (layout.MANIFEST, layout.INDEX, layout.SITE, layout.SHARDS, rows_file(0))
"""The files that are read where a site is served, and those that the next compile reads."""

PATHS = ("/", "/feeds/all.ics", "/feeds/all.ics?tag=none", "/feeds/all.ics?past=no&remind=evening", "/feeds/all.jcal",
         "/events/bakery/open-day/event.ics", "/feeds/all/", "/feeds/bakery.json", "/organisations/bakery/", "/events/bakery/open-day/",
         "/site.json", "/sitemap.xml", "/search/?q=open", "/builder/", "/nowhere/", "/readyz", "/robots.txt")  # fmt: skip


def flipped(content: bytes, place: float) -> bytes:
    at = int(place * (len(content) - 1))
    return content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "truncated": lambda content: content[: len(content) // 2],
    "a byte less": lambda content: content[:-1],
    "a byte more": lambda content: content + b"\n",
    "zeroed": lambda content: bytes(len(content)),
    "nested": lambda _: b"[" * 200_000,
    **{f"flipped at {place}": partial(flipped, place=place) for place in (0, 0.5, 1)},
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return the root of a tree that was compiled twice, with a document."""
    lay(tmp_path, {"calendars/bakery.yaml": WITH_PLAN, "calendars/plan.pdf": "%PDF-1.4 plan"})
    compiled(tmp_path)
    lay(tmp_path, {"calendars/bakery.yaml": WITH_PLAN.replace("General", "Annual")})
    compiled(tmp_path, LATER)
    return tmp_path


def statuses(live: LiveSite) -> dict[str, int]:
    client = Client(create_app(live, lambda: LATER))
    return {path: client.get(path).status_code for path in PATHS}


def ready(client: Client) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(client.get("/readyz").data)
    return found


def stamps(root: Path) -> list[str]:
    content = open_site(root / "_site").feeds["all"].bodies["identity"].content.decode()
    return [line for line in content.splitlines() if line.startswith(("LAST-MODIFIED", "SEQUENCE", "UID"))]


@pytest.mark.sweep(cases=10)
@pytest.mark.parametrize("damage", DAMAGE)
@pytest.mark.parametrize("name", SERVED)
def test_a_damaged_site_is_not_served_and_the_next_compile_mends_it(
    root: Path, name: str, damage: str
) -> None:
    """A server that has the version already goes on with it, and says so; stamps stay what they were."""
    before, known = stamps(root), LiveSite(root / "_site", fresh=0)
    current = known.current()
    file = version(root) / name
    file.write_bytes(DAMAGE[damage](file.read_bytes()))

    with pytest.raises(SiteError, match="damaged"):
        open_site(root / "_site")
    assert known.current() is current
    fresh = statuses(LiveSite(root / "_site"))
    assert set(fresh.values()) <= {503, 404, 200}
    assert {path for path, status in fresh.items() if status == 200} <= {"/robots.txt"}

    outcome = compile_site(root, root / "_site", LATER)

    assert outcome.published
    assert stamps(root) == before
    assert [each.code for each in outcome.problems if each.code == "older-site"] == ["older-site"] * (
        name in IN_MEMORY
    )
    assert set(statuses(LiveSite(root / "_site")).values()) <= {200, 404}


@pytest.mark.parametrize("damage", DAMAGE)
def test_damaged_rows_are_neither_given_out_nor_taken_for_what_was_published(root: Path, damage: str) -> None:
    """Nothing else that is served needs them, and the next compile mends them."""
    before, whole = stamps(root), statuses(LiveSite(root / "_site"))
    file = version(root) / rows_file(0)
    file.write_bytes(DAMAGE[damage](file.read_bytes()))

    assert statuses(LiveSite(root / "_site")) == whole | {"/site.json": 503}
    with pytest.raises(SiteError, match="damaged"):
        _ = open_site(root / "_site").site_json

    outcome = compile_site(root, root / "_site", LATER)

    assert [each.code for each in outcome.problems if each.code == "older-site"] == ["older-site"]
    assert stamps(root) == before
    assert statuses(LiveSite(root / "_site")) == whole


@pytest.mark.parametrize("name", [rows_file(0), FORMER_ROWS])
def test_lost_rows_are_no_rows(root: Path, name: str) -> None:
    """Those of events whose organisation is gone among them: a file that two versions share is lost to both."""
    for each in (root / "_site/versions").iterdir():
        (each / name).unlink()

    assert statuses(LiveSite(root / "_site"))["/site.json"] == 503
    outcome = compile_site(root, root / "_site", LATER)
    assert (outcome.published, [each.code for each in outcome.problems if "site" in each.code]) == (
        False,
        ["no-previous-site"],
    )


def test_a_damaged_version_is_told_where_another_is_served(root: Path) -> None:
    known = LiveSite(root / "_site", fresh=0)
    client = Client(create_app(known, lambda: LATER))
    assert ready(client)["trouble"] is None
    lay(root, {"calendars/bakery.yaml": WITH_PLAN.replace("General", "Yearly")})
    compiled(root, LATER + timedelta(hours=1))
    (version(root) / pack_file(0)).write_bytes(b"")

    assert b"Annual" in client.get("/feeds/all.ics").data
    assert "damaged" in ready(client)["trouble"]


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_document_is_not_served(root: Path, damage: str) -> None:
    (document,) = (version(root) / layout.DOCUMENTS).iterdir()
    document.write_bytes(DAMAGE[damage](document.read_bytes()))
    client = Client(create_app(LiveSite(root / "_site"), lambda: LATER))

    assert client.get("/events/bakery/open-day/plan.pdf").status_code == 404


@pytest.mark.parametrize("first", [False, True])
@pytest.mark.parametrize("lost", [layout.CURRENT, f"{layout.CURRENT}+{layout.ORDER}", "the version"])
def test_a_lost_pointer_is_told_and_nothing_is_stamped_anew(root: Path, lost: str, *, first: bool) -> None:
    """Without ``--first``, and with it: what is there is never taken for nothing."""
    before, newest = stamps(root), version(root)
    for name in lost.split("+"):
        if name == "the version":
            shutil.rmtree(newest)
        else:
            (root / "_site" / name).unlink()
    assert set(statuses(LiveSite(root / "_site")).values()) <= {503, 404, 200}

    outcome = compile_site(root, root / "_site", LATER, first=first)

    assert outcome.published
    assert [each.code for each in outcome.problems if each.code == "older-site"] == ["older-site"]
    assert stamps(root) == before


def test_where_no_version_is_whole_nothing_is_published(root: Path) -> None:
    (root / "_site/current").unlink()
    for manifest in (root / "_site/versions").glob("*/manifest.json"):
        manifest.write_bytes(b"{}")
    outcome = compile_site(root, root / "_site", LATER)

    assert not outcome.published
    assert [each.code for each in outcome.problems if each.code == "no-previous-site"] == ["no-previous-site"]
    assert compile_site(root, root / "_site", LATER, first=True).published


def test_where_nothing_was_compiled_there_is_no_site(tmp_path: Path) -> None:
    """Nor where a first compile was killed while it wrote."""
    (tmp_path / "versions/aside-x").mkdir(parents=True)

    with pytest.raises(NoSite):
        open_site(tmp_path)
    root = lay(tmp_path / "tree")
    (root / "_site/versions/aside-x").mkdir(parents=True)
    assert [
        each.code for each in compiled(root).problems if each.code in ("older-site", "no-previous-site")
    ] == []


@pytest.mark.parametrize("damage", [name for name in DAMAGE if name != "a byte more"])
def test_damaged_kept_sources_are_not_held(tmp_path: Path, damage: str) -> None:
    root = lay(tmp_path, {"coopcal.yaml": HOLD})
    compiled(root)
    before = version(root)
    kept = before / "private/bakery/calendars/bakery.yaml"
    kept.write_bytes(DAMAGE[damage](kept.read_bytes()))
    lay(root, {"coopcal.yaml": HOLD, "calendars/bakery.yaml": BAKERY.replace("2026-09-12", "2026-02-31")})

    with pytest.raises(SiteError, match="kept"):
        compile_site(root, root / "_site", LATER)
    assert version(root) == before


def test_documents_of_the_version_before_stay_when_the_clock_is_set_back(root: Path) -> None:
    """Whatever the times of versions are, the ones that were served last are kept."""
    for folder in (root / "_site/versions").iterdir():
        os.utime(folder, (4_000_000_000, 4_000_000_000))
    for number in range(4):
        held = LiveSite(root / "_site", fresh=3600)
        client = Client(create_app(held, lambda: NOW))
        assert client.get("/healthz").status_code == 200
        held.current()
        for step in range(2):
            lay(root, {"calendars/bakery.yaml": WITH_PLAN.replace("General", f"Meeting {number} {step}")})
            compiled(root, LATER + timedelta(minutes=10 * number + step))
            os.utime(version(root), (1_000_000 - number, 1_000_000 - number))
            with client.get("/events/bakery/open-day/plan.pdf") as answer:
                assert answer.status_code == 200
    assert len(list((root / "_site/versions").iterdir())) == 3


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    inner = (
        value.items() if isinstance(value, dict) else enumerate(value[:2]) if isinstance(value, list) else ()
    )
    for key, each in inner:
        yield from places(each, (*path, key))


def changed(value: Any, path: tuple[Any, ...], new: Any) -> Any:
    if not path:
        return new
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[path[0]] = changed(copy[path[0]], path[1:], new)
    return copy


WRONG: st.SearchStrategy[Any] = st.sampled_from(
    [[[[]]], [["a"], ["b"]], [None], [1.5], 1.5, {"a": []}, {"en": {"en": "x"}}, [{"en": "x"}, {}]]
)
"""Values that nothing of a site is like, nested in ways that nothing is."""


@pytest.fixture(scope="module")
def crafted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the root of a compiled tree whose version is written anew in the tests."""
    root = lay(
        tmp_path_factory.mktemp("crafted"),
        {"calendars/bakery.yaml": WITH_PLAN, "calendars/plan.pdf": "%PDF-1.4 plan"},
    )
    compiled(root)
    return root


@pytest.mark.parametrize(
    "name", [layout.MANIFEST, layout.INDEX, layout.SHARDS, records_file(0), feeds_file(0)]
)
@settings(
    max_examples=sized(25, sample=8),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_a_crafted_file_is_refused_or_makes_no_failure(crafted: Path, name: str, data: st.DataObject) -> None:
    """Any value of another kind, anywhere: in words, or as a site that is whole."""
    good = (version(crafted) / name).read_bytes()
    rows = good.splitlines() if name == records_file(0) else [good]
    number = data.draw(st.integers(0, len(rows) - 1))
    value = json.loads(rows[number])
    path = data.draw(st.sampled_from(list(places(value))))
    rows[number] = json.dumps(changed(value, path, data.draw(WRONG))).encode()
    try:
        sealed_anew(crafted, name, b"\n".join(rows))
        try:
            open_site(crafted / "_site")
        except SiteError:
            allowed = {503, 404, 200}
        else:
            allowed = {200, 404, 410, 308}
        found = statuses(LiveSite(crafted / "_site"))
        assert set(found.values()) <= allowed, (path, found)
    finally:
        sealed_anew(crafted, name, good)


@settings(
    max_examples=sized(80, sample=10),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_a_crafted_memory_is_read_or_refused(crafted: Path, data: st.DataObject) -> None:
    value = json.loads(open_site(crafted / "_site").site_json)
    path = data.draw(st.sampled_from(list(places(value))))
    content = json.dumps(changed(value, path, data.draw(WRONG))).encode()
    with suppress(SiteError):
        of_json(content)


@pytest.mark.parametrize(
    "content", [b"[" * 200_000, b'{"format":' * 200_000, b"", b"null", b"[]", b"1", b"\xff", b'"']
)
def test_a_published_memory_that_is_none_is_refused(tmp_path: Path, content: bytes) -> None:
    """Also as a folder that is named; however deep it is nested."""
    (tmp_path / "site.json").write_bytes(content)

    with pytest.raises(SiteError, match="damaged"):
        named(str(tmp_path))


def test_what_readyz_names_does_not_change_with_what_is_hidden(tmp_path: Path) -> None:
    """With kept sources, too: the version does, what the public sees of it does not."""
    root = lay(tmp_path, {"coopcal.yaml": HOLD})
    compiled(root)
    names = {version(root).name}
    client = Client(create_app(LiveSite(root / "_site", fresh=0), lambda: LATER))
    told = [client.get("/readyz").data]
    waiting = BAKERY.replace("visibility: members", "visibility: members\n    publish_from: 2026-07-01")
    for text in (BAKERY.replace("Secret board", "Other hidden"), f"# A remark\n{BAKERY}", waiting):
        lay(root, {"coopcal.yaml": HOLD, "calendars/bakery.yaml": text})
        compiled(root)
        names.add(version(root).name)
        told.append(client.get("/readyz").data)

    assert len(names) == 4
    assert len(set(told)) == 1
