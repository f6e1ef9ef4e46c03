"""A purchase: bound to one offer, never above its maximum, and every cent of it in the books."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.purchases.errors import PurchaseCannotMove, TooLateToCancelPurchase
from domain.purchases.ledger import Account, Movement, balances, is_settled
from domain.purchases.purchase import Purchase
from domain.purchases.reckoning import faults, store_faults
from domain.purchases.status import MoneyStatus, PurchaseStatus, StoreStatus
from domain.shared.money import Money
from tests.builders import NOON, usd
from tests.buying import ordered, placed, purchase, quote


def bound(maximum: int = 1_500) -> Purchase:
    made = purchase(maximum)
    made.reserve_cap(NOON)
    made.bind(quote(), quote(), NOON)
    return made


def revalidated(maximum: int = 1_500) -> Purchase:
    made = bound(maximum)
    made.authorise("pay_1", NOON)
    assert made.look(quote(), NOON) is None
    return made


def test_an_offer_above_the_maximum_cannot_be_bound() -> None:
    made = purchase(999)
    made.reserve_cap(NOON)
    with pytest.raises(PurchaseCannotMove):
        made.bind(quote(900, shipping=100), quote(), NOON)


def test_a_lower_price_than_what_is_bought_is_one_whose_store_takes_no_orders() -> None:
    low = quote(700, store="a-library")
    for lowest, found in [(low, low), (quote(), None)]:
        made = purchase(1_500)
        made.reserve_cap(NOON)
        made.bind(quote(), lowest, NOON)
        assert made.cheaper_elsewhere == found
    made.drain_story()
    made = purchase(1_500)
    made.reserve_cap(NOON)
    made.bind(quote(), low, NOON)
    assert made.drain_story()[-1].text.endswith("a-library asks 8.00 USD, but takes no orders from us.")


def test_where_nothing_is_bought_the_lowest_price_within_reach_is_one_that_takes_no_orders() -> None:
    low = quote(700, store="a-library")
    for maximum, ending, told in [
        (
            900,
            PurchaseStatus.TOO_DEAR,
            low,
        ),  # it can be ordered for more
        (799, PurchaseStatus.TOO_DEAR, None),  # nobody sells it for that
        (799, PurchaseStatus.NO_OFFER, low),
    ]:
        made = purchase(maximum)
        made.reserve_cap(NOON)
        made.find_nothing(low)
        made.end(ending, "Nothing.", NOON)
        assert made.cheaper_elsewhere == told


def test_shipping_and_tax_count_towards_the_maximum() -> None:
    dear = replace(quote(900, shipping=100), tax=usd(501))
    made = purchase(1_500)
    made.reserve_cap(NOON)
    with pytest.raises(PurchaseCannotMove):
        made.bind(dear, dear, NOON)


def test_a_second_offer_does_not_replace_the_first() -> None:
    made = bound()
    made.bind(quote(100, store="elsewhere"), quote(), NOON)
    assert made.quote == quote()


def test_what_is_reserved_is_the_maximum_and_what_is_taken_is_the_charge() -> None:
    made = ordered(1_500, charged=1_000)
    made.capture(NOON)
    made.finish(NOON)
    lines = made.drain_lines()
    assert [(line.movement, line.amount.amount) for line in lines] == [
        (Movement.AUTHORISED, 1_500),
        (Movement.STORE_PAID, 1_000),
        (Movement.CAPTURED, 1_000),
        (Movement.VOIDED, 500),
    ]
    assert (made.kept, made.counts, is_settled(lines)) == (usd(1_000), usd(1_000), True)
    assert balances(lines) | {Account.CARD: -1_000, Account.STORE: 1_000} == balances(lines)
    assert list(faults(made, lines)) == []


def test_verbs_repeated_after_later_ones_change_nothing() -> None:
    made = ordered()
    made.capture(NOON)
    before = (made.status, made.money, made.store, made.kept)
    lines, story = made.drain_lines(), made.drain_story()
    made.reserve_cap(NOON)
    made.bind(quote(), quote(), NOON)
    made.authorise("pay_2", NOON)
    assert made.look(None, NOON) is None
    assert made.send_order(NOON) is False
    made.place(placed(9_999), NOON)
    made.capture(NOON)
    assert (made.status, made.money, made.store, made.kept) == before
    assert (made.drain_lines(), made.drain_story()) == ([], [])
    assert (lines, story) != ([], [])


@pytest.mark.parametrize(
    ("item", "moved"),
    [(900, False), (850, False), (950, False), (951, True), (1_400, True), (1_401, True)],
)
def test_a_price_may_rise_by_half_a_dollar_between_the_two_looks(item: int, *, moved: bool) -> None:
    made = bound()
    made.authorise("pay_1", NOON)
    why = made.look(quote(item), NOON)
    assert (why is not None) is moved
    assert made.status is (PurchaseStatus.AUTHORISED if moved else PurchaseStatus.REVALIDATED)


def test_a_price_that_rose_within_the_tolerance_but_above_the_maximum_has_moved() -> None:
    made = bound(1_020)
    made.authorise("pay_1", NOON)
    assert "above your maximum" in (made.look(quote(921), NOON) or "")


@pytest.mark.parametrize(
    "seen",
    [
        None,
        replace(quote(), seller="somebody"),
        replace(quote(), condition="good"),
        replace(quote(), offer_id="another"),
        replace(quote(), item=Money(1, "EUR"), shipping=Money(1, "EUR"), tax=Money(0, "EUR")),
    ],
)
def test_another_seller_condition_offer_or_currency_is_not_what_was_quoted(seen: object) -> None:
    made = bound()
    made.authorise("pay_1", NOON)
    assert "is gone" in (made.look(seen, NOON) or "")  # type: ignore[arg-type] # a quote or none


def test_no_order_rests_on_a_look_older_than_half_a_minute() -> None:
    made = revalidated()
    with pytest.raises(PurchaseCannotMove):
        made.send_order(NOON + timedelta(seconds=31))
    assert made.send_order(NOON + timedelta(seconds=30)) is True
    assert made.store is StoreStatus.ASKED


def test_an_order_is_sent_once() -> None:
    made = revalidated()
    assert [made.send_order(NOON), made.send_order(NOON)] == [True, False]


def test_a_purchase_is_cancelled_until_its_order_is_sent() -> None:
    made = revalidated()
    made.ensure_cancellable()
    made.send_order(NOON)
    assert made.call_off() is False
    with pytest.raises(TooLateToCancelPurchase):
        made.ensure_cancellable()


def test_a_purchase_called_off_can_send_no_order() -> None:
    made = revalidated()
    assert made.call_off() is True
    with pytest.raises(PurchaseCannotMove):
        made.send_order(NOON)
    made.void(NOON)
    made.end(PurchaseStatus.CANCELLED, "Enough.", NOON)
    made.end(PurchaseStatus.PRICE_MOVED, "Too late.", NOON)
    assert (made.status, made.ended_because, made.counts) == (
        PurchaseStatus.CANCELLED,
        "Enough.",
        usd(0),
    )
    assert is_settled(made.drain_lines())


@pytest.mark.parametrize("charged", [1_051, 1_501])
def test_a_store_that_charges_more_than_agreed_gets_nothing(charged: int) -> None:
    made = ordered(charged=charged)
    assert "instead of the agreed 10.00 USD" in (made.discrepancy or "")
    with pytest.raises(PurchaseCannotMove):
        made.capture(NOON)
    made.return_order(usd(charged), NOON)
    made.void(NOON)
    made.end(PurchaseStatus.REFUNDED, "It charged more.", NOON)
    lines = made.drain_lines()
    assert is_settled(lines)
    assert list(faults(made, lines)) == []


def test_a_store_that_sells_something_else_gets_nothing() -> None:
    made = revalidated()
    made.send_order(NOON)
    made.place(placed(1_000, offer="another"), NOON)
    assert "another offer" in (made.discrepancy or "")


def test_a_charge_above_the_maximum_is_a_discrepancy_however_small() -> None:
    made = ordered(1_000, charged=1_001)
    assert made.discrepancy is not None


def test_what_a_store_took_less_than_it_said_goes_back() -> None:
    made = ordered(charged=1_000)
    made.capture(NOON)
    made.recharge(placed(930), NOON)
    assert (made.discrepancy, made.refund_due) == (None, usd(70))
    made.refund(made.refund_due, NOON)
    made.finish(NOON)
    assert (made.money, made.kept) == (MoneyStatus.PARTLY_REFUNDED, usd(930))
    assert is_settled(made.drain_lines())


def test_what_a_store_took_a_little_more_is_borne_by_the_shop_and_never_by_the_reader() -> None:
    made = ordered(charged=1_000)
    made.capture(NOON)
    made.version += 1
    made.recharge(placed(1_040), NOON)
    made.version += 1
    made.finish(NOON)
    lines = made.drain_lines()
    assert (made.kept, balances(lines)[Account.HOUSE], is_settled(lines)) == (usd(1_000), -40, True)


def test_what_a_store_took_much_more_after_it_was_paid_is_undone_whole() -> None:
    made = ordered(charged=1_000)
    made.capture(NOON)
    made.recharge(placed(1_300), NOON)
    assert made.discrepancy is not None
    made.return_order(usd(1_250), NOON)  # it keeps half a dollar: our loss
    assert made.refund_due == usd(1_000)
    made.refund(usd(1_000), NOON)
    made.end(PurchaseStatus.REFUNDED, "It charged more.", NOON)
    lines = made.drain_lines()
    assert (made.money, made.counts) == (MoneyStatus.REFUNDED, usd(0))
    assert (balances(lines)[Account.HOUSE], balances(lines)[Account.CARD], is_settled(lines)) == (
        -50,
        0,
        True,
    )


def test_no_more_is_given_back_than_is_due() -> None:
    made = ordered()
    made.capture(NOON)
    made.refund(usd(1), NOON)
    assert made.kept == usd(1_000)


@given(
    maximum=st.integers(1_000, 5_000),
    charged=st.integers(1, 6_000),
    later=st.integers(1, 6_000),
    back=st.integers(0, 6_000),
)
def test_whatever_a_store_charges_the_reader_pays_at_most_the_maximum_and_the_books_net_to_zero(
    maximum: int, charged: int, later: int, back: int
) -> None:
    made = ordered(maximum, charged=charged)
    if made.discrepancy is None:
        made.capture(NOON)
        assert made.kept <= made.max_price
        made.recharge(placed(later), NOON)
    if made.discrepancy is None:
        made.refund(made.refund_due, NOON)
        made.finish(NOON)
    else:
        made.return_order(usd(back), NOON)
        made.refund(made.refund_due, NOON)
        made.void(NOON)
        made.end(PurchaseStatus.REFUNDED, "Not as agreed.", NOON)
        assert made.kept == usd(0)
    lines = made.drain_lines()
    assert is_settled(lines)
    assert sum(balances(lines).values()) == 0
    assert list(faults(made, lines)) == []


def test_the_reckoning_names_an_order_of_which_our_books_know_nothing() -> None:
    made = revalidated()
    made.send_order(NOON)
    made.reject(NOON)
    assert list(store_faults(made, None)) == []
    assert "has order no-1" in next(store_faults(made, placed()))


def test_the_reckoning_names_a_paid_order_that_the_store_has_lost_or_charges_otherwise() -> None:
    made = ordered()
    made.capture(NOON)
    made.finish(NOON)
    assert "has no order" in next(store_faults(made, None))
    assert list(store_faults(made, placed(1_000))) == []
    assert "our books say" in next(store_faults(made, placed(990)))
    assert len(list(store_faults(made, placed(1_300)))) == 2


def test_the_reckoning_names_money_that_is_still_held() -> None:
    made = revalidated()
    lines = made.drain_lines()
    assert list(faults(made, lines)) == []  # it has not ended
    made.call_off()
    made.end(PurchaseStatus.CANCELLED, "Enough.", NOON)
    assert "1500 is held" in next(faults(made, lines))
