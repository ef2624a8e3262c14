"""Files as editors and word processors leave them."""

from pathlib import Path

import pytest

from coopcal.definitions.source.files import read_text


def read(folder: Path, content: bytes) -> tuple[str | None, list[tuple[str, int, int, str | None]]]:
    (folder / "a.yaml").write_bytes(content)
    text, problems = read_text(folder, "a.yaml")
    return text, [(each.code, each.position.line, each.position.column, each.mend) for each in problems]


@pytest.mark.parametrize(
    "content", [b"a: b\nc: d\n", b"a: b\r\nc: d\r\n", b"a: b\rc: d\r", b"\xef\xbb\xbfa: b\nc: d\n"]
)
def test_line_ends_and_byte_order_marks_are_all_one(tmp_path: Path, content: bytes) -> None:
    """Windows, old Macs and Notepad."""
    assert read(tmp_path, content) == ("a: b\nc: d\n", [])


@pytest.mark.parametrize("separator", ["\x85", "\u2028", "\u2029"])
def test_separators_that_editors_do_not_show_are_told(tmp_path: Path, separator: str) -> None:
    """YAML 1.1 takes them for line ends, so every place behind them would be a line off."""
    text, problems = read(tmp_path, f"a: b\nc: d{separator}e\n".encode())

    assert problems == [("control-character", 2, 5, "put a blank or a new line in its place")]
    assert text is not None


@pytest.mark.parametrize(
    ("content", "line", "column"),
    [(b"a: b\r\nc: caf\xe9\r\n", 2, 7), (b"\xef\xbb\xbfa: \xe9", 1, 4), ("a: é".encode() + b"\xe9", 1, 5)],
)
def test_the_first_byte_that_is_not_utf8_is_shown_in_its_line(
    tmp_path: Path, content: bytes, line: int, column: int
) -> None:
    """With the letter that it was probably meant for."""
    text, ((code, *place, _),) = read(tmp_path, content)

    assert (code, place) == ("not-utf8", [line, column])
    assert text is not None
    assert text.split("\n")[line - 1][column - 1] == "é"
