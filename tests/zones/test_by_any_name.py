"""Which zone is meant by what is no name of one: the country and the place come before the alphabet."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopcal import zones
from coopcal.definitions.readers.timezone import read_timezone
from coopcal.definitions.source.node import Scalar
from coopcal.model.problem import Position, Problems
from coopcal.zones.by_any_name import Around, meant

NOWHERE = Around()
ITALY = Around("IT", ("Bozen",), ("Europe/Rome",))
ARGENTINA = Around("AR", ("Rosario",), ("Europe/Brussels",))
BRUSSELS = Around(None, (), ("Europe/Brussels",))
SITE_IN_ITALY = Around("DE", (), ("Europe/Rome",))


@pytest.mark.parametrize(
    ("written", "around", "name"),
    [
        ("GMT-3", ARGENTINA, "America/Argentina/Buenos_Aires"),
        ("GMT-3", NOWHERE, "Etc/GMT+3"),
        ("UTC-12", ITALY, "Etc/GMT+12"),
        ("GMT+1", ITALY, "Europe/Rome"),
        ("UTC+2", BRUSSELS, "Europe/Brussels"),
        ("+02:00", SITE_IN_ITALY, "Europe/Berlin"),
        ("UTC+8", NOWHERE, "Etc/GMT-8"),
        ("W. Europe Standard Time", NOWHERE, "Europe/Berlin"),
        ("W. Europe Standard Time", ITALY, "Europe/Rome"),
        ("Eastern Standard Time 1", NOWHERE, "America/New_York"),
        ("MEZ", ITALY, "Europe/Rome"),
        ("CET", NOWHERE, "Europe/Berlin"),
        ("EST", NOWHERE, "America/New_York"),
        ("PST", ITALY, "America/Los_Angeles"),
        ("BST", NOWHERE, "Europe/London"),
        ("Europe/Bozen", NOWHERE, "Europe/Rome"),
        ("Europe/Milano", ITALY, "Europe/Rome"),
        ("Europe/Munich", BRUSSELS, "Europe/Berlin"),
        ("Europe/Florence", NOWHERE, "Europe/Rome"),
        ("Europe/Wien", NOWHERE, "Europe/Vienna"),
        ("Bruxelles", NOWHERE, "Europe/Brussels"),
        ("Europe/Brusels", ITALY, "Europe/Brussels"),
        ("brussels", ITALY, "Europe/Brussels"),
        ("Europe/Castelrotto", ITALY, "Europe/Rome"),
        ("Mittel Europa", BRUSSELS, "Europe/Brussels"),
    ],
)
def test_the_likeliest_zone_comes_first(written: str, around: Around, name: str) -> None:
    """And what is offered is a zone."""
    problems = Problems()
    node = Scalar(written, Position("a.yaml", 1, 1, 1 + len(written)))

    assert read_timezone(node, around, problems) is None

    (problem,) = problems.found

    assert problem.offers[0].edits[0].text == name
    assert f"“{name}”" in (problem.mend or "")
    assert {offer.edits[0].text for offer in problem.offers} <= zones.names()


@given(
    st.integers(-12, 14),
    st.sampled_from(["UTC{}", "GMT{}", "{}:00", "UTC {}", "gmt{}:00", "UTC{}h"]),
    st.sampled_from([NOWHERE, ITALY, ARGENTINA, BRUSSELS]),
)
def test_a_sign_is_never_turned(hours: int, form: str, around: Around) -> None:
    """Whatever is offered for an offset has it, in winter or in summer."""
    for name in meant(form.format(f"{hours:+}"), around).names:
        offsets = {
            datetime(2026, month, 1, tzinfo=UTC).astimezone(zones.zone(name)).utcoffset() for month in (1, 7)
        }

        assert timedelta(hours=hours) in offsets


@given(st.from_regex(r"[A-Za-z/ ]{0,12}[+-]?[0-9]{1,2}[A-Za-z]{0,4}", fullmatch=True))
def test_a_number_is_never_matched_by_likeness(written: str) -> None:
    """What holds a digit is an offset, an abbreviation that has it, or nothing."""
    found = meant(written, NOWHERE)

    assert found.offset is not None or not found.names or written.upper().strip()[3:4].isdigit()
