"""Edits leave every other byte as it was."""

from textwrap import dedent

import pytest

from coopcal.authoring.edit import (
    Refusal,
    Source,
    append_events,
    replace_event,
    replace_events,
    set_key,
    source_of,
)

NEW = {"id": "fair", "title": "Fair: all day", "when": "2027-05-22"}


def opened(text: str) -> Source:
    source = source_of("calendars/bakery.yaml", text)

    assert isinstance(source, Source)
    return source


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "name: The Bakery\n",
            'name: The Bakery\nevents:\n  - id: fair\n    title: "Fair: all day"\n    when: 2027-05-22\n',
        ),
        (
            "name: The Bakery # ours\nevents: []  # none yet\ncountry: BE\n",
            (
                "name: The Bakery # ours\nevents:  # none yet\n"
                '  - id: fair\n    title: "Fair: all day"\n    when: 2027-05-22\ncountry: BE\n'
            ),
        ),
        (
            "events:\n- id: a\n  title: A\n  when: 2026\n",
            'events:\n- id: a\n  title: A\n  when: 2026\n\n- id: fair\n  title: "Fair: all day"\n  when: 2027-05-22\n',
        ),
        (
            "events:\r\n    - {id: a, title: A, when: 2026}\r\n    - {id: b, title: B, when: 2026}\r\n\r\n# The rest\r\nname: X",
            (
                "events:\r\n    - {id: a, title: A, when: 2026}\r\n    - {id: b, title: B, when: 2026}\r\n"
                '    - id: fair\r\n      title: "Fair: all day"\r\n      when: 2027-05-22\r\n\r\n# The rest\r\nname: X'
            ),
        ),
        (
            "\ufeffname: X\nevents:\n  - id: a\n    description: |\n      # no comment\n      text",
            (
                "\ufeffname: X\nevents:\n  - id: a\n    description: |\n      # no comment\n      text\n\n"
                '  - id: fair\n    title: "Fair: all day"\n    when: 2027-05-22\n'
            ),
        ),
        (
            "events:\n  - id: a\n    # of a\n\n# of the end\n",
            'events:\n  - id: a\n    # of a\n\n  - id: fair\n    title: "Fair: all day"\n    when: 2027-05-22\n\n# of the end\n',
        ),
    ],
)
def test_an_event_goes_behind_the_last_one(before: str, after: str) -> None:
    """In the indentation, with the line ends and the blank lines that the file has."""
    assert append_events(opened(before), [NEW]) == after


def test_an_event_is_replaced_in_its_place() -> None:
    """Comments around it stay."""
    text = dedent(
        """\
        events:
          # first
          - id: a
            title: A
          # the fair
          -
            id: fair
            title: Fair

          # last
          - id: b
        name: X
        """
    )

    assert replace_event(opened(text), "fair", NEW) == text.replace(
        "  -\n    id: fair\n    title: Fair\n",
        '  - id: fair\n    title: "Fair: all day"\n    when: 2027-05-22\n',
    )
    assert isinstance(replace_event(opened(text), "c", NEW), Refusal)


def test_a_key_is_set_in_its_place_or_before_the_events() -> None:
    """What it said goes, nothing else."""
    text = "name: X\nremoved:\n  - a   # old\n  - b\n\n# Events\nevents: []\n"

    assert (
        set_key(opened(text), "removed", ["a", "b", "c"])
        == "name: X\nremoved: [a, b, c]\n\n# Events\nevents: []\n"
    )
    assert set_key(opened(text), "country", "BE") == text.replace("# Events", "country: BE\n# Events")
    assert set_key(opened("name: X"), "country", "BE") == "name: X\ncountry: BE\n"


@pytest.mark.parametrize(
    "text",
    ["{name: X}\n", "name: X\nevents: [{id: a}]\n", "name: [X\n", "- a\n", "", "events: none\n", "a: *b\n"],
)
def test_what_cannot_be_edited_safely_is_refused(text: str) -> None:
    """With a sentence and a place; the file stays as it is."""
    source = source_of("calendars/bakery.yaml", text)
    refused = append_events(source, [NEW]) if isinstance(source, Source) else source

    assert isinstance(refused, Refusal)
    assert refused.message
    assert refused.position.path == "calendars/bakery.yaml"


def test_several_events_are_written_anew_at_once() -> None:
    """In whatever order they are named; what is between them stays."""
    before = (
        "events:\n  - id: a\n    title: A\n    when: 2026\n\n  # The second\n  - id: b\n    title: B\n    when: 2026\n"
        "  - {id: c, title: C, when: 2026}\n# The end"
    )
    after = (
        "events:\n  - id: a\n    title: A2\n    when: 2027\n\n  # The second\n  - id: b\n    title: B\n    when: 2026\n"
        "  - id: c\n    title: C2\n    when: 2027\n# The end"
    )
    wanted = {name: {"id": name, "title": f"{name.upper()}2", "when": "2027"} for name in ("c", "a")}

    assert replace_events(opened(before), wanted) == after
    assert isinstance(replace_events(opened(before), {"d": {"id": "d"}}), Refusal)
