"""The stock of one book: never less than nothing, never more promised than there is."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.inventory.errors import OutOfStock
from domain.inventory.hold import HOLD_MOVES, HoldState
from domain.inventory.stock import StockLevel
from domain.shared.errors import InvalidInput
from domain.shared.ids import BookId

EMMA = BookId(UUID(int=1))


def level(on_hand: int, held: int = 0) -> StockLevel:
    return StockLevel(EMMA, on_hand, held)


def test_what_is_set_aside_is_not_available() -> None:
    assert level(5, 2).available == 3


@given(st.integers(0, 100), st.integers(1, 100))
def test_copies_are_held_up_to_the_last_and_not_beyond(copies: int, wanted: int) -> None:
    if wanted <= copies:
        assert level(copies).hold(wanted) == level(copies, wanted)
        return
    with pytest.raises(OutOfStock) as refused:
        level(copies).hold(wanted)
    assert refused.value.details == {"books": [{"book_id": str(EMMA), "available": copies}]}


@given(st.integers(1, 100), st.data())
def test_what_is_held_is_released_or_shipped_and_then_nothing_is_held(
    copies: int, data: st.DataObject
) -> None:
    wanted = data.draw(st.integers(1, copies))
    held = level(copies).hold(wanted)
    assert held.release(wanted) == level(copies)
    assert held.ship(wanted) == level(copies - wanted)


@pytest.mark.parametrize("quantity", [0, -1])
def test_a_delivery_adds_at_least_one_copy(quantity: int) -> None:
    with pytest.raises(InvalidInput):
        level(1).receive(quantity)
    assert level(1, 1).receive(4) == level(5, 1)


def test_the_books_that_fall_short_are_named_in_one_order() -> None:
    one, two = BookId(UUID(int=1)), BookId(UUID(int=2))
    assert OutOfStock.of({two: 0, one: 3}).details == OutOfStock.of({one: 3, two: 0}).details


def test_every_state_of_a_hold_says_what_may_follow() -> None:
    assert set(HOLD_MOVES) == set(HoldState)
    assert all(state not in follow for state, follow in HOLD_MOVES.items())
    assert HOLD_MOVES[HoldState.SHIPPED] == frozenset()
