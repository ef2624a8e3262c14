"""A site that moved says so, so that whoever subscribed at its former address goes on."""

from pathlib import Path

import pytest
from tests.support.checking import SMALLEST, places, problems_of
from tests.support.diffs import diff
from tests.support.trees import NOW

from coopcal.compile.pipeline import compile_site
from coopcal.model.problem import Problem

OLD, NEW = "https://old.example.coop", "https://new.example.coop/calendar"
CODE = "address-changed"


def site(address: str | None, *also_at: str) -> dict[str, str]:
    """Return the settings of a site with an address, or none, and its former ones."""
    lines = [SMALLEST["coopcal.yaml"]]
    lines += [f"base_url: {address}\n"] if address else []
    lines += [f"also_at: [{', '.join(also_at)}]\n"] if also_at else []
    return {"coopcal.yaml": "".join(lines)}


def told_of(folder: Path, now: dict[str, str], before: dict[str, str] | None = None) -> list[Problem]:
    """Return what is told but notes, which are of other things."""
    return [each for each in problems_of(folder, now, before) if each.severity != "note"]


@pytest.mark.parametrize(
    ("before", "now", "place", "mend"),
    [
        (site(OLD), site(OLD), None, ""),
        (site(OLD), site(NEW), 5, f"also_at: [{OLD}]   ("),
        (site(OLD), site(NEW, OLD), None, ""),
        (site(OLD), site(NEW, f"{OLD}/"), None, ""),
        (site(OLD, "https://first.example"), site(NEW, "https://first.example"), 5, f"also_at: [{OLD}, https://first.example]"),
        (site(NEW, OLD), site(OLD), 5, f"also_at: [{NEW}]"),
        (site(NEW, OLD), site(OLD, NEW), None, ""),
        (site(OLD), site(f"{OLD}/below"), 5, f"also_at: [{OLD}]"),
        (site(OLD), site(f"{OLD}:8443"), 5, f"also_at: [{OLD}]"),
        (site(OLD), site(f"{OLD}:443/"), None, ""),
        (site(OLD), site("https://OLD.example.coop"), None, ""),
        (site(OLD.replace("https", "http")), site(OLD), None, ""),
        (site(OLD), site(None), 1, f"base_url: {OLD}"),
        (site(None), site(NEW), None, ""),
        (site("http://localhost:8000"), site(NEW), None, ""),
        (site("http://127.0.0.1:8123"), site(NEW), None, ""),
    ],
)  # fmt: skip
def test_a_move_without_the_former_address_is_told(
    tmp_path: Path, before: dict[str, str], now: dict[str, str], place: int | None, mend: str
) -> None:
    """With its place, and the line that mends it; once it is written, nothing is told."""
    found = told_of(tmp_path, now, before)

    assert [told[:2] for told in places(found, CODE)] == ([("coopcal.yaml", place)] if place else [])
    assert [each.severity for each in found] == (["warning"] if place else [])
    if place:
        line = (found[0].mend or "").split("   ")[0]
        assert (found[0].mend or "").startswith(mend)
        lines = [each for each in now["coopcal.yaml"].splitlines() if not each.startswith("also_at")]
        mended = {"coopcal.yaml": "\n".join((*lines, line, ""))}
        assert told_of(tmp_path / "again", mended, before) == []


def test_it_is_told_until_it_was_published_and_no_longer(tmp_path: Path) -> None:
    """Also by a compile, which goes on: it may be meant."""
    problems_of(tmp_path, site(NEW), site(OLD))
    told = [compile_site(tmp_path / "now", tmp_path / "site", NOW) for _ in range(3)]

    assert [CODE in [each.code for each in outcome.problems] for outcome in told] == [True, False, False]
    assert all(outcome.published for outcome in told)


@pytest.mark.parametrize(
    ("also_at", "column"),
    [
        (f"[{NEW}]", 11),
        (NEW, 10),
        (f"{NEW}/", 10),
        (f"[{OLD}, {NEW}]", 37),
        (f"[{OLD}, {OLD}]", 37),
        (f"[{OLD}, '{OLD}/']", 37),
        (f"[{OLD}, https://third.example, {OLD}]", 60),
    ],
)
def test_a_former_address_is_another_one_and_stands_once(tmp_path: Path, also_at: str, column: int) -> None:
    """Whatever is wrong with it is told where it stands."""
    found = told_of(tmp_path, {"coopcal.yaml": f"{site(NEW)['coopcal.yaml']}also_at: {also_at}\n"})

    assert [each.severity for each in found] == ["error"]
    assert [told[:3] for told in places(found, "also-at-twice")] == [("coopcal.yaml", 6, column)]


@pytest.mark.parametrize(("also_at", "said"), [((OLD,), "feeds answer at both"), ((), "does not name")])
@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "it", "pt"])
def test_diff_tells_the_move(tmp_path: Path, also_at: tuple[str, ...], said: str, language: str) -> None:
    """From where to where, and what subscribers see of it; against the last site, and against sources."""
    problems_of(tmp_path, site(NEW, *also_at), site(OLD))
    for against in (tmp_path / "site", tmp_path / "before"):
        told = diff(tmp_path / "now", str(against), "--language", language).output

        assert f"{OLD} " in told
        assert NEW in told
        assert (said in told) is (language == "en")
        assert "Nothing changes" not in told
    assert diff(tmp_path / "now", str(tmp_path / "now")).output.endswith("Nothing changes for subscribers.\n")
