"""What was compressed on the way comes out as it went in, within bounds."""

import gzip
import tracemalloc
import zlib

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopcal.doctor.answer import Answer
from coopcal.doctor.coding import CodingError, decoded

LARGEST = 1_000_000
CODINGS = {
    "gzip": gzip.compress,
    "br": brotli.compress,
    "deflate": zlib.compress,
    "identity": bytes,
    "": bytes,
}


def answer(coding: str, body: bytes) -> Answer:
    return Answer("https://example.coop/a.ics", 200, (("content-encoding", coding),), body, 0)


@pytest.mark.parametrize("coding", CODINGS)
@given(body=st.binary(max_size=5_000), times=st.integers(1, 100))
def test_it_comes_out_as_it_went_in(coding: str, body: bytes, times: int) -> None:
    whole = body * times

    assert decoded(answer(coding, CODINGS[coding](whole)), LARGEST) == whole


@pytest.mark.parametrize("coding", ["gzip", "br", "deflate"])
@given(cut=st.integers(1, 19))
def test_what_is_cut_off_is_refused(coding: str, cut: int) -> None:
    packed = CODINGS[coding](b"BEGIN:VCALENDAR and so on, to its end")
    with pytest.raises(CodingError):
        decoded(answer(coding, packed[:-cut]), LARGEST)


@pytest.mark.parametrize("coding", ["gzip", "br", "deflate"])
@given(junk=st.binary(min_size=1, max_size=200))
def test_junk_is_refused(coding: str, junk: bytes) -> None:
    """Or it is what it says, by chance."""
    try:
        decoded(answer(coding, junk), LARGEST)
    except CodingError:
        return
    assert coding == "br"


@pytest.mark.parametrize("coding", ["gzip", "br", "deflate"])
def test_a_bomb_takes_no_room(coding: str) -> None:
    """And what is one byte too large is refused as well."""
    bomb = bytes(50 * LARGEST)
    packed = brotli.compress(bomb, quality=1) if coding == "br" else CODINGS[coding](bomb)
    tracemalloc.start()
    try:
        with pytest.raises(CodingError):
            decoded(answer(coding, packed), LARGEST)
        assert tracemalloc.get_traced_memory()[1] < 10 * LARGEST
    finally:
        tracemalloc.stop()

    assert len(decoded(answer(coding, CODINGS[coding](bytes(LARGEST))), LARGEST)) == LARGEST
    with pytest.raises(CodingError):
        decoded(answer(coding, CODINGS[coding](bytes(LARGEST + 1))), LARGEST)


def test_several_codings_come_off_in_order() -> None:
    packed = gzip.compress(brotli.compress(b"BEGIN"))

    assert decoded(answer("br, gzip", packed), LARGEST) == b"BEGIN"
    with pytest.raises(CodingError):
        decoded(answer("zstd", b"BEGIN"), LARGEST)
