"""A wish is one purchase, however often it is sent, and its answer is the answer for ever."""

import asyncio
from datetime import timedelta
from uuid import UUID

import pytest

from application.outbox.ports import WaitingEvent
from application.purchases import follow_purchase
from application.purchases.cancel_purchase import CancelPurchase
from application.purchases.drive_open_purchases import DriveOpenPurchases, StartPurchase
from application.purchases.follow_purchase import FollowPurchase
from domain.purchases.errors import PurchaseNotFound, TooLateToCancelPurchase
from domain.purchases.status import PurchaseStatus
from domain.requests.idempotency import Answer, KeyReused, RequestInProgress
from domain.shared.errors import InvalidInput
from domain.shared.ids import PurchaseId, SessionId, UserId
from domain.users.principal import Principal, Role
from tests.builders import NOON, READER
from tests.buying import ordered, particulars, purchase
from tests.fakes.orders import ListeningInMemory
from tests.unit.purchases.world import FrontDoor, wish


@pytest.fixture
def door() -> FrontDoor:
    return FrontDoor()


def reader(*roles: Role, user: UserId = READER) -> Principal:
    return Principal(user, SessionId(UUID(int=1)), frozenset(roles))


async def test_the_same_wish_again_is_the_same_purchase(door: FrontDoor) -> None:
    first = await door.receive(wish())
    with pytest.raises(RequestInProgress):
        await door.receive(wish())
    await door.work.requests.answer(wish().request, Answer(200, b"done"))
    again = await door.receive(wish())
    assert (again.purchase_id, again.answer, again.replayed) == (
        first.purchase_id,
        Answer(200, b"done"),
        True,
    )
    assert [event.name for event in door.work.purchases.events] == ["purchase_received"]


async def test_a_wish_whose_first_worker_died_is_gone_on_with(door: FrontDoor) -> None:
    first = await door.receive(wish())
    door.clock.move(timedelta(seconds=26))
    again = await door.receive(wish())
    assert (again.purchase_id, again.replayed) == (first.purchase_id, False)


async def test_the_same_key_for_another_wish_is_refused(door: FrontDoor) -> None:
    await door.receive(wish())
    with pytest.raises(KeyReused):
        await door.receive(wish(body=b"another"))


async def test_a_price_of_nothing_is_refused(door: FrontDoor) -> None:
    with pytest.raises(InvalidInput):
        await door.receive(wish(0))


async def test_an_answer_given_at_once_is_kept_with_the_purchase(door: FrontDoor) -> None:
    received = await door.receive(wish(), lambda outcome: Answer(202, outcome.status.encode()))
    assert received.answer == Answer(202, b"received")
    assert (await door.receive(wish())).replayed


async def test_the_outcome_is_waited_for_and_told_as_soon_as_it_is_known(door: FrontDoor) -> None:
    received = await door.receive(wish())
    news = ListeningInMemory()

    async def deny(purchase_id: PurchaseId) -> None:
        async with door.unit_of_work() as work:
            it = await work.purchases.get(purchase_id)
            it.end(PurchaseStatus.CAP_DENIED, "Your cap is reached.", NOON)
            await work.purchases.save(it)
        await news.tell(purchase_id)  # type: ignore[arg-type] # the news of orders, by another id

    door.processes.at_start = deny
    follow = FollowPurchase(door.processes, news, door.work.purchases)  # type: ignore[arg-type] # as above
    outcome = await follow(received.purchase_id)
    assert (outcome.known, outcome.bought, outcome.ended_because) == (True, False, "Your cap is reached.")


async def test_without_an_engine_or_a_seat_the_purchase_is_pending_and_kept(
    door: FrontDoor, monkeypatch: pytest.MonkeyPatch
) -> None:
    received = await door.receive(wish())
    news = ListeningInMemory()
    door.processes.down = True
    follow = FollowPurchase(door.processes, news, door.work.purchases)  # type: ignore[arg-type] # as above
    assert not (await follow(received.purchase_id)).known
    monkeypatch.setattr(follow_purchase, "SEATS", 0)
    full = FollowPurchase(door.processes, news, door.work.purchases)  # type: ignore[arg-type] # as above
    assert full.full
    assert not (await full(received.purchase_id)).known


async def test_nobody_waits_longer_than_promised(door: FrontDoor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(follow_purchase, "OUTCOME_WITHIN", 0.01)
    received = await door.receive(wish())
    follow = FollowPurchase(door.processes, ListeningInMemory(), door.work.purchases)  # type: ignore[arg-type] # as above
    async with asyncio.timeout(2):
        assert not (await follow(received.purchase_id)).known


async def test_the_relay_starts_what_the_front_door_did_not_and_leaves_it_a_moment(door: FrontDoor) -> None:
    received = await door.receive(wish())
    start = StartPurchase(door.processes, door.work.purchases, door.clock)
    event = WaitingEvent(1, "purchase_received", received.purchase_id, {}, NOON)
    assert await start(event) is False
    door.clock.move(timedelta(seconds=2))
    assert await start(event) is True
    assert door.processes.started == [received.purchase_id]


async def test_open_purchases_are_driven_and_ended_ones_left_alone(door: FrontDoor) -> None:
    for number, status in ((1, None), (2, PurchaseStatus.CAP_DENIED)):
        made = purchase(number=number)
        if status:
            made.end(status, "No.", NOON)
        await door.work.purchases.add(made, particulars())
    drive = DriveOpenPurchases(door.processes, door.work.purchases, door.clock)
    assert await drive() == 0  # they are new
    door.clock.move(timedelta(minutes=3))
    assert (await drive(), await drive()) == (1, 1)
    assert set(door.processes.started) == {PurchaseId(UUID(int=1))}


async def test_only_its_reader_and_staff_cancel_a_purchase(door: FrontDoor) -> None:
    made = purchase()
    await door.work.purchases.add(made, particulars())

    async def end(purchase_id: PurchaseId) -> None:
        it = await door.work.purchases.get(purchase_id)
        it.end(PurchaseStatus.CANCELLED, "Enough.", NOON)
        await door.work.purchases.save(it)

    door.processes.at_cancel = end
    cancel = CancelPurchase(door.processes, door.work.purchases)
    with pytest.raises(PurchaseNotFound):
        await cancel(made.id, reader(user=UserId(UUID(int=9))))
    assert (await cancel(made.id, reader())).purchase.status is PurchaseStatus.CANCELLED
    assert (await cancel(made.id, reader(Role.STAFF, user=UserId(UUID(int=9))))).purchase.ended
    assert door.processes.cancelled == [made.id]


async def test_a_purchase_whose_order_was_sent_is_not_cancelled(door: FrontDoor) -> None:
    made = ordered()
    await door.work.purchases.add(made, particulars())
    cancel = CancelPurchase(door.processes, door.work.purchases)
    with pytest.raises(TooLateToCancelPurchase):
        await cancel(made.id, reader())
    assert door.processes.cancelled == []


async def test_a_purchase_that_was_quicker_than_its_cancellation_says_so(door: FrontDoor) -> None:
    made = purchase()
    await door.work.purchases.add(made, particulars())
    door.processes.too_late = True
    with pytest.raises(TooLateToCancelPurchase):
        await CancelPurchase(door.processes, door.work.purchases)(made.id, reader())
