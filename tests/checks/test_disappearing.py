"""Nothing that somebody may have subscribed to goes in silence: each kind of going, in public and in private, and what is told.

The table is the specification: before, now, and the codes that are told, by severity.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.support.trees import NOW

from coopcal.compile.pipeline import check, compile_site
from coopcal.model.problem import Problem

HASH = "0123456789abcdef" * 4
SITE = "title: T\nuid_domain: example.coop\nlanguages: [en, fr]\ngroups: [board]\n"
BAKERY = "name: The Bakery\ncountry: BE\nevents:\n  - {id: fair, title: Fair, when: 2026-09-12}\n"
OTHER = "name: The Mill\ncountry: BE\nevents:\n  - {id: grind, title: Grinding, when: 2026-09-13}\n"
FEED = "title: Some\n"
PRIVATE = "title: Some\nfor: {groups: [board]}\n"
TOKENS = f"some:\n  - sha256: {HASH}\n"
TREE = {"coopcal.yaml": SITE, "calendars/bakery.yaml": BAKERY, "calendars/mill.yaml": OTHER}
"""A tree that holds no feed by a file."""

Files = dict[str, str]
Told = list[tuple[str, str, str, int]]
"""Severity, code, path and line."""

GONE: Told = [("error", "feed-gone", "coopcal.yaml", 1)]


@dataclass(frozen=True)
class Case:
    """What stood in ``feeds/some.yaml`` and beside it, what stands there now (None: no such file), and what is told."""

    before: Files
    now: dict[str, str | None]
    told: Told
    mend: str = ""


def feed(text: str | None, **others: str | None) -> dict[str, str | None]:
    return {"feeds/some.yaml": text, **{f"feeds/{name}.yaml": other for name, other in others.items()}}


PUBLIC_BEFORE: Files = {"feeds/some.yaml": FEED}
PRIVATE_BEFORE: Files = {"feeds/some.yaml": PRIVATE}
OPENED_BEFORE: Files = {**PRIVATE_BEFORE, "tokens.yaml": TOKENS}
CLOSED = "closed: {on: 2026-05-31, see: all}\n"

TABLE = {
    # the file is gone
    "public feed: deleted": Case(PUBLIC_BEFORE, feed(None), GONE, "write feeds/some.yaml again with “title: …” and “closed: {on: 2026-06-01, see: another-feed}”"),
    "private feed: deleted": Case(PRIVATE_BEFORE, feed(None), GONE, "write feeds/some.yaml again with “title: …”, “for: …” and “closed: {on: 2026-06-01, see: another-feed}”"),
    "private feed: deleted with its tokens": Case(OPENED_BEFORE, {**feed(None), "tokens.yaml": None}, GONE, "write feeds/some.yaml again"),
    "private feed: deleted, its tokens left": Case(OPENED_BEFORE, feed(None), GONE, "write feeds/some.yaml again"),
    "private feed: renamed, its tokens left": Case(OPENED_BEFORE, feed(None, few=PRIVATE), [("error", "feed-gone", "feeds/few.yaml", 1)], "formerly: [some]"),
    "private feed: made public, its tokens left": Case(OPENED_BEFORE, feed(FEED), [("error", "feed-gone", "feeds/some.yaml", 1)], "put feeds/some.yaml back with its “for: …”"),
    "private feed: closed long ago, then deleted, its tokens left": Case({**OPENED_BEFORE, "feeds/some.yaml": PRIVATE + CLOSED.replace("2026", "2020")}, feed(None), [("error", "unknown-private-feed", "tokens.yaml", 1)]),
    "private feed: cannot be read": Case(PRIVATE_BEFORE, feed("title: [\n"), [("error", "unclosed-bracket", "feeds/some.yaml", 1)]),
    # it is called otherwise
    "public feed: renamed": Case(PUBLIC_BEFORE, feed(None, few=FEED), [("error", "feed-gone", "feeds/few.yaml", 1)], "formerly: [some]"),
    "private feed: renamed": Case(PRIVATE_BEFORE, feed(None, few=PRIVATE), [("error", "feed-gone", "feeds/few.yaml", 1)], "formerly: [some]"),
    "private feed: renamed and retitled": Case(PRIVATE_BEFORE, feed(None, somf=PRIVATE.replace("Some", "Few")), GONE, "formerly: [some]”"),
    "public feed: renamed with formerly": Case(PUBLIC_BEFORE, feed(None, few=FEED + "formerly: some\n"), []),
    "private feed: renamed with formerly": Case(PRIVATE_BEFORE, feed(None, few=PRIVATE + "formerly: some\n"), []),
    "private feed: formerly of a public one": Case(PRIVATE_BEFORE, feed(None, few=FEED + "formerly: some\n"), GONE, "write feeds/some.yaml again"),
    "public feed: formerly of a private one": Case(PUBLIC_BEFORE, feed(None, few=PRIVATE + "formerly: some\n"), GONE, "write feeds/some.yaml again"),
    # it is for others
    "public feed: made private": Case(PUBLIC_BEFORE, feed(PRIVATE), [("error", "feed-gone", "feeds/some.yaml", 1)], "put feeds/some.yaml back, perhaps with “closed: …”"),
    "private feed: made public": Case(PRIVATE_BEFORE, feed(FEED), [("error", "feed-gone", "feeds/some.yaml", 1)], "put feeds/some.yaml back with its “for: …”"),
    "private feed: an organisation took its id": Case(PRIVATE_BEFORE, {**feed(None), "calendars/some.yaml": "name: Some\ncountry: BE\n"}, [("error", "feed-gone", "calendars/some.yaml", 1)], "put feeds/some.yaml back with its “for: …”"),
    # it has ended, and says so
    "public feed: closed": Case(PUBLIC_BEFORE, feed(FEED + CLOSED), []),
    "private feed: closed": Case(PRIVATE_BEFORE, feed(PRIVATE + CLOSED), []),
    "public feed: closed long ago, then deleted": Case({"feeds/some.yaml": FEED + CLOSED.replace("2026", "2020")}, feed(None), GONE, "write feeds/some.yaml again"),
    "private feed: closed long ago, then deleted": Case({"feeds/some.yaml": PRIVATE + CLOSED.replace("2026", "2020")}, feed(None), []),
    # a language of it
    "public feed: a language less": Case(PUBLIC_BEFORE, {"coopcal.yaml": SITE.replace("[en, fr]", "[en]")}, []),
    "private feed: a language less": Case(PRIVATE_BEFORE, {"coopcal.yaml": SITE.replace("[en, fr]", "[en]")}, []),
    # an organisation or an event
    "organisation: deleted": Case({}, {"calendars/mill.yaml": None}, [("error", "organisation-gone", "coopcal.yaml", 1)], "write calendars/mill.yaml again"),
    "event: deleted": Case({}, {"calendars/mill.yaml": OTHER.partition("events")[0]}, [("error", "event-gone", "calendars/mill.yaml", 1)], "removed: [grind]"),
    "event: hidden instead": Case({}, {"calendars/mill.yaml": OTHER.replace("13}", "13, visibility: board}")}, []),
}  # fmt: skip


def laid(root: Path, files: dict[str, str | None]) -> Path:
    for path, text in files.items():
        if text is not None:
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text, encoding="utf-8")
    return root


def told(problems: tuple[Problem, ...]) -> Told:
    """Return what is told but notes, which are of no going."""
    return [
        (each.severity.value, str(each.code), each.position.path, each.position.line)
        for each in problems
        if each.severity.value != "note"
    ]


@pytest.mark.parametrize("case", TABLE.values(), ids=TABLE)
def test_what_goes_is_told(tmp_path: Path, case: Case) -> None:
    """By a check and by a compile, which then publishes nothing; both are the same."""
    out = tmp_path / "site"
    before = compile_site(
        laid(tmp_path / "before", {**TREE, **case.before}), out, datetime(2026, 1, 1, tzinfo=UTC)
    )
    assert before.published, told(before.problems)
    root = laid(tmp_path / "now", {**TREE, **case.before, **case.now})
    problems = check(root, NOW, out=out).problems

    assert told(problems) == case.told
    assert [
        each.mend for each in problems if each.code == "feed-gone" and case.mend not in (each.mend or "")
    ] == []
    outcome = compile_site(root, out, NOW)
    assert outcome.published is not any(severity == "error" for severity, *_ in case.told)
    assert told(outcome.problems) == case.told
