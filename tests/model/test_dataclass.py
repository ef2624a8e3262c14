"""Classes of ours do whatever those of the standard library do."""

import copy
import dataclasses
import operator
import pickle
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import field, replace
from itertools import product
from typing import Any

import pytest

from coopcal.model.dataclass import dataclass

Decorator = Callable[..., Any]

OPTIONS = [
    dict(zip(("frozen", "slots", "order", "kw_only"), switches, strict=True))
    for switches in product((False, True), repeat=4)
]


def plain(decorate: Decorator) -> Any:
    @decorate
    class Plain:
        """Nothing with a default, one that is not compared, one that is not shown."""

        one: int
        two: str = field(repr=False)
        three: object = field(compare=False)

    return Plain


def defaults(decorate: Decorator) -> Any:
    @decorate
    class Defaults:
        """All kinds of defaults."""

        one: int = 1
        two: list[int] = field(default_factory=list)
        three: str = field(default="three", init=False)
        four: list[str] = field(default_factory=lambda: ["four"], init=False, hash=False)
        five: int = field(default=5, kw_only=True)

    return Defaults


def derived(decorate: Decorator) -> Any:
    base = plain(decorate)

    @decorate
    class Derived(base):  # type: ignore[misc, valid-type]
        """What a base has, in its place, and more."""

        four: int
        two: str
        five: int = 5

        @property
        def both(self) -> str:
            return f"{super().__repr__()} {self.four}"

    return Derived


def single(decorate: Decorator) -> Any:
    @decorate
    class Single:
        """One value, that is checked and filled in."""

        one: int
        length: int = field(init=False)

        def __post_init__(self) -> None:
            if self.one < 0:
                raise ValueError(self.one)
            object.__setattr__(self, "length", len(str(self.one)))

    return Single


def empty(decorate: Decorator) -> Any:
    @decorate
    class Empty:
        """Nothing."""

    return Empty


def own(decorate: Decorator) -> Any:
    @decorate
    class Own:
        """Methods of its own."""

        one: int

        def __repr__(self) -> str:
            return "Own"

        def __eq__(self, other: object) -> bool:
            return isinstance(other, Own) and self.one % 10 == other.one % 10

        def __hash__(self) -> int:
            return self.one % 10

    return Own


BODIES = [plain, defaults, derived, single, empty, own]
CALLS: list[tuple[tuple[Any, ...], dict[str, Any]]] = [
    ((), {}),
    ((1,), {}),
    ((2,), {}),
    ((11,), {}),
    ((-1,), {}),
    ((1, "a", None), {}),
    ((1, "a", object), {}),
    ((1, "b", None), {}),
    ((1, "a", None, 4), {}),
    ((), {"one": 1}),
    ((), {"one": -1}),
    ((), {"one": 1, "two": "a", "three": None}),
    ((), {"one": 1, "two": "b", "three": None}),
    ((), {"one": 1, "two": "b", "three": None, "four": 3}),
    ((), {"one": 1, "three": None, "four": 3}),
    ((), {"two": [7], "five": 6}),
    ((1,), {"one": 1}),
    ((), {"other": 1}),
]


def told(of: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
    """Return what comes of a call: a value as it is written, or what it ended with."""
    try:
        value = of(*arguments, **named)
    except Exception as error:  # noqa: BLE001 - what is raised is what is compared
        return type(error).__name__, re.sub(r"\S*<locals>\.", "", str(error))
    return value if isinstance(value, (bool, int, str, list, tuple)) else repr(value)


def pickled(value: Any) -> Any:
    """Return a value after pickle wrote and read it."""
    setattr(sys.modules[__name__], type(value).__qualname__, type(value))
    return pickle.loads(pickle.dumps(value))


def behaviour(cls: Any) -> Iterator[Any]:
    """Yield all that can be seen of a class."""
    cls.__module__, cls.__qualname__ = __name__, cls.__name__
    yield [(one.name, one.init, one.repr, one.compare, one.kw_only) for one in dataclasses.fields(cls)]
    yield cls.__match_args__
    yield hasattr(cls, "__slots__")
    values: list[Any] = []
    for arguments, named in CALLS:
        made = told(cls, *arguments, **named)
        yield arguments, named, made
        if not isinstance(made, tuple):
            values.append(cls(*arguments, **named))
    for value in values:
        yield [told(getattr, value, one.name) for one in dataclasses.fields(cls)]
        yield told(getattr, value, "both")
        yield told(replace, value, one=9)
        yield told(pickled, value)
        yield told(copy.deepcopy, value)
        yield told(lambda one: pickled(one) == one, value)
        yield told(lambda one: hash(copy.copy(one)) == hash(one), value)
        for other in [*values, object(), 1]:
            yield value == other, value != other
            yield [
                told(compare, value, other)
                for compare in (operator.lt, operator.le, operator.gt, operator.ge)
            ]
    for value in values:
        for name in [
            *[one.name for one in dataclasses.fields(cls)][:1],
            *([] if hasattr(cls, "__slots__") else ["none"]),
        ]:
            yield told(setattr, value, name, 7)
            yield repr(value)
            yield told(delattr, value, name)


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize(
    "options", OPTIONS, ids=lambda options: "-".join(n for n, is_on in options.items() if is_on)
)
def test_a_class_does_what_one_of_the_standard_library_does(body: Any, options: dict[str, bool]) -> None:
    ours, standard = (
        told(lambda decorate: list(behaviour(body(decorate(**options)))), decorate)
        for decorate in (dataclass, dataclasses.dataclass)
    )
    assert ours == standard


def test_without_options_no_call_is_needed() -> None:
    assert repr(plain(dataclass)(1, "a", None)) == repr(plain(dataclasses.dataclass)(1, "a", None))


def test_a_value_that_holds_itself_is_shown() -> None:
    value = defaults(dataclass)()
    value.two.append(value)
    assert "two=[...]" in repr(value)


def test_hashes_are_those_of_the_standard_library() -> None:
    ours, standard = (
        plain(decorate(frozen=True))(1, "a", None) for decorate in (dataclass, dataclasses.dataclass)
    )
    assert hash(ours) == hash(standard)


def test_no_method_of_a_class_is_compiled_before_it_is_called() -> None:
    program = (
        "import builtins, coopcal.model.dataclass as module\n"
        "compiled = []\n"
        "module.exec = lambda text, known: (compiled.append(text), builtins.exec(text, known))\n"
        "from coopcal.model.included import Kept\n"
        "assert not compiled, compiled\n"
        "Kept(refused=True), Kept(refused=False)\n"
        "print(len(compiled))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("1\n", "")
