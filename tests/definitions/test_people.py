"""Contacts: e-mail addresses and telephone numbers, each under its own key."""

from pathlib import Path

from tests.support.checking import problems_of


def test_one_that_stands_under_the_key_of_the_other_is_told_to_be_so(tmp_path: Path) -> None:
    """With the line to write, where it can be put there; with words where the other key is taken."""
    alone = problems_of(
        tmp_path / "alone", {"calendars/bakery.yaml": "name: The Bakery\nemail: +32 2 543 10 33\n"}
    )
    text = "name: The Bakery\nemail: +32 2 543 10 33\nphone: office@bakery.example\n"
    found = problems_of(tmp_path, {"calendars/bakery.yaml": text})

    assert "phone: +32 2 543 10 33" in [each.mend for each in alone]
    assert [(each.code, each.position.line, each.mend) for each in found if each.severity == "error"] == [
        ("bad-email", 2, "write it as name@example.org; a telephone number stands under “phone”"),
        ("bad-phone", 3, "write it as +32 2 543 10 33; an e-mail address stands under “email”"),
    ]
