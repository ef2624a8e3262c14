"""Ids: what is made of a title is valid, free, and reads as people write it."""

import re
from itertools import islice

from hypothesis import example, given, settings
from hypothesis import strategies as st

from coopcal.model.ids import (
    NewIds,
    candidates,
    free_id,
    id_of_year,
    is_id,
    proposed_id,
    with_other_year,
    with_year,
    without_year,
)

SEGMENT = st.one_of(
    st.sampled_from(["2025", "2026", "2027", "20267", "fair2026", "2026fair", "2", "3", "x", "a1"]),
    st.from_regex(r"[a-z0-9]{1,12}", fullmatch=True),
)
IDENTIFIER = st.lists(SEGMENT, min_size=1, max_size=6).map("-".join).map(lambda text: text[:64].strip("-"))


@settings(deadline=None)
@given(
    identifier=IDENTIFIER,
    old=st.integers(2024, 2028),
    new=st.integers(2024, 2028),
    more=st.lists(IDENTIFIER, max_size=5),
    data=st.data(),
)
@example(identifier="sommerfest-2027", old=2026, new=2027, more=[], data=None)
def test_a_proposed_id_is_another_one_that_nothing_has(
    identifier: str, old: int, new: int, more: list[str], data: st.DataObject | None
) -> None:
    """It is valid, free, and doubles neither a year nor a number; the next ones, too, when the first are taken."""
    taken = {identifier, *more}
    for _ in range(data.draw(st.integers(1, 15)) if data else 3):
        found = id_of_year(identifier, old, new, taken)

        assert re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", found)
        assert len(found) <= 64
        assert found not in taken
        assert not re.search(rf"(?<!\d){new}-{new}(?!\d)", found) or f"{new}-{new}" in identifier.replace(
            str(old), str(new)
        )
        assert free_id(found, taken) == found
        taken.add(found)


def test_proposed_ids_read_as_people_write_them() -> None:
    """In the place of the year, else behind the name; counted on where that is taken."""
    assert id_of_year("fair-2026", 2026, 2027, ()) == "fair-2027"
    assert id_of_year("fair2026", 2026, 2027, ()) == "fair2027"
    assert id_of_year("2026-fair", 2026, 2027, ()) == "2027-fair"
    assert id_of_year("fair", 2026, 2027, ()) == "fair-2027"
    assert id_of_year("fair-2027", 2026, 2027, ()) == "fair-2027-2"
    assert id_of_year("fair-2026", 2026, 2027, {"fair-2027"}) == "fair-2027-2"
    assert id_of_year("fair", 2026, 2026, {"fair-2026", "fair-2026-2"}) == "fair-2026-3"
    assert free_id("fair-2", {"fair-2"}) == "fair-3"


@settings(deadline=None)
@given(IDENTIFIER, st.lists(st.sampled_from(["2026", "2026-09-12", "2"]), max_size=2))
def test_every_candidate_is_an_id_and_another_one(stem: str, endings: list[str]) -> None:
    """However long the stem is, and whichever ending stands in it already."""
    ids = list(islice(candidates(stem, endings), 40))

    assert all(map(is_id, ids))
    assert len(set(ids)) >= 40 - len(endings)


def test_candidates_read_as_people_write_them() -> None:
    """An ending stands once, a number behind the last one."""
    assert list(islice(candidates("fair"), 3)) == ["fair", "fair-2", "fair-3"]
    assert list(islice(candidates("fair", ("2026", "2026-05-01")), 4)) == [
        "fair", "fair-2026", "fair-2026-05-01", "fair-2026-05-01-2",
    ]  # fmt: skip
    assert list(islice(candidates("fair-2026", ("2026",)), 3))[2] == "fair-2026-2"
    assert list(islice(candidates("2026", ("2026",)), 3)) == ["2026", "2026", "2026-2"]


def test_ids_that_were_given_out_are_taken() -> None:
    """And those that were taken before are never given out."""
    ids = NewIds({"fair"})

    assert [ids.new("fair", "2026") for _ in range(3)] == ["fair-2026", "fair-2026-2", "fair-2026-3"]
    assert ids.new("party") == "party"


def test_years_in_ids_are_put_forward() -> None:
    """The only one in its place, else behind what the ids of all editions have in common."""
    assert with_year("fair", 2027) == "fair-2027"
    assert with_year("fair2026", 2027) == "fair2026"
    assert with_other_year("2026-fair", 2027) == "2027-fair"
    assert with_other_year("fair-2026", 2027) == "fair-2027"
    assert with_other_year("since-1990-2026", 2027) == "since"
    assert without_year("fair-2026") == "fair"
    assert without_year("2026") == "2026"


def test_letters_become_those_of_ids() -> None:
    """As German is spelled on German sites, and without marks elsewhere."""
    assert proposed_id("Größe & Œuvre") == "grosse-oeuvre"
    assert proposed_id("Größe", ("de-AT",)) == "groesse"
    assert proposed_id("会议") == ""
