"""The body of an issue → what was filled in; hostile bodies are words and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopcal.authoring.ci.form import LABELS, LARGEST, Form, read_form

FILLED = Form(
    "Open day",
    "The Bakery",
    "2026-09-12",
    "10:00/17:00",
    "The shop, Ghent",
    "Come and see.\n\n- bread\n- #1",
    "https://bakery.example.org/register",
    "hello@bakery.example.org",
)


def body(**answers: str) -> str:
    """Return a body as GitHub renders it; what is not answered is written in its own words."""
    return "\n\n".join(
        f"### {label}\n\n{answers.get(name) or '_No response_'}" for name, label in LABELS.items()
    )


def body_of(form: Form) -> str:
    return body(**{name: getattr(form, name) for name in LABELS})


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_each_answer_stands_under_its_label(end: str) -> None:
    assert read_form(body_of(FILLED).replace("\n", end)) == (FILLED, ())


def test_what_is_not_answered_is_empty() -> None:
    form, wrong = read_form(body(title="Open day", organisation="bakery", date="2026-09-12"))

    assert (form, wrong) == (Form("Open day", "bakery", "2026-09-12"), ())


def test_what_is_needed_is_asked_for() -> None:
    assert read_form(body(title="Open day"))[1] == (
        "“Whose event is it?” is not answered.",
        "“On which day, or days?” is not answered.",
    )
    assert len(read_form("")[1]) == 3


@pytest.mark.parametrize(
    ("times", "when"),
    [
        ("", "2026-09-12"),
        ("10:00/17:00", "2026-09-12 10:00/17:00"),
        ("9:30 - 12:00", "2026-09-12 09:30/12:00"),
        ("10:00–17:00", "2026-09-12 10:00/17:00"),
        ("10:00 to 17:00", "2026-09-12 10:00/17:00"),
        ("19:00", "2026-09-12 19:00"),
        ("in the evening", "2026-09-12 in the evening"),
    ],
)
def test_times_are_joined_to_the_date(times: str, when: str) -> None:
    """What cannot be read is left as it is, so that the check explains it."""
    assert Form(date="2026-09-12", times=times).when == when


def test_headings_in_a_description_stay_there_unless_they_are_the_forms_own() -> None:
    other = read_form(
        body(title="A", organisation="b", date="2026-09-12", description="### Programme\n\nBread")
    )
    spoofed = read_form(
        body(title="A", organisation="b", date="2026-09-12", description=f"x\n### {LABELS['contact']}\n\nme")
    )

    assert (other[0].description, other[1]) == ("### Programme\n\nBread", ())
    assert spoofed[1] == (
        "“### Whom may people ask?” stands twice; please take out the one that is not the form's own.",
    )


def test_only_the_description_has_several_lines() -> None:
    wrong = read_form(body(title="A\nvisibility: members", organisation="b", date="2026-09-12"))[1]

    assert wrong == ("The answer to “What is it called?” should be on one line.",)


def test_a_huge_body_is_not_read() -> None:
    form, wrong = read_form(body(title="x" * LARGEST))

    assert (form, len(wrong)) == (Form(), 1)


@given(
    st.text(max_size=200)
    | st.lists(st.sampled_from([*(f"### {each}" for each in LABELS.values()), "\n", "\r", "x"])).map(
        "\n".join
    )
)
def test_any_body_is_read(text: str) -> None:
    form, wrong = read_form(text)

    assert wrong or (form.title and form.organisation and form.date)
    assert all(
        part.strip("\n ") in text.replace("\r\n", "\n").replace("\r", "\n")
        for part in (form.title, form.description)
    )
