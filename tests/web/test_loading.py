"""What serving a site loads: nothing of its sources, and of coopcal what pages and feeds are made with."""

import subprocess
import sys

import pytest

MOST = 96
"""Modules of coopcal's own that may be loaded: half of the 192 there were when pages reached the sources
through their schema."""


@pytest.fixture(scope="module")
def loaded() -> set[str]:
    """Return the modules that a fresh process has loaded with the application."""
    command = [sys.executable, "-c", "import sys, coopcal.web; print(*sys.modules)"]
    return set(subprocess.run(command, capture_output=True, text=True, check=True).stdout.split())


def test_nothing_that_reads_or_renders_sources_is_loaded(loaded: set[str]) -> None:
    """The compiled site is all that stands between them."""
    assert not loaded & {"yaml", "icalendar", "dateutil", "holidays"}
    rooms = ("authoring", "checks", "cli", "compile", "definitions", "recurrence", "selection")
    assert not loaded & {f"coopcal.{room}" for room in rooms}


def test_no_more_of_our_own_is_loaded_than_is_needed(loaded: set[str]) -> None:
    """Neither countries of zones, nor what an event is in its sources, nor what a checker or a preview adds."""
    ours = {name for name in loaded if name.partition(".")[0] == "coopcal"}

    assert not ours & {
        "coopcal.model.event",
        "coopcal.model.feed",
        "coopcal.model.paste",
        "coopcal.text.messages",
        "coopcal.web.check",
        "coopcal.web.watch",
        "coopcal.zones.countries",
        "coopcal.zones.by_any_name",
    }
    assert len(ours) <= MOST
