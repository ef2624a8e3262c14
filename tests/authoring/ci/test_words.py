"""Comments are bounded, and what others wrote in them is a block."""

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from coopcal.authoring.ci import words


@given(
    st.text(max_size=80)
    | st.lists(st.sampled_from(["`", "```", "~~~", "\n", "@all", "#1", "</pre>", " "])).map("".join)
)
def test_a_fence_holds_whatever_stands_in_it(text: str) -> None:
    tokens = MarkdownIt("commonmark").parse(words.fenced(text))

    assert [token.type for token in tokens] == ["fence"]


@given(
    st.lists(
        st.sampled_from(
            ["##[", "#", "[", ":", "::", "add-mask", "]", " ", "\t", "\r", "\n", "\u2028", "\x85", "x"]
        )
    ).map("".join)
)
def test_no_line_that_is_printed_is_a_command_to_the_runner(text: str) -> None:
    printed = words.printed(text)

    assert "##[" not in printed
    assert not any(line.lstrip().startswith("::") for line in printed.splitlines())
    assert "".join(printed.split()) == "".join(text.split())


def test_what_is_too_long_is_cut_at_a_line_and_says_so() -> None:
    for body in (words.changes_comment("- a line\n" * 90_000), words.problems_comment("a line\n" * 90_000)):
        assert len(body) < 65_536
        assert "… and more, which is too long for a comment." in body
    assert words.problems_comment("a line\n" * 90_000).endswith("```\n")


def test_comments_begin_with_their_mark() -> None:
    assert words.changes_comment("x").startswith(words.CHANGES)
    assert words.problems_comment("x").startswith(words.CHANGES)
    assert words.nothing_changes_comment().startswith(words.CHANGES)
    assert words.event_comment("x").startswith(words.EVENT)
