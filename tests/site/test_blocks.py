"""Large calendars are in gzip in blocks: one member to whoever reads it, and an edit makes one block anew."""

import gzip
import subprocess
import zlib
from dataclasses import replace
from random import Random

import pytest
from tests.support.trees import NOW

from coopcal.site import seal
from coopcal.site.blocks import LEAST, MOST, InBlocks, blocks_of, in_blocks
from coopcal.site.component import Component
from coopcal.site.content import Calendar
from coopcal.site.encodings import LARGE, VERY_LARGE, encoded
from coopcal.site.index import Body, FeedEntry

WORDS = [
    "assembly",
    "bread",
    "choir",
    "dairy",
    "evening",
    "friends",
    "garden",
    "harvest",
    "kitchen",
    "market",
    "open",
    "share",
    "talk",
    "together",
    "walk",
]


def event(chance: Random, number: int) -> tuple[Component, bytes]:
    uid = f"event-{number}.bakery@example.coop"
    words = " ".join(chance.choice(WORDS) for _ in range(60))
    lines = ("BEGIN:VEVENT", f"UID:{uid}", f"SUMMARY:{words[:40]}", f"DESCRIPTION:{words}", "END:VEVENT", "")
    return Component(uid), "\r\n".join(lines).encode()


def calendar(events: int, seed: int = 1) -> Calendar:
    chance = Random(seed)
    return Calendar(
        b"BEGIN:VCALENDAR\r\n",
        (("Europe/Brussels", b"TZ\r\n"),),
        tuple(event(chance, number) for number in range(events)),
    )


def edited(one: Calendar, number: int, content: bytes | None) -> Calendar:
    """Return a calendar in which a VEVENT is another, or gone."""
    component = one.components[number][0]
    new = () if content is None else ((component, content),)
    return replace(one, components=(*one.components[:number], *new, *one.components[number + 1 :]))


def packed(one: Calendar) -> InBlocks:
    return in_blocks(one.content, one.parts, {})


def entry(one: Calendar) -> FeedEntry:
    """Return a calendar as an entry of a pack that holds it."""
    content = one.content
    made = encoded(content, one.parts)
    bodies = {
        name: Body(seal.short_digest(body), len(body), body)
        for name, body in (("identity", content), *made.bodies.items())
    }
    return FeedEntry(
        id="all", year=None, translation=None, title="All", language="en", timezone="UTC", organisation=None, modified=NOW, count=1, left_out=0,
        closed_see=None, gone=False, changes=False, former=(), bodies=bodies, blocks=made.blocks,
    )  # fmt: skip


def contents(made: InBlocks) -> list[bytes]:
    """Return the blocks of a body in gzip."""
    blocks, place = [], 10
    for _, length in made.blocks:
        blocks.append(made.content[place : place + length])
        place += length
    return blocks


@pytest.mark.parametrize("events", [0, 1, 150, 2_000])
def test_a_body_is_one_member_that_any_program_reads(events: int) -> None:
    one = calendar(events)
    made = packed(one)
    reader = zlib.decompressobj(wbits=31)

    assert gzip.decompress(made.content) == one.content
    assert (reader.decompress(made.content), reader.eof, reader.unused_data) == (one.content, True, b"")
    assert (
        subprocess.run(["gzip", "-dc"], input=made.content, capture_output=True, check=True).stdout
        == one.content
    )


def test_blocks_end_between_events_and_have_a_length_in_bounds() -> None:
    one = calendar(3_000)
    made, starts, place = packed(one), set[int](), 0
    for length, _ in made.blocks:
        starts.add(place)
        place += length
    begins = {0, len(one.heading) + 4, len(one.content)}
    at = len(one.heading) + 4
    for _, content in one.components:
        begins.add(at)
        at += len(content)

    assert place == len(one.content)
    assert starts <= begins
    longest = max(len(content) for _, content in one.components)
    assert all(LEAST <= length < MOST + longest for length, _ in made.blocks[:-1])


def test_they_cost_no_more_than_three_in_a_hundred() -> None:
    one = calendar(3_000)

    assert len(packed(one).content) <= 1.03 * len(gzip.compress(one.content, 6))


@pytest.mark.parametrize("number", [0, 700, 2_000, 2_999])
@pytest.mark.parametrize("content", [b"BEGIN:VEVENT\r\nUID:x\r\nEND:VEVENT\r\n", None])
def test_an_edit_compresses_two_blocks_at_the_most(number: int, content: bytes | None) -> None:
    """That of the event, and the next one where it may point back to it."""
    one = calendar(3_000)
    before = set(contents(packed(one)))
    after = contents(packed(edited(one, number, content)))

    assert len(before) > 15
    assert sum(block not in before for block in after) <= 2


@pytest.mark.parametrize("seed", range(5))
def test_blocks_that_are_known_leave_no_trace(seed: int) -> None:
    """A body is the same, byte for byte, whatever of it stood before."""
    chance = Random(seed)
    one = calendar(2_500)
    stands = entry(one)
    for _ in range(4):
        new = None if chance.random() < 0.5 else event(chance, 1)[1]
        one = edited(one, chance.randrange(2_000), new)
    known = blocks_of(stands)
    made = in_blocks(one.content, one.parts, known)

    assert made == packed(one)
    assert len(set(known.values()) & set(contents(made))) > len(made.blocks) // 2
    assert encoded(one.content, one.parts, stands) == encoded(one.content, one.parts)


def test_what_stands_is_taken_over_where_nothing_differs() -> None:
    """Unless it is damaged, or was not compressed."""
    one = calendar(200)
    stands, fresh = entry(one), encoded(one.content, one.parts)
    assert encoded(one.content, one.parts, stands) == fresh
    other = {**stands.bodies, "br": replace(stands.bodies["br"], pack=b"x" * stands.bodies["br"].length)}
    for bodies in (other, {"identity": stands.bodies["identity"]}):
        assert encoded(one.content, one.parts, replace(stands, bodies=bodies)) == fresh


def test_a_body_is_encoded_by_its_size() -> None:
    """Small ones have no blocks, and very large ones no Brotli."""
    small, large, larger = (calendar(events) for events in (400, 1_200, 3_000))
    assert len(small.content) < LARGE < len(large.content) < VERY_LARGE < len(larger.content)
    made = [encoded(one.content, one.parts) for one in (small, large, larger)]

    assert [list(one.bodies) for one in made] == [["gzip", "br"], ["gzip", "br"], ["gzip"]]
    assert [bool(one.blocks) for one in made] == [False, True, True]
    assert made[0].bodies["gzip"] == gzip.compress(small.content, 6, mtime=0)
    assert encoded(large.content, None).bodies["gzip"] == gzip.compress(large.content, 6, mtime=0)
