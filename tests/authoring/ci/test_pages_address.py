"""The address on GitHub Pages is told by where the repository is."""

import pytest

from coopcal.authoring.ci.pages_address import pages_address


@pytest.mark.parametrize(
    ("remote", "address"),
    [
        ("git@github.com:Mill/calendar.git", "https://mill.github.io/calendar"),
        ("https://github.com/mill/Our.Calendar", "https://mill.github.io/Our.Calendar"),
        ("https://token@github.com/mill/calendar.git/", "https://mill.github.io/calendar"),
        ("https://github.com/mill/mill.github.io.git", "https://mill.github.io"),
        ("https://gitlab.com/mill/calendar.git", None),
        ("/srv/git/github.com.git", None),
    ],
)
def test_a_remote_tells_the_address(remote: str, address: str | None) -> None:
    assert pages_address(f'[remote "origin"]\n\turl = {remote}\n\tfetch = x\n') == address
