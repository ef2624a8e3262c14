"""The digest of the program differs with its libraries, and does without those that not every installation has."""

from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError

import pytest

from coopcal.compile.store import program


@pytest.fixture(autouse=True)
def _asked_anew() -> Iterator[None]:
    program.digest.cache_clear()
    yield
    program.digest.cache_clear()


@pytest.mark.parametrize("library", program.LIBRARIES)
def test_a_library_that_is_another_or_not_here_makes_another_digest(
    library: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    digests = {program.digest()}
    for changed in ("0.1", None):

        def version(name: str, changed: str | None = changed) -> str:
            if name == library and changed is None:
                raise PackageNotFoundError(name)
            return changed or "1" if name == library else "1"

        program.digest.cache_clear()
        monkeypatch.setattr(program, "version", version)
        digests.add(program.digest())

    assert len(digests) == 3
