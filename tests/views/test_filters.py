"""What an address asks for."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopcal.model.when import Length
from coopcal.views.filters import Filters, Refused, read_filters


@pytest.mark.parametrize(
    ("query", "canonical"),
    [
        ("", ""),
        ("tag=b&tag=a", "tag=a,b"),
        ("tag=b,a,b&utm_source=x&fbclid=y", "tag=a,b"),
        ("role=organiser&organisation=mill&country=fr", "organisation=mill&country=FR&role=organiser"),
        ("past=no&future=90&limit=5", "past=no&future=P90D&limit=5"),
        ("past=P1Y6M&future=P2W", "past=P1Y6M&future=P14D"),
        ("past=soon&future=-3&limit=0", ""),
        ("limit=99999", "limit=1000"),
        ("remind=evening&remind=PT2H", "remind=PT2H"),
        ("remind=never", ""),
        ("tag=", ""),
        ("role=boss", "role=none"),
        ("tag=caf%C3%A9", "tag=caf%C3%A9"),
        ("city=S%C3%A3o+Paulo&city=ghent,,GHENT&role=host", "city=ghent,sao+paulo&role=host"),
        ("online=maybe,yes&spoken=pt-BR", "spoken=pt-br&online=none,yes"),
        ("q=Caf%C3%A9+++du%0A&q=pont,", "q=Caf%C3%A9+du+pont,"),
        ("q=", ""),
    ],
)
def test_what_asks_for_the_same_is_written_the_same(query: str, canonical: str) -> None:
    """Sorted, without what says nothing and without trackers; read again, it asks for the same."""
    found = read_filters(query)

    assert isinstance(found, Filters)
    assert found.query() == canonical
    assert read_filters(canonical) == found


@pytest.mark.parametrize(
    "query", ["x=1", "tags=a", "TAG=a", "a=1&" * 60, "=1", "q=" + "a" * 201, "q=" + "a&q=" * 49 + "b" * 150]
)
def test_an_unknown_name_is_refused(query: str) -> None:
    """With the names that are known, or with what is too much."""
    assert isinstance(read_filters(query), Refused)


@given(st.text() | st.text("taglimitpasfuture=&,;%0123456789PYMD", max_size=60))
def test_any_query_is_read_or_refused(query: str) -> None:
    """And what is read has one canonical form."""
    found = read_filters(query)

    assert isinstance(found, Refused) or read_filters(found.query()) == found


def test_lengths_are_calendar_lengths() -> None:
    """A year is a year."""
    found = read_filters("past=P1Y")

    assert isinstance(found, Filters)
    assert found.past == Length(years=1)
    assert found._days(datetime(2028, 2, 29, 12, tzinfo=UTC))[0].isoformat() == "2027-02-28"  # noqa: SLF001
