"""The codec: frozen types as JSON values, and back."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, NamedTuple

import pytest

from coopcal.site.codec import Codec, Named, Object, Row, Rows, Tagged, as_json, from_json, objects


class Colour(StrEnum):
    """An enumeration."""

    RED = "red"
    BLUE = "blue"


@dataclass(frozen=True, slots=True)
class Point:
    """A type that is a row."""

    x: int
    y: int = 0
    colour: Colour = Colour.RED


@dataclass(frozen=True, slots=True)
class Line:
    """One type of a union."""

    day: date
    length: int


@dataclass(frozen=True, slots=True)
class Gap:
    """The other type."""

    day: date


Shape = Line | Gap
Label = Shape | date | tuple[str, ...] | tuple[date, ...] | str | None


@dataclass(frozen=True, slots=True)
class Mark:
    """A type with a union of which each value has a tag."""

    label: Label = None


@dataclass(frozen=True, slots=True)
class Drawing:
    """A type with a field of every kind."""

    title: str
    at: datetime
    shape: Shape
    points: tuple[Point, ...]
    words: Mapping[str, str]
    mark: Mark | None
    tags: frozenset[str]
    content: bytes = b""
    is_shown: bool = True
    counts: Mapping[tuple[str, int], int] = field(default_factory=dict)
    days: tuple[tuple[date, Point], ...] = ()
    legal: tuple[tuple[Mapping[str, str], str], ...] = ()
    written: str = field(default="nowhere", compare=False)


@dataclass(frozen=True, slots=True)
class Pen:
    """One type of a union of objects."""

    colour: Colour = Colour.RED


@dataclass(frozen=True, slots=True)
class Brush(Pen):
    """Another, which is made of the first."""

    width: int = 1


Tool = Pen | Brush


@dataclass(frozen=True, slots=True)
class Framed:
    """A type whose own fields stand beside those of another."""

    width: int
    drawing: Drawing


CODEC = Codec(
    {
        **objects(Drawing, Mark, Pen, Brush),
        Tool: Tagged("tool", {"pen": Pen, "brush": Brush}),
        Framed: Object(inline="drawing"),
        Point: Row(),
        Line: Row(),
        Gap: Row(),
        Shape: Rows({"line": Line, "gap": Gap}),
        Label: Named(
            {"names": tuple[str, ...], "days": tuple[date, ...], "day": date, "shape": Shape},
        ),
    }
)
DAY = date(2026, 9, 1)
AT = datetime(2026, 9, 1, 12, tzinfo=UTC)
SMALL = Drawing("A", AT, Gap(DAY), (), {}, None, frozenset())
LARGE = Drawing(
    "B",
    AT,
    Line(DAY, 3),
    (Point(1), Point(1, 2), Point(0, 0, Colour.BLUE)),
    {"fr": "b", "en": "a"},
    Mark("x"),
    frozenset({"z", "y"}),
    b"\xff\x00",
    is_shown=False,
    counts={("b", 2026): 1, ("a", 2026): 2},
    days=((DAY, Point(1)),),
    legal=(({"en": "Imprint"}, "https://example.coop/"),),
    written="here",
)


def test_fields_that_are_as_usual_are_left_out() -> None:
    """Also those that are no part of what a value is."""
    assert CODEC.write(Drawing, SMALL) == {
        "title": "A",
        "at": "2026-09-01T12:00:00Z",
        "shape": ["gap", "2026-09-01"],
    }
    assert "written" not in CODEC.write(Drawing, LARGE)


def test_everything_is_written_in_json_and_read() -> None:
    """In the order in which it stands."""
    assert CODEC.write(Framed, Framed(2, LARGE)) == {
        "width": 2,
        "title": "B",
        "at": "2026-09-01T12:00:00Z",
        "shape": ["line", "2026-09-01", 3],
        "points": [[1], [1, 2], [0, 0, "blue"]],
        "words": {"fr": "b", "en": "a"},
        "mark": {"label": "x"},
        "tags": ["y", "z"],
        "content": "/wA=",
        "is_shown": False,
        "counts": {"b/2026": 1, "a/2026": 2},
        "days": {"2026-09-01": [1]},
        "legal": [[{"en": "Imprint"}, "https://example.coop/"]],
    }
    assert list(CODEC.write(Drawing, LARGE)["counts"]) == ["b/2026", "a/2026"]
    for value in (Framed(2, LARGE), Framed(1, SMALL)):
        assert CODEC.loads(Framed, CODEC.dumps(Framed, value)) == value


@pytest.mark.parametrize(
    ("label", "written"),
    [
        (None, {}),
        ("x", {"label": "x"}),
        (DAY, {"label": {"day": "2026-09-01"}}),
        (("a",), {"label": {"names": ["a"]}}),
        ((), {"label": {"names": []}}),
        ((DAY,), {"label": {"days": ["2026-09-01"]}}),
        (Gap(DAY), {"label": {"shape": ["gap", "2026-09-01"]}}),
    ],
)
def test_a_union_tells_which_of_its_types_a_value_is_of(label: Label, written: Any) -> None:
    assert CODEC.write(Mark, Mark(label)) == written
    assert CODEC.read(Mark, written) == Mark(label)


@pytest.mark.parametrize(
    ("values", "error", "named"),
    [
        ([], TypeError, "Drawing"),
        ({}, KeyError, "at is missing"),
        ({"title": 1}, TypeError, "title"),
        ({"at": "2026-09-01"}, ValueError, "at"),
        ({"at": 1}, TypeError, "at"),
        ({"at": "2026-09-01T12:00:00"}, ValueError, "offset"),
        ({"shape": ["gap", "2026-02-30"]}, ValueError, "shape: Gap.day"),
        ({"shape": ["gap"]}, KeyError, "day"),
        ({"shape": ["gap", "2026-09-01", 1]}, ValueError, "shape"),
        ({"shape": ["blob"]}, KeyError, "shape"),
        ({"shape": [["gap"]]}, TypeError, "shape"),
        ({"shape": []}, ValueError, "shape"),
        ({"shape": {}}, TypeError, "shape"),
        ({"points": {}}, TypeError, "points"),
        ({"points": [[True]]}, TypeError, "points: Point.x"),
        ({"points": [[1, 2, "green"]]}, ValueError, "points: Point.colour"),
        ({"words": {"en": 1}}, TypeError, "words"),
        ({"words": [["en", "a"]]}, TypeError, "words"),
        ({"mark": {"label": 1}}, TypeError, "mark: Mark.label"),
        ({"mark": {"label": {}}}, ValueError, "mark: Mark.label"),
        ({"mark": {"label": {"blob": 1}}}, KeyError, "mark: Mark.label"),
        ({"content": "%"}, ValueError, "content"),
        ({"is_shown": 1}, TypeError, "is_shown"),
        ({"counts": {"a": 1}}, ValueError, "counts"),
        ({"counts": {"a/b": 1}}, ValueError, "counts"),
        ({"days": {"x": [1]}}, ValueError, "days"),
        ({"legal": [[{}]]}, ValueError, "legal"),
        ({"tags": "ab"}, TypeError, "tags"),
    ],
)
def test_what_is_not_what_was_written_is_refused(values: Any, error: type[Exception], named: str) -> None:
    """The error names the field."""
    whole = values if values in ([], {}) else CODEC.write(Drawing, SMALL) | values

    with pytest.raises(error, match=named):
        CODEC.read(Drawing, whole)


@pytest.mark.parametrize(
    ("tool", "written"),
    [
        (Pen(), {"tool": "pen"}),
        (Pen(Colour.BLUE), {"tool": "pen", "colour": "blue"}),
        (Brush(), {"tool": "brush"}),
        (Brush(width=3), {"tool": "brush", "width": 3}),
    ],
)
def test_a_tag_stands_among_the_fields_of_an_object(tool: Tool, written: Any) -> None:
    """A type that is made of another has its own."""
    assert CODEC.write(Tool, tool) == written
    assert CODEC.form(Tool).read(written) == tool
    assert type(CODEC.form(Tool).read(written)) is type(tool)


@pytest.mark.parametrize(
    ("values", "error"),
    [("pen", TypeError), ({}, ValueError), ({"tool": "hammer"}, ValueError), ({"tool": []}, TypeError)],
)
def test_an_object_without_a_known_tag_is_refused(values: Any, error: type[Exception]) -> None:
    with pytest.raises(error):
        CODEC.form(Tool).read(values)


def test_a_named_tuple_is_written_by_its_fields_as_a_dataclass_is() -> None:
    class Spot(NamedTuple):
        path: str
        line: int = 1
        tags: tuple[str, ...] = ()

    codec = Codec(objects(Spot))
    for spot, written in (
        (Spot("a"), {"path": "a"}),
        (Spot("a", 3, ("x",)), {"path": "a", "line": 3, "tags": ["x"]}),
    ):
        assert codec.write(Spot, spot) == written
        read = codec.read(Spot, written)
        assert (type(read), read) == (Spot, spot)


def test_unknown_keys_are_let_pass() -> None:
    """A later version may add some."""
    assert CODEC.read(Drawing, CODEC.write(Drawing, SMALL) | {"later": 1}) == SMALL


def test_a_type_that_is_not_listed_is_neither_written_nor_read() -> None:
    with pytest.raises(TypeError, match="Drawing"):
        Codec({}).write(Drawing, SMALL)
    with pytest.raises(TypeError, match="Line"):
        Codec(objects(Drawing)).read(Drawing, {})


def test_json_that_is_nested_too_deeply_is_refused() -> None:
    with pytest.raises(ValueError, match="deep"):
        from_json(b"[" * 200_000)
    assert json.loads(as_json({"a": "é"})) == {"a": "é"}
    assert as_json([1, "é"]) == b'[1,"\xc3\xa9"]\n'
