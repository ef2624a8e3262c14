"""The benchmarks run: small ones, which measure nothing but whether each part does its work and is written down."""

import subprocess
import sys
from functools import partial
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import yaml
from benchmarks.__main__ import main
from benchmarks.compiling import PEERS
from benchmarks.corpus import KINDS, Corpus, lay
from benchmarks.cost import Cost, by_turns, cost_of
from benchmarks.counting import counting
from benchmarks.load import Request, rate
from benchmarks.result import Role, Row, Section
from benchmarks.servers import free_port, running
from benchmarks.table import BEGIN, END, page, summary, with_summary
from tests.support.trees import compiled

SECTION = Section(
    "Compile of 10 events",
    "s",
    (Row("cold", Role.OURS, (2.0, 4.0, 3.0)), Row("A & B", Role.PEER, (6.0,))),
)


@pytest.mark.sweep(cases=2)
@pytest.mark.parametrize(
    ("part", "title", "lines"),
    [
        ("compile", "Compile of 30 events of 20 organisations", ("cold", "one edit", "no change", "check")),
        ("kinds", "Cold compile of 30 events, by kind", KINDS),
        ("start", "Start", ("coopcal --version", "the interpreter alone (limit)")),
        ("watch", "From save to answer, 30 events", ("serve --watch",)),
        (
            "serve",
            "Narrowed feeds of 30 events",
            ("coopcal", "bare WSGI callable (limit)", "bare RSGI callable (limit)", "narrowed, first"),
        ),
    ],
)
def test_each_part_is_written_as_a_table_and_a_plot(
    tmp_path: Path, part: str, title: str, lines: tuple[str, ...]
) -> None:
    small = ["--sizes", "30", "--rounds", "1", "--saves", "1", "--seconds", "0.05"]

    main([*small, "--only", part, "--results", str(tmp_path)])

    text = (tmp_path / "table.md").read_text(encoding="utf-8")
    assert f"## {title}\n" in text
    assert [line for line in lines if f"\n| {line} | " not in text] == []
    assert "cores" in text.split("\n## ")[0]
    plotted = ET.parse(tmp_path / "plot.svg").getroot()
    assert title in "".join(plotted.itertext())


def test_a_part_alone_is_printed_and_leaves_what_was_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    readme = tmp_path / "README.md"
    readme.write_text(f"{BEGIN}\nas before\n{END}\n", encoding="utf-8")

    main(["--sizes", "30", "--saves", "1", "--only", "start", "--readme", str(readme)])

    assert "\n| coopcal --version | " in capsys.readouterr().out
    assert "as before" in readme.read_text(encoding="utf-8")


@pytest.mark.sweep(cases=0)
def test_counts_are_the_same_in_a_second_run(tmp_path: Path) -> None:
    section = counting(20, tmp_path, seed=1)

    assert [row.name for row in section.rows] == [
        "cold compile",
        "no change",
        "one edit",
        "check",
        "start (--version)",
    ]
    for row in section.rows:
        assert min(row.values) > 1
        assert max(row.values) - min(row.values) < min(row.values) / 1000


@pytest.mark.parametrize("kind", KINDS)
def test_a_corpus_has_no_errors_and_as_many_events_as_are_asked_for(tmp_path: Path, kind: str) -> None:
    corpus = Corpus(23, 5, kind)

    lay(corpus, tmp_path / "one")
    lay(corpus, tmp_path / "two")

    assert compiled(tmp_path / "one").events == 23
    files = [sorted((tmp_path / tree / "calendars").iterdir()) for tree in ("one", "two")]
    assert [file.read_bytes() for file in files[0]] == [file.read_bytes() for file in files[1]]
    sources = [yaml.safe_load(file.read_text(encoding="utf-8"))["events"] for file in files[0]]
    assert sorted(map(len, sources)) == [4, 4, 5, 5, 5]
    assert any("repeats" in event for events in sources for event in events) == (kind == "series")
    assert any("sessions" in event for events in sources for event in events) == (kind == "sessions")


def test_a_table_holds_each_line_against_the_first() -> None:
    text = page([SECTION], "Measured on Friday.")

    assert "| cold | 3 | 2 to 4 | 1 |\n| A & B (peer) | 6 | 6 to 6 | 2 |\n" in text


def test_a_summary_is_put_between_its_marks() -> None:
    lines = summary([SECTION], "Measured on Friday.")

    text = with_summary(f"# One\n{BEGIN}\nold\n{END}\n# Two\n", lines)

    assert "| Compile of 10 events | 3 s | A & B 2 × |" in text
    assert "old" not in text
    assert text == with_summary(text, lines)


def test_a_page_without_marks_is_left_alone() -> None:
    with pytest.raises(ValueError, match="has no"):
        with_summary("# One\n", "lines")


def test_what_a_command_costs_is_that_of_all_its_processes() -> None:
    child = "b = bytearray(80_000_000); import time; s = time.process_time()\nwhile time.process_time() - s < 0.3: pass"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}], check=True)"

    cost = cost_of([sys.executable, "-c", parent])

    assert cost.processor >= 0.3
    assert cost.seconds >= 0.3
    assert cost.memory > 76


def test_a_command_that_fails_is_not_measured() -> None:
    with pytest.raises(subprocess.CalledProcessError):
        cost_of([sys.executable, "-c", "raise SystemExit(3)"])


def test_each_second_round_is_turned_round() -> None:
    order: list[str] = []

    def run(name: str) -> Cost:
        order.append(name)
        return Cost(len(order), 0, 0)

    costs = by_turns(2, {name: partial(run, name) for name in "abc"})

    assert "".join(order) == "abccba"
    assert [cost.seconds for cost in costs["a"]] == [1, 6]


def test_a_rate_counts_whole_answers_of_the_status_that_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "feed.ics").write_bytes(b"x" * 300_000)
    port = free_port()

    with running([sys.executable, PEERS / "bare.py", "wsgi", tmp_path, str(port)], port):
        assert rate(port, Request("/feed.ics"), 0.2) > 10
        with pytest.raises(AssertionError, match="is 200, not 304"):
            rate(port, Request("/feed.ics", status=304), 0.2)


def test_commands_are_measured_as_they_are_where_they_are_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """What Python compiles is kept: an environment in which it is not would add that to each command."""
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    cost_of([sys.executable, "-c", "import sys; sys.exit(sys.dont_write_bytecode)"])
