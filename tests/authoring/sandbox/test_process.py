"""The process that checks ends in time, whatever it is given, and only so many run at once."""

import resource
import threading
from pathlib import Path

import pytest
from tests.support.trees import NOW, compiled, lay

from coopcal.authoring.sandbox import process as module
from coopcal.authoring.sandbox.process import AT_ONCE, Checker
from coopcal.model.paste import Findings, Kind, Refusal
from coopcal.site.layout import NoSite
from coopcal.site.reader import LiveSite

HOSTILE = {
    "deep": b"a: " + b"[" * 200_000,
    "many names": b"events: [{id: a, title: x, when: 2026-01-01, organisers: [%s]}]"
    % b",".join(b"org%d" % number for number in range(28_000)),
    "many rules": b"name: X\nevents:\n"
    + b"".join(
        b"  - {id: a%d, title: A, when: 2026-01-01 10:00/11:00, repeats: {every: day}}\n" % number
        for number in range(3000)
    ),
    "many keys": b"".join(b"key%d: x\n" % number for number in range(20_000)),
    "blanks": b" " * 250_000,
    "aliases": b"a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\nd: [*c,*c]\n" * 2000,
}


MOST = 6
"""Seconds of processor that a check may take: the process allows itself five."""


@pytest.fixture
def checker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Checker:
    """Return a checker beside a compiled site, with patience for a machine that has much else to do."""
    monkeypatch.setattr(module, "LONGEST", 120)
    compiled(lay(tmp_path))
    return Checker(LiveSite(tmp_path / "_site"), lambda: NOW)


def test_it_checks_among_the_organisations_of_the_served_site(checker: Checker) -> None:
    text = b"name: Mill\nevents: [{id: a, title: A, when: 2026-09-12, organisers: [%s]}]\n"

    assert checker(text % b"bakery", Kind.ORGANISATION, "en") == Findings(())
    wrong = checker(text % b"bakerie", Kind.ORGANISATION, "en")
    assert isinstance(wrong, Findings)
    assert [(one.code, one.line, one.mend) for one in wrong.shown] == [
        ("unknown-organisation", 2, "did you mean “bakery”?")
    ]


def processor() -> float:
    """Return the seconds of processor that processes took which have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@pytest.mark.sweep(cases=2)
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_texts_end_in_time(checker: Checker, name: str) -> None:
    before = processor()
    found = checker(HOSTILE[name], Kind.ORGANISATION, "en")

    assert found is Refusal.TOO_MUCH or (isinstance(found, Findings) and found.shown)
    assert processor() - before < MOST


def test_what_takes_too_long_is_ended(checker: Checker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LONGEST", 0.01)

    assert checker(b"name: X\n", Kind.ORGANISATION, "en") is Refusal.TOO_MUCH


def test_more_than_a_few_at_once_are_asked_to_come_again(checker: Checker) -> None:
    found: list[Findings | Refusal] = []
    number = AT_ONCE + 3
    together = threading.Barrier(number)

    def ask() -> None:
        together.wait()
        found.append(checker(b"name: X\n", Kind.SITE, "en"))

    threads = [threading.Thread(target=ask) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert found.count(Refusal.BUSY) == 3
    assert isinstance(checker(b"uid_domain: example.coop\n", Kind.SITE, "en"), Findings)


def test_without_a_site_there_is_no_surroundings(tmp_path: Path) -> None:
    with pytest.raises(NoSite):
        Checker(LiveSite(tmp_path), lambda: NOW)(b"", Kind.SITE, "en")
