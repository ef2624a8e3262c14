"""The memory of what was imported: a file that stands in git."""

import json
from pathlib import Path
from typing import Any

import pytest

from coopcal.authoring.importing.memory import Known, MemoryFault, read, written

KNOWN = {
    "b@example.org": Known("talk", "https://example.org/a.ics", {"when": "0" * 16, "title": "1" * 16}),
    "a@example.org": Known("fair", "-", {"title": "2" * 16}),
}
TEXT = """\
{
"about": "What coopcal import brought in, by UID: keep it in git beside calendars/, and do not edit it.",
"format": 1,
"events": {
  "a@example.org": {"event": "fair", "keys": {"title": "2222222222222222"}, "source": "-"},
  "b@example.org": {"event": "talk", "keys": {"title": "1111111111111111", "when": "0000000000000000"}, "source": "https://example.org/a.ics"}
}
}
"""


def remembered(root: Path, text: str) -> dict[str, Known]:
    (root / "imports").mkdir()
    (root / "imports/bakery.json").write_text(text, encoding="utf-8")
    return read(root, "bakery")


def test_it_is_an_event_a_line_in_order_and_read_again(tmp_path: Path) -> None:
    """So that what a second import changes is seen in a diff."""
    assert written(KNOWN) == TEXT
    assert remembered(tmp_path, TEXT) == KNOWN


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"format": 2}, "another version"),
        ({"events": []}, "damaged"),
        ({"events": {"a": {"event": 1, "source": "-", "keys": {}}}}, "damaged"),
        ({"events": {"a": {"event": "x", "source": "-", "keys": {"title": None}}}}, "damaged"),
    ],
)
def test_what_it_did_not_write_is_refused(tmp_path: Path, values: Any, why: str) -> None:
    with pytest.raises(MemoryFault, match=why):
        remembered(tmp_path, json.dumps(json.loads(TEXT) | values))


def test_a_file_that_is_no_json_or_nested_too_deeply_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MemoryFault, match="damaged"):
        remembered(tmp_path, "[" * 200_000)
