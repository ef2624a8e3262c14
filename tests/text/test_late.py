"""What is imported late: what is known spares it, and no more is known than there is room for."""

import sys

from coopcal.text.late import Table, late


def test_what_is_known_spares_the_import() -> None:
    table: Table[tuple[int], bytes] = Table("no.such.module", "made")
    table.learn({(1,): b"one"})

    assert table.get(1) == b"one"


def test_what_is_not_known_is_made_once() -> None:
    """A function of a module, called with what is asked for."""
    table: Table[tuple[str, int], bytes] = Table("compile.render.observances", "written")

    first = table.get("Europe/Brussels", 2026)

    assert first.startswith(b"BEGIN:VTIMEZONE")
    assert table.get("Europe/Brussels", 2026) is first
    assert table.known() == {("Europe/Brussels", 2026): first}


def test_it_is_bounded() -> None:
    table: Table[tuple[int], int] = Table("no.such.module", "made", most=3)
    for number in range(10):
        table.learn({(number,): number})
        assert table.get(number) == number
        assert len(table.known()) <= 3


def test_a_name_of_a_module_is_found() -> None:
    assert late("compile.render.observances", "LAST_YEAR") == 2050
    assert "coopcal.compile.render.observances" in sys.modules
