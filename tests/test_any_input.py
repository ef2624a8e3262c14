"""Whatever stands in the files: problems with their places, or a feed that clients can read; never a traceback."""

import importlib
import pkgutil
import shutil
import tempfile
from pathlib import Path

import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.support import lint
from tests.support.sweep import sized
from tests.support.trees import NOW, SITE, lay

from coopcal import definitions as decode
from coopcal.authoring.report import render
from coopcal.compile.pipeline import Checked, check, compile_site
from coopcal.definitions.declared.key import Record
from coopcal.site.reader import open_site

GOLDEN = Path(__file__).parent / "golden/feeds"
TEXTS = {
    str(path.relative_to(root)): path.read_text(encoding="utf-8")
    for root in (one / "source" for one in sorted(GOLDEN.iterdir()))
    for path in sorted(root.rglob("*.yaml"))
}
SNIPPETS = [
    *(
        "\t",
        "  ",
        "\n",
        "\n\n",
        ":",
        ": ",
        "- ",
        '"',
        "'",
        "#",
        "{",
        "}",
        "[",
        "]",
        "|",
        ">",
        "&a ",
        "*a",
        "!!int ",
        "? ",
    ),
    *(
        "<<: *a",
        "---\n",
        "...\n",
        "%YAML 1.2\n",
        "\0",
        "\x85",
        "\u2028",
        "\ufeff",
        "\ud7ff",
        "😀",
        "é",
        "\r",
        "\r\n",
    ),
    *(
        "null",
        "~",
        "no",
        "0o17",
        "1e3",
        "12:30",
        "2026-02-31",
        "9999-12-31",
        "0001-01-01",
        "2026-W53",
        "..",
        "/",
        "//",
    ),
    *(
        "title",
        "when",
        "events",
        "id",
        "where",
        "country",
        "all",
        "removed",
        "formerly",
        "part_of",
        "a" * 300,
    ),
]

mutations = st.lists(
    st.tuples(
        st.sampled_from(["insert", "delete", "swap", "repeat", "indent"]),
        st.floats(0, 1, exclude_max=True),
        st.integers(1, 30),
        st.sampled_from(SNIPPETS) | st.text(max_size=6),
    ),
    min_size=1,
    max_size=5,
)


def mutated(text: str, changes: list[tuple[str, float, int, str]]) -> str:
    """Change a text as fingers, editors and merges do."""
    for kind, where, length, snippet in changes:
        at = int(where * len(text))
        lines = text.split("\n")
        line = int(where * len(lines))
        match kind:
            case "insert":
                text = text[:at] + snippet + text[at:]
            case "delete":
                text = text[:at] + text[at + length :]
            case "swap":
                lines[line : line + 2] = reversed(lines[line : line + 2])
                text = "\n".join(lines)
            case "repeat":
                text = "\n".join(lines[:line] + lines[line : line + length] + lines[line:])
            case _:
                lines[line] = " " * (length % 7) + lines[line].lstrip()
                text = "\n".join(lines)
    return text


def hold(root: Path) -> Checked:
    """Hold what is true of any tree, and compile it where it has no errors."""
    checked = check(root, NOW)
    for problem in checked.problems:
        text = checked.texts.get(problem.position.path, "")
        assert 1 <= problem.position.line <= text.count("\n") + 1
        assert 1 <= problem.position.column < problem.position.end_column
        assert problem.message.strip()
    report = render(checked.problems, checked.texts, "text")
    assert bool(report) == bool(checked.problems)
    assert not any(character in report for character in "\x00\x1b\u2028\u202e")
    if checked.sound:
        assert compile_site(root, root / "_site", NOW).published
        for feed in open_site(root / "_site").feeds.values():
            assert lint.faults(feed.bodies["identity"].content) == []
    return checked


def in_a_folder(files: dict[str, str]) -> Checked:
    root = Path(tempfile.mkdtemp())
    try:
        return hold(lay_bytes(root, files))
    finally:
        shutil.rmtree(root)


def lay_bytes(root: Path, files: dict[str, str]) -> Path:
    lay(root)
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(text.encode("utf-8", "surrogatepass"))
    return root


@settings(deadline=None, max_examples=sized(250, sample=31), suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(sorted(TEXTS)), mutations)
def test_a_changed_file_gives_problems_or_a_feed(
    path: str, changes: list[tuple[str, float, int, str]]
) -> None:
    """Files that were right, after slips of the hand."""
    in_a_folder({path: mutated(TEXTS[path], changes)})


@settings(deadline=None, max_examples=sized(150, sample=18), suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(["calendars/bakery.yaml", "feeds/mine.yaml", "coopcal.yaml"]), st.text(max_size=60))
def test_any_text_gives_problems_or_a_feed(path: str, text: str) -> None:
    """Files that were never YAML."""
    in_a_folder({path: text})


def records() -> dict[str, Record]:
    """Return every record that the decoder declares, by its name in the module."""
    return {
        name: value
        for module in pkgutil.walk_packages(decode.__path__, "coopcal.definitions.")
        for name, value in vars(importlib.import_module(module.name)).items()
        if isinstance(value, Record)
    }


KEYS = {name: record.names for name, record in records().items()}
EXAMPLES = sorted({key.example for record in records().values() for key in record.keys})
scalars = (
    st.sampled_from(EXAMPLES)
    | st.text(max_size=12)
    | st.sampled_from(["", "2026-09-12", "en", "bakery", "all"])
)
words = st.sampled_from(sorted({name for names in KEYS.values() for name in names})) | st.text(max_size=5)
values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(words | st.sampled_from(["en", "fr", "any"]), inner, max_size=3)
    ),
    max_leaves=8,
)


def record_of(name: str) -> st.SearchStrategy[dict[str, object]]:
    """Return records of one kind, whose values are right by chance alone."""
    return st.dictionaries(st.sampled_from(sorted(KEYS[name])), values, max_size=6)


@settings(deadline=None, max_examples=sized(250, sample=31), suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        record_of("EVENT").map(lambda one: {"id": "some", "title": "Some", "when": "2026-07-01"} | one),
        max_size=4,
    ),
    record_of("ORGANISATION"),
    record_of("FEED"),
    record_of("SITE"),
)
def test_any_values_under_known_keys_give_problems_or_a_feed(
    events: list[dict[str, object]],
    organisation: dict[str, object],
    feed: dict[str, object],
    site: dict[str, object],
) -> None:
    """Records with the right keys, and wrong things in them."""
    organisation = {"name": "The Bakery", "country": "BE"} | organisation | {"events": events}
    in_a_folder(
        {
            "calendars/bakery.yaml": yaml.safe_dump(organisation, allow_unicode=True),
            "feeds/mine.yaml": yaml.safe_dump({"title": "Mine"} | feed, allow_unicode=True),
            "coopcal.yaml": yaml.safe_dump(yaml.safe_load(SITE) | site, allow_unicode=True),
        }
    )
