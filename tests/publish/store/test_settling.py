"""Whose publishers are waited for: those of generations that nobody said the end of."""

import pytest
from obstore.store import MemoryStore

from coopcal.publish.store import keys
from coopcal.publish.store.bucket import Bucket
from coopcal.publish.store.settling import at_it, stop

DONE, STOPPED = keys.DONE, keys.STOPPED


@pytest.fixture
def bucket() -> Bucket:
    return Bucket(MemoryStore(), "memory://site")


@pytest.mark.parametrize(
    ("markers", "waited_for"),
    [
        ([DONE], []),
        ([""], [1]),
        ([STOPPED], []),
        (["", STOPPED], [1]),
        (["", ""], [2, 1]),
        (["", DONE, STOPPED], []),
        ([DONE, "", STOPPED, ""], [4, 2]),
    ],
)
def test_a_generation_that_stopped_may_have_left_one_before_it_at_work(
    bucket: Bucket, markers: list[str], waited_for: list[int]
) -> None:
    for number, marker in enumerate(markers, 1):
        bucket.put(keys.generation_key(number), b"", keys.JSON, keys.PRIVATE)
        if marker:
            bucket.put(keys.marker_key(number, marker), b"", keys.BYTES, keys.PRIVATE)

    assert list(at_it(bucket, len(markers) + 1)) == waited_for


def test_generations_that_were_swept_are_waited_for_no_longer(bucket: Bucket) -> None:
    bucket.put(keys.generation_key(7), b"", keys.JSON, keys.PRIVATE)

    assert list(at_it(bucket, 8)) == [7]


def test_who_stops_late_takes_it_back_that_a_newer_one_is_done(bucket: Bucket) -> None:
    for number in (1, 2, 3):
        bucket.put(keys.generation_key(number), b"", keys.JSON, keys.PRIVATE)
    for number in (2, 3):
        bucket.put(keys.marker_key(number, DONE), b"", keys.BYTES, keys.PRIVATE)

    stop(bucket, 1)

    assert bucket.look(keys.marker_key(1, STOPPED))
    assert bucket.look(keys.marker_key(3, DONE)) is None
