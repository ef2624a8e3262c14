"""Private feeds, their audiences and their tokens, as they are written."""

from pathlib import Path

import pytest
from tests.support.checking import places, problems_of
from tests.support.trees import NOW

from coopcal.compile.again import compile_again
from coopcal.compile.pipeline import check, compile_site
from coopcal.definitions.catalogue import decode
from coopcal.definitions.source.reader import read_tree
from coopcal.model.feed import Audience
from coopcal.selection.plan import plan

HASH = "0123456789abcdef" * 4
OTHER = HASH[::-1]
SITE = "title: T\nuid_domain: example.coop\ngroups: [board]\n"
BAKERY = "name: The Bakery\nevents:\n  - {id: fair, title: Fair, when: 2026-09-12}\n"
BOARD = "title: Board\nfor: {groups: [board]}\n"
FILES = {"coopcal.yaml": SITE, "calendars/bakery.yaml": BAKERY, "feeds/board.yaml": BOARD}


def laid(root: Path, files: dict[str, str]) -> Path:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return root


def test_a_private_feed_with_tokens_is_in_order(tmp_path: Path) -> None:
    """Nothing is said of it, and it is none of the public feeds."""
    tokens = f"# ours\nboard:\n  - sha256: {HASH}\n    label: chair\n    issued: 2026-01-01\n    expires: 2099-01-01\n"
    files = {**FILES, "tokens.yaml": tokens}

    assert problems_of(tmp_path, files) == []
    catalogue, _ = decode(read_tree(tmp_path / "now")[0])
    assert catalogue is not None
    assert [feed.id for feed in catalogue.private_feeds] == ["board"]
    assert "board" not in [feed.id for feed in plan(catalogue)]
    assert [(token.feed.id, token.sha256, token.label) for token in catalogue.tokens] == [
        ("board", HASH, "chair")
    ]


@pytest.mark.parametrize(
    ("audience", "code"),
    [
        ("{groups: [bord]}", "unknown-group"),
        ("{groups: [public, board]}", "for-everybody"),
        ("{}", "for-nobody"),
        ("board", "not-keys"),
        ("[board]", "not-keys"),
        ("{groups: {a: b}}", "not-text"),
        ("{groups: [board], organisations: [bakry]}", "unknown-organisation"),
        ("{group: board}", "unknown-key"),
        ("", "empty-value"),
    ],
)
def test_what_cannot_be_read_makes_no_feed_public(tmp_path: Path, audience: str, code: str) -> None:
    """There is an error, and the feed stays apart from all that are public."""
    found = problems_of(tmp_path, {**FILES, "feeds/board.yaml": f"title: Board\nfor: {audience}\n"})

    assert code in [each.code for each in found if each.severity == "error"]
    assert {each.position.path for each in found} == {"feeds/board.yaml"}
    catalogue, _ = decode(read_tree(tmp_path / "now")[0])
    assert catalogue is not None
    assert "board" not in [feed.id for feed in plan(catalogue)]


@pytest.mark.parametrize(
    ("tokens", "code", "place"),
    [
        (f"bord:\n  - sha256: {HASH}\n", "unknown-private-feed", (1, 1)),
        (f"bakery:\n  - sha256: {HASH}\n", "unknown-private-feed", (1, 1)),
        (f"all:\n  - sha256: {HASH}\n", "unknown-private-feed", (1, 1)),
        ("board:\n  - sha256: 123\n", "bad-hash", (2, 13)),
        (f"board:\n  - sha256: {HASH.upper()}\n", "bad-hash", (2, 13)),
        (f"board:\n  - {{sha256: {HASH}}}\n  - {{sha256: {HASH}}}\n", "same-token-twice", (3, 14)),
        (f"board:\n  - sha256: {HASH}\n    expires: 2020-01-01\n", "token-expired", (2, 13)),
        (f"board:\n  - sha256: {HASH}\n    label: anna@example.org\n", "personal-label", (3, 12)),
        (f"board:\n  - sha256: {HASH}\n    expires: tomorrow\n", "not-known-yet", (3, 14)),
        ("board:\n  - label: x\n", "missing-key", (2, 5)),
        ("Board!:\n  - label: x\n", "bad-id", (1, 1)),
        ("board: 12\n", "not-keys", (1, 8)),
        ("- board\n", "no-keys", (1, 1)),
        (f"board:\n  - sha256: {HASH}\nboard:\n  - sha256: {OTHER}\n", "duplicate-key", (3, 1)),
        (f"board:\n  - &a\n    sha256: {HASH}\n", "yaml-anchor", (2, 5)),
    ],
)
def test_what_is_wrong_with_tokens_is_told_with_its_place(
    tmp_path: Path, tokens: str, code: str, place: tuple[int, int]
) -> None:
    """They are read as all other sources are."""
    found = problems_of(tmp_path, {**FILES, "tokens.yaml": tokens})

    assert [("tokens.yaml", *place)] == [told[:3] for told in places(found, code)]
    assert HASH not in "".join(f"{each.message} {each.mend}" for each in found)


def test_the_own_feed_of_an_organisation_is_not_private(tmp_path: Path) -> None:
    """Nor is the one of everything; both are errors, and neither is published otherwise."""
    files = {**FILES, "feeds/bakery.yaml": BOARD, "feeds/all.yaml": BOARD}
    found = problems_of(tmp_path, files)

    assert [told[0] for told in places(found, "own-feed-private")] == ["feeds/all.yaml", "feeds/bakery.yaml"]


def test_a_public_feed_does_not_become_private_under_its_id(tmp_path: Path) -> None:
    """Its address is known, and subscribed to."""
    root = laid(tmp_path / "root", {**FILES, "feeds/board.yaml": "title: Board\n"})
    assert compile_site(root, root / "_site", NOW).published
    laid(root, {"feeds/board.yaml": BOARD})

    outcome = compile_site(root, root / "_site", NOW)

    assert not outcome.published
    (found,) = [each for each in outcome.problems if each.severity == "error"]
    assert (found.code, found.position.path) == ("feed-gone", "feeds/board.yaml")


def test_a_private_feed_takes_no_former_id_from_others(tmp_path: Path) -> None:
    """Ids are one set; what has ended in public leads to no private feed."""
    files = {
        **FILES,
        "feeds/board.yaml": BOARD + "formerly: [bakery]\n",
        "feeds/old.yaml": "title: Old\nclosed: {on: 2026-01-01, see: board}\n",
    }
    found = problems_of(tmp_path, files)

    assert [told[0] for told in places(found, "former-id-in-use")] == ["feeds/board.yaml"]
    assert [told[0] for told in places(found, "unknown-feed")] == ["feeds/old.yaml"]


def test_who_sees_what() -> None:
    """Groups of organisations, where both are named; all that organisations hide, where they alone are; nobody else."""
    root = Audience(frozenset({"board"}))
    assert root.sees("bakery", frozenset({"board", "members"}))
    assert not root.sees("bakery", frozenset({"members"}))
    assert not Audience().sees("bakery", frozenset({"board"}))


def test_tokens_are_looked_at_where_nothing_else_has_changed(tmp_path: Path) -> None:
    """An edit of them alone is seen by the next compile, and stops it where it is wrong."""
    root = laid(tmp_path / "root", {**FILES, "tokens.yaml": f"board:\n  - sha256: {HASH}\n"})
    assert compile_site(root, root / "_site", NOW).published
    laid(root, {"tokens.yaml": "board:\n  - sha256: 12\n"})

    assert not compile_site(root, root / "_site", NOW).published
    assert "bad-hash" in [each.code for each in check(root, NOW).problems]


def test_a_compile_that_makes_nothing_anew_looks_at_tokens(tmp_path: Path) -> None:
    """It goes on to compile in full where they are others."""
    root = laid(tmp_path / "root", {**FILES, "tokens.yaml": f"board:\n  - sha256: {HASH}\n"})
    assert compile_site(root, root / "_site", NOW).published
    assert compile_again(root, root / "_site", NOW) is not None
    laid(root, {"tokens.yaml": f"board:\n  - sha256: {OTHER}\n"})

    assert compile_again(root, root / "_site", NOW) is None
