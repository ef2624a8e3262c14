"""What is kept of events to compare with: marks stay as they are while the format grows, or all would seem changed."""

from pathlib import Path

from tests.support.checking import lay
from tests.support.trees import NOW

from coopcal.compile.diff.facts import seen_by
from coopcal.compile.pipeline import check

EVENTS = """\
name: The Bakery
country: BE
events:
  - id: one
    title: One
    when: 2026-06-09
    registration: {url: "https://example.coop/", closes: 2026-06-01, places: 4, price: {en: free, fr: gratuit}}
  - {id: two, title: Two, when: 2026-07-09, registration: {full: true}}
  - {id: three, title: Three, when: 2026-08-09, registration: {full: true, waiting_list: true}}
  - id: four
    title: Four
    when: 2026-09-09
    registration: {full: true, price: [{for: Members, price: free}]}
"""


def test_registration_is_marked_as_before_prices_and_waiting_lists_were_known(tmp_path: Path) -> None:
    """The first two marks are those that sites hold which were compiled before; what is new has marks of its own."""
    catalogue = check(lay(tmp_path, {"calendars/bakery.yaml": EVENTS}), NOW).catalogue

    assert catalogue is not None
    found = {
        each.key: dict(each.shown.details)["registration"] for each in seen_by(catalogue, NOW).events.values()
    }
    assert (found["bakery/one"], found["bakery/two"]) == ("c21e7175", "7708fa7a")
    assert len(set(found.values())) == 4
