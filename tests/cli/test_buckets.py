"""Buckets that are named on the command line."""

import re
from pathlib import Path

import pytest
from tests.support.command import coopcal
from tests.support.ports import free_port
from tests.support.trees import lay

from coopcal.cli.buckets import opened
from coopcal.publish.store import bucket
from coopcal.site.layout import SiteError


@pytest.mark.parametrize(
    "address", ["https://example.coop/", "/srv/calendar", "s3:bucket", "ftp://example.coop"]
)
def test_what_names_no_bucket_is_refused(address: str) -> None:
    with pytest.raises(SiteError, match="names no bucket: write s3://"):
        opened(address)


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bucket, "obstore", None)
    with pytest.raises(SiteError, match=r"pip install 'coopcal\[publish\]'"):
        opened("s3://calendar")


def test_serve_says_what_is_wrong_where_nothing_can_be_brought(tmp_path: Path) -> None:
    done = coopcal(tmp_path, "serve", "--port", str(free_port()), "--site", "ftp://example.coop")

    assert done.returncode == 2
    assert done.stderr == "coopcal: ftp://example.coop names no bucket: write s3://…, gs://… or az://…\n"


def test_a_preview_is_of_sources(tmp_path: Path) -> None:
    done = coopcal(tmp_path, "serve", "--watch", "--site", "s3://calendar")

    assert done.returncode == 2
    assert "--site and --watch do not go together" in done.stderr


def test_publish_says_what_is_wrong_with_a_bucket(tmp_path: Path) -> None:
    done = coopcal(lay(tmp_path), "publish", "az://calendar")

    assert done.returncode == 2
    assert re.fullmatch(
        r"coopcal: az://calendar cannot be opened: .*Account must be specified\n",
        done.stderr,
    )
    assert not (tmp_path / "_site").exists(), "nothing is compiled before it is known on top of what"


def test_files_for_servers_are_of_no_use_in_a_bucket(tmp_path: Path) -> None:
    done = coopcal(lay(tmp_path), "publish", "s3://calendar", "--precompressed")

    assert done.returncode == 2
    assert "--precompressed is for folders" in done.stderr
