"""What of the file of tokens opens private feeds: what is written rightly, as it is by the end of a compile."""

from pathlib import Path

import pytest
from tests.support.trees import NOW, SITE, compiled, lay

from coopcal.compile.pipeline import compile_site
from coopcal.compile.tokens import put_tokens
from coopcal.model.problem import Severity
from coopcal.site.tokens import Openings

A, B = "a" * 64, "b" * 64


def tree(root: Path, tokens: str) -> Path:
    files = {
        "coopcal.yaml": f"{SITE}groups: [board]\n",
        "calendars/bakery.yaml": "name: The Bakery\nevents: [{id: fair, title: Fair, when: 2026-09-12}]\n",
        "feeds/own.yaml": "title: Own\nfor: {groups: [board]}\n",
        "tokens.yaml": tokens,
    }
    return lay(root, files)


@pytest.mark.parametrize(
    "keys",
    [
        "expires: 3000-01-01",
        "expires: soon",
        "expires: [2026-09-01]",
        "expirs: 2026-09-01",
        "rotated: yesterday",
        "label: {}",
    ],
)
def test_a_token_that_is_not_written_rightly_opens_nothing(tmp_path: Path, keys: str) -> None:
    """Else one whose end is mistyped would open for ever; others do what they did."""
    root = tree(tmp_path, f"own:\n  - {{sha256: {A}, {keys}}}\n  - {{sha256: {B}}}\n")
    (root / "_site").mkdir()
    problems = put_tokens(root, root / "_site")

    assert [one.severity for one in problems] == [Severity.ERROR]
    assert [one.sha256 for one in Openings(root / "_site").now()] == [B]


def test_a_token_that_is_taken_back_during_a_compile_opens_nothing_behind_it(tmp_path: Path) -> None:
    """What the compile read of it before is not put in the place of what is so by then."""
    root = tree(tmp_path, f"own:\n  - sha256: {A}\n  - sha256: {B}\n")
    out = root / "_site"
    compiled(root)
    (root / "calendars/bakery.yaml").write_text(
        "name: The new Bakery\nevents: [{id: fair, title: Fair, when: 2026-09-12}]\n", encoding="utf-8"
    )

    def take_back(step: str) -> None:
        if step.startswith("Putting"):
            (root / "tokens.yaml").write_text(f"own:\n  - sha256: {B}\n", encoding="utf-8")
            put_tokens(root, out)

    assert compile_site(root, out, NOW, progress=take_back).published
    assert [one.sha256 for one in Openings(out).now()] == [B]
