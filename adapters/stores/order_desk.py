"""The order desk of one store that is known from its description alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from adapters.stores.answers.spot import Path, Spot
from adapters.stores.answers.wire_format import WireFormat
from adapters.stores.calls.template import CallTemplate
from adapters.stores.calls.wire import Address
from adapters.stores.mapping.fields import Fact, Where
from adapters.stores.mapping.parts import Amount, Parts
from adapters.stores.mapping.verdicts import Meaning, Rule
from domain.prices.store import StoreTerms
from domain.purchases.store_orders import OrderingTerms, Placed, RejectionReason, StoreOrderNumber

REJECTIONS: Final = {
    Meaning.PRICE_CHANGED: RejectionReason.PRICE_CHANGED,
    Meaning.SOLD_OUT: RejectionReason.SOLD_OUT,
    Meaning.NOT_SOLD: RejectionReason.SOLD_OUT,
    Meaning.NOT_SENT_THERE: RejectionReason.NOT_SENT_THERE,
    Meaning.BUSY: RejectionReason.STORE_BUSY,
    Meaning.REFUSED: RejectionReason.STORE_REFUSES,
    Meaning.REJECTED: RejectionReason.OTHER,
}


@dataclass(frozen=True, slots=True)
class OrderCall:
    """A call about an order: where the order stands in its answer. Without `proof` an answer that holds no
    order says nothing.
    """

    call: CallTemplate
    order: Path
    proof: Path | None = None


@dataclass(frozen=True, slots=True)
class CancelCall:
    """The call that cancels: which orders in its answer are off, and what the store says it gives back."""

    call: CallTemplate
    order: Path
    where: Where
    refunded: Amount | None


@dataclass(frozen=True, slots=True)
class PlacedMapping:
    """Where a store tells what of an order, what of its price came back, and which of its orders stand."""

    number: Fact
    offer_id: Fact
    parts: Parts
    refunded: Amount | None
    where: Where

    def standing(self, orders: Sequence[Spot], currency: str) -> Placed | None:
        """The first order that stands. Raises `Unreadable`."""
        first = next((spot for spot in orders if self.where.met(spot)), None)
        return None if first is None else self._placed(first, currency)

    def _placed(self, spot: Spot, currency: str) -> Placed:
        self.parts.demand_currency(spot, currency)
        return Placed(
            number=StoreOrderNumber(self.number.demanded(spot)),
            offer_id=self.offer_id.demanded(spot),
            item=self.parts.item.demanded(spot, currency),
            shipping=self.parts.shipping.demanded(spot, currency),
            tax=self.parts.tax.demanded(spot, currency),
            refunded=None if self.refunded is None else self.refunded.told(spot, currency),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderDesk:
    """What a description comes down to where orders are placed."""

    store: StoreTerms
    terms: OrderingTerms
    address: Address
    wire_format: WireFormat
    placed: PlacedMapping
    place: OrderCall
    find: OrderCall | None
    cancel: CancelCall | None
    errors: Sequence[Rule]
