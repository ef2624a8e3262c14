"""What is found in the browser is what the server finds: by the same words, narrowed alike, in the same order."""

import json
import re
import unicodedata
from itertools import product
from urllib.parse import parse_qsl, urlencode

import pytest
from lxml import html
from tests.publish.conftest import Publication
from tests.support import node
from tests.support.trees import NOW
from werkzeug.test import Client

from coopcal.site.reader import LiveSite
from coopcal.views.search import folded
from coopcal.web import create_app
from coopcal.web.assets import script
from coopcal.web.index_rows import bounded

INDEX = script("index.js")
OF_AN_INDEX = "(index, ...rest) => published.{}(published.unpacked(index), ...rest)"
FOUND = """(index, asked, ...rest) => published.found(
    published.unpacked(index), published.choice({ getAll: (name) => [asked[name] ?? ""] }), ...rest)"""
QUESTIONS = (
    "fair",
    "FOIRE",
    "mill",
    "  Le   Moulin",
    "café chantant",
    "straße",
    "the plan",
    "market choir",
    "danc",
    "nothing at all",
    "",
)
"""Of these the first ones find something."""


def test_every_character_is_folded_as_the_server_does() -> None:
    """All that Unicode had when the server's tables were made."""
    assigned = [
        chr(number)
        for number in range(0x110000)
        if unicodedata.category(chr(number)) not in ("Cn", "Cs", "Co")
    ]
    texts = [
        *assigned,
        "Ἀθῆναι ΟΔΟΣ",
        "İstanbul",
        "Ça va, Été",
        "ﬁn",
        "e\u0301\u0327",
        "\u0d15\u0d4d\u0d37",
        "Straße",
    ]

    folded_there = node.call([INDEX], "published.folded", [[text] for text in texts])

    assert [text for text, there in zip(texts, folded_there, strict=True) if there != folded(text)] == []


@pytest.mark.parametrize("when", ["coming", "past", "all"])
@pytest.mark.parametrize("prefix", ["", "/fr"])
def test_the_same_is_found_in_the_same_order(publication: Publication, prefix: str, when: str) -> None:
    client = Client(create_app(LiveSite(publication.out), lambda: NOW))
    index = json.loads((publication.folder / f"{prefix}/search/index.json".removeprefix("/")).read_bytes())
    asked = [
        {"q": words, **choice, "when": when}
        for words, choice in product(
            QUESTIONS,
            [
                {},
                {"organisation": "mill"},
                {"organisation": "bakery,none"},
                {"tag": "market"},
                {"country": "be"},
                {"organisation": "mill", "tag": "market"},
                {"city": "Ghent"},
                {"online": "no"},
                {"role": "organiser", "spoken": "fr"},
            ],
        )
        if words or choice
    ]

    found = node.call([INDEX], FOUND, [[index, one, when, NOW.timestamp()] for one in asked])

    expected = []
    for one in asked:
        page = html.fromstring(client.get(f"{prefix}/search/?{urlencode(one)}", follow_redirects=True).data)
        expected.append(
            [
                (
                    item.xpath("string(.//p[@class='title']/a)"),
                    item.xpath("string(.//time)").strip(),
                    len(item.xpath(".//p[@class='next']")) and item.xpath("string(.//p[@class='when'])"),
                    int("".join(re.findall(r"^\d+", item.xpath("string(.//summary)"))) or 0),
                )
                for item in page.xpath("//ol//li[contains(@class, 'event')]")
            ]
        )
    assert [
        [
            (
                date["record"]["title"],
                date["words"],
                len(date.get("others", ())) and date["event"]["recurs"],
                len(date.get("others", ())),
            )
            for date in dates
        ]
        for dates in found
    ] == expected
    assert when == "past" or any(further for dates in expected for *_, further in dates)
    assert sum(map(bool, expected)) > 5


@pytest.mark.parametrize(
    "query",
    [
        "",
        "organisation=mill",
        "organisation=bakery,mill&tag=market",
        "role=host",
        "role=organiser&country=BE",
        "tag=market&future=P3M",
        "future=30",
        "future=no",
        "country=FR",
    ],
)
def test_the_builder_counts_the_same_dates_to_come(publication: Publication, query: str) -> None:
    client = Client(create_app(LiveSite(publication.out), lambda: NOW))
    index = json.loads((publication.folder / "search/index.json").read_bytes())
    asked = dict(parse_qsl(query))
    choice: dict[str, object] = {name: values.split(",") for name, values in asked.items()}
    choice["future"] = asked.get("future", "")

    (dates,) = node.call([INDEX], OF_AN_INDEX.format("chosen"), [[index, choice, NOW.timestamp()]])

    page = html.fromstring(client.get(f"/builder/?{query}", follow_redirects=True).data)
    said = sorted(
        (date for date in dates if "words" in date), key=lambda date: (date["begins"], date["address"])
    )
    items = page.xpath("//*[@id='result']//li[contains(@class, 'event')]")
    shown = [item.xpath("string(.//time)").strip() for item in items]
    titles = [item.xpath("string(.//p[@class='title'])") for item in items]
    assert page.xpath("string(//*[@id='inside'])").split()[0] == str(len(dates))
    assert [words for words in dict.fromkeys(date["words"] for date in said) if words in shown] == [
        *dict.fromkeys(shown)
    ]
    assert [*dict.fromkeys(titles)] == [*dict.fromkeys(date["record"]["title"] for date in said)][
        : len(set(titles))
    ]


def test_an_index_that_is_too_large_leaves_out_descriptions_then_what_was_over_first() -> None:
    events = [
        {
            "page": f"/events/mill/e{number}/",
            "records": [{"title": "A", "heading": "a", "described": "long " * 20, "shared": 0}],
            "dates": [[0, "", "2026-01-01", "2026-01-01", number, number + 1, "1 January"]],
        }
        for number in (3, 1, 2)
    ]
    whole = bounded(events, {}, 10_000)
    short = bounded(events, {}, len(whole) - 1)
    shorter = bounded(events, {}, len(short) - 1)

    assert json.loads(whole) == {"events": events}
    assert json.loads(short)["without"] == ["descriptions"]
    assert json.loads(short)["events"][0]["records"] == [{"title": "A", "heading": "a", "shared": 0}]
    assert json.loads(shorter)["without"] == ["descriptions", "past"]
    assert [event["page"] for event in json.loads(shorter)["events"]] == [
        "/events/mill/e3/",
        "/events/mill/e2/",
    ]
    assert len(shorter) < len(short)


def test_a_server_gives_the_index_only_where_it_is_added(publication: Publication) -> None:
    client = Client(create_app(LiveSite(publication.out), lambda: NOW))

    assert client.get("/search/index.json").status_code == 404


def test_the_page_leads_elsewhere_without_a_script(publication: Publication) -> None:
    page = html.fromstring((publication.folder / "search/index.html").read_bytes())

    assert len(page.xpath("//noscript//a")) == 3
    assert page.xpath("//form[@role='search']/@hidden") == [""]
