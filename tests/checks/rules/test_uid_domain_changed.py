"""The domain in UIDs."""

from pathlib import Path

from tests.support.checking import events, places, problems_of

FAIR = "id: fair, title: Fair, when: 2026-09-12"


def test_the_domain_in_uids_stays(tmp_path: Path) -> None:
    """One problem for the site, not one for each event."""
    site = "title: Example\nuid_domain: other.coop\n"
    found = problems_of(tmp_path, {"coopcal.yaml": site, **events(FAIR)}, events(FAIR))

    assert [(each.code, each.mend) for each in found if each.severity == "error"] == [
        ("uid-domain-changed", "uid_domain: example.coop")
    ]
    assert places(found, "uid-domain-changed") == [("coopcal.yaml", 2, 13, 23)]
