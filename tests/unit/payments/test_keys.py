"""Keys are derived, so that whoever repeats a step uses the same one; and they tell whose they are."""

from itertools import product
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from application.payments.give_refund import refund_key
from application.shipping.book_parcel import shipment_key
from domain.payments.ledger import PaymentOperation, payment_key
from domain.shared.ids import OrderId, RefundId, order_named_in

ORDER = OrderId(UUID("01890000-0000-7000-8000-000000000001"))
ids = st.uuids().map(OrderId)


def test_keys_are_written_as_documented() -> None:
    assert payment_key(ORDER, PaymentOperation.AUTHORISE) == f"{ORDER}-1-authorise"
    assert payment_key(ORDER, PaymentOperation.CAPTURE, attempt=2) == f"{ORDER}-2-capture"
    assert shipment_key(ORDER) == f"{ORDER}-1-ship"
    assert refund_key(RefundId(ORDER)) == f"{ORDER}-1-refund"


@given(ids, st.sampled_from(list(PaymentOperation)), st.integers(1, 99))
def test_a_key_names_its_order(order: OrderId, operation: PaymentOperation, attempt: int) -> None:
    assert order_named_in(payment_key(order, operation, attempt)) == order
    assert order_named_in(shipment_key(order)) == order


@given(st.sets(ids, min_size=2, max_size=4))
def test_no_two_effects_share_a_key(orders: set[OrderId]) -> None:
    effects = [payment_key(*effect) for effect in product(orders, PaymentOperation, (1, 2))]
    parcels = [shipment_key(order) for order in orders]
    assert len({*effects, *parcels}) == len(effects) + len(parcels)


@pytest.mark.parametrize("key", ["", "order-1-authorise", "é" * 36, "01890000-0000-7000-8000-00000000000"])
def test_a_key_that_names_no_order_is_nobodys(key: str) -> None:
    assert order_named_in(key) is None


@given(st.text())
def test_no_letter_of_a_provider_breaks_the_reading(key: str) -> None:
    found = order_named_in(key)
    assert found is None or isinstance(found, UUID)
