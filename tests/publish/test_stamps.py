"""Stamps that were published are never taken back."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from coopcal.model.published import Published, PublishedEntry, PublishedEvent, PublishedTransient, Stamp
from coopcal.publish.stamps import taken_back

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
DAY = date(2026, 9, 12)
EVENT = PublishedEvent("bakery/open-day", DAY, DAY, {"en": Stamp(NOON, "aa"), "fr": Stamp(NOON, "bb")})


def site(*entries: PublishedEntry) -> Published:
    events = {f"{number}@example.coop": entry for number, entry in enumerate(entries)}
    return Published("example.coop", NOON, events)


def stamped(seconds: int, digest: str) -> PublishedEvent:
    return replace(EVENT, stamps={**EVENT.stamps, "fr": Stamp(NOON + timedelta(seconds=seconds), digest)})


@pytest.mark.parametrize(
    ("after", "back"),
    [
        (EVENT, False),
        (stamped(1, "cc"), False),
        (stamped(1, "bb"), False),
        (stamped(-1, "cc"), True),
        (stamped(-1, "bb"), True),
        (stamped(0, "cc"), True),
        (replace(EVENT, stamps={}), False),
    ],
    ids=["same", "newer", "newer-of-same-bytes", "older", "older-of-same-bytes", "same-of-others", "none"],
)
def test_each_rendering_has_a_newer_stamp_or_the_same_one_for_the_same_bytes(
    after: PublishedEvent, *, back: bool
) -> None:
    assert list(taken_back(site(EVENT), site(after))) == (["0@example.coop"] if back else [])


def test_what_comes_and_goes_is_held_against_its_stamps_too() -> None:
    before = PublishedTransient(DAY, DAY, {"en": Stamp(NOON, "aa")})
    after = replace(before, stamps={"en": Stamp(NOON - timedelta(1), "aa")})

    assert list(taken_back(site(EVENT, before), site(EVENT, after))) == ["1@example.coop"]


def test_what_is_new_or_gone_takes_nothing_back() -> None:
    assert list(taken_back(site(), site(EVENT))) == []
    assert list(taken_back(site(EVENT), site())) == []
