"""Money by the shop's own books: what an order says, what the ledger beside it says, and the coupons."""

from collections.abc import Iterator
from typing import Final

from application.audit.check import Area, Check
from application.audit.facts import CouponFacts, OrderFacts
from domain.orders.refund import RefundStatus
from domain.orders.status import ENDED_WITHOUT_BOOKS, OrderStatus, PaymentStatus
from domain.payments.ledger import PaymentOperation

_TAKEN: Final = frozenset({PaymentStatus.CAPTURED, PaymentStatus.PARTIALLY_REFUNDED, PaymentStatus.REFUNDED})
_RESERVED: Final = _TAKEN | {PaymentStatus.AUTHORISED}
_LET_GO: Final = frozenset({PaymentStatus.DECLINED, PaymentStatus.RELEASED})


def _agrees_with_the_ledger(order: OrderFacts) -> Iterator[str]:
    said = f"payment is {order.payment}, but the ledger has"
    reserved = bool(order.amounts(PaymentOperation.AUTHORISE))
    taken = bool(order.amounts(PaymentOperation.CAPTURE))
    if reserved != (order.payment in _RESERVED) and order.payment is not PaymentStatus.RELEASED:
        yield f"{said} {_an(reserved)} authorisation"
    if taken != (order.payment in _TAKEN) and order.payment is not PaymentStatus.RELEASED:
        yield f"{said} {_an(taken)} capture"
    if order.payment in _LET_GO and not order.amounts(PaymentOperation.ABANDON):
        yield f"{said} no sign that the money was let go of"


def _gives_back_what_it_says(order: OrderFacts) -> Iterator[str]:
    succeeded = sum(refund.amount for refund in order.refunds if refund.status is RefundStatus.SUCCEEDED)
    booked = sum(order.amounts(PaymentOperation.REFUND))
    taken = sum(order.amounts(PaymentOperation.CAPTURE))
    if succeeded != booked:
        yield f"refunds of {succeeded} succeeded, but the ledger has {booked} {order.currency}"
    if booked > taken:
        yield f"{booked} was given back of {taken} {order.currency} taken"
    if (expected := _after_refunds(order, succeeded)) is not order.payment:
        yield f"payment is {order.payment}, but after refunds of {succeeded} it should be {expected}"


def _after_refunds(order: OrderFacts, given_back: int) -> PaymentStatus:
    if order.payment not in _TAKEN:
        return order.payment
    if given_back == 0:
        return PaymentStatus.CAPTURED
    return PaymentStatus.REFUNDED if given_back == order.total else PaymentStatus.PARTIALLY_REFUNDED


def _charges_once(order: OrderFacts) -> Iterator[str]:
    for operation in (PaymentOperation.AUTHORISE, PaymentOperation.CAPTURE):
        amounts = order.amounts(operation)
        if len(amounts) > 1:
            yield f"the ledger has {len(amounts)} entries of {operation}"
        if any(amount != order.total for amount in amounts):
            yield f"{operation} of {amounts}, but the total is {order.total} {order.currency}"


def _is_paid_when_complete(order: OrderFacts) -> Iterator[str]:
    taken = sum(order.amounts(PaymentOperation.CAPTURE))
    if order.status is OrderStatus.COMPLETED and taken != order.total:
        yield f"is completed with {taken} of {order.total} {order.currency} taken"


def _uses_its_coupon(order: OrderFacts) -> Iterator[str]:
    owed = order.coupon is not None and order.status not in ENDED_WITHOUT_BOOKS
    if owed != order.coupon_in_use:
        state = "in use" if order.coupon_in_use else "not in use"
        yield f"is {order.status} with coupon {order.coupon}, whose redemption is {state}"


def _counts_its_uses(coupon: CouponFacts) -> Iterator[str]:
    if coupon.used != coupon.in_use:
        yield f"counts {coupon.used} uses, but {coupon.in_use} redemptions stand"


def _an(found: bool) -> str:  # noqa: FBT001 - reads as the word it becomes
    return "an" if found else "no"


OF_ORDERS: Final = (
    Check(
        "payment-agrees-with-ledger",
        Area.MONEY,
        "An order's payment status is what the ledger beside it adds up to.",
        _agrees_with_the_ledger,
    ),
    Check(
        "refunds-agree",
        Area.MONEY,
        "No more goes back than was taken, and it is booked.",
        _gives_back_what_it_says,
    ),
    Check("charged-once", Area.MONEY, "One authorisation and one capture, of the total.", _charges_once),
    Check("completed-is-paid", Area.MONEY, "A completed order was captured in full.", _is_paid_when_complete),
    Check("coupon-follows-order", Area.MONEY, "A coupon is in use while its order stands.", _uses_its_coupon),
)
OF_COUPONS: Final = (
    Check("coupons-add-up", Area.MONEY, "A coupon counts the redemptions that stand.", _counts_its_uses),
)
