"""What is served is what is tested: the pins of the two files agree."""

import re
from pathlib import Path

REQUIREMENTS = Path(__file__).parents[1] / "requirements"


def pins(name: str) -> set[tuple[str, str]]:
    """Return packages and their versions."""
    text = (REQUIREMENTS / name).read_text(encoding="utf-8")
    return set(re.findall(r"^([\w.\[\]-]+)==(\S+)", text, re.MULTILINE))


def test_every_pin_of_the_server_is_one_of_the_tests() -> None:
    serve, dev = pins("serve.txt"), pins("dev.txt")

    assert serve <= dev
    assert len(serve) > 20


def test_no_address_is_named() -> None:
    assert not [path.name for path in REQUIREMENTS.glob("*.txt") if "://" in path.read_text(encoding="utf-8")]
