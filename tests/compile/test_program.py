"""The digest of the program differs with its libraries, and does without those that not every installation has."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from coopcal.compile.store import program


@pytest.fixture(autouse=True)
def _asked_anew() -> Iterator[None]:
    program.digest.cache_clear()
    yield
    program.digest.cache_clear()


@pytest.mark.parametrize("library", sorted(program.LIBRARIES))
def test_a_library_that_is_another_or_not_here_makes_another_digest(
    library: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(tmp_path))
    digests = {program.digest()}
    for name in (f"{library}-1.dist-info", f"{library}-2.dist-info", f"{library}.egg-info"):
        program.digest.cache_clear()
        (tmp_path / name).mkdir()
        digests.add(program.digest())

    assert len(digests) == 4


def test_every_library_is_found_where_it_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without any of them the digest is another."""
    libraries, digests = program.LIBRARIES, {program.digest()}
    for library in libraries:
        program.digest.cache_clear()
        monkeypatch.setattr(program, "LIBRARIES", frozenset({library}))
        digests.add(program.digest())

    assert len(digests) == 1 + len(libraries)


def test_a_folder_that_is_not_there_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    digest = program.digest()
    program.digest.cache_clear()
    monkeypatch.setattr(sys, "path", ["/no/such/folder", *sys.path])

    assert program.digest() == digest
