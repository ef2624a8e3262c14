"""What a compile meets in real life: another compile, and a disk that is full."""

import resource
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from tests.support.sweep import sized
from tests.support.trees import BAKERY, NOW, compiled, lay

from coopcal.site.reader import open_site


def compile_with(
    root: Path, now: datetime, *, largest: int | None = None
) -> subprocess.CompletedProcess[str]:
    """Compile in a process of its own, whose files may not grow over ``largest`` bytes.

    It keeps no modules compiled: Python takes one that was cut off there for whole.
    """

    def limit() -> None:
        if largest is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))

    options = ["--root", str(root), "compile", "--now", now.isoformat()]
    command = [sys.executable, "-B", "-m", "coopcal", *options]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, preexec_fn=limit)


@pytest.mark.sweep(cases=2)
@pytest.mark.parametrize("largest", [0, 64, 700, 1500, 3000])
def test_a_write_that_fails_leaves_the_site_before(tmp_path: Path, largest: int) -> None:
    """Whichever file it hits: the site before stands, nothing half-written stays, and the next compile goes well."""
    root = lay(tmp_path)
    compiled(root)
    before = open_site(root / "_site").version
    names = {path.name for path in (root / "_site/versions").iterdir()}
    lay(root, {"calendars/bakery.yaml": BAKERY.replace("General", "Annual")})
    later = NOW + timedelta(hours=1)
    done = compile_with(root, later, largest=largest)

    assert done.returncode == 2
    assert "the site before still stands" in done.stderr
    assert "Traceback" not in done.stderr
    assert open_site(root / "_site").version == before
    assert {path.name for path in (root / "_site/versions").iterdir()} == names
    compiled(root, later)
    assert b"Annual" in open_site(root / "_site").feeds["all"].bodies["identity"].content


@pytest.mark.sweep
def test_compiles_at_once_do_no_harm(tmp_path: Path) -> None:
    """Each waits for the one before it; events that nobody changed keep their bytes."""
    root = lay(tmp_path)
    compiled(root)
    before = open_site(root / "_site").feeds["all"].bodies["identity"].content
    count = sized(6, sample=3)
    with ThreadPoolExecutor(count) as pool:
        done = list(
            pool.map(lambda number: compile_with(root, NOW + timedelta(minutes=number)), range(count))
        )

    assert [each.returncode for each in done] == [0] * count, [each.stderr for each in done]
    assert open_site(root / "_site").feeds["all"].bodies["identity"].content == before
    assert not list((root / "_site/versions").glob("aside-*"))
    assert len(list((root / "_site/versions").iterdir())) <= 3
