"""Simple Markdown: what is said without the parser is said as the parser has it."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from coopcal.text import parsed_markdown
from coopcal.text.markdown import plain_if_simple

PIECES = [
    *("word", "Two words", "é", "3 pm", " ", "  ", "\n", "\n\n", "\u00a0", "\u2028", "\t"),
    *("*", "**", "_", "*yes*", "*very good*", "(*so*)", "*no!*", "»*x*«", "*a*b", "~~", "`"),
    *("[", "]", "(", ")", "!", "[a]: https://x.example", "<b>", ">", "&", "&amp;", "\\", "& "),
    *("[page](https://a.example.org/x)", "[q](https://a.example.org)", "[z](https://a.example.org/x_y~z)"),
    *(
        "[https://a.example.org](https://a.example.org)",
        "[é](http://b.example.org/Ä)",
        "https://x.example/a_b",
    ),
    *("- ", "+ x", "1. ", "12) x", "# ", "===", "---", "|", ".", ",", ":", "“", '"', "^", "$"),
]
"""Of what Markdown is written, and of what looks like it."""


@given(st.lists(st.sampled_from(PIECES), max_size=8).map("".join))
@example(
    "Come and *bake*, see [our page](https://bakery.example.coop/open).\nBring bread!\n\nAll *are* welcome."
)
@example("a\n---")
@example("1986. A year")
def test_what_is_said_without_the_parser_is_what_the_parser_says(markdown: str) -> None:
    """What it does not know, it leaves to the parser."""
    said = plain_if_simple(markdown)

    assert said is None or said == parsed_markdown.plain(markdown)


@pytest.mark.parametrize(
    ("markdown", "said"),
    [
        ("Bring bread\nand *fresh* butter!", "Bring bread and fresh butter!"),
        ("One.\n\n\nTwo & three.\n", "One.\n\nTwo & three."),
        (
            "[Ours](https://a.example/x-y), [https://b.example](https://b.example)",
            "Ours (https://a.example/x-y), https://b.example",
        ),
    ],
)
def test_paragraphs_stress_and_links_are_simple(markdown: str, said: str) -> None:
    """Nearly all descriptions are made of nothing else."""
    assert plain_if_simple(markdown) == said
