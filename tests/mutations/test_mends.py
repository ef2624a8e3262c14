"""Whatever mend is shown mends: in every example of a problem, in a tree of every mistake, and in any text for a date."""

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.mutations.test_slips import put
from tests.test_problem_docs import BLOCK, DEFAULTS, SHOWN

from coopcal.compile.mends import Trial, read_back
from coopcal.definitions.source.origin import Contents
from coopcal.definitions.source.parse import parse
from coopcal.definitions.source.reader import read_origin
from coopcal.definitions.source.tree import SourceTree
from coopcal.model.message import Message
from coopcal.model.problem import Problem, Severity

SIXTY = Path(__file__).parents[1] / "golden/check/sixty/source"
SITE = "title: Example\nuid_domain: example.coop\nlanguages: [en, de]\ntimezone: {zone}\n"
EVENT = "name: The Bakery\nevents:\n  - id: fair\n    title: Fair\n    when: {when}\n"


def tree_of(files: dict[str, str]) -> SourceTree:
    return read_origin(Contents({path: text.encode() for path, text in files.items()}))[0]


def shown(files: dict[str, str]) -> tuple[Problem, ...]:
    """Return what reading and decoding say of files, with mends that were read back."""
    tree = tree_of(files)
    trial = Trial(tree)
    return tuple(
        each for path in tree.texts for each in read_back(trial.problems(path, tree.texts[path]), trial)
    )


def told(files: dict[str, str]) -> Counter[tuple[str, str, str]]:
    """Count what reading and decoding say, whatever is said of mends."""
    tree = tree_of(files)
    trial = Trial(tree)
    found = (each for path in tree.texts for each in trial.problems(path, tree.texts[path]))
    return Counter(
        (each.position.path, each.code, template(each))
        for each in found
        if each.severity is not Severity.NOTE
    )


def template(problem: Problem) -> str:
    return problem.message.template if isinstance(problem.message, Message) else problem.message


def not_mending(files: dict[str, str]) -> Iterator[str]:
    """Return the lines that are shown, and do not mend, or bring something else."""
    before = told(files)
    for problem in shown(files):
        if problem.mend is not None and not isinstance(problem.mend, Message) and not problem.offers:
            yield f"never tried: {problem.mend}"
        for offer in problem.offers:
            path = problem.position.path
            mended = {**files, path: put(files[path], offer.edits)}
            after = told(mended)
            # A file that could not be read has problems of its own to tell: what a record lacks.
            opened = path in tree_of(mended).texts and parse(files[path], path)[0] is None
            new = [each for each in after - before if not (opened and each[1] == "missing-key")]
            if (
                new
                or after[(path, problem.code, template(problem))]
                >= before[(path, problem.code, template(problem))]
                > 0
            ):
                yield f"{problem.message} [{problem.code}]: {offer.said}"


@pytest.mark.parametrize("code", SHOWN)
def test_mends_of_examples_mend(code: str) -> None:
    """Of each that docs/problems.md calls wrong, and that reading and decoding tell."""
    wrong = SHOWN[code].split("\nRight:\n")[0]
    files = {**DEFAULTS, **dict(BLOCK.findall(wrong))}

    assert list(not_mending(files)) == []


def test_mends_of_sixty_mistakes_mend() -> None:
    """Each in its file; how many mends there are is shown."""
    site = (SIXTY / "coopcal.yaml").read_text(encoding="utf-8")
    lines, wrong = 0, []
    for file in sorted((SIXTY / "calendars").glob("*.yaml")):
        try:
            files = {"coopcal.yaml": site, f"calendars/{file.name}": file.read_bytes().decode()}
        except UnicodeDecodeError:
            continue
        lines += sum(len(each.offers) for each in shown(files))
        wrong += list(not_mending(files))
    sys.stdout.write(f"{lines} mends of sixty files, put in place: {len(wrong)} do not mend\n")

    assert lines >= 30
    assert wrong == []


WORDS = st.lists(
    st.sampled_from(
        [
            "from",
            "von",
            "ab",
            "dalle",
            "de",
            "à",
            "à_las",
            "bis",
            "alle",
            "to",
            "until",
            "thru",
            "am",
            "ore",
            "5",
            "7",
            "16",
            "23",
            "16:00",
            "24:00",
            "09:30",
            "16h30",
            "4pm",
            "6_pm",
            "Uhr",
            "noon",
            "2027-06-05",
            "2027-6-5",
            "5.6.2027",
            "6/5/2027",
            "5/16/2027",
            "2027-06-07",
            "2027",
            "2027-06",
            "2027-13",
            "2027-02-30",
            "juin",
            "Juni",
            "June",
            "giugno",
            "Sat",
            "Samstag",
            "sab",
            "/",
            "-",
            "–",
            "//",
            "T",
            "Z",
            "-05:00",
            "+02:00",
            ":00",
            "??",
            "TBA",
            "autumn",
            "PT2H",
            "2h",
            "90_min",
        ]
    ),
    min_size=1,
    max_size=6,
)


@given(
    WORDS.flatmap(
        lambda words: st.sampled_from(["".join(words), " ".join(words), "/".join(words), ", ".join(words)])
    ),
    st.sampled_from(["Europe/Brussels", "America/New_York", "Asia/Kolkata", "UTC"]),
    st.sampled_from(["{}", '"{}"', "'{}'"]),
)
def test_mends_of_any_date_mend(text: str, zone: str, quotes: str) -> None:
    """With or without quotes, in zones on either side."""
    when = quotes.format(text.replace("_", " "))
    files = {"coopcal.yaml": SITE.format(zone=zone), "calendars/bakery.yaml": EVENT.format(when=when)}

    assert list(not_mending(files)) == []


@given(
    st.text("ab:,'\"{}[]#?„“ -", min_size=1, max_size=24),
    st.text("ab:,'\"{}[]#?» &", min_size=1, max_size=24),
)
def test_mends_of_anything_in_braces_mend(first: str, second: str) -> None:
    """Whatever stands in a title of two languages."""
    site = SITE.format(zone="UTC")
    title = f"title: {{en: {first}, de: {second}}}"
    files = {
        "coopcal.yaml": site,
        "calendars/bakery.yaml": EVENT.format(when="2027").replace("title: Fair", title),
    }

    assert list(not_mending(files)) == []
