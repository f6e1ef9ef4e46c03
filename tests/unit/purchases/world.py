"""A front door for purchases in memory."""

from dataclasses import dataclass, field

from application.purchases.receive_purchase import PurchaseWish, ReceivePurchase
from domain.requests.idempotency import RequestKey
from tests.builders import NOON, READER, usd
from tests.buying import EMMA_S, particulars
from tests.fakes.processes import InMemoryPurchaseProcesses
from tests.fakes.time import CountingIds, StandingClock
from tests.fakes.work import InMemoryUnitOfWork, InMemoryWork


@dataclass
class FrontDoor:
    """Takes wishes in."""

    work: InMemoryWork = field(default_factory=InMemoryWork)
    processes: InMemoryPurchaseProcesses = field(default_factory=InMemoryPurchaseProcesses)
    clock: StandingClock = field(default_factory=lambda: StandingClock(NOON))

    def __post_init__(self) -> None:
        self.unit_of_work = InMemoryUnitOfWork(self.work)
        self.receive = ReceivePurchase(self.unit_of_work, self.work.requests, self.clock, CountingIds())


def wish(maximum: int = 1_500, *, key: str = "once", body: bytes = b"body") -> PurchaseWish:
    """What a reader sends."""
    return PurchaseWish(
        request=RequestKey(READER, "POST /v1/purchases", key),
        fingerprint=body,
        isbn=EMMA_S,
        max_price=usd(maximum),
        conditions=frozenset({"new"}),
        particulars=particulars(),
    )
