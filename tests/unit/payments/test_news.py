"""Letters from provider and carrier: a hint to ask, taken once, and never on trust."""

from collections.abc import Mapping
from uuid import UUID

import pytest

from application.orders.errors import ProcessesUnavailable
from application.payments.receive_payment_news import ReceivePaymentNews
from application.purchases.keys import money_key
from application.shipping.book_parcel import shipment_key
from application.shipping.receive_parcel_news import ReceiveParcelNews
from domain.payments.gateway import PaymentKey
from domain.payments.inbox import UnknownProvider
from domain.payments.ledger import PaymentOperation, payment_key
from domain.payments.webhooks import PaymentEvent
from domain.shared.ids import OrderId
from domain.shared.signatures import ForgedMessage
from domain.shipping.carrier import ShipmentKey, TrackingNumber
from domain.shipping.webhooks import ParcelEvent
from tests.buying import particulars, purchase
from tests.fakes.processes import InMemoryProcesses, InMemoryPurchaseProcesses
from tests.fakes.time import StandingClock
from tests.fakes.work import InMemoryUnitOfWork, InMemoryWork

ORDER = OrderId(UUID(int=77))
GENUINE: Mapping[str, str] = {"Seal": "wax"}


class SealedPayments:
    """The `PaymentWebhooks` port: a letter is the key it is about, under a seal of wax."""

    header = "Seal"

    def verify(self, body: bytes, signature: str) -> PaymentEvent:
        if signature != "wax":
            raise ForgedMessage("No wax.")
        key, _, number = body.decode().partition("#")
        return PaymentEvent(f"evt_{number}", "payment.authorised", PaymentKey(key) if key else None, None)


class SealedParcels:
    """The `CarrierWebhooks` port, alike."""

    header = "Seal"

    def verify(self, body: bytes, signature: str) -> ParcelEvent:
        if signature != "wax":
            raise ForgedMessage("No wax.")
        return ParcelEvent("evt_1", "parcel.dispatched", ShipmentKey(body.decode()), TrackingNumber("OC1"))


class Porter:
    """Takes letters in."""

    def __init__(self) -> None:
        self.work, self.processes = InMemoryWork(), InMemoryProcesses()
        work = InMemoryUnitOfWork(self.work)
        self.purchases = InMemoryPurchaseProcesses()
        self.payments = ReceivePaymentNews(
            work, self.processes, self.purchases, StandingClock(), {"sandbox": SealedPayments()}
        )
        self.parcels = ReceiveParcelNews(self.processes, SealedParcels())

    async def payment(
        self, number: int = 1, headers: Mapping[str, str] = GENUINE, key: str | None = None
    ) -> None:
        about = payment_key(ORDER, PaymentOperation.AUTHORISE) if key is None else key
        await self.payments("sandbox", headers, f"{about}#{number}".encode())

    def kept(self) -> int:
        return len(self.work.payment_inbox.received)


@pytest.fixture
def porter() -> Porter:
    return Porter()


async def test_the_orders_process_is_told_that_there_is_news(porter: Porter) -> None:
    await porter.payment()
    await porter.parcels(GENUINE, shipment_key(ORDER).encode())
    assert porter.processes.heard == [("payment", ORDER), ("parcel", ORDER)]


async def test_a_letter_that_comes_three_times_is_told_once(porter: Porter) -> None:
    for _ in range(3):
        await porter.payment()
    assert len(porter.processes.heard) == 1
    await porter.payment(number=2)
    assert len(porter.processes.heard) == 2


@pytest.mark.parametrize("headers", [{}, {"Seal": ""}, {"Seal": "glue"}])
async def test_a_forgery_has_no_effect(porter: Porter, headers: Mapping[str, str]) -> None:
    with pytest.raises(ForgedMessage):
        await porter.payment(headers=headers)
    with pytest.raises(ForgedMessage):
        await porter.parcels(headers, shipment_key(ORDER).encode())
    assert (porter.processes.heard, porter.kept()) == ([], 0)


async def test_a_provider_the_shop_does_not_use_is_not_listened_to(porter: Porter) -> None:
    with pytest.raises(UnknownProvider):
        await porter.payments("stripe", GENUINE, b"anything")


async def test_a_letter_that_could_not_be_passed_on_is_taken_when_it_comes_again(porter: Porter) -> None:
    porter.processes.down = True
    with pytest.raises(ProcessesUnavailable):
        await porter.payment()
    assert porter.kept() == 0
    porter.processes.down = False
    await porter.payment()
    assert (len(porter.processes.heard), porter.kept()) == (1, 1)


@pytest.mark.parametrize("key", ["", "somebody-elses-payment"])
async def test_a_letter_about_no_order_of_ours_is_kept_and_wakes_nobody(porter: Porter, key: str) -> None:
    await porter.payment(key=key)
    assert (porter.processes.heard, porter.kept()) == ([], 1)
    await porter.parcels(GENUINE, b"a-parcel-of-somebody-else")
    assert porter.processes.heard == []


async def test_news_about_a_purchase_goes_to_its_process_and_to_no_order(porter: Porter) -> None:
    made = purchase(number=78)
    await porter.work.purchases.add(made, particulars())
    await porter.payment(key=money_key(made.id, PaymentOperation.AUTHORISE))
    assert (porter.purchases.heard, porter.processes.heard) == ([made.id], [])
