"""Tokens are put in, taken out and marked, and every other byte of their file stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopcal.authoring.edit import Refusal
from coopcal.authoring.token_file import HEAD, with_mark, with_token, without_tokens
from coopcal.definitions.source.node import Mapping
from coopcal.definitions.source.parse import parse
from coopcal.definitions.source.tree import SourceFile
from coopcal.definitions.tokens import tokens
from coopcal.model.problem import Position, Problems
from coopcal.model.site import SiteSettings
from coopcal.model.text import Text

ONE, TWO, NEW = ("0123456789abcdef" * 4, "fedcba9876543210" * 4, "00112233445566778899aabbccddeeff" * 2)
TOKEN = {"sha256": NEW, "label": "chair: old # 1", "issued": "2026-03-14"}
ADDED = f'  - sha256: {NEW}\n    label: "chair: old # 1"\n    issued: 2026-03-14\n'
FILE = f"""\
# ours

board:   # of the federation
  # the treasurer's
  - sha256: {ONE}
    label: treasurer   # by hand
  - {{sha256: {TWO}, label: two}}   # in one line

staff:
- sha256: {NEW[::-1]}
"""


def said(text: str | Refusal) -> str:
    assert isinstance(text, str), text
    return text


def read(text: str) -> list[tuple[str, str]]:
    """Return the feed and the hash of each token of a file that has nothing wrong."""
    node, problems = parse(text.replace("\r\n", "\n"), "tokens.yaml")
    assert not problems
    if not isinstance(node, Mapping):
        return []
    found = Problems()
    settings = SiteSettings(Position("coopcal.yaml"), "example.coop", Text.of("en", "T"))
    file = SourceFile("tokens.yaml", "tokens.yaml", node)
    made = [(one.feed.id, one.sha256) for one in tokens(file, settings, found)]
    assert not found.found
    return made


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (None, f"{HEAD}board:\n{ADDED}"),
        ("", f"{HEAD}board:\n{ADDED}"),
        ("# ours", f"# ours\nboard:\n{ADDED}"),
        ("board: []\n", f"board:\n{ADDED}"),
        ("board: []  # none\n", f"board:   # none\n{ADDED}"),
        ("board:\n", f"board:\n{ADDED}"),
        (f"staff:\n- sha256: {ONE}", f"staff:\n- sha256: {ONE}\nboard:\n{ADDED}"),
        (FILE, FILE.replace("# in one line\n", f"# in one line\n{ADDED}")),
    ],
)
def test_a_token_is_put_behind_those_that_there_are(before: str | None, after: str) -> None:
    """Where there is no file, no feed, or none of it, it is the first."""
    text = said(with_token(before, "board", TOKEN))

    assert text == after
    assert ("board", NEW) in read(text)


def test_a_token_is_taken_out_with_its_own_lines_alone() -> None:
    """Comments around it stay; of a feed without any the id stays."""
    one = said(without_tokens(FILE, "board", {TWO}))
    assert one == FILE.replace(f"  - {{sha256: {TWO}, label: two}}   # in one line\n", "")
    both = said(without_tokens(FILE, "board", {ONE, TWO}))
    assert both.startswith("# ours\n\nboard: []   # of the federation\n  # the treasurer's\n")
    assert read(both) == [("staff", NEW[::-1])]
    assert said(without_tokens(f"a:\n- sha256: {ONE}\n", "a", {ONE})) == "a: []\n"


def test_a_token_is_marked_beside_its_hash() -> None:
    """On a line of its own, or between the brackets that it stands in."""
    lines = said(with_mark(FILE, "board", ONE, "rotated", "2026-03-15"))
    assert lines == FILE.replace(f"{ONE}\n", f"{ONE}\n    rotated: 2026-03-15\n")
    brackets = said(with_mark(FILE, "board", TWO, "rotated", "2026-03-15"))
    assert brackets == FILE.replace(f"{TWO},", f"{TWO}, rotated: 2026-03-15,")


@pytest.mark.parametrize(
    "text",
    [
        f"board: [{{sha256: {ONE}}}]\n",
        f"board:\n  sha256: {ONE}\n",
        f"{{board: [{{sha256: {ONE}}}]}}\n",
        "board:\n  - a: b\n - c\n",
    ],
)
def test_what_cannot_be_edited_safely_is_refused(text: str) -> None:
    """Nothing is guessed."""
    assert isinstance(with_token(text, "board", TOKEN), Refusal)
    assert isinstance(without_tokens(text, "board", {ONE}), Refusal)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(("add", "remove", "mark")),
            st.sampled_from(("a", "board", "x-1")),
            st.integers(0, 5),
        ),
        max_size=12,
    ),
    st.sampled_from(("\n", "\r\n")),
)
def test_whatever_is_done_the_file_holds_what_is_meant(steps: list[tuple[str, str, int]], end: str) -> None:
    """After any steps, with either line end; every comment that was there stays."""
    text, meant = "# a comment\nzoo:\n  # within\n  - sha256: ".replace("\n", end) + TWO + end, [("zoo", TWO)]
    for number, (step, feed, which) in enumerate(steps):
        own = [digest for name, digest in meant if name == feed]
        if step == "add":
            digest = f"{number:064x}"
            text = said(with_token(text, feed, {"sha256": digest, "label": f"n {number}"}))
            meant.append((feed, digest))
        elif own and step == "remove":
            gone = own[which % len(own)]
            text = said(without_tokens(text, feed, {gone}))
            meant.remove((feed, gone))
        elif own:
            marked = with_mark(text, feed, own[which % len(own)], "rotated", "2026-01-01")
            text = marked if isinstance(marked, str) else text  # one that is marked already is refused
        assert sorted(read(text)) == sorted(meant)
        assert f"# a comment{end}" in text
        assert f"  # within{end}" in text
        assert ("\r\n" in text) is (end == "\r\n")
