"""A small site that somebody is told of."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.support.receiving import Receiver, receiving
from tests.telling.site import Site


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as one:
        yield one


@pytest.fixture
def site(tmp_path: Path, receiver: Receiver) -> Site:
    return Site.of(tmp_path / "site", receiver)
