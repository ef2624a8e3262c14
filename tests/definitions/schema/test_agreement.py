"""Schema and decoder agree: examples hold by both, and what the one marks the other refuses."""

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.support.pictures import content
from tests.support.sweep import sized
from tests.support.trees import NOW
from tests.support.typed import file_of, marks
from tests.support.valid import golden, right_examples
from tests.test_any_input import EXAMPLES, mutated, mutations

from coopcal.compile.pipeline import check
from coopcal.definitions.declared.key import Record
from coopcal.definitions.schema.document import RECORDS
from coopcal.model.problem import Severity

SITE = """\
uid_domain: example.coop
languages: [en, fr]
timezone: Europe/Brussels
groups: [board]
breaks: {summer: 2026-07-01/2026-08-31}
"""
OTHERS = {
    "calendars/cicopa.yaml": "name: CICOPA\nevents:\n  - {id: open-day, title: Open day, when: 2026-09-12, partners: [bakery]}\n",
    "calendars/ilo.yaml": "name: ILO\n",
    "calendars/cecop.yaml": "name: CECOP\n",
    "calendars/files/agenda.pdf": "Agenda",
    "calendars/files/market.jpg": "Market",
    "calendars/logo.png": "Logo",
    "logo.png": "Logo",
    "files/market.jpg": "Market",
    "feeds/other-feed.yaml": "title: Other\n",
}
"""What examples name."""

BESIDE = {
    ("event", "hours"): "when: 2026-03-14",
    ("session", "hours"): "when: 2026-03-14",
    ("event", "public_shows"): "visibility: members",
    ("defaults", "public_shows"): "visibility: members",
    ("event", "moved_from"): "when: 2026-03-14",
    ("event", "repeats"): "when: 2026-03-10 19:00/21:00",
    ("date", "hours"): "when: 2026-05-14",
    ("change", "hours"): "when: 2026-05-12",
    ("repeats", "on"): "every: month",
    ("repeats", "weeks"): "every: week",
    ("repeats", "until"): "every: week",
    ("repeats", "count"): "every: week",
    ("repeats", "except"): "every: week",
    ("repeats", "also"): "every: week",
    ("repeats", "changes"): "every: week",
    ("location", "geo"): "city: Brussels",
    ("location", "access"): "city: Brussels",
    ("location", "url"): "city: Brussels",
    ("location", "timezone"): "city: Brussels",
    ("outsider", "url"): "name: The Choir",
    ("document", "label"): "url: https://example.org/agenda.pdf",
    ("document", "file"): "label: Agenda",
    ("document", "url"): "label: Agenda",
    ("image", "alt"): "file: files/market.jpg",
    ("closed", "see"): "on: 2026-12-31",
    ("online", "for"): "url: https://meet.example.org/room",
    **{("receiver", key): "name: board" for key in ("format", "language", "organisations", "feeds")},
}
"""A key without which the example of another would say nothing."""


def tree(name: str, keys: str) -> dict[str, str]:
    """Return the files in which a record with these keys stands."""
    flow = "{" + ", ".join(_in_flow(line) for line in keys.splitlines()) + "}"
    head = "name: The Bakery\ncontacts: {office: {name: The office}}\n"
    one = f"{head}events:\n  - id: one\n    title: One\n"
    event = f"{one}    when: 2026-05-12 09:00/17:30\n    "
    series = f"{one}    when: 2026-05-12\n    repeats: "
    bakery = {
        "organisation": keys,
        "event": f"{head}events:\n  - " + keys.replace("\n", "\n    "),
        "session": f"{one}    when: 2026-03-14\n    sessions: [{flow}]\n",
        "defaults": f"{one}    when: 2026-05-12\ndefaults: {flow}\n",
        "date": f"{one}    when: [2026-05-05, {flow}]\n",
        "change": f"{series}{{every: week, changes: {{2026-05-12: {flow}}}}}",
        "excepted": f"{series}{{every: week, on: Tuesday, except: [{flow}]}}",
        "repeats": f"{series}{flow}\n",
        "location": f"{event}where: {flow}\n",
        "geo": f"{event}where: {{city: Brussels, geo: {flow}}}\n",
        "online": f"{event}online: {flow}\n",
        "outsider": f"{event}hosts: [{flow}]\n",
        "contact": f"{event}contact: {flow}\n",
        "link": f"{event}links: [{flow}]\n",
        "document": f"{event}documents: [{flow}]\n",
        "registration": f"{event}registration: {flow}\n",
        "price": f"{event}registration: {{price: [{flow}]}}\n",
        "practical": f"{event}practical: {flow}\n",
        "image": f"{event}image: {flow}\n",
    }
    files = {"coopcal.yaml": SITE, "calendars/bakery.yaml": bakery.get(name, "name: The Bakery\n"), **OTHERS}
    match name:
        case "site":
            own = {line.split(":")[0] for line in keys.splitlines()}
            rest = [line for line in SITE.splitlines() if line.split(":")[0] not in own]
            files["coopcal.yaml"] = "\n".join((*keys.splitlines(), *rest))
        case "legal":
            files["coopcal.yaml"] = SITE + f"legal: [{flow}]\n"
        case "receiver":
            files["coopcal.yaml"] = SITE + f"notify: [{flow}]\n"
        case "events":
            del files["calendars/bakery.yaml"]
            files |= {
                "calendars/bakery/organisation.yaml": "name: The Bakery\n",
                "calendars/bakery/more.yaml": keys,
            }
        case "feed":
            files["feeds/mine.yaml"] = keys
        case "audience":
            files["feeds/mine.yaml"] = f"title: Mine\nfor: {flow}\n"
        case "token":
            files["feeds/mine.yaml"] = "title: Mine\nfor: {groups: [members]}\n"
            files["tokens.yaml"] = f"mine: [{flow}]\n"
        case "closed":
            files["feeds/mine.yaml"] = f"title: Mine\nclosed: {flow}\n"
        case "select" | "show" | "window":
            files["feeds/mine.yaml"] = f"title: Mine\n{name}: {flow}\n"
        case "tags":
            files["feeds/mine.yaml"] = f"title: Mine\nselect: {{tags: {flow}}}\n"
    return files


def _in_flow(line: str) -> str:
    """Return a line as it stands within braces, where a comma ends a text."""
    key, _, value = line.partition(": ")
    return f"{key}: '{value}'" if "," in value and value[0] not in "[{" else line


def keys_for(name: str, record: Record, wanted: str) -> str:
    """Return an example of a key with those of the keys that are needed, and what goes with it."""
    lines = {
        key.name: f"{key.name}: {key.example}" for key in record.keys if key.required or key.name == wanted
    }
    if beside := BESIDE.get((name, wanted)):
        lines[beside.split(":")[0]] = beside
    return "\n".join(lines.values())


def lay(root: Path, files: dict[str, str]) -> Path:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content(path, text))
    return root


def marked(files: dict[str, str]) -> list[str]:
    return [
        mark for path, text in files.items() if path.endswith(".yaml") for mark in marks(text, file_of(path))
    ]


@pytest.mark.sweep(cases=70)
@pytest.mark.parametrize(
    ("name", "key"), [(name, key.name) for name, record in RECORDS.items() for key in record.keys]
)
def test_an_example_is_right_by_the_schema_and_by_the_decoder(name: str, key: str, tmp_path: Path) -> None:
    files = tree(name, keys_for(name, RECORDS[name], key))
    found = [each for each in check(lay(tmp_path, files), NOW).problems if each.severity is not Severity.NOTE]

    assert marked(files) == []
    assert found == []


UNREAD = {("defaults", "title")}
"""What the decoder does not read, as every event has its own."""

TEXTS = {
    path: text
    for path, text in {**golden(), **right_examples()}.values()
    if "repeats" in text or len(text) > 60
}


def hold(files: dict[str, str]) -> None:
    """Hold that what has a mark has an error."""
    root = Path(tempfile.mkdtemp())
    try:
        checked = check(lay(root, files), NOW)
    finally:
        shutil.rmtree(root)
    if checked.sound:
        assert marked(files) == [], files


@settings(deadline=None, max_examples=sized(250, sample=31), suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(sorted(TEXTS)), mutations)
def test_a_changed_file_with_a_mark_is_refused(path: str, changes: list[tuple[str, float, int, str]]) -> None:
    """Slips of the hand: whatever the decoder still takes has no mark."""
    hold({"coopcal.yaml": SITE, **OTHERS, path: mutated(TEXTS[path], changes)})


@settings(deadline=None, max_examples=sized(250, sample=31), suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(
        [
            (name, key.name)
            for name, record in RECORDS.items()
            for key in record.keys
            if (name, key.name) not in UNREAD
        ]
    ),
    st.sampled_from(EXAMPLES) | st.text(max_size=8).map(repr) | st.from_regex(r"[ -~]{1,8}", fullmatch=True),
)
def test_any_value_with_a_mark_is_refused(named: tuple[str, str], value: str) -> None:
    """An example in which a value is another's example, or anything."""
    name, wanted = named
    keys = keys_for(name, RECORDS[name], wanted)
    lines = [f"{wanted}: {value}" if line.startswith(f"{wanted}: ") else line for line in keys.splitlines()]
    hold(tree(name, "\n".join(lines)))


@settings(deadline=None, max_examples=sized(250, sample=31), suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(sorted(RECORDS)), st.data())
def test_any_keys_with_a_mark_are_refused(name: str, data: st.DataObject) -> None:
    """Keys that are known or not, some needed ones missing, each with the right example."""
    record = RECORDS[name]
    known = {key.name: key.example for key in record.keys}
    chosen = data.draw(st.lists(st.sampled_from([*known, "nmae", "url", "on"]), max_size=4, unique=True))
    hold(tree(name, "\n".join(f"{key}: {known.get(key, 'x')}" for key in chosen)))
