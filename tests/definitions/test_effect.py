"""A key that is declared does something: it changes what is decoded, and what is decoded is read by others."""

import ast
import dataclasses
from pathlib import Path
from types import ModuleType

import pytest
from tests.definitions.schema.test_agreement import keys_for, lay, tree

import coopcal
from coopcal.definitions.catalogue import decode
from coopcal.definitions.declared.key import Key
from coopcal.definitions.schema.document import RECORDS
from coopcal.definitions.source.reader import read_tree
from coopcal.model import event, feed, happening, media, organisation, party, registration, site, token, venue
from coopcal.model.problem import Problem
from coopcal.model.site import Catalogue

SOURCE = Path(coopcal.__file__).parent
DECODED = (event, feed, happening, media, organisation, party, registration, site, token, venue)
"""The modules of what is decoded."""

SAYS_NOTHING_HERE = {
    ("defaults", "title"): "every event has its own",
    ("defaults", "note"): "is for those who keep the file",
    ("event", "note"): "is for those who keep the file",
    ("session", "note"): "is for those who keep the file",
    ("date", "note"): "is for those who keep the file",
    ("site", "compress_feeds"): "says what is so anyway",
    ("site", "format"): "says what is so anyway",
}
"""Keys that change nothing in what is decoded, and why."""

TOKYO = "timezone: Asia/Tokyo"
EVENT = "id: one, title: One, when: "
INSTEAD = {
    ("site", "languages"): "languages: [nl]",
    ("site", "timezone"): TOKYO,
    ("site", "usual_length"): "usual_length: PT3H",
    ("site", "groups"): "groups: [committee]",
    ("site", "breaks"): "breaks: {winter: 2026-12-24/2026-12-31}",
    ("organisation", "languages"): "languages: [fr]",
    ("organisation", "usual_length"): "usual_length: PT3H",
    ("organisation", "events"): f"events: [{{{EVENT}2026-05-12}}]",
    ("event", "timezone"): TOKYO,
    ("session", "timezone"): TOKYO,
    ("date", "timezone"): TOKYO,
    ("defaults", "timezone"): TOKYO,
    ("event", "public_shows"): "public_shows: busy",
    ("defaults", "public_shows"): "public_shows: busy",
    ("session", "shows_as"): "shows_as: busy",
    ("defaults", "shows_as"): "shows_as: busy",
    ("show", "organisation"): "organisation: category",
    ("show", "cancelled"): "cancelled: mark",
    ("show", "sessions"): "sessions: text",
    ("show", "busy"): "busy: never",
}
"""What is written where the example says what is so anyway."""

BESIDE = {
    ("organisation", "places"): f"events: [{{{EVENT}2026-05-12, where: shop}}]",
    ("organisation", "contacts"): f"events: [{{{EVENT}2026-05-12, contact: office}}]",
    ("organisation", "defaults"): f"events: [{{{EVENT}2026-05-12}}]",
    ("organisation", "usual_length"): f"events: [{{{EVENT}2026-05-12 09:00}}]",
    (
        "organisation",
        "breaks",
    ): f"events: [{{{EVENT}2026-07-07, repeats: {{every: week, except: [summer]}}}}]",
    ("session", "timezone"): "when: 10:00/11:00",
    ("defaults", "timezone"): "hours: 10:00/18:00",
}
"""What a key says something about."""

NEVER_EMPTY = {"contact", "feed", "location", "practical", "registration"}
"""Records of which another key is written, too, as an empty one is none."""

KEYS = [(name, key) for name, record in RECORDS.items() for key in record.keys if not key.required]


def decoded(root: Path, name: str, keys: str) -> tuple[Catalogue | None, tuple[Problem, ...]]:
    """Return what is decoded of the files in which a record with these keys stands."""
    sources, _ = read_tree(lay(root, tree(name, keys)))
    return decode(sources)


@pytest.mark.parametrize(("name", "key"), KEYS, ids=[f"{name}.{key.name}" for name, key in KEYS])
def test_each_key_changes_what_is_decoded(name: str, key: Key, tmp_path: Path) -> None:
    record, wanted = RECORDS[name], (name, key.name)
    lines = {line.split(":")[0]: line for line in keys_for(name, record, key.name).splitlines()}
    if name in NEVER_EMPTY:
        other = next(each for each in record.keys if each.name != key.name)
        lines.setdefault(other.name, f"{other.name}: {other.example}")
    if wanted in BESIDE:
        lines[BESIDE[wanted].split(":")[0]] = BESIDE[wanted]
    lines[key.name] = INSTEAD.get(wanted, lines[key.name])
    rest = "\n".join(line for other, line in lines.items() if other != key.name)
    catalogue, _ = decoded(tmp_path / "with", name, "\n".join(lines.values()))
    without, _ = decoded(tmp_path / "without", name, rest)

    assert (catalogue == without) is ((name, key.name) in SAYS_NOTHING_HERE)


def declared_by(module: ModuleType) -> list[type]:
    """Return the types of values that a module declares."""
    return [
        value
        for value in vars(module).values()
        if isinstance(value, type) and dataclasses.is_dataclass(value) and value.__module__ == module.__name__
    ]


def names_read(node: ast.AST, *, elsewhere: bool) -> list[str]:
    """Return the attributes that an expression or a pattern reads; in definitions those of the settings alone."""
    match node:
        case ast.Attribute(attr=name, value=value) if elsewhere or ast.unparse(value).endswith("settings"):
            return [name]
        case ast.MatchClass(kwd_attrs=names) if elsewhere:
            return names
        case _:
            return []


def test_what_is_decoded_is_read_by_others() -> None:
    """The site's settings by organisations, too; practical matters are read all in a row, and are told alike."""
    read = {
        name
        for path in SOURCE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for name in names_read(node, elsewhere="definitions" not in path.parts)
    }
    read |= {field.name for field in dataclasses.fields(happening.Practical)}
    fields = {
        (kind.__name__, field.name)
        for module in DECODED
        for kind in declared_by(module)
        for field in dataclasses.fields(kind)
    }

    assert sorted(f"{kind}.{name}" for kind, name in fields if name not in read) == []
