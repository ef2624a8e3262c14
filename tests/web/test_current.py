"""What is made of the site that is served: once a version, for all threads."""

import gc
import time
import weakref
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from tests.support.trees import BAKERY, compiled, lay

from coopcal.site.reader import LiveSite, Site, open_site
from coopcal.views.agenda import Agenda
from coopcal.web.current import Agendas, PerSite

WEEKLY = BAKERY + (
    "  - id: baking\n    title: Baking\n    when: 2026-09-08 18:00/20:00\n"
    "    repeats: {every: week, count: 40, changes: {2026-09-15: {when: 2026-09-16 18:00/20:00}}}\n"
)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """Return a site with a series."""
    compiled(lay(tmp_path, {"calendars/bakery.yaml": WEEKLY}))
    return open_site(tmp_path / "_site")


def at_once(count: int, act: Callable[[], object]) -> list[object]:
    """Do something in so many threads at once."""
    with ThreadPoolExecutor(count) as pool:
        return [each.result() for each in [pool.submit(act) for _ in range(count)]]


def test_it_is_made_once_however_many_ask(site: Site) -> None:
    """Those that come while it is made wait for it; another version has its own."""
    made: list[Site] = []

    def make(served: Site) -> list[Site]:
        made.append(served)
        time.sleep(0.05)
        return [served]

    kept = PerSite(make)
    given = at_once(8, lambda: kept.of(site))

    assert len(made) == 1
    assert all(each is given[0] for each in given)


def test_threads_that_read_an_agenda_read_the_same(site: Site) -> None:
    """Whoever asks first: each occurrence is there once, in the lists of all feeds."""
    agendas = Agendas()

    def read() -> tuple[object, ...]:
        agenda = agendas.of(site)
        return tuple(agenda.of_feed(name) for name in ("all", "bakery"))

    lists = at_once(8, read)

    alone = Agenda(site)
    assert all(each == (alone.of_feed("all"), alone.of_feed("bakery")) for each in lists)
    assert len(alone.of_feed("bakery")) > 40
    assert {id(each) for each in alone.of_feed("bakery")} <= {id(each) for each in alone.of_feed("all")}


def test_what_is_made_of_a_site_goes_with_it(tmp_path: Path) -> None:
    """Each version has its own, and that of one that is served no longer is let go without a collection of garbage."""
    root = lay(tmp_path, {"calendars/bakery.yaml": WEEKLY})
    compiled(root)
    live, agendas = LiveSite(root / "_site", 0.0), Agendas()
    held = [weakref.ref(agendas.of(live.current()))]
    (root / "calendars/bakery.yaml").write_text(WEEKLY.replace("Baking", "Kneading"), encoding="utf-8")
    compiled(root)
    gc.disable()
    try:
        held.append(weakref.ref(agendas.of(live.current())))
        assert [one() is None for one in held] == [True, False]
    finally:
        gc.enable()


def test_what_is_the_same_in_a_new_version_is_not_decoded_again(tmp_path: Path) -> None:
    """Of a series whose title is another one by now nothing is taken; the site is as if it were opened anew."""
    root = lay(tmp_path, {"calendars/bakery.yaml": WEEKLY})
    compiled(root)
    live = LiveSite(root / "_site", 0.0)
    before = {record.address: record for record in live.current().events}
    for title in ("Kneading", "Baking"):
        (root / "calendars/bakery.yaml").write_text(WEEKLY.replace("Baking", title), encoding="utf-8")
        compiled(root)
        fresh = open_site(root / "_site")
        same = {record.address for record in live.current().events if before.get(record.address) is record}

        assert live.current() == fresh
        assert same == {address for address in before if "/baking/" not in address}
        assert same != before.keys()
