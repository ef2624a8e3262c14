"""Whose time it is, as visitors in other zones read it: once above a list, or at each of its times, with their own in the same bracket."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.test_embedding import HOST, element
from tests.support.hosting import hosting
from tests.support.serving import served
from tests.support.trees import lay

from coopcal.compile.pipeline import compile_site

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
SITE = "title: T\nuid_domain: dairy.example\nbase_url: https://dairy.example\ntimezone: Europe/Dublin\nlanguages: [en, es]\n"
DAIRY = """\
name: The Dairy
country: IE
events:
  - {id: fair, title: Fair, when: 2026-12-05 10:00/16:00}
  - {id: call, title: Call, when: 2027-03-06 19:00/20:00, online: "https://meet.example.coop/c"}
  - {id: summer, title: Summer, when: 2027-07-03 10:00/16:00}
  - {id: weekly, title: Weekly, when: 2026-12-03 09:00/10:00, repeats: {every: week, count: 40}}
  - {id: camp, title: Camp, when: 2027-04-09 18:00/2027-04-11 15:00}
  - {id: eve, title: Eve, when: 2027-05-31 22:00/2027-06-01 01:00}
  - {id: gone, title: Gone, when: 2026-03-07 10:00/11:00}
"""
ELSEWHERE = "  - {id: visit, title: Visit, when: 2026-12-04 09:00/10:00, timezone: Asia/Tokyo}\n"
NAMES = {"en": ("Irish Time", "Japan Time"), "es": ("hora irlandesa", "hora de Japón")}

SAID = """() => {
  const all = (query) => [document, ...[...document.querySelectorAll("coop-calendar")].map((each) => each.shadowRoot)]
    .flatMap((root) => [...root.querySelectorAll(query)]).filter((each) => each.checkVisibility());
  const beside = (time) => { const next = (time.closest("a") ?? time).nextElementSibling; return next?.className === "local" ? ` ${next.textContent}` : ""; };
  return { above: all("[data-all-in]").map((each) => each.textContent),
    times: all("time[datetime*=T]").map((each) => (each.textContent + beside(each)).replace(/\\s+/g, " ").trim()) };
}"""
LISTS = (
    "",
    "feeds/all/",
    "feeds/all/?dates=all",
    "organisations/bakery/",
    "search/?q=e",
    "builder/",
    "feeds/all/archive/",
)
DAYS = (
    "feeds/all/2026-12/",
    "feeds/all/2027-03/",
    "feeds/all/2026-W49/",
    "feeds/all/2027-W09/",
    "feeds/all/2027-07/",
)
EMBEDDED = ("list", "agenda", "cards", "next-event", "month", "week")


@dataclass(frozen=True)
class Visitor:
    """The zone of a visitor; whether its clocks ever show another time than those in Ireland, and how it is called there and then."""

    zone: str
    is_other: bool
    own: dict[str, str]


VISITORS = (
    Visitor("Europe/Dublin", is_other=False, own={}),
    Visitor("Europe/Lisbon", is_other=False, own={}),
    Visitor("Africa/Abidjan", is_other=True, own={"2027-07": "GMT"}),
    Visitor("America/Sao_Paulo", is_other=True, own={"": "GMT-3"}),
)


@pytest.fixture(scope="module", params=["", ELSEWHERE], ids=["one zone", "two zones"])
def address(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a site in Ireland, whose events are all there, or one of them elsewhere."""
    sources = {"coopcal.yaml": SITE, "calendars/bakery.yaml": DAIRY + request.param}
    root = lay(tmp_path_factory.mktemp("dairy"), sources)
    outcome = compile_site(root, root / "_site", NOW, first=True)
    assert outcome.published, outcome.problems
    with served(root, NOW) as address:
        yield f"{address}#" if request.param else address


def uneven(page: Page, names: tuple[str, ...], *, is_other: bool) -> list[str]:
    """Return what is told unevenly of whose times a page shows."""
    said = page.evaluate(SAID)
    above, times = said["above"], said["times"]
    named = [time for time in times if any(f"({name}" in time for name in names)]
    wrong = [f"two brackets: {time}" for time in times if time.count("(") > 1]
    if len(above) > 1 or (above and named):
        wrong.append(f"twice: {above} {named}")
    if named and len(named) < len(times):
        wrong.append(f"some: {sorted({*times} - {*named})}")
    if is_other and times and not (above or named):
        wrong.append(f"not at all: {times}")
    return wrong


@pytest.mark.parametrize("visitor", VISITORS, ids=lambda each: each.zone)
@pytest.mark.parametrize("language", NAMES)
def test_every_list_tells_whose_time_it_is_in_one_way(
    browser: Browser, address: str, visitor: Visitor, language: str
) -> None:
    """Lists, months and weeks, those in the pages of others, too: the same all over the year, whatever a month has in it."""
    is_mixed, address = address.endswith("#"), address.removesuffix("#")
    names = NAMES[language]
    context = browser.new_context(timezone_id=visitor.zone)
    context.clock.set_fixed_time(NOW)
    page = context.new_page()
    found = {}
    prefix = "" if language == "en" else f"{language}/"
    framed = [f"embed/all/{view}.{language}/" for view in EMBEDDED]
    framed += [f"embed/all/month.{language}/?month={month}" for month in ("2026-12", "2027-03", "2027-07")]
    for path in (*(f"{prefix}{each}" for each in (*LISTS, *DAYS)), *framed):
        page.goto(f"{address}/{path}")
        found[path] = uneven(page, names, is_other=visitor.is_other)
        if path == f"{prefix}feeds/all/?dates=all":
            times = page.evaluate(SAID)["times"]
            for month, label in visitor.own.items():
                assert [each for each in times if label in each], (month, times)
            assert is_mixed or bool(visitor.own) == any(
                re.search(r"\d\d:\d\d (GMT|UTC|BRT)", each) for each in times
            ), times
            assert bool(page.evaluate(SAID)["above"]) != bool(is_mixed)
    for view in ("list", "cards", "month"):
        body = element(address, f'feed="all" view="{view}" language="{language}" month="2026-12"')
        with hosting({"/": HOST.format(style="", body=body)}) as host:
            page.goto(host)
            expect(page.locator("coop-calendar .coopcal-name").first).to_be_attached()
            found[f"element {view}"] = uneven(page, names, is_other=visitor.is_other)

    assert {path: wrong for path, wrong in found.items() if wrong} == {}
    context.close()


@pytest.mark.parametrize("width", [320, 1280])
def test_months_and_weeks_tell_visitors_their_own_time(browser: Browser, address: str, width: int) -> None:
    """In a line of the entry, on a phone and on a desk; inside a bar where what lasts days begins; never wider than the window."""
    context = browser.new_context(timezone_id="America/Sao_Paulo", viewport={"width": width, "height": 800})
    context.clock.set_fixed_time(NOW)
    page = context.new_page()
    for path in ("feeds/all/2026-12/", "feeds/all/2026-W49/", "feeds/all/2027-W09/"):
        page.goto(f"{address.removesuffix('#')}/{path}")
        times = page.evaluate(SAID)["times"]
        assert times
        assert all(re.search(r"[(; ]\d\d:\d\d(–\d\d:\d\d)? GMT-3\)$", each) for each in times), (path, times)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.goto(f"{address.removesuffix('#')}/feeds/all/2027-04/")
    label = page.locator(".bar.begins .label").filter(has_text="Camp")
    assert re.sub(r"\s+", " ", label.inner_text()).startswith("18:00 (14:00 GMT-3) Camp")
    context.close()


@pytest.mark.parametrize("visitor", VISITORS, ids=lambda each: each.zone)
def test_the_page_of_an_event_tells_whose_time_it_is_once(
    browser: Browser, address: str, visitor: Visitor
) -> None:
    """Beside its time, with the visitor's own in the same bracket where clocks differ; dates below it tell nothing more."""
    address = address.removesuffix("#")
    context = browser.new_context(timezone_id=visitor.zone)
    page = context.new_page()
    for path, month in (("fair/", "2026-12"), ("call/", "2027-03"), ("summer/", "2027-07")):
        for where in (f"events/bakery/{path}", f"embed/events/bakery/{path.strip('/')}.en/"):
            page.goto(f"{address}/{where}")
            times = page.evaluate(SAID)["times"]
            own = next((label for day, label in visitor.own.items() if month.startswith(day)), "")
            assert re.search(r"\(Irish Time[;)]", times[-1])
            times = [each for each in times if own or "(" in each]
            ends = rf"\(Irish Time; \d\d:\d\d–\d\d:\d\d {re.escape(own)}\)$" if own else r"\(Irish Time\)$"
            assert times
            assert all(re.search(ends, time) and time.count("(") == 1 for time in times), (where, times)
    page.goto(f"{address}/events/bakery/weekly/")
    assert page.locator("dl.facts").inner_text().count("Irish Time") == 1
    assert not any("Irish" in time for time in page.evaluate(SAID)["times"][1:])
    context.close()


def test_local_times_are_told_from_when_to_when(browser: Browser, address: str) -> None:
    """Where the page says so, with days where these are others than in the page; months tell when it begins."""
    address = address.removesuffix("#")
    said = {}
    for zone in ("America/Sao_Paulo", "Asia/Tokyo", "Africa/Abidjan", "Europe/Paris"):
        context = browser.new_context(timezone_id=zone)
        context.clock.set_fixed_time(NOW)
        page = context.new_page()
        for path in ("events/bakery/eve/", "feeds/all/2027-W22/", "feeds/all/2026-12/", "search/?q=eve"):
            page.goto(f"{address}/{path}")
            times = page.evaluate(SAID)["times"]
            begins = "10:00" if path.endswith("2026-12/") else "22:00"
            said[zone, path.split("/")[-2]] = next(
                re.sub(r".*\((Irish Time; )?|\)$", "", time) for time in times if begins in time
            )
        context.close()

    brazil, japan, france = (
        "18:00–21:00 GMT-3",
        "Tue 1 Jun, 06:00–09:00 GMT+9",
        "Mon 31 May, 23:00 – Tue 1 Jun, 02:00 CEST",
    )
    assert [said["America/Sao_Paulo", each] for each in ("eve", "2027-W22", "search")] == [brazil] * 3
    assert [said["Asia/Tokyo", each] for each in ("eve", "2027-W22", "search")] == [japan] * 3
    assert [said["Europe/Paris", each] for each in ("eve", "2027-W22", "search")] == [france] * 3
    assert said["Africa/Abidjan", "eve"] == "Mon 31 May, 21:00 – Tue 1 Jun, 00:00 GMT"
    assert said["America/Sao_Paulo", "2026-12"] == "07:00 GMT-3"


@pytest.mark.parametrize("zone", ["Europe/Dublin", "Europe/Lisbon"])
def test_where_clocks_show_the_same_no_page_waits_for_what_would_tell_another(
    browser: Browser, address: str, zone: str
) -> None:
    """``Intl`` takes longer to begin than a page takes for all else it does; what is on elsewhere alone needs it."""
    is_mixed, address = address.endswith("#"), address.removesuffix("#")
    context = browser.new_context(timezone_id=zone)
    context.add_init_script(
        "globalThis.asked = 0; Intl.DateTimeFormat = new Proxy(Intl.DateTimeFormat, {"
        " construct: (...each) => { asked += 1; return Reflect.construct(...each); },"
        " apply: (...each) => { asked += 1; return Reflect.apply(...each); } });"
        "for (const name of ['toLocaleString', 'toLocaleDateString', 'toLocaleTimeString']) {"
        " const real = Date.prototype[name];"
        " Date.prototype[name] = function (...each) { asked += 1; return real.apply(this, each); }; }"
    )
    page = context.new_page()
    framed = [f"embed/all/{view}.en/" for view in EMBEDDED]
    asking = {}
    for path in (*LISTS, *DAYS, "events/bakery/fair/", *framed):
        page.goto(f"{address}/{path}")
        assert path in {"organisations/bakery/", "feeds/all/archive/"} or page.locator("time").count(), path
        asking[path] = page.evaluate("asked")

    assert bool(asking["feeds/all/2026-12/"]) == is_mixed
    assert is_mixed or {path: times for path, times in asking.items() if times} == {}
    context.close()
