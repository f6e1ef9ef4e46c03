"""Money by the payment provider's books: what readers really felt."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from application.audit.check import Area, Check
from application.audit.facts import PaidOrder, ProviderFacts, ProviderLine
from domain.orders.status import ENDED_WITHOUT_BOOKS, OrderStatus, PaymentStatus
from domain.payments.ledger import PaymentOperation

_OWED: Final = frozenset({OrderStatus.CONFIRMED, OrderStatus.COMPLETED})


@dataclass(frozen=True, slots=True)
class UnknownPayment:
    """Money the provider moved for an order that the shop does not have."""

    order_id: str
    provider: ProviderFacts


def by_order(lines: Iterable[ProviderLine]) -> dict[str, ProviderFacts]:
    """The provider's ledger added up, order by order."""
    orders: defaultdict[str, list[ProviderLine]] = defaultdict(list)
    for line in lines:
        orders[line.order_id].append(line)
    return {order_id: _added_up(of_order) for order_id, of_order in orders.items()}


def _added_up(lines: list[ProviderLine]) -> ProviderFacts:
    def amounts(kind: str) -> list[int]:
        return [line.amount for line in lines if line.kind == kind]

    return ProviderFacts(
        authorisations=len(amounts("authorise")),
        authorised=sum(amounts("authorise")),
        voided=sum(amounts("void")),
        captures=len(amounts("capture")),
        captured=sum(amounts("capture")),
        refunded=sum(amounts("refund")),
        currencies=frozenset(line.currency for line in lines),
    )


def _once(paid: PaidOrder) -> Iterator[str]:
    order, provider = paid.order, paid.provider
    if provider.authorisations > 1:
        yield f"the provider authorised it {provider.authorisations} times"
    if provider.captures > 1 or provider.captured > order.total:
        yield (
            f"the provider captured it {provider.captures} times, "
            f"{provider.captured} of {order.total} {order.currency}"
        )
    if provider.refunded > provider.captured:
        yield f"the provider gave back {provider.refunded} of {provider.captured} {order.currency} captured"


def _lets_go(paid: PaidOrder) -> Iterator[str]:
    order, provider = paid.order, paid.provider
    if order.status in ENDED_WITHOUT_BOOKS and (provider.held or provider.kept):
        yield (
            f"is {order.status}, but the provider still holds {provider.held} "
            f"and the shop keeps {provider.kept} {order.currency}"
        )
    elif provider.captured and provider.kept and order.status not in _OWED:
        yield f"is {order.status}, but {provider.kept} {order.currency} was taken for it"


def _agrees(paid: PaidOrder) -> Iterator[str]:
    order, provider = paid.order, paid.provider
    taken = sum(order.amounts(PaymentOperation.CAPTURE))
    if taken != provider.captured:
        yield f"our books say {taken} captured, the provider's {provider.captured} {order.currency}"
    given = sum(order.amounts(PaymentOperation.REFUND))
    if given != provider.refunded and order.payment is not PaymentStatus.RELEASED:
        yield f"our books say {given} given back, the provider's {provider.refunded} {order.currency}"
    if order.payment is PaymentStatus.AUTHORISED and provider.held != order.total:
        yield f"is authorised, but the provider holds {provider.held} of {order.total} {order.currency}"
    if foreign := provider.currencies - {order.currency}:
        yield f"is in {order.currency}, but the provider moved {', '.join(sorted(foreign))}"


def _is_known(payment: UnknownPayment) -> Iterator[str]:
    provider = payment.provider
    if provider.held or provider.kept:
        yield f"no such order, but the provider holds {provider.held} and took {provider.kept} for it"


OF_PAID_ORDERS: Final = (
    Check("provider-charged-once", Area.MONEY, "The provider charged an order once at most.", _once),
    Check("provider-let-go", Area.MONEY, "The provider keeps money only for orders with books.", _lets_go),
    Check("provider-agrees", Area.MONEY, "Our ledger says what the provider's says.", _agrees),
)
OF_UNKNOWN_PAYMENTS: Final = (
    Check("no-payment-of-nobody", Area.MONEY, "Money is moved only for orders that exist.", _is_known),
)
