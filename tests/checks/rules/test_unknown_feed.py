"""What has ended, and where it points."""

from pathlib import Path

from tests.support.checking import places, problems_of


def test_what_is_closed_points_to_another_feed(tmp_path: Path) -> None:
    """Organisations' own feeds, ``all`` and addresses are places to go as well."""
    files = {
        "feeds/old.yaml": "title: Old\nclosed: {on: 2026-01-01, see: bakry}\n",
        "feeds/self.yaml": "title: Self\nclosed:\n  on: 2026-01-01\n  see: self\n",
        "feeds/good.yaml": "closed: {on: 2026-01-01, see: bakery}\n",
        "feeds/well.yaml": "closed: {on: 2026-01-01, see: all}\n",
        "feeds/away.yaml": 'closed: {on: 2026-01-01, see: "https://example.org/"}\n',
    }
    found = problems_of(tmp_path, files)

    assert places(found, "unknown-feed") == [("feeds/old.yaml", 2, 31, 36), ("feeds/self.yaml", 4, 8, 12)]
    assert next(each.mend for each in found if each.code == "unknown-feed") == "did you mean “bakery”?"
