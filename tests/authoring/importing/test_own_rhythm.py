"""How coopcal says that an event recurs is known again in a feed; what people write is not taken for it."""

from pathlib import Path

import pytest

from coopcal.authoring.importing.own_rhythm import tells_how_it_recurs

TABLES = sorted((Path(__file__).parents[2] / "text" / "recurring").glob("*.txt"))


@pytest.mark.parametrize("table", TABLES, ids=lambda path: path.stem)
def test_every_sentence_is_known(table: Path) -> None:
    sentences = [line.partition(": ")[2] for line in table.read_text(encoding="utf-8").splitlines()]
    told = [sentence for sentence in sentences if sentence]

    assert len(told) > 50
    assert [sentence for sentence in told if not tells_how_it_recurs(f"{sentence}.")] == []


def test_sentences_side_by_side_are_known() -> None:
    assert tells_how_it_recurs("Every Saturday, 10 times / Jeden Samstag, 10-mal.")


@pytest.mark.parametrize(
    "written",
    [
        "Every Saturday we sell bread.",
        "Every Saturday, 08:00–12:00, until 18 December 2027",
        "Come on Monday.",
        "Jeden Samstag gibt es frisches Brot.",
        "Tous les samedis, au marché.",
        "(The same every week.)",
        "https://example.org/every-week.",
        ".",
        "",
    ],
)
def test_what_people_write_is_not(written: str) -> None:
    assert not tells_how_it_recurs(written)
