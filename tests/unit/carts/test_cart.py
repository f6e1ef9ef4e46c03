"""What a cart does, by example."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from domain.carts.cart import MOST_BOOKS, MOST_COPIES, Cart, Handover
from domain.carts.deeds import MOST_DEEDS
from domain.carts.errors import CartFull, NotInCart
from domain.carts.identity import guest_cart, is_guest, reader_cart
from domain.shared.errors import InvalidInput
from domain.shared.ids import BookId, OrderId, UserId
from domain.shared.money import Money

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
READER = UserId(UUID(int=7))
EMMA, IVANHOE = BookId(UUID(int=1)), BookId(UUID(int=2))
PRICE = Money(999, "USD")


def cart(**copies: int) -> Cart:
    filled = Cart(id=reader_cart(READER))
    for name, quantity in copies.items():
        filled.add({"emma": EMMA, "ivanhoe": IVANHOE}[name], quantity, PRICE, NOW, None)
    return filled


def guest(**copies: int) -> Cart:
    filled = cart(**copies)
    filled.id = guest_cart(UUID(int=9))
    return filled


def merged(into: Cart, source: Cart, claim: int = 1) -> None:
    source.hand_over(UUID(int=claim), READER)
    assert source.leaving is not None
    into.receive(source.leaving, NOW)
    source.handed_over(source.leaving.claim)


def test_the_same_book_twice_is_one_line() -> None:
    assert cart(emma=1).quantities() == {EMMA: 1}
    twice = cart(emma=1)
    twice.add(EMMA, 2, PRICE, NOW, None)
    assert twice.quantities() == {EMMA: 3}


def test_adding_again_takes_note_of_the_price_now_seen() -> None:
    filled = cart(emma=1)
    filled.add(EMMA, 1, Money(1299, "USD"), NOW, None)
    assert filled.lines[EMMA].price_seen == Money(1299, "USD")


def test_changing_the_quantity_keeps_the_price_seen() -> None:
    filled = cart(emma=1)
    filled.change(EMMA, 4)
    assert (filled.lines[EMMA].quantity, filled.lines[EMMA].price_seen) == (4, PRICE)


@pytest.mark.parametrize("quantity", [0, -1, MOST_COPIES + 1])
def test_an_impossible_quantity_is_refused_by_name(quantity: int) -> None:
    filled = cart(emma=1)
    for attempt in (
        lambda: filled.add(EMMA, quantity, PRICE, NOW, None),
        lambda: filled.change(EMMA, quantity),
    ):
        with pytest.raises(InvalidInput) as refused:
            attempt()
        assert refused.value.field == "qty"
    assert filled.quantities() == {EMMA: 1}


def test_additions_do_not_pass_the_most_copies_together() -> None:
    filled = cart(emma=60)
    with pytest.raises(InvalidInput):
        filled.add(EMMA, 40, PRICE, NOW, None)
    assert filled.quantities() == {EMMA: 60}


def test_a_cart_holds_a_hundred_different_books() -> None:
    filled = Cart(id=reader_cart(READER))
    for number in range(MOST_BOOKS):
        filled.add(BookId(UUID(int=number)), 1, PRICE, NOW, None)
    filled.add(BookId(UUID(int=5)), 1, PRICE, NOW, None)
    with pytest.raises(CartFull):
        filled.add(BookId(UUID(int=MOST_BOOKS)), 1, PRICE, NOW, None)


def test_a_book_that_is_not_there_cannot_change_but_may_be_removed() -> None:
    filled = cart(emma=1)
    with pytest.raises(NotInCart):
        filled.change(IVANHOE, 2)
    filled.remove(IVANHOE)
    assert filled.quantities() == {EMMA: 1}


def test_a_repeated_request_adds_once_and_a_different_one_under_its_key_counts() -> None:
    filled = cart()
    for quantity in (1, 1, 2):
        filled.add(EMMA, quantity, PRICE, NOW, "key")
    assert filled.quantities() == {EMMA: 3}


def test_a_key_is_forgotten_after_an_hour() -> None:
    filled = cart()
    filled.add(EMMA, 1, PRICE, NOW, "key")
    filled.add(EMMA, 1, PRICE, NOW + timedelta(hours=1), "key")
    assert filled.quantities() == {EMMA: 2}


def test_an_order_takes_out_what_it_bought_once_and_leaves_what_was_added_since() -> None:
    filled = cart(emma=3, ivanhoe=1)
    for _ in range(2):
        filled.remove_ordered(OrderId(UUID(int=1)), {EMMA: 2, IVANHOE: 1}, NOW)
    assert filled.quantities() == {EMMA: 1}


def test_merged_carts_add_up() -> None:
    mine, theirs = cart(emma=1), guest(emma=2, ivanhoe=1)
    merged(mine, theirs)
    assert mine.quantities() == {EMMA: 3, IVANHOE: 1}
    assert theirs.quantities() == {}


def test_what_does_not_fit_when_carts_merge_is_told_until_the_next_change() -> None:
    mine = cart(emma=60)
    merged(mine, guest(emma=60))
    assert mine.quantities() == {EMMA: MOST_COPIES}
    assert mine.capped == {EMMA: 120}
    mine.change(EMMA, 5)
    assert mine.capped == {}


def test_a_merge_interrupted_half_way_is_finished_and_not_doubled() -> None:
    mine, theirs = cart(emma=1), guest(ivanhoe=2)
    theirs.hand_over(UUID(int=1), READER)
    first = theirs.leaving
    assert first is not None
    mine.receive(first, NOW)  # and here the process died, before the guest's cart heard of it
    theirs.add(EMMA, 1, PRICE, NOW, None)
    theirs.hand_over(UUID(int=2), READER)
    assert theirs.leaving is first
    mine.receive(first, NOW)
    theirs.handed_over(first.claim)
    merged(mine, theirs, claim=3)
    assert mine.quantities() == {EMMA: 2, IVANHOE: 2}


def test_an_empty_cart_is_not_handed_over() -> None:
    empty = guest()
    empty.hand_over(UUID(int=1), READER)
    assert empty.leaving is None


def test_a_stale_confirmation_of_a_handover_changes_nothing() -> None:
    theirs = guest(emma=1)
    theirs.hand_over(UUID(int=1), READER)
    theirs.handed_over(UUID(int=2))
    assert theirs.leaving == Handover(UUID(int=1), READER, cart(emma=1).lines)


def test_a_cart_remembers_a_bounded_number_of_deeds_and_orders_longest() -> None:
    filled = cart(emma=99)
    filled.remove_ordered(OrderId(UUID(int=1)), {EMMA: 1}, NOW)
    for number in range(2 * MOST_DEEDS):
        filled.clear()
        filled.add(EMMA, 9, PRICE, NOW, f"key-{number}")
    filled.remove_ordered(OrderId(UUID(int=1)), {EMMA: 1}, NOW)
    assert filled.quantities() == {EMMA: 9}
    assert len(filled.deeds.until) == MOST_DEEDS


def test_only_guests_are_guests() -> None:
    assert is_guest(guest_cart(UUID(int=1)))
    assert not is_guest(reader_cart(READER))
