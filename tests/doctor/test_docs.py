"""``docs/doctor.md`` tells every fault: its code, what is wrong, what to do, and whom it harms.

``COOPCAL_GOLDEN=write`` writes the table anew.
"""

import os
import re
from pathlib import Path
from string import Formatter

import pytest

from coopcal.doctor.client import ALL, NAMES, Client
from coopcal.doctor.fault import Kind
from coopcal.doctor.verdict import KINDS

PAGE = Path(__file__).parents[2] / "docs/doctor.md"
HEAD = "## Faults\n\n"


def told() -> str:
    rows = [
        f"| `{kind.code}` | {_without_braces(kind.said)} {kind.mend} | {_harmed(kind)} |\n"
        for kind in sorted(KINDS, key=lambda kind: kind.code)
    ]
    return "| code | what it says | in vain in; with faults in |\n|---|---|---|\n" + "".join(rows)


def _without_braces(said: str) -> str:
    return re.sub(r"\{(\w+)\}", r"<\1>", said).replace("<", "‹").replace(">", "›")


def _harmed(kind: Kind) -> str:
    parts = [f"{_named(clients)}" for clients in (kind.fatal, kind.faulty)]
    return "; ".join(part or "–" for part in parts) if any(parts) else "note"


def _named(clients: tuple[Client, ...]) -> str:
    return "all" if clients == ALL else ", ".join(NAMES[client] for client in clients)


def test_the_page_tells_every_fault() -> None:
    text = PAGE.read_text(encoding="utf-8")
    before, head, table = text.partition(HEAD)
    if os.environ.get("COOPCAL_GOLDEN") == "write":
        PAGE.write_text(before + HEAD + told(), encoding="utf-8")
    assert head + table == HEAD + told()


def test_codes_are_stable_names() -> None:
    """No code stands for two kinds."""
    codes = [str(kind.code) for kind in KINDS]

    assert len(codes) == len(set(codes))
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code) for code in codes)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: str(kind.code))
def test_a_mend_is_one_sentence(kind: Kind) -> None:
    """What is to be done depends on nothing that is to be filled in, and no client is harmed twice."""
    assert kind.mend.endswith(".")
    assert not re.search(r"[.!?] ", kind.mend)
    assert [name for _, name, _, _ in Formatter().parse(kind.mend) if name] == []
    assert not set(kind.fatal) & set(kind.faulty)
