"""Texts taken out of source files: values with their keys, and all other lines as they were."""

import pytest

from coopcal.authoring.forgetting.edits import without
from coopcal.authoring.forgetting.needle import Needle
from coopcal.definitions.source.parse import parse

CASES = [
    ("name: Ann Lee\nurl: x\n", "url: x\n"),
    ("name: 'Ann Lee'  # since 2020\nurl: x\n", "url: x\n"),
    ("a: {name: Ann Lee, email: x}\n", "a: {email: x}\n"),
    ('a: {email: x, name: "Ann Lee"}\n', "a: {email: x}\n"),
    ("a: {x: 1, name: Ann Lee, y: 2}\n", "a: {x: 1, y: 2}\n"),
    ("a: {b: {name: Ann Lee}, c: d}\n", "a: {c: d}\n"),
    ("a: {c: d, b: {name: Ann Lee}}\n", "a: {c: d}\n"),
    ("z: 1\na: {b: {name: Ann Lee}}\n", "z: 1\n"),
    ("z: 1\na:\n  b:\n    name: Ann Lee\n", "z: 1\n"),
    ("a:\n  b:\n    name: Ann Lee\n  c: 1\n", "a:\n  c: 1\n"),
    ("a: [Ann Lee, Bo]\n", "a: [Bo]\n"),
    ("a: [Bo, Ann Lee]\n", "a: [Bo]\n"),
    ("a:\n  - Ann Lee\n  - Bo\n", "a:\n  - Bo\n"),
    ("# of Ann Lee\na: b\n", "a: b\n"),
    ("a: b  # of Ann Lee\nc: d\n", "a: b\nc: d\n"),
    ("title: Talk by Ann Lee, live\n", "title: Talk by …, live\n"),
    ("title: Talk by Ann\n  Lee\nc: d\n", "title: Talk by …\nc: d\n"),
    ("text: |\n  With ANN LEE.\n", "text: |\n  With ….\n"),
    ("a: b\r\nname: Ann Lee\r\nc: d\r\n", "a: b\r\nc: d\r\n"),
    ("a: b  # Ann Lee\r\nc: d\r\n", "a: b\r\nc: d\r\n"),
    ("c: d\nname: Ann Lee", "c: d\n"),
    ("name: Ánn Lée\nc: d\n", "c: d\n"),
    ("name: A\u0301nn Le\u0301e\nc: d\n", "c: d\n"),
    ("a: Joann Lee, Ann Leeds\n", "a: Joann Lee, Ann Leeds\n"),
    ("a: nobody\n", "a: nobody\n"),
]


@pytest.mark.parametrize(("before", "after"), CASES)
def test_a_name_is_taken_out(before: str, after: str) -> None:
    """And what is left can be read."""
    assert without(before, Needle("ann lee")) == after
    _, problems = parse(after.replace("\r\n", "\n"), "a.yaml")
    assert problems == ()


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("ann.lee", "c: {name: A, email: ann.lee@example.org}\n", "c: {name: A}\n"),
        ("lee@example.org", "c: {name: A, email: ann.lee@example.org}\n", "c: {name: A}\n"),
        ("ann.lee", "t: Write to Ann.Lee@example.org today\n", "t: Write to … today\n"),
        ("+32 9 123 45 67", "p: {phone: '+3291234567', x: y}\n", "p: {x: y}\n"),
        ("0032912345", "p: 5500329123456\n", "p: 5500329123456\n"),
        ("O’Brien", "a: x\nn: O'Brien\n", "a: x\n"),
    ],
)
def test_addresses_and_numbers_go_whole(text: str, before: str, after: str) -> None:
    assert without(before, Needle(text)) == after


def test_keys_may_stay_with_three_dots() -> None:
    assert (
        without("c: {name: Ann Lee, email: x}\n", Needle("Ann Lee"), keys=False) == "c: {name: …, email: x}\n"
    )


@pytest.mark.parametrize(
    "written",
    [
        "SUMMARY:Talk by An\r\n n Lee",
        '{"t":"\\u00c1nn Lee"}',
        "<p>Ann&#32;Lee",
        "?q=Ann%20Lee",
        "N:Ann\\nLee",
        "by ann\n\tlee",
    ],
)
def test_it_is_found_as_files_for_programs_write_it(written: str) -> None:
    assert Needle("Ann Lee").is_in_bytes(b"\xff\x00" + written.encode())
    assert not Needle("Ann Leo").is_in_bytes(written.encode())
