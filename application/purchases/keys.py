"""The keys of a purchase's effects: derived, so that every retry of every process uses the same ones."""

from domain.payments.gateway import PaymentKey
from domain.payments.ledger import PaymentOperation, payment_key
from domain.purchases.store_orders import StoreOrderKey
from domain.shared.ids import OrderId, PurchaseId


def money_key(purchase_id: PurchaseId, operation: PaymentOperation, attempt: int = 1) -> PaymentKey:
    """`<purchase>-<attempt>-<operation>`, as checkout has it."""
    return payment_key(OrderId(purchase_id), operation, attempt)


def order_key(purchase_id: PurchaseId) -> StoreOrderKey:
    """One order a purchase, for ever."""
    return StoreOrderKey(f"{purchase_id}-1-order")
