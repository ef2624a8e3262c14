"""``docs/notify.md``: what it tells programmers of receivers is run against what is sent."""

import json
import re
from pathlib import Path
from typing import Any

from tests.support.receiving import receiving
from tests.telling.site import SECRET, Site

PAGE = (Path(__file__).parents[2] / "docs/notify.md").read_text(encoding="utf-8")
BLOCKS = dict(re.findall(r"^```(\w+)(?: \S+)?\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL))


def shape(values: Any) -> Any:
    """Return what keys there are, at all depths but within titles."""
    match values:
        case dict():
            return {
                key: shape(value) if key not in ("title", "organisations") else type(value).__name__
                for key, value in values.items()
            }
        case list():
            return [shape(values[0])] if values else []
        case _:
            return type(values).__name__


def test_its_example_verifies_what_is_sent_and_has_its_shape(tmp_path: Path) -> None:
    """And verifies nothing that was changed on the way, or is signed by others."""
    code: dict[str, Any] = {}
    exec(BLOCKS["python"], code)
    is_genuine = code["is_genuine"]
    with receiving() as receiver:
        site = Site.of(tmp_path / "site", receiver)
        site.compile()
        site.edit("2036-10-24 14:00/17:30", "2036-10-25 14:30/17:30")
        site.compile()
    (came,) = receiver.came
    shown = json.loads(BLOCKS["json"])

    assert is_genuine(came.headers, came.body, SECRET)
    assert is_genuine(came.headers, came.body, SECRET.removeprefix("whsec_"))
    assert not is_genuine(came.headers, came.body + b" ", SECRET)
    assert not is_genuine(came.headers, came.body, f"whsec_{'A' * 40}")
    assert not is_genuine({**came.headers, "webhook-timestamp": "1"}, came.body, SECRET)
    assert not is_genuine({**came.headers, "webhook-id": "msg_1"}, came.body, SECRET)
    for name in [name for name in came.headers if name.lower().startswith("webhook-")]:
        assert not is_genuine(
            {key: came.headers[key] for key in came.headers if key != name}, came.body, SECRET
        )
        for odd in ("", " ", "²", "é", "-1", "v1,é", "9" * 400):
            assert not is_genuine({**came.headers, name: odd}, came.body, SECRET)
    assert not is_genuine({}, came.body, SECRET)
    assert shape(came.values) == shape(shown)
