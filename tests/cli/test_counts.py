"""What check and compile count."""

from pathlib import Path

from click.testing import CliRunner
from tests.support.checking import lay

from coopcal.cli import main

FILE = "calendars/bakery.yaml"


HEAD = "name: The Bakery\ncountry: BE\n"


FAIR = "{id: fair, title: Fair, when: %s%s}"


def written(*events: str, head: str = "") -> dict[str, str]:
    return {FILE: HEAD + head + "events:\n" + "".join(f"  - {each}\n" for each in events)}


def test_check_and_compile_count_alike(tmp_path: Path) -> None:
    """Events as they are written, without their dates and sessions; all feeds."""
    changes = ", repeats: {every: week, count: 4, changes: {2026-09-19: {title: Other}}}"
    root = lay(
        tmp_path,
        written(FAIR % ("2026-09-12", changes), "{id: two, title: Two, when: [2026-07-01, 2026-07-02]}"),
    )
    said = [
        CliRunner().invoke(main, ["--root", str(root), command]).stdout for command in ("check", "compile")
    ]

    assert "2 events, 2 feeds" in said[0]
    assert "Published 2 events in 2 feeds" in said[1]
