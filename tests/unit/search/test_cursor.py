"""A cursor says where to go on, and nothing else gets through."""

import base64
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from application.search.cursor import place_cursor, read_cursor, seen_cursor
from application.search.query import Place, SearchSort
from domain.shared.errors import InvalidInput

ORDINALS = st.integers(0, 10**18 - 1)


@given(st.integers(1 - 10**18, 10**18 - 1), ORDINALS)
def test_a_place_comes_back_as_it_was(value: int, ordinal: int) -> None:
    cursor = place_cursor(SearchSort.PRICE, Place(value, ordinal))

    assert read_cursor(SearchSort.PRICE, cursor) == ((), Place(value, ordinal))


@given(st.sets(ORDINALS, min_size=1, max_size=50))
def test_what_was_seen_comes_back_in_order(seen: set[int]) -> None:
    assert read_cursor(SearchSort.RELEVANCE, seen_cursor(tuple(seen))) == (tuple(sorted(seen)), None)


def test_a_thousand_works_fit_in_an_address() -> None:
    assert len(seen_cursor(range(0, 1_000_000, 1_000))) < 3_000


@pytest.mark.parametrize("sort", [sort for sort in SearchSort if sort is not SearchSort.PRICE])
def test_a_cursor_of_another_order_is_refused(sort: SearchSort) -> None:
    with pytest.raises(InvalidInput):
        read_cursor(sort, place_cursor(SearchSort.PRICE, Place(1, 2)))


def test_what_was_seen_is_no_place_in_an_order_by_value() -> None:
    with pytest.raises(InvalidInput):
        read_cursor(SearchSort.PRICE, seen_cursor((1, 2)))


def _coded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


@pytest.mark.parametrize(
    "foreign",
    [
        "",
        "=",
        "ünlesbar",
        "x" * 9_000,
        *map(
            _coded,
            (
                b"price 1",
                b"price 1 2 3",
                b"price 01 2",
                b"price 1 " + b"9" * 30,
                b"price one two",
                b"\x00",
                b"\x00\x81",
                b"\xff\xfe",
            ),
        ),
    ],
)
def test_what_we_did_not_make_is_refused(foreign: str) -> None:
    for sort in (SearchSort.PRICE, SearchSort.RELEVANCE):
        with pytest.raises(InvalidInput):
            read_cursor(sort, foreign)


@given(st.text(max_size=40))
def test_no_text_does_more_than_be_refused(text: str) -> None:
    for sort in (SearchSort.PRICE, SearchSort.RELEVANCE):
        with suppress(InvalidInput):
            read_cursor(sort, text)
