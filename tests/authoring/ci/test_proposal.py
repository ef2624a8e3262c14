"""A form becomes an event in the right file, and says there what was filled in, whatever that is."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.support.sweep import sized
from tests.support.trees import BAKERY, lay

from coopcal.authoring.ci.form import Form
from coopcal.authoring.ci.proposal import Proposal, propose
from coopcal.authoring.edit import Refusal
from coopcal.authoring.text import plain_lines
from coopcal.compile.pipeline import check
from coopcal.definitions.catalogue import decode
from coopcal.definitions.source.node import Listing, Mapping, Scalar
from coopcal.definitions.source.origin import Contents
from coopcal.definitions.source.parse import parse
from coopcal.definitions.source.reader import read_origin

NOW = datetime(2026, 6, 1, tzinfo=UTC)
SITE = "uid_domain: example.coop\ntimezone: Europe/Brussels\n"
FORM = Form("Harvest party", "The Bakery", "2026-10-03", "10:00 - 17:00", "The shop, Ghent", "Come.\n\nAll of you.", "https://a.example/r", "a@b.example")  # fmt: skip


def proposed(form: Form, files: dict[str, str] | None = None) -> Proposal | str:
    texts = {"coopcal.yaml": SITE, **(files or {"calendars/bakery.yaml": BAKERY})}
    tree, _ = read_origin(Contents({path: text.encode() for path, text in texts.items()}))
    catalogue, _ = decode(tree)
    assert catalogue is not None
    return propose(form, tree, catalogue)


ADDED = """\
  - id: harvest-party
    title: Harvest party
    when: 2026-10-03 10:00/17:00
    where: The shop, Ghent
    description: |
      Come.

      All of you.
    registration: {url: https://a.example/r}
    contact: {email: a@b.example}
"""


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_event_stands_behind_the_last_one_and_all_else_is_as_it_was(tmp_path: Path, end: str) -> None:
    """Byte for byte: the line ends, and the mark that Windows puts in front, too."""
    proposal = proposed(FORM)
    assert isinstance(proposal, Proposal)
    edited = proposal.put_into("\ufeff" + BAKERY.replace("\n", end))

    assert edited == "\ufeff" + (BAKERY + ADDED).replace("\n", end)
    root = lay(tmp_path)
    (root / proposal.path).write_bytes(edited.encode())
    assert [each for each in check(root, NOW).problems if each.severity == "error"] == []


@pytest.mark.parametrize("name", ["bakery", "Bakery", "the bakery", "La Boulangerie"])
def test_an_organisation_is_known_by_its_id_and_its_names(name: str) -> None:
    text = BAKERY.replace("name: The Bakery", "name: {en: The Bakery, fr: La Boulangerie}")
    proposal = proposed(replace(FORM, organisation=name), {"calendars/bakery.yaml": text})

    assert isinstance(proposal, Proposal)


def test_an_unknown_organisation_is_told_with_those_that_there_are() -> None:
    said = proposed(replace(FORM, organisation="The Mill"))

    assert said == "There is no organisation “The Mill” here. Those that there are: “bakery”."


@pytest.mark.parametrize(
    ("title", "identifier"),
    [
        ("Open day", "open-day-2026"),
        ("Fête d’été", "fete-dete"),
        ("会议", "event"),
        ("x" * 200, "x" * 64),
        ("con", "con"),
    ],
)
def test_ids_are_made_of_titles_and_are_free(title: str, identifier: str) -> None:
    proposal = proposed(replace(FORM, title=title))

    assert isinstance(proposal, Proposal)
    assert proposal.id == identifier


def test_an_id_that_was_removed_or_renamed_is_not_used_again() -> None:
    text = "name: The Bakery\nremoved: [fair]\nevents:\n  - {id: a, title: A, when: 2026-01-01, formerly: [fair-2026]}\n"
    text = text.replace(
        "  - {id: a, title: A, when: 2026-01-01, formerly: [fair-2026]}",
        "  - id: a\n    title: A\n    when: 2026-01-01\n    formerly: [fair-2026]",
    )
    proposal = proposed(replace(FORM, title="Fair"), {"calendars/bakery.yaml": text})

    assert isinstance(proposal, Proposal)
    assert proposal.id == "fair-2026-2"


@pytest.mark.parametrize(
    ("files", "path"),
    [
        (["organisation.yaml"], "organisation.yaml"),
        (["organisation.yaml", "2025.yaml", "2026.yaml", "other.yaml"], "2026.yaml"),
        (["organisation.yaml", "2025.yaml", "meetings.yaml"], "meetings.yaml"),
    ],
)
def test_in_a_folder_the_file_of_the_year_is_taken_else_the_last(files: list[str], path: str) -> None:
    event = "events:\n  - id: {}\n    title: A\n    when: 2026-01-01\n"
    texts = {
        f"calendars/bakery/{name}": "name: The Bakery\n"
        if name == "organisation.yaml"
        else event.format(f"e-{name[:4]}")
        for name in files
    }
    proposal = proposed(FORM, texts)

    assert isinstance(proposal, Proposal)
    assert proposal.path == f"calendars/bakery/{path}"


def test_a_file_that_cannot_be_edited_is_told() -> None:
    proposal = proposed(FORM)
    assert isinstance(proposal, Proposal)
    refused = proposal.put_into("name: The Bakery\nevents: [{id: a, title: A, when: 2026-01-01}]\n")

    assert isinstance(refused, Refusal)
    assert refused.position.line == 2


HOSTILE = [
    "$(touch /tmp/x)", "`id`", "'; rm -rf ~ #", '"', "a: b", "- c", "# d", "&a", "*a", "!!python/object:x", "{a: b}", "[a", "| ", "> ",
    "visibility: members", "\\", "${{ secrets.X }}", "@everyone", "---", "\u2028", "\x00", "é", "%", "\t", "<script>", "~", "null", "no",
]  # fmt: skip
texts = st.lists(st.sampled_from(HOSTILE) | st.text(max_size=5), min_size=1, max_size=5).map(" ".join)
lines = texts.map(lambda text: " ".join(text.split()) or "x")


@settings(deadline=None, max_examples=sized(200, sample=25), suppress_health_check=[HealthCheck.too_slow])
@given(lines, texts, lines)
def test_whatever_is_filled_in_is_a_value_and_nothing_else(title: str, description: str, place: str) -> None:
    """No key and no event beside those of the form, and each says what was filled in; or it is refused."""
    form = replace(FORM, title=title, description=description.strip(), place=place)
    proposal = proposed(form)
    assert isinstance(proposal, Proposal)
    edited = proposal.put_into(BAKERY)
    if isinstance(edited, Refusal):
        return
    root, problems = parse(edited, proposal.path)

    assert problems == ()
    assert isinstance(root, Mapping)
    events = root.get("events")
    assert isinstance(events, Listing)
    event = events.items[-1]
    assert isinstance(event, Mapping)
    assert len(events.items) == 4
    assert [key.text for key, _ in root.entries] == ["name", "country", "colour", "url", "events"]
    assert {key.text for key, _ in event.entries} <= {
        "id",
        "title",
        "when",
        "where",
        "description",
        "registration",
        "contact",
    }
    said = event.get("title")
    assert isinstance(said, Scalar)
    assert said.text.split() == plain_lines(title).split()
